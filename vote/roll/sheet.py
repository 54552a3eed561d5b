"""Keeps a sheet as rows of text, whatever it was in the file, so that one set of rules reads them all.

 * A number has at most 15 significant digits, as spreadsheets keep them; a longer one comes out in scientific notation
   and is recognised as damaged later.
 * A value merged over several lines of one column stands in each of them; merged across columns, only in the header.

Not here: reading files (`vote.roll.reader`).
"""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

SIGNIFICANT_DIGITS = 15
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
"""Control and format signs: what turns text around or splits words unseen is nobody's name or room."""
_SPACES = re.compile(r"\s+")

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range, both ends included, counted from zero."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its rows from the very first, all equally long; row 1 of the program on screen is `rows[0]`."""

    name: str
    rows: tuple[Cells, ...]
    merges: tuple[Merge, ...] = ()
    hidden: bool = False


def make_sheet(name: str, rows: list[list[object]], merges: tuple[Merge, ...] = (), *, hidden: bool = False) -> Sheet:
    """Turn values into text, pad rows to one length, drop empty rows at the end, and fill merges down a column."""
    texts = [[cell_text(value) for value in row] for row in rows]
    while texts and not any(map(plain, texts[-1])):
        texts.pop()
    width = max(map(len, texts), default=0)
    for row in texts:
        row.extend([""] * (width - len(row)))
    for merge in merges:
        if merge.left == merge.right < width:
            for line in range(merge.top + 1, min(merge.bottom + 1, len(texts))):
                texts[line][merge.left] = texts[merge.top][merge.left]
    return Sheet(name, tuple(map(tuple, texts)), merges, hidden)


def cell_text(value: object) -> str:
    """Write a cell's value as the person who filled it in would: `89.37`, `501`, `2019年8月1日`."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return {True: "TRUE", False: "FALSE", None: ""}[value]
    if isinstance(value, int | float):
        return format(value, f".{SIGNIFICANT_DIGITS}g")
    if isinstance(value, dt.date):
        return f"{value.year}年{value.month}月{value.day}日"
    return str(value)


def plain(text: str) -> str:
    """Return `text` after NFKC, without invisible characters and outer spaces; inner runs of spaces become one."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))).strip()


def compact(text: str) -> str:
    """Return `text` after NFKC without any space."""
    return plain(text).replace(" ", "")
