"""Queries about pending log entries."""

from collections.abc import Sequence
from datetime import UTC, datetime

from vote.log.kinds import require_entry
from vote.log.models import PendingEntry
from vote.log.rules import Facts, Kind, encode_entry


class LogStore:
    """Pending entries in the database; they only grow."""

    async def append(self, estate: str, kind: Kind, facts: Facts, now: datetime) -> None:
        """Record a fact, in the transaction of the fact itself."""
        await self.append_all(estate, kind, [facts], now)

    async def append_all(self, estate: str, kind: Kind, facts: Sequence[Facts], now: datetime) -> None:
        """Record facts of one kind in the order given, in the transaction of the facts themselves."""
        bodies = [encode_entry(kind, each) for each in facts]
        for body in bodies:
            require_entry(body, "a new entry")
        rows = [PendingEntry(estate_id=estate, kind=kind, body=body, happened_at=now) for body in bodies]
        await PendingEntry.bulk_create(rows, batch_size=500)

    async def bodies(self, estate: str) -> list[bytes]:
        """Return the entries of an estate in the order written."""
        rows = await PendingEntry.filter(estate_id=estate).order_by("id").values_list("body", flat=True)
        return [bytes(row) for row in rows]

    async def dated(self, estate: str) -> list[tuple[bytes, datetime]]:
        """Return the entries of an estate with the moment of each, in the order written."""
        rows = await PendingEntry.filter(estate_id=estate).order_by("id").values_list("body", "happened_at")
        return [(bytes(body), at.astimezone(UTC)) for body, at in rows]
