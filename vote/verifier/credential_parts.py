"""Decides whether the voting keys are of two parts as the sealed manifest says, each proved by its maker.

 * The manifest pins `parts.json` where voting keys have two parts; where they have one, there is no such file.
 * It is of exactly the credentials of the archive; each is the product of its parts, and both proofs hold.

Follows crypto/SPEC.md §14. Not here: the proofs (`crypto.credential_part`).
"""

from collections.abc import Collection

from crypto.blame import about
from crypto.credential_part import CredentialParts, Run, decode_parts, verify_parts
from crypto.encoding import hex_digest
from crypto.errors import VerificationError
from vote.election.manifest import Manifest
from vote.verifier.bundle import CREDENTIAL_PARTS


def read_credential_parts(manifest: Manifest, data: bytes | None) -> tuple[CredentialParts, ...]:
    """Return both parts of every voting key, where the manifest or the bundle has any.

    Args:
        manifest: it pins the file.
        data: `parts.json`, if there is one.

    Raises:
        MalformedError: it is no such file, or in another spelling.
        VerificationError: it is missing, not the one that is pinned, or should not be there.
    """
    if manifest.credential_parts_sha256 is None:
        raise VerificationError(f"{CREDENTIAL_PARTS} is there, but by the manifest voting keys have one part")
    if data is None:
        raise VerificationError(f"{CREDENTIAL_PARTS} is missing from the bundle: fetch it again")
    if hex_digest(data) != manifest.credential_parts_sha256:
        raise VerificationError(
            f"{CREDENTIAL_PARTS}: its hash is not the one in the manifest; it was changed or replaced"
        )
    with about(CREDENTIAL_PARTS):
        return decode_parts(data, manifest.uuid)


def verify_credential_parts(
    uuid: str, parts: tuple[CredentialParts, ...], credentials: Collection[str], run: Run
) -> None:
    """Raise unless `parts` are those of the archive's credentials, and every proof holds.

    Args:
        uuid: of the election.
        parts: from `read_credential_parts`.
        credentials: the archive's.
        run: maps a function over slices in order, in as many processes as it likes.

    Raises:
        CryptoError: they are not; the sentence names the position.
    """
    with about(CREDENTIAL_PARTS):
        verify_parts(uuid, parts, credentials, run)
