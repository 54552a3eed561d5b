"""Reads what was objected to a result and how it ended, and decides whether a certificate tells all of it.

 * `objections.json` names each objection by its topic, without names and flats; what was merged into another is counted
   there.
 * A certificate answers every one of them, in the same order and with the same words.

Follows product.md §3. Not here: whether an answer is right.
"""

from collections.abc import Sequence
from typing import NamedTuple

import rfc8785

from crypto.encoding import read_json, require_fields, require_list, require_text, require_whole
from crypto.errors import MalformedError, VerificationError
from vote.canonical import spells
from vote.certificate.parts import Objection
from vote.certificate.record import spell_prose
from vote.verifier.bundle import OBJECTIONS

VERSION = 1


class PublishedObjection(NamedTuple):
    """An objection as it is published."""

    number: int
    topic: str
    question: int | None
    """From 1; None if it is about all."""
    raised: int
    """How many owners said so."""
    outcome: str | None
    """None while it waits for its answer."""
    answer: str | None


def decode_objections(data: bytes, election: str) -> tuple[PublishedObjection, ...]:
    """Read `objections.json`.

    Args:
        data: the file.
        election: the uuid that it must name.

    Raises:
        MalformedError: it is no such file, or in another spelling.
        VerificationError: it is of another election.
    """
    fields = require_fields(read_json(data, OBJECTIONS), ("version", "election", "objections"), OBJECTIONS)
    if require_whole(fields["version"], f"{OBJECTIONS}, version") != VERSION:
        raise MalformedError(f"{OBJECTIONS}: version {VERSION} is expected")
    if require_text(fields["election"], f"{OBJECTIONS}, election") != election:
        raise VerificationError(f"{OBJECTIONS}: it is of another election")
    if not spells(data, lambda: rfc8785.dumps(fields)):
        raise MalformedError(f"{OBJECTIONS}: not in canonical spelling (RFC 8785)")
    values = enumerate(require_list(fields["objections"], OBJECTIONS), start=1)
    return tuple(_objection(value, f"{OBJECTIONS}, entry {place}") for place, value in values)


def verify_answered(published: Sequence[PublishedObjection], certified: Sequence[Objection]) -> None:
    """Raise unless a certificate tells just these objections, each with its answer.

    Raises:
        VerificationError: one waits, is left out, too many, or told otherwise.
    """
    for one in published:
        if one.outcome is None:
            raise VerificationError(
                f"{OBJECTIONS}, number {one.number}: it waits for its answer, and a certificate is there"
            )
    told = [(each.topic, each.question, each.raised, each.outcome, each.answer) for each in certified]
    # As the certificate spells them.
    expected = [
        (one.topic.strip(), one.question, one.raised, one.outcome, spell_prose(one.answer or "")) for one in published
    ]
    for one, words in zip(published, expected, strict=True):
        if words not in told:
            raise VerificationError(
                f"{OBJECTIONS}, number {one.number}: the certificate leaves it out, or tells it otherwise"
            )
    if told != expected:
        raise VerificationError(f"{OBJECTIONS}: the certificate tells others, or in another order")


def _objection(value: object, what: str) -> PublishedObjection:
    fields = require_fields(value, PublishedObjection._fields, what)
    question, outcome, answer = fields["question"], fields["outcome"], fields["answer"]
    if (outcome is None) != (answer is None):
        raise MalformedError(f"{what}: outcome and answer come together")
    return PublishedObjection(
        require_whole(fields["number"], f"{what}, number", 1),
        require_text(fields["topic"], f"{what}, topic"),
        None if question is None else require_whole(question, f"{what}, question", 1),
        require_whole(fields["raised"], f"{what}, raised", 1),
        None if outcome is None else require_text(outcome, f"{what}, outcome"),
        None if answer is None else require_text(answer, f"{what}, answer"),
    )
