"""Queries about outlines of elections."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from vote.election.models import ElectionOutline
from vote.election.outline import Outline, decode_outline, encode_outline
from vote.errors import Reason, RefusedError
from vote.roll.models import Roll


@dataclass(frozen=True, slots=True)
class StoredOutline:
    """An outline as the database has it."""

    id: int
    estate: str
    roll: int
    outline: Outline
    version: int
    """How often it was changed."""
    changed_at: datetime
    election: str | None
    """What it became."""


class FrozenRoll(NamedTuple):
    """A roll on which one can vote."""

    id: int
    heads: int
    area_dm2: int
    frozen_at: datetime


class OutlineStore:
    """Outlines in the database."""

    async def add(self, estate: str, roll: int, outline: Outline, now: datetime) -> int:
        """Keep a new outline and return its number."""
        row = await ElectionOutline.create(estate_id=estate, roll_id=roll, body=encode_outline(outline), changed_at=now)
        return row.id

    async def get(self, number: int) -> StoredOutline:
        """Return an outline.

        Raises:
            RefusedError: there is none of this number.
        """
        row = await ElectionOutline.get_or_none(id=number)
        if row is None:
            raise RefusedError(
                Reason.NOT_FOUND,
                "There is no such draft: it was discarded.",
                zh="没有这份草稿，可能已经删掉了。请从小区的页面重新点进来。",
            )
        return _stored(row)

    async def of_estate(self, estate: str) -> list[StoredOutline]:
        """Return the outlines of an estate that became no election yet."""
        return [
            _stored(row) for row in await ElectionOutline.filter(estate_id=estate, election_id=None).order_by("-id")
        ]

    async def of_election(self, uuid: str) -> StoredOutline | None:
        """Return what an election was prepared from, if it was on pages."""
        row = await ElectionOutline.filter(election_id=uuid).first()
        return None if row is None else _stored(row)

    async def frozen_rolls(self, estate: str) -> list[FrozenRoll]:
        """Return the rolls of an estate on which one can vote, the latest first."""
        query = Roll.filter(estate_id=estate, state="frozen").order_by("-id")
        rows = await query.values("id", "heads", "area_dm2", "frozen_at")
        return [FrozenRoll(row["id"], row["heads"], row["area_dm2"], row["frozen_at"].astimezone(UTC)) for row in rows]

    async def change(self, number: int, version: int, outline: Outline, now: datetime) -> bool:
        """Put an outline in the place of version `version`; return whether that was still there and no election."""
        query = ElectionOutline.filter(id=number, version=version, election_id=None)
        return await query.update(body=encode_outline(outline), version=version + 1, changed_at=now) == 1

    async def become(self, number: int, version: int, election: str) -> bool:
        """Note what an outline became; return whether it was still that version and no election."""
        query = ElectionOutline.filter(id=number, version=version, election_id=None)
        return await query.update(election_id=election) == 1

    async def redact(self, number: int, version: int, outline: Outline, now: datetime) -> bool:
        """Put an outline with less in it in the place of what an election was prepared from; return whether it was so."""
        query = ElectionOutline.filter(id=number, version=version, election_id__isnull=False)
        return await query.update(body=encode_outline(outline), version=version + 1, changed_at=now) == 1

    async def discard(self, number: int) -> bool:
        """Delete an outline that became no election; return whether there was one."""
        return await ElectionOutline.filter(id=number, election_id=None).delete() == 1


def _stored(row: ElectionOutline) -> StoredOutline:
    return StoredOutline(
        row.id,
        row.estate_id,  # type: ignore[attr-defined]  # tortoise adds the column's name
        row.roll_id,  # type: ignore[attr-defined]
        decode_outline(row.body),
        row.version,
        row.changed_at.astimezone(UTC),
        row.election_id,  # type: ignore[attr-defined]
    )
