"""Speaks the values of a profile: each kind of value has one spelling, every other is refused.

 * `decode` functions take JSON and say where it is wrong; `encode` writes the same JSON again.
 * Nothing is optional in a record: what a text leaves open is written as null, so that leaving out is no answer.

Not here: which value has which kind (`parameter.py`).
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from crypto.encoding import require_fields, require_list, require_text, require_whole
from crypto.errors import MalformedError
from vote.law.measure import Period, Share, decode_period, decode_share

Content: TypeAlias = "bool | int | str | Share | Period | tuple[Content, ...] | Mapping[str, Content] | None"
"""What a value can be, once read."""
Kind: TypeAlias = Callable[[object, str], Content]
"""Reads a value; the second argument names it in a refusal."""

_DAY_OF_YEAR = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
MAX_WHOLE = 10**9


def whole(value: object, what: str) -> int:
    """Read a whole number from 0 to a thousand million."""
    number = require_whole(value, what)
    if number > MAX_WHOLE:
        raise MalformedError(f"{what}: a number of at most {MAX_WHOLE} is expected")
    return number


def flag(value: object, what: str) -> bool:
    """Read true or false."""
    if not isinstance(value, bool):
        raise MalformedError(f"{what}: true or false is expected")
    return value


def share(value: object, what: str) -> Share:
    """Read a share such as `>=2/3`."""
    return decode_share(value, what)


def period(value: object, what: str) -> Period:
    """Read a period such as `P15D`."""
    return decode_period(value, what)


def day_of_year(value: object, what: str) -> str:
    """Read a day of every year such as `03-31`."""
    if not isinstance(value, str) or not _DAY_OF_YEAR.fullmatch(value):
        raise MalformedError(f"{what}: a day such as 03-31 is expected")
    return value


def matching(pattern: re.Pattern[str], value: object, what: str) -> str:
    """Read a text of one form."""
    if not pattern.fullmatch(require_text(value, what)):
        raise MalformedError(f"{what}: it has another form than {pattern.pattern}")
    return str(value)


def always(why: str) -> Kind:
    """Return a kind that takes true only, and says why."""
    return _fixed(expected=True, why=why)


def never(why: str) -> Kind:
    """Return a kind that takes false only, and says why."""
    return _fixed(expected=False, why=why)


def word(*allowed: str) -> Kind:
    """Return a kind that takes one of some words."""

    def read(value: object, what: str) -> str:
        if not isinstance(value, str) or value not in allowed:
            raise MalformedError(f"{what}: one of {', '.join(allowed)} is expected")
        return value

    return read


def words(*allowed: str) -> Kind:
    """Return a kind that takes a list of some words, each once, in an order that counts."""
    one = word(*allowed)

    def read(value: object, what: str) -> tuple[Content, ...]:
        found = tuple(one(each, what) for each in require_list(value, what))
        if len(set(found)) != len(found):
            raise MalformedError(f"{what}: a word stands twice")
        return found

    return read


def optional(kind: Kind) -> Kind:
    """Return a kind that also takes null."""

    def read(value: object, what: str) -> Content:
        return None if value is None else kind(value, what)

    return read


def every(kind: Kind) -> Kind:
    """Return a kind that takes a list, each entry of the same kind."""

    def read(value: object, what: str) -> tuple[Content, ...]:
        return tuple(kind(each, what) for each in require_list(value, what))

    return read


def record(**fields: Kind) -> Kind:
    """Return a kind that takes an object with exactly these fields."""

    def read(value: object, what: str) -> Mapping[str, Content]:
        found = require_fields(value, tuple(fields), what)
        return MappingProxyType({name: kind(found[name], f"{what}.{name}") for name, kind in fields.items()})

    return read


def encode(content: Content) -> object:
    """Write a value as the JSON it was read from."""
    if isinstance(content, (Share, Period)):
        return str(content)
    if isinstance(content, tuple):
        return [encode(each) for each in content]
    if isinstance(content, Mapping):
        return {name: encode(each) for name, each in content.items()}
    return content


def _fixed(*, expected: bool, why: str) -> Kind:
    def read(value: object, what: str) -> bool:
        if flag(value, what) is not expected:
            raise MalformedError(f"{what}: {why}")
        return expected

    return read
