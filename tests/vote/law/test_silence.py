"""The silence clause by hand: 30 heads and 300.00 m2; Zhejiang regulation art. 10 ¶2 wants more than 15 and 150.00."""

from dataclasses import replace

import pytest

from tests.vote.law.test_question import CITED, ORDINARY, SPECIAL, TOTAL
from vote.errors import RefusedError
from vote.law.majority import OVER_HALF
from vote.law.measure import NOTHING, Measure
from vote.law.question import Count, Outcome
from vote.law.silence import SilenceClause, SilenceLaw, require_silence_clause, weigh_with_silence
from vote.law.working import Check, Requirement

MAJORITY = Requirement(Check.APPROVAL, OVER_HALF, CITED)
FLOOR = Requirement(Check.FLOOR, OVER_HALF, CITED)
ZHEJIANG = SilenceLaw(permitted=True, majority=MAJORITY, floor=FLOOR, may_reach_quorum=False)
NATIONAL = SilenceLaw(permitted=True, majority=MAJORITY, floor=None, may_reach_quorum=False)
TOWARDS_QUORUM = SilenceLaw(permitted=True, majority=MAJORITY, floor=None, may_reach_quorum=True)


def clause(heads: int, area_dm2: int) -> SilenceClause:
    return SilenceClause("议事规则第12条", Measure(heads, area_dm2), consequence_printed=True, first_assembly=False)


def test_silent_owners_join_a_majority_above_the_floor() -> None:
    """16 of 22 agree, less than three quarters (16.5); with 8 silent owners it is 24 of 30 (22.5 needed)."""
    count = Count(TOTAL, Measure(22, 22000), Measure(16, 16000), Measure(6, 6000))
    results = weigh_with_silence(count, SPECIAL, clause(8, 8000), ZHEJIANG)
    assert results.actual.outcome is Outcome.NO_DECISION
    assert results.deemed.outcome is Outcome.ADOPTED
    assert [(line.left, line.right, line.met) for line in results.floor] == [(32, 30, True), (32000, 30000, True)]
    assert not results.quorum_by_silence


@pytest.mark.parametrize("yes", [(15, 16000), (16, 15000)])
def test_exactly_half_of_all_is_below_the_floor(yes: tuple[int, int]) -> None:
    count = Count(TOTAL, Measure(22, 22000), Measure(*yes), NOTHING)
    results = weigh_with_silence(count, SPECIAL, clause(8, 8000), ZHEJIANG)
    assert results.deemed == results.actual
    assert results.actual.outcome is Outcome.NO_DECISION
    assert not all(line.met for line in results.floor)


def test_without_a_floor_a_majority_of_those_taking_part_is_enough() -> None:
    count = Count(TOTAL, Measure(22, 22000), Measure(15, 15000), NOTHING)
    results = weigh_with_silence(count, SPECIAL, clause(8, 8000), NATIONAL)
    assert results.deemed.outcome is Outcome.ADOPTED
    assert results.floor == ()


def test_only_owners_with_proven_delivery_are_counted() -> None:
    """16 of 22 and 1 silent owner of 8 proven: 17 of 23 is below three quarters (17.25)."""
    count = Count(TOTAL, Measure(22, 22000), Measure(16, 16000), Measure(6, 6000))
    results = weigh_with_silence(count, SPECIAL, clause(1, 1000), ZHEJIANG)
    assert results.deemed.outcome is Outcome.NO_DECISION
    assert results.deemed.participants == Measure(23, 23000)


def test_silent_owners_join_those_against_where_they_are_the_majority() -> None:
    """More than half against rejects already; the silent ones join them and the motion stays rejected."""
    count = Count(TOTAL, Measure(22, 22000), Measure(6, 6000), Measure(16, 16000))
    results = weigh_with_silence(count, ORDINARY, clause(8, 8000), ZHEJIANG)
    assert results.actual.outcome is results.deemed.outcome is Outcome.REJECTED
    assert results.deemed.working[-1].part == 24000
    from_abstentions = Count(TOTAL, Measure(22, 22000), Measure(6, 6000), abstain=NOTHING)
    assert weigh_with_silence(from_abstentions, ORDINARY, clause(8, 8000), ZHEJIANG) == results


@pytest.mark.parametrize("no", [None, Measure(9, 9000)])
def test_without_a_majority_already_cast_silence_changes_nothing(no: Measure | None) -> None:
    count = Count(TOTAL, Measure(22, 22000), Measure(11, 11000), no)
    results = weigh_with_silence(count, ORDINARY, clause(8, 8000), NATIONAL)
    assert results.deemed == results.actual
    assert results.floor == ()


def test_silence_does_not_make_the_quorum() -> None:
    """19 of 30 take part and all agree; the 11 silent owners do not help."""
    count = Count(TOTAL, Measure(19, 19000), Measure(19, 19000))
    results = weigh_with_silence(count, ORDINARY, clause(11, 11000), ZHEJIANG)
    assert results.actual.outcome is results.deemed.outcome is Outcome.QUORUM_NOT_MET
    assert not results.quorum_by_silence


def test_where_a_profile_lets_silence_make_the_quorum_it_is_flagged() -> None:
    count = Count(TOTAL, Measure(19, 19000), Measure(19, 19000))
    results = weigh_with_silence(count, ORDINARY, clause(11, 11000), TOWARDS_QUORUM)
    assert results.actual.outcome is Outcome.QUORUM_NOT_MET
    assert results.deemed.outcome is Outcome.ADOPTED
    assert results.quorum_by_silence


def test_invalid_ballots_that_take_part_are_part_of_both_results() -> None:
    count = Count(TOTAL, Measure(20, 20000), Measure(16, 16000), invalid=Measure(2, 2000))
    results = weigh_with_silence(count, SPECIAL, clause(8, 8000), ZHEJIANG, invalid_participates=True)
    assert results.actual.participants == Measure(22, 22000)
    assert results.deemed.participants == TOTAL


COUNT = Count(TOTAL, Measure(22, 22000), Measure(16, 16000))


def test_a_complete_clause_is_accepted() -> None:
    require_silence_clause(clause(8, 8000), ZHEJIANG, COUNT)


@pytest.mark.parametrize(
    ("given", "law", "word"),
    [
        (clause(8, 8000), replace(ZHEJIANG, permitted=False), "does not permit"),
        (replace(clause(8, 8000), first_assembly=True), ZHEJIANG, "first assembly"),
        (replace(clause(8, 8000), clause=" "), ZHEJIANG, "name the clause"),
        (replace(clause(8, 8000), consequence_printed=False), ZHEJIANG, "not printed"),
        (clause(9, 8000), ZHEJIANG, "more than the total"),
        (clause(8, 8001), ZHEJIANG, "more than the total"),
        (clause(8, 0), ZHEJIANG, "heads and area"),
    ],
)
def test_a_clause_with_something_missing_is_refused(given: SilenceClause, law: SilenceLaw, word: str) -> None:
    with pytest.raises(RefusedError, match=word):
        require_silence_clause(given, law, COUNT)
