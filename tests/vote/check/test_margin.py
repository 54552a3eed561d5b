"""The margin test by hand and against every case: 2/3 take part, over half or three quarters of them agree (art. 278).

The electorate is 30 heads and 3000.00 m2, of which 24 and 2400.00 take part, unless a test says otherwise.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vote.election.test_manifest import MANIFEST
from vote.check.contested import Contested, ContestedKind
from vote.check.margin import MarginTest, measure_margins, outcome_without
from vote.election.ask import Ask, election, motion
from vote.election.packing import Measures
from vote.errors import RefusedError
from vote.law.library import load_profile
from vote.law.question import Outcome
from vote.law.selection import Election
from vote.law.working import Kind
from vote.tally.finding import Counted, count_votes

PROFILE = load_profile("cn-zj-jiaxing-jiashan")
RULES, FUND = motion("1", "规则"), motion("6", "筹集维修资金")
NONE = (0, 0)
HEADS, AREA = Kind.HEADS, Kind.AREA
ROLL = ContestedKind.ROLL
Votes = Sequence[tuple[int, int]]


def counted(
    asks: Sequence[Ask], *rows: Votes, cast: tuple[int, int] = (24, 240000), total: tuple[int, int] = (30, 300000)
) -> Counted:
    profile = {"id": PROFILE.id, "version": PROFILE.version, "digest": PROFILE.digest}
    manifest = replace(MANIFEST, questions=tuple(asks), electorate=Measures(*total), profile=profile)
    return count_votes(manifest, tuple(tuple(Measures(*each) for each in row) for row in rows), Measures(*cast))


def shown(test: MarginTest, index: int = 0) -> list[tuple[str, str | None, Kind, int | None, bool]]:
    return [(each.check, each.subject, each.kind, each.change, each.stands) for each in test.questions[index].margins]


def stands(numbers: Counted, *contested: Contested) -> list[bool]:
    return [each.stands for each in measure_margins(numbers, contested).questions]


def ballots(number: int, area_dm2: int = 1) -> list[Contested]:
    return [Contested(1, area_dm2)] * number


def test_without_contested_weight_everything_stands() -> None:
    numbers = counted([RULES], [(13, 130000), (8, 80000), (3, 30000)])
    test = measure_margins(numbers, [])
    assert test.contested == Measures(0, 0)
    assert test.quorum_stands
    assert test.questions[0].outcome is Outcome.ADOPTED
    assert test.questions[0].stands


def test_the_margins_of_an_adopted_motion_are_quorum_and_majority() -> None:
    """20 of 30 are the quorum, so 5 of 24 may not go; 13 of 24 lose the majority with 2: 11 of 22 are half.

    By area the same: 2000.00 m2 are the quorum, and 1300.00 of 2400.00 less 200.00 are half.
    """
    numbers = counted([RULES], [(13, 130000), (8, 80000), (3, 30000)])
    test = measure_margins(numbers, ballots(1))
    assert shown(test) == [
        ("quorum", None, HEADS, 5, True),
        ("quorum", None, AREA, 40001, True),
        ("approval", None, HEADS, 2, True),
        ("approval", None, AREA, 20000, True),
    ]
    assert test.quorum == test.questions[0].margins[:2]
    assert stands(numbers, *ballots(1, 19999)) == [True]
    assert stands(numbers, *ballots(1, 20000)) == [False]
    assert stands(numbers, *ballots(2)) == [False]


def test_a_quorum_that_may_be_lost_turns_every_question() -> None:
    """21 of 30 are one more than needed; all agree."""
    row = [(21, 210000), NONE, NONE]
    numbers = counted([RULES, FUND], row, row, cast=(21, 210000))
    assert stands(numbers, *ballots(1)) == [True, True]
    assert stands(numbers, *ballots(2)) == [False, False]
    test = measure_margins(numbers, ballots(2))
    assert not test.quorum_stands
    assert [each.stands for each in test.quorum] == [False, True]


def test_a_missed_quorum_stands_unless_the_electorate_may_be_smaller() -> None:
    """19 of 30 are one too few; of 28 they are enough."""
    row = [(19, 240000), NONE, NONE]
    numbers = counted([RULES], row, cast=(19, 240000))
    test = measure_margins(numbers, ballots(9))
    assert test.questions[0].outcome is Outcome.QUORUM_NOT_MET
    assert shown(test) == [("quorum", None, HEADS, 1, True), ("quorum", None, AREA, 40001, True)]
    assert test.questions[0].stands
    assert test.quorum_stands
    roll = Contested(2, 0, ROLL, electorate=True)
    assert stands(numbers, roll) == [False]
    assert not measure_margins(numbers, [roll]).quorum_stands


def test_a_rejection_may_be_lost() -> None:
    """13 of 24 are against: 11 of 22 would be half. 8 in favour never become a majority by 7 others going: 8 of 17."""
    numbers = counted([RULES], [(8, 80000), (13, 130000), (3, 30000)])
    test = measure_margins(numbers, ballots(1))
    assert test.questions[0].outcome is Outcome.REJECTED
    assert shown(test)[2:] == [
        ("approval", None, HEADS, 9, True),
        ("approval", None, AREA, 80001, True),
        ("rejection", None, HEADS, 2, True),
        ("rejection", None, AREA, 20000, True),
    ]
    assert stands(numbers, *ballots(1)) == [True]
    assert stands(numbers, *ballots(2)) == [False]


def test_a_narrow_miss_may_become_an_adoption() -> None:
    """Three quarters of 24 are 18. With 17 in favour, two others gone are enough: 17 of 22 (68 of 66), 17 of 23 not."""
    numbers = counted([FUND], [(17, 180000), (6, 50000), (1, 10000)])
    test = measure_margins(numbers, ballots(1))
    assert test.questions[0].outcome is Outcome.NO_DECISION
    assert shown(test)[2:4] == [("approval", None, HEADS, 2, True), ("approval", None, AREA, 1, False)]
    assert stands(numbers, *ballots(1)) == [True]
    assert stands(numbers, *ballots(2)) == [False]


def test_one_measure_that_cannot_be_reached_keeps_a_motion_from_being_adopted() -> None:
    """10 heads of 24 with most of the area: however the area moves, 3 ballots less make 10 of 21, not more than half."""
    numbers = counted([RULES], [(10, 200000), (10, 20000), (4, 20000)])
    assert stands(numbers, *ballots(3, 13000)) == [True]
    assert stands(numbers, *ballots(4, 13000)) == [False], "10 of 20 are half, but so are 10 against of 20"


def test_what_depends_on_a_question_that_does_not_stand_does_not_stand() -> None:
    safe, narrow = [(24, 240000), NONE, NONE], [(13, 130000), (8, 80000), (3, 30000)]
    asks = [RULES, motion("2", "管理规约", (0,)), motion("4", "解聘物业", (1,)), motion("5", "使用维修资金")]
    numbers = counted(asks, narrow, safe, safe, safe)
    assert stands(numbers, *ballots(1)) == [True] * 4
    test = measure_margins(numbers, ballots(2))
    assert [each.stands for each in test.questions] == [False, False, False, True]
    assert [each.stands_alone for each in test.questions] == [False, True, True, True]


SEATS = election("3", "选举", ("甲", "乙", "丙", "丁"), 2, 1)


def committee(*row: tuple[int, int], ask: Ask = SEATS, withdrawn: frozenset[tuple[int, int]] = frozenset()) -> Counted:
    return replace(counted([ask], (*row, NONE)), withdrawn=withdrawn)


def test_the_margins_of_an_election_are_the_majority_of_each_and_the_lead_over_the_first_left_out() -> None:
    """乙 has 17 heads, 丙 as first alternate 15; 丁 has 8 of 24 and gets a majority only if 9 others go: 8 of 15."""
    numbers = committee((20, 200000), (17, 170000), (15, 150000), (8, 80000))
    test = measure_margins(numbers, ballots(1))
    assert test.questions[0].fates == (*[Election.ELECTED] * 2, Election.ALTERNATE, Election.NOT_ELECTED, None)
    assert shown(test)[2:] == [
        ("approval", "甲", HEADS, 16, True),
        ("approval", "甲", AREA, 160000, True),
        ("approval", "乙", HEADS, 10, True),
        ("approval", "乙", AREA, 100000, True),
        ("approval", "丙", HEADS, 6, True),
        ("approval", "丙", AREA, 60000, True),
        ("approval", "丁", HEADS, 9, True),
        ("approval", "丁", AREA, 80001, True),
        ("rank", "甲", HEADS, 5, True),
        ("rank", "乙", HEADS, 2, True),
    ]
    assert test.questions[0].stands
    assert stands(numbers, *ballots(2)) == [False], "乙 and 丙 may be level"


def test_equal_heads_leave_an_election_to_one_ballot_or_to_an_error_of_area() -> None:
    numbers = committee((20, 200000), (17, 170000), (17, 160000), NONE)
    assert shown(measure_margins(numbers, []))[-2:] == [
        ("rank", "乙", HEADS, 1, True),
        ("rank", "乙", AREA, 10000, True),
    ]
    assert stands(numbers, *ballots(1)) == [False]
    assert stands(numbers, Contested(0, 9999, ROLL)) == [True]
    assert stands(numbers, Contested(0, 10000, ROLL)) == [False]


def test_the_order_of_two_who_are_both_elected_does_not_matter() -> None:
    numbers = committee((20, 200000), (20, 190000), NONE, NONE)
    assert stands(numbers, *ballots(4)) == [True]


def test_a_tie_stands_only_if_nothing_is_contested() -> None:
    numbers = committee(
        (20, 200000), (15, 150000), (15, 150000), NONE, ask=election("3", "选", ("甲", "乙", "丙", "丁"), 2)
    )
    assert measure_margins(numbers, []).questions[0].fates[1:3] == (Election.TIE, Election.TIE)
    assert stands(numbers) == [True]
    assert stands(numbers, *ballots(1)) == [False]
    assert stands(numbers, Contested(0, 1, ROLL)) == [False]


def test_who_may_yet_pass_takes_an_open_seat_or_none() -> None:
    """丙 has half exactly, so one other ballot gone makes a majority; with one seat and no alternates it is no matter."""
    row = ((20, 200000), (19, 190000), (12, 130000), NONE)
    assert stands(committee(*row, ask=election("3", "选", ("甲", "乙", "丙", "丁"), 3)), *ballots(1)) == [False]
    assert stands(committee(*row, ask=election("3", "选", ("甲", "乙", "丙", "丁"), 2)), *ballots(1)) == [True]


def test_who_may_fail_loses_the_seat() -> None:
    numbers = committee((20, 200000), (13, 130000), NONE, NONE)
    assert stands(numbers, *ballots(1)) == [True]
    assert stands(numbers, *ballots(2)) == [False]


def test_who_withdrew_is_in_nobodys_way() -> None:
    """乙 withdrew, level with 甲; nobody else passes."""
    row = ((20, 200000), (20, 200000), NONE, NONE)
    ask = election("3", "选", ("甲", "乙", "丙", "丁"), 1)
    assert stands(committee(*row, ask=ask), *ballots(1)) == [False]
    assert stands(committee(*row, ask=ask, withdrawn=frozenset({(0, 1)})), *ballots(1)) == [True]


def test_an_election_without_a_quorum_elects_nobody_in_any_case() -> None:
    row = [(10, 100000)] * 2 + [NONE] * 3
    numbers = counted([SEATS], row, cast=(10, 100000))
    test = measure_margins(numbers, ballots(3))
    assert test.questions[0].fates == (*[Election.NOT_ELECTED] * 4, None)
    assert [margin[0] for margin in shown(test)] == ["quorum", "quorum"]
    assert test.questions[0].stands


def test_negative_weight_is_refused() -> None:
    with pytest.raises(RefusedError, match="negative"):
        measure_margins(counted([RULES], [(24, 240000), NONE, NONE]), [Contested(-1, 0)])


def taken_from(
    row: Votes, cast: tuple[int, int], areas: Sequence[int], *, exclusive: bool
) -> Iterator[tuple[Votes, tuple[int, int]]]:
    """Yield every count that is left if some ballots go, each of one choice or of any choices."""
    marks = [[choice == each for choice in range(len(row))] for each in range(len(row))]
    if not exclusive:
        marks = [list(each) for each in product([False, True], repeat=len(row))]
    for case in product([None, *marks], repeat=len(areas)):
        gone = [(area, each) for area, each in zip(areas, case, strict=True) if each is not None]
        left = [
            (heads - sum(each[choice] for _, each in gone), area - sum(a for a, each in gone if each[choice]))
            for choice, (heads, area) in enumerate(row)
        ]
        rest = (cast[0] - len(gone), cast[1] - sum(area for area, _ in gone))
        if all(heads >= 0 and area >= 0 and (heads > 0) == (area > 0) for heads, area in [*left, rest]):
            yield left, rest


def fate(numbers: Counted) -> object:
    if numbers.asks[0].maximum == 1 and len(numbers.asks[0].choices) == 3:
        return numbers.decide_motion(0).finding.outcome
    selection = numbers.decide_election(0).selection
    return (
        selection.outcome,
        selection.open_seats,
        selection.tied_seats,
        *(place.election for place in selection.places),
    )


CHOICE = st.integers(0, 12).flatmap(lambda heads: st.tuples(st.just(heads), st.integers(heads, 8 * heads)))


@given(
    st.tuples(CHOICE, CHOICE, CHOICE),
    st.lists(st.integers(1, 4), min_size=1, max_size=3),
    st.integers(0, 6),
    st.sampled_from([RULES, FUND]),
)
@settings(max_examples=150, deadline=None)
def test_a_motion_that_stands_is_the_same_in_every_case(row: Votes, areas: list[int], absent: int, ask: Ask) -> None:
    cast = (sum(heads for heads, _ in row), sum(area for _, area in row))
    numbers = counted([ask], row, cast=cast, total=(cast[0] + absent + 1, cast[1] + 4 * absent + 1))
    [test] = measure_margins(numbers, [Contested(1, area) for area in areas]).questions
    assert test.outcome is numbers.decide_motion(0).finding.outcome
    if test.stands:
        for left, rest in taken_from(row, cast, areas, exclusive=True):
            case = counted([ask], left, cast=rest, total=(cast[0] + absent + 1, cast[1] + 4 * absent + 1))
            assert fate(case) == fate(numbers)


@given(
    st.lists(
        st.integers(9, 20).flatmap(lambda heads: st.tuples(st.just(heads), st.integers(9, 20))), min_size=3, max_size=3
    ),
    st.lists(st.integers(1, 3), min_size=1, max_size=2),
    st.integers(1, 3),
    st.integers(0, 1),
)
@settings(max_examples=200, deadline=None)
def test_an_election_that_stands_is_the_same_in_every_case(
    row: list[tuple[int, int]], areas: list[int], seats: int, alternates: int
) -> None:
    ask = election("3", "选", ("甲", "乙", "丙"), seats, alternates)
    full, cast, total = (*row, NONE), (24, 24), (28, 28)
    numbers = counted([ask], full, cast=cast, total=total)
    [test] = measure_margins(numbers, [Contested(1, area) for area in areas]).questions
    if test.stands:
        for left, rest in taken_from(full, cast, areas, exclusive=False):
            if all(heads <= rest[0] and area <= rest[1] for heads, area in left):
                assert fate(counted([ask], left, cast=rest, total=total)) == fate(numbers)


def less(*rows: Votes) -> list[list[Measures]]:
    return [[Measures(*each) for each in row] for row in rows]


def test_an_outcome_survives_without_a_channel_that_does_not_carry_it() -> None:
    """14 of 24 without 3 of 5 on paper are 11 of 19; without 5 of 5 they are 9 of 19."""
    numbers = counted([RULES], [(14, 140000), (8, 80000), (2, 20000)], total=(28, 280000))
    [found] = outcome_without(numbers, less([(3, 30000), (2, 20000), NONE]), Measures(5, 50000))
    assert (found.outcome, found.survives) == (Outcome.ADOPTED, True)
    [found] = outcome_without(numbers, less([(5, 50000), NONE, NONE]), Measures(5, 50000))
    assert (found.outcome, found.survives) == (Outcome.NO_DECISION, False)


def test_without_a_channel_the_quorum_may_be_missed() -> None:
    numbers = counted([RULES], [(24, 240000), NONE, NONE])
    [found] = outcome_without(numbers, less([(5, 50000), NONE, NONE]), Measures(5, 50000))
    assert (found.outcome, found.survives) == (Outcome.QUORUM_NOT_MET, False)


def test_without_a_channel_other_candidates_may_be_elected() -> None:
    numbers = committee((20, 200000), (17, 170000), (15, 150000), NONE)
    taken = less([NONE, (3, 30000), NONE, NONE, NONE])
    [found] = outcome_without(numbers, taken, Measures(3, 30000))
    assert found.outcome is Outcome.ADOPTED
    assert found.fates[1:3] == (Election.ALTERNATE, Election.ELECTED)
    assert not found.survives
    [found] = outcome_without(numbers, less([(1, 1), *[NONE] * 4]), Measures(1, 1))
    assert found.survives


def test_without_a_channel_what_depends_on_another_outcome_is_another() -> None:
    safe, narrow = [(24, 240000), NONE, NONE], [(13, 130000), (8, 80000), (3, 30000)]
    numbers = counted([RULES, motion("2", "管理规约", (0,))], narrow, safe)
    found = outcome_without(numbers, less([(2, 20000), NONE, NONE], [(2, 20000), NONE, NONE]), Measures(2, 20000))
    assert [each.outcome for each in found] == [Outcome.NO_DECISION, Outcome.ADOPTED]
    assert [each.survives for each in found] == [False, False]


def test_more_than_was_counted_cannot_be_left_out() -> None:
    numbers = counted([RULES], [(24, 240000), NONE, NONE])
    with pytest.raises(RefusedError, match="negative"):
        outcome_without(numbers, less([(1, 10000), (1, 10000), NONE]), Measures(2, 20000))
