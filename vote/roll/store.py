"""Queries about rolls."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from vote.errors import Reason, RefusedError
from vote.roll.models import Entitlement, EntitlementUnit, Roll, RollFinding, RollObjection
from vote.roll.place import Place


@dataclass(frozen=True, slots=True)
class StoredRoll:
    """A roll as the database has it."""

    id: int
    estate: str
    state: str
    figures: dict[str, int]
    heads: int
    area_dm2: int
    root: str | None
    imported_at: datetime
    frozen_at: datetime | None = None
    discarded_at: datetime | None = None

    @property
    def frozen(self) -> bool:
        """Whether the roll can no longer change."""
        return self.state == "frozen"


@dataclass(frozen=True, slots=True)
class NewEntitlement:
    """An entitlement to be kept, its owners sealed already; `units` are unit number, area in dm2 and its source."""

    number: int
    developer: bool
    area_dm2: int
    masked_owner: str
    sealed: bytes
    units: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class StoredEntitlement:
    """An entitlement as the database has it, its owners still sealed."""

    id: int
    number: int
    developer: bool
    area_dm2: int
    masked_owner: str
    places: tuple[tuple[str, str, str], ...]
    """Building, entrance and room of each unit."""
    sealed_salt: bytes | None
    leaf: str | None

    @property
    def homes(self) -> tuple[str, ...]:
        """Where the owner's units are, as notices write it."""
        return tuple(str(Place(*place)) for place in self.places)


@dataclass(frozen=True, slots=True)
class NewFinding:
    """What became of a sheet row that was not simply accepted."""

    sheet_row: int
    verdict: str
    reason: str
    reason_zh: str
    place: str = ""
    masked_owner: str = ""
    done: str = ""
    done_zh: str = ""


@dataclass(frozen=True, slots=True)
class StoredObjection:
    """An objection and, once there is one, its answer."""

    id: int
    roll: int
    sheet_row: int | None
    sealed_text: bytes
    state: str
    answer: str | None
    raised_at: datetime
    answered_at: datetime | None


class RollStore:
    """Rolls in the database."""

    async def add(  # noqa: PLR0917 - the columns of one row
        self, estate: str, source_sha256: str, figures: Mapping[str, int], heads: int, area_dm2: int, now: datetime
    ) -> int:
        """Keep a new draft roll and return its number."""
        row = await Roll.create(
            estate_id=estate,
            state="draft",
            source_sha256=source_sha256,
            figures=dict(figures),
            heads=heads,
            area_dm2=area_dm2,
            imported_at=now,
        )
        return row.id

    async def add_findings(self, roll: int, findings: Sequence[NewFinding]) -> None:
        """Keep what became of the rows."""
        await RollFinding.bulk_create(
            [
                RollFinding(
                    roll_id=roll,
                    sheet_row=each.sheet_row,
                    verdict=each.verdict,
                    reason=each.reason,
                    reason_zh=each.reason_zh,
                    place=each.place[:100],
                    masked_owner=each.masked_owner[:200],
                    done=each.done[:400],
                    done_zh=each.done_zh[:400],
                )
                for each in findings
            ],
            batch_size=500,
        )

    async def add_entitlements(self, roll: int, entitlements: Sequence[NewEntitlement]) -> None:
        """Keep the entitlements of a roll with their units."""
        await Entitlement.bulk_create(
            [
                Entitlement(
                    roll_id=roll,
                    number=each.number,
                    developer=each.developer,
                    area_dm2=each.area_dm2,
                    masked_owner=each.masked_owner,
                    sealed=each.sealed,
                )
                for each in entitlements
            ],
            batch_size=500,
        )
        ids = {row["number"]: row["id"] for row in await Entitlement.filter(roll_id=roll).values("number", "id")}
        await EntitlementUnit.bulk_create(
            [
                EntitlementUnit(
                    roll_id=roll, entitlement_id=ids[each.number], unit_id=unit, area_dm2=area_dm2, area_source=source
                )
                for each in entitlements
                for unit, area_dm2, source in each.units
            ],
            batch_size=500,
        )

    async def get(self, roll: int, *, lock: bool = False) -> StoredRoll:
        """Return a roll.

        Raises:
            RefusedError: there is none of this number.
        """
        query = Roll.filter(id=roll)
        row = await (query.select_for_update() if lock else query).first()
        if row is None:
            raise RefusedError(
                Reason.NOT_FOUND, "There is no roll of this number.", zh="没有这份清册，请从小区的页面重新点进来。"
            )
        estate: str = row.estate_id  # type: ignore[attr-defined]  # tortoise adds the column's name
        return StoredRoll(
            row.id,
            estate,
            row.state,
            row.figures,
            row.heads,
            row.area_dm2,
            row.root,
            row.imported_at.astimezone(UTC),
            row.frozen_at.astimezone(UTC) if row.frozen_at else None,
            row.discarded_at.astimezone(UTC) if row.discarded_at else None,
        )

    async def findings(self, roll: int) -> list[NewFinding]:
        """Return what became of the rows, in the order of the sheet."""
        rows = await RollFinding.filter(roll_id=roll).order_by("sheet_row", "id")
        return [
            NewFinding(
                row.sheet_row,
                row.verdict,
                row.reason,
                row.reason_zh,
                row.place,
                row.masked_owner,
                row.done,
                row.done_zh,
            )
            for row in rows
        ]

    async def entitlements(self, roll: int) -> list[StoredEntitlement]:
        """Return the entitlements of a roll by number."""
        return await self._entitlements(roll_id=roll)

    async def _entitlements(self, **which: int) -> list[StoredEntitlement]:
        places: dict[int, list[tuple[str, str, str]]] = {}
        for unit in (
            await EntitlementUnit.filter(**{f"entitlement__{name}": value for name, value in which.items()})
            .order_by("id")
            .values("entitlement_id", "unit__building__name", "unit__entrance", "unit__room")
        ):
            place = (unit["unit__building__name"], unit["unit__entrance"], unit["unit__room"])
            places.setdefault(unit["entitlement_id"], []).append(place)
        return [
            StoredEntitlement(
                row.id,
                row.number,
                row.developer,
                row.area_dm2,
                row.masked_owner,
                tuple(places.get(row.id, ())),
                bytes(row.sealed_salt) if row.sealed_salt is not None else None,
                row.leaf,
            )
            for row in await Entitlement.filter(**which).order_by("number")
        ]

    async def entitlement(self, row: int) -> StoredEntitlement:
        """Return one entitlement, by its row.

        Raises:
            RefusedError: there is none.
        """
        found = await self._entitlements(id=row)
        if not found:
            raise RefusedError(
                Reason.NOT_FOUND, "There is no entitlement of this number.", zh="清册里没有这位业主，请对照清册再看。"
            )
        return found[0]

    async def sealed_owners(self, roll: int) -> dict[int, bytes]:
        """Return what is sealed of each entitlement's owners, by number."""
        rows = await Entitlement.filter(roll_id=roll).values("number", "sealed")
        return {row["number"]: bytes(row["sealed"]) for row in rows}

    async def freeze(self, roll: int, root: str, leaves: Mapping[int, tuple[bytes, str]], now: datetime) -> None:
        """Fix a roll: its root, and per entitlement number the sealed salt and the leaf."""
        rows = await Entitlement.filter(roll_id=roll)
        for row in rows:
            row.sealed_salt, row.leaf = leaves[row.number]
        await Entitlement.bulk_update(rows, ["sealed_salt", "leaf"], batch_size=200)
        await Roll.filter(id=roll, state="draft").update(state="frozen", root=root, frozen_at=now)

    async def add_objection(self, roll: int, sheet_row: int | None, sealed_text: bytes, now: datetime) -> int:
        """Keep an objection and return its number."""
        row = await RollObjection.create(
            roll_id=roll, sheet_row=sheet_row, sealed_text=sealed_text, state="open", raised_at=now
        )
        return row.id

    async def answer_objection(self, roll: int, objection: int, answer: str, now: datetime) -> None:
        """Keep the answer to an open objection.

        Raises:
            RefusedError: there is no such open objection.
        """
        query = RollObjection.filter(id=objection, roll_id=roll, state="open")
        if await query.update(state="answered", answer=answer, answered_at=now) != 1:
            raise RefusedError(
                Reason.NOT_FOUND,
                "There is no open objection of this number against this roll.",
                zh="没有这条异议，或者已经答复过了。请刷新后再看。",
            )

    async def objections(self, roll: int) -> list[StoredObjection]:
        """Return the objections against a roll."""
        rows: list[Any] = await RollObjection.filter(roll_id=roll).order_by("id")
        return [
            StoredObjection(
                row.id,
                roll,
                row.sheet_row,
                bytes(row.sealed_text),
                row.state,
                row.answer,
                row.raised_at.astimezone(UTC),
                row.answered_at.astimezone(UTC) if row.answered_at else None,
            )
            for row in rows
        ]
