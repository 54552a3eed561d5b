"""Whether the public JSON of a published tie is what the log tells: what was declared, where it met whom, what follows.

* What is shown opens the commitments of the declaration, the explanation that of the entry that published it.
* The note of a declaration stays a commitment; every other part is shown.
* The message of an error names the declaration and the part.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from crypto.encoding import require_fields
from crypto.errors import MalformedError, VerificationError
from vote.log.kinds import read_entry
from vote.log.rules import Kind
from vote.oversight.interest.rules import SHOWN_PARTS, VERSION
from vote.oversight.record.verifying import read_spelled, verify_field

KINDS = (Kind.INTEREST_DECLARED, Kind.INTEREST_PUBLISHED)
_FIELDS = ("version", "estate", "interest", "about", "posting", "handling", "parts")


class Place(NamedTuple):
    """Which declaration met whom: in a record, or in a posting."""

    interest: str
    about: str
    """The record; empty for a posting."""
    posting: int
    """0 for a record."""


@dataclass(slots=True)
class ToldInterests:
    """What a log tells of declarations."""

    declared: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    published: dict[Place, Mapping[str, Any]] = field(default_factory=dict)


def told_interests(entries: Iterable[bytes]) -> ToldInterests:
    """Return what entries of `KINDS` tell, in their order.

    Raises:
        VerificationError: one is published that was not declared, or something happens twice.
    """
    told = ToldInterests()
    for data in entries:
        kind, facts = read_entry(data, "log entry")
        uuid = facts["interest"]
        if kind is Kind.INTEREST_DECLARED:
            if uuid in told.declared:
                raise VerificationError(f"interest {uuid}: the log has {kind} twice")
            told.declared[uuid] = facts
            continue
        place = Place(uuid, facts["about"], facts["posting"])
        if uuid not in told.declared:
            raise VerificationError(f"interest {uuid}: the log publishes it before it is declared")
        if place in told.published:
            raise VerificationError(f"interest {uuid}: the log has {kind} twice")
        told.published[place] = facts
    return told


def verify_interest(data: bytes, estate: str, place: Place, told: ToldInterests) -> None:
    """Raise unless a published tie is what the log tells of it.

    Args:
        data: its public JSON.
        estate: whose log it is.
        place: which one it is; the log has published it.
        told: what the log tells.

    Raises:
        MalformedError: it is no tie, or in another spelling.
        VerificationError: something in it is not what the log tells.
    """
    what = f"interest {place.interest}"
    found = require_fields(read_spelled(data, what), _FIELDS, what)
    facts = told.published[place]
    if found["version"] != VERSION:
        raise MalformedError(f"{what}: version {VERSION} is expected")
    if found["estate"] != estate:
        raise VerificationError(f"{what}: estate is not the one of this log")
    for name in ("interest", "about", "posting", "handling"):
        if found[name] != facts[name]:
            raise VerificationError(f"{what}: {name} is not what the log's entry says")
    commitments = {**told.declared[place.interest]["commitments"], **facts["commitments"]}
    parts = found["parts"]
    if not isinstance(parts, dict) or parts.keys() != commitments.keys():
        raise VerificationError(f"{what}: it has other parts than were committed to")
    for name, part in parts.items():
        if name in SHOWN_PARTS or name in facts["commitments"]:
            verify_field(f"{what}, part {name}", f"interest/{name}/1", part, commitments[name], None)
        elif part != {"commitment": commitments[name]}:
            raise VerificationError(f"{what}, part {name}: its commitment alone is expected, that of the log's entry")
