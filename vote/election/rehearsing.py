"""Make rehearsals of outlines: the made-up estate, its roll, and an election that is marked as none.

* The estate and its roll are made once; every rehearsal of an estate is held there.
"""

from dataclasses import dataclass

from vote.db import database_now, transaction
from vote.election import rehearsal
from vote.election.outline import Outline, draft_of
from vote.election.outline_store import OutlineStore
from vote.election.service import ElectionService
from vote.errors import Reason, RefusedError
from vote.estate.service import EstateService
from vote.estate.store import EstatePlace
from vote.role import Keys
from vote.roll.service import RollService


@dataclass(frozen=True, slots=True)
class RehearsalService:
    """Rehearsals."""

    estates: EstateService
    rolls: RollService
    elections: ElectionService
    store: OutlineStore

    async def begin(
        self, place: EstatePlace, outline: Outline, profile: str, minutes: int
    ) -> tuple[EstatePlace, str, Outline, Keys]:
        """Make a rehearsal; return its estate, uuid, outline, and the keys to hand out.

        Args:
            place: the real estate.
            outline: what is filled in of the real election.
            profile: the rules by which it is held.
            minutes: how long after now voting closes; one of `rehearsal.MINUTES`.

        Raises:
            RefusedError: questions, secrecy or people are not filled in, or the time is another one.
        """
        if minutes not in rehearsal.MINUTES:
            raise RefusedError(
                Reason.MALFORMED,
                f"A rehearsal closes {', '.join(map(str, rehearsal.MINUTES))} minutes after its links are made.",
                zh="演练的时间请从列出的几种里选一种。",
            )
        stage = await self.estates.rehearse(rehearsal.place_of(place))
        roll = await self._roll(stage.id)
        now = await database_now()
        rehearsed = rehearsal.rehearse(outline, now)
        draft, duties = draft_of(rehearsed, stage.id, roll, profile)
        async with transaction():
            uuid, keys = await self.elections.prepare(rehearsal.within(draft, now, minutes), duties)
            number = await self.store.add(stage.id, roll, rehearsed, now)
            await self.store.become(number, 0, uuid)
        return stage, uuid, rehearsed, keys

    async def _roll(self, estate: str) -> int:
        if frozen := await self.store.frozen_rolls(estate):
            return frozen[-1].id
        roll, _ = await self.rolls.import_sheet(estate, rehearsal.write_roll())
        await self.rolls.freeze(roll)
        return roll
