"""Reads what a certificate takes from `result.json`: who took part, what was counted, what came of each question.

 * What else stands in it is for its own readers.

Not here: how the result is found (`vote.tally.finding`).
"""

from dataclasses import dataclass
from typing import Any

from crypto.encoding import read_json, require_text, require_truth, require_whole
from crypto.errors import MalformedError
from vote.certificate.parts import Measures
from vote.certificate.record import every, optional


@dataclass(frozen=True, slots=True)
class PublishedChoice:
    """A choice of a published result."""

    text: str
    votes: Measures
    fate: str | None


@dataclass(frozen=True, slots=True)
class PublishedQuestion:
    """A question of a published result."""

    text: str
    outcome: str
    choices: tuple[PublishedChoice, ...]
    takes_effect: bool | None
    open_seats: int | None
    tied_seats: int | None


@dataclass(frozen=True, slots=True)
class Published:
    """What a certificate takes from `result.json`."""

    election: str
    electorate: Measures
    """As corrected, where the roll was."""
    cast: Measures
    questions: tuple[PublishedQuestion, ...]


def decode_published(data: bytes) -> Published:
    """Read what a certificate takes from `result.json`; the rest of it is for its own readers.

    Raises:
        MalformedError: it is none.
    """
    found = _object(read_json(data, "result"), "result")
    return Published(
        election=require_text(found.get("election"), "result, election"),
        electorate=_measures(found.get("electorate"), "result, electorate"),
        cast=_measures(found.get("cast"), "result, cast"),
        questions=every(_question)(found.get("questions"), "result, question"),
    )


def _question(value: object, what: str) -> PublishedQuestion:
    found = _object(value, what)
    return PublishedQuestion(
        text=require_text(found.get("text"), f"{what}, text"),
        outcome=require_text(found.get("outcome"), f"{what}, outcome"),
        choices=every(_choice)(found.get("choices"), f"{what}, choice"),
        takes_effect=optional(require_truth)(found.get("takes_effect"), f"{what}, takes_effect"),
        open_seats=optional(require_whole)(found.get("open_seats"), f"{what}, open_seats"),
        tied_seats=optional(require_whole)(found.get("tied_seats"), f"{what}, tied_seats"),
    )


def _choice(value: object, what: str) -> PublishedChoice:
    found = _object(value, what)
    return PublishedChoice(
        text=require_text(found.get("text"), f"{what}, text"),
        votes=_measures(found, what),
        fate=optional(require_text)(found.get("outcome"), f"{what}, outcome"),
    )


def _measures(value: object, what: str) -> Measures:
    found = _object(value, what)
    return Measures(
        heads=require_whole(found.get("heads"), f"{what}, heads"),
        area_dm2=require_whole(found.get("area_dm2"), f"{what}, area_dm2"),
    )


def _object(value: object, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise MalformedError(f"{what}: an object is expected")
    return value
