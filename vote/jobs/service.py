"""What happens without a person: polls open and close on time, and closed boxes are added up.

No deadline depends on it: every ballot is compared with the closing time when it comes. The worker only sees to it that
what is due is done soon. Several workers may run; the loser of a race finds the work done. What fails is told to the
operator and tried again in the next round; it keeps neither other elections nor the worker from going on.
"""

import asyncio
import logging
from dataclasses import dataclass

from vote.ballot.service import BallotService
from vote.db import database_now
from vote.election.rules import State
from vote.election.service import ElectionService
from vote.election.store import ElectionStore
from vote.errors import RefusedError
from vote.jobs.store import JobStore
from vote.tally.service import TallyService

_LOG = logging.getLogger(__name__)

PERIOD_SECONDS = 1
ALIVE_SECONDS = 30


@dataclass(frozen=True, slots=True)
class WorkerService:
    """One round of due work."""

    store: JobStore
    elections: ElectionService
    ballots: BallotService
    tallies: TallyService
    rows: ElectionStore

    async def work_once(self) -> int:
        """Do what is due and return how many things were done."""
        await self.store.beat(await database_now())
        done = len(await self.elections.open_due())
        done += await self.ballots.release_due() + len(await self.ballots.close_due())
        for uuid in await self.rows.in_state(State.CHECKED):
            try:
                await self.tallies.sum(uuid)
            except RefusedError:
                continue
            except Exception:  # noqa: BLE001 - whatever it is, the others go on
                _LOG.exception("election %s cannot be added up", uuid)
                continue
            done += 1
        return done

    async def work(self, stop: asyncio.Event) -> None:
        """Work until `stop` is set."""
        while not stop.is_set():
            try:
                await self.work_once()
            except Exception:  # noqa: BLE001 - and it is tried again
                _LOG.exception("a round of due work failed")
            try:
                await asyncio.wait_for(stop.wait(), PERIOD_SECONDS)
            except TimeoutError:
                continue

    async def is_alive(self) -> bool:
        """Whether some worker gave a sign lately."""
        return await self.store.is_alive(await database_now(), ALIVE_SECONDS)
