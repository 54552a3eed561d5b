"""Queries about drafts of rolls: their sheets, notices, steps, and what columns were said to hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from vote.roll.comparison import Line
from vote.roll.models import (
    ColumnChoice,
    Entitlement,
    EntitlementUnit,
    Roll,
    RollFinding,
    RollNotice,
    RollObjection,
    RollSheet,
    RollStep,
)


@dataclass(frozen=True, slots=True)
class Notice:
    """Where a draft was put up, and until when owners may object."""

    place: str
    contact: str
    phone: str
    posted_at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody did with a roll."""

    kind: str
    item: int | None
    """The row, or the number of the objection."""
    columns: str
    account: int | None
    """None where a key was sent."""
    happened_at: datetime


@dataclass(frozen=True, slots=True)
class ListedRoll:
    """A roll of an estate, in one line."""

    id: int
    state: str
    heads: int
    area_dm2: int
    rejected: int
    imported_at: datetime
    frozen_at: datetime | None
    discarded_at: datetime | None


class DraftStore:
    """Drafts in the database."""

    async def of_estate(self, estate: str) -> list[ListedRoll]:
        """Return the rolls of an estate, the latest first."""
        return [_listed(row) for row in await Roll.filter(estate_id=estate).order_by("-id")]

    async def keep_sheet(self, roll: int, sealed: bytes) -> None:
        """Keep the sheet of a new draft."""
        await RollSheet.create(roll_id=roll, sealed=sealed)

    async def sheet(self, roll: int) -> tuple[bytes, int] | None:
        """Return a draft's sealed sheet and its version, if it is kept."""
        row = await RollSheet.filter(roll_id=roll).first()
        return (bytes(row.sealed), row.version) if row else None

    async def change_sheet(self, roll: int, sealed: bytes, version: int) -> bool:
        """Put another sheet in the place of the one of this version; return whether it was still that."""
        query = RollSheet.filter(roll_id=roll, version=version)
        return await query.update(sealed=sealed, version=version + 1) == 1

    async def forget_sheet(self, roll: int) -> None:
        """Forget the sheet."""
        await RollSheet.filter(roll_id=roll).delete()

    async def clear(self, roll: int) -> None:
        """Forget the lines of a draft and what became of its rows."""
        await EntitlementUnit.filter(roll_id=roll).delete()
        await Entitlement.filter(roll_id=roll).delete()
        await RollFinding.filter(roll_id=roll).delete()

    async def count(self, roll: int, figures: Mapping[str, int], heads: int, area_dm2: int) -> None:
        """Note what a draft comes to."""
        await Roll.filter(id=roll, state="draft").update(figures=dict(figures), heads=heads, area_dm2=area_dm2)

    async def discard(self, roll: int, now: datetime) -> None:
        """Note that a draft is not used any more."""
        await Roll.filter(id=roll, state="draft", discarded_at__isnull=True).update(discarded_at=now)

    async def add_step(
        self, roll: int, kind: str, account: int | None, now: datetime, *, item: int | None = None, columns: str = ""
    ) -> None:
        """Note what somebody did."""
        await RollStep.create(roll_id=roll, kind=kind, item=item, columns=columns, account_id=account, happened_at=now)

    async def steps(self, roll: int) -> list[Step]:
        """Return what was done, in order."""
        rows: list[Any] = await RollStep.filter(roll_id=roll).order_by("id")
        return [Step(row.kind, row.item, row.columns, row.account_id, row.happened_at.astimezone(UTC)) for row in rows]

    async def post(self, roll: int, notice: Notice) -> None:
        """Note that a draft was put up; a later note stands for an earlier one."""
        values = {
            "place": notice.place,
            "contact": notice.contact,
            "phone": notice.phone,
            "posted_at": notice.posted_at,
            "until": notice.until,
        }
        await RollNotice.update_or_create(defaults=values, roll_id=roll)

    async def notice(self, roll: int) -> Notice | None:
        """Return where and until when a draft is up."""
        row = await RollNotice.filter(roll_id=roll).first()
        if row is None:
            return None
        return Notice(row.place, row.contact, row.phone, row.posted_at.astimezone(UTC), row.until.astimezone(UTC))

    async def meanings(self, estate: str) -> dict[str, str]:
        """Return what the columns of earlier sheets were said to hold, by their headers."""
        rows = await ColumnChoice.filter(estate_id=estate).values("header", "meaning")
        return {row["header"]: row["meaning"] for row in rows}

    async def remember(self, estate: str, meanings: Mapping[str, str]) -> None:
        """Keep what columns were said to hold."""
        for header, meaning in meanings.items():
            await ColumnChoice.update_or_create(defaults={"meaning": meaning}, estate_id=estate, header=header)

    async def open_objections(self, rolls: Sequence[int]) -> dict[int, list[datetime]]:
        """Return, by roll, when the objections that wait for an answer were raised."""
        found: dict[int, list[datetime]] = {}
        for row in await RollObjection.filter(roll_id__in=list(rolls), state="open").values("roll_id", "raised_at"):
            found.setdefault(row["roll_id"], []).append(row["raised_at"].astimezone(UTC))
        return found

    async def lines(self, roll: int) -> list[tuple[int, tuple[str, str, str], int, str]]:
        """Return each unit of a roll: its entitlement's number, its place, its area and the masked owner."""
        columns = (
            "entitlement__number",
            "unit__building__name",
            "unit__entrance",
            "unit__room",
            "area_dm2",
            "entitlement__masked_owner",
        )
        rows = await EntitlementUnit.filter(roll_id=roll).order_by("id").values_list(*columns)
        return [
            (number, (building, entrance, room), area, owner) for number, building, entrance, room, area, owner in rows
        ]


def line_of(area_dm2: int, owners: Sequence[Sequence[str]], masked_owner: str) -> Line:
    """Return a unit as rolls are compared."""
    return Line(area_dm2, frozenset((name, number) for name, number in owners), masked_owner)


def _listed(row: Roll) -> ListedRoll:
    rejected = row.figures.get("rejected_rows", 0)
    return ListedRoll(
        row.id,
        row.state,
        row.heads,
        row.area_dm2,
        rejected,
        row.imported_at.astimezone(UTC),
        row.frozen_at.astimezone(UTC) if row.frozen_at else None,
        row.discarded_at.astimezone(UTC) if row.discarded_at else None,
    )
