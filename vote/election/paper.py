"""Pins what owners can read before they vote: drafts, and what candidates let be told of themselves.

 * The sealed manifest has a salted commitment to each paper; `papers.json` shows papers with their salts.
 * A candidate who takes the consent back is no longer told of, and the salt is shown no more: what stays in the manifest
   tells nothing. A draft cannot be taken back.
 * Anything else that is added, left out or changed after sealing is noticed.

Not here: what may stand in a paper (`outline.py`), reading the database (`paper_service.py`).
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import rfc8785

from crypto.commitment import commit
from crypto.encoding import read_json, require_digest, require_fields, require_list, require_text, require_whole
from crypto.errors import MalformedError, VerificationError
from vote.canonical import spells

PAPER_DOMAIN = "election/paper/1"
VERSION = 1
_WHAT = "papers.json"


class Place(NamedTuple):
    """What a paper is about; both are counted from 0."""

    question: int
    choice: int | None
    """The candidate; None for the draft or explanation of the question."""


class Pin(NamedTuple):
    """What the manifest says of a paper."""

    place: Place
    commitment: str


class Paper(NamedTuple):
    """A paper as it is published."""

    place: Place
    content: str | Mapping[str, str] | None
    """Words of a draft, or a profile by its fields; None for a profile that was taken down."""
    salt: bytes | None


def pin(place: Place, content: str | Mapping[str, str], salt: bytes) -> Pin:
    """Return what is sealed of a paper."""
    return Pin(place, commit(PAPER_DOMAIN, salt, rfc8785.dumps([*place, _plain(content)])).hex())


def encode_pins(pins: Sequence[Pin]) -> list[dict[str, Any]]:
    """Return what the manifest says."""
    return [{**each.place._asdict(), "commitment": each.commitment} for each in pins]


def decode_pins(value: object, what: str) -> tuple[Pin, ...]:
    """Read what a manifest says.

    Raises:
        MalformedError: it is none, or papers are not in their order.
    """
    pins = []
    for number, each in enumerate(require_list(value, what), start=1):
        name = f"{what}, paper {number}"
        fields = require_fields(each, (*Place._fields, "commitment"), name)
        pins.append(Pin(_place(fields, name), require_digest(fields["commitment"], name)))
    _require_order([each.place for each in pins], what)
    return tuple(pins)


def encode_papers(uuid: str, papers: Sequence[Paper]) -> bytes:
    """Write `papers.json`."""
    written = [
        {
            **each.place._asdict(),
            "content": None if each.content is None else _plain(each.content),
            "salt": None if each.salt is None else each.salt.hex(),
        }
        for each in papers
    ]
    return rfc8785.dumps({"version": VERSION, "election": uuid, "papers": written})


def decode_papers(data: bytes, uuid: str) -> tuple[Paper, ...]:
    """Read `papers.json` of an election.

    Raises:
        MalformedError: it is none, or not in canonical spelling.
        VerificationError: it is that of another election.
    """
    fields = require_fields(read_json(data, _WHAT), ("version", "election", "papers"), _WHAT)
    if require_whole(fields["version"], f"{_WHAT}, version") != VERSION:
        raise MalformedError(f"{_WHAT}: version {VERSION} is expected")
    if require_text(fields["election"], f"{_WHAT}, election") != uuid:
        raise VerificationError(f"{_WHAT}: it is that of another election")
    papers = tuple(
        _paper(each, f"{_WHAT}, paper {number}")
        for number, each in enumerate(require_list(fields["papers"], f"{_WHAT}, papers"), start=1)
    )
    if not spells(data, lambda: encode_papers(uuid, papers)):
        raise MalformedError(f"{_WHAT}: not in canonical spelling (RFC 8785)")
    return papers


def verify_papers(pins: Sequence[Pin], papers: Sequence[Paper]) -> int:
    """Return how many profiles were taken down, after checking that all other papers are those that were sealed.

    Raises:
        VerificationError: one was added, left out or changed, or a draft was taken down.
    """
    if [each.place for each in pins] != [each.place for each in papers]:
        raise VerificationError(f"{_WHAT}: it has other papers than the manifest pins")
    taken_down = 0
    for number, (pinned, paper) in enumerate(zip(pins, papers, strict=True), start=1):
        what = f"{_WHAT}, paper {number}"
        if paper.content is None or paper.salt is None:
            if paper.place.choice is None:
                raise VerificationError(f"{what}: a draft cannot be taken down after sealing")
            taken_down += 1
        elif pin(paper.place, paper.content, paper.salt) != pinned:
            raise VerificationError(f"{what}: it is not what was sealed; it was changed afterwards")
    return taken_down


def _plain(content: str | Mapping[str, str]) -> str | dict[str, str]:
    return content if isinstance(content, str) else dict(content)


def _paper(value: object, what: str) -> Paper:
    fields = require_fields(value, (*Place._fields, "content", "salt"), what)
    place = _place(fields, what)
    if (fields["content"] is None) != (fields["salt"] is None):
        raise MalformedError(f"{what}: content and salt are both there, or neither")
    if fields["content"] is None:
        return Paper(place, None, None)
    salt = bytes.fromhex(require_digest(fields["salt"], f"{what}, salt"))
    if place.choice is None:
        return Paper(place, require_text(fields["content"], what), salt)
    if not isinstance(fields["content"], dict):
        raise MalformedError(f"{what}: a profile has its words by field")
    profile = {name: require_text(words, f"{what}, {name}") for name, words in fields["content"].items()}
    return Paper(place, profile, salt)


def _place(fields: Mapping[str, Any], what: str) -> Place:
    choice = fields["choice"]
    return Place(
        require_whole(fields["question"], f"{what}, question"),
        None if choice is None else require_whole(choice, f"{what}, choice"),
    )


def _require_order(places: Sequence[Place], what: str) -> None:
    keys = [(each.question, -1 if each.choice is None else each.choice) for each in places]
    if any(first >= second for first, second in pairwise(keys)):
        raise MalformedError(f"{what}: papers stand in the order of questions and choices, each once")
