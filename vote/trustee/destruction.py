"""Keeps a trustee's word that the own key is destroyed, signed with that key before it was.

 * Trustees together could read every ballot at any later time; so their keys are destroyed once disputes are over.
 * The word binds election, fingerprint and trustee; nobody else can give it.

Follows SPEC.md §17 and product.md §3. Not here: overwriting the file (`command`).
"""

from dataclasses import dataclass

from crypto.election import require_uuid
from crypto.encoding import compact_json, read_json, require_fields, require_text, require_whole
from crypto.errors import MalformedError
from crypto.group import encode_point, multiply_base
from crypto.knowledge import prove_knowledge, verify_knowledge
from crypto.proof import Proof, decode_proof, encode_proof
from crypto.randomness import Randomness

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
