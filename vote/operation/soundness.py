"""Decides whether what a database holds of a roll or an election goes together.

* A damage is one sentence for the operator; it holds numbers of rows, never a name, a choice or a tracker.
* Ballots are compared with their trackers, promises and places. Their proofs are not checked here: that is `vote verify`,
  which anybody can do.

Not here: reading the rows (`records.py`).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import rfc8785

from crypto.ballot import tracker as tracker_of
from crypto.credential import WeightedCredential, decode_public_credentials
from crypto.election import decode_election
from crypto.encoding import hex_digest, read_json
from crypto.errors import CryptoError
from crypto.merkle import root
from crypto.signature import decode_public_key
from vote.ballot.rules import encode_box, moment
from vote.certificate.objection import MERGED
from vote.election.change import ChangeKind
from vote.election.manifest import Manifest, decode_manifest, verify_description
from vote.election.packing import pack
from vote.log.rules import Kind, encode_entry
from vote.operation.records import BallotRecord, CredentialRecord, FrozenRecord, SaidRecord, SealedRecord, TallyRecord
from vote.verifier.receipt import decode_receipt, verify_promise_signature

_CHANGES = {
    ChangeKind.EXTENSION: Kind.ELECTION_EXTENDED,
    ChangeKind.WITHDRAWAL: Kind.CANDIDATE_WITHDRAWN,
    ChangeKind.CORRECTION: Kind.ROLL_CORRECTED,
}


def roll_damages(record: FrozenRecord) -> Iterator[str]:
    """Yield what is wrong with a frozen roll."""
    if [number for number, _, _ in record.lines] != list(range(1, record.heads + 1)):
        yield "its entitlements are not numbered from 1 to its heads"
    if sum(area for _, area, _ in record.lines) != record.area_dm2:
        yield "the areas of its entitlements are not its area"
    try:
        leaves = [bytes.fromhex(leaf) for _, _, leaf in record.lines]
    except ValueError:
        yield "a commitment is not hex"
        return
    if not leaves or root(leaves).hex() != record.root:
        yield "its root is not that of its commitments"


def sealed_damages(record: SealedRecord, roll_root: str, credentials: Sequence[CredentialRecord]) -> Iterator[str]:
    """Yield what is wrong with the files that sealing fixed."""
    try:
        manifest = decode_manifest(record.manifest)
        election = decode_election(record.election)
        verify_description(election.description, record.manifest, manifest.base)
        listed = decode_public_credentials(record.credentials)
    except CryptoError as error:
        yield f"its sealed files do not hold: {error}"
        return
    if {record.uuid} != {manifest.uuid, election.uuid}:
        yield "its sealed files are those of another election"
    if election.fingerprint != record.fingerprint:
        yield "its fingerprint is not that of its election.json"
    if hex_digest(record.trustees) != manifest.trustees["sha256"]:
        yield "its trustees.json is not the one that the manifest pins"
    if hex_digest(record.credentials) != manifest.credentials_sha256:
        yield "its public_creds.json is not the one that the manifest pins"
    if (None if record.parts is None else hex_digest(record.parts)) != manifest.credential_parts_sha256:
        yield "its parts.json is not the one that the manifest pins"
    if manifest.roll_root != roll_root:
        yield "its manifest pins another roll than the one it points to"
    if sorted(listed) != [WeightedCredential(each.public, each.weight) for each in credentials]:
        yield "its credentials are not those of its public_creds.json"
    if any(each.weight != pack(each.area_dm2, manifest.base) for each in credentials):
        yield "a credential weighs other than its entitlement's area says"


@dataclass(slots=True)
class Box:
    """Looks at the ballots of an election one by one, in the order accepted."""

    record: SealedRecord
    manifest: Manifest
    trackers: Counter[str] = field(default_factory=Counter)
    last: dict[str, tuple[int, int]] = field(default_factory=dict)
    """The last ballot of each credential: its row and its number."""
    by_row: dict[int, str] = field(default_factory=dict)
    commitments: Mapping[int, str] = field(default_factory=dict)
    """What the log must say of how each shown ballot came, by row."""

    def damages(self, ballot: BallotRecord) -> Iterator[str]:
        """Yield what is wrong with the next ballot."""
        name = f"ballot row {ballot.id}"
        if tracker_of(ballot.data) != ballot.tracker:
            yield f"{name}: its bytes are not those of its tracker"
        self.trackers[ballot.tracker] += 1
        self.by_row[ballot.id] = ballot.tracker
        row, number = self.last.get(ballot.credential, (None, 0))
        if (ballot.sequence, ballot.supersedes) != (number + 1, row):
            yield f"{name}: it is not the next one of its credential"
        self.last[ballot.credential] = ballot.id, ballot.sequence
        try:
            if read_json(ballot.data, name)["credential"] != ballot.credential:
                yield f"{name}: it was signed with another credential"
            receipt = decode_receipt(ballot.promise, name)
            verify_promise_signature(receipt, decode_public_key(self.manifest.promise_key), name)
        except (CryptoError, KeyError, TypeError) as error:
            yield f"{name}: its promise does not hold, or it is no ballot ({type(error).__name__})"
            return
        promise = receipt.promise
        kept = ballot.tracker, ballot.sequence, moment(ballot.received_at), self.record.uuid, self.record.fingerprint
        if (promise.tracker, promise.sequence, promise.received_at, promise.election, promise.fingerprint) != kept:
            yield f"{name}: its promise says other than the box"

    def agreement_damages(self, agreed: Collection[str]) -> Iterator[str]:
        """Yield whether a ballot was taken of somebody who did not agree to vote electronically."""
        if self.manifest.credential_parts > 1 and not self.last.keys() <= set(agreed):
            yield "a ballot was taken without its owner's agreement"

    def place_damages(self, places: Sequence[tuple[int, int]], pools: Sequence[tuple[int, int]]) -> Iterator[str]:
        """Yield what is wrong with the order in which ballots are shown."""
        if [place for place, _ in places] != list(range(len(places))):
            yield "the places of its ballots have gaps"
        if not {ballot for _, ballot in places} <= self.by_row.keys():
            yield "a place holds a ballot of another election"
        if self.record.ended and len(places) != len(self.by_row):
            yield "voting has ended, and some ballots have no place"
        if [number for number, _ in pools] != list(range(1, len(pools) + 1)):
            yield "its pools are not numbered from 1"
        if sum(size for _, size in pools) != len(places):
            yield "its pools are not as large as the ballots that were shown"


def log_damages(
    record: SealedRecord,
    box: Box,
    places: Sequence[tuple[int, int]],
    tally: TallyRecord,
    entries: Iterable[tuple[str, bytes]],
) -> Iterator[str]:
    """Yield where the public log of the election's estate says other than the database."""
    told: dict[str, list[dict[str, Any]]] = {}
    for number, (kind, body) in enumerate(entries, start=1):
        try:
            entry = read_json(body, "log entry")
        except CryptoError:
            yield f"log entry {number} cannot be read"
            continue
        if not isinstance(entry, dict) or entry.get("kind") != kind or rfc8785.dumps(entry) != body:
            yield f"log entry {number} is not as it was written"
        elif entry.get("election") == record.uuid:
            told.setdefault(kind, []).append(entry)
    for what, kind, facts in (*_expected(record, box, places, tally), *_expected_of(tally.said)):
        names = ("version", "kind", "election", *(facts[0] if facts else ()))
        found = [rfc8785.dumps({name: entry.get(name) for name in names}) for entry in told.get(kind, [])]
        expected = [encode_entry(kind, {"election": record.uuid, **fact}) for fact in facts]
        in_order = kind is Kind.BALLOT_ACCEPTED
        if found != expected if in_order else sorted(found) != sorted(expected):
            yield f"the log does not say the same of {what}"


def _expected(
    record: SealedRecord, box: Box, places: Sequence[tuple[int, int]], tally: TallyRecord
) -> Iterator[tuple[str, Kind, list[dict[str, str | int]]]]:
    sealed: dict[str, str | int] = {
        "fingerprint": record.fingerprint,
        "manifest": hex_digest(record.manifest),
        "trustees": hex_digest(record.trustees),
        "credentials": hex_digest(record.credentials),
    }
    yield "its sealing", Kind.ELECTION_SEALED, [sealed]
    shown: list[dict[str, str | int]] = [
        {"tracker": box.by_row.get(ballot, ""), "commitment": box.commitments.get(ballot, "")} for _, ballot in places
    ]
    yield "its ballots", Kind.BALLOT_ACCEPTED, shown
    if record.ended:
        trackers = [box.by_row.get(ballot, "") for _, ballot in places]
        closed = hex_digest(encode_box(record.uuid, trackers))
        yield "its closing", Kind.ELECTION_CLOSED, [{"ballots": len(trackers), "box": closed}]
    if tally.check is not None:
        yield "its check", Kind.ELECTION_CHECKED, [{"check": hex_digest(tally.check)}]
    if tally.tally is not None:
        yield "its tally", Kind.TALLY_SUMMED, [{"tally": hex_digest(tally.tally), "ballots": tally.num_tallied}]
    shares: list[dict[str, str | int]] = [
        {"trustee": trustee, "share": hex_digest(payload)} for trustee, payload in tally.shares
    ]
    yield "its shares", Kind.TALLY_SHARED, shares
    if tally.finding is not None:
        yield "its result", Kind.TALLY_OPENED, [{"result": hex_digest(tally.finding)}]
    certificates: list[dict[str, str | int]] = [
        {"number": number, "certificate_kind": kind, "certificate": hex_digest(body)}
        for number, kind, body in tally.certificates
    ]
    yield "its certificates", Kind.CERTIFICATE_ISSUED, certificates


def _expected_of(said: SaidRecord) -> Iterator[tuple[str, Kind, list[dict[str, Any]]]]:
    numbered = list(enumerate(said.disputes, start=1))
    raised = [{"dispute": number, "dispute_kind": kind} for number, (kind, _) in numbered]
    yield "its disputes", Kind.DISPUTE_RAISED, raised
    settled = [{"dispute": number, "outcome": outcome} for number, (_, outcome) in numbered if outcome is not None]
    yield "how its disputes ended", Kind.DISPUTE_SETTLED, settled
    objections = list(enumerate(said.objections, start=1))
    yield "its objections", Kind.OBJECTION_RAISED, [{"objection": number} for number, _ in objections]
    # One that became part of another is answered there.
    answered = [
        {"objection": number, "outcome": outcome} for number, outcome in objections if outcome not in {None, MERGED}
    ]
    yield "how its objections ended", Kind.OBJECTION_ANSWERED, answered
    changes = [read_json(body, "change") for body in said.changes]
    for change, kind in _CHANGES.items():
        facts = [{name: each[name] for name in each if name != "kind"} for each in changes if each["kind"] == change]
        yield f"its changes ({change})", kind, facts
    yield "its letters made anew", Kind.LETTER_REISSUED, [{"count": each + 1} for each in range(said.letters)]
