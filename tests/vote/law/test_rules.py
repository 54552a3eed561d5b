"""Decisions under the shipped profiles, worked out by hand from the articles."""

from datetime import date

import pytest

from tests.vote.law.documents import entry, local, read
from vote.errors import RefusedError
from vote.law.library import load_profile
from vote.law.measure import NOTHING, Measure
from vote.law.profile import Profile
from vote.law.question import Count, Outcome
from vote.law.rules import alternates_limit, decide, decide_election, decide_with_silence
from vote.law.selection import Candidate, Election, ElectionCount
from vote.law.silence import SilenceClause

TODAY = date(2026, 12, 1)
TOTAL = Measure(30, 30000)
JIASHAN = load_profile("cn-zj-jiaxing-jiashan")
PLACES = ["cn", "cn-zj-jiaxing-jiashan", "cn-zj-hangzhou", "cn-sh", "cn-gd-shenzhen", "cn-bj"]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("matter", "outcome"),
    [
        ("1", Outcome.ADOPTED),
        ("2", Outcome.ADOPTED),
        ("3", Outcome.ADOPTED),
        ("4", Outcome.ADOPTED),
        ("5", Outcome.ADOPTED),  # using the fund
        ("6", Outcome.NO_DECISION),  # raising the fund
        ("7", Outcome.NO_DECISION),
        ("8", Outcome.NO_DECISION),
        ("9", Outcome.ADOPTED),
    ],
)
def test_eleven_of_twenty_decide_all_but_items_six_to_eight(place: str, matter: str, outcome: Outcome) -> None:
    count = Count(TOTAL, Measure(20, 20000), Measure(11, 10001))
    decision = decide(load_profile(place), matter, count, on=TODAY)
    assert decision.finding.outcome is outcome
    assert decision.matter.name == matter


@pytest.mark.parametrize("place", PLACES)
def test_three_quarters_decide_items_six_to_eight_everywhere(place: str) -> None:
    for yes, outcome in ((Measure(15, 15000), Outcome.ADOPTED), (Measure(15, 14999), Outcome.NO_DECISION)):
        for matter in "678":
            count = Count(TOTAL, Measure(20, 20000), yes)
            assert decide(load_profile(place), matter, count, on=TODAY).finding.outcome is outcome


def test_a_decision_names_its_rules_and_articles() -> None:
    decision = decide(JIASHAN, "6", Count(TOTAL, Measure(20, 20000), Measure(15, 15000)), on=TODAY)
    assert (decision.profile, decision.version) == ("cn-zj-jiaxing-jiashan", "2026-11-26")
    assert decision.digest == JIASHAN.digest
    assert [each.code for each in decision.articles] == ["CC 278 ¶1(6)", "CC 278 ¶2", "CC 1259"]
    assert decision.on == TODAY


def test_hangzhous_own_matters_are_ordinary_and_cite_its_article() -> None:
    hangzhou = load_profile("cn-zj-hangzhou")
    decision = decide(hangzhou, "hz-income", Count(TOTAL, Measure(20, 20000), Measure(11, 10001)), on=TODAY)
    assert decision.finding.outcome is Outcome.ADOPTED
    assert [each.code for each in decision.articles] == ["HZ 16", "CC 278 ¶2", "CC 1259"]
    with pytest.raises(RefusedError, match="hz-income"):
        decide(JIASHAN, "hz-income", Count(TOTAL, Measure(20, 20000), Measure(11, 10001)), on=TODAY)
    with pytest.raises(RefusedError, match="hz-income"):
        decide(hangzhou, "hz-income", Count(TOTAL, NOTHING, NOTHING), on=date(2022, 2, 28))


def test_numbers_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(RefusedError, match="cast"):
        decide(JIASHAN, "4", Count(TOTAL, Measure(31, 20000), NOTHING), on=TODAY)


def test_nothing_is_decided_for_a_day_before_2021() -> None:
    """On that day half of *all* owners decided; this program does not know how."""
    with pytest.raises(RefusedError, match="Civil Code"):
        decide(JIASHAN, "4", Count(TOTAL, Measure(20, 20000), Measure(16, 16000)), on=date(2020, 12, 31))


def test_invalid_ballots_are_shown_both_ways() -> None:
    count = Count(TOTAL, Measure(19, 19000), Measure(19, 19000), invalid=Measure(1, 1000))
    decision = decide(JIASHAN, "4", count, on=TODAY)
    assert decision.finding.outcome is Outcome.QUORUM_NOT_MET
    assert decision.other_finding is not None
    assert decision.other_finding.outcome is Outcome.ADOPTED
    counting = read(local(invalid_ballot_participates=[entry(value=True)]))
    other_way = decide(counting, "4", count, on=TODAY)
    assert other_way.finding.outcome is Outcome.ADOPTED
    assert other_way.other_finding is not None
    assert other_way.other_finding.outcome is Outcome.QUORUM_NOT_MET


def test_without_invalid_ballots_there_is_one_figure() -> None:
    assert decide(JIASHAN, "4", Count(TOTAL, Measure(20, 20000), NOTHING), on=TODAY).other_finding is None


def test_a_decision_says_whether_a_rejection_was_examined() -> None:
    def examined(yes: Measure, no: Measure | None) -> bool:
        return decide(JIASHAN, "4", Count(TOTAL, Measure(20, 20000), yes, no), on=TODAY).rejection_examined

    assert examined(Measure(11, 11000), None)
    assert not examined(Measure(10, 10000), None)
    assert examined(Measure(10, 10000), Measure(10, 10000))


def silent(heads: int, area_dm2: int) -> SilenceClause:
    return SilenceClause("议事规则第12条", Measure(heads, area_dm2), consequence_printed=True, first_assembly=False)


def test_silence_changes_nothing_unless_it_is_asked_for() -> None:
    count = Count(TOTAL, Measure(22, 22000), Measure(16, 16000), Measure(6, 6000))
    assert decide(JIASHAN, "6", count, on=TODAY).finding.outcome is Outcome.NO_DECISION


def test_both_results_are_given_with_a_silence_clause() -> None:
    count = Count(TOTAL, Measure(22, 22000), Measure(16, 16000), Measure(6, 6000))
    decision = decide_with_silence(JIASHAN, "6", count, silent(8, 8000), on=TODAY)
    assert decision.decision.finding == decision.results.actual
    assert decision.results.actual.outcome is Outcome.NO_DECISION
    assert decision.results.deemed.outcome is Outcome.ADOPTED
    assert "ZJ 10 ¶2" in [each.code for each in decision.articles]


def test_the_floor_of_zhejiang_holds_in_jiashan_and_hangzhou_and_not_elsewhere() -> None:
    """15 of 30 have agreed: not more than half of all, though more than half of the 20 taking part."""
    count = Count(TOTAL, Measure(20, 20000), Measure(15, 14000), NOTHING)
    expected = {
        "cn-zj-jiaxing-jiashan": Outcome.NO_DECISION,
        "cn-zj-hangzhou": Outcome.NO_DECISION,
        "cn": Outcome.ADOPTED,
        "cn-sh": Outcome.ADOPTED,
    }
    for place, outcome in expected.items():
        results = decide_with_silence(load_profile(place), "6", count, silent(10, 10000), on=TODAY).results
        assert results.deemed.outcome is outcome
        assert results.actual.outcome is Outcome.NO_DECISION


@pytest.mark.parametrize("place", PLACES)
def test_no_shipped_profile_lets_silence_make_the_quorum(place: str) -> None:
    count = Count(TOTAL, Measure(19, 19000), Measure(19, 19000))
    results = decide_with_silence(load_profile(place), "4", count, silent(11, 11000), on=TODAY).results
    assert results.deemed.outcome is Outcome.QUORUM_NOT_MET


def test_a_silence_clause_without_its_consequence_on_the_ballot_is_refused() -> None:
    clause = SilenceClause("议事规则第12条", Measure(1, 100), consequence_printed=False, first_assembly=False)
    with pytest.raises(RefusedError, match="not printed"):
        decide_with_silence(JIASHAN, "4", Count(TOTAL, Measure(20, 20000), NOTHING), clause, on=TODAY)


def election(*heads: int, seats: int, alternates: int = 0, invalid: Measure = NOTHING) -> ElectionCount:
    candidates = [Candidate(f"c{index}", Measure(each, each * 1000)) for index, each in enumerate(heads)]
    return ElectionCount(TOTAL, Measure(20, 20000), candidates, seats, alternates, invalid)


def test_an_election_is_decided_under_matter_three() -> None:
    decision = decide_election(JIASHAN, election(15, 13, 10, seats=1, alternates=1), on=TODAY)
    assert [place.election for place in decision.selection.places] == [
        Election.ELECTED,
        Election.ALTERNATE,
        Election.NOT_ELECTED,
    ]
    assert decision.articles[0].code == "CC 278 ¶1(3)"
    assert decision.tie == "RUN_OFF"
    assert decision.other_selection is None


def test_an_election_with_invalid_ballots_is_shown_both_ways() -> None:
    decision = decide_election(JIASHAN, election(11, seats=1, invalid=Measure(2, 2000)), on=TODAY)
    assert decision.selection.places[0].election is Election.ELECTED
    assert decision.other_selection is not None
    assert decision.other_selection.places[0].election is Election.NOT_ELECTED


def test_beijing_has_at_most_as_many_alternates_as_members() -> None:
    """BJ art. 39."""
    beijing = load_profile("cn-bj")
    assert alternates_limit(beijing, 5, 9, on=TODAY) == 5
    assert alternates_limit(beijing, 5, 3, on=TODAY) == 3
    decision = decide_election(beijing, election(15, 14, 13, seats=1, alternates=2), on=TODAY)
    assert [place.election for place in decision.selection.places] == [
        Election.ELECTED,
        Election.ALTERNATE,
        Election.NOT_ELECTED,
    ]
    assert decision.alternates == 1


def half_alternates() -> Profile:
    return read(local(alternates=[entry({"allowed": "YES", "most_percent": 50})]))


def test_half_as_many_alternates_as_five_seats_are_two() -> None:
    assert alternates_limit(half_alternates(), 5, 9, on=TODAY) == 2
    assert alternates_limit(JIASHAN, 5, 9, on=TODAY) == 9
