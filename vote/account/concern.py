"""Decides which events an owner is shown: those that name the owner, and looks at lists on which the owner stood.

* A list of those who have not voted holds an owner until the first ballot came.
* What was done to a roll as a whole, before it was anybody's vote, concerns every owner of the estate.
* Lists that were opened several times on a day by one person are one line, as nobody reads two hundred.

>>> from datetime import UTC, datetime
>>> noon = datetime(2026, 12, 1, 4, tzinfo=UTC)
>>> (found,) = concerns_of([Happened("voters:seen", "organiser", 7, noon, 40, named=False)], [])
>>> found.listed, found.times, found.count
(True, 1, 40)
>>> concerns_of([Happened("voters:seen", "organiser", 7, noon, 40, named=False)], [noon])
[]
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from vote.clock import CHINA

WAITING_KINDS = frozenset({"voters:seen", "owners:reminded"})
"""About those only who had not voted."""
LIST_KINDS = WAITING_KINDS | {
    "letters:seen",
    "roll:seen",
    "phone:seen",
    "owner:seen",
    "participation:seen",
    "phone:changed",
}
"""What one event stands for, though it concerns every owner on a list of the election."""
ROLL_KINDS = frozenset({"roll:imported", "roll:seen", "roll:edited", "roll:frozen", "phone:seen", "phone:changed"})
"""The same with a roll, before there is an election."""


@dataclass(frozen=True, slots=True)
class Happened:
    """An event that may concern an owner."""

    kind: str
    role: str
    account: int | None
    at: datetime
    count: int
    named: bool
    """Whether it names this owner, and not a list."""


@dataclass(frozen=True, slots=True)
class Concern:
    """A line that the owner is shown."""

    kind: str
    role: str
    account: int | None
    at: datetime
    """The last time."""
    count: int
    """How many stood on the longest list."""
    times: int
    """How often on that day."""
    listed: bool


def concerns_of(events: Sequence[Happened], cast: Sequence[datetime]) -> list[Concern]:
    """Return what an owner is shown, the latest first.

    Args:
        events: those of the owner, of the owner's election and of the estate's rolls.
        cast: when the owner's ballots came.
    """
    voted = min(cast, default=None)
    lines: dict[object, Concern] = {}
    for number, each in enumerate(sorted(events, key=lambda each: each.at)[::-1]):
        voted_before = each.kind in WAITING_KINDS and voted is not None and voted <= each.at
        if not each.named and (voted_before or each.count == 0):
            continue
        made = Concern(each.kind, each.role, each.account, each.at, each.count, 1, listed=not each.named)
        key = number if each.named else (each.kind, each.role, each.account, each.at.astimezone(CHINA).date())
        before = lines.get(key)
        lines[key] = (
            made if before is None else replace(before, times=before.times + 1, count=max(before.count, each.count))
        )
    return list(lines.values())
