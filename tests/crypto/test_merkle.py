"""Trees have the roots and proofs of RFC 6962, and a proof that was touched proves nothing."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto import merkle
from crypto.errors import MalformedError, VerificationError

VECTORS: dict[str, Any] = json.loads((Path(__file__).parents[1] / "vectors/tlog/rfc6962.json").read_text())
LEAVES = [bytes.fromhex(leaf) for leaf in VECTORS["leaves_hex"]]
ROOTS = [bytes.fromhex(root) for root in VECTORS["roots"]]


def unhex(proof: Sequence[str]) -> tuple[bytes, ...]:
    return tuple(bytes.fromhex(entry) for entry in proof)


def numbered(count: int) -> list[bytes]:
    return [b"%d" % number for number in range(count)]


def recursive_root(leaves: Sequence[bytes]) -> bytes:
    """MTH as RFC 6962 section 2.1 defines it, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    k = largest_power_below(len(leaves))
    return hashlib.sha256(b"\x01" + recursive_root(leaves[:k]) + recursive_root(leaves[k:])).digest()


def recursive_path(m: int, leaves: Sequence[bytes]) -> list[bytes]:
    """PATH as RFC 6962 section 2.1.1 defines it."""
    if len(leaves) == 1:
        return []
    k = largest_power_below(len(leaves))
    if m < k:
        return [*recursive_path(m, leaves[:k]), recursive_root(leaves[k:])]
    return [*recursive_path(m - k, leaves[k:]), recursive_root(leaves[:k])]


def recursive_subproof(m: int, leaves: Sequence[bytes], *, whole: bool) -> list[bytes]:
    """SUBPROOF as RFC 6962 section 2.1.2 defines it."""
    if m == len(leaves):
        return [] if whole else [recursive_root(leaves)]
    k = largest_power_below(len(leaves))
    if m <= k:
        return [*recursive_subproof(m, leaves[:k], whole=whole), recursive_root(leaves[k:])]
    return [*recursive_subproof(m - k, leaves[k:], whole=False), recursive_root(leaves[:k])]


def largest_power_below(number: int) -> int:
    return 1 << (number - 1).bit_length() - 1


@pytest.mark.parametrize("size", range(len(ROOTS)))
def test_roots_are_those_of_the_vectors(size: int) -> None:
    assert merkle.root(LEAVES[:size]) == ROOTS[size]


@pytest.mark.parametrize("size", sorted(map(int, VECTORS["entry-%d roots"])))
def test_roots_of_long_lists_are_those_of_the_vectors(size: int) -> None:
    assert merkle.root([b"entry-%d" % number for number in range(size)]).hex() == VECTORS["entry-%d roots"][str(size)]


@pytest.mark.parametrize("case", VECTORS["inclusion"], ids=lambda case: f"{case['index']} of {case['size']}")
def test_inclusion_proofs_are_those_of_the_vectors(case: dict[str, Any]) -> None:
    index, size, proof = case["index"], case["size"], unhex(case["proof"])
    assert merkle.inclusion_proof(LEAVES[:size], index) == proof
    merkle.verify_inclusion(LEAVES[index], index, size, proof, ROOTS[size])


@pytest.mark.parametrize("case", VECTORS["consistency"], ids=lambda case: f"{case['old']} to {case['new']}")
def test_consistency_proofs_are_those_of_the_vectors(case: dict[str, Any]) -> None:
    old, new, proof = case["old"], case["new"], unhex(case["proof"])
    assert merkle.consistency_proof(LEAVES[:new], old) == proof
    merkle.verify_consistency(old, ROOTS[old], new, ROOTS[new], proof)


@given(st.lists(st.binary(max_size=8), max_size=70))
@settings(max_examples=40, deadline=None)
def test_a_root_is_what_the_rfc_defines(leaves: list[bytes]) -> None:
    assert merkle.root(leaves) == recursive_root(leaves)


@given(st.integers(1, 70), st.data())
@settings(max_examples=60, deadline=None)
def test_an_inclusion_proof_is_what_the_rfc_defines_and_verifies(size: int, data: st.DataObject) -> None:
    leaves, index = numbered(size), data.draw(st.integers(0, size - 1))
    proof = merkle.inclusion_proof(leaves, index)
    assert list(proof) == recursive_path(index, leaves)
    merkle.verify_inclusion(leaves[index], index, size, proof, recursive_root(leaves))


@given(st.integers(1, 70), st.data())
@settings(max_examples=60, deadline=None)
def test_a_consistency_proof_is_what_the_rfc_defines_and_verifies(size: int, data: st.DataObject) -> None:
    leaves, old = numbered(size), data.draw(st.integers(1, size))
    proof = merkle.consistency_proof(leaves, old)
    assert list(proof) == recursive_subproof(old, leaves, whole=True)
    merkle.verify_consistency(old, recursive_root(leaves[:old]), size, recursive_root(leaves), proof)


@given(st.integers(1, 40), st.data())
@settings(max_examples=60, deadline=None)
def test_an_inclusion_proof_with_anything_changed_is_refused(size: int, data: st.DataObject) -> None:
    leaves, index = numbered(size), data.draw(st.integers(0, size - 1))
    proof, root = merkle.inclusion_proof(leaves, index), merkle.root(leaves)
    other = data.draw(st.integers(-1, size + 1).filter(lambda number: number != index))
    changes: list[tuple[bytes, int, tuple[bytes, ...], bytes]] = [
        (b"another", index, proof, root),
        (leaves[index], other, proof, root),
        (leaves[index], index, (*proof, bytes(32)), root),
        (leaves[index], index, proof, merkle.leaf_hash(root)),
    ]
    if proof:
        place = data.draw(st.integers(0, len(proof) - 1))
        changes += [
            (leaves[index], index, proof[:-1], root),
            (leaves[index], index, (*proof[:place], bytes(32), *proof[place + 1 :]), root),
        ]
    for leaf, at, path, head in changes:
        with pytest.raises(VerificationError, match="inclusion proof"):
            merkle.verify_inclusion(leaf, at, size, path, head)


@given(st.integers(2, 40), st.data())
@settings(max_examples=60, deadline=None)
def test_a_consistency_proof_with_anything_changed_is_refused(size: int, data: st.DataObject) -> None:
    leaves, old = numbered(size), data.draw(st.integers(1, size - 1))
    proof, old_root, new_root = merkle.consistency_proof(leaves, old), merkle.root(leaves[:old]), merkle.root(leaves)
    place = data.draw(st.integers(0, len(proof) - 1))
    for first, second, path in [
        (bytes(32), new_root, proof),
        (old_root, bytes(32), proof),
        (old_root, new_root, ()),
        (old_root, new_root, proof[:-1]),
        (old_root, new_root, (*proof, bytes(32))),
        (old_root, new_root, (*proof[:place], bytes(32), *proof[place + 1 :])),
    ]:
        with pytest.raises(VerificationError, match="consistency proof"):
            merkle.verify_consistency(old, first, size, second, path)


def test_a_tree_that_shrank_is_refused() -> None:
    with pytest.raises(VerificationError, match="2 leaves do not continue 3"):
        merkle.verify_consistency(3, ROOTS[3], 2, ROOTS[2], merkle.consistency_proof(LEAVES[:3], 2))


def test_every_tree_continues_the_empty_one() -> None:
    assert merkle.consistency_proof(LEAVES, 0) == ()
    merkle.verify_consistency(0, merkle.EMPTY_ROOT, 8, ROOTS[8], ())
    merkle.verify_consistency(0, merkle.EMPTY_ROOT, 0, merkle.EMPTY_ROOT, ())


@pytest.mark.parametrize(
    ("size", "first", "second", "proof"),
    [
        (0, ROOTS[1], ROOTS[8], ()),
        (0, ROOTS[0], ROOTS[8], (bytes(32),)),
        (8, ROOTS[7], ROOTS[8], ()),
        (8, ROOTS[8], ROOTS[8], (bytes(32),)),
    ],
)
def test_where_nothing_is_to_prove_roots_and_proof_are_still_checked(
    size: int, first: bytes, second: bytes, proof: tuple[bytes, ...]
) -> None:
    with pytest.raises(VerificationError, match="another, or the proof is not empty"):
        merkle.verify_consistency(size, first, 8, second, proof)


def test_a_node_does_not_pass_for_a_leaf() -> None:
    leaves = numbered(4)
    node = merkle.leaf_hash(leaves[0]) + merkle.leaf_hash(leaves[1])
    with pytest.raises(VerificationError):
        merkle.verify_inclusion(node, 0, 2, merkle.inclusion_proof(leaves, 0)[1:], merkle.root(leaves))


@pytest.mark.parametrize("index", [-1, 8, 100])
def test_no_proof_is_made_for_a_leaf_that_is_not_there(index: int) -> None:
    with pytest.raises(MalformedError, match="the tree has 8 leaves"):
        merkle.inclusion_proof(LEAVES, index)


@pytest.mark.parametrize("size", [-1, 9])
def test_no_proof_is_made_for_a_size_the_tree_never_had(size: int) -> None:
    with pytest.raises(MalformedError, match="this one has 8"):
        merkle.consistency_proof(LEAVES, size)


@pytest.mark.parametrize("entry", [b"", bytes(31), bytes(33)])
def test_entries_of_another_length_are_refused(entry: bytes) -> None:
    with pytest.raises(MalformedError, match="32 bytes"):
        merkle.verify_inclusion(LEAVES[0], 0, 2, [entry], ROOTS[2])
    with pytest.raises(MalformedError, match="32 bytes"):
        merkle.verify_consistency(1, ROOTS[1], 2, ROOTS[2], [entry])
