"""Checks a whole database while it is used: the engine's own view, its catalogue, rolls, elections, the log.

 * Everything is read in one snapshot, so what is written meanwhile is no contradiction.
 * A check changes nothing and repairs nothing.

Not here: what must agree (`soundness.py`), what the catalogue must hold (`catalogue.py`).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import ndiff
from typing import Any, NamedTuple, Protocol

from tortoise.backends.base.client import BaseDBAsyncClient

from crypto.encoding import read_json
from crypto.errors import CryptoError
from vote.db import applied_migrations, known_migrations, snapshot
from vote.election.manifest import decode_manifest
from vote.election.paper import Pin, Place
from vote.errors import ContradictionError, Reason, RefusedError
from vote.log.rules import Kind
from vote.operation import soundness
from vote.operation.catalogue import expected_catalogue, read_catalogue
from vote.operation.records import Records, SealedRecord
from vote.operation.tables import is_sqlite
from vote.phone.checking import PhoneCheck, change_damages

_PLANTED = """
SELECT c.relname AS "table", k.conname AS name FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema() AND NOT k.convalidated
"""


class Damage(NamedTuple):
    """Something that does not go together."""

    place: str
    """engine, catalogue, roll N, election UUID."""
    detail: str
    """What is wrong, without a full stop."""


@dataclass(slots=True)
class Report:
    """What was checked, and what was found."""

    checked: Counter[str] = field(default_factory=Counter)
    damages: list[Damage] = field(default_factory=list)

    def add(self, place: str, details: Iterable[str]) -> None:
        """Take what was found at a place."""
        self.damages += [Damage(place, detail) for detail in details]

    def as_json(self) -> dict[str, Any]:
        """Return the report for programs."""
        return {
            "sound": not self.damages,
            "checked": dict(self.checked),
            "damages": [each._asdict() for each in self.damages],
        }


class Papers(Protocol):
    """Whoever knows the salts of what owners can read."""

    async def changed(self, uuid: str, pins: tuple[Pin, ...]) -> frozenset[Place]:
        """Return which papers of an election are not what was sealed."""


class Rolls(Protocol):
    """Whoever can open what is sealed in a roll."""

    async def public(self, roll: int) -> dict[str, Any]:
        """Return the public face of a frozen roll, made anew from its lines and salts."""


async def check(rolls: Rolls | None, papers: Papers | None = None, phones: PhoneCheck | None = None) -> Report:
    """Check the open database.

    Args:
        rolls: opens the salts of frozen rolls; without the data key their lines cannot be compared with their roots.
        papers: compares drafts and profiles with what was sealed; not without the data key either.
        phones: opens phones; without keys only their changes are compared with the log.

    Raises:
        RefusedError: the database is not of this program's version.
    """
    report, records = Report(), Records()
    async with snapshot() as connection:
        if await applied_migrations() != known_migrations():
            raise RefusedError(
                Reason.NOT_FOUND, "The database is not of this program's version: run `vote db upgrade` first."
            )
        report.add("engine", await _engine_damages(connection))
        report.add("catalogue", await _catalogue_damages(connection))
        roots = await _check_rolls(report, records, rolls)
        entries: dict[str, list[tuple[str, bytes]]] = {}
        for uuid in await records.elections():
            record = await records.election(uuid)
            if record.estate not in entries:
                entries[record.estate] = await records.entries(record.estate)
            if papers is not None:
                await _check_papers(report, papers, record)
            await _check_election(report, records, record, roots.get(record.roll, ""), entries[record.estate])
        for roll in roots:
            told = await _told_of_phones(records, roll, entries)
            phone_check = phones or PhoneCheck()
            report.add(f"roll {roll}", [each async for each in phone_check.damages(roll)])
            report.add(f"roll {roll}", change_damages(await phone_check.changes(roll), told))
    return report


async def _told_of_phones(records: Records, roll: int, entries: dict[str, list[tuple[str, bytes]]]) -> list[int]:
    """Return the counts of changed phones that the log tells for the elections of a roll."""
    found = []
    for uuid, estate in await records.elections_on(roll):
        if estate not in entries:
            entries[estate] = await records.entries(estate)
        named = f'"election":"{uuid}"'.encode()
        told = [body for kind, body in entries[estate] if kind == Kind.PHONE_CHANGED and named in body]
        found += [read_json(body, "log entry")["count"] for body in told]
    return sorted(found)


async def _check_papers(report: Report, papers: Papers, record: SealedRecord) -> None:
    try:
        pins = decode_manifest(record.manifest).papers
    except CryptoError:
        return
    # What was sealed before papers were is compared with nothing.
    changed = await papers.changed(record.uuid, pins) if pins else ()
    details = [
        f"question {place.question + 1}: what owners can read is not what was sealed"
        for place in sorted(changed, key=str)
    ]
    report.add(f"election {record.uuid}", details)


async def _engine_damages(connection: BaseDBAsyncClient) -> list[str]:
    if not is_sqlite(connection):
        # Pages are compared with their check sums whenever they are read, if the server was made with them.
        return [f"the foreign keys of {row['table']} were never checked" for row in await _ask(connection, _PLANTED)]
    found = [
        f"integrity_check: {row['integrity_check']}"
        for row in await _ask(connection, "PRAGMA integrity_check")
        if row["integrity_check"] != "ok"
    ]
    orphans = Counter(row["table"] for row in await _ask(connection, "PRAGMA foreign_key_check"))
    return found + [f"{count} rows of {table} point to rows that are not there" for table, count in orphans.items()]


async def _catalogue_damages(connection: BaseDBAsyncClient) -> list[str]:
    words = {"- ": "is missing", "+ ": "does not belong there"}
    lines = ndiff(expected_catalogue(connection), await read_catalogue(connection))
    return [f"{line[2:].split(': ')[0]} {words[line[:2]]}" for line in lines if line[:2] in words]


async def _check_rolls(report: Report, records: Records, rolls: Rolls | None) -> dict[int, str]:
    roots = {}
    for record in await records.rolls():
        place = f"roll {record.roll}"
        report.checked["rolls"] += 1
        roots[record.roll] = record.root
        report.add(place, soundness.roll_damages(record))
        if rolls is None:
            continue
        try:
            if (await rolls.public(record.roll))["root"] != record.root:
                report.add(place, ["its root is not that of its lines and salts"])
        except (ContradictionError, CryptoError):
            report.add(place, ["a salt cannot be opened: the data key is another one, or the salt was changed"])
    return roots


async def _check_election(
    report: Report, records: Records, record: SealedRecord, root: str, entries: list[tuple[str, bytes]]
) -> None:
    place = f"election {record.uuid}"
    report.checked["elections"] += 1
    report.add(place, soundness.sealed_damages(record, root, await records.credentials(record.uuid)))
    try:
        manifest = decode_manifest(record.manifest)
    except CryptoError:
        return
    box = soundness.Box(record, manifest, commitments=await records.commitments(record.uuid))
    async for ballot in records.ballots(record.uuid):
        report.checked["ballots"] += 1
        report.add(place, box.damages(ballot))
    report.add(place, box.agreement_damages(await records.agreed(record.uuid)))
    places = await records.places(record.uuid)
    report.add(place, box.place_damages(places, await records.pools(record.uuid)))
    report.add(place, soundness.log_damages(record, box, places, await records.tally(record.uuid), entries))


async def _ask(connection: BaseDBAsyncClient, query: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = await connection.execute_query_dict(query)
    return rows
