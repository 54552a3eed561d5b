"""Days counted by hand, as Civil Code arts. 200 to 203 count them."""

from datetime import date

import pytest

from vote.errors import RefusedError
from vote.law.calendar import Span, day_after, day_before, day_of_alert, spans_of
from vote.law.holiday import holiday
from vote.law.measure import Period


def is_holiday(day: date) -> bool:
    return holiday(day) is not None


def test_the_day_of_the_event_is_not_counted() -> None:
    assert day_after(date(2026, 11, 24), Period(3, "D"), is_holiday) == date(2026, 11, 27)


def test_a_last_day_that_is_a_holiday_gives_way_to_the_day_after_the_holiday() -> None:
    """2 October 2026 is inside the three days of the national holiday."""
    assert day_after(date(2026, 9, 29), Period(3, "D"), is_holiday) == date(2026, 10, 4)
    assert day_after(date(2026, 12, 22), Period(10, "D"), is_holiday) == date(2027, 1, 2)


def test_a_holiday_inside_the_period_does_not_lengthen_it() -> None:
    assert day_after(date(2026, 9, 29), Period(10, "D"), is_holiday) == date(2026, 10, 9)


@pytest.mark.parametrize(
    ("event", "period", "last"),
    [
        (date(2026, 1, 15), Period(1, "M"), date(2026, 2, 15)),
        (date(2026, 1, 31), Period(1, "M"), date(2026, 2, 28)),
        (date(2027, 12, 31), Period(2, "M"), date(2028, 2, 29)),
        (date(2024, 2, 29), Period(1, "Y"), date(2025, 2, 28)),
    ],
)
def test_months_and_years_end_on_the_corresponding_day_or_the_last_of_the_month(
    event: date, period: Period, last: date
) -> None:
    assert day_after(event, period, is_holiday) == last


def test_before_an_event_whole_days_lie_between() -> None:
    """The agenda for the 20th, three days ahead: the 17th, 18th and 19th lie between."""
    assert day_before(date(2026, 11, 20), Period(3, "D")) == date(2026, 11, 16)


def test_before_an_event_whole_months_lie_between() -> None:
    assert day_before(date(2027, 6, 30), Period(2, "M")) == date(2027, 4, 29)
    assert day_before(date(2027, 1, 10), Period(2, "M")) == date(2026, 11, 9)


def test_an_alert_comes_on_the_corresponding_day() -> None:
    assert day_of_alert(date(2027, 8, 31), Period(6, "M")) == date(2027, 2, 28)


def test_a_year_has_its_halves_and_quarters() -> None:
    assert spans_of(2027, Period(1, "Y")) == (Span(date(2027, 1, 1), date(2027, 12, 31)),)
    assert spans_of(2027, Period(6, "M")) == (
        Span(date(2027, 1, 1), date(2027, 6, 30)),
        Span(date(2027, 7, 1), date(2027, 12, 31)),
    )
    assert [span.last for span in spans_of(2028, Period(3, "M"))] == [
        date(2028, 3, 31),
        date(2028, 6, 30),
        date(2028, 9, 30),
        date(2028, 12, 31),
    ]


@pytest.mark.parametrize("interval", [Period(5, "M"), Period(2, "Y"), Period(30, "D")])
def test_other_parts_of_a_year_are_refused(interval: Period) -> None:
    with pytest.raises(RefusedError, match="does not divide a year"):
        spans_of(2027, interval)


def test_working_days_are_refused() -> None:
    with pytest.raises(RefusedError, match="working days"):
        day_after(date(2026, 11, 24), Period(5, "WD"), is_holiday)
