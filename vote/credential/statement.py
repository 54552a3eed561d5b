"""What the registrars hand in after issuing: that a letter was made anew, and in the end that all letters are destroyed.

* A new letter has the credential of the old one and another number; why it was made is one word of a closed list.
* Each document has one spelling, RFC 8785 JSON. The first holds the new number and is for the server alone.

Not here: which number is then in force (`reissue`), making the letter (`command`).

>>> decode_reissued(encode_reissued(Reissued("DQB53CqA1UtMwz", 17, "04HM-ASW9", Why.LOST))).entitlement
17
"""

from enum import StrEnum
from typing import NamedTuple

from crypto.election import require_uuid
from crypto.encoding import compact_json, read_json, require_digest, require_fields, require_text, require_whole
from crypto.errors import MalformedError
from vote.credential.rules import require_letter_number

VERSION = 1
_REISSUED = "the re-issued letter"
_DESTROYED = "the statement"


class Why(StrEnum):
    """Why a letter was made anew."""

    LOST = "lost"
    DAMAGED = "damaged"
    SALE = "sale"
    """The flat has another owner: no code goes to the former owner's phone any more."""


class Reissued(NamedTuple):
    """A new letter for a credential."""

    election: str
    entitlement: int
    """Its number in the roll, from 1."""
    letter_number: str
    """The new one, XXXX-XXXX."""
    why: Why


class Destroyed(NamedTuple):
    """The sealed letters are gone."""

    election: str
    letters_sha256: str
    """Of the sealed file as it was, 64 hex digits."""


def encode_reissued(reissued: Reissued) -> bytes:
    """Write that a letter was made anew."""
    return compact_json(
        {
            "election": reissued.election,
            "entitlement": reissued.entitlement,
            "letter_number": reissued.letter_number,
            "version": VERSION,
            "why": str(reissued.why),
        }
    )


def decode_reissued(data: bytes) -> Reissued:
    """Read that a letter was made anew.

    Raises:
        MalformedError: it says no such thing, or in another spelling.
    """
    fields = require_fields(
        read_json(data, _REISSUED), ("election", "entitlement", "letter_number", "version", "why"), _REISSUED
    )
    why = require_text(fields["why"], f"{_REISSUED}, why")
    if why not in set(Why):
        raise MalformedError(f"{_REISSUED}, why: it is one of {', '.join(Why)}")
    reissued = Reissued(
        require_uuid(fields["election"]),
        require_whole(fields["entitlement"], f"{_REISSUED}, entitlement", minimum=1),
        require_letter_number(fields["letter_number"], f"{_REISSUED}, letter number"),
        Why(why),
    )
    _require_spelling(encode_reissued(reissued), data, _REISSUED)
    return reissued


def encode_destroyed(destroyed: Destroyed) -> bytes:
    """Write that the sealed letters are gone."""
    return compact_json({**destroyed._asdict(), "version": VERSION})


def decode_destroyed(data: bytes) -> Destroyed:
    """Read that the sealed letters are gone.

    Raises:
        MalformedError: it says no such thing, or in another spelling.
    """
    fields = require_fields(read_json(data, _DESTROYED), (*Destroyed._fields, "version"), _DESTROYED)
    destroyed = Destroyed(
        require_uuid(fields["election"]), require_digest(fields["letters_sha256"], f"{_DESTROYED}, letters_sha256")
    )
    _require_spelling(encode_destroyed(destroyed), data, _DESTROYED)
    return destroyed


def _require_spelling(canonical: bytes, data: bytes, what: str) -> None:
    if canonical != data:
        raise MalformedError(f"{what}: not in canonical spelling (RFC 8785), or of an unknown version")
