"""Puts what happened into the public log of its estate: one batch, one signature, one transaction.

 * The head is held from reading it to moving it, and moved only where it is still what was read. So two sequencers never
   sign two different heads of one size.
 * Entries get in as they were written, at most 256 at a time. Their bytes are read again for it: what the log says is what
   the database holds.
 * The right edge must have the root that was signed last, or the log is only read from then on.
 * Nothing signed leaves the process before it is in the database. Who may see it is another's matter (`publishing`).
 * A log opens with its estate's first entry.

Follows SPEC.md §19.4, `docs/decisions/0022-public-log.md`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from crypto.checkpoint import Checkpoint
from crypto.edge import Edge
from crypto.errors import MalformedError
from crypto.merkle import EMPTY_ROOT, leaf_hash
from crypto.note import encode_verifier_key
from vote.db import database_now, transaction
from vote.errors import ContradictionError
from vote.log.keys import LogKeys
from vote.log.kinds import require_entry
from vote.log.log_store import Growth, Head, LogRows, StoredLog

BATCH = 256
"""Entries signed at once: a bundle of tlog-tiles."""
_STEP = timedelta(microseconds=1)


class Gate(Protocol):
    """What may forbid to sign."""

    async def require(self, log: StoredLog) -> None:
        """Raise UnavailableError if it cannot be told now whether the log may be signed, ContradictionError if not."""


class Estates(Protocol):
    """Lets those who open a log wait for each other."""

    async def hold(self, identifier: str) -> None:
        """Let others who hold the estate wait until the transaction ends."""


class EdgeError(ContradictionError):
    """The tiles in the database are not those of the head that was signed."""


@dataclass(slots=True)
class Floor:
    """How far back it is looked for entries that wait, so that no round goes through all that ever happened.

    On PostgreSQL an entry may become visible after one that was written behind it, so the last entries that were placed
    stay above the floor until they have lain for a while, longer than any transaction lasts. Right after the start, when
    nobody knows how long they have, those are so many as nobody writes meanwhile. Now and then all is looked through.
    """

    lag: timedelta = timedelta(minutes=10)
    again: timedelta = timedelta(hours=1)
    meanwhile: int = 10_000
    """Entries."""
    at: int = 0
    _seen: tuple[datetime, int] | None = None
    _whole: datetime | None = None

    def begin(self, now: datetime) -> int:
        """Return behind which entry this round looks."""
        if self._whole is None or now - self._whole >= self.again:
            self._whole = now
            return 0
        return self.at

    def end(self, now: datetime, placed: int) -> None:
        """Note that nothing waits of what could be seen, up to the entry `placed`."""
        if self._seen is None:
            self.at, self._seen = max(self.at, placed - self.meanwhile), (now, placed)
        elif now - self._seen[0] >= self.lag:
            self.at, self._seen = self._seen[1], (now, placed)


@dataclass(frozen=True, slots=True)
class Sequencer:
    """Lets logs grow."""

    rows: LogRows
    estates: Estates
    keys: LogKeys
    gate: Gate
    floor: Floor = field(default_factory=Floor)

    async def sequence_due(self) -> int:
        """Put everything that waits into its log, and return how many entries that were.

        A log that must not be signed holds up no other. What was in the way of one is raised when all have been tried.
        """
        now, done, troubles = await database_now(), 0, []
        above = self.floor.begin(now)
        placed = await self.rows.last_placed()
        for estate in await self.rows.waiting_estates(above):
            try:
                done += await self._sequence_all(estate, above)
            except Exception as error:  # noqa: BLE001 - raised below
                troubles.append(error)
        if troubles:
            raise troubles[0] if len(troubles) == 1 else ExceptionGroup("logs cannot be continued", troubles)
        self.floor.end(now, placed)
        return done

    async def sequence(self, estate: str, *, above: int = 0) -> int:
        """Put the entries of an estate that wait longest into its log; return how many, 0 if none waits.

        Args:
            estate: the id.
            above: a number of an entry; what was written before is known to be in the log.

        Raises:
            ContradictionError: the log must not be signed.
            UnavailableError: it cannot be told now whether it may.
        """
        return len(await self._sequence(estate, above))

    async def open_next(self, before: StoredLog, first: tuple[int, bytes]) -> StoredLog:
        """Open the log that follows `before`, in the caller's transaction that holds the estate, with one entry.

        Args:
            before: the log of the estate that grew last.
            first: number and bytes of the pending entry that says why.
        """
        log = await self._add(before.estate, before.number + 1, await database_now())
        await self._put(log, await self.rows.head(log.id, hold=True), [first])
        return log

    async def _sequence_all(self, estate: str, above: int) -> int:
        """Each look begins where the last batch ended, so that none goes through what is placed; the last one at `above`."""
        done, behind = 0, above
        while True:
            placed = await self._sequence(estate, behind)
            if not placed and behind == above:
                return done
            done, behind = done + len(placed), placed[-1] if placed else above

    async def _sequence(self, estate: str, above: int) -> list[int]:
        """Place one batch; the numbers of its entries."""
        log = await self.rows.find(estate) or await self._open(estate)
        await self.gate.require(log)
        try:
            async with transaction():
                return await self._grow(log, above)
        except EdgeError:
            await self.rows.raise_alarm(log.id, "edge", {}, await database_now())
            raise

    async def _grow(self, log: StoredLog, above: int) -> list[int]:
        before = await self.rows.head(log.id, hold=True)
        waiting = await self.rows.waiting(log.estate, above, BATCH)
        if not waiting:
            return []
        # Whoever saw something meanwhile has kept it; nobody signs after that. Nor does a log grow that was continued.
        if await self.rows.find(log.estate) != log:
            return []
        if await self.rows.is_alarmed(log.id):
            raise ContradictionError(f"The log {log.origin} is only read: an alarm stands (vote log witnesses).")
        await self._put(log, before, waiting)
        return [number for number, _ in waiting]

    async def _put(self, log: StoredLog, before: Head, waiting: Sequence[tuple[int, bytes]]) -> None:
        edge = await self._edge(log, before)
        leaves = []
        for number, body in waiting:
            require_entry(body, f"pending entry {number}")
            leaves.append((number, leaf_hash(body)))
        tiles = edge.extend(leaf for _, leaf in leaves)
        head = self._sign(log.origin, edge.size, edge.root(), max(await database_now(), before.signed_at + _STEP))
        await self.rows.grow(log.id, before, Growth(head, leaves, tiles))

    async def _edge(self, log: StoredLog, head: Head) -> Edge:
        try:
            edge = Edge.of(head.size, await self.rows.edge(log.id, head.size))
        except MalformedError as error:
            raise EdgeError(f"The log {log.origin} does not go on: {error}.") from error
        if edge.root() != head.root:
            raise EdgeError(f"The log {log.origin} does not go on: its tiles have another root than what was signed.")
        return edge

    async def _open(self, estate: str) -> StoredLog:
        async with transaction():
            # Two sequencers that find none would both open one.
            await self.estates.hold(estate)
            if found := await self.rows.find(estate):
                return found
            return await self._add(estate, 1, await database_now())

    async def _add(self, estate: str, number: int, now: datetime) -> StoredLog:
        origin = self.keys.origin(estate, number)
        key = encode_verifier_key(self.keys.verifier_key(origin))
        return await self.rows.add(
            StoredLog(0, estate, number, origin, key, now), self._sign(origin, 0, EMPTY_ROOT, now)
        )

    def _sign(self, origin: str, size: int, root: bytes, now: datetime) -> Head:
        return Head(size, root, self.keys.sign(Checkpoint(origin, size, root), now), now)
