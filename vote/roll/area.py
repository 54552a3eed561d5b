"""Reads a floor area as it stands in a cell: `89.37`, `８９．３７㎡`, `1,089.3 平方米` become whole dm2 (0.01 m2).

 * Nothing a person wrote is rounded: a third decimal that is not zero is a fault, as is zero, a negative number, or a word.
 * Placeholders such as `-` or `无` are an empty cell.

Follows the order register, survey, contract of the Supreme Court's interpretation (2020) art. 8 in `pick_area`.
"""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from vote.roll.sheet import compact
from vote.roll.why import Why

MAX_AREA_DM2 = 100_000_000
"""A million square metres: no exclusive part is larger, a telephone number in the wrong column is."""

_NOISY_DECIMALS = 11
"""Nobody writes more decimals; a program that adds binary numbers does."""
_PLACEHOLDERS = frozenset({"", "-", "--", "---", "—", "——", "/", "\\", "无", "暂无", "未登记", "未测", "未测绘", "空"})
_UNIT = re.compile(r"(?:m2|m²|M2|m\^2|平方米|平方公尺|平米|平方|平)$")
_THOUSANDS = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_NUMBER = re.compile(r"(-?)([0-9]{1,12})(?:\.([0-9]*))?")


class AreaSource(StrEnum):
    """Where an area comes from, in the order in which the law takes them."""

    REGISTER = "register"
    SURVEY = "survey"
    CONTRACT = "contract"


class Area(NamedTuple):
    """An area in dm2 and where it comes from; `passed_over` says what was wrong with the cells before it."""

    area_dm2: int
    source: AreaSource
    passed_over: Why | None = None


def is_blank(text: str) -> bool:
    """Whether the cell holds no area: nothing, or a sign for nothing."""
    return compact(text) in _PLACEHOLDERS


def read_area(text: str) -> int | Why:
    """Read a cell that is not blank, in dm2, or say what is wrong with it."""
    digits = _UNIT.sub("", compact(text)).replace("−", "-")
    if _THOUSANDS.fullmatch(digits):
        digits = digits.replace(",", "")
    match = _NUMBER.fullmatch(digits)
    if not match:
        return Why.AREA_NOT_NUMBER
    sign, whole, fraction = match[1], *_without_noise(match[2], match[3] or "")
    if len(fraction) > 2:  # noqa: PLR2004 - cents of a square metre
        return Why.AREA_TOO_FINE
    area_dm2 = int(whole) * 100 + int(fraction.ljust(2, "0"))
    if area_dm2 == 0:
        return Why.AREA_ZERO
    if sign:
        return Why.AREA_NEGATIVE
    return Why.AREA_TOO_LARGE if area_dm2 > MAX_AREA_DM2 else area_dm2


def _without_noise(whole: str, fraction: str) -> tuple[str, str]:
    """Drop zeros at the end, and what binary arithmetic left there: 89.36999999999999 is 89.37."""
    if len(fraction) > _NOISY_DECIMALS:
        number = str((int(whole + fraction[: _NOISY_DECIMALS + 1]) + 5) // 10).rjust(_NOISY_DECIMALS + 1, "0")
        whole, fraction = number[:-_NOISY_DECIMALS], number[-_NOISY_DECIMALS:]
    return whole, fraction.rstrip("0")


def pick_area(cells: Sequence[tuple[AreaSource, str]]) -> Area | Why:
    """Take the first usable of the cells, given in the order of the law, or say what is wrong with the first one."""
    fault: Why | None = None
    for source, text in cells:
        if is_blank(text):
            continue
        area = read_area(text)
        if isinstance(area, int):
            return Area(area, source, fault)
        fault = fault or area
    return fault or Why.AREA_MISSING


def write_area(area_dm2: int) -> str:
    """Write dm2 as square metres with two decimals."""
    return f"{area_dm2 // 100}.{area_dm2 % 100:02}"
