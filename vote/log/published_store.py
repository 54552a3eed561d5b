"""Queries about what was published of a log: its checkpoints with the lines of witnesses, its policies, its ballots.

Not here: tiles and entries (`tree_store`), publishing (`log_store`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tortoise.connection import get_connection
from tortoise.query_utils import Prefetch

from vote.log.models import LogCheckpoint, LogCosignature, LogEntry, PendingEntry
from vote.log.rules import Kind


@dataclass(frozen=True, slots=True)
class PublishedCheckpoint:
    """A checkpoint that everybody can read."""

    size: int
    note: bytes
    """As the log signed it, with the lines of the witnesses that came so far."""
    witnesses: Sequence[str]
    """Who cosigned it, by the names in the estate's policy."""


@dataclass(frozen=True, slots=True)
class BallotEntry:
    """A ballot's entry, and where it stands."""

    body: bytes
    log: int | None
    """The row of its log; None while it waits."""
    position: int


class PublishedStore:
    """What everybody may read, in the database."""

    async def newest(self, log: int, *, above: int = -1, most: int = 1) -> list[PublishedCheckpoint]:
        """Return the newest published checkpoints of a log that are larger than `above`, the newest one first."""
        lines = Prefetch("cosignatures", queryset=LogCosignature.all().order_by("id"))
        query = LogCheckpoint.filter(log_id=log, size__gt=above, published_at__isnull=False).order_by("-size")
        return [_published(row) for row in await query.limit(most).prefetch_related(lines)]

    async def announced(self, estate: str, log: int, size: int) -> bytes | None:
        """Return the entry among the first `size` of a log that announced a policy last; None if none did."""
        announcing = PendingEntry.filter(estate_id=estate, kind=Kind.POLICY_ANNOUNCED)
        row = await announcing.filter(place__log_id=log, place__position__lt=size).order_by("-place__position").first()
        return bytes(row.body) if row else None

    async def find_ballot(self, estate: str, tracker: str) -> BallotEntry | None:
        """Return the entry that says that a ballot of an estate was accepted; None if there is none."""
        connection = get_connection("default")
        sqlite = connection.capabilities.dialect == "sqlite"
        where = "estate_id = ? AND kind = ? AND instr(body, ?) > 0"
        if not sqlite:
            where = "estate_id = $1 AND kind = $2 AND position($3::bytea IN body) > 0"
        query = f"SELECT id, body FROM log_pending_entry WHERE {where} ORDER BY id DESC LIMIT 1"  # noqa: S608 - our own words
        named = f'"tracker":"{tracker}"'.encode()
        rows = await connection.execute_query_dict(query, [estate, str(Kind.BALLOT_ACCEPTED), named])
        if not rows:
            return None
        place = await LogEntry.filter(entry_id=rows[0]["id"]).first().values("log_id", "position")
        log, position = (place["log_id"], place["position"]) if place else (None, 0)
        return BallotEntry(bytes(rows[0]["body"]), log, position)


def _published(row: LogCheckpoint) -> PublishedCheckpoint:
    cosigned: list[LogCosignature] = list(row.cosignatures)  # type: ignore[attr-defined]  # tortoise adds it
    note = b"".join((bytes(row.note), *(bytes(each.line) for each in cosigned)))
    return PublishedCheckpoint(row.size, note, tuple(each.witness for each in cosigned))
