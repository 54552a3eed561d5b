"""Notes once a day which petitions expired before their share was reached, and which went unanswered.

* What a page shows is computed for the day it is asked; here it becomes a fact with its entry in the log, once.
"""

from dataclasses import dataclass
from datetime import date

from vote.clock import CHINA
from vote.db import database_now, transaction
from vote.log.rules import Kind
from vote.log.store import LogStore
from vote.oversight.petition import rules
from vote.oversight.petition.rules import PetitionState
from vote.oversight.petition.store import PetitionStore


@dataclass(slots=True)
class PetitionRounds:
    """Looks for petitions whose day passed, once on each day."""

    store: PetitionStore
    log: LogStore
    done_on: date | None = None

    async def work(self) -> int:
        """Note what expired or lapsed and return how many there were."""
        today = (await database_now()).astimezone(CHINA).date()
        if self.done_on == today:
            return 0
        told = 0
        for each in await self.store.running():
            if rules.state_on(each.state, today, each.expires_on, each.due_on) is not each.state:
                told += await self._tell(each.asked.estate, each.asked.uuid)
        self.done_on = today
        return told

    async def _tell(self, estate: str, uuid: str) -> int:
        async with transaction():
            now = await database_now()
            today = now.astimezone(CHINA).date()
            stored = await self.store.get(estate, uuid, lock=True)
            state = rules.state_on(stored.state, today, stored.expires_on, stored.due_on)
            if state is stored.state:
                return 0
            if state is PetitionState.EXPIRED:
                await self.store.change(stored.id, {"state": state, "ended_on": today})
                await self.log.append(estate, Kind.PETITION_EXPIRED, rules.ended_facts(uuid, stored.signed), now)
            else:
                assert stored.due_on is not None
                await self.store.change(stored.id, {"state": state, "lapsed_on": today})
                await self.log.append(estate, Kind.PETITION_LAPSED, rules.lapsed_facts(uuid, stored.due_on), now)
        return 1
