"""Decides what a record may say of the outsiders who look after the log, and how long a result waits for them.

 * Without a policy nobody looks: everything says so, and nothing waits.
 * A total or a certificate waits until the quorum saw what it follows from, but no longer than three days: then it comes
   out with the mark.
 * Closing is to be seen within five minutes; who runs the estate is told if it is not.

Not here: who has seen what (`watching`).
"""

from datetime import datetime, timedelta
from enum import StrEnum

LONGEST_WAIT = timedelta(days=3)
CLOSING_WAIT = timedelta(minutes=5)


class Standing(StrEnum):
    """What a record may say of itself."""

    WITNESSED = "witnessed"
    """The quorum has seen it, and it cannot be changed unseen."""
    WAITING = "waiting"
    """The quorum has not seen it yet."""
    UNWATCHED = "unwatched"
    """Nobody looks after the log of this estate."""


def standing(*, watched: bool, position: int | None, seen: int) -> Standing:
    """Return how an entry stands.

    Args:
        watched: whether the estate has a policy.
        position: of the entry in its log, from 0; None while it is in none.
        seen: how many entries of that log the quorum has seen.
    """
    if not watched:
        return Standing.UNWATCHED
    return Standing.WITNESSED if position is not None and position < seen else Standing.WAITING


def may_go_on(found: Standing, happened_at: datetime, now: datetime) -> bool:
    """Whether what follows from an entry may come out."""
    return found is not Standing.WAITING or now - happened_at >= LONGEST_WAIT


def is_late(found: Standing, happened_at: datetime, now: datetime) -> bool:
    """Whether the entry of a closing should have been seen by now."""
    return found is Standing.WAITING and now - happened_at > CLOSING_WAIT
