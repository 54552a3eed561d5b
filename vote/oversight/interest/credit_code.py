"""Reads unified social credit codes (统一社会信用代码) and checks their check digit.

 * 18 signs: digits and capital letters without I, O, S, V, Z; each stands for a number below 31.
 * The sum of the first 17, the nth weighted with 3^(n-1) mod 31, and the last one make a multiple of 31.

Follows GB 32100-2015 §5 and its annex.

>>> find_code("91350100m000100y43")
'91350100M000100Y43'
"""

import unicodedata

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18
_NUMBERS = {sign: number for number, sign in enumerate(ALPHABET)}
_WEIGHTS = tuple(pow(3, place, len(ALPHABET)) for place in range(LENGTH - 1))


def find_code(typed: str) -> str | None:
    """Return the one spelling of a code as somebody typed it; None if it is none or has a wrong sign in it."""
    wide = unicodedata.normalize("NFKC", typed).upper()
    text = "".join(sign for sign in wide if unicodedata.category(sign)[0] not in "ZCP")
    if len(text) != LENGTH or not set(text) <= _NUMBERS.keys():
        return None
    return text if check_sign(text[:-1]) == text[-1] else None


def check_sign(body: str) -> str:
    """Return the last sign that belongs to the first 17."""
    total = sum(weight * _NUMBERS[sign] for weight, sign in zip(_WEIGHTS, body, strict=True))
    return ALPHABET[-total % len(ALPHABET)]
