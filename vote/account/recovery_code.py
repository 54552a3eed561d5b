"""Codes on paper that sign in once, for the day when the phone with the passkey is gone.

A code has 25 characters in fives, 125 random bits, so its digest needs no slow hash. No character looks like another;
small letters, blanks and full-width characters are read as what they mean.
"""

import hashlib
import unicodedata

from crypto.randomness import Randomness

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 25
GROUP = 5
NUMBER = 8
"""How many codes somebody gets at once."""


def generate_code(rng: Randomness) -> str:
    """Return a new code, as it is printed."""
    text = "".join(ALPHABET[byte % len(ALPHABET)] for byte in rng(LENGTH))
    return "-".join(text[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def read_code(typed: str) -> str | None:
    """Return a code as it is printed, or None if what was typed is none."""
    text = "".join(each for each in unicodedata.normalize("NFKC", typed).upper() if each.isalnum())
    if len(text) != LENGTH or any(each not in ALPHABET for each in text):
        return None
    return "-".join(text[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def code_digest(code: str) -> str:
    """Return what is kept of a code: SHA-256 in hex."""
    return hashlib.sha256(b"shanzhi recovery code 1\n" + code.encode()).hexdigest()
