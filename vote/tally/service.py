"""Add up what is sealed, take the trustees' shares, open the totals, publish the archive."""

import asyncio
from asyncio import Future
from collections.abc import AsyncIterator
from concurrent.futures import Executor
from dataclasses import dataclass

from crypto.archive import ArchiveWriter
from crypto.election import decode_election
from crypto.encoding import hex_digest, read_json
from crypto.result import encode_result as encode_totals
from crypto.tally import PartialSum, encode_tally
from vote.ballot.store import BallotStore
from vote.db import database_now, transaction
from vote.election import rules as election_rules
from vote.election.change import decode_change, effects_of
from vote.election.manifest import decode_manifest
from vote.election.rules import State
from vote.election.store import ElectionStore, StoredElection
from vote.errors import ContradictionError, Reason, RefusedError
from vote.log.rules import Facts, Kind
from vote.log.store import LogStore
from vote.log.watching import Watching
from vote.recount.summing import join_columns, split_columns, sum_column
from vote.tally import summing
from vote.tally.finding import encode_result, find_result
from vote.tally.rules import read_own_share
from vote.tally.store import StoredResult, StoredShare, StoredTally, TallyStore
from vote.trustee.handed_share import HandedShare


@dataclass(frozen=True, slots=True)
class TallyService:
    """Tallies of closed elections. Heavy arithmetic runs in the processes of `executor`."""

    store: TallyStore
    ballots: BallotStore
    elections: ElectionStore
    log: LogStore
    executor: Executor
    watching: Watching | None = None
    """Knows what people outside saw of the log; None where nobody is asked."""

    async def sum(self, uuid: str) -> None:
        """Add up the sealed ballots of an election whose ballots are checked.

        Raises:
            RefusedError: the election is not checked, or it is summed already.
        """
        stored = await self.elections.get(uuid)
        election_rules.require_step(stored.state, State.TALLIED)
        total = await self._sum(stored)
        tally = StoredTally(encode_tally(total.tally), total.num_tallied, total.total_weight)
        async with transaction():
            await self.elections.advance(uuid, State.CHECKED, State.TALLIED)
            await self.store.add_tally(uuid, tally)
            facts: Facts = {"election": uuid, "tally": hex_digest(tally.body), "ballots": tally.num_tallied}
            await self.log.append(stored.draft.estate, Kind.TALLY_SUMMED, facts, await database_now())

    async def contribute(self, uuid: str, trustee: int, data: bytes) -> bool:
        """Take a trustee's share; open the totals when there are enough. Return whether they are open.

        Raises:
            RefusedError: nothing to open yet or any more, or the share is false: the sentence names the trustee.
        """
        contribution = read_own_share(data, uuid, trustee)
        stored = await self.elections.get(uuid)
        if stored.state is State.PRELIMINARY and contribution in await self._contributions(uuid):
            return True
        election_rules.require_state(stored.state, State.TALLIED)
        tally = await self._tally(uuid)
        if contribution not in await self._contributions(uuid):
            await self._require_true(stored, tally, contribution)
            await self._keep(stored, contribution)
        return await self.open_due(uuid)

    async def open_due(self, uuid: str) -> bool:
        """Open the totals when there are enough shares, and people outside saw the sum or three days are over.

        Return whether they are open.

        Raises:
            RefusedError: there is nothing to open yet or any more.
        """
        stored = await self.elections.get(uuid)
        election_rules.require_state(stored.state, State.TALLIED)
        shares = await self.store.shares(uuid)
        if len(shares) < stored.draft.threshold:
            return False
        told = f'"election":"{uuid}"'
        if self.watching and not await self.watching.may_go_on(stored.draft.estate, Kind.TALLY_SUMMED, told):
            return False
        await self._open(stored, await self._tally(uuid), shares)
        return True

    async def result(self, uuid: str) -> bytes:
        """Return `result.json`.

        Raises:
            RefusedError: there is none yet.
        """
        await self.elections.get(uuid)
        found = await self.store.find_result(uuid)
        if found is None:
            raise RefusedError(
                Reason.NOT_FOUND,
                "There is no result yet: it is published when the ballots are opened.",
                zh="还没有结果，开票后才公布。",
            )
        return found.finding

    async def share_proofs(self, uuid: str) -> list[tuple[int, bytes]]:
        """Return the extra proofs beside the archive, by trustee."""
        await self.elections.get(uuid)
        return [(share.trustee, share.extra_proof) for share in await self.store.shares(uuid)]

    async def archive(self, uuid: str) -> AsyncIterator[bytes]:
        """Return the archive in pieces: its set-up from sealing on, the ballots only once they are checked.

        Raises:
            RefusedError: the election is not sealed yet.
        """
        stored = await self.elections.get(uuid)
        if stored.files is None or stored.sealed_at is None:
            raise RefusedError(
                Reason.NOT_FOUND,
                "There is no archive yet: the election is not sealed.",
                zh="还没有可下载的资料，投票的内容定下来后才有。",
            )
        return self._pieces(stored, int(stored.sealed_at.timestamp()))

    async def _pieces(self, stored: StoredElection, timestamp: int) -> AsyncIterator[bytes]:
        files = stored.sealed()
        writer = ArchiveWriter(timestamp)
        yield writer.begin() + writer.setup(files.election, files.trustees, files.credentials)
        # What a dispute takes out must be out before ballots are published; afterwards they stay, whatever happens.
        if not await self.elections.is_checked(stored.uuid):
            return
        async for ballot in self.ballots.published(stored.uuid):
            yield writer.ballot(ballot)
        yield writer.end_ballots()
        tally = await self.store.find_tally(stored.uuid)
        if tally is None:
            return
        yield writer.encrypted_tally(tally.body, tally.num_tallied, tally.total_weight)
        # The result first: shares may come while this is read, and a result must stand behind all that opened it.
        result = await self.store.find_result(stored.uuid)
        for share in await self.store.shares(stored.uuid):
            yield writer.partial_decryption(share.trustee, share.payload)
        if result is not None:
            yield writer.result(result.body)

    async def _sum(self, stored: StoredElection) -> PartialSum:
        election = stored.sealed().election
        loop = asyncio.get_running_loop()
        pending: list[Future[list[bytes]]] = []
        weights: list[int] = []
        async for page in self.store.effective(stored.uuid, summing.SLICE):
            ballots = [data for data, _ in page]
            weights += [weight for _, weight in page]
            pending.append(loop.run_in_executor(self.executor, summing.read_rows, election, ballots))
        rows = [row for part in await asyncio.gather(*pending) for row in part]
        sealed = decode_election(election)
        columns = split_columns(sealed, rows, weights)
        added = [loop.run_in_executor(self.executor, sum_column, column) for column in columns]
        return join_columns(sealed, await asyncio.gather(*added), weights)

    async def _contributions(self, uuid: str) -> list[HandedShare]:
        shares = await self.store.shares(uuid)
        return [HandedShare(uuid, share.trustee, share.payload, share.extra_proof) for share in shares]

    async def _keep(self, stored: StoredElection, contribution: HandedShare) -> None:
        share = StoredShare(contribution.trustee, contribution.payload, contribution.extra_proof)
        async with transaction():
            election_rules.require_state((await self.elections.get(stored.uuid, lock=True)).state, State.TALLIED)
            kept = {each.trustee: each for each in await self.store.shares(stored.uuid)}.get(share.trustee)
            if kept == share:
                return
            if kept is not None:
                raise RefusedError(
                    Reason.CONFLICT,
                    "This trustee has brought another share already; nothing is replaced.",
                    zh="这位开箱人已经交过一份不同的开票文件，以先交的为准，什么都没有改。",
                )
            await self.store.add_share(stored.uuid, share)
            facts: Facts = {"election": stored.uuid, "trustee": share.trustee, "share": hex_digest(share.payload)}
            await self.log.append(stored.draft.estate, Kind.TALLY_SHARED, facts, await database_now())

    async def _require_true(self, stored: StoredElection, tally: StoredTally, contribution: HandedShare) -> None:
        files = stored.sealed()
        loop = asyncio.get_running_loop()
        trouble = await loop.run_in_executor(
            self.executor,
            summing.check_share,
            (files.election, files.trustees, tally.body),
            contribution.trustee,
            contribution.payload,
            contribution.extra_proof,
        )
        if trouble:
            raise RefusedError(
                Reason.MALFORMED,
                f"The share is false: {trouble}. The other trustees' shares suffice.",
                zh="这份开票文件对不上，没有收下。请开箱人重新做一份；其他人够数的，也可以先用他们的。",
            )

    async def _open(self, stored: StoredElection, tally: StoredTally, shares: list[StoredShare]) -> None:
        files = stored.sealed()
        manifest = decode_manifest(files.manifest)
        loop = asyncio.get_running_loop()
        totals = await loop.run_in_executor(
            self.executor,
            summing.open_totals,
            (files.election, files.trustees, tally.body),
            [(share.trustee, share.payload) for share in shares],
            tally.total_weight,
            manifest.base,
        )
        effects = effects_of(
            decode_change(read_json(body, "change"), "change") for body in await self.elections.changes(stored.uuid)
        )
        found = find_result(manifest, totals, tally.total_weight, effects.withdrawn, effects.correction)
        finding = encode_result(found)
        async with transaction():
            if (await self.elections.get(stored.uuid, lock=True)).state is State.PRELIMINARY:
                return  # A share that came at the same moment opened them, to the same numbers.
            await self.elections.advance(stored.uuid, State.TALLIED, State.PRELIMINARY)
            now = await database_now()
            await self.store.add_result(stored.uuid, StoredResult(encode_totals(totals), finding, now))
            facts: Facts = {"election": stored.uuid, "result": hex_digest(finding)}
            await self.log.append(stored.draft.estate, Kind.TALLY_OPENED, facts, now)

    async def _tally(self, uuid: str) -> StoredTally:
        tally = await self.store.find_tally(uuid)
        if tally is None:
            raise ContradictionError(f"election {uuid} is tallied and has no tally")
        return tally
