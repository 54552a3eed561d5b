"""Outcomes of art. 278 ¶2, worked out by hand from the article for an assembly of 30 heads and 300.00 m2."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vote.errors import RefusedError
from vote.law.citation import Citation, Source, Text
from vote.law.majority import OVER_HALF, THREE_QUARTERS, TWO_THIRDS, Both
from vote.law.measure import Measure
from vote.law.question import OUTCOME_TEXT, Count, Majorities, Outcome, require_count, weigh
from vote.law.working import Check, Requirement, compare, square_metres

CITED = Citation(Source("CC", Text("民法典", "Civil Code"), None, None, ""), "278 ¶2")


def needs(approval: Both) -> Majorities:
    return Majorities(
        Requirement(Check.QUORUM, TWO_THIRDS, CITED),
        Requirement(Check.APPROVAL, approval, CITED),
        Requirement(Check.REJECTION, OVER_HALF, CITED),
    )


ORDINARY, SPECIAL = needs(OVER_HALF), needs(THREE_QUARTERS)
TOTAL = Measure(30, 30000)
QUORUM_NOT_MET, ADOPTED, REJECTED, NO_DECISION = (
    Outcome.QUORUM_NOT_MET,
    Outcome.ADOPTED,
    Outcome.REJECTED,
    Outcome.NO_DECISION,
)


def outcome(
    majorities: Majorities, cast: tuple[int, int], yes: tuple[int, int], no: tuple[int, int] | None = None
) -> Outcome:
    count = Count(TOTAL, Measure(*cast), Measure(*yes), None if no is None else Measure(*no))
    require_count(count)
    return weigh(count, majorities).outcome


@pytest.mark.parametrize(
    ("cast", "yes", "ordinary", "special"),
    [
        ((20, 20000), (11, 10001), ADOPTED, NO_DECISION),  # exactly two thirds take part
        ((20, 19999), (20, 19999), QUORUM_NOT_MET, QUORUM_NOT_MET),  # 0.01 m2 short
        ((19, 30000), (19, 30000), QUORUM_NOT_MET, QUORUM_NOT_MET),  # one head short: 19 x 3 < 60
        ((20, 20000), (11, 10000), NO_DECISION, NO_DECISION),  # exactly half of the area is not more than half
        ((20, 20000), (15, 15000), ADOPTED, ADOPTED),  # exactly three quarters
        ((24, 24000), (12, 12100), NO_DECISION, NO_DECISION),  # 6 heads abstain: 12 of 24 is half
        ((20, 20000), (10, 10001), NO_DECISION, NO_DECISION),  # exactly half of the heads
        ((20, 20000), (15, 14999), ADOPTED, NO_DECISION),  # 0.01 m2 short of three quarters
        ((20, 20000), (14, 15000), ADOPTED, NO_DECISION),  # one head short of three quarters
        ((30, 30000), (16, 15001), ADOPTED, NO_DECISION),  # everybody takes part
        ((20, 20000), (0, 0), NO_DECISION, NO_DECISION),  # nobody agrees, the rest may have abstained
        ((0, 0), (0, 0), QUORUM_NOT_MET, QUORUM_NOT_MET),  # nobody came
    ],
)
def test_the_outcome_is_what_the_article_says(
    cast: tuple[int, int], yes: tuple[int, int], ordinary: Outcome, special: Outcome
) -> None:
    assert outcome(ORDINARY, cast, yes) is ordinary
    assert outcome(SPECIAL, cast, yes) is special


def test_the_developers_twelve_unsold_flats_are_one_head() -> None:
    """18 owners and a developer with 12 units are 19 heads: 13 make the quorum (39 >= 38), 12 do not (36 < 38)."""
    total = Measure(19, 30000)
    assert weigh(Count(total, Measure(13, 20000), Measure(13, 20000)), ORDINARY).outcome is ADOPTED
    assert weigh(Count(total, Measure(12, 20000), Measure(12, 20000)), ORDINARY).outcome is QUORUM_NOT_MET


@pytest.mark.parametrize(
    ("yes", "no", "expected"),
    [
        ((9, 9000), (11, 10001), REJECTED),
        ((9, 9000), (10, 10001), NO_DECISION),  # half of the heads against is not more than half
        ((9, 9000), (11, 10000), NO_DECISION),  # half of the area against
        ((0, 0), (20, 20000), REJECTED),
        ((10, 10000), (10, 10000), NO_DECISION),
        ((11, 9999), (9, 10001), NO_DECISION),  # heads for it, area against it
    ],
)
def test_a_motion_is_rejected_only_by_more_than_half_of_both(
    yes: tuple[int, int], no: tuple[int, int], expected: Outcome
) -> None:
    assert outcome(ORDINARY, (20, 20000), yes, no) is expected
    assert outcome(SPECIAL, (20, 20000), yes, no) is expected


def test_a_special_motion_can_have_more_than_half_in_favour_and_still_decide_nothing() -> None:
    assert outcome(SPECIAL, (20, 20000), (14, 14000), (6, 6000)) is NO_DECISION


def test_the_no_votes_follow_from_the_abstentions() -> None:
    count = Count(TOTAL, Measure(20, 20000), Measure(5, 5000), abstain=Measure(4, 4000))
    require_count(count)
    assert count.against == Measure(11, 11000)
    assert weigh(count, ORDINARY).outcome is REJECTED


def test_without_no_votes_a_rejection_is_not_claimed() -> None:
    finding = weigh(Count(TOTAL, Measure(20, 20000), Measure(1, 1000)), ORDINARY)
    assert finding.outcome is NO_DECISION
    assert [line.check for line in finding.working] == [Check.QUORUM] * 2 + [Check.APPROVAL] * 2


def test_invalid_ballots_count_or_do_not_count_as_taking_part() -> None:
    """18 valid of 30 are too few, with 2 invalid they are two thirds; yes is then 11 of 20."""
    count = Count(TOTAL, Measure(18, 18000), Measure(11, 11000), invalid=Measure(2, 2000))
    require_count(count)
    assert weigh(count, ORDINARY).outcome is QUORUM_NOT_MET
    with_invalid = weigh(count, ORDINARY, invalid_participates=True)
    assert with_invalid.outcome is ADOPTED
    assert with_invalid.participants == Measure(20, 20000)


def test_the_working_shows_each_inequality_with_its_numbers() -> None:
    finding = weigh(Count(TOTAL, Measure(20, 20000), Measure(9, 9000), Measure(11, 10001)), ORDINARY)
    assert [
        (line.check, line.kind, line.left, line.share.relation, line.right, line.met) for line in finding.working
    ] == [
        ("quorum", "heads", 60, ">=", 60, True),
        ("quorum", "area", 60000, ">=", 60000, True),
        ("approval", "heads", 18, ">", 20, False),
        ("approval", "area", 18000, ">", 20000, False),
        ("rejection", "heads", 22, ">", 20, True),
        ("rejection", "area", 20002, ">", 20000, True),
    ]


def test_the_working_reads_in_chinese_and_english() -> None:
    heads, area = compare(Requirement(Check.QUORUM, TWO_THIRDS, CITED), Measure(20, 19999), TOTAL)
    assert heads.text.zh == (
        "参与表决人数20人，全体30人，须达2/3以上：20×3 ≥ 30×2，即60 ≥ 60，成立（《民法典》第278条第2款）"
    )
    assert area.text.en == (
        "Area taking part 199.99 m2, of all owners 300.00 m2; at least 2/3 is needed: "
        "19999×3 ≥ 30000×2, that is 59997 ≥ 60000: not met (Civil Code art. 278 ¶2)"
    )
    yes, _ = compare(Requirement(Check.APPROVAL, OVER_HALF, CITED), Measure(11, 10001), Measure(20, 20000))
    assert "同意人数11人，参与表决20人，须过1/2：11×2 > 20×1" in yes.text.zh
    assert "more than 1/2 is needed" in yes.text.en
    assert square_metres(5) == "0.05"


@pytest.mark.parametrize(
    ("count", "word"),
    [
        (Count(TOTAL, Measure(31, 20000), Measure(1, 1)), "cast"),
        (Count(TOTAL, Measure(20, 30001), Measure(1, 1)), "cast"),
        (Count(TOTAL, Measure(20, 20000), Measure(1, 1), invalid=Measure(11, 100)), "cast"),
        (Count(TOTAL, Measure(20, 20000), Measure(21, 20000)), "yes"),
        (Count(TOTAL, Measure(20, 20000), Measure(20, 20001)), "yes"),
        (Count(TOTAL, Measure(20, 20000), Measure(11, 11000), Measure(10, 9000)), "yes"),
        (Count(TOTAL, Measure(20, 20000), Measure(11, 11000), Measure(9, 9001)), "yes"),
        (Count(TOTAL, Measure(20, 20000), Measure(11, 11000), Measure(5, 500), Measure(3, 3000)), "cast"),
        (Count(TOTAL, Measure(20, 20000), Measure(-1, 100)), "yes"),
        (Count(TOTAL, Measure(20, 20000), Measure(1, -100)), "yes"),
        (Count(TOTAL, Measure(20, 20000), Measure(5, 0)), "yes"),
        (Count(TOTAL, Measure(20, 20000), Measure(0, 5)), "yes"),
        (Count(TOTAL, Measure(20, 20000), Measure(5, 500), Measure(3, 0)), "no"),
        (Count(TOTAL, Measure(20, 20000), Measure(5, 500), abstain=Measure(0, 3)), "abstain"),
        (Count(TOTAL, Measure(20, 20000), Measure(5, 500), invalid=Measure(0, 3)), "invalid"),
        (Count(Measure(0, 0), Measure(0, 0), Measure(0, 0)), "total"),
        (Count(Measure(30, 0), Measure(0, 0), Measure(0, 0)), "total"),
    ],
)
def test_numbers_that_contradict_each_other_are_refused(count: Count, word: str) -> None:
    with pytest.raises(RefusedError) as caught:
        require_count(count)
    assert caught.value.detail.startswith(word)


def test_every_outcome_has_words() -> None:
    assert set(OUTCOME_TEXT) == set(Outcome)


@st.composite
def counts(draw: st.DrawFn) -> Count:
    """Any count that a hand count could give: yes, no, abstain, absent, each some heads with some area."""
    parts = []
    for _ in range(4):
        heads = draw(st.integers(0, 40))
        parts.append(Measure(heads, heads * draw(st.integers(1, 200))))
    yes, no, abstain, absent = parts
    cast = yes + no + abstain
    return Count(cast + absent + Measure(1, 1), cast, yes, no, abstain)


@settings(max_examples=200, deadline=None)
@given(counts())
def test_a_count_by_hand_is_never_refused(count: Count) -> None:
    require_count(count)


@settings(max_examples=200, deadline=None)
@given(counts())
def test_more_than_half_cannot_be_for_and_against(count: Count) -> None:
    assert count.no is not None
    mirrored = Count(count.total, count.cast, count.no, count.yes)
    both = {weigh(count, ORDINARY).outcome, weigh(mirrored, ORDINARY).outcome}
    assert both in ({ADOPTED, REJECTED}, {NO_DECISION}, {QUORUM_NOT_MET})


@settings(max_examples=200, deadline=None)
@given(counts())
def test_what_the_special_majority_adopts_the_ordinary_one_adopts(count: Count) -> None:
    if weigh(count, SPECIAL).outcome is ADOPTED:
        assert weigh(count, ORDINARY).outcome is ADOPTED


@settings(max_examples=200, deadline=None)
@given(counts(), st.sampled_from([ORDINARY, SPECIAL]))
def test_an_abstention_turned_into_a_yes_never_harms(count: Count, majorities: Majorities) -> None:
    assert count.abstain is not None
    more = Count(count.total, count.cast, count.yes + count.abstain, count.no)
    if weigh(count, majorities).outcome is ADOPTED:
        assert weigh(more, majorities).outcome is ADOPTED


@settings(max_examples=200, deadline=None)
@given(counts(), st.integers(2, 1000))
def test_an_assembly_many_times_as_large_decides_the_same(count: Count, factor: int) -> None:
    def times(measure: Measure) -> Measure:
        return Measure(measure.heads * factor, measure.area_dm2 * factor)

    assert count.no is not None
    larger = Count(times(count.total), times(count.cast), times(count.yes), times(count.no))
    assert weigh(larger, ORDINARY).outcome is weigh(count, ORDINARY).outcome


@settings(max_examples=200, deadline=None)
@given(counts())
def test_nothing_is_adopted_with_a_third_of_the_whole_or_less(count: Count) -> None:
    """Arithmetic of art. 278: more than half of at least two thirds is more than a third of all; special: half."""
    yes, total = count.yes, count.total
    if weigh(count, ORDINARY).outcome is ADOPTED:
        assert yes.heads * 3 > total.heads
        assert yes.area_dm2 * 3 > total.area_dm2
    if weigh(count, SPECIAL).outcome is ADOPTED:
        assert yes.heads * 2 >= total.heads
        assert yes.area_dm2 * 2 >= total.area_dm2
