"""Post notices, say where they hang, who was reached, hear objections and answer them, close what is complete.

* Posting, taking down and closing are entries of the estate's public log: digest, days and counts, nobody's name.
* Photos are looked at by what is handed in at the start (`Looks`), because what examines media lies above this area.
* Owners are those of the roll that was frozen last when the notice was posted.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from crypto.randomness import Randomness
from vote.account.events import EventKind, EventService
from vote.clock import CHINA
from vote.db import database_now, transaction
from vote.delivery.rules import Standing as LetterStanding
from vote.delivery.rules import standing_of
from vote.delivery.store import DeliveryStore, Flat
from vote.election.attendance import order_of
from vote.election.rules import new_uuid
from vote.election.store import ElectionStore
from vote.errors import Reason, RefusedError
from vote.estate.store import EstateStore
from vote.law.calendar import day_after
from vote.law.holiday import is_rest_day
from vote.law.measure import Period
from vote.law.place import offered_profiles
from vote.log.rules import Kind as LogKind
from vote.log.store import LogStore
from vote.notice import objection as objecting
from vote.notice import reaching, rules
from vote.notice.objection import About, Answer, Counts, Objection, Outcome, ReservedTo
from vote.notice.reaching import Came, Channel, Line, Owner
from vote.notice.rules import Given, Kind, Standing
from vote.notice.store import (
    CLOSED,
    DOWN,
    NewNotice,
    NoticeStore,
    StoredNotice,
    StoredObjection,
    StoredPlace,
    Words,
)
from vote.phone.service import PhoneService
from vote.role import Actor
from vote.roll.place import Place

ANSWER_CLOCK = "roll_objection_period"
"""The profile's days to hear an objection in, which are the days to answer it in as well."""
Looks = Callable[[list[bytes]], list[tuple[str, bytes]]]
"""Looks at files: media type and bytes to publish of each; RefusedError if one cannot be published."""
PICTURES = frozenset({"image/png", "image/jpeg"})


@dataclass(frozen=True, slots=True)
class Posted:
    """A notice as it stands today."""

    stored: StoredNotice
    standing: Standing
    objections: tuple[StoredObjection, ...]
    today: date

    @property
    def counts(self) -> Counts:
        """Objections in numbers."""
        return objecting.count(each.public for each in self.objections)


@dataclass(frozen=True, slots=True)
class NoticeService:
    """Notices of estates."""

    store: NoticeStore
    estates: EstateStore
    elections: ElectionStore
    letters: DeliveryStore
    phones: PhoneService
    log: LogStore
    events: EventService
    look: Looks
    rng: Randomness

    async def post(self, estate: str, what: NewNotice, where: str, photo: bytes, by: Actor) -> str:
        """Post a notice on the estate's page and at a place in the estate; return its uuid.

        Args:
            estate: its id.
            what: kind, words, full days, and the election whose letters bring it.
            where: the first place at which it hangs.
            photo: of that place, empty for none.
            by: who posts it.

        Raises:
            RefusedError: there is no such estate or election, or the notice or photo does not fit.
        """
        place = await self.estates.get_estate(estate)
        at_least = await self.days_demanded(place.county, what.kind)
        rules.require_notice(what.title, what.text, what.days, at_least=at_least)
        rules.require_where(where)
        looked = await self._look(photo)
        digest, uuid = rules.digest_of(what.kind, what.title, what.text), new_uuid(self.rng)
        async with transaction():
            await self.estates.hold(estate)
            await self._require_election(estate, what.election)
            now = await database_now()
            today = _day(now)
            until = rules.objections_until(rules.Notice(today, what.days), is_rest_day)
            roll = await self.store.roll(estate)
            notice = await self.store.add(estate, uuid, what, digest, (until, roll, now, str(by.role)))
            await self.store.add_place(notice, where, looked, now)
            facts = {"notice": uuid, "about": what.kind, "digest": digest, "days": what.days}
            await self.log.append(estate, LogKind.NOTICE_POSTED, facts, now)
            await self.events.record(by, EventKind.NOTICE_POSTED, estate=estate)
        return uuid

    async def hang(self, estate: str, uuid: str, where: str, photo: bytes, by: Actor) -> None:
        """Note a further place, or a photo of one.

        Raises:
            RefusedError: there is no such notice, it hangs no longer, or place or photo does not fit.
        """
        rules.require_where(where)
        looked = await self._look(photo)
        async with transaction():
            await self.estates.hold(estate)
            stored = await self.store.get(estate, uuid)
            rules.require_hanging(stored.days)
            await self.store.add_place(stored.id, where, looked, await database_now())
            await self.events.record(by, EventKind.NOTICE_PLACED, estate=estate)

    async def take_down(self, estate: str, uuid: str, on: date, by: Actor) -> None:
        """Note that a notice was found or taken down on a day; before its days are over that interrupts it.

        Raises:
            RefusedError: there is no such notice, it hangs no longer, or the day cannot be.
        """
        async with transaction():
            await self.estates.hold(estate)
            stored = await self.store.get(estate, uuid)
            now = await database_now()
            rules.require_down(stored.days, on, _day(now))
            await self.store.end(stored.id, DOWN, on, now)
            await self.log.append(estate, LogKind.NOTICE_TAKEN_DOWN, {"notice": uuid, "on": on.isoformat()}, now)
            await self.events.record(by, EventKind.NOTICE_TAKEN_DOWN, estate=estate)

    async def close(self, estate: str, uuid: str, by: Actor) -> None:
        """Close a notice whose days are over or broken off, and whose objections all have their answer.

        Raises:
            RefusedError: there is no such notice, it is closed, still running, or an objection waits.
        """
        async with transaction():
            await self.estates.hold(estate)
            posted = await self.get(estate, uuid)
            stored, counts = posted.stored, posted.counts
            rules.require_closable(stored.days, posted.today, until=stored.until, unanswered=counts.open)
            now = await database_now()
            await self.store.end(stored.id, CLOSED, posted.today, now)
            facts = {"notice": uuid, "days": posted.standing.full_days, "objections": counts.raised}
            await self.log.append(estate, LogKind.NOTICE_ENDED, facts, now)
            await self.events.record(by, EventKind.NOTICE_ENDED, estate=estate)

    async def get(self, estate: str, uuid: str) -> Posted:
        """Return a notice as it stands today.

        Raises:
            RefusedError: there is none.
        """
        return (await self._posted([await self.store.get(estate, uuid)]))[0]

    async def of_estate(self, estate: str) -> list[Posted]:
        """Return the notices of an estate as they stand today, the latest first."""
        return await self._posted(await self.store.of_estate(estate))

    async def places(self, estate: str, uuid: str) -> list[StoredPlace]:
        """Return where a notice hangs.

        Raises:
            RefusedError: there is no such notice.
        """
        return await self.store.places((await self.store.get(estate, uuid)).id)

    async def photo(self, estate: str, uuid: str, place: int) -> tuple[str, bytes]:
        """Return a photo of a place: media type and bytes.

        Raises:
            RefusedError: there is none.
        """
        return await self.store.photo((await self.store.get(estate, uuid)).id, place)

    async def days_demanded(self, county: str, kind: Kind) -> int:
        """Return for how many full days the rules of a county have a notice shown at least."""
        nearest, *_ = offered_profiles(county)
        return rules.demanded_days(nearest, kind, on=await self.today())

    async def owners(self, estate: str, uuid: str) -> list[Owner]:
        """Return the owners of a notice's roll with what was noted of each, in the order of the houses; none without one.

        Raises:
            RefusedError: there is no such notice.
        """
        stored = await self.store.get(estate, uuid)
        if stored.roll is None:
            return []
        flats: dict[int, list[Flat]] = {}
        for flat in await self.letters.flats(stored.roll):
            flats.setdefault(flat.entitlement, []).append(flat)
        lines, letters = await self.store.lines(stored.id), await self._letters(stored)
        rows = sorted(await self.letters.owners(stored.roll), key=lambda each: _order(flats[each.row][0]))
        return [
            Owner(
                each.row,
                each.number,
                flats[each.row][0].building,
                tuple(str(Place(flat.building, flat.entrance, flat.room)) for flat in flats[each.row]),
                each.area_dm2,
                tuple(lines.get(each.row, ())),
                each.row in letters,
            )
            for each in rows
        ]

    async def note(  # noqa: PLR0917 - the columns of a line
        self, estate: str, uuid: str, numbers: Sequence[int], channel: Channel, came: Came, on: date, by: Actor
    ) -> int:
        """Note the same of several owners, by their numbers in the roll; return of how many.

        Raises:
            RefusedError: there is no such notice, it is closed, or the line does not fit (`reaching.require_line`).
        """
        async with transaction():
            await self.estates.hold(estate)
            stored = await self.store.get(estate, uuid)
            if stored.days.closed_on is not None:
                raise RefusedError(
                    Reason.WRONG_STATE, "This notice is closed: nothing is noted any more.", zh="这份公示已经结束。"
                )
            wanted = set(numbers)
            chosen = [each for each in await self.owners(estate, uuid) if each.number in wanted]
            now = await database_now()
            rows = [each.row for each in chosen]
            phones = set(await self.phones.reachable(rows)) if channel is Channel.SMS else set()
            reaching.require_line(
                channel, came, on, chosen, posted_on=stored.days.posted_on, today=_day(now), phones=phones
            )
            await self.store.add_lines(stored.id, rows, Line(channel, came, on, now, str(by.role)))
            await self.events.record(by, EventKind.NOTICE_DELIVERED, estate=estate, count=len(rows))
        return len(rows)

    async def object(  # noqa: PLR0917 - an objection's parts
        self, estate: str, uuid: str, about: About, text: str, entitlement: int, by: Actor | None
    ) -> str:
        """Object to a notice in the name of an owner; return the objection's number.

        Args:
            estate: its id.
            uuid: the notice.
            about: what is objected to.
            text: words and evidence, which are sealed.
            entitlement: the owner's row in a frozen roll of this estate.
            by: who writes it down at the desk; None where the owner does.

        Raises:
            RefusedError: there is no such notice, the time is over, or whoever objects is no owner on the roll.
        """
        place = await self.estates.get_estate(estate)
        async with transaction():
            await self.estates.hold(estate)
            posted = await self.get(estate, uuid)
            stored = posted.stored
            objecting.require_objection(
                text, posted.today, until=stored.until, closed=stored.days.closed_on is not None
            )
            if entitlement not in await self.homes(estate):
                raise RefusedError(
                    Reason.NOT_ALLOWED,
                    "Only owners on the estate's roll object: ask the office to look it up.",
                    zh="只有清册上的业主可以提异议，请到社区核对。",
                )
            now = await database_now()
            nearest, *_ = offered_profiles(place.county)
            due = day_after(posted.today, nearest.read(Period, ANSWER_CLOCK, on=posted.today), is_rest_day)
            new = Objection(new_uuid(self.rng), about, posted.today, due)
            role = str(by.role) if by else ""
            await self.store.object(stored.id, new, Words(entitlement, text.strip()), now, role)
            if by is not None:
                await self.events.record(by, EventKind.NOTICE_OBJECTED, estate=estate)
        return new.number

    async def answer(  # noqa: PLR0917 - an answer's parts
        self,
        estate: str,
        uuid: str,
        number: str,
        outcome: Outcome,
        reserved_to: ReservedTo | None,
        text: str,
        by: Actor,
    ) -> None:
        """Answer an objection, for everybody to read.

        Raises:
            RefusedError: there is none, it has its answer, or the answer does not fit.
        """
        async with transaction():
            await self.estates.hold(estate)
            posted = await self.get(estate, uuid)
            found = _find(posted, number)
            text = text.strip()
            objecting.require_answer(found.public, outcome, reserved_to, text)
            now = await database_now()
            await self.store.answer(found.id, Answer(outcome, reserved_to, text, posted.today), now)
            await self.events.record(by, EventKind.NOTICE_ANSWERED, estate=estate)

    async def read_objection(self, estate: str, uuid: str, number: str, by: Actor) -> tuple[StoredObjection, Words]:
        """Return an objection with who raised it, for those who answer; the look is written down.

        Raises:
            RefusedError: there is none.
        """
        async with transaction():
            found = _find(await self.get(estate, uuid), number)
            words = await self.store.words(found.id)
            await self.events.record(by, EventKind.OBJECTOR_SEEN, estate=estate, entitlement=words.entitlement)
        return found, words

    async def homes(self, estate: str) -> dict[int, tuple[str, ...]]:
        """Return the homes of an estate's owners by the row of the entitlement; none where no roll is frozen."""
        roll = await self.store.roll(estate)
        found: dict[int, list[str]] = {}
        for flat in await self.letters.flats(roll) if roll is not None else ():
            found.setdefault(flat.entitlement, []).append(str(Place(flat.building, flat.entrance, flat.room)))
        return {row: tuple(homes) for row, homes in found.items()}

    async def given(self, estate: str, uuid: str) -> Given:
        """Return what a case needs to know of a notice.

        Raises:
            RefusedError: there is none.
        """
        posted = await self.get(estate, uuid)
        owners = await self.owners(estate, uuid)
        reached = reaching.count(owners)[reaching.State.DELIVERED].heads
        return Given(posted.stored.days.posted_on, reached, len(owners), posted.standing.complete_on)

    async def today(self) -> date:
        """Return the day in China."""
        return _day(await database_now())

    async def _posted(self, found: Sequence[StoredNotice]) -> list[Posted]:
        today = await self.today()
        objections = await self.store.objections([each.id for each in found])
        return [Posted(each, rules.standing(each.days, today), tuple(objections[each.id]), today) for each in found]

    async def _letters(self, stored: StoredNotice) -> set[int]:
        """Return the owners (rows) to whom the letter of the notice's election was delivered."""
        if stored.what.election is None:
            return set()
        lines = await self.letters.lines(stored.what.election)
        return {row for row, each in lines.items() if standing_of(each) is LetterStanding.DELIVERED}

    async def _require_election(self, estate: str, election: str | None) -> None:
        if election is not None and (await self.elections.get(election)).draft.estate != estate:
            raise RefusedError(
                Reason.NOT_ALLOWED,
                "This vote is of another estate: choose one of this estate.",
                zh="这次投票是别的小区的，请选本小区的。",
            )

    async def _look(self, photo: bytes) -> tuple[str, bytes]:
        if not photo:
            return "", b""
        ((media, cleaned),) = await asyncio.to_thread(self.look, [photo])
        if media not in PICTURES:
            raise RefusedError(
                Reason.MALFORMED, "The photo is no picture: choose a JPG or PNG.", zh="请选一张JPG或PNG照片。"
            )
        return media, cleaned


def _find(posted: Posted, number: str) -> StoredObjection:
    for each in posted.objections:
        if each.public.number == number:
            return each
    raise RefusedError(
        Reason.NOT_FOUND, "This notice has no such objection.", zh="没有这件异议，请从公示页面重新点进来。"
    )


def _day(moment: datetime) -> date:
    return moment.astimezone(CHINA).date()


def _order(flat: Flat) -> tuple[object, ...]:
    return tuple(map(order_of, (flat.building, flat.entrance, flat.room)))
