"""Lead cases: begin one, note what happened, take back a mistake, say which vote belongs to it, tell where it stands.

* How a case stands is computed anew each time, from what was noted and from what other areas know; no step waits for a worker.
* A case keeps the profile it began with.
* What is noted is an entry of the estate's public log: its word and day, nothing else.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from crypto.randomness import Randomness
from vote.account.events import EventKind, EventService
from vote.clock import CHINA
from vote.db import database_now, transaction
from vote.election.rules import new_uuid
from vote.election.store import ElectionStore
from vote.errors import Reason, RefusedError
from vote.estate.store import EstatePlace, EstateStore
from vote.formation.evidence import KINDS, happened_of
from vote.formation.noting import Beginning, require_begun, require_noted
from vote.formation.readiness import Readiness, readiness
from vote.formation.rules import Case, Happened, Standing, fits, stand
from vote.formation.store import CaseStore, StoredCase
from vote.law.library import load_pinned
from vote.law.majority import Tier
from vote.law.place import offered_profiles
from vote.law.procedure import Happening
from vote.law.question import Outcome
from vote.law.reading import Reference
from vote.law.rules import majorities
from vote.log.rules import Kind
from vote.log.store import LogStore
from vote.role import Actor

_NUMBER = re.compile(r"[1-9A-HJ-NP-Za-km-z]{14,32}")


class Results(Protocol):
    """Tells what came of a vote."""

    async def result(self, uuid: str) -> bytes:
        """Return `result.json`; RefusedError if there is none yet."""


@dataclass(frozen=True, slots=True)
class Course:
    """A case with all that happened in it, and where it stands on a day."""

    stored: StoredCase
    place: EstatePlace
    case: Case
    noted: tuple[Happened, ...]
    """What was noted by hand."""
    known: tuple[Happened, ...]
    """What other areas know."""
    elections: tuple[str, ...]
    standing: Standing
    on: date

    @property
    def happened(self) -> tuple[Happened, ...]:
        """All of it, by day."""
        return tuple(sorted((*self.noted, *self.known), key=lambda each: each.on))


@dataclass(frozen=True, slots=True)
class FormationService:
    """Cases of estates."""

    store: CaseStore
    estates: EstateStore
    elections: ElectionStore
    results: Results
    log: LogStore
    events: EventService
    rng: Randomness

    def draw_number(self) -> str:
        """Return the name of a case or happening to be, so that a form sent twice enters it once."""
        return new_uuid(self.rng)

    async def begin(self, estate: str, beginning: Beginning, by: Actor, *, number: str = "") -> str:
        """Begin a case by the newest rules of its place; return its uuid. The same number again begins nothing.

        Raises:
            RefusedError: there is no such estate, or it may not begin (`require_begun`).
        """
        place = await self.estates.get_estate(estate)
        nearest, *_ = offered_profiles(place.county)
        uuid = self._name(number)
        async with transaction():
            await self.estates.hold(estate)
            known = await self.of_estate(estate)
            if any(each.stored.uuid == uuid for each in known):
                return uuid
            now = await database_now()
            running = [each.stored.procedure for each in known if not each.standing.is_over]
            begun_on = require_begun(beginning, running, now.astimezone(CHINA).date())
            procedure, digest = beginning.procedure, nearest.digest
            new = StoredCase(0, uuid, estate, procedure, nearest.reference, digest, begun_on, beginning.term_ends)
            await self.store.add(new, now)
            facts = {"case": uuid, "procedure": procedure, "profile": digest}
            await self.log.append(estate, Kind.CASE_BEGUN, facts, now)
            await self.events.record(by, EventKind.CASE_BEGUN, estate=estate)
        return uuid

    async def note(self, estate: str, case: str, word: Happening, on: date, by: Actor, *, number: str = "") -> str:
        """Note what happened, on its day; return its name. The same number again changes nothing.

        Raises:
            RefusedError: there is no such case, the day is to come or lies before it began, or it does not fit now.
        """
        stored = await self.store.get(estate, case)
        name = self._name(number)
        async with transaction():
            await self.estates.hold(stored.estate)
            if await self.store.find(stored.id, name) is not None:
                return name
            course = await self.course(estate, case)
            new = Happened(word, on, name)
            require_noted(
                course.standing, new, course.on, begun_on=stored.begun_on, fits=fits(course.case, course.happened, new)
            )
            now = await database_now()
            await self.store.note(stored.id, new, now)
            facts = {"case": case, "event": word, "on": on.isoformat()}
            await self.log.append(stored.estate, Kind.CASE_HAPPENED, facts, now)
            await self.events.record(by, EventKind.CASE_NOTED, estate=stored.estate)
        return name

    async def take_back(self, estate: str, case: str, name: str, by: Actor) -> None:
        """Take back what was noted by mistake; what followed from it waits until it is noted anew.

        Raises:
            RefusedError: there is nothing of this name, or it was taken back already.
        """
        stored = await self.store.get(estate, case)
        async with transaction():
            await self.estates.hold(stored.estate)
            now = await database_now()
            gone = await self.store.take_back(stored.id, name, now)
            facts = {"case": case, "event": gone.word, "on": gone.on.isoformat()}
            await self.log.append(stored.estate, Kind.CASE_TAKEN_BACK, facts, now)
            await self.events.record(by, EventKind.CASE_TAKEN_BACK, estate=stored.estate)

    async def join(self, estate: str, case: str, election: str, by: Actor) -> None:
        """Say that a vote belongs to a case: its notice, days and result are read from there on.

        Raises:
            RefusedError: there is no such case or vote, it is of another estate, or belongs to a case already.
        """
        stored = await self.store.get(estate, case)
        async with transaction():
            await self.estates.hold(stored.estate)
            found = await self.elections.get(election)
            if found.draft.estate != stored.estate:
                raise RefusedError(
                    Reason.NOT_ALLOWED,
                    "This vote is of another estate: choose one of this estate.",
                    zh="这次投票是别的小区的，请选本小区的。",
                )
            await self.store.join(stored.id, election)
            await self.events.record(by, EventKind.CASE_JOINED, estate=stored.estate, election=election)

    async def course(self, estate: str, case: str) -> Course:
        """Return a case as it stands today.

        Raises:
            RefusedError: there is none.
        """
        stored = await self.store.get(estate, case)
        return (await self._courses([stored]))[0]

    async def of_estate(self, estate: str) -> list[Course]:
        """Return the cases of an estate as they stand today, the latest first.

        Raises:
            RefusedError: there is no such estate.
        """
        await self.estates.get_estate(estate)
        return list(reversed(await self._courses(await self.store.of_estates([estate]))))

    async def everywhere(self) -> Sequence[tuple[EstatePlace, list[Course]]]:
        """Return every estate by county and name, with its cases, the latest first."""
        places = sorted(await self.estates.estates(), key=lambda place: (place.county, place.name))
        courses = await self._courses(await self.store.of_estates([place.id for place in places]))
        return [(place, [each for each in reversed(courses) if each.stored.estate == place.id]) for place in places]

    async def votes(self, course: Course) -> list[tuple[str, str]]:
        """Return the votes of the case's estate that belong to no case, with their titles, the latest first."""
        found = await self.elections.of_estate(course.stored.estate)
        taken = await self.store.joined([each.uuid for each in found])
        return [(each.uuid, each.draft.title) for each in reversed(found) if each.uuid not in taken]

    async def readiness(self, course: Course) -> Readiness | None:
        """Return what a quorum asks for, by the newest roll of the case's estate; None without a roll."""
        owners = await self.store.owners(course.stored.estate)
        if owners is None:
            return None
        needed = majorities(course.case.profile, Tier.ORDINARY, on=course.on).quorum.both
        return readiness(owners.whole, owners.developer, owners.reachable, needed.heads, needed.area)

    async def place(self, estate: str) -> EstatePlace:
        """Return an estate.

        Raises:
            RefusedError: there is none.
        """
        return await self.estates.get_estate(estate)

    async def today(self) -> date:
        """Return the day in China."""
        return (await database_now()).astimezone(CHINA).date()

    async def _courses(self, stored: Sequence[StoredCase]) -> list[Course]:
        if not stored:
            return []
        today, ids = await self.today(), [each.id for each in stored]
        estates = sorted({each.estate for each in stored})
        places = {estate: await self.estates.get_estate(estate) for estate in estates}
        noted, joined = await self.store.happened(ids), await self.store.elections(ids)
        known, rolls = await self.store.known(estates, KINDS), await self.store.rolls_published(estates)
        outcomes = {uuid: await self._outcomes(uuid) for uuids in joined.values() for uuid in uuids}
        found = []
        for each in stored:
            mine = {uuid: outcomes[uuid] for uuid in joined[each.id]}
            others = happened_of(each.begun_on, known[each.estate], rolls[each.estate], mine)
            case = await self._case(each, joined[each.id])
            standing = stand(case, [*noted[each.id], *others], today)
            place = places[each.estate]
            found.append(
                Course(each, place, case, tuple(noted[each.id]), others, tuple(joined[each.id]), standing, today)
            )
        return found

    async def _case(self, stored: StoredCase, elections: Sequence[str]) -> Case:
        reference = Reference(*stored.profile.split("@"))
        profile = load_pinned(reference.id, reference.version, stored.digest)
        case = Case(stored.procedure, profile, stored.begun_on, stored.term_ends)
        if not elections:
            return case
        opens_at = (await self.elections.get(elections[-1])).draft.opens_at
        return replace(case, voting_opens=opens_at.astimezone(CHINA).date())

    async def _outcomes(self, election: str) -> tuple[Outcome, ...]:
        try:
            result: Mapping[str, list[Mapping[str, str]]] = json.loads(await self.results.result(election))
        except RefusedError:
            return ()
        return tuple(Outcome(each["outcome"]) for each in result["questions"])

    def _name(self, number: str) -> str:
        if number and not _NUMBER.fullmatch(number):
            raise RefusedError(Reason.MALFORMED, "This is no number: leave it out.", zh="请重新打开这个页面再填。")
        return number or self.draw_number()
