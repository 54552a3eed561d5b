"""What a certificate says: an election from its notice to its result, who can object, and how to check it.

 * It is RFC 8785 JSON. Shares of a percent are rounded down and for show only: what is decided is decided on numbers.
 * It holds no name, flat, phone or choice of an owner. An area that fewer than 20 owners make together is not told, and
   is not left to be worked out from the others.
 * The first is number 1. A correction or a revocation is a new one, which names the one it replaces by the SHA-256 of
   its bytes and says why.
 * Numbers that contradict each other are no certificate.

Follows product.md §4. Not here: where the numbers come from (`rules.py`), signatures (`signed.py`), how it looks
(`wording.py`, `sheet.py`).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import rfc8785

from crypto.encoding import hex_digest, read_json, require_digest, require_truth, require_whole
from crypto.errors import MalformedError
from vote.account.separation import Separation, decode_separation, encode_separation
from vote.canonical import spells
from vote.certificate.parts import (
    CHANNELS,
    Change,
    Channel,
    Disclosure,
    Disputes,
    Estate,
    Evidence,
    Extension,
    Heading,
    Keeping,
    Law,
    Measures,
    Objection,
    Portion,
    Question,
    Records,
    Remedy,
    Requirement,
    Times,
    Trustees,
)
from vote.certificate.record import (
    decode_record,
    encode_record,
    every,
    line,
    optional,
    part,
    prose,
    reads,
    record,
    word,
)
from vote.election.ask import ABSTAIN, AskKind
from vote.election.terms import OFFICES, decode_moment

VERSION: Final = 1
CERTIFICATE, CORRECTION, REVOCATION = "certificate", "correction", "revocation"
LEAST_HEADS = 20
"""The area that fewer owners make together is not told."""
PERMYRIAD = 10_000


@record
class Certificate:
    """Everything the three offices put their names to."""

    version: int = reads(require_whole)
    kind: str = reads(word(CERTIFICATE, CORRECTION, REVOCATION))
    number: int = reads(require_whole)
    replaces: str | None = reads(optional(require_digest))
    reason: str | None = reads(optional(prose))
    issued_at: datetime = reads(decode_moment)
    sheet: str = reads(line)
    """What typesets it: whoever has the same gets the same PDF, byte for byte."""
    demo: bool = reads(require_truth)
    election: Heading = reads(part(Heading))
    estate: Estate = reads(part(Estate))
    offices: tuple[str, ...] = reads(every(line))
    """The names of organiser, community and sub-district."""
    evidence: Evidence = reads(part(Evidence))
    law: Law = reads(part(Law))
    times: Times = reads(part(Times))
    extensions: tuple[Extension, ...] = reads(every(part(Extension)))
    changes: tuple[Change, ...] = reads(every(part(Change)))
    electorate: Measures = reads(part(Measures))
    cast: Portion = reads(part(Portion))
    channels: tuple[Channel, ...] = reads(every(part(Channel)))
    trustees: Trustees = reads(part(Trustees))
    quorum: Requirement = reads(part(Requirement))
    questions: tuple[Question, ...] = reads(every(part(Question)))
    contested: Measures = reads(part(Measures))
    disputes: Disputes = reads(part(Disputes))
    objections: tuple[Objection, ...] = reads(every(part(Objection)))
    disclosure: Disclosure | None = reads(optional(part(Disclosure)))
    """Null if nobody took part."""
    records: Records = reads(part(Records))
    separation: Separation = reads(decode_separation)
    remedies: tuple[Remedy, ...] = reads(every(part(Remedy)))
    retention: tuple[Keeping, ...] = reads(every(part(Keeping)))


def encode_certificate(certificate: Certificate) -> bytes:
    """Write a certificate as it is hashed and signed."""
    return rfc8785.dumps(certificate_value(certificate))


def certificate_value(certificate: Certificate) -> dict[str, Any]:
    """Return a certificate as JSON."""
    return {**encode_record(certificate), "separation": encode_separation(certificate.separation)}


def decode_certificate(data: bytes) -> Certificate:
    """Read a certificate.

    Raises:
        MalformedError: it is none of this version, its numbers contradict each other, or the spelling is not canonical.
    """
    certificate = read_certificate(read_json(data, "certificate"))
    if not spells(data, lambda: encode_certificate(certificate)):
        raise MalformedError("certificate: not in canonical spelling (RFC 8785)")
    return certificate


def read_certificate(value: object) -> Certificate:
    """Read a certificate from JSON; its spelling is for the caller to compare.

    Raises:
        MalformedError: it is none of this version, or its numbers contradict each other.
    """
    certificate = decode_record(Certificate, value, "certificate")
    if certificate.version != VERSION:
        raise MalformedError(f"certificate: version {VERSION} is expected")
    _require_place_in_line(certificate)
    _require_people(certificate)
    _require_times(certificate.times)
    _require_portion(certificate.cast, certificate.electorate, "cast")
    _require_channels(certificate)
    for number, question in enumerate(certificate.questions, start=1):
        _require_question(question, number, certificate.cast)
    for name in ("changes", "objections"):
        for entry in getattr(certificate, name):
            if entry.question is not None and not 1 <= entry.question <= len(certificate.questions):
                raise MalformedError(f"certificate, {name}: there is no question {entry.question}")
    return certificate


def certificate_digest(certificate: Certificate) -> str:
    """Return the SHA-256 by which a later certificate names this one."""
    return hex_digest(encode_certificate(certificate))


def portion(part_: Measures, whole: Measures | Portion) -> Portion:
    """Return so many owners with their area and the share of a whole that they are, rounded down."""
    heads, area_dm2 = part_.heads, part_.area_dm2
    return Portion(
        heads=heads,
        area_dm2=area_dm2,
        heads_permyriad=heads * PERMYRIAD // max(whole.heads, 1),
        area_permyriad=area_dm2 * PERMYRIAD // max(whole.area_dm2, 1),
    )


def told(counted: Sequence[int]) -> tuple[bool, ...]:
    """Return of which channels the area may be told.

    Those left out are at least 20 owners together, as their area is what the others leave of the whole.

    Args:
        counted: how many ballots of each channel count.
    """
    used = sorted((heads, index) for index, heads in enumerate(counted) if heads)
    hidden: dict[int, int] = {}
    for heads, index in used:
        if len(used) > 1 and (heads < LEAST_HEADS or 0 < sum(hidden.values()) < LEAST_HEADS):
            hidden[index] = heads
    return tuple(index not in hidden for index in range(len(counted)))


def _require_place_in_line(certificate: Certificate) -> None:
    first = certificate.kind == CERTIFICATE
    if first != (certificate.number == 1) or certificate.number < 1:
        raise MalformedError("certificate, number: a certificate is number 1, corrections and revocations follow")
    if first != (certificate.replaces is None) or first != (certificate.reason is None):
        raise MalformedError("certificate: corrections and revocations say what they replace and why, others have null")


def _require_people(certificate: Certificate) -> None:
    if len(certificate.offices) != len(OFFICES):
        raise MalformedError("certificate, offices: the names of organiser, community and sub-district are expected")
    trustees = certificate.trustees
    numbers = list(trustees.opened)
    if numbers != sorted(set(numbers)) or not all(1 <= each <= len(trustees.names) for each in numbers):
        raise MalformedError("certificate, trustees: opened is a list of their numbers, in order")
    if len(numbers) < trustees.threshold:
        raise MalformedError("certificate, trustees: fewer opened the totals than are needed")


def _require_times(times: Times) -> None:
    line_ = (
        times.noticed_at, times.opened_at, times.closes_at, times.closed_at, times.checked_at, times.preliminary_at,
        times.objections_until,
    )  # fmt: skip
    if list(line_) != sorted(line_):
        raise MalformedError("certificate, times: they are not in the order of an election")


def _require_portion(portion_: Portion, whole: Measures | Portion, what: str) -> None:
    if portion_.heads > whole.heads or portion_.area_dm2 > whole.area_dm2:
        raise MalformedError(f"certificate, {what}: more heads or area than there are")
    if portion_ != portion(Measures(heads=portion_.heads, area_dm2=portion_.area_dm2), whole):
        raise MalformedError(f"certificate, {what}: the shares are not those of its numbers, rounded down")


def _require_channels(certificate: Certificate) -> None:
    channels, cast = certificate.channels, certificate.cast
    names = [each.channel for each in channels]
    if names != [name for name in CHANNELS if name in names]:
        raise MalformedError(f"certificate, channels: each at most once, in the order {', '.join(CHANNELS)}")
    for each in channels:
        if each.returned != each.superseded + each.void + each.set_aside + each.counted:
            raise MalformedError(f"certificate, channels {each.channel}: the parts do not make what was returned")
    if sum(each.counted for each in channels) != cast.heads:
        raise MalformedError("certificate, channels: the ballots that count do not make those that were cast")
    areas = [each.area_dm2 for each in channels]
    if tuple(area is not None for area in areas) != told([each.counted for each in channels]):
        raise MalformedError(f"certificate, channels: an area is told just where {LEAST_HEADS} owners or more make it")
    if None not in areas and sum(filter(None, areas)) != cast.area_dm2:
        raise MalformedError("certificate, channels: the areas do not make what was cast")


def _require_question(question: Question, number: int, cast: Portion) -> None:
    what = f"question {number}"
    if question.number != number or not all(1 <= each < number for each in question.depends_on):
        raise MalformedError(f"certificate, {what}: questions are numbered from 1 and depend on earlier ones")
    if (question.takes_effect is None) != (not question.depends_on):
        raise MalformedError(f"certificate, {what}: takes_effect is null just where it depends on nothing")
    motion = question.kind == AskKind.MOTION
    if any((each is None) != motion for each in (question.seats, question.open_seats, question.tied_seats)):
        raise MalformedError(f"certificate, {what}: an election has seats, a motion has null")
    for choice in question.choices:
        _require_portion(choice.votes, cast, what)
        if (choice.fate is None) != (motion or choice.text == ABSTAIN):
            raise MalformedError(f"certificate, {what}: candidates have a fate, other choices have null")
    if motion and (
        sum(each.votes.heads for each in question.choices) != cast.heads
        or sum(each.votes.area_dm2 for each in question.choices) != cast.area_dm2
    ):
        raise MalformedError(f"certificate, {what}: the answers do not make what was cast")
