"""Decides whether the public roll is the one that the election was sealed with.

 * Entitlements are numbered from 1 without a gap, each with one head and one commitment; the commitments make the root.
 * As many entitlements as credentials, the same whole area, and the root that the manifest pins.
 * With the commitments to public keys too, the electorate root can be computed again.

Not here: whether a line is true; that is what its owner's proof shows (`vote.roll.freeze`).
"""

from dataclasses import dataclass

import rfc8785

from crypto.encoding import read_json, require_digest, require_fields, require_list, require_text, require_whole
from crypto.errors import MalformedError, VerificationError
from crypto.merkle import root
from vote.canonical import spells
from vote.election.manifest import Manifest
from vote.verifier.bundle import ROLL

VERSION = 1
_FIELDS = "version", "root", "heads", "area_dm2", "entitlements"
_LINE = "entitlement", "places", "owner", "heads", "leaf"
_ELECTORATE = "electorate_leaves"


@dataclass(frozen=True, slots=True)
class PublicRoll:
    """`roll-public.json`, by its spelling alone."""

    root: bytes
    heads: int
    area_dm2: int
    leaves: tuple[bytes, ...]
    """One commitment of 32 bytes per entitlement, by number."""
    electorate_leaves: tuple[bytes, ...] | None
    """Likewise, over the public keys too."""


def decode_public_roll(data: bytes) -> PublicRoll:
    """Read `roll-public.json`.

    Raises:
        MalformedError: it is none.
    """
    fields = require_fields(read_json(data, ROLL), _FIELDS, ROLL, (_ELECTORATE,))
    if require_whole(fields["version"], f"{ROLL}, version") != VERSION:
        raise MalformedError(f"{ROLL}: version {VERSION} is expected")
    lines = require_list(fields["entitlements"], f"{ROLL}, entitlements")
    electorate = None
    if _ELECTORATE in fields:
        leaves = require_list(fields[_ELECTORATE], f"{ROLL}, {_ELECTORATE}")
        electorate = tuple(
            _hash(leaf, f"{ROLL}, {_ELECTORATE}, entitlement {number}") for number, leaf in enumerate(leaves, start=1)
        )
    if not spells(data, lambda: rfc8785.dumps(fields)):
        raise MalformedError(f"{ROLL}: not in canonical spelling (RFC 8785)")
    return PublicRoll(
        root=_hash(fields["root"], f"{ROLL}, root"),
        heads=require_whole(fields["heads"], f"{ROLL}, heads"),
        area_dm2=require_whole(fields["area_dm2"], f"{ROLL}, area_dm2"),
        leaves=tuple(_leaf(line, number) for number, line in enumerate(lines, start=1)),
        electorate_leaves=electorate,
    )


def verify_public_roll(roll: PublicRoll, manifest: Manifest) -> None:
    """Raise unless `roll` is the one that `manifest` pins.

    Raises:
        VerificationError: number, area or a root is another.
    """
    heads, area_dm2 = manifest.electorate
    if not roll.heads == len(roll.leaves) == heads:
        raise VerificationError(
            f"{ROLL}: it says {roll.heads} heads and lists {len(roll.leaves)} entitlements, the manifest has {heads} heads"
        )
    if roll.area_dm2 != area_dm2:
        raise VerificationError(f"{ROLL}: area_dm2 is {roll.area_dm2}, the manifest's is {area_dm2}")
    computed = root(roll.leaves)
    if computed != roll.root:
        raise VerificationError(f"{ROLL}: its root is not that of its leaves; a line was changed, added or moved")
    if computed.hex() != manifest.roll_root:
        raise VerificationError(f"{ROLL}: its root is not the one in the manifest; it is another roll")
    if roll.electorate_leaves is None:
        return
    if len(roll.electorate_leaves) != heads:
        raise VerificationError(f"{ROLL}: {len(roll.electorate_leaves)} electorate_leaves for {heads} entitlements")
    if root(roll.electorate_leaves).hex() != manifest.electorate_root:
        raise VerificationError(f"{ROLL}: electorate_leaves do not make the electorate root in the manifest")


def _leaf(value: object, number: int) -> bytes:
    what = f"{ROLL}, entitlement {number}"
    fields = require_fields(value, _LINE, what)
    if require_whole(fields["entitlement"], what) != number:
        raise MalformedError(f"{what}: entitlements are numbered from 1 without a gap")
    for place in require_list(fields["places"], f"{what}, places"):
        require_text(place, f"{what}, places")
    require_text(fields["owner"], f"{what}, owner")
    if require_whole(fields["heads"], f"{what}, heads") != 1:
        raise MalformedError(f"{what}: an entitlement is one head")
    return _hash(fields["leaf"], f"{what}, leaf")


def _hash(value: object, what: str) -> bytes:
    return bytes.fromhex(require_digest(value, what))
