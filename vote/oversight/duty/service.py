"""Keep what estates owe their owners: what happened, which record fulfils what, how all stands today.

* How a duty stands is computed anew each time from what was entered, published and told. A record that comes later makes
  it fulfilled late; what was told stays.
* The rules are those of the place, in their newest version.
* Who entered, withdrew or ascribed something is written down in the same transaction.

Not here: telling debtors and everybody (`telling.py`).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

from crypto.randomness import Randomness
from vote.account.events import EventKind, EventService
from vote.clock import CHINA
from vote.db import database_now, transaction
from vote.election.rules import new_uuid
from vote.errors import Reason, RefusedError
from vote.estate.store import EstatePlace, EstateStore
from vote.law.holiday import is_rest_day
from vote.law.place import offered_profiles
from vote.law.profile import Profile
from vote.oversight.duty.evidence import (
    Evidence,
    fulfilling,
    happenings_of,
    published_of,
    require_fulfilling,
    told_by,
)
from vote.oversight.duty.rules import (
    Act,
    Alert,
    Event,
    Happening,
    Situation,
    alerts_on,
    duties_on,
    require_day,
    require_entered,
)
from vote.oversight.duty.standing import Key, Standing, Telling, board
from vote.oversight.duty.store import DutyStore, Kept
from vote.role import Actor

_NUMBER = re.compile(r"[1-9A-HJ-NP-Za-km-z]{14,32}")


@dataclass(frozen=True)
class EstateBoard:
    """What an estate owes, on a day."""

    place: EstatePlace
    standings: tuple[Standing, ...]
    on: date
    kept: Kept | None
    """None where duties are not kept."""

    @cached_property
    def about(self) -> Mapping[str, Evidence]:
        """What each record says at last, by the number that stands in duties' names."""
        return told_by(self.kept.records) if self.kept else {}

    @property
    def told(self) -> Mapping[Key, frozenset[Telling]]:
        """What somebody was told of which duty."""
        return {key: frozenset(told) for key, told in self.kept.told.items()} if self.kept else {}

    @cached_property
    def noticed(self) -> Mapping[Key, date]:
        """When debtors were told privately that a day is past."""
        return _noticed(self.kept) if self.kept else {}

    def promise(self, standing: Standing) -> Evidence | None:
        """Return what the decision says at last that promised something; None of other duties."""
        return self.about.get(standing.duty.about) if standing.duty.act is Act.PROMISE else None

    def get(self, duty: str) -> Standing:
        """Return how a duty stands.

        Raises:
            RefusedError: nothing of this name is owed.
        """
        found = next((each for each in self.standings if each.duty.name == duty), None)
        if found is None:
            raise RefusedError(
                Reason.NOT_FOUND, "This estate owes no such thing.", zh="没有这项应公开的事，请从列表里选。"
            )
        return found

    def fulfilling(self, duty: str) -> list[Evidence]:
        """Return the records that may be said to fulfil a duty, the latest first."""
        return fulfilling(duty, self.kept.records) if self.kept else []

    def alerts(self) -> list[tuple[Happening, Alert]]:
        """Return for each end of a term the last alert whose day has come."""
        ends = [each for each in self.kept.happenings if each.event is Event.TERM_ENDS] if self.kept else []
        found = ((each, alerts_on(profile_of(self.place.county), each.on, self.on)) for each in ends)
        return [(each, alerts[0]) for each, alerts in found if alerts]


@dataclass(frozen=True, slots=True)
class DutyService:
    """Duties of estates."""

    store: DutyStore
    estates: EstateStore
    events: EventService
    rng: Randomness

    def draw_number(self) -> str:
        """Return the name of a happening to be, so that a form sent twice enters it once."""
        return new_uuid(self.rng)

    async def keep(self, estate: str, since: date, by: Actor, *, managed: bool) -> None:
        """Begin to keep the duties of an estate, or say anew since when, and whether it has a property manager.

        Raises:
            RefusedError: there is no such estate, the day is to come, or lies later than the one before.
        """
        await self.estates.get_estate(estate)
        async with transaction():
            await self.estates.hold(estate)
            known = await self.store.since(estate)
            if since > (await _today() if known is None else known):
                raise RefusedError(
                    Reason.NOT_ALLOWED,
                    "Duties are kept from today at the latest, and the first day is only ever moved back.",
                    zh="最晚从今天开始登记；已经登记的，开始日期只能往前改，不能往后改。",
                )
            await self.store.keep(estate, since, managed=managed)
            await self.events.record(by, EventKind.DUTIES_KEPT, estate=estate)

    async def note(self, estate: str, happening: Event, on: date, by: Actor, number: str = "") -> str:
        """Note what happened, or will on a known day; return its name. The same number again changes nothing.

        Args:
            estate: where.
            happening: what starts the clock.
            on: its day.
            by: who says so.
            number: drawn beforehand; without one it gets a name here.

        Raises:
            RefusedError: duties are not kept there, records say this by themselves, or the day does not fit.
        """
        await self.estates.get_estate(estate)
        require_entered(happening)
        if number and not _NUMBER.fullmatch(number):
            raise RefusedError(Reason.MALFORMED, "This is no number: leave it out.", zh="请重新打开这个页面再填。")
        name = number or self.draw_number()
        async with transaction():
            await self.estates.hold(estate)
            since = await self.store.since(estate)
            if since is None:
                raise RefusedError(
                    Reason.WRONG_STATE,
                    "Duties are not kept for this estate yet: staff begin it.",
                    zh="这个小区还没有开始登记应公开的事，请先由社区开始登记。",
                )
            if await self.store.find_happening(estate, name) is not None:
                return name
            require_day(happening, on, since, await _today())
            await self.store.add_happening(estate, Happening(happening, on, name), await database_now())
            await self.events.record(by, EventKind.DUTIES_NOTED, estate=estate)
        return name

    async def withdraw(self, estate: str, name: str, by: Actor) -> None:
        """Take back a happening that was entered by mistake.

        Raises:
            RefusedError: there is none of this name, or it was withdrawn already.
        """
        async with transaction():
            await self.estates.hold(estate)
            await self.store.withdraw(estate, name, await database_now())
            await self.events.record(by, EventKind.DUTIES_WITHDRAWN, estate=estate)

    async def fulfil(self, estate: str, record: str, duty: str, by: Actor) -> None:
        """Say which duty a record fulfils.

        Raises:
            RefusedError: there is no such record or duty, it is of another kind, or fulfils one already.
        """
        async with transaction():
            await self.estates.hold(estate)
            found = await self.board(estate)
            found.get(duty)
            records = found.kept.records if found.kept else ()
            evidence = next((each for each in records if each.uuid == record), None)
            if evidence is None:
                raise RefusedError(
                    Reason.NOT_FOUND, "This estate has no such record.", zh="没有这份记录，请从列表里选。"
                )
            require_fulfilling(duty, evidence, records)
            await self.store.fulfil(estate, record, duty)
            await self.events.record(by, EventKind.DUTIES_FULFILLED, estate=estate)

    async def today(self) -> date:
        """Return the day in China."""
        return await _today()

    async def board(self, estate: str) -> EstateBoard:
        """Return what an estate owes or owed and how it stands today; nothing where duties are not kept.

        Raises:
            RefusedError: there is no such estate.
        """
        place = await self.estates.get_estate(estate)
        kept = await self.store.kept([estate])
        return _board(place, kept.get(estate), await _today())

    async def boards(self) -> Sequence[EstateBoard]:
        """Return what every estate owes for which duties are kept, by their names."""
        kept, today = await self.store.kept(await self.store.estates()), await _today()
        places = sorted(await self.estates.estates(), key=lambda place: (place.county, place.name))
        return [_board(place, kept[place.id], today) for place in places if place.id in kept]


@cache
def profile_of(county: str) -> Profile:
    """Return the newest profile that fits a county."""
    nearest, *_ = offered_profiles(county)
    return nearest


def _board(place: EstatePlace, kept: Kept | None, today: date) -> EstateBoard:
    if kept is None:
        return EstateBoard(place, (), today, None)
    happenings = (*kept.happenings, *happenings_of(kept.records))
    situation = Situation(kept.since, kept.managed, happenings)
    duties = duties_on(profile_of(place.county), situation, today, is_rest_day)
    standings = board(duties, list(published_of(kept.records)), today, _noticed(kept))
    return EstateBoard(place, standings, today, kept)


def _noticed(kept: Kept) -> Mapping[Key, date]:
    return {
        key: told[Telling.NOTICE].astimezone(CHINA).date() for key, told in kept.told.items() if Telling.NOTICE in told
    }


async def _today() -> date:
    return (await database_now()).astimezone(CHINA).date()
