"""Lets a log be signed only where nothing shows that it went on elsewhere: a restored old database never signs.

 * Before the first signature of a process, and again after `look_again`, what was published and what each witness has that
   can be reached must be the beginning of what this database has. One that is ahead, or another tree, is an alarm.
 * After an alarm, whoever raised it and wherever, the log is only read. A log under a new origin begins without one.
 * A copy from a backup that was taken into use goes on under a new origin, even if nobody can be reached who knows better.
   Whoever does know better is heard first: an alarm is for everybody to see, that refusal only for the operator.

Not here: what proves an alarm (`witness_answer`), asking witnesses (`witnessing`).
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from crypto.note import decode_verifier_key, encode_verifier_key
from vote.db import database_now
from vote.errors import ContradictionError, UnavailableError
from vote.log.keys import LogKeys
from vote.log.log_store import LogRows, StoredLog
from vote.log.tree_store import TreeStore
from vote.log.witness_answer import Alarm, AlarmKind, find_alarm, read_evidence
from vote.log.witness_store import WitnessStore
from vote.log.witnessing import Tree, Witnesses


class Published(Protocol):
    """Where checkpoints are kept outside of the database."""

    async def checkpoint(self, log: StoredLog) -> bytes | None:
        """Return the note that is published there of a log; None if there is none.

        Raises:
            UnavailableError: it cannot be read now.
        """


@dataclass(frozen=True, slots=True)
class Gate:
    """What may forbid to sign."""

    rows: LogRows
    trees: TreeStore
    store: WitnessStore
    witnesses: Witnesses
    published: Published | None = None
    restored_at: Callable[[], Awaitable[datetime | None]] | None = None
    """Tells when this database was last restored from a backup, if it ever was."""
    keys: LogKeys | None = None
    """Those with which this process would sign."""
    passed: set[int] = field(default_factory=set)
    """The logs that this process looked at."""

    async def require(self, log: StoredLog) -> None:
        """Raise unless a log may be signed.

        Raises:
            ContradictionError: an alarm stands, or is raised now: the log is only read.
            UnavailableError: it cannot be told now, the key is another, or a restored copy has to begin a new log first.
        """
        if await self.rows.is_alarmed(log.id):
            raise _forbidden(log)
        if log.id not in self.passed:
            await self._look(log)
            self.passed.add(log.id)
        restored = await self.restored_at() if self.restored_at else None
        if restored is not None and restored >= log.opened_at:
            raise UnavailableError(
                f"The database was restored from a backup after the log {log.origin} was opened: "
                f"begin a new one with `vote log new-origin {log.estate}`"
            )

    def look_again(self, log: StoredLog) -> None:
        """Let the next signature wait until it was looked again."""
        self.passed.discard(log.id)

    async def _look(self, log: StoredLog) -> None:
        """Raise if the key is another, or anybody has more of a log, or something else; then that is kept as an alarm."""
        if self.keys and encode_verifier_key(self.keys.verifier_key(log.origin)) != log.verifier_key:
            raise UnavailableError(
                f"The log key is not that of the log {log.origin}: put back the file that VOTE_LOG_KEY_FILE names"
            )
        alarms = [alarm for alarm in (await self._published(log), *await self._witnessed(log)) if alarm]
        for alarm in alarms:
            await self.store.raise_alarm(log.id, alarm, await database_now())
        if alarms:
            raise _forbidden(log)

    async def _published(self, log: StoredLog) -> Alarm | None:
        note = await self.published.checkpoint(log) if self.published else None
        if note is None:
            return None
        theirs = read_evidence(note, [decode_verifier_key(log.verifier_key)])
        if theirs is None or theirs.origin != log.origin:
            raise UnavailableError(
                f"What is published as the checkpoint of {log.origin} is not signed by it: see who wrote that file"
            )
        tree = self.trees.tree(log.id)
        has = theirs.size <= await tree.head_size()
        kind = find_alarm(theirs, await tree.root(theirs.size) if has else None, AlarmKind.EXPORT_AHEAD)
        return Alarm(kind, "", theirs.size, note) if kind else None

    async def _witnessed(self, log: StoredLog) -> list[Alarm | None]:
        policy = await self.store.find_policy(log.estate)
        if policy is None:
            return []
        tree: Tree = self.trees.tree(log.id)
        keys = [decode_verifier_key(log.verifier_key)]
        return [word.alarm for word in await self.witnesses.look(policy.witnesses, log.origin, log=keys, tree=tree)]


def _forbidden(log: StoredLog) -> ContradictionError:
    return ContradictionError(
        f"The log {log.origin} is only read: it was seen that it went on elsewhere. See `vote log witnesses {log.estate}`"
    )
