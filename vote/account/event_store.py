"""Queries about what was done in whose name."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from tortoise.functions import Count

from vote.account.models import Event, RoleKey
from vote.roll.models import Roll


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """That somebody did something."""

    kind: str
    account: int | None
    """None where a key was sent."""
    role: str
    person: str
    """A keyed digest; empty for staff."""
    estate: str | None
    election: str | None
    entitlement: int | None
    count: int
    happened_at: datetime


class EventStore:
    """Events in the database; they only grow."""

    async def add(self, event: StoredEvent) -> None:
        """Keep an event; the estate of its election is filled in."""
        if event.estate is None and event.election is not None:
            found = await RoleKey.filter(election_id=event.election).select_related("election").first()
            event = replace(event, estate=found.election.estate_id if found else None)
        await Event.create(
            kind=event.kind,
            account_id=event.account,
            role=event.role,
            person=event.person,
            estate_id=event.estate,
            election_id=event.election,
            entitlement=event.entitlement,
            count=event.count,
            happened_at=event.happened_at,
        )

    async def estate_of_roll(self, roll: int) -> str | None:
        """Return the estate of a roll."""
        row = await Roll.get_or_none(id=roll)
        return str(row.estate_id) if row else None  # type: ignore[attr-defined]

    async def of_account(self, account: int, limit: int) -> list[StoredEvent]:
        """Return the latest events of an account, the latest first."""
        return [_stored(row) for row in await Event.filter(account_id=account).order_by("-id").limit(limit)]

    async def of_entitlement(self, election: str, entitlement: int) -> list[StoredEvent]:
        """Return the events of one owner in an election, the latest first."""
        rows = await Event.filter(election_id=election, entitlement=entitlement).order_by("-id")
        return [_stored(row) for row in rows]

    async def of_election(self, election: str) -> list[StoredEvent]:
        """Return the events of an election in their order."""
        return [_stored(row) for row in await Event.filter(election_id=election).order_by("id")]

    async def counts(self, estate: str | None, election: str | None) -> Mapping[str, int]:
        """Return how often each kind happened."""
        rows = Event.filter(**({"election_id": election} if election is not None else {"estate_id": estate}))
        found = await rows.annotate(number=Count("id")).group_by("kind").order_by("kind").values_list("kind", "number")
        return {str(kind): int(number) for kind, number in found}

    async def last(self, estate: str, kind: str) -> datetime | None:
        """Return when an event of a kind last happened in an estate."""
        row = await Event.filter(estate_id=estate, kind=kind).order_by("-id").first()
        return row.happened_at if row else None


def _stored(row: Event) -> StoredEvent:
    return StoredEvent(
        row.kind,
        row.account_id,  # type: ignore[attr-defined]
        row.role,
        row.person,
        row.estate_id,  # type: ignore[attr-defined]
        row.election_id,  # type: ignore[attr-defined]
        row.entitlement,
        row.count,
        row.happened_at,
    )
