"""Elections by hand: 30 heads and 300.00 m2 of which 20 and 200.00 take part, so more than 10 and 100.00 elects."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vote.law.test_question import ORDINARY
from vote.errors import RefusedError
from vote.law.measure import Measure
from vote.law.question import Outcome
from vote.law.selection import Candidate, Election, ElectionCount, Selection, Standing, require_election, select

ELECTED, ALTERNATE, NOT_ELECTED, TIE = Election.ELECTED, Election.ALTERNATE, Election.NOT_ELECTED, Election.TIE
TOTAL, CAST = Measure(30, 30000), Measure(20, 20000)


def held(*votes: tuple[int, int], seats: int, alternates: int = 0) -> Selection:
    """Hold an election of candidates called a, b, c and so on."""
    candidates = [Candidate(chr(ord("a") + index), Measure(*each)) for index, each in enumerate(votes)]
    count = ElectionCount(TOTAL, CAST, candidates, seats, alternates)
    require_election(count)
    return select(count, ORDINARY)


def fates(selection: Selection) -> dict[str, Election | None]:
    return {place.name: place.election for place in selection.places}


def test_each_candidate_alone_needs_more_than_half_of_both() -> None:
    selection = held((11, 10001), (10, 19000), (19, 10000), (0, 0), seats=4)
    assert fates(selection) == {"a": ELECTED, "b": NOT_ELECTED, "c": NOT_ELECTED, "d": NOT_ELECTED}
    assert selection.outcome is Outcome.ADOPTED
    assert (selection.open_seats, selection.tied_seats) == (3, 0)
    assert [place.rank for place in selection.places] == [1, None, None, None]


def test_heads_rank_before_area_and_area_breaks_equal_heads() -> None:
    selection = held((12, 19000), (13, 10001), (12, 18000), (12, 18999), seats=2, alternates=1)
    assert fates(selection) == {"a": ELECTED, "b": ELECTED, "c": NOT_ELECTED, "d": ALTERNATE}
    assert [place.rank for place in selection.places] == [2, 1, 4, 3]


def test_equal_in_both_on_the_boundary_of_seats_is_a_tie() -> None:
    selection = held((15, 15000), (12, 12000), (12, 12000), (11, 11000), seats=2)
    assert fates(selection) == {"a": ELECTED, "b": TIE, "c": TIE, "d": NOT_ELECTED}
    assert (selection.open_seats, selection.tied_seats) == (0, 1)


def test_equal_in_both_away_from_a_boundary_is_no_tie() -> None:
    selection = held((12, 12000), (12, 12000), (11, 11000), (11, 11000), seats=2, alternates=2)
    assert fates(selection) == {"a": ELECTED, "b": ELECTED, "c": ALTERNATE, "d": ALTERNATE}
    assert [place.rank for place in selection.places] == [1, 1, 3, 3]


def test_who_follows_a_tie_knows_their_place() -> None:
    """Three are equal for two seats: one of them becomes first alternate, so d is the second alternate."""
    selection = held((12, 12000), (12, 12000), (12, 12000), (11, 11000), seats=2, alternates=2)
    assert fates(selection) == {"a": TIE, "b": TIE, "c": TIE, "d": ALTERNATE}
    assert selection.tied_seats == 2
    assert selection.outcome is Outcome.NO_DECISION


def test_a_tie_for_the_last_alternate_is_a_tie() -> None:
    selection = held((15, 15000), (12, 12000), (12, 12000), seats=1, alternates=1)
    assert fates(selection) == {"a": ELECTED, "b": TIE, "c": TIE}
    assert selection.tied_seats == 0


def test_nobody_is_an_alternate_without_the_majority() -> None:
    assert fates(held((15, 15000), (10, 15000), seats=1, alternates=5)) == {"a": ELECTED, "b": NOT_ELECTED}


def test_too_few_taking_part_elect_nobody_and_leave_every_seat_open() -> None:
    count = ElectionCount(TOTAL, Measure(20, 19999), [Candidate("a", Measure(20, 19999))], 3)
    selection = select(count, ORDINARY)
    assert selection.outcome is Outcome.QUORUM_NOT_MET
    assert fates(selection) == {"a": NOT_ELECTED}
    assert selection.open_seats == 3


def test_nobody_passing_is_no_decision() -> None:
    selection = held((10, 10000), seats=1)
    assert selection.outcome is Outcome.NO_DECISION
    assert selection.open_seats == 1


def test_who_withdrew_cannot_be_elected() -> None:
    candidates = [Candidate("a", Measure(20, 20000), Standing.WITHDRAWN), Candidate("b", Measure(11, 11000))]
    selection = select(ElectionCount(TOTAL, CAST, candidates, 1), ORDINARY)
    assert fates(selection) == {"a": NOT_ELECTED, "b": ELECTED}


def test_an_abstention_is_a_choice_and_no_candidate() -> None:
    candidates = [Candidate("甲", Measure(5, 5000)), Candidate("弃权", Measure(15, 15000), Standing.NO_CANDIDATE)]
    selection = select(ElectionCount(TOTAL, CAST, candidates, 1), ORDINARY)
    assert fates(selection) == {"甲": NOT_ELECTED, "弃权": None}
    assert selection.places[1].votes == Measure(15, 15000)
    assert selection.places[1].working == ()
    failed = select(ElectionCount(TOTAL, Measure(15, 15000), candidates, 1), ORDINARY)
    assert fates(failed) == {"甲": NOT_ELECTED, "弃权": None}


def test_empty_ballots_count_as_taking_part() -> None:
    """20 take part, 9 of them tick nobody: 11 for a candidate is more than half, 10 is not."""
    assert fates(held((11, 11000), (10, 11000), seats=2)) == {"a": ELECTED, "b": NOT_ELECTED}


def test_invalid_ballots_raise_the_bar_where_they_take_part() -> None:
    count = ElectionCount(TOTAL, CAST, [Candidate("a", Measure(11, 11000))], 1, invalid=Measure(2, 2000))
    require_election(count)
    assert fates(select(count, ORDINARY)) == {"a": ELECTED}
    assert fates(select(count, ORDINARY, invalid_participates=True)) == {"a": NOT_ELECTED}


def test_the_working_of_a_place_is_its_two_inequalities() -> None:
    place = held((11, 10001), seats=1).places[0]
    assert [(line.left, line.right, line.met) for line in place.working] == [(22, 20, True), (20002, 20000, True)]


@pytest.mark.parametrize(
    ("count", "word"),
    [
        (ElectionCount(TOTAL, CAST, [], 0), "seats"),
        (ElectionCount(TOTAL, CAST, [], 1, -1), "seats"),
        (ElectionCount(TOTAL, Measure(31, 20000), [], 1), "cast"),
        (ElectionCount(TOTAL, CAST, [Candidate("a", Measure(1, 1)), Candidate("a", Measure(1, 1))], 1), "candidates"),
        (ElectionCount(TOTAL, CAST, [Candidate("a", Measure(21, 20000))], 1), "candidate a"),
        (ElectionCount(TOTAL, CAST, [Candidate("a", Measure(1, 0))], 1), "candidate a"),
    ],
)
def test_numbers_that_contradict_each_other_are_refused(count: ElectionCount, word: str) -> None:
    with pytest.raises(RefusedError) as caught:
        require_election(count)
    assert caught.value.detail.startswith(word)


_VOTES = st.lists(st.tuples(st.integers(9, 13), st.sampled_from([9900, 10100, 10200])), max_size=7)


@settings(max_examples=200, deadline=None)
@given(_VOTES, st.integers(1, 5), st.integers(0, 3))
def test_every_seat_is_elected_tied_or_open(votes: list[tuple[int, int]], seats: int, alternates: int) -> None:
    selection = held(*votes, seats=seats, alternates=alternates)
    elected = sum(place.election is ELECTED for place in selection.places)
    assert elected + selection.tied_seats + selection.open_seats == seats
    if selection.tied_seats:
        assert sum(place.election is TIE for place in selection.places) > selection.tied_seats


@settings(max_examples=200, deadline=None)
@given(_VOTES, st.integers(1, 5), st.integers(0, 3), st.randoms())
def test_the_order_on_the_ballot_changes_nobodys_fate(
    votes: list[tuple[int, int]], seats: int, alternates: int, random: Random
) -> None:
    candidates = [Candidate(str(index), Measure(*each)) for index, each in enumerate(votes)]
    shuffled = list(candidates)
    random.shuffle(shuffled)
    first = select(ElectionCount(TOTAL, CAST, candidates, seats, alternates), ORDINARY)
    second = select(ElectionCount(TOTAL, CAST, shuffled, seats, alternates), ORDINARY)
    assert fates(first) == fates(second)
