"""Declare ties, find whom they meet, let the member explain, publish.

* A declaration, and a hit that is published, are in the log in the same transaction.
* Hits are looked for when somebody declares and once a day; what is over its day is published then.
"""

from dataclasses import dataclass
from datetime import date, datetime

from crypto.commitment import new_salt
from crypto.randomness import Randomness
from vote.account.events import EventKind, EventService
from vote.db import database_now, transaction
from vote.election.rules import new_uuid
from vote.errors import Reason, RefusedError
from vote.estate.store import EstateStore
from vote.law.calendar import day_after
from vote.law.holiday import is_rest_day
from vote.law.measure import Period
from vote.law.place import offered_profiles
from vote.law.profile import Value
from vote.log.rules import Kind
from vote.log.store import LogStore
from vote.oversight.interest.rules import (
    EXPLANATION,
    CommittedPart,
    Declaration,
    Handling,
    Hit,
    Nearness,
    Source,
    commit_part,
    declared_facts,
    find_wrong_declaration,
    find_wrong_explanation,
    is_due,
    meet,
    published_facts,
    require_decidable,
    require_explainable,
)
from vote.oversight.interest.store import InterestStore, StoredInterest
from vote.oversight.record.fields import ValuesRefusedError
from vote.oversight.record.rules import china_day
from vote.role import Actor, Role, Scope, Visitor

CLOCK = "interest_notice"
"""The profile's name of the days that a member has to explain."""


@dataclass(frozen=True, slots=True)
class InterestService:
    """Interests of all estates."""

    store: InterestStore
    estates: EstateStore
    log: LogStore
    events: EventService
    rng: Randomness

    async def declare(self, estate: str, declaration: Declaration, typed_code: str, by: Actor) -> str:
        """Keep what a member declares, or what the office writes down for somebody; return its number.

        Args:
            estate: on whose committee they sit, or want to.
            declaration: with the code in its one spelling.
            typed_code: the code as it was typed.
            by: the member, or somebody of the office.

        Raises:
            ValuesRefusedError: a part does not fit.
            RefusedError: there is no such estate.
        """
        if errors := find_wrong_declaration(declaration, typed_code):
            raise ValuesRefusedError(errors)
        await self.estates.get_estate(estate)
        parts = tuple(commit_part(name, value, new_salt(self.rng)) for name, value in declaration.parts.items())
        account = by.account if by.role is Role.COMMITTEE else None
        async with transaction():
            now = await database_now()
            stored = StoredInterest(0, new_uuid(self.rng), estate, account, now, declaration, parts)
            await self.store.add(stored, by=by.account)
            await self.log.append(
                estate, Kind.INTEREST_DECLARED, declared_facts(stored.uuid, declaration.seat, parts), now
            )
            await self.events.record(by, EventKind.INTEREST_DECLARED, estate=estate)
        await self.look(estate)
        return stored.uuid

    async def look(self, estate: str) -> int:
        """Find whom the declarations of an estate meet now; return how many hits were new."""
        place = await self.estates.get_estate(estate)
        added = 0
        async with transaction():
            await self.estates.hold(estate)
            now = await database_now()
            last = self._last_day(place.county, now)
            parties = await self.store.parties(estate)
            for each in await self.store.listed(estate):
                known = {(hit.source, hit.reference) for hit in each.hits}
                for party in parties:
                    nearness = meet(each.declaration, party)
                    if nearness is None or (party.source, party.reference) in known:
                        continue
                    day = None if nearness is Nearness.NEAR else last
                    await self.store.add_hit(each.id, party, nearness, now, day)
                    added += 1
        return added

    async def explain(self, estate: str, number: int, handling: Handling, text: str, by: Actor) -> None:
        """Publish a hit with what the member chose and says.

        Raises:
            ValuesRefusedError: the text does not fit, or is missing where nothing else follows.
            RefusedError: there is no such hit of the member's, or it is published.
        """
        wrong = find_wrong_explanation(text, handling)
        if wrong is not None:
            raise ValuesRefusedError({EXPLANATION: wrong})
        async with transaction():
            stored, hit = await self.store.get(estate, number)
            if stored.account != (by.account if by.role is Role.COMMITTEE else None):
                raise RefusedError(
                    Reason.NOT_ALLOWED, "Only the member concerned explains this.", zh="只有本人能说明这件事。"
                )
            require_explainable(hit)
            explanation = commit_part(EXPLANATION, text, new_salt(self.rng)) if text else None
            await self._publish(stored, hit, handling, explanation)
            await self.events.record(by, EventKind.INTEREST_EXPLAINED, estate=estate)

    async def decide(self, estate: str, number: int, visitor: Visitor, by: Actor, *, same: bool) -> None:
        """Say as the supervising body whether a near hit is one; if so, its days begin.

        Raises:
            RefusedError: there is no such hit, it was decided, or the visitor is not of the sub-district or county.
        """
        place = await self.estates.get_estate(estate)
        async with transaction():
            _, hit = await self.store.get(estate, number)
            if not await self.store.supervises(visitor.grants, estate):
                raise RefusedError(
                    Reason.NOT_ALLOWED,
                    "Only the sub-district or the county decides this.",
                    zh="只有街道或者县里能核对这一条。",
                )
            require_decidable(hit)
            day = self._last_day(place.county, await database_now()) if same else None
            await self.store.decide(number, day, same=same, by=by.account)
            await self.events.record(by, EventKind.INTEREST_COMPARED, estate=estate)

    async def publish_due(self) -> int:
        """Look for hits everywhere and publish those whose days are over; return how many were published."""
        count = 0
        for estate in await self.store.estates():
            await self.look(estate)
            async with transaction():
                today = china_day(await database_now())
                for stored in await self.store.listed(estate):
                    for hit in stored.hits:
                        if is_due(hit, today):
                            await self._publish(stored, hit, Handling.SILENT, None)
                            count += 1
        return count

    async def listed(self, estate: str) -> list[StoredInterest]:
        """Return all declarations of an estate with their hits, the latest first."""
        return await self.store.listed(estate)

    async def names(self, estate: str) -> dict[tuple[Source, str], str]:
        """Return whom an estate pays or hires, as books and records call them, by where they stand."""
        return {(each.source, each.reference): each.name for each in await self.store.parties(estate)}

    async def supervises(self, grants: tuple[Scope, ...], estate: str) -> bool:
        """Whether somebody acts for the sub-district or county of an estate."""
        return await self.store.supervises(grants, estate)

    async def clock(self, county: str) -> Value:
        """Return the rule about a member's days to explain that holds today."""
        return offered_profiles(county)[0].value(CLOCK, on=china_day(await database_now()))

    async def _publish(
        self, stored: StoredInterest, hit: Hit, handling: Handling, explanation: CommittedPart | None
    ) -> None:
        now = await database_now()
        await self.store.publish(stored.uuid, hit.id, handling, explanation, now)
        facts = published_facts(stored.uuid, hit, handling, explanation)
        await self.log.append(stored.estate, Kind.INTEREST_PUBLISHED, facts, now)

    def _last_day(self, county: str, now: datetime) -> date:
        nearest, *_ = offered_profiles(county)
        today = china_day(now)
        return day_after(today, nearest.read(Period, CLOCK, on=today), is_rest_day)


@dataclass(slots=True)
class InterestRounds:
    """Looks for hits once on each day."""

    interests: InterestService
    done_on: date | None = None

    async def work(self) -> int:
        """Do what is to be done today; return how many hits were published."""
        today = china_day(await database_now())
        if self.done_on == today:
            return 0
        published = await self.interests.publish_due()
        self.done_on = today
        return published
