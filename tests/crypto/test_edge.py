"""A tree that grows by its edge has the roots that RFC 6962 gives to all of its entries."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.edge import Edge
from crypto.encoding import MAX_INT64
from crypto.errors import MalformedError
from crypto.merkle import EMPTY_ROOT, leaf_hash, root
from crypto.tile import Tile, edge_tiles, encode_tile, tiles_of
from tests.crypto.logs import entries

HASHES = [leaf_hash(entry) for entry in entries(1500)]
ROOTS = {size: root(entries(size)) for size in (0, 1, 255, 256, 257, 600, 1200)}


@given(st.lists(st.integers(0, 300), max_size=5), st.booleans())
@settings(max_examples=40, deadline=None)
def test_a_tree_grown_in_any_steps_has_the_root_and_tiles_of_all_its_entries(steps: list[int], reload: bool) -> None:  # noqa: FBT001
    edge, kept, size = Edge.of(0, {}), {}, 0
    for step in steps:
        changed = edge.extend(HASHES[size : size + step])
        size += step
        for tile, data in changed.items():
            for width in range(1, tile.width):
                assert data.startswith(kept.get(Tile(tile.level, tile.index, width), b""))
        kept.update(changed)
        if reload:
            edge = Edge.of(size, kept)
    assert (edge.size, edge.root()) == (size, root(entries(size)))
    whole = Edge.of(0, {}).extend(HASHES[:size])
    assert list(whole) == list(tiles_of(size))
    assert {tile: kept[tile] for tile in whole} == whole


@pytest.mark.parametrize("size", sorted(ROOTS))
def test_the_edge_alone_tells_the_root(size: int) -> None:
    tiles = Edge.of(0, {}).extend(HASHES[:size])
    edge = Edge.of(size, {tile: tiles[tile] for tile in edge_tiles(size)})
    assert (edge.size, edge.root()) == (size, ROOTS[size])


def test_the_empty_edge_has_the_empty_root_and_nothing_changes_without_entries() -> None:
    edge = Edge.of(0, {})
    assert edge.root() == EMPTY_ROOT
    assert edge.extend([]) == {}
    assert (edge.size, edge.root()) == (0, EMPTY_ROOT)


def test_growing_tells_the_tile_that_became_full_and_the_new_partial_one() -> None:
    edge = Edge.of(255, {Tile(0, 0, 255): encode_tile(HASHES[:255])})
    changed = edge.extend(HASHES[255:257])
    assert changed == {
        Tile(0, 0): encode_tile(HASHES[:256]),
        Tile(0, 1, 1): HASHES[256],
        Tile(1, 0, 1): ROOTS[256],
    }
    assert edge.root() == ROOTS[257]


def test_a_tree_of_three_levels_grows() -> None:
    """Level 1 becomes full at 65,536 entries, here told by their tile's root alone."""
    edge = Edge.of(65535, {Tile(0, 255, 255): encode_tile(HASHES[:255]), Tile(1, 0, 255): encode_tile(HASHES[:255])})
    changed = edge.extend(HASHES[255:256])
    assert [tile for tile in changed if tile.level] == [Tile(1, 0), Tile(2, 0, 1)]
    assert edge.root() == changed[Tile(2, 0, 1)]


@pytest.mark.parametrize("size", [-1, MAX_INT64 + 1])
def test_a_size_that_cannot_be_is_refused(size: int) -> None:
    with pytest.raises(MalformedError, match="a size from 0"):
        Edge.of(size, {})


def test_a_tile_that_is_missing_or_cut_is_refused() -> None:
    with pytest.raises(MalformedError, match="level 0 with 2 hashes is missing"):
        Edge.of(2, {Tile(0, 0, 1): HASHES[0]})
    with pytest.raises(MalformedError, match="2 hashes"):
        Edge.of(2, {Tile(0, 0, 2): HASHES[0]})


def test_a_hash_of_another_length_leaves_the_edge_as_it_was() -> None:
    edge = Edge.of(1, {Tile(0, 0, 1): HASHES[0]})
    with pytest.raises(MalformedError, match="32 bytes"):
        edge.extend([HASHES[1], bytes(31)])
    assert (edge.size, edge.root()) == (1, ROOTS[1])
