"""Tells an owner that the own ballot is to be opened, and counts what was changed for single owners.

* Only a number that its owner confirmed gets the message: others may be somebody else's.
* A message is kept in the caller's transaction and handed over afterwards.
"""

from dataclasses import dataclass

from vote.credential.letter_store import LetterStore
from vote.election.store import ElectionStore, StoredElection
from vote.estate.store import EstateStore
from vote.message.rules import opening_requested
from vote.message.service import MessageService
from vote.phone.rules import CONFIRMING, is_mobile
from vote.phone.service import PhoneService


@dataclass(frozen=True, slots=True)
class OwnerDesk:
    """What certificates need of phones, messages and letters."""

    elections: ElectionStore
    estates: EstateStore
    phones: PhoneService
    letters: LetterStore
    messages: MessageService

    async def tell_opening(self, stored: StoredElection, entitlement: int, reason: str) -> int | None:
        """Keep a message to an owner (the row of the entitlement); return its number, or None if no phone gets it."""
        phone, desk = await self.phones.find_active(entitlement), stored.draft.desk_phone
        confirmed = phone is not None and phone.known.confirmed_how in CONFIRMING
        if phone is None or not confirmed or not is_mobile(phone.number) or not desk:
            return None
        estate = await self.estates.get_estate(stored.draft.estate)
        said = opening_requested(estate.name, reason, desk)
        return await self.messages.keep(stored.uuid, phone.number, said)

    async def phone_changes(self, uuid: str) -> int:
        """Return how many phones were changed after the roll was frozen."""
        return await self.phones.count_changes((await self.elections.get(uuid)).draft.roll)

    async def reissued_letters(self, uuid: str) -> int:
        """Return how many letters were issued again."""
        return await self.letters.count_replaced(uuid)
