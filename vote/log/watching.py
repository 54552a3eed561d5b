"""Lets witnesses look at logs, and says what they have seen.

 * The newest checkpoint of each log is sent to every witness that has not cosigned it: at once when it is published, and
   again every half minute while some are away. Cosignatures are kept whenever they come.
 * An entry is witnessed when the quorum of a policy cosigned checkpoints that cover it, each in the time of that policy.
 * A witness that shows what this database does not have raises an alarm, and the log is only read.

Not here: asking over HTTP (`witnessing`), what waits for the quorum (`standing`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from crypto.note import decode_verifier_key
from vote.db import database_now
from vote.log.log_store import LogRows, SignedHead, StoredLog
from vote.log.policy import quorum_size
from vote.log.rules import Kind
from vote.log.standing import Standing, is_late, may_go_on, standing
from vote.log.tree_store import TreeStore
from vote.log.witness_answer import StandingAlarm
from vote.log.witness_store import Continuation, FoundEntry, WitnessStore
from vote.log.witnessing import Witnesses, Word

AGAIN_AFTER = timedelta(seconds=30)
LOOKED_BACK = timedelta(days=30)
"""How long a closing that nobody saw is told."""


@dataclass(frozen=True, slots=True)
class WatchedLog:
    """What the witnesses of an estate's growing log have seen."""

    log: StoredLog
    size: int
    """How many entries the log has."""
    seen: int
    """How many of them the quorum has seen."""


@dataclass(frozen=True, slots=True)
class Watching:
    """Witnesses and what they saw."""

    store: WitnessStore
    rows: LogRows
    trees: TreeStore
    witnesses: Witnesses
    asked: dict[int, tuple[int, datetime]] = field(default_factory=dict)
    """Size and moment of what this process asked last, by the row of the log."""
    troubles: dict[int, dict[str, str]] = field(default_factory=dict)
    """What came in the way of each witness when this process asked last, by the row of the log."""

    async def ask(self, head: SignedHead) -> tuple[Word, ...]:
        """Ask whoever has not cosigned a checkpoint, keep what they say, and return it."""
        log = head.log
        policy = await self.store.find_policy(log.estate)
        if policy is None:
            return ()
        missing = await self.store.missing(log.id, head.size, policy)
        whom = [each for each in policy.witnesses if each.name in missing]
        words = await self.witnesses.ask(
            whom,
            head.note,
            log=[decode_verifier_key(log.verifier_key)],
            sizes=await self.store.sizes(log.id),
            tree=self.trees.tree(log.id),
        )
        now = await database_now()
        await self.store.keep(log.id, head.size, words, now)
        self.asked[log.id] = head.size, now
        self.troubles[log.id] = {word.witness: str(word.trouble) for word in words if word.trouble}
        return words

    async def ask_due(self) -> int:
        """Ask again about the newest published checkpoints; return how many cosignatures came."""
        came, now = 0, await database_now()
        for estate in await self.store.watched_estates():
            log = await self.rows.find(estate)
            head = await self.rows.published(log.id) if log else None
            if log is None or head is None or await self.rows.is_alarmed(log.id):
                continue
            size, asked_at = self.asked.get(log.id, (-1, now))
            if size == head.size and now - asked_at < AGAIN_AFTER:
                continue
            came += sum(bool(word.signatures) for word in await self.ask(head))
        return came

    async def seen(self, log: StoredLog) -> int:
        """Return how many entries of a log the quorum has seen."""
        policies = await self.store.policies(log.estate)
        untils: Sequence[datetime | None] = [later.since for _, later in pairwise(policies)] + [None]
        found = 0
        for announced, until in zip(policies, untils, strict=False):
            sizes = await self.store.sizes_since(log.id, announced.since, until)
            found = max(found, quorum_size(announced.policy, sizes))
        return found

    async def of_estate(self, estate: str) -> WatchedLog | None:
        """Return how far the growing log of an estate was seen; None if it has none."""
        log = await self.rows.find(estate)
        if log is None:
            return None
        return WatchedLog(log, (await self.rows.head(log.id)).size, await self.seen(log))

    async def is_witnessed(self, estate: str, size: int) -> bool:
        """Whether the quorum has seen the first `size` entries of an estate's growing log."""
        found = await self.of_estate(estate)
        return found is not None and found.seen >= size

    async def standing(self, estate: str, kind: Kind, naming: str) -> Standing:
        """Return how the last entry of a kind stands in which `naming` is found, such as the number of an election."""
        return await self._standing(estate, await self.store.find_entry(estate, kind, naming))

    async def is_watched(self, estate: str) -> bool:
        """Whether somebody looks after the log of an estate."""
        return await self.store.find_policy(estate) is not None

    async def may_go_on(self, estate: str, kind: Kind, naming: str) -> bool:
        """Whether what follows from an entry may come out: the quorum has seen it, nobody looks, or three days are over."""
        entry = await self.store.find_entry(estate, kind, naming)
        return entry is None or may_go_on(await self._standing(estate, entry), entry.happened_at, await database_now())

    async def late_closings(self, estate: str) -> int:
        """Return how many elections of the last weeks were closed without being seen in time."""
        now = await database_now()
        closings = await self.store.entries_since(estate, Kind.ELECTION_CLOSED, now - LOOKED_BACK)
        return sum([is_late(await self._standing(estate, each), each.happened_at, now) for each in closings])

    async def standing_of_all(self, estate: str) -> Standing | None:
        """Return how the entry of an estate stands that was written last; None while there is none."""
        entry = await self.store.last_entry(estate)
        return await self._standing(estate, entry) if entry else None

    async def continuations(self, estate: str) -> list[Continuation]:
        """Return the further logs of an estate and why they were begun, the first one first."""
        return await self.store.continuations(estate)

    async def alarms(self, estate: str) -> list[StandingAlarm]:
        """Return every alarm about a log of an estate, the first one first."""
        return await self.store.alarms(estate)

    async def _standing(self, estate: str, entry: FoundEntry | None) -> Standing:
        watched = bool(await self.store.policies(estate))
        if entry is None or entry.log is None or not watched:
            return standing(watched=watched, position=None, seen=0)
        logs = {log.id: log for log in await self.rows.all_of(estate)}
        return standing(watched=True, position=entry.position, seen=await self.seen(logs[entry.log]))
