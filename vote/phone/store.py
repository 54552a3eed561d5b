"""Queries about owners' phones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from vote.phone.models import Phone
from vote.phone.rules import Phone as KnownPhone
from vote.phone.rules import Source, State
from vote.roll.models import Entitlement


@dataclass(frozen=True, slots=True)
class NewPhone:
    """A number to be kept, sealed; confirmed if its source is a way of confirming and it is in force."""

    entitlement: int
    """The row, not the number in the roll."""
    sealed: bytes
    digest: str
    source: Source
    confirmed_how: Source | None = None


@dataclass(frozen=True, slots=True)
class StoredPhone:
    """A number as the database has it, still sealed."""

    id: int
    entitlement: int
    """The row, not the number in the roll."""
    number: int
    """The entitlement's number in the roll."""
    sealed: bytes
    known: KnownPhone
    proposed_by: str


class PhoneStore:
    """Phones in the database."""

    async def add_all(self, phones: Sequence[NewPhone], now: datetime) -> None:
        """Put numbers in force where none is."""
        await Phone.bulk_create(
            [
                Phone(
                    entitlement_id=each.entitlement,
                    sealed=each.sealed,
                    digest=each.digest,
                    source=each.source,
                    state=State.ACTIVE,
                    confirmed_how=each.confirmed_how,
                    confirmed_at=now if each.confirmed_how else None,
                    created_at=now,
                )
                for each in phones
            ],
            batch_size=500,
        )

    async def lift(self, roll: int) -> list[tuple[int, NewPhone, datetime]]:
        """Take the numbers of a draft away; return those in force by entitlement number, and when they were brought."""
        lifted = [
            (row.entitlement.number, _new(row), row.created_at)
            for row in await Phone.filter(entitlement__roll_id=roll, state=State.ACTIVE).select_related("entitlement")
        ]
        ids = [row["id"] for row in await Phone.filter(entitlement__roll_id=roll).values("id")]
        for start in range(0, len(ids), 500):
            await Phone.filter(id__in=ids[start : start + 500]).delete()
        return lifted

    async def entitlements(self, roll: int) -> Mapping[int, int]:
        """Return the row of each entitlement's number in a roll."""
        return {row["number"]: row["id"] for row in await Entitlement.filter(roll_id=roll).values("number", "id")}

    async def active(self, roll: int) -> list[StoredPhone]:
        """Return every number in force of a roll's owners."""
        rows = Phone.filter(entitlement__roll_id=roll, state=State.ACTIVE).order_by("id")
        return [_stored(row) for row in await rows.select_related("entitlement")]

    async def known(self, roll: int) -> list[KnownPhone]:
        """Return what the rules know of every number in force of a roll's owners."""
        columns = "digest", "source", "state", "confirmed_how", "decided_at"
        return [
            _known(row) for row in await Phone.filter(entitlement__roll_id=roll, state=State.ACTIVE).values(*columns)
        ]

    async def active_of(self, entitlements: Sequence[int]) -> list[StoredPhone]:
        """Return the numbers in force of entitlements (the rows)."""
        rows = Phone.filter(entitlement_id__in=list(entitlements), state=State.ACTIVE)
        return [_stored(row) for row in await rows.select_related("entitlement")]

    async def find_active(self, entitlement: int) -> StoredPhone | None:
        """Return the number in force of an entitlement (the row), if there is one."""
        row = await Phone.filter(entitlement_id=entitlement, state=State.ACTIVE).select_related("entitlement").first()
        return _stored(row) if row else None

    async def hold(self, entitlement: int) -> None:
        """Let nobody else change an entitlement's numbers until the transaction ends."""
        await Phone.filter(entitlement_id=entitlement).order_by("id").select_for_update()

    async def confirm(self, phones: Sequence[int], how: Source, now: datetime) -> None:
        """Note that owners confirmed numbers; what was confirmed before stays as it is."""
        for start in range(0, len(phones), 500):
            query = Phone.filter(id__in=phones[start : start + 500], confirmed_how__isnull=True, state=State.ACTIVE)
            await query.update(confirmed_how=how, confirmed_at=now)

    async def replace(self, phone: int) -> bool:
        """Take a number out of force; return whether it was."""
        return await Phone.filter(id=phone, state=State.ACTIVE).update(state=State.REPLACED) == 1

    async def propose(self, phone: NewPhone, person: str, now: datetime) -> int:
        """Keep a change that the second person has not decided; return its number."""
        row = await Phone.create(
            entitlement_id=phone.entitlement,
            sealed=phone.sealed,
            digest=phone.digest,
            source=phone.source,
            state=State.PROPOSED,
            proposed_by=person,
            created_at=now,
        )
        return row.id

    async def proposed(self, roll: int) -> list[StoredPhone]:
        """Return every change that waits for the second person."""
        rows = Phone.filter(entitlement__roll_id=roll, state=State.PROPOSED).order_by("id")
        return [_stored(row) for row in await rows.select_related("entitlement")]

    async def decide(self, phone: StoredPhone, person: str, now: datetime, *, accepted: bool) -> None:
        """Put a proposed number in force, or note that it was refused."""
        changes = {"state": State.REFUSED, "decided_by": person, "decided_at": now}
        if accepted:
            confirmed = {"confirmed_how": phone.known.source, "confirmed_at": now}
            changes = {**changes, "state": State.ACTIVE, **confirmed}
        await Phone.filter(id=phone.id, state=State.PROPOSED).update(**changes)

    async def count_changes(self, roll: int) -> int:
        """Return how many numbers of a roll's owners were changed by two people."""
        query = Phone.filter(entitlement__roll_id=roll, decided_at__isnull=False)
        return await query.exclude(state=State.REFUSED).count()


def _new(row: Phone) -> NewPhone:
    return NewPhone(
        row.entitlement.id,
        bytes(row.sealed),
        row.digest,
        Source(row.source),
        Source(row.confirmed_how) if row.confirmed_how else None,
    )


def _stored(row: Phone) -> StoredPhone:
    return StoredPhone(
        row.id,
        row.entitlement.id,
        row.entitlement.number,
        bytes(row.sealed),
        _known(vars(row)),
        row.proposed_by or "",
    )


def _known(row: Mapping[str, Any]) -> KnownPhone:
    return KnownPhone(
        row["digest"],
        Source(row["source"]),
        State(row["state"]),
        Source(row["confirmed_how"]) if row["confirmed_how"] else None,
        changed_late=row["decided_at"] is not None,
    )
