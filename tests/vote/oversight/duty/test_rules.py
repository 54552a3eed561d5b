"""Duties, written by hand from the articles; the places are those of the profiles."""

from datetime import date

import pytest

from vote.errors import RefusedError
from vote.law.holiday import holiday
from vote.law.library import load_profile
from vote.law.measure import Period
from vote.oversight.duty.rules import (
    Act,
    Debtor,
    Duty,
    Event,
    Happening,
    Situation,
    alerts_on,
    duties_on,
    require_day,
    require_entered,
)

JIASHAN = load_profile("cn-zj-jiaxing-jiashan")
NEW_YEAR = date(2026, 1, 1)
LATER = date(2026, 1, 2)
"""Too late for a part of the year that began with it."""
TODAY = date(2026, 11, 24)


def is_holiday(day: date) -> bool:
    return holiday(day) is not None


def owed(
    *happenings: Happening, place: str = JIASHAN.id, since: date = LATER, managed: bool = True, day: date = TODAY
) -> dict[str, Duty]:
    situation = Situation(since, managed, happenings)
    return {duty.name: duty for duty in duties_on(load_profile(place), situation, day, is_holiday)}


def articles(duty: Duty) -> list[str]:
    return [citation.code for citation in duty.citations]


def test_the_manager_discloses_by_the_end_of_march() -> None:
    """JX 26 ¶2."""
    duty = owed(since=NEW_YEAR, day=date(2026, 1, 1))["manager-disclosure:2026-03-31"]
    assert (duty.act, duty.debtor, duty.due) == (Act.MANAGER_DISCLOSURE, Debtor.MANAGER, date(2026, 3, 31))
    assert articles(duty) == ["JX 26 ¶2"]


def test_where_owners_manage_themselves_there_is_no_managers_disclosure() -> None:
    assert not [name for name in owed(since=NEW_YEAR, managed=False) if name.startswith("manager")]


def test_who_came_within_a_year_owes_nothing_for_what_began_before() -> None:
    assert owed(since=date(2026, 1, 2)) == {}


def test_income_fund_and_expenses_are_published_each_year_in_jiashan() -> None:
    """JX sets no interval for the committee, so the ministries' notice of 2020 stands; CC 281 says regularly."""
    duties = owed(since=NEW_YEAR)
    assert list(duties) == [
        "manager-disclosure:2026-03-31",
        "expenses:2026-12-31",
        "fund:2026-12-31",
        "income:2026-12-31",
    ]
    assert duties["income:2026-12-31"].debtor is Debtor.COMMITTEE
    assert articles(duties["income:2026-12-31"]) == ["MOH2020 unnumbered"]
    assert articles(duties["fund:2026-12-31"]) == ["MOH2020 unnumbered", "CC 281"]


def test_hangzhou_publishes_income_and_seals_each_half_year() -> None:
    """HZ 30."""
    duties = owed(place="cn-zj-hangzhou", since=NEW_YEAR)
    assert [name for name in duties if name.startswith(("income", "seals"))] == [
        "income:2026-06-30",
        "seals:2026-06-30",
        "income:2026-12-31",
        "seals:2026-12-31",
    ]
    assert articles(duties["seals:2026-12-31"]) == ["HZ 30"]


def test_a_part_of_the_year_that_has_not_begun_is_not_owed_yet() -> None:
    duties = owed(place="cn-zj-hangzhou", since=NEW_YEAR, day=date(2026, 6, 30))
    assert "income:2026-12-31" not in duties


def test_shanghai_has_quarters_for_income_halves_for_the_fund_and_an_audit_each_year() -> None:
    """SH 66; the yearly audit stands beside it."""
    duties = owed(place="cn-sh", since=NEW_YEAR)
    assert [name for name in duties if name.startswith("income")] == [
        "income:2026-03-31",
        "income:2026-06-30",
        "income:2026-09-30",
        "income:2026-12-31",
    ]
    assert "fund:2026-06-30" in duties
    assert "audit:2026-12-31" in duties


@pytest.mark.parametrize(("managed", "number"), [(True, 1), (False, 4)])
def test_quarters_in_beijing_are_for_owners_who_manage_themselves(number: int, *, managed: bool) -> None:
    """BJ 84."""
    duties = owed(place="cn-bj", since=NEW_YEAR, managed=managed)
    assert len([name for name in duties if name.startswith("income")]) == number


def test_a_committees_decision_is_published_within_three_days() -> None:
    """MGR 39."""
    duty = owed(Happening(Event.COMMITTEE_DECIDED, date(2026, 11, 20), "d1"))["committee-decision:d1"]
    assert (duty.debtor, duty.due) == (Debtor.COMMITTEE, date(2026, 11, 23))
    assert articles(duty) == ["MGR 39"]


def test_an_assemblys_decision_has_no_number_of_days() -> None:
    """MGR 30 says promptly."""
    duty = owed(Happening(Event.ASSEMBLY_DECIDED, date(2026, 11, 20), "a1"))["assembly-decision:a1"]
    assert (duty.due, articles(duty)) == (None, ["MGR 30"])


def test_in_beijing_an_assemblys_decision_is_published_within_three_days() -> None:
    """BJ 37."""
    duty = owed(Happening(Event.ASSEMBLY_DECIDED, date(2026, 11, 20), "a1"), place="cn-bj")["assembly-decision:a1"]
    assert duty.due == date(2026, 11, 23)


def test_an_agenda_is_out_three_full_days_before_the_meeting() -> None:
    """ZJ 14 ¶2."""
    duty = owed(Happening(Event.COMMITTEE_MEETS, date(2026, 11, 30), "m1"))["agenda:m1"]
    assert (duty.due, articles(duty)) == (date(2026, 11, 26), ["ZJ 14 ¶2", "MGR 39"])


def test_a_new_committee_meets_within_7_days_and_is_filed_within_30() -> None:
    """MGR 32; ZJ 13, PMR 16."""
    duties = owed(Happening(Event.COMMITTEE_ELECTED, date(2026, 11, 1), "e1"))
    assert duties["officers:e1"].due == date(2026, 11, 8)
    assert duties["filing:e1"].due == date(2026, 12, 1)
    assert articles(duties["filing:e1"]) == ["ZJ 13", "PMR 16"]


def test_the_end_of_a_term_brings_renewal_audit_and_hand_over() -> None:
    """ZJ 15 ¶2 and ¶3: two months before, ten days after; JX 21: an audit, without a number of days."""
    duties = owed(Happening(Event.TERM_ENDS, date(2027, 6, 30), "t1"))
    assert (duties["renewal:t1"].due, articles(duties["renewal:t1"])) == (date(2027, 4, 29), ["ZJ 15 ¶2"])
    handover = duties["handover:t1"]
    assert (handover.due, handover.debtor) == (date(2027, 7, 10), Debtor.OLD_COMMITTEE)
    assert (duties["audit:t1"].due, articles(duties["audit:t1"])) == (None, ["JX 21"])
    assert list(duties)[-1] == "audit:t1"


@pytest.mark.parametrize(
    "event",
    [
        Event.CHAIR_OR_FINANCE_LEAVES,
        Event.OWNERS_DEMAND_AUDIT,
        Event.REPRESENTATIVES_WANT_AUDIT,
        Event.COVENANT_WANTS_AUDIT,
    ],
)
def test_every_trigger_of_article_21_brings_an_audit(event: Event) -> None:
    assert "audit:x1" in owed(Happening(event, TODAY, "x1"))


def test_nothing_but_those_triggers_brings_an_audit() -> None:
    assert "audit:x1" not in owed(Happening(Event.ASSEMBLY_WANTS_AUDIT, TODAY, "x1"))
    assert "audit:x1" in owed(Happening(Event.ASSEMBLY_WANTS_AUDIT, TODAY, "x1"), place="cn-bj")
    assert "audit:x1" not in owed(Happening(Event.MEMBER_LEAVES, TODAY, "x1"))


def test_a_member_who_leaves_returns_everything_and_the_committee_says_so() -> None:
    """MGR 45; JX 19 says at once."""
    duties = owed(Happening(Event.MEMBER_LEAVES, TODAY, "m1"))
    assert (duties["member-return:m1"].due, duties["member-return:m1"].debtor) == (date(2026, 11, 27), Debtor.MEMBER)
    assert (duties["termination:m1"].due, articles(duties["termination:m1"])) == (None, ["JX 19"])


def test_an_audit_is_published_and_a_take_over_within_30_days() -> None:
    """JX 21 ¶3 and JX 25."""
    duties = owed(Happening(Event.AUDITED, TODAY, "r1"), Happening(Event.TAKEN_OVER, TODAY, "o1"))
    assert (duties["audit-result:r1"].due, articles(duties["audit-result:r1"])) == (None, ["JX 21 ¶3"])
    assert (duties["takeover:o1"].due, duties["takeover:o1"].debtor) == (date(2026, 12, 24), Debtor.MANAGER)


def test_where_no_text_is_known_nothing_is_owed() -> None:
    assert owed(Happening(Event.TAKEN_OVER, TODAY, "o1"), place="cn") == {}


@pytest.mark.parametrize(("by_member", "debtor"), [(False, Debtor.COMMITTEE), (True, Debtor.MEMBER)])
def test_a_decision_promises_by_its_own_day(debtor: Debtor, *, by_member: bool) -> None:
    duty = owed(Happening(Event.PROMISED, date(2026, 12, 15), "d1", by_member=by_member))["promise:d1"]
    assert (duty.due, duty.debtor, duty.citations) == (date(2026, 12, 15), debtor, ())


def test_what_happened_before_duties_were_kept_makes_none() -> None:
    """An old decision that is published today for the record is not published late."""
    happened = [
        Happening(Event.COMMITTEE_DECIDED, day, f"d{day.day}") for day in (date(2026, 11, 22), date(2026, 11, 23))
    ]
    assert list(owed(*happened, since=date(2026, 11, 23))) == ["committee-decision:d23"]


def test_a_terms_end_is_recalled_6_5_3_and_2_months_before() -> None:
    """D23 of our own, the last one ZJ 15 ¶2."""
    ends = date(2027, 6, 30)
    days = [(alert.on, alert.ahead) for alert in alerts_on(JIASHAN, ends, ends)]
    assert days == [
        (date(2027, 4, 30), Period(2, "M")),
        (date(2027, 3, 30), Period(3, "M")),
        (date(2027, 1, 30), Period(5, "M")),
        (date(2026, 12, 30), Period(6, "M")),
    ]
    assert alerts_on(JIASHAN, ends, date(2026, 12, 29)) == ()
    assert len(alerts_on(JIASHAN, ends, date(2027, 1, 30))) == 2
    assert alerts_on(JIASHAN, ends, date(2027, 7, 1)) == ()


def test_where_the_meeting_itself_is_due_three_months_before_there_are_three_alerts() -> None:
    """MGR 47 as the nation has it."""
    assert len(alerts_on(load_profile("cn"), date(2027, 6, 30), date(2027, 6, 30))) == 3


@pytest.mark.parametrize(
    ("place", "event", "on", "name", "debtor", "due", "article"),
    [
        # Three days after the 29th of December: the 1st of January is a holiday, so the 2nd.
        (JIASHAN.id, Event.COMMITTEE_DECIDED, date(2026, 12, 29), "committee-decision", "committee", date(2027, 1, 2), "MGR 39"),
        (JIASHAN.id, Event.COMMITTEE_DECIDED, date(2026, 12, 28), "committee-decision", "committee", date(2026, 12, 31), "MGR 39"),
        # The 28th, 29th of February and the 1st of March, in a leap year and in one that is none.
        (JIASHAN.id, Event.COMMITTEE_DECIDED, date(2028, 2, 27), "committee-decision", "committee", date(2028, 3, 1), "MGR 39"),
        (JIASHAN.id, Event.COMMITTEE_DECIDED, date(2027, 2, 26), "committee-decision", "committee", date(2027, 3, 1), "MGR 39"),
        ("cn-zj-hangzhou", Event.COMMITTEE_DECIDED, date(2026, 12, 1), "committee-decision", "committee", date(2026, 12, 4), "HZ 29"),
        ("cn-bj", Event.ASSEMBLY_DECIDED, date(2026, 12, 1), "assembly-decision", "committee", date(2026, 12, 4), "BJ 37"),
        ("cn-bj", Event.COMMITTEE_DECIDED, date(2026, 12, 1), "committee-decision", "committee", date(2026, 12, 4), "BJ 45"),
        # 30 days after the 30th of January: the 29th of February exists in 2028 only.
        (JIASHAN.id, Event.COMMITTEE_ELECTED, date(2028, 1, 30), "filing", "committee", date(2028, 2, 29), "ZJ 13"),
        (JIASHAN.id, Event.COMMITTEE_ELECTED, date(2027, 1, 30), "filing", "committee", date(2027, 3, 1), "ZJ 13"),
        # Seven days after the 29th of January 2027 is the 5th of February, New Year's Eve, then three more holidays.
        (JIASHAN.id, Event.COMMITTEE_ELECTED, date(2027, 1, 29), "officers", "committee", date(2027, 2, 9), "MGR 32"),
        (JIASHAN.id, Event.COMMITTEE_FILED, date(2026, 12, 22), "group-handover", "group", date(2027, 1, 2), "JX 14 ¶1"),
        (JIASHAN.id, Event.COMMITTEE_FILED, date(2026, 12, 21), "group-handover", "group", date(2026, 12, 31), "JX 14 ¶1"),
        (JIASHAN.id, Event.TERM_ENDS, date(2026, 12, 22), "handover", "old-committee", date(2027, 1, 2), "ZJ 15 ¶3"),
        # Two whole months before the 30th of April lie behind the 28th of February.
        (JIASHAN.id, Event.TERM_ENDS, date(2027, 4, 30), "renewal", "committee", date(2027, 2, 27), "ZJ 15 ¶2"),
        (JIASHAN.id, Event.TERM_ENDS, date(2028, 4, 30), "renewal", "committee", date(2028, 2, 28), "ZJ 15 ¶2"),
        (JIASHAN.id, Event.COMMITTEE_MEETS, date(2027, 1, 2), "agenda", "committee", date(2026, 12, 29), "ZJ 14 ¶2"),
        ("cn", Event.COMMITTEE_MEETS, date(2028, 3, 8), "agenda", "committee", date(2028, 2, 29), "MGR 39"),
        (JIASHAN.id, Event.MEETING_DEMANDED, date(2026, 12, 1), "meeting", "committee", date(2026, 12, 8), "MGR 37"),
        (JIASHAN.id, Event.FILED_CHANGED, date(2026, 12, 1), "change-filing", "committee", None, "ZJ 13"),
        ("cn", Event.FILED_CHANGED, date(2026, 12, 1), "change-filing", "committee", date(2026, 12, 31), "MGR 34"),
        # Sixty whole days lie between: all of November, and December up to the 30th.
        (JIASHAN.id, Event.MANAGER_DISMISSED, date(2026, 12, 31), "dismissal-notice", "committee", date(2026, 10, 31), "CC 946"),
        (JIASHAN.id, Event.MEMBER_LEAVES, date(2026, 12, 29), "member-return", "member", date(2027, 1, 2), "MGR 45"),
        (JIASHAN.id, Event.CHAIR_OR_FINANCE_LEAVES, date(2026, 12, 1), "termination", "committee", None, "JX 19"),
        (JIASHAN.id, Event.CHAIR_OR_FINANCE_LEAVES, date(2026, 12, 1), "audit", "committee", None, "JX 21"),
        (JIASHAN.id, Event.TAKEN_OVER, date(2028, 1, 30), "takeover", "manager", date(2028, 2, 29), "JX 25"),
        (JIASHAN.id, Event.AUDITED, date(2026, 12, 1), "audit-result", "committee", None, "JX 21 ¶3"),
    ],
)  # fmt: skip
def test_each_duty_falls_due_on_its_day(
    place: str, event: Event, on: date, name: str, debtor: str, *, due: date | None, article: str
) -> None:
    """Counted by hand: the event's day does not count, a holiday at the end gives way, before an event whole days lie."""
    duty = owed(Happening(event, on, "x"), place=place)[f"{name}:x"]
    assert (duty.due, str(duty.debtor), articles(duty)[0]) == (due, debtor, article)


@pytest.mark.parametrize(
    ("place", "day", "name", "due"),
    [
        ("cn-zj-hangzhou", date(2028, 7, 1), "income:2028-06-30", date(2028, 6, 30)),
        # The last day of the third quarter is no holiday; the Mid-Autumn of 2028 is the 3rd of October.
        ("cn-sh", date(2028, 10, 1), "income:2028-09-30", date(2028, 9, 30)),
        ("cn-sh", date(2028, 4, 1), "income:2028-03-31", date(2028, 3, 31)),
        (JIASHAN.id, date(2028, 1, 1), "manager-disclosure:2028-03-31", date(2028, 3, 31)),
        (JIASHAN.id, date(2028, 1, 1), "fund:2028-12-31", date(2028, 12, 31)),
    ],
)
def test_each_periodic_duty_falls_due_on_the_last_day_of_its_part(place: str, day: date, name: str, due: date) -> None:
    assert owed(place=place, since=date(2028, 1, 1), day=day)[name].due == due


def test_on_new_years_day_the_duties_of_the_year_begin() -> None:
    eve, day = (owed(since=NEW_YEAR, day=each) for each in (date(2026, 12, 31), date(2027, 1, 1)))
    assert set(day) - set(eve) == {
        "manager-disclosure:2027-03-31",
        "expenses:2027-12-31",
        "fund:2027-12-31",
        "income:2027-12-31",
    }


@pytest.mark.parametrize("event", [Event.COMMITTEE_DECIDED, Event.PROMISED])
def test_what_records_say_is_not_entered(event: Event) -> None:
    with pytest.raises(RefusedError, match="publish the decision"):
        require_entered(event)


def test_everything_else_is_entered() -> None:
    for event in set(Event) - {Event.COMMITTEE_DECIDED, Event.PROMISED}:
        require_entered(event)


@pytest.mark.parametrize(
    ("event", "on", "match"),
    [
        (Event.AUDITED, date(2026, 11, 24), None),
        (Event.AUDITED, date(2026, 11, 25), "too far ahead"),
        (Event.AUDITED, date(2026, 1, 2), None),
        (Event.AUDITED, date(2026, 1, 1), "earlier starts no clock"),
        (Event.TERM_ENDS, date(2036, 11, 24), None),
        (Event.TERM_ENDS, date(2036, 11, 25), "too far ahead"),
    ],
)
def test_days_are_entered_from_the_first_day_to_today_and_known_ones_ten_years_ahead(
    event: Event, on: date, match: str | None
) -> None:
    if match is None:
        require_day(event, on, LATER, TODAY)
        return
    with pytest.raises(RefusedError, match=match):
        require_day(event, on, LATER, TODAY)


def test_a_leap_day_leads_to_the_28th_of_february_ten_years_on() -> None:
    require_day(Event.TERM_ENDS, date(2038, 2, 28), LATER, date(2028, 2, 29))
    with pytest.raises(RefusedError):
        require_day(Event.TERM_ENDS, date(2038, 3, 1), LATER, date(2028, 2, 29))
