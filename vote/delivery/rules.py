"""Decides what became of a letter, who may be reminded when, and whether printed letters add up.

 * A letter is delivered only if it came into the owner's own hands, or into those of whoever has the owner's written
   authority. A mailbox, a tenant or a neighbour is an attempt, not a delivery (rulebook §9a.4).
 * What was written down by mistake is taken back by a later line; nothing is deleted.
 * Reminders go to those who have not voted, at most once a day and never at night.
 * Every printed letter was either sent to an owner or is void.

Not here: who may write it down, storing it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from vote.clock import CHINA
from vote.errors import Reason, RefusedError

MAX_CARRIER = 60
MAX_PROOF = 200
FIRST_HOUR, LAST_HOUR = 8, 20
"""Reminders are sent from the first to before the last of these hours in China."""


class Outcome(StrEnum):
    """What somebody wrote down of a letter."""

    HAND = "hand"
    """Brought to the owner, who took it."""
    COLLECTED = "collected"
    """Fetched by the owner in person."""
    POST = "post"
    """Registered mail, signed for by the owner."""
    AGENT = "agent"
    """Taken by whoever has the owner's written authority."""
    MAILBOX = "mailbox"
    TENANT = "tenant"
    NOBODY = "nobody"
    """Nobody was at home."""
    RETURNED = "returned"
    REFUSED = "refused"
    """The owner did not want it."""
    MISTAKEN = "mistaken"
    """The line before was a mistake."""


class Standing(StrEnum):
    """Where a letter is."""

    WAITING = "waiting"
    TRIED = "tried"
    RETURNED = "returned"
    DELIVERED = "delivered"


DELIVERED = frozenset({Outcome.HAND, Outcome.COLLECTED, Outcome.POST, Outcome.AGENT})
_STANDING: Mapping[Outcome, Standing] = {
    **dict.fromkeys(DELIVERED, Standing.DELIVERED),
    Outcome.MAILBOX: Standing.TRIED,
    Outcome.TENANT: Standing.TRIED,
    Outcome.NOBODY: Standing.TRIED,
    Outcome.RETURNED: Standing.RETURNED,
    Outcome.REFUSED: Standing.RETURNED,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the register."""

    outcome: Outcome
    happened_on: date
    carrier: str
    proof: str
    recorded_at: datetime
    recorded_by: str
    """The role."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter and its lines, in the order written down."""

    entitlement: int
    """Its number in the roll."""
    places: tuple[str, ...]
    building: str
    lines: tuple[Line, ...]

    @property
    def last(self) -> Line | None:
        """The line that counts; none if nothing was written down or all of it was taken back."""
        return find_last(self.lines)

    @property
    def standing(self) -> Standing:
        """Where the letter is."""
        return standing_of(self.lines)


def find_last(lines: Sequence[Line]) -> Line | None:
    """Return the line that counts: a delivery is not undone by a later attempt, a mistake takes back the one before."""
    kept: list[Line] = []
    for line in lines:
        if line.outcome is not Outcome.MISTAKEN:
            kept.append(line)
        elif kept:
            kept.pop()
    delivered = [line for line in kept if line.outcome in DELIVERED]
    return delivered[-1] if delivered else kept[-1] if kept else None


def standing_of(lines: Sequence[Line]) -> Standing:
    """Return where a letter is."""
    last = find_last(lines)
    return Standing.WAITING if last is None else _STANDING[last.outcome]


def count_standings(letters: Iterable[Letter]) -> dict[Standing, int]:
    """Return how many letters are where."""
    found = [letter.standing for letter in letters]
    return {standing: found.count(standing) for standing in Standing}


def require_line(outcome: str, happened_on: date, carrier: str, proof: str, *, today: date) -> Outcome:
    """Return what a line says, if it can be written down.

    Raises:
        RefusedError: it names no outcome, nobody, or a day to come.
    """
    if outcome not in set(Outcome):
        raise RefusedError(
            Reason.MALFORMED, f"What became of a letter is one of {', '.join(Outcome)}.", zh="请选这封信送得怎么样。"
        )
    if happened_on > today:
        raise RefusedError(
            Reason.MALFORMED,
            "The day of a delivery lies in the future: give the day on which it happened.",
            zh="送信的日期还没有到，请填实际送到的那一天。",
        )
    if not _is_line(carrier, MAX_CARRIER) or (proof and not _is_line(proof, MAX_PROOF)):
        raise RefusedError(
            Reason.MALFORMED,
            f"Say who delivered it, in up to {MAX_CARRIER} characters, and the proof in one line of up to {MAX_PROOF}.",
            zh=f"请写谁送的，最多{MAX_CARRIER}个字；凭据写在一行里，最多{MAX_PROOF}个字。",
        )
    return Outcome(outcome)


def require_reminder(now: datetime, last: datetime | None, waiting: int) -> None:
    """Raise unless those who have not voted may be reminded now.

    Args:
        now: the moment of asking.
        last: when they were reminded last.
        waiting: how many can be told.

    Raises:
        RefusedError: it is night, they were reminded today, or there is nobody to tell.
    """
    local = now.astimezone(CHINA)
    if not FIRST_HOUR <= local.hour < LAST_HOUR:
        raise RefusedError(
            Reason.WRONG_STATE,
            f"Owners are reminded from {FIRST_HOUR} to {LAST_HOUR} o'clock only: wait until then.",
            zh=f"只在{FIRST_HOUR}点到{LAST_HOUR}点提醒业主，请到那时再点。",
        )
    if last is not None and last.astimezone(CHINA).date() == local.date():
        raise RefusedError(
            Reason.CONFLICT,
            "Owners were reminded today already: once a day is enough, wait for tomorrow.",
            zh="今天已经提醒过了，一天一次就够，请明天再点。",
        )
    if waiting == 0:
        raise RefusedError(
            Reason.CONFLICT,
            "Nobody who has not voted has a confirmed telephone: call on them instead.",
            zh="还没有投票的业主都没有确认过的手机号，请上门提醒。",
        )


def letters_missing(printed: int, issued: int, void: int) -> int:
    """Return how many printed letters are neither sent nor void; negative if more were sent than printed."""
    return printed - issued - void


def _is_line(text: str, longest: int) -> bool:
    return bool(text.strip()) and len(text) <= longest and text.isprintable()
