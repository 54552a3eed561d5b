"""Decides who owns a unit: names and identity numbers taken apart, paired, compared and masked.

 * Owners are equal by identity number; by name only where there is none. Two people of one name stay two.
 * Several owners in one cell are separated by 、，,；; ／ / or spaces; a space inside 张 三 or John Smith separates
   nothing.
 * As many names as numbers are expected; numbers count, names beyond them stand by name.

Follows rulebook §5.5 for what others may see of a name.
"""

import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import NamedTuple

from vote.roll.identity import Number, read_number
from vote.roll.sheet import plain

DEVELOPER_TITLE = "建设单位"
"""How the developer's entitlement is called in public."""

MOST_NAMES = 20
"""What a line of a letter or of the public roll has room for."""

_SEPARATORS = re.compile(r"[、,;/|&\n\r]+")
_SHARE = re.compile(r"\((?:占?[0-9.]+%|[0-9]+/[0-9]+|[^()]*份额[^()]*)\)")
_DOTS = re.compile("[•‧・∙⋅‧]")
_LATIN = re.compile(r"[A-Za-z .'\-]+")
_NOBODY = frozenset({"", "-", "--", "/", "无", "空", "暂无", "不详", "未知", "—", "——"})
_ORGANISATION = re.compile(
    "公司|企业|集团|合作社|银行|委员会|管理局|政府|中心|学校|医院|协会|工厂|事务所|商行|厂$|部$|店$|局$|村$"
)
_ORGANISATION_CODE = re.compile(r"(?![0-9]{17})[0-9A-Z]{18}")
_SHARING = ("单独所有", "共同共有", "按份共有")
_NUMBER_LENGTHS = frozenset({15, 18})


class Owner(NamedTuple):
    """One owner as the sheet names them; `number` is empty where there is none."""

    name: str
    number: str
    readable: bool = True

    def key(self, place: object) -> str:
        """Return what makes this owner equal to another; a damaged number equals only itself at the same `place`."""
        if self.number and self.readable:
            return f"number:{self.number}"
        return f"name:{self.name}" if not self.number else f"damaged:{place}:{self.name}"


class Owners(NamedTuple):
    """The owners of a row; `counts_differ` if there were not as many names as numbers though there were numbers."""

    owners: tuple[Owner, ...]
    numbers: tuple[Number, ...]
    counts_differ: bool


def read_owners(names: str, numbers: str) -> Owners:
    """Read a cell of names and a cell of identity numbers.

    Args:
        names: one or more names.
        numbers: their identity numbers in the same order, or nothing.
    """
    read = [number for number in map(read_number, split_numbers(numbers)) if number]
    people = split_names(names, len(read))
    if not people:
        return Owners((), (), counts_differ=False)
    owners = tuple(
        Owner(name or "", number.text if number else "", readable=number is None or number.readable)
        for name, number in zip_longest(people, read)
    )
    return Owners(owners, tuple(read), counts_differ=bool(read) and len(read) != len(people))


def split_names(text: str, expected: int = 0) -> list[str]:
    """Take the names of a cell apart; `expected` is how many identity numbers there are."""
    cell = _SHARE.sub("", _DOTS.sub("·", _cell_with_lines(text)))
    names: list[str] = []
    for piece in _SEPARATORS.split(cell):
        words = piece.split()
        if _LATIN.fullmatch(piece) or _is_one_name(words):
            words = [(" " if _LATIN.fullmatch(piece) else "").join(words)]
        names.extend(words)
    names = [name for name in names if name not in _NOBODY and not name.endswith(_SHARING)]
    if expected == 1 and len(names) > 1 and _ORGANISATION.search(names[-1]) and not _SEPARATORS.search(cell):
        return ["".join(names)]
    return names


def split_numbers(text: str) -> list[str]:
    """Take the identity numbers of a cell apart; spaces inside one number of 15 or 18 digits separate nothing."""
    numbers: list[str] = []
    for piece in _SEPARATORS.split(_cell_with_lines(text)):
        words = piece.split()
        joined = "".join(words)
        short = all(len(word) < min(_NUMBER_LENGTHS) for word in words)
        numbers.extend([joined] if short and len(joined) in _NUMBER_LENGTHS else words)
    return numbers


def is_organisation(name: str, number: str = "") -> bool:
    """Whether an owner is an organisation, by its name or by a code only organisations have."""
    return bool(_ORGANISATION.search(name)) or bool(_ORGANISATION_CODE.fullmatch(number))


def mask_name(name: str, number: str = "") -> str:
    """Return what others may see of a name: 张* for a person, 嘉*（单位） for an organisation."""
    initial = name[:1] if name.isprintable() else "□"
    return f"{initial}*（单位）" if is_organisation(name, number) else f"{initial}*"


def mask_names(owners: Sequence[Owner]) -> str:
    """Return the masked names of several owners in the order of the sheet; of very many the first, and how many."""
    masked = "、".join(mask_name(owner.name, owner.number) for owner in owners[:MOST_NAMES])
    return masked + (f"等{len(owners)}人" if len(owners) > MOST_NAMES else "")


def _cell_with_lines(text: str) -> str:
    """The cell after NFKC; a line break inside it stays, as it separates."""
    return "\n".join(map(plain, text.splitlines()))


def _is_one_name(words: Sequence[str]) -> bool:
    """Whether spaces stand inside a name: no Chinese name has one character."""
    return any(len(word) == 1 for word in words)
