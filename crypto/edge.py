"""The right edge of a growing tree: the little that is needed to add entries to a log of any size.

 * It has at most 255 hashes a level. All that is left of them is in full tiles and never changes.
 * Only what an edge has taken is in its root; whoever keeps one across transactions takes a new one after a failure.

Follows SPEC.md §19.4, RFC 6962 §2.1.

>>> from crypto.merkle import leaf_hash, root
>>> edge = Edge.of(0, {})
>>> changed = edge.extend([leaf_hash(b"a"), leaf_hash(b"b")])
>>> edge.size, edge.root() == root([b"a", b"b"]), list(changed)
(2, True, [Tile(level=0, index=0, width=2)])
>>> Edge.of(2, changed).root() == edge.root()
True

Not here: where tiles are kept, and reading a tree of others (`crypto.tile_tree`).
"""

from collections.abc import Iterable, Mapping

from crypto.encoding import MAX_INT64
from crypto.errors import MalformedError
from crypto.merkle import EMPTY_ROOT, HASH_BYTES, root_of_hashes
from crypto.tile import TILE_HEIGHT, TILE_WIDTH, Tile, decode_tile, edge_tiles, encode_tile


class Edge:
    """The right edge of a tree; it grows in place."""

    def __init__(self, size: int, levels: list[list[bytes]]) -> None:
        self._size = size
        self._levels = levels

    @classmethod
    def of(cls, size: int, tiles: Mapping[Tile, bytes]) -> "Edge":
        """Return the edge of the tree of `size` entries.

        Args:
            size: how many entries the tree has.
            tiles: at least those that `crypto.tile.edge_tiles` names for this size; others are not looked at.

        Raises:
            MalformedError: there is no such size, or a tile is missing or has another length.
        """
        if not 0 <= size <= MAX_INT64:
            raise MalformedError(f"edge: a size from 0 to {MAX_INT64} is expected")
        levels: list[list[bytes]] = [[] for _ in range(-(-size.bit_length() // TILE_HEIGHT))]
        for tile in edge_tiles(size):
            if tile not in tiles:
                raise MalformedError(f"edge: the tile of level {tile.level} with {tile.width} hashes is missing")
            levels[tile.level] = list(decode_tile(tiles[tile], tile.width))
        return cls(size, levels)

    @property
    def size(self) -> int:
        """How many entries the tree has."""
        return self._size

    def root(self) -> bytes:
        """Return the root of the tree, 32 bytes."""
        below: list[bytes] = []
        for level in self._levels:
            nodes = level + below
            below = [root_of_hashes(nodes)] if nodes else []
        return below[0] if below else EMPTY_ROOT

    def extend(self, leaf_hashes: Iterable[bytes]) -> dict[Tile, bytes]:
        """Add entries by their leaf hashes, and return the tiles that became longer, each as it is now.

        A tile that became full is among them, and if the level goes on, its new partial one. A longer tile begins with
        what it was before.

        Raises:
            MalformedError: a hash is not 32 bytes; the edge is then as it was.
        """
        added = list(leaf_hashes)
        if any(len(each) != HASH_BYTES for each in added):
            raise MalformedError(f"edge: hashes of {HASH_BYTES} bytes are expected")
        changed: dict[Tile, bytes] = {}
        place, level = self._size, 0
        self._size += len(added)
        while added:
            if level == len(self._levels):
                self._levels.append([])
            nodes, first = self._levels[level] + added, place >> TILE_HEIGHT
            full = len(nodes) // TILE_WIDTH
            tiles = [nodes[at : at + TILE_WIDTH] for at in range(0, len(nodes), TILE_WIDTH)]
            changed.update((Tile(level, first + at, len(tile)), encode_tile(tile)) for at, tile in enumerate(tiles))
            added, self._levels[level] = [root_of_hashes(tile) for tile in tiles[:full]], nodes[full * TILE_WIDTH :]
            place, level = first, level + 1
        return changed
