"""Decides whether an estate's log and an election's files tell the same.

 * The log names the roll, the sealed rules, the changes, the box, the check, the sum, each share, the result and the
   certificate by their hashes, in the order in which they came.
 * Its ballots are those of the box, one for one and in the same order.
 * What the log tells and the files do not have is as wrong as the opposite.

Not here: how an entry is spelled (`vote.log.kinds`), whether it is under the checkpoint (`log_audit`).
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from crypto.errors import VerificationError
from vote.log.kinds import Entry
from vote.log.rules import Kind

CHANGES = (Kind.ELECTION_EXTENDED, Kind.CANDIDATE_WITHDRAWN, Kind.ROLL_CORRECTED)
ORDER = (
    Kind.ROLL_FROZEN, Kind.ELECTION_SEALED, Kind.ELECTION_OPENED, Kind.BALLOT_ACCEPTED, Kind.ELECTION_CLOSED,
    Kind.ELECTION_CHECKED, Kind.TALLY_SUMMED, Kind.TALLY_SHARED, Kind.TALLY_OPENED, Kind.CERTIFICATE_ISSUED,
)  # fmt: skip
"""Every entry of a kind stands behind all of the kinds before it."""

Facts = Mapping[str, Any]


class Placed(NamedTuple):
    """An entry and its place in the log, counted from 0."""

    number: int
    entry: Entry
    log: int = 1
    """The number of the log, where an estate has further ones."""


class Expected(NamedTuple):
    """What the files of an election make the log say."""

    uuid: str
    once: Mapping[Kind, tuple[str, Facts | None]]
    """For kinds of which one is written: the file that says it, and the facts; None if the file is not there."""
    roll: Facts
    """Root, heads and area of the roll."""
    changes: Sequence[tuple[Kind, Facts]]
    """In the order made."""
    trackers: Sequence[str] | None
    """Those of the box in its order; None before it is closed."""
    shares: Sequence[Facts]
    """Those in the archive."""
    certificate: Facts | None
    """The one beside the archive."""


def verify_told(entries: Sequence[Placed], expected: Expected) -> None:
    """Raise unless a log tells of an election what its files say.

    Args:
        entries: those of a log that name the election, and those of its rolls, in order.
        expected: what the files say.

    Raises:
        VerificationError: something is missing, too much, another, or in another order.
    """
    roll = _verify_roll(entries, expected)
    own = [roll, *(each for each in entries if each.entry.kind is not Kind.ROLL_FROZEN)]
    for kind, (name, facts) in expected.once.items():
        _verify_once(kind, name, facts, own, expected.uuid)
    _verify_changes(own, expected)
    _verify_ballots(own, expected)
    shares = [_facts(each) for each in own if each.entry.kind is Kind.TALLY_SHARED]
    for share in expected.shares:
        if share not in shares:
            raise VerificationError(f"the log does not tell of the share of trustee {share['trustee']} in the archive")
    certificates = [_facts(each) for each in own if each.entry.kind is Kind.CERTIFICATE_ISSUED]
    if (certificates[-1] if certificates else None) != expected.certificate:
        raise VerificationError("certificate.json: it is not the last one that the log tells of")
    _verify_order(own)


def _facts(placed: Placed) -> Facts:
    return {name: value for name, value in placed.entry.facts.items() if name != "election"}


def _verify_roll(entries: Sequence[Placed], expected: Expected) -> Placed:
    """Return the entry of the election's roll."""
    for placed in entries:
        if placed.entry.kind is Kind.ROLL_FROZEN:
            facts = {name: value for name, value in placed.entry.facts.items() if name != "roll"}
            if facts == expected.roll:
                return placed
    raise VerificationError("roll-public.json: the log tells of no roll with its root, heads and area")


def _verify_once(kind: Kind, name: str, facts: Facts | None, own: Sequence[Placed], uuid: str) -> None:
    told = [each for each in own if each.entry.kind is kind]
    if facts is None:
        if told:
            raise VerificationError(f"entry {told[0].number} tells of {kind}, but {name} is not there: fetch it again")
        return
    if not told:
        raise VerificationError(f"{name}: the log has no {kind} of election {uuid}")
    if len(told) > 1:
        raise VerificationError(f"entry {told[1].number}: {kind} is told a second time")
    found = _facts(told[0])
    for field, value in facts.items():
        if found[field] != value:
            raise VerificationError(f"entry {told[0].number}: its {field} is not that of {name}")


def _verify_changes(own: Sequence[Placed], expected: Expected) -> None:
    told = [(each.entry.kind, _facts(each)) for each in own if each.entry.kind in CHANGES]
    if told != list(expected.changes):
        raise VerificationError(
            f"changes.json: the log tells of {len(told)} changes, and not of just these in this order"
        )


def _verify_ballots(own: Sequence[Placed], expected: Expected) -> None:
    told = [each for each in own if each.entry.kind is Kind.BALLOT_ACCEPTED]
    seen: dict[str, int] = {}
    for each in told:
        tracker = each.entry.facts["tracker"]
        if tracker in seen:
            raise VerificationError(f"entry {each.number}: its ballot is in entry {seen[tracker]} already")
        seen[tracker] = each.number
    if expected.trackers is None:
        return
    for number, (tracker, each) in enumerate(zip(expected.trackers, told, strict=False), start=1):
        if each.entry.facts["tracker"] != tracker:
            raise VerificationError(
                f"box.json, ballot {number}: entry {each.number} of the log has another at this place"
            )
    if len(expected.trackers) > len(told):
        raise VerificationError(f"box.json, ballot {len(told) + 1}: the log has only {len(told)} ballots")
    if len(told) > len(expected.trackers):
        raise VerificationError(f"entry {told[len(expected.trackers)].number}: its ballot is not in box.json")


def _verify_order(own: Sequence[Placed]) -> None:
    before = (0, 0)
    for kind in ORDER:
        places = [(each.log, each.number) for each in own if each.entry.kind is kind]
        if places and min(places) < before:
            raise VerificationError(f"entry {min(places)[1]}: {kind} stands before what must come earlier")
        before = max([before, *places])
