"""A log's tree is read from the rows of the database."""

import pytest
from tortoise.connection import get_connection

from crypto import merkle
from crypto.errors import MalformedError
from crypto.merkle import leaf_hash, verify_consistency, verify_inclusion
from crypto.tile import decode_bundle, tile_path, tiles_of
from tests.vote.log.signed import SignedLog, told
from vote.errors import ContradictionError
from vote.log.tree_store import TreeStore

SIZES = (1, 2, 255, 256, 257, 511, 512, 600)


@pytest.fixture
async def log(database: str) -> SignedLog:
    made = await SignedLog().open()
    for start, end in ((0, 3), (3, 256), (256, 300), (300, 600)):
        await made.grow([told(each) for each in range(start, end)])
    return made


async def test_a_log_before_its_first_entry_is_empty(database: str) -> None:
    log = await SignedLog().open()
    tree = TreeStore().tree(log.id)
    assert await tree.head_size() == 0
    assert await tree.root(0) == merkle.root([])
    assert await TreeStore().bundle(log.id, 0, 1) is None
    assert await TreeStore().tiles(log.id, []) == {}


async def test_a_stored_tile_serves_each_shorter_one(log: SignedLog) -> None:
    """Of every size that the log ever had."""
    store = TreeStore()
    hashes = b"".join(map(leaf_hash, log.leaves))
    for size in SIZES:
        for tile in tiles_of(size):
            found = await store.tile(log.id, tile.level, tile.index, tile.width)
            assert found is not None, tile_path(tile)
            if tile.level == 0:
                assert found == hashes[tile.index * 8192 : tile.index * 8192 + tile.width * 32]
            else:
                assert found[:32] == merkle.root(log.leaves[:256])
    assert await store.tile(log.id, 0, 2, 89) is None
    assert await store.tile(log.id, 1, 0, 3) is None
    assert await store.tile(log.id, 2, 0, 1) is None
    assert await store.tile(log.id + 1, 0, 0) is None


async def test_a_bundle_has_the_entries_in_their_order(log: SignedLog) -> None:
    store = TreeStore()
    full, partial = await store.bundle(log.id, 1), await store.bundle(log.id, 2, 88)
    assert full is not None
    assert decode_bundle(full) == tuple(log.leaves[256:512])
    assert partial is not None
    assert decode_bundle(partial, 88) == tuple(log.leaves[512:])
    assert await store.bundle(log.id, 2, 89) is None
    with pytest.raises(MalformedError):
        await store.bundle(log.id, 0, 257)


async def test_roots_and_proofs_hold(log: SignedLog) -> None:
    tree = TreeStore().tree(log.id)
    assert await tree.head_size() == 600
    roots = {size: merkle.root(log.leaves[:size]) for size in SIZES}
    for size, root in roots.items():
        assert await tree.root(size) == root
        verify_consistency(size, root, 600, roots[600], await tree.consistency_proof(size, 600))
        for index in {0, size // 2, size - 1}:
            verify_inclusion(log.leaves[index], index, size, await tree.inclusion_proof(index, size), root)
    assert await tree.consistency_proof(0, 600) == ()


async def test_a_proof_costs_one_query(log: SignedLog, monkeypatch: pytest.MonkeyPatch) -> None:
    tree, connection, asked = TreeStore().tree(log.id), get_connection("default"), []
    real = type(connection).execute_query

    async def count(self: object, query: str, values: list[object] | None = None) -> object:
        asked.append(query)
        return await real(self, query, values)

    monkeypatch.setattr(type(connection), "execute_query", count)
    await tree.inclusion_proof(257, 600)
    await tree.consistency_proof(3, 600)
    await tree.root(600)
    assert len(asked) == 3


async def test_what_is_not_there_is_not_made_up(log: SignedLog) -> None:
    tree = TreeStore().tree(log.id)
    with pytest.raises(ContradictionError, match=r"tile/0/002\.p/89"):
        await tree.root(601)
    with pytest.raises(MalformedError):
        await tree.consistency_proof(601, 600)
    with pytest.raises(MalformedError):
        await tree.inclusion_proof(600, 600)
