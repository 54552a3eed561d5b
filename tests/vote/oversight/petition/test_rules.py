"""What share a petition needs and by when it is answered; expectations are written by hand from the articles."""

import hashlib
import json
from datetime import date

import pytest
import rfc8785

from vote.errors import RefusedError
from vote.law.library import load_profile
from vote.law.measure import Measure, Period, Share
from vote.log.kinds import require_entry
from vote.log.rules import Kind, encode_entry
from vote.oversight.petition import rules
from vote.oversight.petition.rules import Petition, PetitionKind, PetitionState

DAY = date(2026, 12, 1)
JIASHAN, HANGZHOU, NATIONAL = (load_profile(each) for each in ("cn-zj-jiaxing-jiashan", "cn-zj-hangzhou", "cn"))
FIFTH = Share(1, 5)
UUID = "1" * 14
MEETING = Petition(UUID, "xinyuan", PetitionKind.MEETING, "请召开临时业主大会，讨论换物业。", "")


def never(day: date) -> bool:
    return False


@pytest.mark.parametrize("profile", [JIASHAN, HANGZHOU, NATIONAL])
@pytest.mark.parametrize("kind", [PetitionKind.MEETING, PetitionKind.RECALL])
def test_a_fifth_of_the_owners_asks_for_a_meeting_and_so_for_a_recall(profile, kind):
    """PMR 13, ZJ 11 ¶3: 经20%以上的业主提议; by heads, and 以上 includes the number itself (CC 1259)."""
    needed = rules.threshold(profile, kind, DAY)
    assert (needed.heads, needed.area, needed.either) == (FIFTH, None, False)
    for heads, enough in ((0, False), (39, False), (40, True), (41, True)):
        assert needed.met(Measure(heads, 0), Measure(200, 2_000_000)) is enough
    assert not needed.met(Measure(39, 2_000_000), Measure(200, 2_000_000)), "area alone is not enough"


def test_the_articles_of_a_meeting_are_named():
    needed = rules.threshold(JIASHAN, PetitionKind.MEETING, DAY)
    assert [each.text.zh for each in needed.citations] == [
        "《浙江省物业管理条例》第11条第3款",
        "《物业管理条例》第13条",
    ]
    assert "20%以上的业主提议" in needed.text.zh


def test_a_fifth_by_heads_or_by_area_asks_for_an_audit_in_jiaxing():
    """JX 21: 面积占比百分之二十以上或者人数占比百分之二十以上的业主提议."""
    needed = rules.threshold(JIASHAN, PetitionKind.AUDIT, DAY)
    assert (needed.heads, needed.area, needed.either) == (FIFTH, FIFTH, True)
    whole = Measure(201, 1_000_003)
    for signed, enough in (
        (Measure(40, 200_000), False),
        (Measure(41, 0), True),
        (Measure(1, 200_001), True),
        (Measure(40, 200_000), False),
    ):
        assert needed.met(signed, whole) is enough, signed
    assert [each.text.zh for each in needed.citations] == ["《嘉兴市住宅物业管理条例》第21条"]


def test_where_a_place_names_both_measures_both_are_needed():
    both = rules.Threshold(FIFTH, FIFTH, either=False, days=None, **_rest())
    whole = Measure(100, 1000)
    assert both.met(Measure(20, 200), whole)
    assert not both.met(Measure(20, 199), whole)
    assert not both.met(Measure(19, 200), whole)


@pytest.mark.parametrize("profile", [HANGZHOU, NATIONAL])
def test_elsewhere_no_article_gives_owners_an_audit(profile):
    with pytest.raises(RefusedError, match="no petition of the kind audit"):
        rules.threshold(profile, PetitionKind.AUDIT, DAY)
    assert [kind for kind, _ in rules.offered(profile, DAY)] == [PetitionKind.MEETING, PetitionKind.RECALL]


def test_in_jiashan_all_three_are_offered():
    assert [kind for kind, _ in rules.offered(JIASHAN, DAY)] == list(PetitionKind)


@pytest.mark.parametrize(
    ("share", "whole", "needed"),
    [(FIFTH, 200, 40), (FIFTH, 201, 41), (FIFTH, 1, 1), (FIFTH, 0, 0), (Share(1, 2, strict=True), 10, 6), (Share(1, 2, strict=True), 11, 6)],
)  # fmt: skip
def test_the_least_number_that_is_enough(share, whole, needed):
    assert rules.least(share, whole) == needed
    if whole:
        assert share.met(needed, whole)
        assert not share.met(needed - 1, whole)


def test_what_is_shown_per_mille_is_rounded_down():
    """40 of 201 are 199.004… thousandths, which is no fifth."""
    assert [rules.per_mille(part, whole) for part, whole in ((40, 201), (41, 201), (1, 1), (0, 0), (2, 3))] == [
        199, 203, 1000, 0, 666,
    ]  # fmt: skip


def test_hangzhou_gives_thirty_days_from_the_day_after():
    """HZ 80: 30 days; CC 201: the day it begins with is not counted. 20 December + 30 days = 19 January."""
    needed = rules.threshold(HANGZHOU, PetitionKind.MEETING, DAY)
    assert needed.days == Period(30, "D")
    assert rules.due_day(needed, date(2026, 12, 20), None, never) == date(2027, 1, 19)
    assert rules.due_day(needed, date(2026, 12, 20), date(2026, 12, 21), never) == date(2027, 1, 19)


def test_a_last_day_that_is_a_holiday_gives_way():
    """CC 203: 期间的最后一日是法定休假日的，以法定休假日结束的次日为期间的最后一日."""
    needed = rules.threshold(HANGZHOU, PetitionKind.MEETING, DAY)
    assert rules.due_day(needed, date(2026, 12, 2), None, lambda day: day == date(2027, 1, 1)) == date(2027, 1, 2)


@pytest.mark.parametrize("kind", list(PetitionKind))
def test_in_jiashan_the_office_sets_the_day(kind):
    """JX 15, 21: the sub-district orders 限期, and no number of days is given."""
    needed = rules.threshold(JIASHAN, kind, DAY)
    assert needed.days is None
    assert "街道" in needed.days_rule.entry.text.zh
    served = date(2026, 12, 20)
    for chosen in (date(2026, 12, 21), date(2027, 3, 20)):
        assert rules.due_day(needed, served, chosen, never) == chosen
    for chosen in (None, served, date(2026, 12, 19), date(2027, 3, 21)):
        with pytest.raises(RefusedError, match="set the day of the answer"):
            rules.due_day(needed, served, chosen, never)


def test_signatures_are_collected_for_ninety_days():
    needed = rules.threshold(JIASHAN, PetitionKind.MEETING, DAY)
    assert rules.last_day(DAY, needed.collects, never) == date(2027, 3, 1)


def test_a_petition_is_one_text_of_which_the_digest_is_signed():
    data = rules.encode_petition(MEETING)
    expected = {
        "version": 1, "petition": UUID, "estate": "xinyuan", "kind": "meeting", "text": MEETING.text, "member": "",
    }  # fmt: skip
    assert data == rfc8785.dumps(expected)
    assert rules.petition_digest(MEETING) == hashlib.sha256(data).hexdigest()


def of(kind: PetitionKind = PetitionKind.MEETING, text: str = "请开会", member: str = "") -> Petition:
    return Petition(UUID, "xinyuan", kind, text, member)


@pytest.mark.parametrize(
    "petition", [of(), of(PetitionKind.RECALL, member="张三"), of(PetitionKind.AUDIT, "字" * 2000), of(text="字")]
)
def test_a_whole_petition_may_begin(petition):
    rules.require_petition(petition)


@pytest.mark.parametrize("text", ["", " \n", "字" * 2001])
def test_a_petition_says_what_is_asked(text):
    with pytest.raises(RefusedError, match="Write what is asked"):
        rules.require_petition(of(text=text))


@pytest.mark.parametrize(
    "petition",
    [
        of(PetitionKind.RECALL),
        of(PetitionKind.RECALL, member="  "),
        of(PetitionKind.RECALL, member="张" * 61),
        of(member="张三"),
        of(PetitionKind.AUDIT, member="张三"),
    ],
)
def test_a_recall_names_the_member_and_nothing_else_does(petition):
    with pytest.raises(RefusedError, match="A recall names the member"):
        rules.require_petition(petition)


def test_signatures_are_taken_until_the_last_day_and_no_longer():
    last = date(2027, 3, 1)
    rules.require_collecting(PetitionState.COLLECTING, last, last)
    for state, today in (
        (PetitionState.COLLECTING, date(2027, 3, 2)),
        *((state, DAY) for state in PetitionState if state is not PetitionState.COLLECTING),
    ):
        with pytest.raises(RefusedError, match="takes no more signatures"):
            rules.require_collecting(state, today, last)


@pytest.mark.parametrize(
    ("state", "today", "due", "then"),
    [
        ("collecting", date(2027, 3, 1), None, "collecting"),
        ("collecting", date(2027, 3, 2), None, "expired"),
        ("served", date(2027, 4, 1), date(2027, 4, 1), "served"),
        ("served", date(2027, 4, 2), date(2027, 4, 1), "lapsed"),
        ("served", date(2027, 4, 2), None, "served"),
        ("answered", date(2027, 4, 2), date(2027, 4, 1), "answered"),
        ("withdrawn", date(2027, 4, 2), None, "withdrawn"),
    ],
)
def test_how_a_petition_stands_follows_the_calendar(state, today, due, then):
    assert rules.state_on(PetitionState(state), today, date(2027, 3, 1), due) == then


def test_what_was_served_is_answered_in_time_or_late():
    for state in PetitionState:
        if state in {PetitionState.SERVED, PetitionState.LAPSED}:
            rules.require_answerable(state)
        else:
            with pytest.raises(RefusedError, match="Only a petition that was served"):
                rules.require_answerable(state)


def test_a_member_replies_once_to_a_recall_that_is_not_over():
    """HZ 31 lets a member defend himself; here the reply stands beside the petition."""
    recall = PetitionKind.RECALL
    for state in (PetitionState.COLLECTING, PetitionState.SERVED, PetitionState.LAPSED):
        rules.require_reply(recall, state, None, "账目都公示过。")
    for kind, state, before in (
        (PetitionKind.MEETING, PetitionState.COLLECTING, None),
        (PetitionKind.AUDIT, PetitionState.COLLECTING, None),
        (recall, PetitionState.COLLECTING, "登过了"),
        (recall, PetitionState.ANSWERED, None),
        (recall, PetitionState.EXPIRED, None),
        (recall, PetitionState.WITHDRAWN, None),
    ):
        with pytest.raises(RefusedError, match="stands beside a recall"):
            rules.require_reply(kind, state, before, "账目都公示过。")
    for text in ("", "  ", "字" * 2001):
        with pytest.raises(RefusedError, match="Write the reply"):
            rules.require_reply(recall, PetitionState.COLLECTING, None, text)


def test_the_office_looks_at_the_whole_list():
    rules.require_whole_list([2, 1], [1, 2])
    for seen in ([1], [1, 2, 3], [1, 1, 2], []):
        with pytest.raises(RefusedError, match="came or were taken back meanwhile"):
            rules.require_whole_list(seen, [1, 2])


def test_the_log_holds_sums_and_digests_alone():
    whole, signed = Measure(200, 1_789_000), Measure(41, 366_417)
    facts = {
        Kind.PETITION_STARTED: rules.started_facts(MEETING, whole, date(2027, 3, 1)),
        Kind.PETITION_SERVED: rules.served_facts(UUID, signed, 2, [b"one", b"two"], date(2027, 4, 1)),
        Kind.PETITION_ANSWERED: rules.answered_facts(UUID, "2" * 14, date(2027, 3, 30)),
        Kind.PETITION_LAPSED: rules.lapsed_facts(UUID, date(2027, 4, 1)),
        Kind.PETITION_EXPIRED: rules.ended_facts(UUID, signed),
        Kind.PETITION_WITHDRAWN: rules.ended_facts(UUID, signed),
    }
    for kind, each in facts.items():
        entry = encode_entry(kind, each)
        assert require_entry(entry, kind) is kind
        assert "业主大会" not in entry.decode()
    started, served = facts[Kind.PETITION_STARTED], facts[Kind.PETITION_SERVED]
    assert started == {
        "petition": UUID,
        "petition_kind": "meeting",
        "text": rules.petition_digest(MEETING),
        "heads": 200,
        "area_dm2": 1_789_000,
        "expires_on": "2027-03-01",
    }
    both = hashlib.sha256(hashlib.sha256(b"one").digest() + hashlib.sha256(b"two").digest()).hexdigest()
    assert json.loads(json.dumps(served)) == {
        "petition": UUID, "heads": 41, "area_dm2": 366_417, "struck": 2, "signers": both, "due_on": "2027-04-01",
    }  # fmt: skip


def _rest():
    needed = rules.threshold(JIASHAN, PetitionKind.MEETING, DAY)
    return {"collects": needed.collects, "share_rule": needed.share_rule, "days_rule": needed.days_rule}
