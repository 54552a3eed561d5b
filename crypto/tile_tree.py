"""Reads a tree from its tiles: its root, proofs without all of its entries, and all entries with every hash checked.

 * Where a partial tile or bundle is gone because the full one exists, the full one is cut to its width.
 * Proofs are made of what the tiles say; whoever gets one verifies it against a signed root.
 * Entries are handed out only after they were found to be under the root: from the root down to each tile, from the tile
   to each entry.

Follows SPEC.md §19.4, RFC 6962 §2.1.

>>> from crypto.edge import Edge
>>> from crypto.merkle import leaf_hash, root, verify_inclusion
>>> from crypto.tile import encode_bundle
>>> entries = [b"a", b"b", b"c"]
>>> files = {Bundle(0, 3): encode_bundle(entries), **Edge.of(0, {}).extend(map(leaf_hash, entries))}
>>> root_of(3, files.get) == root(entries)
True
>>> verify_inclusion(b"c", 2, 3, inclusion_proof(2, 3, files.get), root(entries))
>>> list(verified_bundles(3, root(entries), files.get))
[(b'a', b'b', b'c')]

Not here: where tiles come from, and what entries say.
"""

from collections.abc import Callable, Iterator
from functools import cache

from crypto.edge import Edge
from crypto.encoding import MAX_INT64
from crypto.errors import MalformedError, VerificationError
from crypto.merkle import HASH_BYTES, leaf_hashes, node_hash, root_of_hashes
from crypto.tile import (
    TILE_HEIGHT,
    TILE_WIDTH,
    Bundle,
    Tile,
    bundles_of,
    decode_bundle,
    decode_tile,
    edge_tiles,
    path_of,
)

Reader = Callable[[Tile | Bundle], bytes | None]
"""Returns the bytes of a tile or bundle, or None if it is not there."""


def root_of(size: int, read: Reader) -> bytes:
    """Return the root of the tree of `size` entries, from the tiles at its right edge.

    Raises:
        MalformedError: there is no such size, or a tile has another length.
        VerificationError: a tile is missing.
    """
    _require_size(size)
    return Edge.of(size, _read_edge(size, read)).root()


def inclusion_proof(index: int, size: int, read: Reader) -> tuple[bytes, ...]:
    """Return the hashes that lead from the entry `index` to the root of `size` entries (RFC 9162 §2.1.3.1).

    Raises:
        MalformedError: there is no such entry, or a tile has another length.
        VerificationError: a tile is missing.
    """
    _require_size(size)
    if not 0 <= index < size:
        raise MalformedError(f"entry {index} was asked for, but the log has {size}, counted from 0")
    ranges, start, end = [], 0, size
    while end - start > 1:
        middle = start + _half(end - start)
        if index < middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    return _hashes(ranges, size, read)


def consistency_proof(old: int, size: int, read: Reader) -> tuple[bytes, ...]:
    """Return the hashes that show that `size` entries begin with the first `old` (RFC 9162 §2.1.4.1).

    Raises:
        MalformedError: the log never had that size, or a tile has another length.
        VerificationError: a tile is missing.
    """
    _require_size(size)
    if not 0 <= old <= size:
        raise MalformedError(f"a log of {old} entries was asked for, but this one has {size}")
    if old == 0:
        return ()
    ranges, start, end = [], 0, size
    while old < end:
        middle = start + _half(end - start)
        if old <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    # What begins at 0 is the old tree itself, whose root the reader has.
    return _hashes([*ranges, (start, end)] if start else ranges, size, read)


def verified_bundles(size: int, root: bytes, read: Reader) -> Iterator[tuple[bytes, ...]]:
    """Yield all entries of the log with this size and root, 256 at a time, from the first on.

    Every tile of the tree is read once and must be what the root speaks for; so must every entry that is yielded. What
    is wrong is found when the entries before it have been yielded.

    Raises:
        MalformedError: there is no such size, or a tile or bundle is none.
        VerificationError: something is missing or was altered; the message names the file.
    """
    _require_size(size)
    edge = _read_edge(size, read)
    if Edge.of(size, edge).root() != root:
        raise VerificationError(_fault_at_edge(size, edge, read))
    tiles = _VerifiedTiles(size, edge, read)
    for bundle in bundles_of(size):
        entries = read_bundle(bundle, read)
        if b"".join(leaf_hashes(entries)) != tiles.get(0, bundle.index):
            raise VerificationError(f"{path_of(bundle)}: an entry is not the one whose hash is in the tile")
        yield entries


def read_tile(tile: Tile, read: Reader) -> bytes:
    """Return the hashes of a tile, cut from the full one if the partial one is gone.

    Raises:
        MalformedError: it has another length.
        VerificationError: it is missing.
    """
    data, width = _read(tile, Tile(tile.level, tile.index), read)
    if len(data) != width * HASH_BYTES:
        raise MalformedError(f"{path_of(tile)}: {width} hashes are expected, not {len(data)} bytes")
    return data[: tile.width * HASH_BYTES]


def read_bundle(bundle: Bundle, read: Reader) -> tuple[bytes, ...]:
    """Return the entries of a bundle, cut from the full one if the partial one is gone.

    Raises:
        MalformedError: it is none.
        VerificationError: it is missing.
    """
    data, width = _read(bundle, Bundle(bundle.index), read)
    try:
        return decode_bundle(data, width)[: bundle.width]
    except MalformedError as error:
        raise MalformedError(f"{path_of(bundle)}: {error}") from None


class _VerifiedTiles:
    """Reads each tile once and compares it with what the tile above says of it."""

    def __init__(self, size: int, edge: dict[Tile, bytes], read: Reader) -> None:
        self._size = size
        self._edge = edge
        self._read = read
        self._latest: dict[int, tuple[int, bytes]] = {}

    def get(self, level: int, index: int) -> bytes:
        """Return the hashes of a tile; the one last asked for at each level is kept."""
        tile = _tile_at(level, index, self._size)
        if tile.width < TILE_WIDTH:
            return self._edge[tile]
        at, data = self._latest.get(level, (-1, b""))
        if at != index:
            data = read_tile(tile, self._read)
            if root_of_hashes(decode_tile(data)) != _hash_in(self.get(level + 1, index // TILE_WIDTH), index):
                raise VerificationError(f"{path_of(tile)}: it is not the one that the tile above speaks for")
            self._latest[level] = index, data
        return data


def _fault_at_edge(size: int, edge: dict[Tile, bytes], read: Reader) -> str:
    """Return which tile at the right edge is not the root of what lies below it, if one is."""
    for tile, hashes in edge.items():
        if tile.level == 0:
            below = leaf_hashes(read_bundle(Bundle(tile.index, tile.width), read))
        else:
            first = tile.index * TILE_WIDTH
            children = (Tile(tile.level - 1, first + at) for at in range(tile.width))
            below = [root_of_hashes(decode_tile(read_tile(child, read))) for child in children]
        if b"".join(below) != hashes:
            return f"{path_of(tile)}: its hashes are not those of what lies below it, nor the root of the checkpoint"
    return f"the tiles at the right edge of {size} entries do not have the root of the checkpoint"


def _read_edge(size: int, read: Reader) -> dict[Tile, bytes]:
    return {tile: read_tile(tile, read) for tile in edge_tiles(size)}


def _read(part: Tile | Bundle, whole: Tile | Bundle, read: Reader) -> tuple[bytes, int]:
    """Return the bytes of `part` or else of `whole`, and how many hashes or entries they are."""
    for each in dict.fromkeys((part, whole)):
        data = read(each)
        if data is not None:
            return data, each.width
    raise VerificationError(f"{path_of(part)}: it is missing")


def _tile_at(level: int, index: int, size: int) -> Tile:
    """Return the tile as wide as it is in a log of `size` entries."""
    return Tile(level, index, min(TILE_WIDTH, (size >> TILE_HEIGHT * level) - index * TILE_WIDTH))


def _hash_in(data: bytes, index: int) -> bytes:
    start = index % TILE_WIDTH * HASH_BYTES
    return data[start : start + HASH_BYTES]


def _half(length: int) -> int:
    """Return the largest power of two below `length`, which is at least 2."""
    return 1 << (length - 1).bit_length() - 1


def _hashes(ranges: list[tuple[int, int]], size: int, read: Reader) -> tuple[bytes, ...]:
    """Return the hashes of ranges of entries that were met on the way down, from the bottom up."""
    read_once = cache(lambda tile: read_tile(tile, read))
    return tuple(_range_hash(start, end, size, read_once) for start, end in reversed(ranges))


def _range_hash(start: int, end: int, size: int, read_once: Callable[[Tile], bytes]) -> bytes:
    """Return the root of the entries from `start` to `end`, of which only the last subtrees are not whole."""
    peaks = []
    while start < end:
        height = (end - start).bit_length() - 1
        level, rest = divmod(height, TILE_HEIGHT)
        first = start >> TILE_HEIGHT * level
        data = read_once(_tile_at(level, first // TILE_WIDTH, size))
        peaks.append(root_of_hashes([_hash_in(data, first + at) for at in range(1 << rest)]))
        start += 1 << height
    result = peaks.pop()
    while peaks:
        result = node_hash(peaks.pop(), result)
    return result


def _require_size(size: int) -> None:
    if not 0 <= size <= MAX_INT64:
        raise MalformedError(f"a log of {size} entries cannot be")
