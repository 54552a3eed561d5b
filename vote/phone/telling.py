"""Tell owners on their confirmed phones what was decided: about one ballot, one objection, or for everybody.

* A message is kept in the caller's transaction; the worker hands it over, so what was undone is never told.
* A phone that stands for several owners gets the same words once.
* Owners without a confirmed mobile number are told by the notice board, as the law has it; nobody counts on messages.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from vote.db import database_now
from vote.election.store import StoredElection
from vote.estate.store import EstateStore
from vote.message.rules import Message
from vote.message.service import MessageService
from vote.phone.service import PhoneService
from vote.roll.store import RollStore

Say = Callable[[str, str], Message]
"""Makes the message from the estate's name and the desk's telephone."""


@dataclass(frozen=True, slots=True)
class OwnerTeller:
    """Reaches owners of an election."""

    phones: PhoneService
    rolls: RollStore
    estates: EstateStore
    messages: MessageService

    async def tell(self, stored: StoredElection, owners: Sequence[int], say: Say) -> int:
        """Keep a message to owners (the rows of the entitlements); return how many phones get it."""
        if not stored.draft.desk_phone or not owners:
            return 0
        numbers = dict.fromkeys((await self.phones.reachable(owners)).values())
        estate = await self.estates.get_estate(stored.draft.estate)
        message, now = say(estate.name, stored.draft.desk_phone), await database_now()
        await self.messages.keep_all([self.messages.letter(stored.uuid, each, message, now) for each in numbers])
        return len(numbers)

    async def tell_all(self, stored: StoredElection, say: Say) -> int:
        """The same to every owner of the roll."""
        return await self.tell(stored, [each.id for each in await self.rolls.entitlements(stored.draft.roll)], say)
