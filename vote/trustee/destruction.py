"""Keeps a trustee's word that the own key is destroyed, signed with that key before it was.

 * Trustees together could read every ballot at any later time; so their keys are destroyed once disputes are over.
 * The word binds election, fingerprint and trustee; nobody else can give it.

Follows product.md §3. Not here: overwriting the file (`command`).
"""

from dataclasses import dataclass

from crypto.archive import Archive
from crypto.audit import audit_setup
from crypto.election import require_uuid
from crypto.encoding import compact_json, read_json, require_fields, require_text, require_whole
from crypto.errors import MalformedError
from crypto.group import encode_point, multiply_base
from crypto.knowledge import prove_knowledge, verify_knowledge
from crypto.proof import Proof, decode_proof, encode_proof
from crypto.randomness import Randomness
from vote.errors import Reason, RefusedError
from vote.trustee.memory import Memory, holds_own_key, own_secret

DOMAIN = "shanzhi destroyed 1"
VERSION = 1
_WHAT = "the trustee's word"


@dataclass(frozen=True, slots=True)
class Destruction:
    """That trustee number `trustee` destroyed the key of an election."""

    election: str
    fingerprint: str
    trustee: int
    proof: Proof


def declare_destroyed(election: str, fingerprint: str, trustee: int, secret: int, rng: Randomness) -> Destruction:
    """Return the word of the trustee who still holds `secret`."""
    public = multiply_base(secret)
    proof = prove_knowledge(_prefix(election, fingerprint, trustee, public), secret, public, rng)
    return Destruction(election, fingerprint, trustee, proof)


def destroy_own(memory: Memory, archive: Archive, rng: Randomness) -> Destruction:
    """Return this trustee's word, to be given before the key is destroyed.

    Args:
        memory: the trustee's own file.
        archive: of the election, from whatever stage.
        rng: gives the nonce of the proof.

    Raises:
        RefusedError: the archive is of another election than the key.
        CryptoError: a document of the set-up does not hold.
    """
    setup, state = audit_setup(archive.setup), memory.state
    if setup.election.uuid != state.context or not holds_own_key(memory, setup.trustees):
        raise RefusedError(Reason.NOT_ALLOWED, "The archive is of another election than your key: give the right one.")
    return declare_destroyed(state.context, setup.election.fingerprint, state.index, own_secret(memory), rng)


def verify_destroyed(word: Destruction, public: bytes) -> None:
    """Raise unless the word is given by the trustee whose key is `public`.

    Raises:
        VerificationError: it is not.
    """
    verify_knowledge(_prefix(word.election, word.fingerprint, word.trustee, public), public, word.proof)


def encode_destruction(word: Destruction) -> bytes:
    """Write the document."""
    return compact_json(
        {
            "version": VERSION,
            "election": word.election,
            "fingerprint": word.fingerprint,
            "trustee": word.trustee,
            "proof": encode_proof(word.proof),
        }
    )


def decode_destruction(data: bytes) -> Destruction:
    """Read the document; whether the proof holds is for `verify_destroyed`.

    Raises:
        MalformedError: it is none.
    """
    names = "version", "election", "fingerprint", "trustee", "proof"
    fields = require_fields(read_json(data, _WHAT), names, _WHAT)
    if require_whole(fields["version"], f"{_WHAT}, version") != VERSION:
        raise MalformedError(f"{_WHAT}: only version {VERSION} is known")
    return Destruction(
        require_uuid(fields["election"]),
        require_text(fields["fingerprint"], f"{_WHAT}, fingerprint"),
        require_whole(fields["trustee"], f"{_WHAT}, trustee", minimum=1),
        decode_proof(fields["proof"], f"{_WHAT}, proof"),
    )


def _prefix(election: str, fingerprint: str, trustee: int, public: bytes) -> str:
    return f"{DOMAIN}|{election}|{fingerprint}|{trustee}|{encode_point(public)}|"
