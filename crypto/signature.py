"""Signs what the platform promises, so that it can be held to it.

 * A signature is for one domain: a promise about a ballot never passes for a word about anything else.
 * A public key is a member of the group other than the identity; others would sign anything for anybody.
 * Keys are written as 64 lowercase hex digits and signatures as 88 characters of standard Base64; every other
   spelling is refused.

Follows SPEC.md §12 and RFC 8032 (Ed25519).

>>> key = generate_signing_key(rng=bytes)
>>> signature = sign(key, "example", b"payload")
>>> verify_signature(key.public, "example", b"payload", signature)
>>> decode_signature(encode_signature(signature)) == signature
True

Not here: signatures with a voter's credential (SPEC.md §5), of checkpoints and witnesses (C2SP notes).
"""

import base64
import re
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from crypto import group
from crypto.errors import MalformedError, VerificationError
from crypto.randomness import Randomness

KEY_BYTES = 32
SIGNATURE_BYTES = 64

_TAG = b"shanzhi-signature-1\n"
_LENGTH_BYTES = 8
_KEY_TEXT = re.compile(r"[0-9a-f]{64}")
# The last digit before the padding holds two bits; the four below them are zero.
_SIGNATURE_TEXT = re.compile(r"[A-Za-z0-9+/]{85}[AQgw]==")


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key; its `repr` does not show it."""

    seed: bytes = field(repr=False)
    """The private key of RFC 8032 §5.1.5, 32 bytes."""

    @property
    def public(self) -> bytes:
        """The public key, 32 bytes."""
        return Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw()


def generate_signing_key(rng: Randomness) -> SigningKey:
    """Draw a signing key."""
    return SigningKey(rng(KEY_BYTES))


def sign(key: SigningKey, domain: str, payload: bytes) -> bytes:
    """Return the 64-byte signature of `payload`.

    Args:
        key: of the platform.
        domain: names the kind and version of what is promised, such as "ballot/promise/1".
        payload: in its one canonical spelling.
    """
    return Ed25519PrivateKey.from_private_bytes(key.seed).sign(_framed(domain, payload))


def verify_signature(public: bytes, domain: str, payload: bytes, signature: bytes) -> None:
    """Raise unless `signature` is that of `payload` in this domain by the key `public`.

    Raises:
        VerificationError: it is not, or `public` is no public key.
    """
    require_public_key(public)
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, _framed(domain, payload))
    except InvalidSignature:
        raise VerificationError(f"signature: it is not by this key for this payload in {domain}") from None


def encode_signing_key(key: SigningKey) -> str:
    """Write a private key as its file has it."""
    return key.seed.hex()


def decode_signing_key(text: object) -> SigningKey:
    """Read a private key.

    Raises:
        MalformedError: not 64 lowercase hex digits; the message does not repeat them.
    """
    return SigningKey(_read_hex(text, "signing key"))


def encode_public_key(public: bytes) -> str:
    """Write a public key as documents have it."""
    return public.hex()


def decode_public_key(text: object) -> bytes:
    """Read a public key.

    Raises:
        MalformedError: not 64 lowercase hex digits.
        VerificationError: not a public key.
    """
    public = _read_hex(text, "public key")
    require_public_key(public)
    return public


def encode_signature(signature: bytes) -> str:
    """Write a signature as documents have it."""
    return base64.b64encode(signature).decode()


def decode_signature(text: object) -> bytes:
    """Read a signature.

    Raises:
        MalformedError: not the standard Base64 of 64 bytes, padding included.
    """
    if not isinstance(text, str) or not _SIGNATURE_TEXT.fullmatch(text):
        raise MalformedError("signature: 64 bytes in standard Base64 are expected")
    return base64.b64decode(text)


def require_public_key(public: bytes) -> None:
    """Raise unless `public` is a key that only its holder can sign for.

    Raises:
        VerificationError: another length, not canonical, not in the group of prime order, or the identity.
    """
    if len(public) != KEY_BYTES or public == group.IDENTITY:
        raise VerificationError("public key: it is not one of a signing key")
    group.require_member(public, "public key")


def _framed(domain: str, payload: bytes) -> bytes:
    name = domain.encode()
    return _TAG + len(name).to_bytes(_LENGTH_BYTES, "big") + name + payload


def _read_hex(text: object, what: str) -> bytes:
    if not isinstance(text, str) or not _KEY_TEXT.fullmatch(text):
        raise MalformedError(f"{what}: 64 lowercase hex digits are expected")
    return bytes.fromhex(text)
