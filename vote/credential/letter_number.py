"""The number of a printed letter: 40 random bits that the server knows only by a keyed digest.

 * It is written in two groups of four characters, in Crockford's base 32, which has no I, L, O and U.
 * People may type it small, without the hyphen, with spaces, and with O for 0 and I or L for 1.
 * No refusal repeats it.

Follows Crockford's "Base 32". Not here: which number of a credential is in force.

>>> write_letter_number(bytes.fromhex("0123456789"))
'04HM-ASW9'
>>> read_letter_number("o4hm asw9")
'04HM-ASW9'
"""

import unicodedata

from crypto.envelope import keyed_digest
from crypto.randomness import Randomness
from vote.errors import Reason, RefusedError

DOMAIN = "letter-number"
BYTES = 5
LENGTH = 8
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("OIL", "011")
_BITS = 5


def generate_letter_number(rng: Randomness) -> str:
    """Draw a number: XXXX-XXXX."""
    return write_letter_number(rng(BYTES))


def write_letter_number(drawn: bytes) -> str:
    """Write 5 bytes as XXXX-XXXX."""
    value = int.from_bytes(drawn, "big")
    text = "".join(_ALPHABET[value >> shift & 31] for shift in range(_BITS * (LENGTH - 1), -1, -_BITS))
    return _grouped(text)


def read_letter_number(typed: str) -> str:
    """Return the one spelling, XXXX-XXXX, of what somebody typed.

    Raises:
        RefusedError: it is no such number; the sentence is for whoever typed it.
    """
    wide = unicodedata.normalize("NFKC", typed).upper()
    text = "".join(letter for letter in wide if unicodedata.category(letter)[0] not in "ZCP" and letter != "−")
    text = text.translate(_MISREAD)
    if len(text) != LENGTH or not set(text) <= set(_ALPHABET):
        raise RefusedError(
            Reason.MALFORMED,
            "信上的编号是8个字母和数字，中间有一短横。请对照信再输一次；看不清，请带身份证到社区补一封。 "
            "A letter’s number has 8 letters and digits with a dash between. Compare and type it again; if it cannot be read, bring "
            "your identity card to the community office for another.",
        )
    return _grouped(text)


def digest_letter_number(key: bytes, election: str, number: str) -> str:
    """Return the digest, in hex, by which the server finds a number again.

    Args:
        key: 32 bytes, for this purpose only.
        election: its uuid.
        number: in its one spelling.
    """
    return keyed_digest(key, DOMAIN, f"{election}/{number}").hex()


def _grouped(text: str) -> str:
    return f"{text[: LENGTH // 2]}-{text[LENGTH // 2 :]}"
