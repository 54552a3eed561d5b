"""Duties, written by hand from the articles; the places are those of the profiles."""

from datetime import date

import pytest

from vote.election.plan import holiday
from vote.law.library import load_profile
from vote.law.measure import Period
from vote.oversight.duty.rules import (
    Act,
    Debtor,
    Duty,
    Event,
    Happening,
    Published,
    Situation,
    State,
    alerts_on,
    board,
    duties_on,
    overdue_facts,
    publicly,
    standing,
)

JIASHAN = load_profile("cn-zj-jiaxing-jiashan")
NEW_YEAR = date(2026, 1, 1)
TODAY = date(2026, 11, 24)


def is_holiday(day: date) -> bool:
    return holiday(day) is not None


def owed(
    *happenings: Happening, place: str = JIASHAN.id, since: date = TODAY, managed: bool = True, day: date = TODAY
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
    assert duty.due is None
    assert standing(duty, (), date(2030, 1, 1)).state is State.NO_DAY
    assert standing(duty, (Published(Act.ASSEMBLY_DECISION, TODAY, duty.name),), TODAY).state is State.DONE


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


@pytest.mark.parametrize(("member", "debtor"), [("", Debtor.COMMITTEE), ("2", Debtor.MEMBER)])
def test_a_decision_promises_by_its_own_day(member: str, debtor: Debtor) -> None:
    duty = owed(Happening(Event.PROMISED, date(2026, 12, 15), "d1", member))["promise:d1"]
    assert (duty.due, duty.debtor, duty.member) == (date(2026, 12, 15), debtor, member)
    assert duty.citations == ()


@pytest.mark.parametrize(
    ("day", "state", "seen"),
    [
        (date(2026, 12, 7), State.NOT_DUE, State.NOT_DUE),
        (date(2026, 12, 8), State.REMINDED, State.NOT_DUE),
        (date(2026, 12, 15), State.REMINDED, State.NOT_DUE),
        (date(2026, 12, 16), State.NOTICED, State.NOT_DUE),
        (date(2026, 12, 22), State.NOTICED, State.NOT_DUE),
        (date(2026, 12, 23), State.OVERDUE, State.OVERDUE),
    ],
)
def test_seven_days_before_a_reminder_seven_days_after_a_notice_then_everybody_sees(
    day: date, state: State, seen: State
) -> None:
    duty = owed(Happening(Event.PROMISED, date(2026, 12, 15), "d1"))["promise:d1"]
    found = standing(duty, (), day)
    assert (found.state, publicly(found.state), found.fulfilled_on) == (state, seen, None)


@pytest.mark.parametrize(("on", "state"), [(date(2026, 12, 15), State.DONE), (date(2026, 12, 16), State.DONE_LATE)])
def test_a_record_that_names_the_duty_fulfils_it_in_time_or_late(on: date, state: State) -> None:
    duty = owed(Happening(Event.PROMISED, date(2026, 12, 15), "d1"))["promise:d1"]
    (found,) = board([duty], [Published(Act.PROMISE, on, "promise:d1")], date(2027, 1, 31))
    assert (found.state, found.fulfilled_on) == (state, on)


def test_the_first_record_counts_and_none_of_a_later_day() -> None:
    duty = owed(Happening(Event.PROMISED, date(2026, 12, 15), "d1"))["promise:d1"]
    records = [Published(Act.PROMISE, on, duty.name) for on in (date(2027, 1, 2), date(2026, 12, 16))]
    assert standing(duty, records, date(2027, 2, 1)).fulfilled_on == date(2026, 12, 16)
    assert standing(duty, records, date(2026, 12, 15)).fulfilled_on is None


def test_a_periodic_duty_takes_a_record_of_its_kind_from_its_part_of_the_year() -> None:
    duty = owed(since=NEW_YEAR)["income:2026-12-31"]
    later = date(2027, 2, 1)
    assert standing(duty, [Published(Act.INCOME, date(2026, 7, 1))], later).state is State.DONE
    assert standing(duty, [Published(Act.FUND, date(2026, 7, 1))], later).state is State.OVERDUE
    assert standing(duty, [Published(Act.INCOME, date(2025, 12, 31))], later).state is State.OVERDUE
    assert standing(duty, [Published(Act.INCOME, date(2027, 1, 15))], later).state is State.OVERDUE
    assert standing(duty, [Published(Act.INCOME, date(2027, 1, 15), duty.name)], later).state is State.DONE_LATE
    assert standing(duty, [Published(Act.INCOME, date(2026, 7, 1), "income:2027-12-31")], later).state is State.OVERDUE


def test_a_duty_that_hangs_on_an_event_takes_no_record_that_does_not_name_it() -> None:
    duty = owed(Happening(Event.COMMITTEE_DECIDED, date(2026, 11, 20), "d1"))["committee-decision:d1"]
    assert standing(duty, [Published(Act.COMMITTEE_DECISION, date(2026, 11, 21))], TODAY).fulfilled_on is None


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


def test_the_log_names_what_was_owed_by_when_and_about_what() -> None:
    income = owed(since=NEW_YEAR)["income:2026-12-31"]
    assert overdue_facts(income) == {"act": "income", "about": "", "due": "2026-12-31"}
    promise = owed(Happening(Event.PROMISED, date(2026, 12, 15), "d1"))["promise:d1"]
    assert overdue_facts(promise) == {"act": "promise", "about": "d1", "due": "2026-12-15"}
