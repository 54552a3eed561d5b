"""Results by hand, from Civil Code art. 278: two thirds of all take part; more than half, or three quarters, of them agree.

The electorate is 9 heads and 900.00 m2 unless a test says otherwise, so 6 heads and 600.00 m2 are the quorum exactly.
"""

import json
from dataclasses import replace
from datetime import date

import pytest
import rfc8785

from tests.vote.election.test_manifest import MANIFEST
from vote.election.ask import election, motion
from vote.election.manifest import law_day
from vote.election.packing import Measures
from vote.errors import ContradictionError, RefusedError
from vote.law.library import load_profile
from vote.tally.finding import encode_result, find_result, read_counted

BASE = 10
PROFILE = load_profile("cn-zj-jiaxing-jiashan")
RULES, FUND = motion("1", "是否通过议事规则"), motion("6", "是否筹集维修资金", (0,))


def held(*asks, heads=9, area=90000):
    profile = {"id": PROFILE.id, "version": PROFILE.version, "digest": PROFILE.digest}
    return replace(MANIFEST, questions=asks, electorate=Measures(heads, area), base=BASE, profile=profile)


def packed(heads, area):
    return area * BASE + heads


def found(manifest, cast, *rows):
    """Return the result of totals given as (heads, area in dm2)."""
    return find_result(manifest, [[packed(*each) for each in row] for row in rows], packed(*cast))


def outcome(cast, *row, matter="1"):
    return found(held(motion(matter, "是否")), cast, row)["questions"][0]["outcome"]


def test_a_motion_stands_with_its_numbers_in_the_order_of_the_ballot():
    assert found(held(RULES), (7, 70001), [(5, 50001), (1, 10000), (1, 10000)]) == {
        "election": MANIFEST.uuid,
        "base": 10,
        "electorate": {"heads": 9, "area_dm2": 90000},
        "cast": {"heads": 7, "area_dm2": 70001},
        "questions": [
            {
                "matter": "1",
                "text": "是否通过议事规则",
                "outcome": "ADOPTED",
                "choices": [
                    {"text": "同意", "heads": 5, "area_dm2": 50001},
                    {"text": "反对", "heads": 1, "area_dm2": 10000},
                    {"text": "弃权", "heads": 1, "area_dm2": 10000},
                ],
            }
        ],
    }


def test_exactly_two_thirds_by_heads_and_by_area_are_the_quorum():
    assert outcome((6, 60000), (6, 60000), (0, 0), (0, 0)) == "ADOPTED"
    assert outcome((6, 59999), (6, 59999), (0, 0), (0, 0)) == "QUORUM_NOT_MET"
    assert outcome((5, 80000), (5, 80000), (0, 0), (0, 0)) == "QUORUM_NOT_MET"


def test_exactly_half_is_not_more_than_half():
    assert outcome((6, 60000), (3, 40000), (3, 20000), (0, 0)) == "NO_DECISION"
    assert outcome((6, 60000), (4, 30000), (2, 30000), (0, 0)) == "NO_DECISION"
    assert outcome((6, 60000), (4, 30001), (2, 29999), (0, 0)) == "ADOPTED"


def test_more_than_half_against_by_both_counts_is_a_rejection():
    assert outcome((6, 60000), (2, 29999), (4, 30001), (0, 0)) == "REJECTED"
    assert outcome((6, 60000), (2, 30000), (4, 30000), (0, 0)) == "NO_DECISION"


def test_whoever_abstains_takes_part():
    assert outcome((6, 60000), (3, 30000), (0, 0), (3, 30000)) == "NO_DECISION"
    assert outcome((6, 60000), (0, 0), (0, 0), (6, 60000)) == "NO_DECISION"


def test_a_special_matter_needs_exactly_three_quarters_of_both():
    assert outcome((8, 80000), (6, 60000), (2, 20000), (0, 0), matter="8") == "ADOPTED"
    assert outcome((8, 80000), (6, 59999), (2, 20001), (0, 0), matter="8") == "NO_DECISION"
    assert outcome((8, 80000), (5, 70000), (3, 10000), (0, 0), matter="8") == "NO_DECISION"


def test_nobody_voting_is_a_result_too():
    nothing = (0, 0)
    result = found(held(RULES), nothing, [nothing] * 3)
    assert result["cast"] == {"heads": 0, "area_dm2": 0}
    assert result["questions"][0]["outcome"] == "QUORUM_NOT_MET"


COMMITTEE = election("3", "选举委员", ("甲", "乙", "丙", "丁"), 2, 1)


def elected(*row, ask=COMMITTEE, cast=(8, 80000)):
    return found(held(ask), cast, row)["questions"][0]


def fates(question):
    return [choice.get("outcome") for choice in question["choices"]]


def test_candidates_are_ranked_by_heads_then_area_and_must_each_pass_half():
    """乙 and 丙 have five heads, 丙 more area; 丁 has half of the heads exactly."""
    question = elected((6, 50000), (5, 50000), (5, 50001), (4, 70000), (1, 10000))
    assert fates(question) == ["elected", "alternate", "elected", "not-elected", None]
    assert {name: question[name] for name in ("outcome", "seats", "open_seats", "tied_seats")} == {
        "outcome": "ADOPTED",
        "seats": 2,
        "open_seats": 0,
        "tied_seats": 0,
    }


def test_equal_by_both_counts_for_the_last_seat_is_a_tie():
    question = elected((6, 50000), (5, 50000), (5, 50000), (0, 0), (0, 0))
    assert fates(question) == ["elected", "tie", "tie", "not-elected", None]
    assert (question["open_seats"], question["tied_seats"]) == (0, 1)


def test_too_few_who_pass_leave_seats_open():
    question = elected((5, 40001), (8, 40000), (4, 80000), (0, 0), (0, 0))
    assert fates(question) == ["elected", "not-elected", "not-elected", "not-elected", None]
    assert (question["open_seats"], question["tied_seats"]) == (1, 0)


def test_abstaining_in_an_election_takes_part_and_elects_nobody():
    question = elected((0, 0), (0, 0), (0, 0), (0, 0), (8, 80000))
    assert question["outcome"] != "QUORUM_NOT_MET"
    assert fates(question) == ["not-elected"] * 4 + [None]
    assert question["open_seats"] == 2


def test_without_quorum_nobody_is_elected():
    question = elected((5, 50000), (5, 50000), (0, 0), (0, 0), (0, 0), cast=(5, 50000))
    assert question["outcome"] == "QUORUM_NOT_MET"
    assert "elected" not in fates(question)


ALL, NONE = (6, 60000), (0, 0)
YES, NO = [ALL, NONE, NONE], [NONE, ALL, NONE]


def effects(manifest, *rows):
    return [question.get("takes_effect") for question in found(manifest, ALL, *rows)["questions"]]


def test_what_depends_on_nothing_does_not_say_whether_it_takes_effect():
    assert effects(held(RULES), YES) == [None]


def test_a_dependent_question_takes_effect_only_if_what_it_depends_on_is_adopted():
    manifest = held(RULES, FUND)
    assert effects(manifest, YES, YES) == [None, True]
    assert effects(manifest, NO, YES) == [None, False]
    assert effects(manifest, [NONE, NONE, ALL], YES) == [None, False]


def test_a_dependence_reaches_through_a_question_between():
    manifest = held(RULES, FUND, motion("2", "是否通过管理规约", (1,)))
    assert effects(manifest, NO, YES, YES) == [None, False, False]
    assert effects(manifest, YES, NO, YES) == [None, True, False]
    assert effects(manifest, YES, YES, YES) == [None, True, True]


def test_a_committee_takes_office_only_if_the_rules_pass():
    manifest = held(RULES, replace(COMMITTEE, depends_on=(0,)))
    row = [ALL, NONE, NONE, NONE, NONE]
    assert effects(manifest, YES, row) == [None, True]
    assert effects(manifest, NO, row) == [None, False]


@pytest.mark.parametrize(
    ("cast", "row"),
    [
        ((6, 60000), [(7, 70000), (0, 0), (0, 0)]),
        ((6, 60000), [(5, 50000), (0, 0), (0, 0)]),
        ((10 - 1, 90001), [(9, 90001), (0, 0), (0, 0)]),
        ((6, 60000), [(6, 0), (0, 60000), (0, 0)]),
    ],
)
def test_numbers_that_contradict_each_other_are_refused(cast, row):
    with pytest.raises(RefusedError):
        found(held(RULES), cast, row)


def test_a_profile_that_is_not_the_sealed_one_stops_everything():
    manifest = held(RULES)
    other = replace(manifest, profile={**manifest.profile, "digest": "0" * 64})
    with pytest.raises(ContradictionError, match="sealed with"):
        found(other, ALL, YES)
    with pytest.raises(RefusedError, match="there is none"):
        found(replace(manifest, profile={**manifest.profile, "version": "1999-01-01"}), ALL, YES)


def test_totals_that_do_not_fit_the_questions_are_a_mistake_of_ours():
    for rows in ([], [YES, YES], [YES[:2]]):
        with pytest.raises(ValueError, match="zip"):
            found(held(RULES), ALL, *rows)


@pytest.mark.parametrize(
    ("opens_at", "day"),
    [
        ("2026-12-09T15:59:59Z", date(2026, 12, 9)),
        ("2026-12-09T16:00:00Z", date(2026, 12, 10)),
        ("2026-12-31T23:00:00Z", date(2027, 1, 1)),
    ],
)
def test_the_rules_are_those_of_the_opening_day_in_china(opens_at, day):
    assert law_day(replace(MANIFEST, opens_at=opens_at)) == day


def changed(manifest, cast, *rows, **changes):
    totals = [[packed(*each) for each in row] for row in rows]
    return find_result(manifest, totals, packed(*cast), **changes)


PASSING = [(8, 80000), (7, 70000), (6, 60000), (5, 50000), (0, 0)]


def test_who_withdrew_keeps_the_votes_and_gives_the_seat_to_the_next():
    """甲 has the most votes and withdrew: 乙 and 丙 have the seats, 丁 is the alternate."""
    question = changed(held(COMMITTEE), (8, 80000), PASSING, withdrawn=[(0, 0)])["questions"][0]
    assert fates(question) == ["not-elected", "elected", "elected", "alternate", None]
    assert question["choices"][0] == {
        "text": "甲",
        "heads": 8,
        "area_dm2": 80000,
        "outcome": "not-elected",
        "withdrawn": True,
    }
    assert all("withdrawn" not in choice for choice in question["choices"][1:])


def test_without_changes_nothing_is_said_about_them():
    plain = found(held(COMMITTEE), (8, 80000), PASSING)
    assert set(plain) == {"election", "base", "electorate", "cast", "questions"}
    assert not any("withdrawn" in choice for choice in plain["questions"][0]["choices"])
    assert changed(held(COMMITTEE), (8, 80000), PASSING, withdrawn=(), correction=Measures(0, 0)) == plain


@pytest.mark.parametrize("nobody", [(0, 4), (0, 5), (1, 0), (-1, 0)])
def test_only_a_candidate_can_withdraw(nobody):
    with pytest.raises(RefusedError, match="no candidate"):
        changed(held(COMMITTEE), (8, 80000), PASSING, withdrawn=[nobody])
    with pytest.raises(RefusedError, match="no candidate"):
        changed(held(RULES), ALL, YES, withdrawn=[(0, 0)])


def test_a_corrected_roll_moves_the_quorum():
    """Of 10 heads 6 are too few, of 9 enough; of 900.01 m2 600.00 are too few."""
    row = [(6, 60000), (0, 0), (0, 0)]
    result = changed(held(RULES, heads=10), ALL, row, correction=Measures(-1, 0))
    assert result["electorate"] == {"heads": 9, "area_dm2": 90000}
    assert result["correction"] == {"heads": -1, "area_dm2": 0}
    assert result["questions"][0]["outcome"] == "ADOPTED"
    result = changed(held(RULES), ALL, row, correction=Measures(0, 1))
    assert result["electorate"] == {"heads": 9, "area_dm2": 90001}
    assert result["questions"][0]["outcome"] == "QUORUM_NOT_MET"


def test_a_published_result_is_read_with_its_changes():
    manifest = held(COMMITTEE)
    result = changed(manifest, (8, 80000), PASSING, withdrawn=[(0, 0)], correction=Measures(0, 1))
    counted = read_counted(manifest, result)
    assert (counted.electorate, counted.cast) == (Measures(9, 90001), Measures(8, 80000))
    assert counted.votes == (tuple(Measures(*each) for each in PASSING),)
    assert counted.withdrawn == {(0, 0)}
    assert read_counted(manifest, found(manifest, (8, 80000), PASSING)).withdrawn == frozenset()


def test_a_published_electorate_that_is_neither_sealed_nor_corrected_is_a_contradiction():
    manifest = held(COMMITTEE)
    result = found(manifest, (8, 80000), PASSING)
    with pytest.raises(ContradictionError, match="electorate"):
        read_counted(manifest, {**result, "electorate": {"heads": 9, "area_dm2": 89999}})
    with pytest.raises(ContradictionError, match="electorate"):
        read_counted(manifest, {**result, "correction": {"heads": 1, "area_dm2": 0}})


def test_a_result_is_written_in_one_spelling():
    result = found(held(RULES), ALL, YES)
    assert encode_result(result) == rfc8785.dumps(result)
    assert json.loads(encode_result(result)) == result
