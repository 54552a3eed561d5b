"""Know an owner again by letter and confirmed phone, at any time after sealing: to ask, to sign, never to vote.

* The letter is one in force of any election of the estate, the latest first. A number that is not in force and one that
  never was get the same answer.
* The code is one of those that open the platform's part (`second_factor`): the same limits hold for both, and a code that
  was used for one opens nothing else.
* Nothing of the voting key is given.

The sentences are for owners.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from crypto.randomness import Randomness
from vote.credential import code
from vote.credential.letter_number import digest_letter_number, read_letter_number
from vote.credential.letter_store import LetterStore, StoredLetter
from vote.credential.service import part_context
from vote.db import database_now, transaction
from vote.election.rules import State
from vote.election.store import ElectionStore
from vote.errors import Reason, RefusedError
from vote.message.rules import code_message
from vote.message.service import MessageService
from vote.phone import rules as phone_rules
from vote.phone.service import ActivePhone, PhoneService

_DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Recognised:
    """An owner who showed letter and phone."""

    entitlement: int
    """The row in the roll."""
    election: str
    """Whose letter it was."""


@dataclass(frozen=True, slots=True)
class RecognitionService:
    """Codes for owners who have something to say."""

    letters: LetterStore
    elections: ElectionStore
    phones: PhoneService
    messages: MessageService
    letter_key: bytes = field(repr=False)
    code_key: bytes = field(repr=False)
    rng: Randomness

    async def send_code(self, estate: str, typed: str) -> str:
        """Send a code to the confirmed phone of a letter's owner; return the number's last four digits.

        Raises:
            RefusedError: the letter is not in force, there is no confirmed phone, or codes were sent too often.
        """
        async with transaction():
            uuid, letter = await self._find(estate, typed)
            now = await database_now()
            phone = await self._require_phone(letter)
            code.require_sendable(
                await self.letters.sent_for_credential(letter.credential, now - _DAY),
                await self.letters.sent_to_phone(phone.known.digest, now - _DAY),
                now,
            )
            drawn = code.generate_code(self.rng)
            issued = code.issue_code(code.digest_code(self.code_key, part_context(uuid, letter.number), drawn), now)
            await self.letters.add_code(letter.id, phone.id, issued)
            message = await self.messages.keep(uuid, phone.number, code_message(drawn))
        await self.messages.send(message)
        return phone_rules.tail(phone.number)

    async def recognise(self, estate: str, typed: str, typed_code: str) -> Recognised:
        """Return whose letter and latest code these are; the code is used up.

        Raises:
            RefusedError: the letter is not in force, or the code is not its latest.
        """
        guess = code.read_code(typed_code)
        async with transaction():
            uuid, letter = await self._find(estate, typed)
            now = await database_now()
            latest = await self.letters.latest_code(letter.id)
            phone = await self.phones.find_active(letter.entitlement)
            if latest is None or phone is None or latest.phone != phone.id:
                raise RefusedError(
                    Reason.NOT_ALLOWED,
                    "No code was sent yet, or the phone was changed: get a code first.",
                    zh="还没有发过验证码，或者手机号已经换了。请先获取验证码。",
                )
            guessed = code.digest_code(self.code_key, part_context(uuid, letter.number), guess)
            attempt = code.try_code(latest.code, guessed, now)
            await self.letters.keep_attempt(latest, attempt.code)
        if attempt.refusal is not None:
            raise attempt.refusal
        return Recognised(letter.entitlement, uuid)

    async def _find(self, estate: str, typed: str) -> tuple[str, StoredLetter]:
        number = read_letter_number(typed)
        for stored in await self.elections.of_estate(estate):
            if stored.state is State.DRAFT:
                continue
            letter = await self.letters.find(digest_letter_number(self.letter_key, stored.uuid, number))
            if letter is not None:
                return stored.uuid, letter
        raise RefusedError(
            Reason.NOT_FOUND,
            "No letter in force has this number: compare and type it again, or come to the community office with your identity card.",
            zh="没有这个编号，或者这封信已经作废。请对照信再输一次；补过信的，请用新的那封；没有信的，请带身份证到社区办理。",
        )

    async def _require_phone(self, letter: StoredLetter) -> ActivePhone:
        phone = await self.phones.find_active(letter.entitlement)
        if phone is None:
            raise RefusedError(
                Reason.NOT_ALLOWED,
                "The roll has no phone of yours: come to the community office with your identity card.",
                zh="清册上没有您的手机号，发不了验证码。请带身份证到社区办理。",
            )
        phone_rules.require_confirmed(phone.known)
        phone_rules.require_mobile(phone.number)
        return phone
