"""What a letter is printed from: an owner's private credential, its number, and where the letter goes.

 * One JSON object a line; it lies on a disk sealed for two people, and the server never sees it.
 * No refusal repeats a credential.

Not here: sealing (`sealed_letters`), printing.

>>> letter = Letter("DQB53CqA1UtMwz", 1, "guyDu-tFHGuC-TAL8y-VqJfpp", ("3幢2单元501室",), "张*")
>>> decode_letters(encode_letters([letter])) == (letter,)
True
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from crypto.ceremony_post import require_short
from crypto.credential import require_credential
from crypto.election import require_uuid
from crypto.encoding import compact_json, read_json, require_fields, require_list, require_text, require_whole
from vote.credential.rules import require_letter_number

_FIELDS = ("election", "entitlement", "credential", "places", "owner")


class Letter(NamedTuple):
    """One owner's."""

    election: str
    entitlement: int
    """Its number in the roll, from 1."""
    credential: str
    places: tuple[str, ...]
    owner: str
    """Masked."""
    number: str | None = None
    """XXXX-XXXX; only where voting keys have two parts, of which the letter holds one."""


def encode_letters(letters: Iterable[Letter]) -> bytes:
    """Write letters, one a line."""
    return b"".join(compact_json(_encode(letter)) + b"\n" for letter in letters)


def decode_letters(data: bytes) -> tuple[Letter, ...]:
    """Read letters.

    Raises:
        MalformedError: a line is none.
    """
    return tuple(_letter(line, f"letter {number}") for number, line in enumerate(data.splitlines(), start=1))


def _encode(letter: Letter) -> dict[str, Any]:
    fields = {**letter._asdict(), "places": list(letter.places)}
    return fields if letter.number is not None else {name: fields[name] for name in _FIELDS}


def _letter(line: bytes, what: str) -> Letter:
    fields = require_fields(read_json(line, what), _FIELDS, what, ("number",))
    places = require_list(fields["places"], f"{what}, places")
    return Letter(
        require_uuid(fields["election"]),
        require_whole(fields["entitlement"], f"{what}, entitlement", minimum=1),
        require_credential(fields["credential"]),
        tuple(require_short(require_text(place, f"{what}, place"), f"{what}, place") for place in places),
        require_short(require_text(fields["owner"], f"{what}, owner"), f"{what}, owner"),
        require_letter_number(fields["number"], f"{what}, number") if "number" in fields else None,
    )
