"""Seals a share of a key so that one other trustee can open it.

 * ECIES on the group: a fresh scalar e per share; the key is HKDF-SHA256 of g^e, the recipient's key and their shared point.
 * ChaCha20-Poly1305 with a zero nonce, because the key seals once; the context is authenticated and in the key.
 * A share is 32 bytes, little-endian, below q; what opens to something else is refused.

Follows SPEC.md §6.2, RFC 5869, RFC 8439.

>>> from crypto.group import multiply_base
>>> sealed = seal_share(42, multiply_base(7), b"example", rng=lambda size: bytes(size - 1) + b"1")
>>> open_share(sealed, 7, b"example")
42
"""

from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from crypto.encoding import require_fields, require_text
from crypto.errors import MalformedError, VerificationError
from crypto.group import (
    IDENTITY,
    ORDER,
    SCALAR_BYTES,
    decode_point,
    encode_point,
    multiply,
    multiply_base,
    random_scalar,
)
from crypto.randomness import Randomness

KEY_BYTES = 32
NONCE = bytes(12)
SEALED_BYTES = SCALAR_BYTES + 16
"""The share and the tag of 16 bytes."""


@dataclass(frozen=True, slots=True)
class SealedShare:
    """A share that only its recipient can open."""

    ephemeral: bytes
    """g^e."""
    sealed: bytes


def seal_share(share: int, recipient: bytes, context: bytes, rng: Randomness) -> SealedShare:
    """Seal `share` (mod q) for the holder of `recipient`, under a context that both know.

    Raises:
        VerificationError: `recipient` is not in the group.
    """
    secret = random_scalar(rng)
    ephemeral = multiply_base(secret)
    cipher = _cipher(ephemeral, recipient, multiply(recipient, secret), context)
    return SealedShare(ephemeral, cipher.encrypt(NONCE, share.to_bytes(SCALAR_BYTES, "little"), context))


def open_share(share: SealedShare, secret: int, context: bytes) -> int:
    """Open a share with the recipient's secret.

    Raises:
        VerificationError: it was sealed for somebody else or in another context, was changed, or holds no number mod q.
    """
    cipher = _cipher(share.ephemeral, multiply_base(secret), multiply(share.ephemeral, secret), context)
    try:
        number = int.from_bytes(cipher.decrypt(NONCE, share.sealed, context), "little")
    except InvalidTag:
        raise VerificationError("the sealed share cannot be opened") from None
    if number >= ORDER:
        raise VerificationError("the sealed share holds a number that is not below the order of the group")
    return number


def encode_sealed_share(share: SealedShare) -> dict[str, str]:
    """Write a sealed share as JSON has it."""
    return {"ephemeral": encode_point(share.ephemeral), "sealed": share.sealed.hex()}


def decode_sealed_share(value: object, what: str) -> SealedShare:
    """Read a sealed share.

    Raises:
        MalformedError: not one.
        VerificationError: the ephemeral key is not in the group, or is the identity.
    """
    fields = require_fields(value, ("ephemeral", "sealed"), what)
    ephemeral = decode_point(fields["ephemeral"], f"{what}, ephemeral key")
    if ephemeral == IDENTITY:
        raise VerificationError(f"{what}: the ephemeral key is the identity, which hides nothing")
    text = require_text(fields["sealed"], f"{what}, sealed")
    try:
        sealed = bytes.fromhex(text)
    except ValueError:
        sealed = b""
    if len(sealed) != SEALED_BYTES or sealed.hex() != text:
        raise MalformedError(f"{what}: {2 * SEALED_BYTES} lowercase hex digits are expected")
    return SealedShare(ephemeral, sealed)


def _cipher(ephemeral: bytes, recipient: bytes, shared: bytes, context: bytes) -> ChaCha20Poly1305:
    derive = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=context)
    return ChaCha20Poly1305(derive.derive(ephemeral + recipient + shared))
