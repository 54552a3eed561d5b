"""One trustee's public key, with the proof that somebody holds its secret.

 * A key is never the identity, and never without its proof of knowledge.
 * In a threshold group the holder also signs the key, with the key of its certificate (`pedersen`).
 * A name is a label for people; no proof covers it.

Follows SPEC.md §6.

>>> key = make_trustee_key(5, rng=lambda size: bytes(size - 1) + b"1", name="街道")
>>> verify_trustee_key(key)
>>> decode_trustee_key(encode_trustee_key(key), "example") == key
True
"""

from dataclasses import dataclass
from typing import Any

from crypto.encoding import require_fields, require_text
from crypto.errors import VerificationError
from crypto.group import IDENTITY, NAME, decode_point, encode_point, multiply_base
from crypto.knowledge import prove_knowledge, sign_message, verify_knowledge
from crypto.proof import Proof, decode_proof, encode_proof
from crypto.randomness import Randomness


@dataclass(frozen=True, slots=True)
class TrusteeKey:
    """What trustees.json holds of one trustee."""

    public_key: bytes
    """X = g^x."""
    pok: Proof
    """Proof of knowledge of x."""
    signature: Proof | None = None
    """Signature of X, in a threshold group."""
    name: str | None = None


def make_trustee_key(
    secret: int, rng: Randomness, name: str | None = None, signing_secret: int | None = None
) -> TrusteeKey:
    """Return the public key of `secret`, signed where there is a `signing_secret`."""
    public_key = multiply_base(secret)
    pok = prove_knowledge(_prefix(public_key), secret, public_key, rng)
    signature = None if signing_secret is None else sign_message(signing_secret, encode_point(public_key), rng)
    return TrusteeKey(public_key, pok, signature, name)


def verify_trustee_key(key: TrusteeKey) -> None:
    """Raise unless the key is one and its holder knows the secret.

    Raises:
        VerificationError: the identity, or a false proof.
    """
    if key.public_key == IDENTITY:
        raise VerificationError("the key is the identity, which hides nothing")
    verify_knowledge(_prefix(key.public_key), key.public_key, key.pok)


def encode_trustee_key(key: TrusteeKey) -> dict[str, Any]:
    """Write a key as documents have it."""
    fields: dict[str, Any] = {"pok": encode_proof(key.pok), "public_key": encode_point(key.public_key)}
    if key.signature is not None:
        fields["signature"] = encode_proof(key.signature)
    if key.name is not None:
        fields["name"] = key.name
    return fields


def decode_trustee_key(value: object, what: str) -> TrusteeKey:
    """Read a key; whether its proofs hold is for `verify_trustee_key`.

    Raises:
        MalformedError: not a key.
        VerificationError: the point is not in the group.
    """
    fields = require_fields(value, ("pok", "public_key"), what, ("signature", "name"))
    signature = decode_proof(fields["signature"], f"{what}, signature") if "signature" in fields else None
    name = require_text(fields["name"], f"{what}, name") if "name" in fields else None
    return TrusteeKey(
        decode_point(fields["public_key"], f"{what}, public key"),
        decode_proof(fields["pok"], f"{what}, proof of knowledge"),
        signature,
        name,
    )


def _prefix(public_key: bytes) -> str:
    return f"pok|{NAME}|{encode_point(public_key)}|"
