"""Whether a record's public JSON, and its attachments, are what the log says was published.

* Every field is there that was committed to, and no other; what is shown opens its commitment.
* What is hidden was hidden by an entry of the log, with the same article, office and day; what was hidden is not shown.
* The message of an error names the record and the field.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import rfc8785

from crypto.commitment import verify_commitment
from crypto.encoding import read_json, require_digest, require_fields, require_text
from crypto.errors import MalformedError, VerificationError
from vote.log.kinds import read_entry
from vote.log.rules import Kind
from vote.oversight.record.rules import VERSION

_FIELDS = ("version", "record", "estate", "kind", "published_at", "supersedes", "fields")
_SAME = {"record": "record", "kind": "record_kind", "published_at": "published_at"}
"""What stands in a record and in its entry alike."""
_HIDDEN = {"article": "article", "by": "office", "on": "on"}


def verify_record(data: bytes, estate: str, entry: bytes, redactions: Sequence[bytes] = ()) -> Mapping[str, Any]:
    """Return what a record says, if it is what was published.

    Args:
        data: the record's public JSON.
        estate: whose log it is.
        entry: the log's entry `record:published` of it.
        redactions: the log's entries `record:redacted` of it, in their order.

    Raises:
        MalformedError: it is no record, or in another spelling.
        VerificationError: something in it is not what was published, or not hidden as the log says.
    """
    record = read_spelled(data, "record")
    what = f"record {require_text(require_fields(record, _FIELDS, 'record')['record'], 'record')[:40]}"
    facts = _entry(entry, Kind.RECORD_PUBLISHED)
    if record["version"] != VERSION:
        raise MalformedError(f"{what}: version {VERSION} is expected")
    if record["estate"] != estate:
        raise VerificationError(f"{what}: estate is not the one of this log")
    for name, there in _SAME.items():
        if record[name] != facts[there]:
            raise VerificationError(f"{what}: {name} is not what the log's entry says")
    if (record["supersedes"] or "") != facts["supersedes"] or record["supersedes"] == "":
        raise VerificationError(f"{what}: supersedes is not what the log's entry says")
    hidden = _hidden(record["record"], redactions)
    fields, commitments = record["fields"], facts["commitments"]
    if not isinstance(fields, dict) or fields.keys() != commitments.keys():
        raise VerificationError(f"{what}: it has other fields than were published")
    for name, field in fields.items():
        verify_field(
            f"{what}, field {name}",
            f"record/{record['kind']}/{name}/1",
            field,
            commitments[name],
            hidden.pop(name, None),
        )
    if hidden:
        raise VerificationError(f"{what}: the log hides {min(hidden)}, which it does not have")
    found: Mapping[str, Any] = record
    return found


def read_spelled(data: bytes, what: str) -> Any:  # noqa: ANN401 - JSON has no narrower type
    """Read JSON that has to be in its one spelling (RFC 8785).

    Raises:
        MalformedError: it is no JSON, or in another spelling.
    """
    value = read_json(data, what)
    try:
        same = rfc8785.dumps(value) == data
    except rfc8785.CanonicalizationError:
        same = False
    if not same:
        raise MalformedError(f"{what}: it is not in the one spelling")
    return value


def verify_attachment(data: bytes, value: Mapping[str, Any], what: str) -> None:
    """Raise unless a file is the one that a verified record's field names.

    Raises:
        VerificationError: it has another size or other bytes.
    """
    if len(data) != value.get("size") or hashlib.sha256(data).hexdigest() != value.get("sha256"):
        raise VerificationError(f"{what}: the file is not the one that was published")


def verify_field(what: str, domain: str, field: object, commitment: str, hidden: Mapping[str, Any] | None) -> None:
    """Raise unless a field is what was committed to, or is hidden as the log says.

    Args:
        what: names it in a refusal.
        domain: of its commitment.
        field: its JSON: commitment, value and salt, or commitment and redaction.
        commitment: the one of the log's entry, in hex.
        hidden: the facts of the log's entry that hides it; None if there is none.

    Raises:
        MalformedError: it is no such field.
        VerificationError: it is something else.
    """
    if hidden is not None:
        shown = require_fields(field, ("commitment", "redacted"), what)
        redacted = require_fields(shown["redacted"], tuple(_HIDDEN), f"{what}, redacted")
        if any(redacted[name] != hidden[there] for name, there in _HIDDEN.items()):
            raise VerificationError(f"{what}: it is hidden for another reason than the log's entry says")
    else:
        if isinstance(field, dict) and "redacted" in field:
            raise VerificationError(f"{what}: it is hidden, and no entry of the log says so")
        shown = require_fields(field, ("commitment", "value", "salt"), what)
        salt = bytes.fromhex(require_digest(shown["salt"], f"{what}, salt"))
        try:
            verify_commitment(
                bytes.fromhex(require_digest(commitment, what)), domain, salt, rfc8785.dumps(shown["value"])
            )
        except VerificationError:
            raise VerificationError(f"{what}: it is not what was published") from None
    if shown["commitment"] != commitment:
        raise VerificationError(f"{what}: its commitment is not that of the log's entry")


def _hidden(uuid: str, redactions: Sequence[bytes]) -> dict[str, Mapping[str, Any]]:
    hidden: dict[str, Mapping[str, Any]] = {}
    for each in redactions:
        facts = _entry(each, Kind.RECORD_REDACTED)
        if facts["record"] != uuid:
            raise VerificationError(f"record {uuid}: a redaction of another record was handed over")
        hidden |= dict.fromkeys(facts["fields"], facts)
    return hidden


def _entry(data: bytes, kind: Kind) -> Mapping[str, Any]:
    entry = read_entry(data, "log entry")
    if entry.kind is not kind:
        raise MalformedError(f"log entry: one of kind {kind} is expected")
    return entry.facts
