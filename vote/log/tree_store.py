"""Queries about a log's tree: its tiles, bundles of entries, roots and proofs, from the rows that sequencing wrote.

 * A tile is stored as long as it is by now and serves each shorter one: it begins with the same hashes.
 * A proof costs one query, however large the log.

Follows SPEC.md §19.4.

Not here: writing (`sequencing`), what was published of it (`published_store`).
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TypeVar

from tortoise.expressions import Q

from crypto.errors import VerificationError
from crypto.merkle import HASH_BYTES
from crypto.tile import TILE_WIDTH, Bundle, Tile, encode_bundle
from crypto.tile_tree import Reader, consistency_proof, inclusion_proof, root_of
from vote.errors import ContradictionError
from vote.log.models import LogEntry, LogHead, LogTile

_T = TypeVar("_T")


class TreeStore:
    """The trees of all logs in the database."""

    async def head_size(self, log: int) -> int:
        """Return how many entries a log has; none before its first was sequenced."""
        row = await LogHead.get_or_none(log_id=log)
        return int(row.size) if row else 0

    async def tile(self, log: int, level: int, position: int, width: int = TILE_WIDTH) -> bytes | None:
        """Return the hashes of a tile, or None if there are not so many yet."""
        tile = Tile(level, position, width)
        return (await self.tiles(log, [tile])).get(tile)

    async def tiles(self, log: int, tiles: Collection[Tile]) -> dict[Tile, bytes]:
        """Return the hashes of those of `tiles` that are there, by one query."""
        if not tiles:
            return {}
        places: dict[int, set[int]] = {}
        for tile in tiles:
            places.setdefault(tile.level, set()).add(tile.index)
        wanted = reduce(or_, [Q(level=level, position__in=sorted(at)) for level, at in places.items()])
        rows = await LogTile.filter(wanted, log_id=log).values_list("level", "position", "hashes")
        stored = {(level, position): bytes(hashes) for level, position, hashes in rows}
        found = {}
        for tile in tiles:
            hashes = stored.get((tile.level, tile.index), b"")
            if len(hashes) >= tile.width * HASH_BYTES:
                found[tile] = hashes[: tile.width * HASH_BYTES]
        return found

    async def entries(self, log: int, start: int, end: int) -> tuple[bytes, ...]:
        """Return the entries from `start` on and before `end`; fewer where the log ends sooner."""
        rows = LogEntry.filter(log_id=log, position__gte=start, position__lt=end).order_by("position")
        return tuple(bytes(body) for body in await rows.values_list("entry__body", flat=True))

    async def bundle(self, log: int, position: int, width: int = TILE_WIDTH) -> bytes | None:
        """Return a bundle of entries, or None if there are not so many yet."""
        bundle = Bundle(position, width)
        start = bundle.index * TILE_WIDTH
        entries = await self.entries(log, start, start + bundle.width)
        return encode_bundle(entries) if len(entries) == width else None

    def tree(self, log: int) -> "DatabaseTree":
        """Return the tree of one log."""
        return DatabaseTree(self, log)


@dataclass(frozen=True, slots=True)
class DatabaseTree:
    """The tree of one log as the database has it now; other processes may let it grow meanwhile."""

    store: TreeStore
    log: int

    async def head_size(self) -> int:
        """Return how many entries it has."""
        return await self.store.head_size(self.log)

    async def root(self, size: int) -> bytes:
        """Return the root of its first `size` entries.

        Raises:
            MalformedError: there is no such size.
            ContradictionError: the log has not so many entries, or a tile is missing.
        """
        return await self._read(lambda read: root_of(size, read))

    async def consistency_proof(self, old: int, size: int) -> Sequence[bytes]:
        """Return the proof that its first `size` entries begin with the first `old`.

        Raises:
            MalformedError: `old` is more than `size`, or there is no such size.
            ContradictionError: the log has not so many entries, or a tile is missing.
        """
        return await self._read(lambda read: consistency_proof(old, size, read))

    async def inclusion_proof(self, index: int, size: int) -> Sequence[bytes]:
        """Return the proof that the entry `index` is among its first `size` entries.

        Raises:
            MalformedError: `index` is not below `size`, or there is no such size.
            ContradictionError: the log has not so many entries, or a tile is missing.
        """
        return await self._read(lambda read: inclusion_proof(index, size, read))

    async def reader(self, need: Callable[[Reader], object]) -> Reader:
        """Return a reader of the tiles that `need` reads, fetched by one query.

        Args:
            need: reads tiles; which ones must not depend on what they say, as in all of `crypto.tile_tree`.
        """
        wanted: dict[Tile | Bundle, None] = {}

        def note(part: Tile | Bundle) -> bytes:
            wanted[part] = None
            return bytes(part.width * HASH_BYTES)

        need(note)
        found = await self.store.tiles(self.log, [part for part in wanted if isinstance(part, Tile)])
        tiles: dict[Tile | Bundle, bytes] = dict(found.items())
        return tiles.get

    async def _read(self, need: Callable[[Reader], _T]) -> _T:
        read = await self.reader(need)
        try:
            return need(read)
        except VerificationError as error:
            raise ContradictionError(f"log {self.log}: {error}") from None
