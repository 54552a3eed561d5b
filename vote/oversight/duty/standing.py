"""Decides how a duty stands on a day, who is told of it then, and what the log says of one that is overdue.

 * Seven days before its day the debtor is reminded. When the day is past the debtor is told privately; from the seventh
   day after that everybody sees that no public record was found. Nothing is public before its debtor had those days.
 * A record fulfils the duty that it names; a periodic duty is also fulfilled by a record of its kind inside its part.
 * Each is told once. A promise whose day was moved by a correction is told of anew.
 * Messages come between nine and twenty o'clock in China.

Follows docs/decisions/0023-records.md. Not here: what is owed (`rules.py`), which records there are (`evidence.py`).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from vote.clock import CHINA
from vote.log.rules import Facts
from vote.oversight.duty.rules import Act, Duty

REMINDER = timedelta(days=7)
"""How long before its day a duty is recalled."""
NOTICE = timedelta(days=7)
"""How long after the private notice a duty stays between the office and its debtor."""
MORNING, EVENING = time(9), time(20)
"""When messages may come, in China."""


class State(StrEnum):
    """How a duty stands."""

    NOT_DUE = "not-due"
    NO_DAY = "no-day"
    REMINDED = "reminded"
    NOTICED = "noticed"
    OVERDUE = "overdue"
    DONE = "done"
    DONE_LATE = "done-late"


PRIVATE = frozenset({State.REMINDED, State.NOTICED})
"""What only the debtor and the supervising office are told; to all others it is not due, or not found yet."""
FULFILLED = frozenset({State.DONE, State.DONE_LATE})


class Telling(StrEnum):
    """What somebody is told of a duty."""

    ALERT = "alert"
    """To the committee: its term ends."""
    REMINDER = "reminder"
    """To the debtor, before the day."""
    NOTICE = "notice"
    """To the debtor, after it."""
    OVERDUE = "overdue"
    """To everybody."""


Key = tuple[str, date]
"""A duty's name, and the day on which it is due: a correction may move the day under the same name."""


@dataclass(frozen=True, slots=True)
class Published:
    """A record that everybody can see."""

    act: Act
    """Which kind of duty it can fulfil."""
    on: date
    duty: str = ""
    """The duty that it names, if it names one."""
    record: str = ""
    """Its uuid."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A duty and how it stands on a day."""

    duty: Duty
    state: State
    fulfilled_on: date | None
    record: str = ""
    """The uuid of the record that fulfilled it."""


def standing(duty: Duty, records: Iterable[Published], day: date, noticed_on: date | None = None) -> Standing:
    """Return how a duty stands on a day.

    Args:
        duty: what is owed.
        records: published records, in the order published; those of a later day do not count.
        day: the day of asking.
        noticed_on: the day on which the debtor was told privately that the duty's day is past.
    """
    found = [record for record in records if record.on <= day and _fulfils(record, duty)]
    if found:
        first = min(found, key=lambda record: record.on)
        late = duty.due is not None and first.on > duty.due
        return Standing(duty, State.DONE_LATE if late else State.DONE, first.on, first.record)
    return Standing(duty, _open(duty.due, day, noticed_on), None)


def board(
    duties: Sequence[Duty], records: Sequence[Published], day: date, noticed: Mapping[Key, date]
) -> tuple[Standing, ...]:
    """Return how all duties stand on a day, in the order given.

    Args:
        duties: what is owed.
        records: published records, in the order published.
        day: the day of asking.
        noticed: when debtors were told privately that a day is past.
    """
    return tuple(
        standing(each, records, day, noticed.get((each.name, each.due)) if each.due else None) for each in duties
    )


def publicly(state: State) -> State:
    """Return what everybody sees of a state: what is private yet looks as what is not due."""
    return State.NOT_DUE if state in PRIVATE else state


def telling_of(found: Standing, told: Collection[Telling]) -> Telling | None:
    """Return what somebody is to be told of a duty now, that was not told yet; nothing of what is fulfilled.

    Args:
        found: how it stands.
        told: what was told of it, and of this day of it.
    """
    telling = _TELLINGS.get(found.state)
    return None if telling in told else telling


def overdue_facts(duty: Duty) -> Facts:
    """Return what the log says of an overdue duty: what was owed, by when, and about which record if about one."""
    assert duty.due is not None
    about = "" if duty.span else duty.about
    return {"act": duty.act, "about": about, "due": duty.due.isoformat()}


def public_from(noticed_on: date) -> date:
    """Return the day from which everybody sees what its debtor was told privately on a day."""
    return noticed_on + NOTICE


def decent_moment(now: datetime) -> datetime:
    """Return when a message may come that was written now, UTC: at once by day, else in the morning."""
    local = now.astimezone(CHINA)
    if MORNING <= local.time() < EVENING:
        return now
    day = local.date() + timedelta(days=local.time() >= EVENING)
    return datetime.combine(day, MORNING, CHINA).astimezone(UTC)


def _open(due: date | None, day: date, noticed_on: date | None) -> State:
    if due is None:
        return State.NO_DAY
    if day > due:
        return State.OVERDUE if noticed_on is not None and day >= public_from(noticed_on) else State.NOTICED
    return State.REMINDED if day >= due - REMINDER else State.NOT_DUE


def _fulfils(record: Published, duty: Duty) -> bool:
    if record.duty:
        return record.duty == duty.name
    return duty.span is not None and record.act is duty.act and duty.span.first <= record.on <= duty.span.last


_TELLINGS: Mapping[State, Telling] = {
    State.REMINDED: Telling.REMINDER,
    State.NOTICED: Telling.NOTICE,
    State.OVERDUE: Telling.OVERDUE,
}
