"""Voters' credentials: the private text in a letter, the key made of it, and the public list with weights.

 * A credential is 22 characters of base58, drawn evenly (129 bits), written 5-6-5-6 with hyphens.
 * The key depends on the election: the same text in another election gives another key.
 * The public list holds distinct keys, none of them the identity, each with a weight from 0.

Follows SPEC.md §4. Not here: two-part credentials, who gets which letter, what a ballot does with the key.

>>> public_credential(derive_secret("DQB53CqA1UtMwz", "guyDu-tFHGuC-TAL8y-VqJfpp"))
'e0708fd392598c458454e90c645366f86fab0b5a452068e58c2b1a0da29fb116'
"""

import hashlib
import re
from collections.abc import Iterable
from typing import NamedTuple

from crypto.encoding import compact_json, read_json, require_list, require_text
from crypto.errors import MalformedError
from crypto.group import IDENTITY, ORDER, decode_point, decode_scalar, encode_point, encode_scalar, multiply_base
from crypto.randomness import Randomness

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
"""Base58: no 0, O, I, l, which people confuse."""

_GROUPS = (5, 6, 5, 6)
_FORM = re.compile("-".join(f"[{ALPHABET}]{{{size}}}" for size in _GROUPS))
_EVEN = 256 - 256 % len(ALPHABET)


class WeightedCredential(NamedTuple):
    """One line of the public list."""

    public: str
    """g^secret, 64 hex digits."""
    weight: int


def generate_credential(rng: Randomness) -> str:
    """Draw a new private credential."""
    letters = ""
    while len(letters) < sum(_GROUPS):
        # Bytes from 232 up are dropped: 256 is no multiple of 58, and every letter is to be as likely as any other.
        letters += "".join(ALPHABET[byte % len(ALPHABET)] for byte in rng(32) if byte < _EVEN)
    parts = []
    for size in _GROUPS:
        parts.append(letters[:size])
        letters = letters[size:]
    return "-".join(parts)


def require_credential(text: object) -> str:
    """Return `text` if it has the form of a private credential.

    Raises:
        MalformedError: otherwise; the sentence does not repeat the text.
    """
    if not isinstance(text, str) or not _FORM.fullmatch(text):
        raise MalformedError(
            "a credential is 22 letters and digits in four groups of 5, 6, 5 and 6 with hyphens between them, without 0, "
            "O, I and l: please compare it with the letter"
        )
    return text


def derive_secret(uuid: str, credential: str) -> int:
    """Return the signing key of a private credential in the election `uuid`, a number mod q."""
    halves = (hashlib.sha256(f"derive_credential|{uuid}|{half}|{credential}".encode()).digest() for half in (0, 1))
    return int.from_bytes(b"".join(halves), "big") % ORDER


def public_credential(secret: int) -> str:
    """Return what is published of a signing key: g^secret as 64 hex digits."""
    return encode_point(multiply_base(secret))


def decode_public_credentials(data: bytes) -> tuple[WeightedCredential, ...]:
    """Read the public list: a JSON list of "key" (weight 1) or "key,weight".

    Raises:
        MalformedError: an entry is none, its weight is not a whole number, or its key is the identity or stands
            twice.
        VerificationError: a key is a point outside the group.
    """
    credentials: list[WeightedCredential] = []
    positions: dict[str, int] = {}
    for position, value in enumerate(require_list(read_json(data, "the credentials"), "the credentials"), start=1):
        what = f"credential {position} of the list"
        credential = _decode_entry(require_text(value, what), what)
        if credential.public in positions:
            raise MalformedError(f"{what}: the same key stands at position {positions[credential.public]} already")
        positions[credential.public] = position
        credentials.append(credential)
    return tuple(credentials)


def encode_public_credentials(credentials: Iterable[WeightedCredential]) -> bytes:
    """Write the public list, sorted by key, so that its order tells nothing."""
    return compact_json(
        [
            public if weight == 1 else f"{public},{encode_scalar(weight)}"
            for public, weight in sorted(credentials, key=lambda credential: credential.public)
        ]
    )


def _decode_entry(text: str, what: str) -> WeightedCredential:
    public, comma, digits = text.partition(",")
    if decode_point(public, what) == IDENTITY:
        raise MalformedError(f"{what}: the key is the identity, for which anybody can sign")
    return WeightedCredential(public, decode_scalar(digits, f"{what}, weight") if comma else 1)
