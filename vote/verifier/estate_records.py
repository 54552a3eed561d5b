"""Decides whether the records that an estate publishes are those of which its log tells: no more, no fewer, no others.

 * Each record of the log is listed in its order, and each that is listed is in the log; but the newest may wait for it.
 * The list says of each record what the record and the log say.

Not here: whether one record is what was published (`vote.oversight.record.verifying`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from crypto.encoding import read_json, require_fields, require_list, require_text, require_whole
from crypto.errors import VerificationError
from vote.log.kinds import read_entry
from vote.log.rules import Kind
from vote.oversight.record.kinds import DAY
from vote.oversight.record.rules import FILES

KINDS = (Kind.RECORD_PUBLISHED, Kind.RECORD_REDACTED)
LIST = "list of records"


@dataclass(slots=True)
class ToldRecord:
    """What a log tells of a record."""

    published: bytes
    facts: Mapping[str, Any]
    redactions: list[bytes] = field(default_factory=list)


class Listed(NamedTuple):
    """A record in the list of an estate."""

    record: str
    kind: str
    day: str
    published_at: str
    superseded_by: str | None


def told_records(entries: Iterable[bytes]) -> dict[str, ToldRecord]:
    """Return what entries tell of records, by record.

    Args:
        entries: those of `KINDS`, in the order of the log. An entry that a further log repeats counts once.

    Raises:
        VerificationError: a record is published twice, or hidden in part before it is published.
    """
    told: dict[str, ToldRecord] = {}
    for data in entries:
        entry = read_entry(data, "log entry")
        uuid = entry.facts["record"]
        known = told.get(uuid)
        if entry.kind is Kind.RECORD_PUBLISHED:
            if known is None:
                told[uuid] = ToldRecord(data, entry.facts)
            elif known.published != data:
                raise VerificationError(f"record {uuid}: the log tells twice of its being published, and differently")
        elif known is None:
            raise VerificationError(f"record {uuid}: the log hides a part of it before it is published")
        elif data not in known.redactions:
            known.redactions.append(data)
    return told


def read_page(data: bytes) -> tuple[tuple[Listed, ...], int | None]:
    """Read a page of the list of an estate's records; return them, and how many stand before the next page.

    Raises:
        MalformedError: it is none.
    """
    page = require_fields(read_json(data, LIST), ("records", "next"), LIST)
    found = []
    for value in require_list(page["records"], LIST):
        fields = require_fields(value, Listed._fields, LIST)
        by = fields["superseded_by"]
        record, kind, day, at = (require_text(fields[name], f"{LIST}, {name}") for name in Listed._fields[:4])
        found.append(Listed(record, kind, day, at, None if by is None else require_text(by, f"{LIST}, superseded_by")))
    following = page["next"]
    return tuple(found), None if following is None else require_whole(following, f"{LIST}, next")


def verify_listed(listed: Sequence[Listed], told: Mapping[str, ToldRecord]) -> tuple[str, ...]:
    """Raise unless every record of the log is listed; return those that are listed and not in the log.

    Raises:
        VerificationError: one is missing, or listed as something else.
    """
    names = [each.record for each in listed]
    known = set(names)
    if len(known) != len(names):
        raise VerificationError(f"{LIST}: a record stands in it twice")
    for uuid in told:
        if uuid not in known:
            raise VerificationError(f"record {uuid}: the log tells of it, but it is not published any more")
    for uuid, shown in zip(told, [name for name in names if name in told], strict=True):
        if uuid != shown:
            raise VerificationError(f"{LIST}: record {shown} stands where the log has record {uuid}")
    following = {facts["supersedes"]: uuid for uuid, facts in ((uuid, each.facts) for uuid, each in told.items())}
    for each in listed:
        if each.record not in told:
            continue
        what = f"{LIST}, record {each.record}"
        if each.kind != told[each.record].facts["record_kind"]:
            raise VerificationError(f"{what}: kind is not what the log's entry says")
        after = following.get(each.record)
        # A correction that the log does not have yet may stand in the list already.
        if each.superseded_by != after and (after is not None or each.superseded_by in told):
            raise VerificationError(f"{what}: superseded_by is not what the log says")
    return tuple(each.record for each in listed if each.record not in told)


def verify_shown(listed: Listed, record: Mapping[str, Any]) -> int:
    """Raise unless the list says of a verified record what the record says; return how many attachments it has.

    Raises:
        VerificationError: its day or moment is another.
    """
    what = f"{LIST}, record {listed.record}"
    if listed.day != record["fields"][DAY].get("value"):
        raise VerificationError(f"{what}: day is not that of the record")
    if listed.published_at != record["published_at"]:
        raise VerificationError(f"{what}: published_at is not that of the record")
    return sum(name in record["fields"] for name in FILES)


def require_newer(data: bytes, uuid: str, told: Mapping[str, ToldRecord]) -> None:
    """Raise unless a record that is not in the log is newer than all that are.

    Raises:
        MalformedError: it is no record.
        VerificationError: it is older, so the log should have it.
    """
    what = f"record {uuid}"
    record = read_json(data, what)
    at = require_text(record.get("published_at") if isinstance(record, dict) else None, f"{what}, published_at")
    latest = max((each.facts["published_at"] for each in told.values()), default="")
    if at < latest:
        raise VerificationError(f"{what}: it is not in the log, which has later ones")
