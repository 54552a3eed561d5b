"""Where a case stands. Expected states, turns and days are read from the rulebook's tables and counted on a paper calendar."""

from datetime import date

import pytest

from tests.vote.formation.made import BEIJING, FORMED, HANGZHOU, RENEWAL, case, happened, on, until
from tests.vote.law.documents import entry, local, read
from vote.formation.meeting import notice_period
from vote.formation.rules import Case, Happened, fits
from vote.law.measure import Period
from vote.law.procedure import Happening, Party, Procedure

STATES_OF_FORMING = [
    # what happened last, state, whose turn, tasks that are open
    ("conditions-met", "S01", Party.DEVELOPER, ()),
    ("requested", "S02", Party.SUB_DISTRICT, ()),
    ("group-formed", "S03", Party.GROUP, ("group-published", "documents-received")),
    ("group-published", "S03", Party.GROUP, ("documents-received",)),
    ("documents-received", "S03", Party.GROUP, ()),
    ("roll-published", "S04", Party.GROUP, ()),
    ("roll-agreed", "S05", Party.GROUP, ("drafts-published", "voting-rules-set", "candidates-set")),
    ("candidates-set", "S05", Party.GROUP, ()),
    ("notice-given", "S06", Party.GROUP, ("bodies-informed",)),
    ("bodies-informed", "S06", Party.GROUP, ()),
    ("voting-opened", "S07", Party.OWNERS, ()),
    ("voting-closed", "S08", Party.GROUP, ()),
    ("result-published", "S09", Party.GROUP, ()),
    ("all-adopted", "S10", Party.COMMITTEE, ()),
    ("officers-chosen", "S11", Party.COMMITTEE, ("filed",)),
    ("filed", "S11", Party.COMMITTEE, ()),
    ("filing-accepted", "S12", Party.GROUP, ("seal-received", "group-handed-over")),
    ("group-handed-over", "S12", Party.GROUP, ()),
    ("group-released", "S13", Party.NOBODY, ()),
]


@pytest.mark.parametrize(("word", "state", "turn", "missing"), STATES_OF_FORMING)
def test_a_formation_goes_from_state_to_state(word: str, state: str, turn: Party, missing: tuple[str, ...]) -> None:
    what = until(word)
    found = on(what[-1].on.isoformat(), what)
    assert (found.state.id, found.turn, found.missing) == (state, turn, missing)
    assert found.waiting == ()


def test_before_anything_happened_it_waits_for_the_conditions() -> None:
    found = on("2026-01-05", [])
    assert (found.state.id, found.turn, found.possible[0]) == ("S00", Party.NOBODY, Happening.CONDITIONS_MET)
    assert not found.is_over


def test_at_its_end_nothing_is_possible_any_more() -> None:
    found = on("2027-01-01", FORMED)
    assert found.is_over
    assert found.path == (
        "S00",
        "S01",
        "S02",
        "S03",
        "S04",
        "S05",
        "S06",
        "S07",
        "S08",
        "S09",
        "S10",
        "S11",
        "S12",
        "S13",
    )


@pytest.mark.parametrize("word", [word for word, *_ in STATES_OF_FORMING[:-1]])
def test_each_state_says_what_to_do_and_what_comes_if_nothing_happens(word: str) -> None:
    found = on("2026-06-01", until(word))
    assert found.state.step.zh
    assert found.state.step.en
    assert found.state.idle.zh
    assert found.turn is not Party.NOBODY


def test_what_is_noted_too_early_waits_until_its_state_is_reached() -> None:
    early = happened("2026-01-05 conditions-met", "2026-02-01 roll-published")
    assert [each.word for each in on("2026-02-02", early).waiting] == ["roll-published"]
    later = [*early, *happened("2026-02-03 requested", "2026-02-10 group-formed")]
    found = on("2026-02-10", later)
    assert (found.state.id, found.waiting) == ("S04", ())


def test_what_is_to_come_is_not_looked_at() -> None:
    assert on("2026-03-01", FORMED).state.id == "S02"


def test_voting_opens_on_the_day_after_fifteen_full_days_and_not_before() -> None:
    """Notice on 26 March: 27 March to 10 April are fifteen days, so 11 April."""
    told = until("bodies-informed")
    assert on("2026-03-26", told).opens_from == date(2026, 4, 11)
    assert not fits(case(), told, Happened(Happening.VOTING_OPENED, date(2026, 4, 10)))
    assert fits(case(), told, Happened(Happening.VOTING_OPENED, date(2026, 4, 11)))


def test_voting_does_not_open_before_the_offices_are_told() -> None:
    told = until("notice-given")
    assert on("2026-04-11", told).needs == (Happening.BODIES_INFORMED,)
    assert not fits(case(), told, Happened(Happening.VOTING_OPENED, date(2026, 4, 11)))


def test_no_task_that_is_open_bars_the_way() -> None:
    """The manager hands nothing over, the group publishes nothing, drafts are not noted: the law voids none of it."""
    lean = [each for each in FORMED if each.word not in (
        "group-published", "documents-received", "drafts-published", "voting-rules-set", "candidates-set", "filed",
        "seal-received", "group-handed-over",
    )]  # fmt: skip
    assert on("2026-06-01", lean).state.id == "S13"


def test_a_failed_quorum_asks_for_a_new_notice_and_new_full_days() -> None:
    failed = [*until("voting-closed"), *happened("2026-04-28 quorum-failed")]
    assert on("2026-04-28", failed).state.id == "S80"
    again = [*failed, *happened("2026-04-29 notice-given")]
    found = on("2026-04-29", again)
    assert (found.state.id, found.missing, found.opens_from) == ("S06", (Happening.BODIES_INFORMED,), date(2026, 5, 15))
    assert not fits(case(), again, Happened(Happening.VOTING_OPENED, date(2026, 5, 15)))
    told = [*again, *happened("2026-04-29 bodies-informed")]
    assert not fits(case(), told, Happened(Happening.VOTING_OPENED, date(2026, 5, 14)))
    assert fits(case(), told, Happened(Happening.VOTING_OPENED, date(2026, 5, 15)))


def test_partly_adopted_goes_on_with_the_rest() -> None:
    partly = [*until("result-published"), *happened("2026-05-07 partly-adopted")]
    found = on("2026-05-07", partly)
    assert (found.state.id, found.turn, found.possible[0]) == ("S81", Party.GROUP, Happening.NOTICE_GIVEN)


def test_ninety_days_are_counted_from_the_day_after_the_group_was_formed() -> None:
    """2 March and 90 days: 29 left in March, 30 in April, 31 in May, so 31 May 2026, which is no holiday."""
    formed = until("group-formed")
    assert on("2026-05-31", formed).state.id == "S03"
    found = on("2026-06-01", formed)
    assert (found.state.id, found.below and found.below.id, found.turn) == ("S90", "S03", Party.SUB_DISTRICT)
    assert {Happening.EXTENSION_GRANTED, Happening.GROUP_DISSOLVED, Happening.ROLL_PUBLISHED} <= set(found.possible)


def test_an_extension_adds_sixty_days_once() -> None:
    """31 May and 60 days: 30 July 2026."""
    extended = [*until("group-formed"), *happened("2026-05-28 extension-granted")]
    assert on("2026-07-30", extended).state.id == "S03"
    found = on("2026-07-31", extended)
    assert found.state.id == "S90"
    assert Happening.EXTENSION_GRANTED not in found.possible
    assert [each.day for each in on("2026-07-01", extended).due if each.deadline.id == "D10"] == []


def test_more_time_lies_with_the_place() -> None:
    """Beijing 32 has 60 days and names no extension: 2 March and 60 days is 1 May, and the holiday ends on the 5th."""
    formed, beijing = until("group-formed"), case(place=BEIJING)
    assert on("2026-05-06", formed, beijing).state.id == "S03"
    found = on("2026-05-07", formed, beijing)
    assert (found.state.id, found.possible.count(Happening.EXTENSION_GRANTED)) == ("S90", 0)


def test_a_group_is_dissolved_only_once_its_time_is_over() -> None:
    formed = until("group-formed")
    assert Happening.GROUP_DISSOLVED not in on("2026-05-31", formed).possible
    assert not fits(case(), formed, Happened(Happening.GROUP_DISSOLVED, date(2026, 5, 31)))
    dissolved = [*formed, *happened("2026-06-05 group-dissolved")]
    found = on("2026-06-05", dissolved)
    # 60 days from the day after 5 June: 4 August.
    assert (found.state.id, [(each.deadline.id, each.day) for each in found.due if each.deadline.id == "D11"]) == (
        "S02",
        [("D11", date(2026, 8, 4))],
    )
    anew = [*dissolved, *happened("2026-07-01 group-formed")]
    assert (on("2026-07-01", anew).state.id, on("2026-09-29", anew).state.id) == ("S03", "S03")
    assert on("2026-09-30", anew).state.id == "S90"


def test_a_meeting_that_is_held_after_its_time_still_counts() -> None:
    late = [*until("bodies-informed"), *happened("2026-07-01 voting-opened", "2026-07-15 voting-closed")]
    found = on("2026-07-15", late)
    assert (found.state.id, found.below and found.below.id) == ("S90", "S08")
    done = [*late, *happened("2026-07-18 result-published", "2026-07-26 all-adopted")]
    assert on("2026-07-26", done).state.id == "S10"


def test_a_suit_lies_over_the_case_and_the_rest_goes_on() -> None:
    suit = [*until("all-adopted"), *happened("2026-05-20 disputed")]
    found = on("2026-05-20", suit)
    assert (found.state.id, found.below and found.below.id, found.turn) == ("S95", "S10", Party.COURT)
    further = [*suit, *happened("2026-05-21 officers-chosen")]
    assert on("2026-05-21", further).below == on("2026-05-21", until("officers-chosen")).state
    ended = [*further, *happened("2026-09-01 dispute-ended")]
    assert (on("2026-09-01", ended).state.id, on("2026-09-01", ended).below) == ("S11", None)


def test_what_was_filed_and_returned_is_filed_again() -> None:
    returned = [*until("filed"), *happened("2026-05-14 filing-returned")]
    assert (on("2026-05-14", returned).state.id, on("2026-05-14", returned).missing) == ("S11", (Happening.FILED,))
    again = [*returned, *happened("2026-05-15 filed", "2026-05-20 filing-accepted")]
    assert on("2026-05-20", again).state.id == "S12"


CHOSEN = next(number for number, each in enumerate(RENEWAL) if each.word == "officers-chosen") + 1


def test_a_renewal_is_due_two_months_before_the_term_ends() -> None:
    """Two full months before 30 September: the meeting is held by 29 July (ZJ 15)."""
    renewal = case(Procedure.RENEWAL, term_ends=date(2026, 9, 30))
    found = on("2026-06-01", [], renewal)
    assert (found.state.id, found.turn, found.missing) == ("S30", Party.COMMITTEE, (Happening.AUDIT_BEGUN,))
    assert [each.day for each in found.due if each.deadline.id == "D22"] == [date(2026, 7, 29)]
    alerts = next(each.alerts for each in found.due if each.deadline.id == "D23")
    assert alerts == (date(2026, 3, 30), date(2026, 4, 30), date(2026, 6, 30))


def test_a_term_that_ends_without_a_successor_lies_over_the_renewal() -> None:
    renewal = case(Procedure.RENEWAL, term_ends=date(2026, 6, 30))
    assert on("2026-06-30", RENEWAL, renewal).state.id == "S07"
    found = on("2026-07-01", RENEWAL, renewal)
    assert (found.state.id, found.below and found.below.id, found.turn) == ("S31", "S07", Party.SUB_DISTRICT)
    assert on("2026-07-24", RENEWAL, renewal).state.id == "S10"


def test_a_hand_over_that_came_early_is_not_asked_for_again() -> None:
    renewal = case(Procedure.RENEWAL, term_ends=date(2026, 9, 30))
    filed = happened("2026-07-28 filed", "2026-08-04 filing-accepted")
    assert on("2026-08-04", [*RENEWAL[:CHOSEN], *filed], renewal).state.id == "S40"
    early = [*RENEWAL[:CHOSEN], *happened("2026-07-27 handed-over"), *filed]
    found = on("2026-08-04", early, renewal)
    assert (found.state.id, found.path[-2:], found.is_over) == ("S20", ("S40", "S20"), True)


def test_a_seat_is_filled_by_an_alternate_or_by_a_vote() -> None:
    """JX 19: announced; MGR 34: the change is filed within 30 days where a place has a number, in Zhejiang none."""
    vacant = case(Procedure.BY_ELECTION)
    assert (on("2026-03-01", [], vacant).state.id, on("2026-03-01", [], vacant).turn) == ("S24", Party.COMMITTEE)
    up = happened("2026-03-02 alternate-moved-up")
    found = on("2026-03-02", up, vacant)
    assert (found.state.id, [(each.deadline.id, each.day) for each in found.due]) == ("S10", [("D17", None)])
    assert on("2026-03-09", [*up, *happened("2026-03-09 change-filed")], vacant).is_over


def test_below_half_the_community_acts_and_organises() -> None:
    few = happened("2026-03-01 below-half")
    vacant = case(Procedure.BY_ELECTION)
    assert (on("2026-03-01", few, vacant).state.id, on("2026-03-01", few, vacant).turn) == ("S25", Party.COMMUNITY)
    begun = [*few, *happened("2026-03-05 by-election-begun")]
    assert (on("2026-03-05", begun, vacant).state.id, on("2026-03-05", begun, vacant).turn) == ("S05", Party.COMMUNITY)


def test_a_recall_waits_for_the_member_to_be_asked_but_not_for_an_answer() -> None:
    recall = case(Procedure.RECALL)
    told = happened("2026-03-02 notice-given", "2026-03-02 bodies-informed")
    opened = Happened(Happening.VOTING_OPENED, date(2026, 3, 18))
    assert (on("2026-03-01", [], recall).state.id, on("2026-03-01", [], recall).turn) == ("S23", Party.MEMBER)
    assert not fits(recall, told, opened)
    asked = [*happened("2026-03-01 member-asked"), *told]
    assert fits(recall, asked, opened)
    done = [
        *asked,
        opened,
        *happened("2026-04-01 voting-closed", "2026-04-03 result-published", "2026-04-11 all-adopted"),
    ]
    found = on("2026-04-11", done, recall)
    # 3 days from the day after 11 April: 14 April (MGR 45).
    assert (found.state.id, [(each.deadline.id, each.day) for each in found.due]) == (
        "S24",
        [("D25", date(2026, 4, 14))],
    )
    assert on("2026-04-12", [*done, *happened("2026-04-12 termination-published")], recall).is_over


def test_a_recall_that_fails_or_is_given_up_leaves_the_member() -> None:
    recall = case(Procedure.RECALL)
    assert on("2026-03-02", happened("2026-03-02 given-up"), recall).is_over


def test_an_order_lies_over_a_meeting_that_nobody_convenes() -> None:
    meeting = case(Procedure.MEETING)
    ordered = happened("2026-03-02 ordered")
    found = on("2026-03-02", ordered, meeting)
    assert (found.state.id, found.below and found.below.id, found.turn) == ("S26", "S22", Party.COMMITTEE)
    # JX 15 gives no number of days; Hangzhou 80 gives 30: 1 April.
    assert [(each.deadline.id, each.day) for each in found.due] == [("D27", None)]
    hangzhou = on("2026-03-02", ordered, case(Procedure.MEETING, HANGZHOU))
    assert [(each.deadline.id, each.day) for each in hangzhou.due] == [("D27", date(2026, 4, 1))]
    assert on("2026-03-09", [*ordered, *happened("2026-03-09 order-fulfilled")], meeting).state.id == "S22"


def test_hangzhou_asks_seven_days_for_an_interim_meeting_and_fifteen_for_others() -> None:
    hangzhou = case(place=HANGZHOU).profile
    day = date(2026, 3, 1)
    assert notice_period(hangzhou, Procedure.MEETING, on=day) == Period(7, "D")
    assert notice_period(hangzhou, Procedure.FORMING, on=day) == Period(15, "D")
    assert notice_period(case().profile, Procedure.MEETING, on=day) == Period(15, "D")


def test_deadlines_ahead_of_a_vote_count_from_the_day_it_is_to_open() -> None:
    """To open on 11 April, notice is given on 26 March at the latest."""
    planned = case(voting_opens=date(2026, 4, 11))
    last = on("2026-03-25", until("candidates-set"), planned)
    assert [(each.deadline.id, each.day) for each in last.due] == [
        ("D06", date(2026, 3, 26)),
        ("D07", date(2026, 3, 26)),
        ("D09", date(2026, 5, 31)),
    ]
    assert last.next_due == last.due[0]
    assert [each.deadline.id for each in on("2026-03-26", until("notice-given"), planned).due] == ["D09"]


def test_where_no_office_is_to_be_told_none_is_waited_for() -> None:
    notice = {"before": "P15D", "interim": None, "to_owner_in_writing": False, "inform_first": [], "inform_later": []}
    place = Case(Procedure.FORMING, read(local(meeting_notice=[entry(notice)])), date(2026, 1, 5))
    told = until("notice-given")
    assert (on("2026-03-26", told, place).missing, on("2026-03-26", told, place).needs) == ((), ())
    assert fits(place, told, Happened(Happening.VOTING_OPENED, date(2026, 4, 11)))


def test_what_comes_next_is_what_the_one_owes_whose_turn_it_is() -> None:
    """The manager was to hand over by 9 March; the group has until 31 May for the meeting."""
    found = on("2026-03-20", until("group-published"))
    assert found.next_due is not None
    assert (found.next_due.deadline.id, found.next_due.day) == ("D09", date(2026, 5, 31))
    assert [each.deadline.id for each in found.late(date(2026, 3, 9))] == []
    assert [each.deadline.id for each in found.late(date(2026, 3, 10))] == ["D04"]
    assert on("2026-01-05", []).next_due is None


def test_offices_that_are_told_after_the_vote_opened_were_not_told() -> None:
    late = [*until("notice-given"), *happened("2026-04-11 voting-opened", "2026-04-12 bodies-informed")]
    assert (on("2026-04-12", late).state.id, [each.word for each in on("2026-04-12", late).waiting]) == (
        "S06",
        ["voting-opened"],
    )


def test_what_frees_what_waited_fits() -> None:
    waiting = [*until("notice-given"), *happened("2026-04-11 voting-opened", "2026-04-25 voting-closed")]
    assert fits(case(), waiting, Happened(Happening.BODIES_INFORMED, date(2026, 4, 2)))
