"""Queries about places."""

from dataclasses import dataclass

from vote.db import fits
from vote.errors import Reason, RefusedError
from vote.estate.models import Building, Division, Estate, Unit


@dataclass(frozen=True, slots=True)
class EstatePlace:
    """An estate and where it lies."""

    id: str
    name: str
    community: str
    sub_district: str
    county: str


class EstateStore:
    """Places in the database."""

    async def get_or_add_division(self, kind: str, name: str, parent: int | None) -> int:
        """Return the number of a division, made if it is new."""
        row, _ = await Division.get_or_create(kind=kind, name=name, parent_id=parent)
        return row.id

    async def add_estate(self, identifier: str, name: str, community: int) -> None:
        """Add an estate.

        Raises:
            RefusedError: the id, or the name in this community, is taken.
        """
        if (
            await Estate.filter(id=identifier).exists()
            or await Estate.filter(name=name, community_id=community).exists()
        ):
            raise RefusedError(
                Reason.CONFLICT,
                "An estate of this id or name exists already: choose another id.",
                zh="已经有这个代号或这个名称的小区了，请核对是不是同一个小区，不是就换一个。",
            )
        await Estate.create(id=identifier, name=name, community_id=community)

    async def get_estate(self, identifier: str) -> EstatePlace:
        """Return an estate with its divisions.

        Raises:
            RefusedError: there is none of this id.
        """
        row = None
        if fits(Estate, "id", identifier):
            row = await Estate.get_or_none(id=identifier).select_related("community__parent__parent")
        if row is None:
            raise RefusedError(
                Reason.NOT_FOUND, "There is no estate of this id.", zh="没有这个小区，请从首页重新点进来。"
            )
        return _place(row)

    async def estates(self) -> list[EstatePlace]:
        """Return all estates by id."""
        rows = await Estate.all().order_by("id").select_related("community__parent__parent")
        return [_place(row) for row in rows]

    async def hold(self, identifier: str) -> None:
        """Let others who hold the estate wait until the transaction ends; one that cannot be is held by nobody."""
        if fits(Estate, "id", identifier):
            await Estate.filter(id=identifier).select_for_update().first()

    async def add_units(self, estate: str, places: list[tuple[str, str, str]]) -> dict[tuple[str, str, str], int]:
        """Return the numbers of the units at `places` (building, entrance, room), made where they are new."""
        # Two rolls that come at once would both make what is new. Nothing of the estate may be written before this in
        # the same transaction, or PostgreSQL lets each wait for the other.
        await self.hold(estate)
        names = {building for building, _, _ in places}
        known = await self._buildings(estate)
        await Building.bulk_create([Building(estate_id=estate, name=name) for name in sorted(names - known.keys())])
        buildings = await self._buildings(estate)
        units = await self._units(estate)
        new = [place for place in dict.fromkeys(places) if place not in units]
        await Unit.bulk_create(
            [Unit(building_id=buildings[building], entrance=entrance, room=room) for building, entrance, room in new]
        )
        return await self._units(estate)

    async def _buildings(self, estate: str) -> dict[str, int]:
        rows = await Building.filter(estate_id=estate).values("name", "id")
        return {row["name"]: row["id"] for row in rows}

    async def _units(self, estate: str) -> dict[tuple[str, str, str], int]:
        rows = await Unit.filter(building__estate_id=estate).values("building__name", "entrance", "room", "id")
        return {(row["building__name"], row["entrance"], row["room"]): row["id"] for row in rows}


def _place(row: Estate) -> EstatePlace:
    community = row.community
    return EstatePlace(row.id, row.name, community.name, community.parent.name, community.parent.parent.name)
