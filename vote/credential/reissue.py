"""Put a letter's new number in force, and count in public how often that happened.

* Same credential, new number: the old number, and codes sent for it, open nothing any more; the new one needs a fresh
  code, and a fresh agreement, before a ballot is taken.
* Only before the owner has cast a ballot, and only until voting closes.
* After a sale the former owner's phone gets no code either.
* Whether the platform's part had been given under an old letter is told to whoever asks: then somebody may hold the whole
  key, which no new letter takes back. That old numbers are refused is a rule of the server, not of the protocol.

Not here: making the letter (`command`).
"""

from dataclasses import dataclass, field

from crypto.errors import CryptoError
from vote.credential.letter_number import digest_letter_number
from vote.credential.letter_store import LetterStore, StoredLetter
from vote.credential.second_factor import require_giving
from vote.credential.statement import Reissued, Why, decode_reissued
from vote.db import database_now, transaction
from vote.election.store import ElectionStore, StoredElection
from vote.errors import Reason, RefusedError
from vote.estate.store import EstateStore
from vote.log.rules import Facts, Kind
from vote.log.store import LogStore
from vote.message.rules import letter_reissued
from vote.message.service import MessageService
from vote.phone import rules as phone_rules
from vote.phone.service import PhoneService


@dataclass(frozen=True, slots=True)
class Renewed:
    """What is said of a new letter."""

    count: int
    """How many letters of the election were made anew."""
    released: bool
    """Whether the platform's part had been given under an old letter."""


@dataclass(frozen=True, slots=True)
class ReissueService:
    """New letters."""

    letters: LetterStore
    elections: ElectionStore
    estates: EstateStore
    phones: PhoneService
    messages: MessageService
    log: LogStore
    letter_key: bytes = field(repr=False)

    async def reissue(self, uuid: str, data: bytes) -> Renewed:
        """Put a new number in the place of an old one; the same again does no harm.

        Raises:
            RefusedError: it is no such statement, the owner has cast a ballot already, or voting is over.
        """
        try:
            said = decode_reissued(data)
        except CryptoError as error:
            raise RefusedError(Reason.MALFORMED, f"{error}.", zh="补的信读不懂，请重新做一次。") from None
        if said.election != uuid:
            raise RefusedError(
                Reason.MALFORMED,
                "This letter is of another election: bring it to that one.",
                zh="这封信是另一次投票的，请用在那一次投票里。",
            )
        told: list[int] = []
        async with transaction():
            await self.elections.hold(uuid)
            require_giving(await self.elections.polls(uuid), await database_now())
            letter = await self._hold(uuid, said.entitlement)
            released = await self.letters.was_opened(letter.credential)
            digest = digest_letter_number(self.letter_key, uuid, said.letter_number)
            if letter.digest != digest:
                await self._replace(await self.elections.get(uuid), said, letter, digest, told)
            count = await self.letters.count_replaced(uuid)
        await self.messages.send(*told)
        return Renewed(count, released)

    async def count(self, uuid: str) -> int:
        """Return how many letters of an election were made anew."""
        return await self.letters.count_replaced(uuid)

    async def _hold(self, uuid: str, entitlement: int) -> StoredLetter:
        credential = await self.letters.hold_credential(uuid, entitlement)
        if credential is None:
            raise RefusedError(
                Reason.NOT_FOUND,
                f"The roll has no entitlement {entitlement}: look the number up in it.",
                zh=f"清册里没有第{entitlement}号，请对照清册再看。",
            )
        if await self.letters.has_cast(credential):
            raise RefusedError(
                Reason.CONFLICT,
                "This owner has cast a ballot already: no new letter is made; let the owner vote again.",
                zh="这位业主已经投过票，不再补信。想改，请业主用原来的信再投一次。",
            )
        letter = await self.letters.of_credential(credential)
        assert letter is not None, "a credential of two parts has a letter in force"
        return letter

    async def _replace(
        self, stored: StoredElection, said: Reissued, letter: StoredLetter, digest: str, told: list[int]
    ) -> None:
        uuid, now = stored.uuid, await database_now()
        if digest in await self.letters.digests(uuid):
            raise RefusedError(
                Reason.CONFLICT,
                "This number was in force before: make the letter anew once more.",
                zh="这个编号以前用过，请把这封信再做一次。",
            )
        await self.letters.replace(letter, digest, now)
        told += await self._tell(stored, letter)
        if said.why is Why.SALE and (message := await self.phones.retire(stored, letter.entitlement)):
            told.append(message)
        facts: Facts = {"election": uuid, "count": await self.letters.count_replaced(uuid)}
        await self.log.append(stored.draft.estate, Kind.LETTER_REISSUED, facts, now)

    async def _tell(self, stored: StoredElection, letter: StoredLetter) -> list[int]:
        phone = await self.phones.find_active(letter.entitlement)
        if phone is None or not phone_rules.is_mobile(phone.number):
            return []
        estate = await self.estates.get_estate(stored.draft.estate)
        said = letter_reissued(estate.name, stored.draft.desk_phone)
        return [await self.messages.keep(stored.uuid, phone.number, said)]
