r"""One way to write a thing: compact JSON, fingerprints, whole numbers. Every other spelling is refused.

Follows SPEC.md §1.

>>> compact_json({"b": 1, "a": "善"})
b'{"b":1,"a":"\xe5\x96\x84"}'
>>> read_json(b'{"a":1}', "example")
{'a': 1}
"""

import base64
import hashlib
import json
import re
from collections.abc import Sequence
from itertools import accumulate
from typing import Any, NoReturn

from crypto.errors import MalformedError

MAX_INT64 = (1 << 63) - 1
"""Sizes, places and times of a log stay below it, as readers in most languages count."""

_DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
# 256 bits: the last character holds four of them, and two zeros.
_FINGERPRINT = re.compile(r"[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]")

MAX_DEPTH = 32
"""No format of ours nests deeper; a bound keeps hostile input from exhausting the stack."""

_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
"""A JSON string, or one that never ends: without the question mark hostile input would take quadratic time."""
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))


def compact_json(value: object) -> bytes:
    """Write JSON as the protocol hashes it: no spaces, keys in the order given, UTF-8 unescaped."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def read_json(data: bytes, what: str) -> Any:  # noqa: ANN401 - JSON has no narrower type
    """Read strict JSON: UTF-8 without BOM, no half of a surrogate pair, no key twice, no fractions, bounded depth.

    Args:
        data: the bytes, whole.
        what: names the document in a refusal, as in "the ballot".

    Raises:
        MalformedError: `data` is not such a document.
    """
    _require_shallow(data, what)
    try:
        value = json.loads(
            data.decode(),
            object_pairs_hook=_object_without_doubles,
            parse_float=_refuse_fraction,
            parse_constant=_refuse_fraction,
        )
        if b"\\u" in data:
            # Half of a surrogate pair can be escaped, but never be written as UTF-8, hashed or shown.
            compact_json(value)
    except ValueError as error:
        reason = str(error) if isinstance(error, MalformedError) else "it is not JSON in UTF-8"
        raise MalformedError(f"{what}: {reason}") from None
    return value


def fingerprint(data: bytes) -> str:
    """Return SHA-256 in standard Base64 without padding, 43 characters, as trackers are written."""
    return base64.b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")


def hex_digest(data: bytes) -> str:
    """Return SHA-256 in lowercase hex, 64 characters, as the archive names its members."""
    return hashlib.sha256(data).hexdigest()


def require_fields(value: object, required: Sequence[str], what: str, optional: Sequence[str] = ()) -> dict[str, Any]:
    """Return `value` if it is an object with all of `required`, some of `optional`, and nothing else.

    Raises:
        MalformedError: it is no object, a field is missing, or one is unknown.
    """
    if not isinstance(value, dict):
        raise MalformedError(f"{what}: an object is expected")
    for name in required:
        if name not in value:
            raise MalformedError(f"{what}: field {name} is missing")
    for name in value:
        if name not in required and name not in optional:
            raise MalformedError(f"{what}: unknown field {name[:40]!r}")
    return value


def require_list(value: object, what: str, length: int | None = None) -> list[Any]:
    """Return `value` if it is a list, of `length` entries where one is given.

    Raises:
        MalformedError: otherwise.
    """
    if not isinstance(value, list):
        raise MalformedError(f"{what}: a list is expected")
    if length is not None and len(value) != length:
        raise MalformedError(f"{what}: {length} entries are expected, there are {len(value)}")
    return value


def require_text(value: object, what: str) -> str:
    """Return `value` if it is a string.

    Raises:
        MalformedError: otherwise.
    """
    if not isinstance(value, str):
        raise MalformedError(f"{what}: a text is expected")
    return value


def require_truth(value: object, what: str) -> bool:
    """Return `value` if it is true or false.

    Raises:
        MalformedError: otherwise.
    """
    if not isinstance(value, bool):
        raise MalformedError(f"{what}: true or false is expected")
    return value


def require_digest(value: object, what: str) -> str:
    """Return `value` if it is SHA-256 in hex, as `hex_digest` writes it.

    Raises:
        MalformedError: otherwise.
    """
    if not isinstance(value, str) or not _DIGEST.fullmatch(value):
        raise MalformedError(f"{what}: 64 lowercase hex digits are expected")
    return value


def require_fingerprint(value: object, what: str) -> str:
    """Return `value` if it is SHA-256 in Base64, as `fingerprint` writes it.

    Raises:
        MalformedError: otherwise.
    """
    if not isinstance(value, str) or not _FINGERPRINT.fullmatch(value):
        raise MalformedError(f"{what}: 43 characters of Base64 are expected")
    return value


def require_base64(value: object, what: str) -> bytes:
    """Return the bytes that `value` stands for, if it is standard Base64 with its padding.

    Raises:
        MalformedError: otherwise, or another spelling of the same bytes.
    """
    try:
        data = base64.b64decode(require_text(value, what), validate=True)
    except ValueError:
        data = None
    if data is None or base64.b64encode(data).decode() != value:
        raise MalformedError(f"{what}: standard Base64 is expected")
    return data


def require_decimal(text: str, what: str) -> int:
    """Return the number that `text` writes in ASCII digits, without sign, blank, underscore or leading zero.

    Raises:
        MalformedError: otherwise, or it is above `MAX_INT64`.
    """
    if not _DECIMAL.fullmatch(text) or int(text) > MAX_INT64:
        raise MalformedError(f"{what}: a decimal number without leading zeroes is expected")
    return int(text)


def require_whole(value: object, what: str, minimum: int = 0) -> int:
    """Return `value` if it is a whole number of at least `minimum`; true and false are not numbers.

    Raises:
        MalformedError: otherwise.
    """
    if not isinstance(value, int) or isinstance(value, bool) or value < minimum:
        raise MalformedError(f"{what}: a whole number from {minimum} is expected")
    return value


def _object_without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise MalformedError("a key stands twice in one object")
    return result


def _refuse_fraction(_: str) -> NoReturn:
    raise MalformedError("numbers are whole here")


def _require_shallow(data: bytes, what: str) -> None:
    if data.count(b"[") + data.count(b"{") <= MAX_DEPTH:
        return
    brackets = _STRING.sub(b"", data).translate(None, delete=_NO_BRACKETS)
    if max(accumulate(1 if bracket in b"[{" else -1 for bracket in brackets), default=0) > MAX_DEPTH:
        raise MalformedError(f"{what}: nested deeper than {MAX_DEPTH} levels")
