"""Found estates."""

from dataclasses import dataclass

from vote.db import transaction
from vote.estate import rules
from vote.estate.store import EstatePlace, EstateStore


@dataclass(frozen=True, slots=True)
class EstateService:
    """Estates and where they lie."""

    store: EstateStore

    async def found(self, place: EstatePlace) -> EstatePlace:
        """Add an estate, with its county, sub-district and community where they are new.

        Raises:
            RefusedError: a name or id does not do, or the estate exists.
        """
        rules.require_real(place.id)
        return await self._add(place)

    async def rehearse(self, place: EstatePlace) -> EstatePlace:
        """Return a made-up estate for rehearsals, added if it is new."""
        if any(each.id == place.id for each in await self.store.estates()):
            return await self.store.get_estate(place.id)
        return await self._add(place)

    async def _add(self, place: EstatePlace) -> EstatePlace:
        identifier = rules.require_identifier(place.id)
        async with transaction():
            above: int | None = None
            for kind, name in (
                ("county", place.county),
                ("sub-district", place.sub_district),
                ("community", place.community),
            ):
                above = await self.store.get_or_add_division(kind, rules.require_name(name, kind), above)
            assert above is not None
            await self.store.add_estate(identifier, rules.require_name(place.name, "estate"), above)
        return await self.store.get_estate(identifier)

    async def get(self, identifier: str) -> EstatePlace:
        """Return an estate.

        Raises:
            RefusedError: there is none of this id.
        """
        return await self.store.get_estate(identifier)

    async def all(self) -> list[EstatePlace]:
        """Return all estates."""
        return await self.store.estates()
