"""Queries about logs, how far they have come, and what waits to get into them.

 * What is written here is written in the sequencer's transaction, which holds the head from its first reading.

Not here: reading a log's tiles and entries for others (`tree_store`), who watches it (`witness_store`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import rfc8785
from tortoise.connection import get_connection
from tortoise.expressions import F

from crypto.tile import Tile, edge_tiles
from vote.db import fits
from vote.errors import ContradictionError
from vote.log.models import Log, LogAlarm, LogCheckpoint, LogEntry, LogHead, LogTile, PendingEntry

_ADD = "INSERT INTO log_entry (log_id, position, entry_id, leaf_hash) VALUES"
_ADD_ENTRY = {"sqlite": f"{_ADD} (?, ?, ?, ?)", "postgres": f"{_ADD} ($1, $2, $3, $4)"}
"""By dialect. A batch of models would take longer to make than the rows to write."""


@dataclass(frozen=True, slots=True)
class StoredLog:
    """A log."""

    id: int
    estate: str
    number: int
    origin: str
    verifier_key: str
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Head:
    """How far a log has come."""

    size: int
    root: bytes
    note: bytes
    """The checkpoint as the log signed it."""
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class Growth:
    """What a batch adds to a log."""

    head: Head
    entries: Sequence[tuple[int, bytes]]
    """Number and leaf hash of each pending entry, in the order of the log."""
    tiles: Mapping[Tile, bytes]
    """Those that became longer."""


@dataclass(frozen=True, slots=True)
class SignedHead:
    """A checkpoint of a log as the log signed it."""

    log: StoredLog
    size: int
    note: bytes
    signed_at: datetime


class LogRows:
    """Logs in the database."""

    async def find(self, estate: str, number: int | None = None) -> StoredLog | None:
        """Return an estate's log of a number; without one, the log that grows."""
        if not fits(Log, "estate_id", estate):
            return None
        query = Log.filter(estate_id=estate) if number is None else Log.filter(estate_id=estate, number=number)
        row = await query.order_by("-number").first()
        return _stored(row) if row else None

    async def all_of(self, estate: str) -> list[StoredLog]:
        """Return an estate's logs, the first one first."""
        return [_stored(row) for row in await Log.filter(estate_id=estate).order_by("number")]

    async def estates(self) -> list[str]:
        """Return the estates that have a log."""
        rows = await Log.filter(number=1).order_by("estate_id").values_list("estate_id", flat=True)
        return [str(row) for row in rows]

    async def add(self, log: StoredLog, head: Head) -> StoredLog:
        """Add a log and where it begins."""
        row = await Log.create(
            estate_id=log.estate,
            number=log.number,
            origin=log.origin,
            verifier_key=log.verifier_key,
            opened_at=log.opened_at,
        )
        await LogHead.create(log=row, size=head.size, root=head.root, note=head.note, signed_at=head.signed_at)
        await LogCheckpoint.create(log=row, size=head.size, note=head.note, signed_at=head.signed_at)
        return _stored(row)

    async def head(self, log: int, *, hold: bool = False) -> Head:
        """Return how far a log has come; held, nobody else moves it until the transaction ends."""
        query = LogHead.filter(log_id=log)
        row = await (query.select_for_update() if hold else query).get()
        return Head(row.size, bytes(row.root), bytes(row.note), row.signed_at.astimezone(UTC))

    async def edge(self, log: int, size: int) -> dict[Tile, bytes]:
        """Return the tiles at the right edge of a log of `size` entries, as they are in the database."""
        found = {}
        for tile in edge_tiles(size):
            row = await LogTile.filter(log_id=log, level=tile.level, position=tile.index).first().values("hashes")
            if row:
                found[tile] = bytes(row["hashes"])
        return found

    async def waiting_estates(self, above: int) -> list[str]:
        """Return the estates of which entries wait that were written behind the entry `above`."""
        query = PendingEntry.filter(id__gt=above, place__isnull=True).order_by("estate_id").distinct()
        return sorted(str(row) for row in await query.values_list("estate_id", flat=True))

    async def waiting(self, estate: str, above: int, most: int) -> list[tuple[int, bytes]]:
        """Return number and bytes of entries that wait, in the order written."""
        query = PendingEntry.filter(id__gt=above, estate_id=estate, place__isnull=True).order_by("id").limit(most)
        return [(int(number), bytes(body)) for number, body in await query.values_list("id", "body")]

    async def last_placed(self) -> int:
        """Return the number of the entry written last of those that are in a log; 0 if none is."""
        row = await LogEntry.all().order_by("-entry_id").first().values("entry_id")
        return int(row["entry_id"]) if row else 0

    async def grow(self, log: int, before: Head, growth: Growth) -> None:
        """Add a batch to a log and move its head, if that is still `before`.

        Raises:
            ContradictionError: it is not: somebody moved it who did not wait for it.
        """
        connection = get_connection("default")
        await connection.execute_many(
            _ADD_ENTRY[connection.capabilities.dialect],
            [[log, position, *entry] for position, entry in enumerate(growth.entries, start=before.size)],
        )
        await self._put_tiles(log, growth.tiles)
        after = growth.head
        await LogCheckpoint.create(log_id=log, size=after.size, note=after.note, signed_at=after.signed_at)
        moved = await LogHead.filter(log_id=log, size=before.size, note=before.note).update(
            size=after.size, root=after.root, note=after.note, signed_at=after.signed_at
        )
        if moved != 1:
            raise ContradictionError("The log's head was moved by somebody else: nothing was signed for others.")

    async def is_alarmed(self, log: int) -> bool:
        """Whether something was seen for which a log is only read from then on."""
        return await LogAlarm.filter(log_id=log).exists()

    async def raise_alarm(self, log: int, kind: str, facts: Mapping[str, str | int], now: datetime) -> None:
        """Keep why a log is only read from now on; the same again says nothing new."""
        body = rfc8785.dumps(dict(facts))
        if not await LogAlarm.filter(log_id=log, kind=kind, facts=body).exists():
            await LogAlarm.create(log_id=log, kind=kind, facts=body, since=now)

    async def unpublished(self) -> list[SignedHead]:
        """Return the head of each log that may grow, where nobody has seen it yet."""
        # What is filtered by is joined, what only stands in F is not.
        shown = LogCheckpoint.filter(published_at__isnull=True, log__head__size__gte=0, log__alarms__isnull=True)
        query = shown.filter(size=F("log__head__size"))
        heads = [_signed(row) for row in await query.select_related("log")]
        numbers = dict(await Log.all().order_by("number").values_list("estate_id", "number"))
        return [head for head in heads if numbers[head.log.estate] == head.log.number]

    async def publish(self, log: int, size: int, now: datetime) -> bool:
        """Note that everybody can read the checkpoint of a size from now on; return whether it was not so before."""
        return (
            await LogCheckpoint.filter(log_id=log, size=size, published_at__isnull=True).update(published_at=now) == 1
        )

    async def published(self, log: int) -> SignedHead | None:
        """Return the newest checkpoint that everybody can read, if there is one."""
        query = LogCheckpoint.filter(log_id=log, published_at__isnull=False).order_by("-size").select_related("log")
        row = await query.first()
        return _signed(row) if row else None

    async def _put_tiles(self, log: int, tiles: Mapping[Tile, bytes]) -> None:
        new = []
        for tile, hashes in tiles.items():
            place = LogTile.filter(log_id=log, level=tile.level, position=tile.index)
            if not await place.update(hashes=hashes):
                new.append(LogTile(log_id=log, level=tile.level, position=tile.index, hashes=hashes))
        await LogTile.bulk_create(new)


def _stored(row: Log) -> StoredLog:
    estate = str(row.estate_id)  # type: ignore[attr-defined]  # tortoise adds it
    return StoredLog(row.id, estate, row.number, row.origin, row.verifier_key, row.opened_at.astimezone(UTC))


def _signed(row: LogCheckpoint) -> SignedHead:
    log: Log = row.log
    return SignedHead(_stored(log), row.size, bytes(row.note), row.signed_at.astimezone(UTC))
