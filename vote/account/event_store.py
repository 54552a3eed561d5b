"""Queries about what was done in whose name."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from tortoise.expressions import Q
from tortoise.functions import Count, Max

from vote.account.concern import LIST_KINDS, ROLL_KINDS
from vote.account.models import Event, RoleKey
from vote.roll.models import Entitlement, Roll


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
    """The row in the roll."""
    count: int
    happened_at: datetime


@dataclass(frozen=True, slots=True)
class OwnerPlace:
    """Where an owner of an election stands."""

    election: str
    estate: str
    row: int
    """The entitlement's."""


@dataclass(frozen=True, slots=True)
class DatedCount:
    """How often something happened, and when last."""

    kind: str
    number: int
    last: datetime


class EventStore:
    """Events in the database; they only grow."""

    async def add_all(self, events: Sequence[StoredEvent]) -> None:
        """Keep events; the estate of their election is filled in."""
        first = events[0]
        if first.estate is None and first.election is not None:
            found = await self._election(first.election)
            events = [replace(event, estate=found.estate_id if found else None) for event in events]
        await Event.bulk_create(
            [
                Event(
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
                for event in events
            ],
            batch_size=500,
        )

    async def rows(self, owners: Sequence[int], *, election: str | None, roll: int | None) -> list[int]:
        """Return the rows of owners by their numbers in the roll of an election, else in `roll`; unknown ones have none."""
        if election is not None:
            found = await self._election(election)
            roll = found.roll_id if found else None
        rows = await Entitlement.filter(roll_id=roll, number__in=list(owners)).values("id")
        return [row["id"] for row in rows]

    async def numbers(self, election: str) -> dict[int, int]:
        """Return the number of each owner on an election's roll, by the row."""
        found = await self._election(election)
        rows = await Entitlement.filter(roll_id=found.roll_id if found else None).values("id", "number")
        return {row["id"]: row["number"] for row in rows}

    async def place(self, election: str, number: int) -> OwnerPlace | None:
        """Return where an owner of an election stands; None if its roll has no such number."""
        found = await self._election(election)
        row = await Entitlement.get_or_none(roll_id=found.roll_id, number=number) if found else None
        return OwnerPlace(election, found.estate_id, row.id) if found and row else None

    async def around(self, place: OwnerPlace) -> list[StoredEvent]:
        """Return the events that may concern an owner, in their order."""
        of_roll = Q(election_id__isnull=True, estate_id=place.estate)
        rows = Event.filter(
            (
                Q(election_id=place.election)
                & (Q(entitlement=place.row) | Q(entitlement__isnull=True, kind__in=list(LIST_KINDS)))
            )
            | (of_roll & (Q(entitlement=place.row) | Q(entitlement__isnull=True, kind__in=list(ROLL_KINDS))))
        )
        return [_stored(row) for row in await rows.order_by("id")]

    async def estate_of_roll(self, roll: int) -> str | None:
        """Return the estate of a roll."""
        row = await Roll.get_or_none(id=roll)
        return str(row.estate_id) if row else None  # type: ignore[attr-defined]

    async def of_account(self, account: int, limit: int) -> list[StoredEvent]:
        """Return the latest events of an account, the latest first."""
        return [_stored(row) for row in await Event.filter(account_id=account).order_by("-id").limit(limit)]

    async def of_election(self, election: str) -> list[StoredEvent]:
        """Return the events of an election in their order."""
        return [_stored(row) for row in await Event.filter(election_id=election).order_by("id")]

    async def counts(self, estate: str | None, election: str | None) -> Mapping[str, int]:
        """Return how often each kind happened."""
        rows = Event.filter(**({"election_id": election} if election is not None else {"estate_id": estate}))
        found = await rows.annotate(number=Count("id")).group_by("kind").order_by("kind").values_list("kind", "number")
        return {str(kind): int(number) for kind, number in found}

    async def dated(self, election: str, estate: str, roll_kinds: Collection[str]) -> list[DatedCount]:
        """Return how often each kind happened in an election or to an estate's rolls, and when last."""
        rows = Event.filter(
            Q(election_id=election) | Q(election_id__isnull=True, estate_id=estate, kind__in=list(roll_kinds))
        )
        found = (
            await rows.annotate(number=Count("id"), latest=Max("happened_at"))
            .group_by("kind")
            .order_by("kind")
            .values_list("kind", "number", "latest")
        )
        return [DatedCount(str(kind), int(number), _moment(latest)) for kind, number, latest in found]

    async def of_kinds(self, election: str, kinds: Sequence[str]) -> list[StoredEvent]:
        """Return the events of some kinds in an election, in their order."""
        rows = await Event.filter(election_id=election, kind__in=list(kinds)).order_by("id")
        return [_stored(row) for row in rows]

    async def last(self, estate: str, kind: str) -> datetime | None:
        """Return when an event of a kind last happened in an estate."""
        row = await Event.filter(estate_id=estate, kind=kind).order_by("-id").first()
        return row.happened_at if row else None

    async def _election(self, uuid: str) -> Any:  # noqa: ANN401 - a row of an area above this one
        """Return the election's row, by any of its keys; every election has some."""
        found = await RoleKey.filter(election_id=uuid).select_related("election").first()
        return found.election if found else None


def _moment(latest: datetime | str) -> datetime:
    """Read a moment that SQLite hands back as it keeps it."""
    moment = datetime.fromisoformat(latest) if isinstance(latest, str) else latest
    return moment.replace(tzinfo=moment.tzinfo or UTC)


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
