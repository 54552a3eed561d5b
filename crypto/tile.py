"""Cuts a log into files that never change: tiles of 256 hashes, and bundles of the 256 entries below them.

 * A full tile or bundle is final. A partial one, at the right edge, says its width in its path and stays as it is too.
 * Level 0 has the hashes of entries; each hash of a level above is the root of a full tile of the level below. A partial
   tile is never hashed into a parent, and an empty one does not exist.
 * An entry stands behind its length in two bytes, most significant first; so it has at most 65,535 bytes.
 * A path has one spelling: groups of three digits, all but the last led by an x.

Follows SPEC.md §19.4, C2SP tlog-tiles v0.1.0 and as of commit 5ba5ee8.

>>> tile_path(Tile(0, 1234067))
'tile/0/x001/x234/067'
>>> parse_tile_path("tile/entries/273.p/112")
Bundle(index=273, width=112)
>>> [tile_path(tile) for tile in edge_tiles(70000)]
['tile/0/273.p/112', 'tile/1/001.p/17', 'tile/2/000.p/1']
>>> decode_bundle(encode_bundle([b"a", b""]), 2)
(b'a', b'')

Not here: how a tree grows (`crypto.edge`), how it is read from tiles (`crypto.tile_tree`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crypto.encoding import MAX_INT64
from crypto.errors import MalformedError
from crypto.merkle import HASH_BYTES

TILE_HEIGHT = 8
TILE_WIDTH = 1 << TILE_HEIGHT
MAX_LEVEL = 63
MAX_ENTRY_BYTES = 0xFFFF

_LENGTH_BYTES = 2
_MAX_INDEX = MAX_INT64 >> TILE_HEIGHT
_PATH = re.compile(
    r"tile/(?P<level>entries|0|[1-9][0-9]?)/(?P<index>(?:x[0-9]{3}/){0,5}[0-9]{3})(?:\.p/(?P<width>[1-9][0-9]{0,2}))?"
)


@dataclass(frozen=True, slots=True)
class Tile:
    """A run of hashes of one level.

    Raises:
        MalformedError: there is no such tile.
    """

    level: int
    """Each hash stands for 256 ** level entries."""
    index: int
    """How many full tiles are to the left of it."""
    width: int = TILE_WIDTH
    """How many hashes it has; 256 if it is full."""

    def __post_init__(self) -> None:
        if not 0 <= self.level <= MAX_LEVEL:
            raise MalformedError(f"tile: a level from 0 to {MAX_LEVEL} is expected")
        _require_place(self.index, self.width)


@dataclass(frozen=True, slots=True)
class Bundle:
    """A run of entries: those whose hashes are the tile of level 0 with the same index.

    Raises:
        MalformedError: there is no such bundle.
    """

    index: int
    width: int = TILE_WIDTH

    def __post_init__(self) -> None:
        _require_place(self.index, self.width)


def tile_path(tile: Tile) -> str:
    """Return the path of a tile below the log's prefix."""
    return _path(str(tile.level), tile.index, tile.width)


def entries_path(index: int, width: int = TILE_WIDTH) -> str:
    """Return the path of a bundle of entries below the log's prefix.

    Raises:
        MalformedError: there is no such bundle.
    """
    bundle = Bundle(index, width)
    return _path("entries", bundle.index, bundle.width)


def path_of(part: Tile | Bundle) -> str:
    """Return the path of either below the log's prefix."""
    return tile_path(part) if isinstance(part, Tile) else entries_path(part.index, part.width)


def parse_tile_path(path: str) -> Tile | Bundle:
    """Return the tile or bundle that a path names.

    Raises:
        MalformedError: it names none, or in another spelling.
    """
    match = _PATH.fullmatch(path)
    if not match:
        raise MalformedError("tile: tile/LEVEL/INDEX is expected, with .p/WIDTH if it is partial")
    index, width = int(match["index"].replace("x", "").replace("/", "")), int(match["width"] or TILE_WIDTH)
    part = Bundle(index, width) if match["level"] == "entries" else Tile(int(match["level"]), index, width)
    if path_of(part) != path:
        raise MalformedError("tile: another spelling of a path")
    return part


def tiles_of(size: int) -> Iterator[Tile]:
    """Yield every tile of a log of `size` entries, level by level and from the left."""
    level = 0
    while hashes := size >> TILE_HEIGHT * level:
        yield from (Tile(level, index) for index in range(hashes // TILE_WIDTH))
        if hashes % TILE_WIDTH:
            yield Tile(level, hashes // TILE_WIDTH, hashes % TILE_WIDTH)
        level += 1


def bundles_of(size: int) -> Iterator[Bundle]:
    """Yield every bundle of a log of `size` entries from the left."""
    yield from (Bundle(index) for index in range(size // TILE_WIDTH))
    if size % TILE_WIDTH:
        yield Bundle(size // TILE_WIDTH, size % TILE_WIDTH)


def edge_tiles(size: int) -> tuple[Tile, ...]:
    """Return the partial tiles of a log of `size` entries, from level 0 up; they alone tell its root."""
    levels = range((size.bit_length() + TILE_HEIGHT - 1) // TILE_HEIGHT)
    counts = [(level, size >> TILE_HEIGHT * level) for level in levels]
    return tuple(Tile(level, count // TILE_WIDTH, count % TILE_WIDTH) for level, count in counts if count % TILE_WIDTH)


def encode_tile(hashes: Sequence[bytes]) -> bytes:
    """Write the hashes of a tile.

    Raises:
        MalformedError: none or more than 256, or one that is not 32 bytes.
    """
    if not 1 <= len(hashes) <= TILE_WIDTH or any(len(each) != HASH_BYTES for each in hashes):
        raise MalformedError(f"tile: 1 to {TILE_WIDTH} hashes of {HASH_BYTES} bytes are expected")
    return b"".join(hashes)


def decode_tile(data: bytes, width: int = TILE_WIDTH) -> tuple[bytes, ...]:
    """Read the hashes of a tile.

    Raises:
        MalformedError: they are not exactly `width`.
    """
    _require_place(0, width)
    if len(data) != width * HASH_BYTES:
        raise MalformedError(f"tile: {width} hashes of {HASH_BYTES} bytes are expected, not {len(data)} bytes")
    return tuple(data[at : at + HASH_BYTES] for at in range(0, len(data), HASH_BYTES))


def encode_bundle(entries: Sequence[bytes]) -> bytes:
    """Write a bundle of entries.

    Raises:
        MalformedError: none or more than 256 entries, or one longer than 65,535 bytes.
    """
    if not 1 <= len(entries) <= TILE_WIDTH:
        raise MalformedError(f"bundle: 1 to {TILE_WIDTH} entries are expected")
    if max(map(len, entries)) > MAX_ENTRY_BYTES:
        raise MalformedError(f"bundle: an entry has at most {MAX_ENTRY_BYTES} bytes")
    return b"".join([part for entry in entries for part in (len(entry).to_bytes(_LENGTH_BYTES, "big"), entry)])


def decode_bundle(data: bytes, width: int = TILE_WIDTH) -> tuple[bytes, ...]:
    """Read a bundle of entries.

    Raises:
        MalformedError: they are not exactly `width`, or something is cut off or left over.
    """
    _require_place(0, width)
    entries, at = [], 0
    try:
        for _ in range(width):
            start = at + _LENGTH_BYTES
            at = start + (data[at] << 8 | data[at + 1])
            entries.append(data[start:at])
    except IndexError:
        at = len(data) + 1
    if at > len(data):
        raise MalformedError(f"bundle: it is cut off; {width} entries are expected")
    if at != len(data):
        raise MalformedError(f"bundle: something is left over behind {width} entries")
    return tuple(entries)


def _path(level: str, index: int, width: int) -> str:
    groups = [f"{index % 1000:03}"]
    while index := index // 1000:
        groups.append(f"x{index % 1000:03}")
    partial = "" if width == TILE_WIDTH else f".p/{width}"
    return f"tile/{level}/{'/'.join(reversed(groups))}{partial}"


def _require_place(index: int, width: int) -> None:
    if not 0 <= index <= _MAX_INDEX:
        raise MalformedError(f"tile: an index from 0 to {_MAX_INDEX} is expected")
    if not 1 <= width <= TILE_WIDTH:
        raise MalformedError(f"tile: a width from 1 to {TILE_WIDTH} is expected")
