"""What happens without a person: polls open and close on time, closed boxes are added up, owners get their messages.

No deadline depends on it: every ballot is compared with the closing time when it comes. The worker only sees to it that
what is due is done soon. Several workers may run; the loser of a race finds the work done. What fails is told to the
operator and tried again in the next round; it keeps neither other elections nor the worker from going on. In a restored
copy it waits until somebody has taken the copy into use. Messages have rounds of their own: a carrier that is slow to
answer holds up no election. The logs have theirs too, and one begins at once when something was done: a ballot that was
shown does not wait a second time for its place in the log.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol

import structlog

from vote.ballot.announcement import AnnouncementService
from vote.ballot.service import BallotService
from vote.certificate.service import CertificateService
from vote.db import database_now
from vote.election.rules import State
from vote.election.service import ElectionService
from vote.election.store import ElectionStore
from vote.errors import ContradictionError, RefusedError, UnavailableError
from vote.jobs.store import JobStore
from vote.log.export import Exporter
from vote.log.publishing import Publisher
from vote.log.sequencing import Sequencer
from vote.log.watching import Watching
from vote.message.service import MessageService
from vote.oversight.duty.telling import OverdueRounds
from vote.oversight.interest.service import InterestRounds
from vote.oversight.petition.rounds import PetitionRounds
from vote.tally.service import TallyService

_LOG = logging.getLogger(__name__)

PERIOD_SECONDS = 1
ALIVE_SECONDS = 30


class Permission(Protocol):
    """Whether anything may be done in this database at all."""

    async def require_original(self) -> None:
        """Raise `UnavailableError` in a restored copy that nobody has taken into use."""


class Stamping(Protocol):
    """Gets time stamps of checkpoints; an extra."""

    async def stamp_due(self) -> int:
        """Have the checkpoints stamped that are due and return how many were, or raise `UnavailableError`."""


@dataclass(frozen=True, slots=True)
class WorkerService:
    """One round of due work."""

    store: JobStore
    elections: ElectionService
    ballots: BallotService
    tallies: TallyService
    rows: ElectionStore
    copies: Permission
    announcements: AnnouncementService
    messages: MessageService
    overdue: OverdueRounds
    interests: InterestRounds
    petitions: PetitionRounds
    sequencer: Sequencer
    publisher: Publisher
    watching: Watching
    exporter: Exporter | None
    stamper: Stamping | None
    certificates: CertificateService
    done: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when a round of due work did something."""

    async def work_once(self) -> int:
        """Do what is due and return how many things were done.

        Raises:
            UnavailableError: the database is a restored copy.
        """
        await self._beat()
        await self.copies.require_original()
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
        done += await self._bring_out()
        return (
            done + await self._look_for_overdue() + await self._look_for_interests() + await self._look_for_petitions()
        )

    async def _bring_out(self) -> int:
        """Open totals and issue certificates that waited for people outside."""
        done = 0
        for uuid in await self.rows.in_state(State.TALLIED):
            try:
                done += await self.tallies.open_due(uuid)
            except RefusedError:
                continue
            except Exception:  # noqa: BLE001 - whatever it is, the others go on
                _LOG.exception("the totals of election %s cannot be opened", uuid)
        try:
            return done + await self.certificates.issue_due()
        except Exception:  # noqa: BLE001 - whatever it is, the others go on
            _LOG.exception("certificates cannot be issued")
            return done

    async def deliver_once(self) -> int:
        """Keep and hand over the messages that are due and return how many there were.

        Raises:
            UnavailableError: the database is a restored copy.
        """
        await self.copies.require_original()
        return await self.announcements.announce_due() + await self.messages.send_due()

    async def log_once(self) -> int:
        """Let the public logs grow by what waits, show how far they have come, and return how many entries were added.

        Raises:
            UnavailableError: the database is a restored copy.
        """
        await self.copies.require_original()
        try:
            return await self.sequencer.sequence_due()
        finally:
            await self.publisher.publish_due()

    async def watch_once(self) -> int:
        """Ask the witnesses that were away, and return how many cosigned.

        Raises:
            UnavailableError: the database is a restored copy.
        """
        await self.copies.require_original()
        return await self.watching.ask_due()

    async def export_once(self) -> int:
        """Copy what was published of the logs to where the settings say, and return how many files were new.

        Raises:
            UnavailableError: the place cannot be reached, or the database is a restored copy.
            ContradictionError: what is there is not the beginning of what this database has.
        """
        await self.copies.require_original()
        return await self.exporter.export() if self.exporter else 0

    async def stamp_once(self) -> int:
        """Have the checkpoints stamped that are due, and return how many were.

        Raises:
            UnavailableError: the authority gives no stamp, or the database is a restored copy.
        """
        await self.copies.require_original()
        return await self.stamper.stamp_due() if self.stamper else 0

    async def work(self, stop: asyncio.Event) -> None:
        """Work until `stop` is set."""
        await asyncio.gather(
            self._repeat(self._work_and_tell, "worker.round", stop),
            self._repeat(self.log_once, "worker.log", stop, self.done),
            self._repeat(self.watch_once, "worker.witnesses", stop),
            self._repeat(self.export_once, "worker.export", stop),
            self._repeat(self.stamp_once, "worker.stamps", stop),
            self._repeat(self.deliver_once, "worker.messages", stop),
        )

    async def _work_and_tell(self) -> int:
        if done := await self.work_once():
            self.done.set()
        return done

    async def _look_for_interests(self) -> int:
        try:
            return await self.interests.work()
        except Exception:  # noqa: BLE001 - no election waits for it
            _LOG.exception("interests cannot be looked for")
            return 0

    async def _look_for_overdue(self) -> int:
        try:
            return await self.overdue.work()
        except Exception:  # noqa: BLE001 - no election waits for it
            _LOG.exception("overdue duties cannot be told")
            return 0

    async def _look_for_petitions(self) -> int:
        try:
            return await self.petitions.work()
        except Exception:  # noqa: BLE001 - no election waits for it
            _LOG.exception("petitions whose day passed cannot be noted")
            return 0

    async def _beat(self) -> None:
        """Give a sign of life, and tell the operator if the last one is of a time to come."""
        now, last = await database_now(), await self.store.last_beat()
        if last is not None and (back := (last - now).total_seconds()) > ALIVE_SECONDS:
            _LOG.error(
                "the database's clock was set back by %d seconds: see that it is right; what is over stays over", back
            )
        await self.store.beat(now)

    async def _repeat(
        self,
        once: Callable[[], Awaitable[int]],
        name: str,
        stop: asyncio.Event,
        sooner: asyncio.Event | None = None,
    ) -> None:
        """Do it once a second until `stop` is set; when `sooner` is set, at once."""
        told, clock = "", asyncio.get_running_loop()
        while not stop.is_set():
            begun = clock.time()
            if sooner:
                sooner.clear()
            try:
                if done := await once():
                    structlog.get_logger().info(name, done=done)
            except (UnavailableError, ContradictionError) as error:
                if told != str(error):
                    told = str(error)
                    _LOG.warning("nothing is done: %s", error)
            except Exception:  # noqa: BLE001 - and it is tried again
                _LOG.exception("a round of due work failed")
            left = PERIOD_SECONDS - (clock.time() - begun)
            # A long round is followed by a pause of half its length.
            await _wait(max(left, (PERIOD_SECONDS - left) / 2), stop, *([sooner] if sooner else []))

    async def is_alive(self) -> bool:
        """Whether some worker gave a sign lately."""
        return await self.store.is_alive(await database_now(), ALIVE_SECONDS)


async def _wait(seconds: float, *events: asyncio.Event) -> None:
    """Return when the time is over or one of the events is set."""
    waiting = [asyncio.ensure_future(event.wait()) for event in events]
    try:
        await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for each in waiting:
            each.cancel()
