"""Speaks for a list of leaves with one hash, and proves that a leaf is in it or that a list only grew.

 * A leaf and a node are hashed with different first bytes, so neither can pass for the other.
 * The tree of no leaves has a root too; it is consistent with every tree, by an empty proof.
 * A proof has exactly the hashes it needs: a longer or shorter one is refused.

Follows RFC 6962 §2.1 and RFC 9162 §2.1, with SHA-256. See SPEC.md §11.

>>> leaves = [b"a", b"b", b"c"]
>>> verify_inclusion(b"c", 2, 3, inclusion_proof(leaves, 2), root(leaves))
>>> verify_consistency(2, root(leaves[:2]), 3, root(leaves), consistency_proof(leaves, 2))

Not here: salts for leaves that could be guessed (`crypto.commitment`).
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256

from crypto.errors import MalformedError, VerificationError

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()
"""The root of the tree without leaves."""


def leaf_hash(leaf: bytes) -> bytes:
    """Return the hash of a leaf: SHA-256(0x00 ‖ leaf)."""
    return sha256(b"\x00" + leaf).digest()


def leaf_hashes(leaves: Iterable[bytes]) -> list[bytes]:
    """Return the hashes of many leaves."""
    # Written out here and in `_levels`: a log has many entries, and a call costs as much as a hash.
    return [sha256(b"\x00" + leaf).digest() for leaf in leaves]


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node: SHA-256(0x01 ‖ left ‖ right)."""
    return sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """Return the 32-byte Merkle tree hash of `leaves` (RFC 9162 §2.1.1)."""
    return root_of_hashes(leaf_hashes(leaves))


def root_of_hashes(hashes: Sequence[bytes]) -> bytes:
    """Return the root above `hashes`, which stand for leaves or for whole subtrees of one size, and a last one smaller."""
    return _levels(hashes)[-1][0] if hashes else EMPTY_ROOT


def inclusion_proof(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """Return the hashes that lead from leaf `index`, counted from 0, to the root (RFC 9162 §2.1.3.1).

    Raises:
        MalformedError: there is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise MalformedError(f"leaf {index} was asked for, but the tree has {len(leaves)} leaves, counted from 0")
    return _path(_levels(leaf_hashes(leaves)), index)


def consistency_proof(leaves: Sequence[bytes], size: int) -> tuple[bytes, ...]:
    """Return the hashes that show that the first `size` leaves were kept (RFC 9162 §2.1.4.1).

    Raises:
        MalformedError: the tree never had that size.
    """
    if not 0 <= size <= len(leaves):
        raise MalformedError(f"a tree of {size} leaves was asked for, but this one has {len(leaves)}")
    if size in {0, len(leaves)}:
        return ()
    # The largest whole subtree that ends with the old tree's last leaf.
    levels, index = _levels(leaf_hashes(leaves)), size - 1
    while index & 1:
        levels, index = levels[1:], index >> 1
    # If it is all of the old tree, the reader has its hash already: it is the old root.
    return (*([levels[0][index]] if index else []), *_path(levels, index))


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], tree_root: bytes) -> None:
    """Raise unless `proof` leads from `leaf` at `index` to the root of a tree of `size` (RFC 9162 §2.1.3.2).

    Raises:
        MalformedError: an entry of the proof is not 32 bytes.
        VerificationError: the leaf is not there.
    """
    _require_hashes(proof)
    if not 0 <= index < size:
        raise VerificationError(f"inclusion proof: leaf {index} is beyond the {size} leaves of the tree")
    place, last, result = index, size - 1, leaf_hash(leaf)
    for sibling in proof:
        if last == 0:
            raise VerificationError("inclusion proof: longer than the tree is high")
        if place & 1 or place == last:
            result = node_hash(sibling, result)
            place, last = _skip_promotions(place, last)
        else:
            result = node_hash(result, sibling)
        place, last = place >> 1, last >> 1
    if last != 0 or result != tree_root:
        raise VerificationError(f"inclusion proof: leaf {index} is not what the root of {size} leaves speaks for")


def verify_consistency(old_size: int, old_root: bytes, new_size: int, new_root: bytes, proof: Sequence[bytes]) -> None:
    """Raise unless the tree of `old_size` leaves is the beginning of that of `new_size` (RFC 9162 §2.1.4.2).

    Raises:
        MalformedError: an entry of the proof is not 32 bytes.
        VerificationError: the tree changed or shrank, or the proof does not show otherwise.
    """
    _require_hashes(proof)
    if not 0 <= old_size <= new_size:
        raise VerificationError(f"consistency proof: {new_size} leaves do not continue {old_size}")
    if old_size in {0, new_size}:
        if proof or old_root != (new_root if old_size else EMPTY_ROOT):
            raise VerificationError(
                f"consistency proof: the root of {old_size} leaves is another, or the proof is not empty"
            )
        return
    path = [old_root, *proof] if old_size & (old_size - 1) == 0 else list(proof)
    place, last = old_size - 1, new_size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = path[0] if path else b""
    for sibling in path[1:]:
        if last == 0:
            raise VerificationError("consistency proof: longer than the tree is high")
        if place & 1 or place == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            place, last = _skip_promotions(place, last)
        else:
            new = node_hash(new, sibling)
        place, last = place >> 1, last >> 1
    if last != 0 or old != old_root or new != new_root:
        raise VerificationError(f"consistency proof: the first {old_size} of {new_size} leaves are not what they were")


def _levels(hashes: Sequence[bytes]) -> list[list[bytes]]:
    """Return the hashes of every level from `hashes` up; a last node without a sibling is promoted as it is."""
    levels = [list(hashes)]
    while len(levels[-1]) > 1:
        level = levels[-1]
        pairs = zip(level[::2], level[1::2], strict=False)
        above = [sha256(b"\x01" + left + right).digest() for left, right in pairs]
        levels.append(above + level[len(above) * 2 :])
    return levels


def _path(levels: Sequence[Sequence[bytes]], index: int) -> tuple[bytes, ...]:
    """Return the siblings met on the way up from node `index` of the lowest of `levels`."""
    siblings = [(level, index >> height ^ 1) for height, level in enumerate(levels)]
    return tuple(level[sibling] for level, sibling in siblings if sibling < len(level))


def _skip_promotions(place: int, last: int) -> tuple[int, int]:
    """Go up past the levels on which the last node has no sibling."""
    while place and not place & 1:
        place, last = place >> 1, last >> 1
    return place, last


def _require_hashes(proof: Sequence[bytes]) -> None:
    if any(len(entry) != HASH_BYTES for entry in proof):
        raise MalformedError("Merkle proof: every entry has 32 bytes")
