"""Reads the extra proofs of the trustees' shares, which stand beside the archive.

Follows crypto/SPEC.md §7.3. Not here: whether they hold (`crypto.share`).
"""

from collections.abc import Collection

from crypto.encoding import read_json, require_fields, require_list, require_text, require_whole
from crypto.errors import MalformedError, VerificationError
from vote.verifier.bundle import SHARE_PROOFS

VERSION = 1


def decode_share_proofs(data: bytes, election: str, owners: Collection[int]) -> dict[int, bytes]:
    """Read `share-proofs.json` and return each proof document by the number of its trustee.

    Args:
        data: the file.
        election: the uuid that it must name.
        owners: the trustees whose shares are in the archive.

    Raises:
        MalformedError: it is no such file, or a trustee stands in it twice.
        VerificationError: it is about another election, or about a share that is not there.
    """
    fields = require_fields(read_json(data, SHARE_PROOFS), ("version", "election", "proofs"), SHARE_PROOFS)
    if require_whole(fields["version"], f"{SHARE_PROOFS}, version") != VERSION:
        raise MalformedError(f"{SHARE_PROOFS}: version {VERSION} is expected")
    if require_text(fields["election"], f"{SHARE_PROOFS}, election") != election:
        raise VerificationError(f"{SHARE_PROOFS}: it is about another election")
    proofs: dict[int, bytes] = {}
    for position, value in enumerate(require_list(fields["proofs"], f"{SHARE_PROOFS}, proofs"), start=1):
        what = f"{SHARE_PROOFS}, proof {position}"
        entry = require_fields(value, ("trustee", "proof"), what)
        trustee = require_whole(entry["trustee"], f"{what}, trustee", 1)
        if trustee in proofs:
            raise MalformedError(f"{what}: trustee {trustee} has a proof already")
        if trustee not in owners:
            raise VerificationError(f"{what}: the archive has no share of trustee {trustee}")
        proofs[trustee] = require_text(entry["proof"], f"{what}, proof").encode()
    return proofs
