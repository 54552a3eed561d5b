"""Commits to something now that is shown later, or never: a hash that tells nothing without its salt.

 * One salt of 32 random bytes for each commitment. Deleting salt and payload erases what was committed to.
 * The domain names what is committed to; a commitment of one domain never opens in another.

Follows SPEC.md §11.

>>> salt = bytes(range(32))
>>> commitment = commit("example", salt, b"2-1-301")
>>> verify_commitment(commitment, "example", salt, b"2-1-301")
"""

import hashlib
import hmac

from crypto.errors import MalformedError, VerificationError
from crypto.randomness import Randomness

SALT_BYTES = 32

_TAG = b"shanzhi-commitment-1\n"
_LENGTH_BYTES = 8


def new_salt(rng: Randomness) -> bytes:
    """Draw a salt; it is used for one commitment."""
    return rng(SALT_BYTES)


def commit(domain: str, salt: bytes, payload: bytes) -> bytes:
    """Return the 32-byte commitment to `payload`.

    Args:
        domain: names the kind and version of what is committed to, such as "roll/entitlement/1".
        salt: 32 random bytes, used once.
        payload: in its one canonical spelling.

    Raises:
        MalformedError: the salt has another length.
    """
    if len(salt) != SALT_BYTES:
        raise MalformedError(f"commitment: a salt has {SALT_BYTES} bytes, this one has {len(salt)}")
    parts = (domain.encode(), salt, payload)
    return hashlib.sha256(_TAG + b"".join(len(p).to_bytes(_LENGTH_BYTES, "big") + p for p in parts)).digest()


def verify_commitment(commitment: bytes, domain: str, salt: bytes, payload: bytes) -> None:
    """Raise unless `commitment` opens to `payload`.

    Raises:
        MalformedError: the salt has another length.
        VerificationError: it opens to something else.
    """
    if not hmac.compare_digest(commit(domain, salt, payload), commitment):
        raise VerificationError("commitment: it does not open to this payload with this salt")
