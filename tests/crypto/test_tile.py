"""Tiles and bundles have one path and one spelling."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.encoding import MAX_INT64
from crypto.errors import MalformedError
from crypto.tile import (
    Bundle,
    Tile,
    bundles_of,
    decode_bundle,
    decode_tile,
    edge_tiles,
    encode_bundle,
    encode_tile,
    entries_path,
    parse_tile_path,
    path_of,
    tile_path,
    tiles_of,
)

places = st.integers(0, MAX_INT64 >> 8) | st.integers(0, 2000)
widths = st.integers(1, 256)
hashes = st.binary(min_size=32, max_size=32)


@given(st.builds(Tile, st.integers(0, 63), places, widths) | st.builds(Bundle, places, widths))
@settings(max_examples=200, deadline=None)
def test_a_path_is_read_as_it_was_written(part: Tile | Bundle) -> None:
    assert parse_tile_path(path_of(part)) == part


@pytest.mark.parametrize(
    ("index", "path"),
    [
        (0, "000"),
        (7, "007"),
        (999, "999"),
        (1000, "x001/000"),
        (1234067, "x001/x234/067"),
        (1000000000, "x001/x000/x000/000"),
    ],
)
def test_paths_from_index_1000_on_have_groups_led_by_x(index: int, path: str) -> None:
    assert tile_path(Tile(0, index)) == f"tile/0/{path}"
    assert tile_path(Tile(12, index, 255)) == f"tile/12/{path}.p/255"
    assert entries_path(index) == f"tile/entries/{path}"
    assert entries_path(index, 1) == f"tile/entries/{path}.p/1"


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tile/0",
        "tile/0/0",
        "tile/0/0000",
        "tile/00/000",
        "tile/64/000",
        "tile/-1/000",
        "tile/0/x000/001",
        "tile/0/001/000",
        "tile/0/x001",
        "tile/0/x01/000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/000.p/999",
        "tile/0/000.p",
        "tile/0/000.p/1/",
        "/tile/0/000",
        "tile/0/000\n",
        "tile/data/000",
        "tile/0/００１",
        "tile/0/../000",
        "tile/0/x999/x999/x999/x999/x999/999",
        "tile/0/" + "x999/" * 2000 + "999",
    ],
)
def test_a_path_in_another_spelling_is_refused(path: str) -> None:
    with pytest.raises(MalformedError, match="tile"):
        parse_tile_path(path)


@pytest.mark.parametrize(
    ("level", "index", "width"),
    [(-1, 0, 1), (64, 0, 1), (0, -1, 1), (0, (MAX_INT64 >> 8) + 1, 1), (0, 0, 0), (0, 0, -1), (0, 0, 257)],
)
def test_a_tile_that_cannot_be_is_refused(level: int, index: int, width: int) -> None:
    with pytest.raises(MalformedError, match="is expected"):
        Tile(level, index, width)


def test_a_bundle_that_cannot_be_is_refused() -> None:
    with pytest.raises(MalformedError, match="an index from 0"):
        Bundle(-1)
    with pytest.raises(MalformedError, match="a width from 1"):
        entries_path(0, 257)


def test_a_log_of_70000_entries_has_the_tiles_of_the_specification() -> None:
    tiles = list(tiles_of(70000))
    assert [tile for tile in tiles if tile.width < 256] == [Tile(0, 273, 112), Tile(1, 1, 17), Tile(2, 0, 1)]
    assert tuple(tile for tile in tiles if tile.width < 256) == edge_tiles(70000)
    assert [tile for tile in tiles if tile.width == 256] == [*(Tile(0, index) for index in range(273)), Tile(1, 0)]
    assert list(bundles_of(70000)) == [*(Bundle(index) for index in range(273)), Bundle(273, 112)]


@pytest.mark.parametrize(
    ("size", "tiles"),
    [
        (0, []),
        (1, [Tile(0, 0, 1)]),
        (255, [Tile(0, 0, 255)]),
        (256, [Tile(0, 0), Tile(1, 0, 1)]),
        (257, [Tile(0, 0), Tile(0, 1, 1), Tile(1, 0, 1)]),
        (512, [Tile(0, 0), Tile(0, 1), Tile(1, 0, 2)]),
    ],
)
def test_an_empty_tile_does_not_exist_and_a_partial_one_is_never_hashed_into_its_parent(
    size: int, tiles: list[Tile]
) -> None:
    assert list(tiles_of(size)) == tiles
    assert edge_tiles(size) == tuple(tile for tile in tiles if tile.width < 256)
    assert list(bundles_of(size)) == [Bundle(tile.index, tile.width) for tile in tiles if tile.level == 0]


def test_the_largest_log_has_eight_levels_of_partial_tiles() -> None:
    assert [tile.width for tile in edge_tiles(MAX_INT64)] == [255] * 7 + [127]


@given(st.lists(hashes, min_size=1, max_size=256))
@settings(max_examples=30, deadline=None)
def test_a_tile_is_read_as_it_was_written(row: list[bytes]) -> None:
    assert decode_tile(encode_tile(row), len(row)) == tuple(row)


@pytest.mark.parametrize("row", [[], [bytes(32)] * 257, [bytes(31)], [bytes(32), bytes(33)]])
def test_a_tile_of_none_too_many_or_other_hashes_is_not_written(row: list[bytes]) -> None:
    with pytest.raises(MalformedError, match="1 to 256 hashes"):
        encode_tile(row)


def test_a_full_tile_does_not_pass_for_a_partial_one() -> None:
    with pytest.raises(MalformedError, match="255 hashes"):
        decode_tile(bytes(32 * 256), 255)
    with pytest.raises(MalformedError, match="256 hashes"):
        decode_tile(bytes(32 * 255))
    with pytest.raises(MalformedError, match="a width from 1"):
        decode_tile(b"", 0)


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=256))
@settings(max_examples=50, deadline=None)
def test_a_bundle_is_read_as_it_was_written(row: list[bytes]) -> None:
    assert decode_bundle(encode_bundle(row), len(row)) == tuple(row)


def test_an_entry_above_65535_bytes_is_refused() -> None:
    longest = bytes(65535)
    assert decode_bundle(encode_bundle([longest, b"a"]), 2) == (longest, b"a")
    with pytest.raises(MalformedError, match="65535 bytes"):
        encode_bundle([b"a", bytes(65536)])


def test_lengths_are_two_bytes_the_most_significant_first() -> None:
    assert encode_bundle([b"a" * 258])[:3] == b"\x01\x02a"


@pytest.mark.parametrize(
    ("data", "width"),
    [
        (b"", 1),
        (b"\x00", 1),
        (b"\x00\x02a", 1),
        (b"\x00\x01a", 2),
        (b"\x00\x01a\x00", 1),
        (b"\x00\x01a\x00\x00", 1),
        (b"\x00\x01a\x00", 2),
        (b"\x01\x00a", 1),
    ],
)
def test_a_bundle_that_is_cut_off_or_has_something_left_over_is_refused(data: bytes, width: int) -> None:
    with pytest.raises(MalformedError, match=r"bundle: it is cut off|something is left over"):
        decode_bundle(data, width)


@pytest.mark.parametrize("row", [[], [b""] * 257])
def test_a_bundle_of_none_or_too_many_entries_is_not_written(row: list[bytes]) -> None:
    with pytest.raises(MalformedError, match="1 to 256 entries"):
        encode_bundle(row)


def test_a_bundle_has_a_width_from_1_to_256() -> None:
    with pytest.raises(MalformedError, match="a width from 1"):
        decode_bundle(b"", 0)
