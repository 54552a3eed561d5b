"""Decides what may stand in a field of a record, and how it is written in a form.

 * Values are texts, whole numbers, days as texts (2026-12-01) and lists of people. Money is whole fen.
 * A value has one spelling: texts without outer blanks, lines ended by a line feed, no control signs.

Not here: which fields a kind of record has (`kinds.py`).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from vote.errors import Reason, RefusedError
from vote.law.citation import Text

MAX_LINE = 200
MAX_TEXT = 20_000
MAX_PEOPLE = 60
MAX_NUMBER = 10**15
"""Fen, or whatever is counted: more than any estate has, and exact in every program."""
FIRST_YEAR, LAST_YEAR = 1990, 2100

_MONEY = re.compile(r"(-?)([0-9]{1,13}|[0-9]{1,3}(?:,[0-9]{3}){1,4})(?:\.([0-9]{1,2}))?")
_WHOLE = re.compile(r"[0-9]{1,15}")
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]")
"""What turns text around or is not seen, but the line feed."""

Value = str | int | list[str] | dict[str, str | int]
"""The last is an attachment's (`rules.py`)."""

MISSING = Text("这一栏要填。", "Fill this in.")
LONG = Text("写得太长了，请写短一点。", "This is too long; make it shorter.")
ONE_LINE = Text("请写在一行里，不要换行。", "Write this on one line.")
SIGNS = Text("里面有看不见的符号，请删掉重打。", "There are unseen signs in it: delete them and type it again.")
MONEY = Text("请写金额，单位是元，例如12,345.60。", "Write an amount in yuan, such as 12,345.60.")
NUMBER = Text("请写一个整数。", "Write a whole number.")
DAY = Text("请写日期，例如2026-12-01。", "Write a date such as 2026-12-01.")
CHOOSE = Text("请从列出的里面选一项。", "Choose one of those listed.")
PEOPLE = Text("每人一行，写姓名，最多60人。", "One name a line, at most 60.")
UNKNOWN = Text("这类记录没有这一栏。", "Records of this kind have no such field.")


class FieldType(StrEnum):
    """What a field holds."""

    LINE = "line"
    TEXT = "text"
    MONEY = "money"
    NUMBER = "number"
    DAY = "day"
    CHOICE = "choice"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a kind of record."""

    name: str
    label: Text
    type: FieldType
    required: bool = True
    hint: Text | None = None
    choices: Mapping[str, Text] = field(default_factory=dict)
    signed: bool = False
    """Whether an amount may be below zero."""


class ValuesRefusedError(RefusedError):
    """Fields do not fit; `errors` has a sentence for each."""

    def __init__(self, errors: Mapping[str, Text]) -> None:
        first = next(iter(errors))
        super().__init__(
            Reason.MALFORMED, f"The field {first} does not fit: {errors[first].en}", zh=f"没有公布：{errors[first].zh}"
        )
        self.errors = errors


def read_typed(one: Field, text: str) -> Value | Text | None:
    """Return what was typed as a value; None if nothing was, a sentence if it is none of the field's."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not text:
        return None
    match one.type:
        case FieldType.MONEY:
            found = _MONEY.fullmatch(text.replace("，", ",").replace(" ", ""))
            if found is None:
                return MONEY
            sign, yuan, fen = found.groups()
            amount = int(yuan.replace(",", "")) * 100 + int((fen or "0").ljust(2, "0"))
            return -amount if sign else amount
        case FieldType.NUMBER:
            return int(text) if _WHOLE.fullmatch(text) else NUMBER
        case FieldType.PEOPLE:
            return [name for line in re.split("[\n、]", text) if (name := line.strip())]
        case _:
            return text


def write_typed(one: Field, value: Value | None) -> str:
    """Return a value as it is typed."""
    if value is None:
        return ""
    if one.type is FieldType.MONEY and isinstance(value, int):
        return write_money(value)
    return "\n".join(value) if isinstance(value, list) else str(value)


def write_money(fen: int) -> str:
    """Return an amount of fen in yuan: 12,345.60."""
    yuan, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{yuan:,}.{rest:02}"


def find_wrong(one: Field, value: object) -> Text | None:
    """Return why a value cannot stand in a field; None if it can."""
    match one.type:
        case FieldType.LINE:
            return _wrong_text(value, MAX_LINE) or (ONE_LINE if "\n" in str(value) else None)
        case FieldType.TEXT:
            return _wrong_text(value, MAX_TEXT)
        case FieldType.PEOPLE:
            return _wrong_people(value)
        case _:
            fits, sentence = _check(one, value)
            return None if fits else sentence


def _check(one: Field, value: object) -> tuple[bool, Text]:
    if one.type is FieldType.MONEY:
        return _is_whole(value, -MAX_NUMBER if one.signed else 0), MONEY
    if one.type is FieldType.NUMBER:
        return _is_whole(value, 0), NUMBER
    if one.type is FieldType.DAY:
        return isinstance(value, str) and is_day(value), DAY
    return isinstance(value, str) and value in one.choices, CHOOSE


def is_day(text: str) -> bool:
    """Whether a text is a day, in the one spelling, of years that can be meant."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return False
    return day.isoformat() == text and FIRST_YEAR <= day.year <= LAST_YEAR


def _is_whole(value: object, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= MAX_NUMBER


def _wrong_text(value: object, longest: int) -> Text | None:
    if not isinstance(value, str) or not value or value != value.strip():
        return MISSING
    if len(value) > longest:
        return LONG
    return SIGNS if _CONTROL.search(value) else None


def _wrong_people(value: object) -> Text | None:
    if not isinstance(value, Sequence) or isinstance(value, str) or not 0 < len(value) <= MAX_PEOPLE:
        return PEOPLE
    return next((PEOPLE for name in value if _wrong_text(name, MAX_LINE) or "\n" in name), None)
