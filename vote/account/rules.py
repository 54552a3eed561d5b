"""What a role key is worth."""

import hashlib
import hmac
import unicodedata


def key_digest(key: str) -> str:
    """Return what is kept of a role key: SHA-256 in hex. Keys are 192 random bits, so no slow hash is needed."""
    return hashlib.sha256(b"shanzhi role key 1\n" + key.encode()).hexdigest()


def is_same_key(left: str, right: str) -> bool:
    """Compare two secrets in constant time."""
    return hmac.compare_digest(left.encode(), right.encode())


def same_name(name: str) -> str:
    """Return a person's name in one spelling, so that a blank or a full-width letter makes nobody a second person."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()
