"""Queries about time stamps of checkpoints; none of them is ever changed.

Not here: getting one (`stamping`).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from vote.log.models import LogCheckpoint, LogStamp, PendingEntry
from vote.log.rules import Kind

FOLDER = "anchors"


@dataclass(frozen=True, slots=True)
class Stamp:
    """The word of a time stamp authority about a checkpoint."""

    size: int
    note: bytes
    """What was stamped: the checkpoint as the log signed it, without what witnesses signed below."""
    token: bytes
    """The authority's answer (RFC 3161)."""
    stamped_at: datetime

    @property
    def path(self) -> str:
        """Where the token is, below the log's prefix."""
        return f"{FOLDER}/{self.size}.tsr"

    @property
    def note_path(self) -> str:
        """Where the checkpoint that was stamped is, which nothing is signed below later."""
        return f"{FOLDER}/{self.size}.checkpoint"


class StampStore:
    """Time stamps in the database."""

    async def add(self, log: int, size: int, token: bytes, now: datetime) -> None:
        """Keep a stamp; another process may have got one of the same checkpoint, which stays."""
        await LogStamp.bulk_create(
            [LogStamp(log_id=log, size=size, token=token, stamped_at=now)], ignore_conflicts=True
        )

    async def all_of(self, log: int, size: int) -> list[Stamp]:
        """Return the stamps of a log's checkpoints of at most `size` entries, the first one first."""
        rows = await LogStamp.filter(log_id=log, size__lte=size).order_by("size")
        sizes = [row.size for row in rows]
        notes = dict(await LogCheckpoint.filter(log_id=log, size__in=sizes).values_list("size", "note"))
        return [
            Stamp(row.size, bytes(notes[row.size]), bytes(row.token), row.stamped_at.astimezone(UTC)) for row in rows
        ]

    async def last(self, log: int) -> tuple[int, datetime] | None:
        """Return size and moment of a log's last stamp."""
        row = await LogStamp.filter(log_id=log).order_by("-size").first()
        return (row.size, row.stamped_at.astimezone(UTC)) if row else None

    async def has_entry(self, estate: str, log: int, kinds: Collection[Kind], start: int, end: int) -> bool:
        """Whether an entry of one of `kinds` stands from place `start` on and before `end`."""
        placed = PendingEntry.filter(estate_id=estate, kind__in=[str(kind) for kind in kinds])
        return await placed.filter(place__log_id=log, place__position__gte=start, place__position__lt=end).exists()
