"""How a duty stands on each day around its own, and who is told what then; counted by hand."""

from datetime import UTC, date, datetime

import pytest

from vote.law.calendar import Span
from vote.message.rules import DUTIES
from vote.oversight.duty.rules import Act, Debtor, Duty
from vote.oversight.duty.standing import (
    Published,
    Standing,
    State,
    Telling,
    board,
    decent_moment,
    overdue_facts,
    publicly,
    standing,
    telling_of,
)

DUE = date(2026, 12, 15)
PROMISE = Duty("promise:d1", Act.PROMISE, Debtor.COMMITTEE, DUE, None)
YEAR = Span(date(2026, 1, 1), date(2026, 12, 31))
INCOME = Duty("income:2026-12-31", Act.INCOME, Debtor.COMMITTEE, date(2026, 12, 31), None, YEAR)
SOME_DAY = Duty("termination:m1", Act.TERMINATION, Debtor.COMMITTEE, None, None)


@pytest.mark.parametrize(
    ("due", "noticed_on", "day", "state", "seen"),
    [
        (DUE, None, date(2026, 12, 7), State.NOT_DUE, State.NOT_DUE),
        (DUE, None, date(2026, 12, 8), State.REMINDED, State.NOT_DUE),
        (DUE, None, date(2026, 12, 14), State.REMINDED, State.NOT_DUE),
        (DUE, None, date(2026, 12, 15), State.REMINDED, State.NOT_DUE),
        (DUE, None, date(2026, 12, 16), State.NOTICED, State.NOT_DUE),
        (DUE, date(2026, 12, 16), date(2026, 12, 22), State.NOTICED, State.NOT_DUE),
        (DUE, date(2026, 12, 16), date(2026, 12, 23), State.OVERDUE, State.OVERDUE),
        # The worker stood still for a month: the debtor has seven days all the same.
        (DUE, None, date(2027, 1, 15), State.NOTICED, State.NOT_DUE),
        (DUE, date(2027, 1, 15), date(2027, 1, 21), State.NOTICED, State.NOT_DUE),
        (DUE, date(2027, 1, 15), date(2027, 1, 22), State.OVERDUE, State.OVERDUE),
        # Over New Year.
        (date(2026, 12, 31), None, date(2026, 12, 23), State.NOT_DUE, State.NOT_DUE),
        (date(2026, 12, 31), None, date(2026, 12, 24), State.REMINDED, State.NOT_DUE),
        (date(2026, 12, 31), None, date(2027, 1, 1), State.NOTICED, State.NOT_DUE),
        (date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 7), State.NOTICED, State.NOT_DUE),
        (date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 8), State.OVERDUE, State.OVERDUE),
        # Over a leap day.
        (date(2028, 2, 29), None, date(2028, 2, 21), State.NOT_DUE, State.NOT_DUE),
        (date(2028, 2, 29), None, date(2028, 2, 22), State.REMINDED, State.NOT_DUE),
        (date(2028, 2, 29), None, date(2028, 2, 29), State.REMINDED, State.NOT_DUE),
        (date(2028, 2, 29), None, date(2028, 3, 1), State.NOTICED, State.NOT_DUE),
        (date(2028, 2, 29), date(2028, 3, 1), date(2028, 3, 7), State.NOTICED, State.NOT_DUE),
        (date(2028, 2, 29), date(2028, 3, 1), date(2028, 3, 8), State.OVERDUE, State.OVERDUE),
        (None, None, date(2036, 1, 1), State.NO_DAY, State.NO_DAY),
    ],
)
def test_seven_days_before_a_reminder_seven_days_after_a_notice_then_everybody_sees(
    due: date | None, noticed_on: date | None, day: date, state: State, seen: State
) -> None:
    duty = Duty("promise:d1", Act.PROMISE, Debtor.COMMITTEE, due, None)
    found = standing(duty, (), day, noticed_on)
    assert (found.state, publicly(found.state), found.fulfilled_on) == (state, seen, None)


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2026, 12, 14), State.DONE),
        (date(2026, 12, 15), State.DONE),
        (date(2026, 12, 16), State.DONE_LATE),
        (date(2026, 12, 30), State.DONE_LATE),
    ],
)
def test_a_record_that_names_the_duty_fulfils_it_in_time_or_late(on: date, state: State) -> None:
    records = [Published(Act.PROMISE, on, "promise:d1", "r1")]
    (found,) = board([PROMISE], records, date(2027, 1, 31), {("promise:d1", DUE): date(2026, 12, 16)})
    assert (found.state, found.fulfilled_on, found.record) == (state, on, "r1")


def test_a_duty_without_a_day_is_done_and_never_late() -> None:
    records = [Published(Act.TERMINATION, date(2030, 1, 1), "termination:m1", "r1")]
    (found,) = board([SOME_DAY], records, date(2030, 1, 1), {})
    assert (found.state, found.record) == (State.DONE, "r1")


def test_the_first_record_counts_and_none_of_a_later_day() -> None:
    records = [Published(Act.PROMISE, on, PROMISE.name, str(on)) for on in (date(2027, 1, 2), date(2026, 12, 16))]
    assert standing(PROMISE, records, date(2027, 2, 1)).record == "2026-12-16"
    assert standing(PROMISE, records, date(2026, 12, 15)).fulfilled_on is None


def test_a_periodic_duty_takes_a_record_of_its_kind_from_its_part_of_the_year() -> None:
    later, noticed = date(2027, 2, 1), date(2027, 1, 1)
    cases = [
        (Published(Act.INCOME, date(2026, 1, 1)), State.DONE),
        (Published(Act.INCOME, date(2026, 12, 31)), State.DONE),
        (Published(Act.FUND, date(2026, 7, 1)), State.OVERDUE),
        (Published(Act.INCOME, date(2025, 12, 31)), State.OVERDUE),
        (Published(Act.INCOME, date(2027, 1, 1)), State.OVERDUE),
        (Published(Act.INCOME, date(2027, 1, 15), INCOME.name), State.DONE_LATE),
        (Published(Act.INCOME, date(2026, 7, 1), "income:2027-12-31"), State.OVERDUE),
    ]
    for record, state in cases:
        assert standing(INCOME, [record], later, noticed).state is state, record


def test_a_duty_that_hangs_on_an_event_takes_no_record_that_does_not_name_it() -> None:
    assert standing(PROMISE, [Published(Act.PROMISE, DUE)], DUE).fulfilled_on is None


@pytest.mark.parametrize(
    ("state", "told", "telling"),
    [
        (State.NOT_DUE, (), None),
        (State.NO_DAY, (), None),
        (State.DONE, (), None),
        (State.DONE_LATE, (), None),
        (State.REMINDED, (), Telling.REMINDER),
        (State.REMINDED, (Telling.REMINDER,), None),
        (State.NOTICED, (Telling.REMINDER,), Telling.NOTICE),
        (State.NOTICED, (), Telling.NOTICE),
        (State.NOTICED, (Telling.REMINDER, Telling.NOTICE), None),
        (State.OVERDUE, (Telling.NOTICE,), Telling.OVERDUE),
        (State.OVERDUE, (Telling.NOTICE, Telling.OVERDUE), None),
    ],
)
def test_each_is_told_once_and_nothing_of_what_is_done(
    state: State, told: tuple[Telling, ...], telling: Telling | None
) -> None:
    assert telling_of(Standing(PROMISE, state, None), told) is telling


@pytest.mark.parametrize(
    ("now", "when"),
    [
        # In China it is midnight, a second before nine, nine, a second before twenty, twenty, and New Year's Eve at 23.
        (datetime(2026, 12, 15, 16, 0, tzinfo=UTC), datetime(2026, 12, 16, 1, 0, tzinfo=UTC)),
        (datetime(2026, 12, 16, 0, 59, 59, tzinfo=UTC), datetime(2026, 12, 16, 1, 0, tzinfo=UTC)),
        (datetime(2026, 12, 16, 1, 0, tzinfo=UTC), datetime(2026, 12, 16, 1, 0, tzinfo=UTC)),
        (datetime(2026, 12, 16, 11, 59, 59, tzinfo=UTC), datetime(2026, 12, 16, 11, 59, 59, tzinfo=UTC)),
        (datetime(2026, 12, 16, 12, 0, tzinfo=UTC), datetime(2026, 12, 17, 1, 0, tzinfo=UTC)),
        (datetime(2026, 12, 31, 15, 0, tzinfo=UTC), datetime(2027, 1, 1, 1, 0, tzinfo=UTC)),
    ],
)
def test_messages_come_by_day_in_china(now: datetime, when: datetime) -> None:
    assert decent_moment(now) == when


def test_the_log_names_what_was_owed_by_when_and_about_what() -> None:
    assert overdue_facts(INCOME) == {"act": "income", "about": "", "due": "2026-12-31"}
    assert overdue_facts(PROMISE) == {"act": "promise", "about": "d1", "due": "2026-12-15"}


def test_messages_have_words_for_everything_that_is_owed() -> None:
    assert set(DUTIES) == set(Act)
    assert max(map(len, DUTIES.values())) <= 20
