"""Freezes a roll: one salted commitment for each entitlement, one root for all, a proof for each owner.

 * The root binds number, places, masked owner, heads and exact area; only who is given the salt learns the area.
 * The public roll shows what the law's notice needs: places, masked owner, heads. No area, telephone or number of
   identity stands in it, neither for one owner nor in a sum of few.
 * Entitlements are numbered from 1 without a gap, in the order of the sheet; the developer's is the last.

Follows crypto/SPEC.md §11 for commitments and the tree, rulebook §5.5 for what may be shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crypto.commitment import commit, new_salt
from crypto.encoding import compact_json, require_fields, require_list, require_text, require_whole
from crypto.errors import MalformedError
from crypto.merkle import inclusion_proof, root, verify_inclusion
from crypto.randomness import Randomness
from vote.errors import Reason, RefusedError

DOMAIN = "roll/entitlement/1"
"""What the commitments are about."""
VERSION = 1
_PROOF_FIELDS = ("version", "entitlement", "places", "owner", "heads", "area_dm2", "salt", "size", "path", "root")


@dataclass(frozen=True, slots=True)
class RollLine:
    """What is frozen of an entitlement; `owner` is masked, areas are dm2."""

    number: int
    places: tuple[str, ...]
    owner: str
    area_dm2: int

    def payload(self) -> bytes:
        """Return the bytes that are committed to."""
        return compact_json(
            {
                "entitlement": self.number,
                "places": list(self.places),
                "owner": self.owner,
                "heads": 1,
                "area_dm2": self.area_dm2,
            }
        )


@dataclass(frozen=True, slots=True)
class FrozenRoll:
    """The lines in the order of their numbers, each with its salt of 32 bytes, which is a secret of its owner's."""

    lines: tuple[RollLine, ...]
    salts: tuple[bytes, ...]

    @property
    def leaves(self) -> tuple[bytes, ...]:
        """The commitments, 32 bytes each."""
        return tuple(commit(DOMAIN, salt, line.payload()) for line, salt in zip(self.lines, self.salts, strict=True))

    @property
    def area_dm2(self) -> int:
        """The whole area."""
        return sum(line.area_dm2 for line in self.lines)


def freeze(lines: Sequence[RollLine], rng: Randomness) -> FrozenRoll:
    """Freeze a roll with a fresh salt for each line.

    Raises:
        RefusedError: there is nothing to freeze, or the numbers are not 1, 2, 3 …
    """
    if not lines:
        raise RefusedError(
            Reason.WRONG_STATE,
            "the roll has no entitlement; import a sheet first",
            zh="清册里还没有业主，请先上传清册。",
        )
    if [line.number for line in lines] != list(range(1, len(lines) + 1)):
        raise RefusedError(
            Reason.CONFLICT,
            "the entitlements are not numbered from 1 without a gap; import again",
            zh="清册的编号不连续，请重新上传清册。",
        )
    return FrozenRoll(tuple(lines), tuple(new_salt(rng) for _ in lines))


def public_roll(frozen: FrozenRoll) -> dict[str, Any]:
    """Return `roll-public.json`: anybody recomputes the root from its leaves."""
    leaves = frozen.leaves
    return {
        "version": VERSION,
        "root": root(leaves).hex(),
        "heads": len(frozen.lines),
        "area_dm2": frozen.area_dm2,
        "entitlements": [
            {
                "entitlement": line.number,
                "places": list(line.places),
                "owner": line.owner,
                "heads": 1,
                "leaf": leaf.hex(),
            }
            for line, leaf in zip(frozen.lines, leaves, strict=True)
        ],
    }


def prove(frozen: FrozenRoll, number: int) -> dict[str, Any]:
    """Return an owner's proof: the own line with its area and salt, and the path from it to the root.

    Raises:
        RefusedError: there is no such entitlement.
    """
    if not 1 <= number <= len(frozen.lines):
        raise RefusedError(
            Reason.NOT_FOUND,
            f"the roll has no entitlement {number}; look the number up in the roll",
            zh=f"清册里没有第{number}号，请对照清册再看。",
        )
    line, leaves = frozen.lines[number - 1], frozen.leaves
    return {
        "version": VERSION,
        "entitlement": number,
        "places": list(line.places),
        "owner": line.owner,
        "heads": 1,
        "area_dm2": line.area_dm2,
        "salt": frozen.salts[number - 1].hex(),
        "size": len(leaves),
        "path": [node.hex() for node in inclusion_proof(leaves, number - 1)],
        "root": root(leaves).hex(),
    }


def verify_proof(proof: object, roll_root: bytes) -> None:
    """Raise unless an owner's proof shows that its line is in the roll with this root.

    Raises:
        MalformedError: it is no such proof.
        VerificationError: the line is not in the roll, or not with these words and this area.
    """
    what = "roll proof"
    fields = require_fields(proof, _PROOF_FIELDS, what)
    if (fields["version"], fields["heads"]) != (VERSION, 1):
        raise MalformedError(f"{what}: version {VERSION} with heads 1 is expected")
    number = require_whole(fields["entitlement"], what, 1)
    places = tuple(require_text(place, what) for place in require_list(fields["places"], what))
    area_dm2 = require_whole(fields["area_dm2"], what, 1)
    line = RollLine(number, places, require_text(fields["owner"], what), area_dm2)
    path = tuple(_read_bytes(node, what) for node in require_list(fields["path"], what))
    if _read_bytes(fields["root"], what) != roll_root:
        raise MalformedError(f"{what}: it was made for another roll")
    leaf = commit(DOMAIN, _read_bytes(fields["salt"], what), line.payload())
    verify_inclusion(leaf, number - 1, require_whole(fields["size"], what, 1), path, roll_root)


def _read_bytes(text: object, what: str) -> bytes:
    hexadecimal = require_text(text, what)
    try:
        data = bytes.fromhex(hexadecimal)
    except ValueError:
        data = b""
    if data.hex() != hexadecimal or len(data) != 32:  # noqa: PLR2004 - SHA-256
        raise MalformedError(f"{what}: 32 bytes in lowercase hex are expected")
    return data
