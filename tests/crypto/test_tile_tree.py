"""What is read from tiles is what all entries give, and what was altered in them is found and named."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto import merkle
from crypto.encoding import MAX_INT64
from crypto.errors import CryptoError, MalformedError, VerificationError
from crypto.tile import Bundle, Tile, path_of
from crypto.tile_tree import consistency_proof, inclusion_proof, read_bundle, read_tile, root_of, verified_bundles
from tests.crypto.logs import MadeUpLog, entries

SIZES = (0, 1, 2, 3, 255, 256, 257, 511, 512, 513, 700)
LOGS = {size: MadeUpLog(entries(size)) for size in SIZES}
LOG = LOGS[700]


@pytest.fixture(scope="module")
def high() -> MadeUpLog:
    """Two levels of full tiles, and more than a thousand of level 0."""
    return MadeUpLog([b"%d" % number for number in range(1001 * 256 + 44)])


@pytest.mark.parametrize("size", SIZES)
def test_the_root_is_read_from_the_edge(size: int) -> None:
    assert root_of(size, LOGS[size].files.get) == merkle.root(entries(size))


@given(st.sampled_from(SIZES[1:]), st.data())
@settings(max_examples=100, deadline=None)
def test_proofs_from_tiles_are_those_from_all_entries(size: int, data: st.DataObject) -> None:
    leaves, read = entries(size), LOGS[size].files.get
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size))
    assert inclusion_proof(index, size, read) == merkle.inclusion_proof(leaves, index)
    assert consistency_proof(old, size, read) == merkle.consistency_proof(leaves, old)


@pytest.mark.parametrize(("index", "old"), [(0, 1), (65535, 65536), (65536, 65537), (256256, 256000), (256299, 256300)])
def test_proofs_from_tiles_of_a_high_tree_verify(high: MadeUpLog, index: int, old: int) -> None:
    size, read, root = len(high.leaves), high.files.get, high.checkpoint.root
    merkle.verify_inclusion(high.leaves[index], index, size, inclusion_proof(index, size, read), root)
    old_root = merkle.root(high.leaves[:old])
    merkle.verify_consistency(old, old_root, size, root, consistency_proof(old, size, read))


def test_a_log_with_tiles_from_index_1000_on_is_read(high: MadeUpLog) -> None:
    files = {path_of(part): data for part, data in high.files.items()}
    assert {"tile/0/x001/000", "tile/0/x001/001.p/44", "tile/entries/x001/001.p/44", "tile/2/000.p/3"} <= set(files)
    bundles = verified_bundles(high.checkpoint.size, high.checkpoint.root, lambda part: files.get(path_of(part)))
    assert [entry for bundle in bundles for entry in bundle] == list(high.leaves)


@pytest.mark.parametrize("log", LOGS.values(), ids=lambda log: str(len(log.leaves)))
def test_all_entries_are_read_in_order(log: MadeUpLog) -> None:
    bundles = verified_bundles(log.checkpoint.size, log.checkpoint.root, log.files.get)
    assert [entry for bundle in bundles for entry in bundle] == list(log.leaves)


def read_all(files: dict[Tile | Bundle, bytes], log: MadeUpLog = LOG) -> None:
    for _ in verified_bundles(log.checkpoint.size, log.checkpoint.root, files.get):
        pass


@pytest.mark.parametrize("part", LOG.files, ids=path_of)
def test_a_missing_file_is_named(part: Tile | Bundle) -> None:
    with pytest.raises(VerificationError, match=f"{path_of(part)}: it is missing"):
        read_all({each: data for each, data in LOG.files.items() if each != part})


@pytest.mark.parametrize("part", LOG.files, ids=path_of)
def test_a_file_with_a_byte_changed_is_found_and_named(part: Tile | Bundle) -> None:
    data = LOG.files[part]
    for at in {0, 1, 2, len(data) // 2, len(data) - 1}:
        with pytest.raises(CryptoError, match=f"^{path_of(part)}: "):
            read_all({**LOG.files, part: data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]})


def test_whole_tiles_of_another_log_have_another_root() -> None:
    with pytest.raises(VerificationError, match="the tiles at the right edge of 700 entries do not have the root"):
        next(verified_bundles(700, bytes(32), LOG.files.get))


@pytest.mark.parametrize("part", [Tile(1, 0), Tile(0, 3), Tile(0, 1000), Bundle(0), Bundle(1001, 44)], ids=path_of)
def test_a_byte_changed_in_a_high_tree_is_found_and_named(high: MadeUpLog, part: Tile | Bundle) -> None:
    data = high.files[part]
    with pytest.raises(CryptoError, match=path_of(part)):
        read_all({**high.files, part: data[:-1] + bytes([data[-1] ^ 1])}, high)


@pytest.mark.parametrize("part", LOG.files, ids=path_of)
def test_a_file_that_is_cut_or_longer_is_named(part: Tile | Bundle) -> None:
    for data in (LOG.files[part][:-1], LOG.files[part] + b"\x00", b""):
        with pytest.raises(MalformedError, match=path_of(part)):
            read_all({**LOG.files, part: data})


def test_entries_before_the_altered_one_are_handed_out_and_none_after() -> None:
    altered = LOG.files[Bundle(1)].replace(b"entry-300", b"entry-301")
    bundles = verified_bundles(700, LOG.checkpoint.root, {**LOG.files, Bundle(1): altered}.get)
    assert next(bundles) == tuple(entries(256))
    with pytest.raises(VerificationError, match="tile/entries/001: an entry is not"):
        next(bundles)


def test_a_full_tile_stands_in_for_a_partial_one_that_is_gone() -> None:
    files = {part: data for part, data in LOG.files.items() if part not in {Tile(0, 1), Bundle(1)}}
    files |= {Tile(0, 1): LOG.files[Tile(0, 1)], Bundle(1): LOG.files[Bundle(1)]}
    assert root_of(300, {**files, Tile(1, 0, 1): LOG.files[Tile(1, 0, 2)][:32]}.get) == merkle.root(entries(300))
    assert read_bundle(Bundle(1, 44), files.get) == tuple(entries(300)[256:])
    assert read_tile(Tile(0, 1, 44), files.get) == files[Tile(0, 1)][: 44 * 32]


def test_a_partial_tile_never_stands_in_for_a_full_one() -> None:
    with pytest.raises(VerificationError, match="tile/0/002: it is missing"):
        read_tile(Tile(0, 2), LOG.files.get)


def test_another_root_is_refused_before_anything_is_handed_out() -> None:
    with pytest.raises(VerificationError, match="do not have the root"):
        next(verified_bundles(700, bytes(32), LOG.files.get))
    with pytest.raises(VerificationError, match="do not have the root"):
        next(verified_bundles(0, bytes(32), {}.get))
    assert list(verified_bundles(0, merkle.EMPTY_ROOT, {}.get)) == []


@pytest.mark.parametrize("index", [-1, 700])
def test_no_proof_is_made_for_an_entry_that_is_not_there(index: int) -> None:
    with pytest.raises(MalformedError, match="the log has 700"):
        inclusion_proof(index, 700, LOG.files.get)


@pytest.mark.parametrize("old", [-1, 701])
def test_no_proof_is_made_for_a_size_the_log_never_had(old: int) -> None:
    with pytest.raises(MalformedError, match="this one has 700"):
        consistency_proof(old, 700, LOG.files.get)


@pytest.mark.parametrize("size", [-1, MAX_INT64 + 1])
def test_a_size_that_cannot_be_is_refused(size: int) -> None:
    for ask in (
        lambda: root_of(size, {}.get),
        lambda: inclusion_proof(0, size, {}.get),
        lambda: consistency_proof(0, size, {}.get),
        lambda: next(verified_bundles(size, bytes(32), {}.get)),
    ):
        with pytest.raises(MalformedError, match="cannot be"):
            ask()
