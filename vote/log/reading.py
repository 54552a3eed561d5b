"""Gives everybody what was published of a log, and nothing else: its newest checkpoint and what that covers.

 * A tile or bundle is there from the first published checkpoint on that covers it, and then for good, in each width.
 * The policy is the one that the published log announced last. Before any was announced, it is the one in force.
 * A receipt has the newest checkpoint that the quorum cosigned; where there is none, the newest one.

Follows SPEC.md §19.4 to §19.6. Not here: statuses and headers (`views`), copies elsewhere (`export`).
"""

from dataclasses import dataclass

from crypto.encoding import hex_digest
from crypto.errors import MalformedError
from crypto.note import decode_verifier_key
from crypto.tile import TILE_HEIGHT, TILE_WIDTH, Bundle, Tile, parse_tile_path
from crypto.tile_tree import inclusion_proof
from vote.errors import ContradictionError, Reason, RefusedError
from vote.log.kinds import read_entry
from vote.log.log_store import LogRows, StoredLog
from vote.log.policy import published_policy
from vote.log.published_store import PublishedCheckpoint, PublishedStore
from vote.log.receipt import make_receipt
from vote.log.rules import Kind
from vote.log.stamp_store import StampStore
from vote.log.tree_store import TreeStore
from vote.log.witness_store import WitnessStore

LOOKED_BACK = 32
"""Checkpoints among which a receipt looks for a witnessed one."""
_FIRST = 1


@dataclass(frozen=True, slots=True)
class PublishedLog:
    """A log as everybody sees it."""

    log: StoredLog
    checkpoint: PublishedCheckpoint


@dataclass(frozen=True, slots=True)
class Telling:
    """Which of an estate's logs tells of an election."""

    number: int
    """Where an election lies in several, the one that grows."""
    whole: bool
    """Whether all its ballots are in that one."""
    grows: int
    """The number of the one that grows."""


@dataclass(frozen=True, slots=True)
class LogReader:
    """Reads what is published."""

    rows: LogRows
    store: PublishedStore
    trees: TreeStore
    witnesses: WitnessStore
    stamps: StampStore = StampStore()  # noqa: RUF009 - it holds nothing

    async def find(self, estate: str, number: int | None = None) -> PublishedLog | None:
        """Return a log of an estate, without a number the one that grows; None if nothing of it is published."""
        log = await self.rows.find(estate, number)
        newest = await self.store.newest(log.id) if log else []
        return PublishedLog(log, newest[0]) if log and newest else None

    async def is_published(self, estate: str) -> bool:
        """Whether anything of an estate's first log can be read."""
        return await self.find(estate, _FIRST) is not None

    async def telling(self, estate: str, election: str) -> Telling:
        """Return which log of an estate tells of a sealed election; what waits gets into the one that grows."""
        logs = {log.id: log.number for log in await self.rows.all_of(estate)}
        grows = max(logs.values(), default=_FIRST)
        found = [
            await self.witnesses.find_entry(estate, kind, election)
            for kind in (Kind.ELECTION_SEALED, Kind.ELECTION_CLOSED)
        ]
        numbers = {logs.get(each.log or 0, grows) for each in found if each}
        number = numbers.pop() if len(numbers) == 1 else grows
        return Telling(number, not numbers, grows)

    async def get(self, estate: str, number: int = _FIRST) -> PublishedLog:
        """Return a log of an estate by its number.

        Raises:
            RefusedError: nothing of it is published (`Reason.NOT_FOUND`).
        """
        found = await self.find(estate, number)
        if found is None:
            raise RefusedError(
                Reason.NOT_FOUND,
                "There is no public log here, or nothing of it is published yet: check the address.",
                zh="这里没有公开记录，或者还没有公布任何内容：请核对地址。",
            )
        return found

    async def get_further(self, estate: str, number: int) -> PublishedLog:
        """Return a log behind an estate's first, whose origin has a number.

        Raises:
            RefusedError: nothing of it is published (`Reason.NOT_FOUND`).
        """
        return await self.get(estate, number if number > _FIRST else -1)

    async def part(self, published: PublishedLog, path: str) -> bytes:
        """Return a tile or bundle of a log by its path.

        Raises:
            RefusedError: the path names none, or one beyond the published checkpoint (`Reason.NOT_FOUND`).
        """
        size = published.checkpoint.size
        try:
            part = parse_tile_path(path)
        except MalformedError as error:
            raise _not_there(f"There is no such file in a log: {error}.") from None
        level = part.level if isinstance(part, Tile) else 0
        if part.index * TILE_WIDTH + part.width > size >> TILE_HEIGHT * level:
            raise _not_there(
                f"The log has {size} entries so far, too few for this file: ask for what its checkpoint covers."
            )
        return await self.read(published.log, part)

    async def read(self, log: StoredLog, part: Tile | Bundle) -> bytes:
        """Return a tile or bundle that a log has.

        Raises:
            ContradictionError: it has not.
        """
        if isinstance(part, Tile):
            data = await self.trees.tile(log.id, part.level, part.index, part.width)
        else:
            data = await self.trees.bundle(log.id, part.index, part.width)
        if data is None:
            raise ContradictionError(f"{log.origin}: a part of what was signed is not in the database: {part}")
        return data

    async def anchor(self, published: PublishedLog, path: str) -> bytes:
        """Return a time stamp of a checkpoint, or the checkpoint that was stamped, by its path.

        Raises:
            RefusedError: there is none (`Reason.NOT_FOUND`).
        """
        for stamp in await self.stamps.all_of(published.log.id, published.checkpoint.size):
            if path in (stamp.path, stamp.note_path):
                return stamp.token if path == stamp.path else stamp.note
        raise _not_there("No checkpoint of this size was stamped.")

    async def policy(self, published: PublishedLog) -> bytes:
        """Return the policy as its file beside the log has it."""
        log = published.log
        key = decode_verifier_key(log.verifier_key)
        texts = [published_policy(key, each.policy) for each in await self.witnesses.policies(log.estate)]
        announced = await self.store.announced(log.estate, log.id, published.checkpoint.size)
        if announced is not None:
            digest = read_entry(announced, "policy").facts["policy"]
            texts += [text for text in texts if hex_digest(text) == digest]
        return texts[-1] if texts else published_policy(key, None)

    async def receipt(self, estate: str, election: str, tracker: str) -> bytes:
        """Return the receipt of a ballot.

        Raises:
            RefusedError: the log has no such ballot (`Reason.NOT_FOUND`), or nothing that covers it is published yet
                (`Reason.WRONG_STATE`).
        """
        ballot = await self.store.find_ballot(estate, tracker)
        if ballot is None or read_entry(ballot.body, "ballot").facts["election"] != election:
            raise RefusedError(
                Reason.NOT_FOUND,
                "The public log has no ballot with this tracker: it gets in with others, at most a day after casting.",
                zh="公开记录里没有这张票：选票和其他票一起进入记录，最迟在投票后一天。",
            )
        found = await self.store.newest(ballot.log, above=ballot.position, most=LOOKED_BACK) if ballot.log else []
        if ballot.log is None or not found:
            raise RefusedError(
                Reason.WRONG_STATE,
                "This ballot is about to be published: ask again in a few seconds.",
                zh="这张票马上就会公布：请过几秒再试。",
            )
        policy = await self.witnesses.find_policy(estate)
        seen = [each for each in found if policy and policy.is_met(each.witnesses)]
        chosen, index = (seen or found)[0], ballot.position
        read = await self.trees.tree(ballot.log).reader(lambda tiles: inclusion_proof(index, chosen.size, tiles))
        return make_receipt(ballot.body, index, chosen.note, read)


def _not_there(sentence: str) -> RefusedError:
    return RefusedError(Reason.NOT_FOUND, sentence)
