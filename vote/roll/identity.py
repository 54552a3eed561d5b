"""Reads identity numbers: citizens' (18 digits, or the old 15), organisations' (18 characters), and anything else.

 * Two spellings of one number are equal: lower-case x, wide digits, spaces, and the 15 digits of before 1999.
 * A wrong check digit or region is a warning, never a reason to refuse: the register, not the sheet, is right.
 * A number that a spreadsheet rounded or somebody masked is no number: it equals nothing.

Follows GB 11643-1999 (ISO 7064 MOD 11-2), GB/T 2260 for provinces, GB 32100-2015.
"""

import re
from typing import NamedTuple

from vote.roll.sheet import compact
from vote.roll.why import Why


class Number(NamedTuple):
    """An identity number in its one spelling, and what is odd about it."""

    text: str
    readable: bool
    warnings: tuple[Why, ...] = ()


_PLACEHOLDERS = frozenset({"", "无", "暂无", "不详", "未知", "未提供", "没有", "待补", "空", "N/A", "NONE"})
_LABEL = re.compile(r"^[^0-9A-Z]*(?:身份证|证件|护照|信用代码|通行证|执照)[^0-9A-Z*]*")
_NOISE = re.compile(r"[\s\-·.'\"`:]")
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]+")
_MASKED = re.compile(r"[*?#•●]|X{2,}")
_CITIZEN = re.compile(r"([0-9]{6})((?:18|19|20)[0-9]{2})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X]")
_OLD_CITIZEN = re.compile(r"[0-9]{8}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}")
_ORGANISATION = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")
_OTHER = re.compile(r"[A-Z]{0,4}[0-9]{6,12}[0-9A-Z]?")

_CITIZEN_WEIGHTS = tuple(2 ** (17 - position) % 11 for position in range(17))
_CITIZEN_CHECKS = "10X98765432"
_ORGANISATION_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORGANISATION_WEIGHTS = tuple(pow(3, position, 31) for position in range(17))
_PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
    ]
)


def read_number(text: str) -> Number | None:
    """Read one identity number, or None where the cell only says that there is none."""
    upper = compact(text).upper()
    number = _NOISE.sub("", _LABEL.sub("", upper))
    if upper in _PLACEHOLDERS or not number.strip("/\\—_"):
        return None
    if _SCIENTIFIC.fullmatch(upper) or (_MASKED.search(upper) and not _is_organisation(number)):
        return Number(upper, readable=False, warnings=(Why.NUMBER_UNREADABLE,))
    if _OLD_CITIZEN.fullmatch(number):
        number = _modern(number)
    return Number(number, readable=True, warnings=_warnings(number))


def citizen_check(number: str) -> str:
    """Return the check digit of a citizen's number from its first 17 digits (GB 11643-1999)."""
    return _CITIZEN_CHECKS[
        sum(int(digit) * weight for digit, weight in zip(number[:17], _CITIZEN_WEIGHTS, strict=True)) % 11
    ]


def organisation_check(number: str) -> str:
    """Return the check character of an organisation's code from its first 17 (GB 32100-2015)."""
    total = sum(
        _ORGANISATION_ALPHABET.index(letter) * weight
        for letter, weight in zip(number[:17], _ORGANISATION_WEIGHTS, strict=True)
    )
    return _ORGANISATION_ALPHABET[-total % 31]


def _modern(number: str) -> str:
    """The 18 digits of a number given before 1999, which left out the century and the check digit."""
    seventeen = number[:6] + "19" + number[6:]
    return seventeen + citizen_check(seventeen)


def _is_organisation(number: str) -> bool:
    """Whether this is an organisation's code beyond doubt; it may hold two X side by side."""
    return bool(_ORGANISATION.fullmatch(number)) and organisation_check(number) == number[17]


def _warnings(number: str) -> tuple[Why, ...]:
    citizen = _CITIZEN.fullmatch(number)
    if citizen:
        check = () if citizen_check(number) == number[17] else (Why.NUMBER_CHECK,)
        return check if number[:2] in _PROVINCES else (*check, Why.NUMBER_REGION)
    if _ORGANISATION.fullmatch(number):
        return () if _is_organisation(number) else (Why.NUMBER_CHECK,)
    return () if _OTHER.fullmatch(number) else (Why.NUMBER_FORM,)
