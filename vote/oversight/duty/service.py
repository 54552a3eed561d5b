"""Keep what estates owe their owners, and tell everybody of what was not published.

* How a duty stands is computed anew each time; only that everybody was told of it is written down, once, with its entry
  in the log. A record that comes later makes it fulfilled late; what was told stays.
* The rules are those of the place, in their newest version.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crypto.randomness import Randomness
from vote.clock import CHINA
from vote.db import database_now, transaction
from vote.election.plan import holiday
from vote.election.rules import new_uuid
from vote.errors import Reason, RefusedError
from vote.estate.store import EstatePlace, EstateStore
from vote.law.place import offered_profiles
from vote.log.rules import Kind
from vote.log.store import LogStore
from vote.oversight.duty.evidence import happenings_of, published_of
from vote.oversight.duty.rules import (
    Duty,
    Event,
    Happening,
    Situation,
    Standing,
    State,
    board,
    duties_on,
    overdue_facts,
)
from vote.oversight.duty.store import DutyStore
from vote.oversight.record.store import RecordStore


@dataclass(frozen=True, slots=True)
class EstateBoard:
    """What an estate owes."""

    place: EstatePlace
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class DutyService:
    """Duties of estates."""

    store: DutyStore
    records: RecordStore
    estates: EstateStore
    log: LogStore
    rng: Randomness

    async def keep(self, estate: str, since: date, *, managed: bool) -> None:
        """Begin to keep the duties of an estate, or say anew whether it has a property manager.

        Raises:
            RefusedError: there is no such estate.
        """
        await self.estates.get_estate(estate)
        await self.store.keep(estate, since, managed=managed)

    async def note(self, estate: str, event: Event, on: date, about: str = "") -> str:
        """Note what happened, or will on a known day; return its name.

        Args:
            estate: where.
            event: what starts the clock.
            on: its day.
            about: the record that tells of it; one without gets a name of its own.

        Raises:
            RefusedError: there is no such estate or record, or it was noted already.
        """
        await self.estates.get_estate(estate)
        if about:
            await self.records.get(estate, about)
        name = about or new_uuid(self.rng)
        async with transaction():
            await self.store.add_happening(estate, Happening(event, on, name), await database_now())
        return name

    async def fulfil(self, estate: str, record: str, duty: str) -> None:
        """Say which duty a record fulfils.

        Raises:
            RefusedError: there is no such record or duty, or the record fulfils one already.
        """
        async with transaction():
            stored = await self.records.get(estate, record)
            found = await self.board(estate)
            if all(each.duty.name != duty for each in found.standings):
                raise RefusedError(
                    Reason.NOT_FOUND, "This estate owes no such thing.", zh="没有这项应公开的事，请从列表里选。"
                )
            await self.store.fulfil(stored.id, duty)

    async def board(self, estate: str) -> EstateBoard:
        """Return what an estate owes or owed and how it stands today; nothing where duties are not kept.

        Raises:
            RefusedError: there is no such estate.
        """
        place = await self.estates.get_estate(estate)
        today = (await database_now()).astimezone(CHINA).date()
        kept = await self.store.kept(estate)
        if kept is None:
            return EstateBoard(place, ())
        records = await self.store.evidence(estate)
        happenings = (*await self.store.happenings(estate), *happenings_of(records))
        since, managed = kept
        nearest, *_ = offered_profiles(place.county)
        duties = duties_on(nearest, Situation(since, managed, happenings), today, _is_holiday)
        return EstateBoard(place, board(duties, list(published_of(records)), today))

    async def boards(self) -> Sequence[EstateBoard]:
        """Return what every estate owes for which duties are kept."""
        return [await self.board(estate) for estate in await self.store.estates()]

    async def tell_due(self) -> int:
        """Tell everybody of duties that are overdue and return how many were new."""
        told = 0
        for estate in await self.store.estates():
            known = await self.store.told(estate)
            found = await self.board(estate)
            for each in found.standings:
                if each.state is State.OVERDUE and each.duty.name not in known:
                    told += await self._tell(estate, each.duty)
        return told

    async def _tell(self, estate: str, duty: Duty) -> int:
        assert duty.due is not None
        async with transaction():
            if duty.name in await self.store.told(estate):
                return 0
            now = await database_now()
            await self.store.tell(estate, duty.name, duty.due, now)
            await self.log.append(estate, Kind.DUTY_OVERDUE, overdue_facts(duty), now)
        return 1


@dataclass(slots=True)
class OverdueRounds:
    """Looks for overdue duties once on each day, since only a new day makes one overdue."""

    duties: DutyService
    done_on: date | None = None

    async def work(self) -> int:
        """Tell everybody of what is newly overdue and return how many there were."""
        today = (await database_now()).astimezone(CHINA).date()
        if self.done_on == today:
            return 0
        told = await self.duties.tell_due()
        self.done_on = today
        return told


def _is_holiday(day: date) -> bool:
    return holiday(day) is not None
