"""Seals personal data at rest: bytes and a context in, one opaque envelope out.

 * An envelope opens only in the context it was sealed for, so that nobody who can write the database can move one
   owner's data to another row.
 * There is one error for every way to fail; it does not tell which.
 * A key has one purpose; all are derived from one master key. An envelope names its key, so keys can be replaced one
   envelope after another.
 * What must be found again without being kept, such as an identity number, is kept as a keyed digest: without the key
   it cannot be guessed.

Follows SPEC.md §12: ChaCha20-Poly1305 (RFC 8439), HKDF (RFC 5869) and HMAC (RFC 2104), both with SHA-256.

>>> key = derive_key(bytes(32), "roll")
>>> envelope = seal(key, "roll/owner/17", b"13800000000", rng=bytes)
>>> unseal([key], "roll/owner/17", envelope)
b'13800000000'

Not here: data that only an office may read (HPKE), and files for people (age).
"""

import contextlib
import hmac
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from crypto.errors import MalformedError, VerificationError
from crypto.randomness import Randomness

KEY_BYTES = 32
KEY_ID_BYTES = 8
NONCE_BYTES = 12

_VERSION = b"\x01"
_HEAD_BYTES = len(_VERSION) + KEY_ID_BYTES + NONCE_BYTES
_LENGTH_BYTES = 8


def derive_key(master: bytes, purpose: str) -> bytes:
    """Return the 32-byte key for one purpose, such as "roll" or "letter-number".

    Raises:
        MalformedError: the master key is not 32 bytes.
    """
    _require_key(master)
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=b"shanzhi-key-1\n" + purpose.encode()).derive(master)


def key_id(key: bytes) -> bytes:
    """Return the 8 bytes that name a key in its envelopes; they do not tell the key."""
    return hmac.digest(key, b"shanzhi-key-id-1\n", "sha256")[:KEY_ID_BYTES]


def seal(key: bytes, context: str, plaintext: bytes, rng: Randomness) -> bytes:
    """Return an envelope: version, key id, nonce, ciphertext with tag; 37 bytes longer than `plaintext`.

    Args:
        key: 32 bytes from `derive_key`; good for 2^32 envelopes, as nonces are random.
        context: where the envelope belongs, such as "roll/owner/17". It is not kept in the envelope.
        plaintext: what is to be hidden; its length is not hidden.
        rng: gives the nonce.

    Raises:
        MalformedError: the key is not 32 bytes.
    """
    _require_key(key)
    head = _VERSION + key_id(key) + rng(NONCE_BYTES)
    return head + ChaCha20Poly1305(key).encrypt(head[-NONCE_BYTES:], plaintext, head + context.encode())


def unseal(keys: Sequence[bytes], context: str, envelope: bytes) -> bytes:
    """Return what was sealed by one of `keys` in this context.

    Raises:
        VerificationError: it was not sealed so, or was changed since.
    """
    head, ciphertext = envelope[:_HEAD_BYTES], envelope[_HEAD_BYTES:]
    for key in keys:
        if head[:-NONCE_BYTES] == _VERSION + key_id(key):
            with contextlib.suppress(InvalidTag):
                return ChaCha20Poly1305(key).decrypt(head[-NONCE_BYTES:], ciphertext, head + context.encode())
    raise VerificationError("sealed data: it was not sealed with these keys for this place, or it was changed")


def keyed_digest(key: bytes, domain: str, text: str) -> bytes:
    """Return 32 bytes by which `text` is found again, and which tell nothing without the key.

    Args:
        key: 32 bytes from `derive_key`, for this purpose only.
        domain: names what is looked up, such as "roll/identity-number".
        text: in one spelling; another spelling has another digest.

    Raises:
        MalformedError: the key is not 32 bytes.
    """
    _require_key(key)
    name = domain.encode()
    framed = b"shanzhi-digest-1\n" + len(name).to_bytes(_LENGTH_BYTES, "big") + name + text.encode()
    return hmac.digest(key, framed, "sha256")


def _require_key(key: bytes) -> None:
    if len(key) != KEY_BYTES:
        raise MalformedError(f"key: {KEY_BYTES} bytes are expected, there are {len(key)}")
