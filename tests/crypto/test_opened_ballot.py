import itertools
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.ballot import tracker
from crypto.ceremony import assemble_trustees
from crypto.ceremony_post import Round
from crypto.chunk import CountedBallot
from crypto.election import decode_election, encode_election
from crypto.elgamal import encrypt
from crypto.errors import MalformedError, ThresholdError, VerificationError
from crypto.group import IDENTITY, ORDER, add, multiply_base
from crypto.opened_ballot import open_ballots, verify_opened_sum
from crypto.opening_list import OpeningList, make_opening_list
from crypto.question import Question
from crypto.trustee_key import make_trustee_key
from crypto.trustees import Trustees, decode_trustees
from tests.crypto.ceremonies import Ceremony
from tests.crypto.elections import SECRET_KEY, election_of
from tests.crypto.named_election import CEREMONY, CHOICES, COUNTED, ELECTION, LISTS, TOTALS, TRUSTEES, WEIGHTS
from tests.crypto.test_opening_list import elsewhere
from tests.strategies import SMALL_ORDER, seeded

Run = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]
QUESTION = Question("?", ("a", "b", "c"), 0, 3, blank=False)
ELECTION_OF_ONE = election_of(QUESTION)
ONE = Trustees((make_trustee_key(SECRET_KEY, seeded(1)),))


def opened_with(
    lists: dict[int, OpeningList], *, totals: Any = TOTALS, weights: Any = WEIGHTS, run: Run = map
) -> tuple[Any, ...]:
    return open_ballots(ELECTION, TRUSTEES, COUNTED, weights, lists, totals, run)


@pytest.mark.parametrize("owners", [(1, 2), (1, 3), (2, 3), (1, 2, 3)])
@pytest.mark.parametrize("run", [map, elsewhere])
def test_any_two_of_three_lists_open_every_ballot(owners: tuple[int, ...], run: Run) -> None:
    assert opened_with({owner: LISTS[owner] for owner in owners}, run=run) == CHOICES


@pytest.mark.parametrize("owners", [(), (1,), (3,)])
def test_too_few_lists_open_nothing(owners: tuple[int, ...]) -> None:
    with pytest.raises(
        ThresholdError, match=r"^the opening lists: 2 good shares of 3 are needed here, there are [01]; "
    ):
        opened_with({owner: LISTS[owner] for owner in owners})


def _false(owner: int, ballot: int, chunk: int, **changes: Any) -> OpeningList:
    openings = [list(opening) for opening in LISTS[owner].openings]
    openings[ballot - 1][chunk - 1] = openings[ballot - 1][chunk - 1]._replace(**changes)
    return replace(LISTS[owner], openings=tuple(map(tuple, openings)))


PROOF = LISTS[2].openings[3][1].proof


@pytest.mark.parametrize(
    "changes",
    [
        {"proof": PROOF._replace(response=(PROOF.response + 1) % ORDER)},
        {"proof": PROOF._replace(challenge=PROOF.challenge ^ 1)},
        {"factor": LISTS[1].openings[3][1].factor},
        {"factor": add(LISTS[2].openings[3][1].factor, multiply_base(1))},
        {"factor": IDENTITY},
        {"factor": SMALL_ORDER[0]},
    ],
)
def test_a_list_with_a_false_opening_is_refused_and_its_trustee_named(changes: dict[str, Any]) -> None:
    false = _false(2, 4, 2, **changes)
    place = r"^the opening list of trustee 2 \(社区乙\), ballot 4: chunk 2: "
    for lists in ({1: LISTS[1], 2: false}, {2: false, 3: LISTS[3]}):
        with pytest.raises(VerificationError, match=place):
            opened_with(lists)


def test_another_trustees_list_takes_the_place_of_a_false_one() -> None:
    assert opened_with({1: LISTS[1], 3: LISTS[3]}) == CHOICES


def test_a_list_that_is_not_needed_is_not_looked_at() -> None:
    false = _false(3, 1, 1, factor=IDENTITY)
    assert opened_with({1: LISTS[1], 2: LISTS[2], 3: false}) == CHOICES


def test_a_list_under_another_number_is_refused() -> None:
    with pytest.raises(VerificationError, match=r"^the opening list of trustee 1 \(业主甲\): it was made by trustee 2"):
        opened_with({1: LISTS[2], 3: LISTS[3]})
    with pytest.raises(
        VerificationError, match=r"^the opening list of trustee 1 \(业主甲\), ballot 1: chunk 1: the proof"
    ):
        opened_with({1: replace(LISTS[2], owner=1), 3: LISTS[3]})


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (replace(LISTS[3], election="x" * 43), "it was made for another election"),
        (replace(LISTS[3], ballots="0" * 64), "it was made for other ballots than those that count"),
        (replace(LISTS[3], openings=LISTS[3].openings[1:]), "it opens 4 ballots, but 5 count"),
    ],
)
def test_a_list_of_others_is_refused(changed: OpeningList, sentence: str) -> None:
    with pytest.raises(VerificationError, match=rf"^the opening list of trustee 3 \(街道丙\): {sentence}"):
        opened_with({1: LISTS[1], 3: changed})


CELLS = [(question, choice) for question, row in enumerate(TOTALS) for choice, _ in enumerate(row)]


@pytest.mark.parametrize(("question", "choice"), CELLS)
def test_nothing_is_shown_where_the_ballots_do_not_add_up_to_the_result(question: int, choice: int) -> None:
    totals = [list(row) for row in TOTALS]
    totals[question][choice] += 1
    with pytest.raises(VerificationError) as refusal:
        opened_with({1: LISTS[1], 2: LISTS[2]}, totals=tuple(map(tuple, totals)))
    place = f"the opened ballots, question {question + 1}, choice {choice + 1}"
    true = TOTALS[question][choice]
    assert str(refusal.value) == f"{place}: they add up to {true}, but the result says {true + 1}: show none of them"


def test_weights_of_other_ballots_do_not_add_up() -> None:
    with pytest.raises(VerificationError, match="question 1, choice 1: they add up to"):
        opened_with({1: LISTS[1], 2: LISTS[2]}, weights=(*WEIGHTS[1:], WEIGHTS[0]))
    with pytest.raises(MalformedError, match="5 weights are expected, there are 4"):
        opened_with({1: LISTS[1], 2: LISTS[2]}, weights=WEIGHTS[:-1])


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(st.lists(st.sampled_from([0, 1]), min_size=4, max_size=4), st.integers(0, 2**40)), max_size=6)
)
def test_sums_are_taken_choice_by_choice(ballots: list[tuple[list[int], int]]) -> None:
    opened = [((choices[0], choices[1]), (choices[2], choices[3])) for choices, _ in ballots]
    weights = [weight for _, weight in ballots]
    sums = [sum(weight for choices, weight in ballots if choices[place]) for place in range(4)]
    verify_opened_sum(opened, weights, ((sums[0], sums[1]), (sums[2], sums[3])))
    with pytest.raises(VerificationError, match="question 2, choice 2"):
        verify_opened_sum(opened, weights, ((sums[0], sums[1]), (sums[2], sums[3] + 1)))


def _unchecked(*messages: int) -> CountedBallot:
    """Return what nobody proved: choices that need not be 0 or 1."""
    row = b"".join(b"".join(encrypt(ELECTION_OF_ONE.public_key, each, 77)) for each in messages)
    return CountedBallot(tracker(row), row)


def _open_one(*messages: int) -> tuple[Any, ...]:
    ballots = [_unchecked(*messages)]
    lists = {1: make_opening_list(ELECTION_OF_ONE, 1, SECRET_KEY, ballots, seeded(1))}
    return open_ballots(ELECTION_OF_ONE, ONE, ballots, [5], lists, (tuple(5 * each for each in messages),))


@pytest.mark.parametrize("choices", list(itertools.product((0, 1), repeat=3)))
def test_a_single_trustee_opens_alone(choices: tuple[int, ...]) -> None:
    assert _open_one(*choices) == ((choices,),)


@pytest.mark.parametrize("messages", [(0, 0, 2), (1, 1, 2), (-1, 0, 0), (5000, 0, 0)])
def test_a_ballot_that_was_not_checked_may_open_to_no_choices(messages: tuple[int, ...]) -> None:
    with pytest.raises(VerificationError, match=r"^ballot 1: it opens to no choices"):
        _open_one(*messages)


def test_a_ballot_that_was_not_checked_does_not_add_up() -> None:
    """Twice the first choice looks like the second."""
    with pytest.raises(VerificationError, match="question 1, choice 1: they add up to 0, but the result says 10"):
        _open_one(2, 0, 0)


def test_where_no_ballot_counts_there_is_nothing_to_open() -> None:
    lists = {owner: make_opening_list(ELECTION, owner, CEREMONY.secret(owner), [], seeded(1)) for owner in (1, 2)}
    nothing = tuple((0,) * len(row) for row in TOTALS)
    assert open_ballots(ELECTION, TRUSTEES, [], [], lists, nothing) == ()


def test_five_of_five_trustees_open_too() -> None:
    """Their coefficients are 5, -10, 10, -5 and 1, too large for a few additions."""
    ceremony = Ceremony(5, 5).run_until(Round.KEYS)
    trustees = decode_trustees(assemble_trustees(ceremony.board))
    election = decode_election(encode_election("DQB53CqA1UtMwz", "x", "", trustees.public_key, [QUESTION]))
    row = b"".join(b"".join(encrypt(trustees.public_key, choice, 77)) for choice in (1, 0, 1))
    ballots = [CountedBallot("x" * 43, row)]
    lists = {
        owner: make_opening_list(election, owner, ceremony.secret(owner), ballots, seeded(1)) for owner in range(1, 6)
    }
    assert open_ballots(election, trustees, ballots, [3], lists, ((3, 0, 3),)) == (((1, 0, 1),),)
