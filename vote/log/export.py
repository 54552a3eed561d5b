"""Copies what is published of logs to where anybody can fetch it without this server: a folder, or storage elsewhere.

 * Tiles and bundles come first, the checkpoint last: it never speaks of what is not there. Whoever is stopped in between
   leaves a log that holds; the next one goes on.
 * What is there is never replaced by other bytes, except the checkpoint, the policy and the key. A checkpoint that this
   database does not continue is an alarm, not something to write over. A log that was continued after an alarm stays as it
   is there. What is in the way of one log holds up no other.
 * Before anything is written, the tiles are found to have the checkpoint's root, and each entry to be in its tile.
 * The folder of partial tiles goes when the full tile is there, as tlog-tiles allows.

Follows C2SP tlog-tiles v0.1.0. Not here: how a file is kept (`storage`, `bucket`), serving (`views`).
"""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from crypto.checkpoint import Checkpoint, decode_checkpoint, open_checkpoint
from crypto.errors import CryptoError
from crypto.merkle import leaf_hashes
from crypto.note import decode_note, decode_verifier_key
from crypto.tile import TILE_HEIGHT, TILE_WIDTH, Bundle, Tile, bundles_of, decode_bundle, path_of, tiles_of
from vote.errors import ContradictionError, UnavailableError
from vote.log.log_store import StoredLog
from vote.log.reading import LogReader, PublishedLog
from vote.log.storage import Storage

CHECKPOINT, POLICY, KEY = "checkpoint", "policy", "key"


@dataclass(frozen=True, slots=True)
class Exporter:
    """Writes logs into a storage, under the paths that they have on this server: `log/ESTATE/…`."""

    reader: LogReader
    storage: Storage
    done: dict[str, tuple[bytes, ...]] = field(default_factory=dict)
    """What this process knows to be there, by origin: a storage elsewhere is not asked again for it."""
    doubters: list[Callable[[StoredLog], None]] = field(default_factory=list)
    """Are told of a log of which something else is there than this database has, before it is signed again."""

    async def checkpoint(self, log: StoredLog) -> bytes | None:
        """Return the note that is kept there of a log; None if there is none.

        Raises:
            UnavailableError: it cannot be read now.
        """
        return await asyncio.to_thread(self.storage.get, f"{_place(log)}/{CHECKPOINT}")

    async def export(self, estate: str | None = None, *, whole: bool = False) -> int:
        """Write what was published since the last time, of one estate or of all; return how many files were new.

        Args:
            estate: the id; None for all.
            whole: whether every file is compared, also those that an earlier export wrote.

        Raises:
            ContradictionError: what is there is not the beginning of what this database has.
            UnavailableError: something could not be read or written; what was written holds.
        """
        estates = [estate] if estate is not None else await self.reader.rows.estates()
        logs = [log for each in estates for log in await self.reader.rows.all_of(each)]
        due = []
        for log, following in zip_longest(logs, logs[1:]):
            published = await self.reader.find(log.estate, log.number)
            if published is None:
                continue
            state = await self._state(published)
            if not whole and self.done.get(log.origin) == state:
                continue
            if following and following.estate == log.estate and await self._stays(log):
                self.done[log.origin] = state
            else:
                due.append(published)
        if not due:
            return 0
        new, troubles = 0, []
        with self.storage.alone():
            for each in due:
                try:
                    new += await self.export_log(each, whole=whole)
                except (ContradictionError, UnavailableError) as error:
                    troubles.append(error)
        if troubles:
            raise troubles[0]
        return new

    async def export_log(self, published: PublishedLog, *, whole: bool = False) -> int:
        """Write what is new of one log; return how many files that were.

        Raises:
            ContradictionError: what is there is not the beginning of it.
            UnavailableError: something could not be read or written; what was written holds.
        """
        log, note, state = published.log, published.checkpoint.note, await self._state(published)
        there = await self.checkpoint(log)
        if there == note and not whole:
            new = await self._write_beside(published)
        else:
            now = decode_checkpoint(decode_note(note).text)
            before = await self._before(log, there, now)
            if await self.reader.trees.tree(log.id).root(now.size) != now.root:
                raise ContradictionError(f"{log.origin}: the tiles in the database have not the root of the checkpoint")
            new = int(there != note)
            for part in _parts(0 if whole else before, now.size):
                new += await self._write_part(log, part)
            new += await self._write_beside(published)
            if there != note:
                await self._put(log, CHECKPOINT, note)
            for path in _outgrown(before, now.size):
                await asyncio.to_thread(self.storage.drop, f"{_place(log)}/{path}.p/")
        self.done[log.origin] = state
        return new

    async def _stays(self, log: StoredLog) -> bool:
        """Whether a log that was continued stays as it is there: an alarm says that this database does not know all of it."""
        return await self.reader.rows.is_alarmed(log.id) and await self.checkpoint(log) is not None

    async def _state(self, published: PublishedLog) -> tuple[bytes, ...]:
        """Return what tells whether anything is new of a log."""
        stamps = await self.reader.stamps.all_of(published.log.id, published.checkpoint.size)
        return published.checkpoint.note, await self.reader.policy(published), *(each.token for each in stamps)

    async def _before(self, log: StoredLog, there: bytes | None, now: Checkpoint) -> int:
        """Return the size of the checkpoint that is there already, which this log must continue."""
        if there is None:
            return 0
        try:
            before = open_checkpoint(there, decode_verifier_key(log.verifier_key))
        except CryptoError as error:
            raise ContradictionError(f"{_place(log)}/{CHECKPOINT}: it is not this log's: {error}") from None
        if before.size > now.size or before.root != await self.reader.trees.tree(log.id).root(before.size):
            for doubt in self.doubters:
                doubt(log)
            raise ContradictionError(
                f"{_place(log)}/{CHECKPOINT}: it has {before.size} entries that this database has not, or others: "
                "nothing was written; see `vote log witnesses`"
            )
        return before.size

    async def _write_part(self, log: StoredLog, part: Tile | Bundle) -> bool:
        """Write a tile or bundle if it is not there; return whether it was written."""
        data = await self.reader.read(log, part)
        if isinstance(part, Bundle):
            tile = await self.reader.read(log, Tile(0, part.index, part.width))
            if b"".join(leaf_hashes(decode_bundle(data, part.width))) != tile:
                raise ContradictionError(f"{log.origin}: an entry of {path_of(part)} is not the one that was signed")
        return await self._put_lasting(log, path_of(part), data)

    async def _write_beside(self, published: PublishedLog) -> int:
        log, new = published.log, 0
        for stamp in await self.reader.stamps.all_of(log.id, published.checkpoint.size):
            new += await self._put_lasting(log, stamp.path, stamp.token)
            new += await self._put_lasting(log, stamp.note_path, stamp.note)
        files = ((POLICY, await self.reader.policy(published)), (KEY, f"{log.verifier_key}\n".encode()))
        for name, data in files:
            if await asyncio.to_thread(self.storage.get, f"{_place(log)}/{name}") != data:
                await self._put(log, name, data)
                new += 1
        return new

    async def _put(self, log: StoredLog, name: str, data: bytes) -> None:
        await asyncio.to_thread(self.storage.put, f"{_place(log)}/{name}", data, lasting=False)

    async def _put_lasting(self, log: StoredLog, path: str, data: bytes) -> bool:
        name = f"{_place(log)}/{path}"
        there = await asyncio.to_thread(self.storage.get, name)
        if there is None:
            await asyncio.to_thread(self.storage.put, name, data, lasting=True)
        elif there != data:
            raise ContradictionError(f"{name}: other bytes are there than this database has: nothing was written over")
        return there is None


def _place(log: StoredLog) -> str:
    """Return where a log's files are: the path of its origin."""
    return log.origin[log.origin.rindex("log/" + log.estate) :]


def _parts(before: int, size: int) -> Iterator[Tile | Bundle]:
    """Yield what a log of `size` entries has that one of `before` had not."""
    for tile in tiles_of(size):
        if tile.index * TILE_WIDTH + tile.width > before >> TILE_HEIGHT * tile.level:
            yield tile
    for bundle in bundles_of(size):
        if bundle.index * TILE_WIDTH + bundle.width > before:
            yield bundle


def _outgrown(before: int, size: int) -> Iterator[str]:
    """Yield the paths of tiles and bundles that were partial and are full now."""
    for tile in tiles_of(size):
        at = before >> TILE_HEIGHT * tile.level
        if tile.width == TILE_WIDTH and tile.index == at // TILE_WIDTH:
            yield path_of(tile)
            if tile.level == 0:
                yield path_of(Bundle(tile.index))
