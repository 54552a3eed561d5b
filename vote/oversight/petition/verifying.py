"""Whether a petition's public JSON is what the log tells: the text that owners sign, sums, days, how it stands.

* The text has the digest of which the log told when it began; owners sign this digest.
* Sums stand in it once an entry tells them: while signatures are collected there are none.
* How it stands may be ahead of the log, never behind it or elsewhere.
* The message of an error names the petition and the field.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import rfc8785

from crypto.encoding import hex_digest, require_fields
from crypto.errors import VerificationError
from vote.log.kinds import read_entry
from vote.log.rules import Kind
from vote.oversight.petition.rules import PetitionState
from vote.oversight.record.verifying import read_spelled

KINDS = (
    Kind.PETITION_STARTED,
    Kind.PETITION_SERVED,
    Kind.PETITION_ANSWERED,
    Kind.PETITION_LAPSED,
    Kind.PETITION_EXPIRED,
    Kind.PETITION_WITHDRAWN,
)
_SIGNED = ("version", "petition", "estate", "kind", "text", "member")
"""What owners sign the digest of."""
_LATER = ("state", "signed", "struck", "due_on", "answered_on", "answer")
"""What comes after it began."""
_FIELDS = (*_SIGNED, "electorate", "expires_on", *_LATER)
_BEGUN: Final[Mapping[str, Any]] = {"state": "collecting", **dict.fromkeys(_LATER[1:])}
_NEXT: Final[Mapping[str, frozenset[str]]] = {
    "collecting": frozenset({"served", "expired", "withdrawn"}),
    "served": frozenset({"answered", "lapsed"}),
    "lapsed": frozenset({"answered"}),
}
"""What the log may tell next."""
_AHEAD: Final[Mapping[str, frozenset[str]]] = {
    **_NEXT,
    "collecting": _NEXT["collecting"] | _NEXT["served"],
}
"""To which states the log may not have come yet."""
_STATE: Final[Mapping[Kind, PetitionState]] = {
    Kind.PETITION_SERVED: PetitionState.SERVED,
    Kind.PETITION_ANSWERED: PetitionState.ANSWERED,
    Kind.PETITION_LAPSED: PetitionState.LAPSED,
    Kind.PETITION_EXPIRED: PetitionState.EXPIRED,
    Kind.PETITION_WITHDRAWN: PetitionState.WITHDRAWN,
}


@dataclass(slots=True)
class ToldPetition:
    """What a log tells of a petition."""

    started: Mapping[str, Any]
    later: dict[str, Any] = field(default_factory=lambda: dict(_BEGUN))
    """How it stands, as the public JSON has it."""


def told_petitions(entries: Iterable[bytes]) -> dict[str, ToldPetition]:
    """Return what entries of `KINDS` tell of petitions, by petition, in the order in which they began.

    Raises:
        VerificationError: something happens to a petition that could not, as it stands.
    """
    told: dict[str, ToldPetition] = {}
    for data in entries:
        kind, facts = read_entry(data, "log entry")
        uuid = facts["petition"]
        known = told.get(uuid)
        if kind is Kind.PETITION_STARTED and known is None:
            told[uuid] = ToldPetition(facts)
        elif known is None or kind is Kind.PETITION_STARTED or not _may_follow(known.later, kind, facts):
            raise VerificationError(f"petition {uuid}: the log has {kind} in the wrong place")
        else:
            known.later |= _told_by(kind, facts)
    return told


def verify_petition(data: bytes, estate: str, told: ToldPetition) -> bool:
    """Verify a petition; return whether it stands ahead of the log, so that what came last was not verified.

    Args:
        data: its public JSON.
        estate: whose log it is.
        told: what the log tells of it.

    Raises:
        MalformedError: it is no petition, or in another spelling.
        VerificationError: something in it is not what the log tells.
    """
    what = f"petition {told.started['petition']}"
    found = require_fields(read_spelled(data, what), _FIELDS, what)
    if found["estate"] != estate:
        raise VerificationError(f"{what}: estate is not the one of this log")
    if hex_digest(rfc8785.dumps({name: found[name] for name in _SIGNED})) != told.started["text"]:
        raise VerificationError(
            f"{what}: its text is not the one of which the log has the digest, and which owners sign"
        )
    begun = {
        "petition": told.started["petition"],
        "kind": told.started["petition_kind"],
        "electorate": _sums(told.started),
        "expires_on": told.started["expires_on"],
    }
    later = told.later
    ahead: bool = found["state"] != later["state"]
    if ahead:
        if found["state"] not in _AHEAD.get(later["state"], frozenset()):
            raise VerificationError(f"{what}: state is not what the log says")
        later = {name: value for name, value in later.items() if value is not None and name != "state"}
    for name, value in {**begun, **later}.items():
        if rfc8785.dumps(found[name]) != rfc8785.dumps(value):
            raise VerificationError(f"{what}: {name} is not what the log says")
    return ahead


def _may_follow(later: Mapping[str, Any], kind: Kind, facts: Mapping[str, Any]) -> bool:
    if kind is Kind.PETITION_LAPSED and facts["due_on"] != later["due_on"]:
        return False
    return _STATE[kind] in _NEXT.get(later["state"], frozenset())


def _told_by(kind: Kind, facts: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"state": str(_STATE[kind])}
    if kind is Kind.PETITION_ANSWERED:
        return {**found, "answer": facts["record"], "answered_on": facts["on"]}
    if kind is Kind.PETITION_LAPSED:
        return found
    found["signed"] = _sums(facts)
    if kind is Kind.PETITION_SERVED:
        found |= {"struck": facts["struck"], "due_on": facts["due_on"]}
    return found


def _sums(facts: Mapping[str, Any]) -> Mapping[str, int]:
    return {"heads": facts["heads"], "area_dm2": facts["area_dm2"]}
