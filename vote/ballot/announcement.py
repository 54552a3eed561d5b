"""Tell owners at their confirmed phone that a ballot of theirs was accepted, on whichever channel.

* Every accepted ballot gets one message, which names the channel, or the note that there is no confirmed phone; a ballot cast with somebody else's
  letter is told to its owner too.
* Messages are kept apart from casting, some moments later: a ballot is in the box whether or not its owner can be told.

Not here: handing messages over (`vote.message`).
"""

import logging
from dataclasses import dataclass

from vote.ballot.store import BallotStore
from vote.db import database_now, transaction
from vote.election.rules import State
from vote.election.store import ElectionStore
from vote.estate.store import EstateStore
from vote.message.rules import Kind, ballot_accepted
from vote.message.service import MessageService
from vote.message.store import NewMessage
from vote.phone.service import PhoneService

_LOG = logging.getLogger(__name__)
BATCH = 100
_TELLING = (State.OPEN, State.CLOSED, State.CHECKED, State.TALLIED, State.PRELIMINARY)


@dataclass(frozen=True, slots=True)
class AnnouncementService:
    """Messages about accepted ballots."""

    store: BallotStore
    elections: ElectionStore
    estates: EstateStore
    phones: PhoneService
    messages: MessageService

    async def announce_due(self) -> int:
        """Keep a message for ballots that have none; return how many were kept."""
        kept = 0
        for state in _TELLING:
            for uuid in await self.elections.in_state(state):
                try:
                    kept += await self._announce(uuid)
                except Exception:  # noqa: BLE001 - whatever it is, the others go on
                    _LOG.exception("ballots of election %s cannot be announced", uuid)
        return kept

    async def _announce(self, uuid: str) -> int:
        waiting = await self.store.unannounced(uuid, BATCH)
        if not waiting:
            return 0
        draft = (await self.elections.get(uuid)).draft
        owners = [each.entitlement for each in waiting.values()]
        numbers = await self.phones.reachable(owners) if draft.desk_phone else {}
        estate, now = await self.estates.get_estate(draft.estate), await database_now()
        kept = []
        for ballot, (entitlement, channel) in waiting.items():
            if number := numbers.get(entitlement):
                said = ballot_accepted(estate.name, channel, draft.desk_phone)
                kept.append(self.messages.letter(uuid, number, said, now, ballot))
            else:
                kept.append(NewMessage(uuid, Kind.BALLOT_ACCEPTED, None, now, now, ballot))
        async with transaction():
            await self.messages.keep_all(kept)
        return len(kept)
