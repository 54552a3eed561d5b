"""What a letter is printed from: an owner's private credential, its number, and where the letter goes.

 * One JSON object a line; it lies on a disk sealed for two people, and the server never sees it.
 * It may have the address for the letter's QR code too; what is kept sealed has none.
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
from crypto.errors import MalformedError
from vote.credential.link import letter_link
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


def encode_letters(letters: Iterable[Letter], site: str = "") -> bytes:
    """Write letters, one a line.

    Args:
        letters: in the order printed.
        site: where owners reach the installation, for the address in each letter; without it there is none.
    """
    return b"".join(compact_json({**_encode(letter), **_link(letter, site)}) + b"\n" for letter in letters)


def decode_letters(data: bytes) -> tuple[Letter, ...]:
    """Read letters.

    Raises:
        MalformedError: a line is none.
    """
    return tuple(_letter(line, f"letter {number}") for number, line in enumerate(data.splitlines(), start=1))


def _encode(letter: Letter) -> dict[str, Any]:
    fields = {**letter._asdict(), "places": list(letter.places)}
    return fields if letter.number is not None else {name: fields[name] for name in _FIELDS}


def _link(letter: Letter, site: str) -> dict[str, str]:
    if not site:
        return {}
    return {"link": letter_link(site.rstrip("/"), letter.election, letter.number, letter.credential)}


def _letter(line: bytes, what: str) -> Letter:
    fields = require_fields(read_json(line, what), _FIELDS, what, ("number", "link"))
    places = require_list(fields["places"], f"{what}, places")
    letter = Letter(
        require_uuid(fields["election"]),
        require_whole(fields["entitlement"], f"{what}, entitlement", minimum=1),
        require_credential(fields["credential"]),
        tuple(require_short(require_text(place, f"{what}, place"), f"{what}, place") for place in places),
        require_short(require_text(fields["owner"], f"{what}, owner"), f"{what}, owner"),
        require_letter_number(fields["number"], f"{what}, number") if "number" in fields else None,
    )
    if "link" in fields:
        link = require_text(fields["link"], f"{what}, link")
        if not link.endswith(letter_link("", letter.election, letter.number, letter.credential)):
            raise MalformedError(f"{what}, link: it does not lead to this letter's vote")
    return letter
