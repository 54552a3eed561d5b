"""Counts the days of a procedure's deadlines: from what, in which direction, to which day.

 * AFTER and WITHIN: the trigger's day is not counted, a last day that is a holiday moves behind it (CC arts. 200–203).
 * BEFORE: full days lie between, neither end counted, and no holiday shortens them: the day is the last one to act on.
 * Where a text gives no number of days there is no day, and nothing is ever late.
 * A day whose year is not arranged yet is provisional.

The numbers stand in the parameters that a deadline names (`vote/law/procedure.py`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from vote.law.calendar import day_after, day_before, day_of_alert
from vote.law.holiday import is_provisional, is_rest_day
from vote.law.measure import Period
from vote.law.procedure import Deadline, Direction
from vote.law.profile import Profile, Value


@dataclass(frozen=True, slots=True)
class Due:
    """One deadline, counted."""

    deadline: Deadline
    value: Value
    """The rule that has the number, with its article and how sure it is."""
    day: date | None
    """The last day to act on; None where no number is given, or where nothing is missed by a reminder's day."""
    provisional: bool
    alerts: tuple[date, ...] = ()
    """The days of reminders, the earliest first."""
    least: date | None = None
    """Of a window, the first day on which it may end."""

    def is_past(self, day: date) -> bool:
        """Whether the last day lies before `day`."""
        return self.day is not None and self.day < day


def due_of(profile: Profile, deadline: Deadline, trigger: date) -> Due:
    """Count a deadline.

    Args:
        profile: the rules; those of the trigger's day stand.
        deadline: what is due.
        trigger: the day of what it counts from or towards. Of a day of the year, any day of that year.
    """
    value = profile.value(deadline.period.partition(".")[0], on=trigger)
    content = _content(profile, deadline.period, trigger)
    if deadline.direction is Direction.ALERT:
        assert isinstance(content, tuple)
        return Due(deadline, value, None, provisional=False, alerts=tuple(sorted(_alerts(content, trigger))))
    if content is None:
        return Due(deadline, value, None, provisional=False)
    if deadline.direction is Direction.BY:
        return Due(deadline, value, date.fromisoformat(f"{trigger.year}-{content}"), provisional=False)
    assert isinstance(content, Period)
    if deadline.direction is Direction.BEFORE:
        return Due(deadline, value, day_before(trigger, content), provisional=False)
    day = day_after(trigger, content, is_rest_day)
    # What moves a day is its own holiday: one that is not arranged may move it later.
    return Due(deadline, value, day, is_provisional(day), least=_least(profile, deadline, trigger))


def _least(profile: Profile, deadline: Deadline, trigger: date) -> date | None:
    shortest = _content(profile, deadline.least, trigger) if deadline.least else None
    return day_after(trigger, shortest, lambda _: False) if isinstance(shortest, Period) else None


def _alerts(periods: tuple[object, ...], event: date) -> Iterator[date]:
    for period in periods:
        assert isinstance(period, Period)
        yield day_of_alert(event, period)


def _content(profile: Profile, path: str, on: date) -> object:
    name, _, field = path.partition(".")
    content = profile.value(name, on=on).content
    if not field:
        return content
    return content[field] if isinstance(content, Mapping) else None
