"""Speaks documents made of records: each field has one kind, and every other spelling is refused.

 * A record is a frozen class whose fields say how they are read; what is read is what is written again.
 * Nothing is optional: what does not apply is written as null, so that leaving out is no answer.
 * Moments are UTC in whole seconds, days are `2026-12-20`, numbers are whole.

Not here: which records there are (`content.py`).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime
from typing import Any, TypeAlias, TypeVar, dataclass_transform

from crypto.encoding import require_fields, require_list, require_text
from crypto.errors import MalformedError
from vote.election.terms import encode_moment

_T = TypeVar("_T")
Kind: TypeAlias = Callable[[object, str], _T]
"""Reads a value; the second argument names it in a refusal."""

MAX_LINE = 500
"""Characters of a line; questions are no longer."""
MAX_PROSE = 2000
"""Characters of an answer or a reason."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def reads(kind: Kind[_T]) -> _T:
    """Return a field of a record that is read by `kind`."""
    found: _T = field(metadata={"kind": kind})
    return found


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(reads,))
def record(cls: type[_T]) -> type[_T]:
    """Make a class a record; each of its fields is declared with `reads`."""
    return dataclass(frozen=True, slots=True, kw_only=True)(cls)


def part(cls: type[_T]) -> Kind[_T]:
    """Return the kind of a record inside another."""

    def read(value: object, what: str) -> _T:
        return decode_record(cls, value, what)

    return read


def decode_record(cls: type[_T], value: object, what: str) -> _T:
    """Read a record.

    Raises:
        MalformedError: a field is missing, unknown or of another kind.
    """
    assert is_dataclass(cls)
    kinds: dict[str, Kind[object]] = {each.name: each.metadata["kind"] for each in fields(cls)}
    found = require_fields(value, tuple(kinds), what)
    read: dict[str, Any] = {name: kind(found[name], f"{what}, {name}") for name, kind in kinds.items()}
    return cls(**read)


def encode_record(value: object) -> Any:  # noqa: ANN401 - JSON has no narrower type
    """Write a record, or anything that a field of one holds, as JSON."""
    if is_dataclass(value):
        return {each.name: encode_record(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {name: encode_record(each) for name, each in value.items()}
    if isinstance(value, tuple):
        return [encode_record(each) for each in value]
    if isinstance(value, datetime):
        return encode_moment(value)
    return value.isoformat() if isinstance(value, date) else value


def every(kind: Kind[_T]) -> Kind[tuple[_T, ...]]:
    """Return the kind of a list, each entry of one kind."""

    def read(value: object, what: str) -> tuple[_T, ...]:
        return tuple(kind(each, f"{what} {number}") for number, each in enumerate(require_list(value, what), start=1))

    return read


def optional(kind: Kind[_T]) -> Kind[_T | None]:
    """Return the kind of what may be null."""

    def read(value: object, what: str) -> _T | None:
        return None if value is None else kind(value, what)

    return read


def word(*allowed: str) -> Kind[str]:
    """Return the kind of one of some words."""

    def read(value: object, what: str) -> str:
        if not isinstance(value, str) or value not in allowed:
            raise MalformedError(f"{what}: one of {', '.join(allowed)} is expected")
        return value

    return read


def line(value: object, what: str) -> str:
    """Read one line that can be printed."""
    text = require_text(value, what)
    if not text.strip() or text != text.strip() or len(text) > MAX_LINE or not text.isprintable():
        raise MalformedError(f"{what}: one line of 1 to {MAX_LINE} characters without outer blanks is expected")
    return text


def prose(value: object, what: str) -> str:
    """Read lines that can be printed, none of them blank."""
    text = require_text(value, what)
    lines = text.split("\n")
    if len(text) > MAX_PROSE or not all(each.strip() and each == each.strip() and each.isprintable() for each in lines):
        raise MalformedError(f"{what}: lines of 1 to {MAX_PROSE} characters in all, none of them blank, are expected")
    return text


def spell_prose(text: str) -> str:
    """Return what somebody wrote as `prose` has it: no outer blanks, no blank lines."""
    return "\n".join(each.strip() for each in text.splitlines() if each.strip())


def day(value: object, what: str) -> date:
    """Read a day."""
    text = require_text(value, what)
    try:
        return date.fromisoformat(text if _DAY.fullmatch(text) else "")
    except ValueError:
        raise MalformedError(f"{what}: a day such as 2026-12-20 is expected") from None
