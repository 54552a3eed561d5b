"""Counts the days of a duty as the Civil Code counts them (arts. 200–203), and those before something in full days.

 * After an event: its day is not counted; months and years end on the corresponding day, or on the month's last. A last
   day that is a statutory holiday gives way to the day after the holiday.
 * Before an event: whole days, months or years lie between, neither end counted; no holiday shortens them.
 * Periods of a year: halves, quarters and months of the calendar year.

Working days are refused: days of work that are moved are not known here.

>>> from vote.law.measure import Period
>>> day_after(date(2026, 9, 28), Period(3, "D"), lambda day: day.month == 10 and day.day <= 3)
datetime.date(2026, 10, 4)
>>> day_before(date(2027, 4, 30), Period(2, "M"))
datetime.date(2027, 2, 27)
"""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from vote.errors import Reason, RefusedError
from vote.law.measure import Period

IsHoliday = Callable[[date], bool]
"""Whether a day is a statutory holiday."""

_DAY = timedelta(days=1)
_YEAR = 12


class Span(NamedTuple):
    """Days in a row, both ends included."""

    first: date
    last: date


def day_after(event: date, period: Period, is_holiday: IsHoliday) -> date:
    """Return the last day of a period that begins with an event.

    Raises:
        RefusedError: the period has working days.
    """
    return after_holiday(_moved(event, period, 1), is_holiday)


def day_before(event: date, period: Period) -> date:
    """Return the last day on which something is done that must precede an event by a period.

    Raises:
        RefusedError: the period has working days.
    """
    return _moved(event, period, -1) - _DAY


def day_of_alert(event: date, period: Period) -> date:
    """Return the day a period ahead of an event, on which to recall it.

    Raises:
        RefusedError: the period has working days.
    """
    return _moved(event, period, -1)


def after_holiday(day: date, is_holiday: IsHoliday) -> date:
    """Return a day, or the first one after it that is no holiday."""
    while is_holiday(day):
        day += _DAY
    return day


def spans_of(year: int, interval: Period) -> tuple[Span, ...]:
    """Return the parts of a calendar year, each as long as an interval.

    Raises:
        RefusedError: a year has no whole number of such parts.
    """
    months = interval.number * _YEAR if interval.unit == "Y" else interval.number
    if interval.unit not in ("M", "Y") or _YEAR % months:
        raise RefusedError(
            Reason.NOT_SUPPORTED,
            f"An interval of {interval} does not divide a year: the profile needs one such as P3M, P6M or P1Y.",
        )
    return tuple(
        Span(date(year, first, 1), _last_of_month(year, first + months - 1)) for first in range(1, _YEAR + 1, months)
    )


def _moved(day: date, period: Period, sign: int) -> date:
    if period.unit == "D":
        return day + sign * period.number * _DAY
    if period.unit not in ("M", "Y"):
        raise RefusedError(
            Reason.NOT_SUPPORTED,
            f"A period of {period} has working days, and moved days of work are not known here: count it by hand.",
        )
    months = period.number * (_YEAR if period.unit == "Y" else 1)
    years, month = divmod(day.year * _YEAR + day.month - 1 + sign * months, _YEAR)
    return min(_last_of_month(years, month + 1), date(years, month + 1, 1) + (day.day - 1) * _DAY)


def _last_of_month(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
