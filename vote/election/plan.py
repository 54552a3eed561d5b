"""Decides on which days an election may open and close, before it is prepared.

 * Full days lie between the day of the notice and the opening day, as many as the profile asks for (ZJ art. 9 ¶4).
 * A first assembly is held within the profile's days of the preparatory group's formation (JX art. 13). The latest
   opening day leaves one retry: should too few take part, everything is prepared again, noticed again and voted again
   before the last of these days, since ballots of a failed quorum are not used again.
 * Voting opens at 8 and closes at 18 o'clock in China.
 * A day that the law makes a holiday (《全国年节及纪念日放假办法》) is no obstacle, but it is said.

Follows rulebook §9a.7 and Civil Code arts. 201 to 203: the day of the event is not counted.

Not here: the moments that are sealed (`terms.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from vote.clock import CHINA
from vote.law.holiday import rest_day

PREPARING_DAYS = 7
"""Days that keys, letters and their delivery are taken to need before notice."""
OPENING_TIME, CLOSING_TIME = time(8), time(18)


class Trouble(StrEnum):
    """What stands against the chosen days."""

    TOO_EARLY = "too-early"
    CLOSES_FIRST = "closes-first"
    TOO_SHORT = "too-short"
    TOO_LONG = "too-long"
    EXTENSION_FIRST = "extension-first"
    NO_RETRY = "no-retry"
    PAST_DEADLINE = "past-deadline"
    HURRIED = "hurried"
    OPENS_ON_HOLIDAY = "opens-on-holiday"
    CLOSES_ON_HOLIDAY = "closes-on-holiday"


FORBIDDING = frozenset(
    {Trouble.TOO_EARLY, Trouble.CLOSES_FIRST, Trouble.TOO_SHORT, Trouble.TOO_LONG, Trouble.EXTENSION_FIRST}
)
"""Those with which an election is not prepared; of the others people are told."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """What the law's numbers come to on a day."""

    today: date
    notice_days: int
    deadline: date | None = None
    """The last day of a first assembly; None where none is known."""
    shortest_days: int | None = None
    longest_days: int | None = None

    @property
    def earliest(self) -> date:
        """The first opening day, if notice were given today."""
        return self.today + timedelta(days=self.notice_days + 1)

    @property
    def advised(self) -> date:
        """The first opening day that leaves time for keys and letters."""
        return self.earliest + timedelta(days=PREPARING_DAYS)

    def latest(self, voting_days: int) -> date | None:
        """Return the last opening day that leaves one retry, for a vote of so many days; None without a deadline."""
        if self.deadline is None:
            return None
        once_more = 2 * voting_days + PREPARING_DAYS + self.notice_days + 1
        return self.deadline - timedelta(days=once_more)


@dataclass(frozen=True, slots=True)
class Days:
    """The days that somebody chose."""

    opens_on: date
    closes_on: date
    extension_until: date | None = None

    @property
    def voting_days(self) -> int:
        """From the opening day to the closing day."""
        return (self.closes_on - self.opens_on).days


def find_troubles(calendar: Calendar, days: Days) -> tuple[Trouble, ...]:
    """Return what stands against some days, the forbidding ones first."""
    latest, length = calendar.latest(days.voting_days), days.voting_days
    found = {
        Trouble.TOO_EARLY: days.opens_on < calendar.earliest,
        Trouble.CLOSES_FIRST: length < 0,
        Trouble.TOO_SHORT: calendar.shortest_days is not None and 0 <= length < calendar.shortest_days,
        Trouble.TOO_LONG: calendar.longest_days is not None and length > calendar.longest_days,
        Trouble.EXTENSION_FIRST: days.extension_until is not None and days.extension_until <= days.closes_on,
        Trouble.PAST_DEADLINE: calendar.deadline is not None and days.closes_on > calendar.deadline,
        Trouble.NO_RETRY: latest is not None and days.opens_on > latest,
        Trouble.HURRIED: calendar.earliest <= days.opens_on < calendar.advised,
        Trouble.OPENS_ON_HOLIDAY: rest_day(days.opens_on) is not None,
        Trouble.CLOSES_ON_HOLIDAY: rest_day(days.closes_on) is not None,
    }
    if found[Trouble.PAST_DEADLINE]:
        found[Trouble.NO_RETRY] = False
    return tuple(trouble for trouble, holds in found.items() if holds)


def forbids(troubles: Sequence[Trouble]) -> bool:
    """Whether one of the troubles forbids to go on."""
    return not FORBIDDING.isdisjoint(troubles)


def opening(day: date) -> datetime:
    """Return when voting opens on a day, UTC."""
    return datetime.combine(day, OPENING_TIME, CHINA).astimezone(UTC)


def closing(day: date) -> datetime:
    """Return when voting closes on a day, UTC."""
    return datetime.combine(day, CLOSING_TIME, CHINA).astimezone(UTC)


def weeks(first: date, last: date) -> tuple[tuple[date, ...], ...]:
    """Return whole weeks from Monday to Sunday that hold all days from `first` to `last`."""
    start = first - timedelta(days=first.weekday())
    number = ((last - start).days // 7) + 1
    return tuple(tuple(start + timedelta(days=7 * week + day) for day in range(7)) for week in range(number))
