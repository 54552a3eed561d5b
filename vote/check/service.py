"""Settle what must be settled before any key is used."""

from dataclasses import dataclass

import rfc8785

from vote.check.store import CheckStore
from vote.db import database_now, transaction
from vote.election import rules as election_rules
from vote.election.change import period_ends
from vote.election.manifest import decode_manifest
from vote.election.rules import State
from vote.election.store import ElectionStore
from vote.errors import Reason, RefusedError
from vote.log.rules import Facts, Kind
from vote.log.store import LogStore


@dataclass(frozen=True, slots=True)
class CheckService:
    """Checks of closed elections."""

    store: CheckStore
    elections: ElectionStore
    log: LogStore

    async def check(self, uuid: str) -> None:
        """Find who took part for good, before any key is used.

        Raises:
            RefusedError: the election is not closed, or the time for disputes is not over.
        """
        async with transaction():
            stored = await self.elections.get(uuid, lock=True)
            election_rules.require_step(stored.state, State.CHECKED)
            now = await database_now()
            manifest = decode_manifest(stored.sealed().manifest)
            assert stored.closed_at is not None
            ends = period_ends(stored.closed_at, manifest.periods.check_days)
            if now < ends:
                raise RefusedError(
                    Reason.WRONG_STATE, f"Disputes about who took part are taken until {ends:%Y-%m-%d %H:%M} UTC."
                )
            await self.elections.advance(uuid, State.CLOSED, State.CHECKED)
            await self.store.add(uuid, rfc8785.dumps({"version": 1, "election": uuid}), now)
            facts: Facts = {"election": uuid}
            await self.log.append(stored.draft.estate, Kind.ELECTION_CHECKED, facts, now)
