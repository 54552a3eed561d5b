"""Gathers who did what with an election, for everybody: how often, when last, and each change of roles or closing by its day.

Numbers and days, and nobody's name or home. Not here: what one owner is told (`vote.web.owner.looks`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request

from vote.account.event_store import DatedCount
from vote.account.events import EventKind, EventService
from vote.web.seen import Seen

DATED = (
    EventKind.JOINED,
    EventKind.KEY_REPLACED,
    EventKind.ELECTION_EXTENDED,
    EventKind.ROLL_CORRECTED,
    EventKind.CANDIDATE_WITHDRAWN,
    EventKind.ELECTION_ANNULLED,
)
"""Changes of roles and of what was sealed; each is told with its moment and the role that made it."""


@dataclass(frozen=True, slots=True)
class Deed:
    """A change that is told by itself."""

    kind: str
    role: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Deeds:
    """What was done with an election."""

    counts: Sequence[DatedCount]
    changes: Sequence[Deed]


async def deeds_of(request: Request, seen: Seen) -> Deeds:
    """Return what was done with an election, and with the rolls of its estate."""
    events: EventService = request.state["events"]
    uuid = seen.stored.uuid
    return Deeds(
        await events.dated(uuid, seen.stored.draft.estate),
        [Deed(each.kind, each.role, each.happened_at) for each in await events.moments(uuid, DATED)],
    )
