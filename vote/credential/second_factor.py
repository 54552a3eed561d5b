"""Give the platform's part of a voting key to whoever has the letter and the owner's confirmed phone.

* A letter that is not in force and one that never was get the same answer.
* A code goes to the one number that its owner confirmed, and is bound to that number and that letter: when either is
  replaced, it opens nothing any more.
* A code given at the desk (`desk_check`) does the same as one that was sent; the latest of both is live.
* A wrong guess is stored before it is refused.
* Before the polls open the part is given too, for the agreement to vote electronically; after closing it is not, but for
  a petition once the result is certified.

The sentences are for owners. Not here: when a code may be sent and what opens (`code`).
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from crypto.envelope import unseal
from crypto.errors import CryptoError
from crypto.group import encode_scalar
from crypto.randomness import Randomness
from vote.credential import code
from vote.credential.acting import Acting, Said
from vote.credential.channel import Channel, dual_channel_of, may_replace
from vote.credential.letter_number import digest_letter_number, read_letter_number
from vote.credential.letter_store import LetterStore, StoredCode, StoredLetter
from vote.credential.owner_pass import issue_pass, read_pass
from vote.credential.platform_part import decode_secret
from vote.credential.service import part_context
from vote.db import database_now, transaction
from vote.election.manifest import decode_manifest
from vote.election.rules import BEFORE_CLOSING, State
from vote.election.store import ElectionStore, Polls
from vote.errors import ContradictionError, Reason, RefusedError
from vote.message.rules import code_message, write_moment
from vote.message.service import MessageService
from vote.phone import rules as phone_rules
from vote.phone.service import ActivePhone, PhoneService
from vote.roll.store import RollStore

_DAY = timedelta(hours=24)
_UNKNOWN = (
    "没有这个编号，或者这封信已经作废。请对照信再输一次；补过信的，请用新的那封；看不清，请带身份证到社区补一封。 "
    "No letter in force has this number. Compare and type it again; if you got a new letter, use that; if it cannot be read, bring "
    "your identity card to the community office for another."
)


class Purpose(StrEnum):
    """What a voting key is opened for."""

    VOTE = "vote"
    PETITION = "petition"
    """A petition, once the election is certified: nothing can be cast with the key any more."""


@dataclass(frozen=True, slots=True)
class SentCode:
    """Where a code went."""

    tail: str
    """The last four digits of the number."""
    expires_at: datetime
    sent: bool
    """Whether the carrier took it already; if not, it is tried again."""


@dataclass(frozen=True, slots=True)
class OpenedPart:
    """The platform's part of a voting key, and what the owner is shown before voting."""

    part: str
    """A number mod q, decimal."""
    public: str
    """g^part, 64 hex digits."""
    credential: str
    """The whole public credential."""
    places: tuple[str, ...]
    area_dm2: int
    agreed: bool
    """Whether the agreement to vote electronically was signed under this letter."""
    owner_pass: str
    """With which the owner says something (`owner_pass`)."""
    cast: int
    """How many ballots came for this owner so far."""
    last_cast_at: datetime | None
    """When the last of them was received."""
    last_acting: Acting | None
    """Who it was said to be when this key was opened before."""
    last_channel: Channel | None
    """How the last of them came."""
    channel: Channel
    """How a ballot comes that is made with this part soon."""
    may_cast: bool
    """Whether it may take the place of the last one."""
    may_change: bool
    """Whether another one may take its place, without another code."""


@dataclass(frozen=True, slots=True)
class SecondFactorService:
    """One-time codes and what they open."""

    letters: LetterStore
    elections: ElectionStore
    rolls: RollStore
    phones: PhoneService
    messages: MessageService
    key: bytes = field(repr=False)
    """Opens the platform's parts."""
    letter_key: bytes = field(repr=False)
    code_key: bytes = field(repr=False)
    """Makes the digests of codes."""
    pass_key: bytes = field(repr=False)
    rng: Randomness

    async def send_code(self, uuid: str, typed: str, purpose: Purpose = Purpose.VOTE) -> SentCode:
        """Send a code to the owner's confirmed phone; `typed` is the letter's number.

        Raises:
            RefusedError: the letter is not in force, there is no confirmed phone, or codes were sent too often.
        """
        digest = digest_letter_number(self.letter_key, uuid, read_letter_number(typed))
        async with transaction():
            letter, now = await self._open_letter(uuid, digest, purpose), await database_now()
            phone = await self._require_phone(letter)
            for_credential = await self.letters.sent_for_credential(letter.credential, now - _DAY)
            for_phone = await self.letters.sent_to_phone(phone.known.digest, now - _DAY)
            code.require_sendable(for_credential, for_phone, now)
            drawn = code.generate_code(self.rng)
            issued = code.issue_code(code.digest_code(self.code_key, part_context(uuid, letter.number), drawn), now)
            await self.letters.add_code(letter.id, phone.id, issued)
            message = await self.messages.keep(uuid, phone.number, code_message(drawn))
        sent = await self.messages.send(message) == 1
        return SentCode(phone_rules.tail(phone.number), issued.expires_at, sent)

    async def open_part(
        self, uuid: str, typed: str, typed_code: str, acting: Acting | None = None, purpose: Purpose = Purpose.VOTE
    ) -> OpenedPart:
        """Give the platform's part to whoever has the letter's number and the latest code, and keep who they say to be.

        Raises:
            RefusedError: the letter is not in force, or the code does not open it.
        """
        digest = digest_letter_number(self.letter_key, uuid, read_letter_number(typed))
        guess = code.read_code(typed_code)
        async with transaction():
            letter, now = await self._open_letter(uuid, digest, purpose), await database_now()
            latest = await self.letters.latest_code(letter.id)
            if latest is None or not await self._is_for(latest, letter):
                raise RefusedError(
                    Reason.NOT_ALLOWED,
                    "还没有发过验证码，或者手机号已经换了。请点【获取验证码】。 "
                    "No code was sent yet, or the phone was changed: press “Send me a code”.",
                )
            guessed = code.digest_code(self.code_key, part_context(uuid, letter.number), guess)
            attempt = code.try_code(latest.code, guessed, now)
            await self.letters.keep_attempt(latest, attempt.code)
            said = await self.letters.said(uuid, letter.number)
            if attempt.refusal is None and acting is not None:
                await self.letters.add_said(letter.id, acting, now)
        if attempt.refusal is not None:
            raise attempt.refusal
        entitlement = await self.rolls.entitlement(letter.entitlement)
        cast = await self.letters.cast(letter.credential)
        last = cast[-1] if cast else None
        channel = Channel.DESK if latest.phone is None else Channel.PHONE
        return OpenedPart(
            encode_scalar(decode_secret(self._unseal(uuid, letter))),
            letter.platform_public,
            letter.public,
            entitlement.homes,
            entitlement.area_dm2,
            await self.letters.has_agreed(letter.id),
            issue_pass(self.pass_key, uuid, letter.number, now),
            len(cast),
            last.at if last else None,
            said[-1].acting if said else None,
            last.channel if last else None,
            channel,
            await self._may_replace(uuid, last.channel if last else None, channel),
            await self._may_replace(uuid, channel, Channel.PHONE),
        )

    async def said(self, uuid: str, entitlement: int | None = None) -> list[Said]:
        """Return who was said to act when keys were opened, of all owners or one: evidence, and nobody else's business."""
        return await self.letters.said(uuid, entitlement)

    async def owner_of(self, uuid: str, given: str) -> int:
        """Return the entitlement's number of whoever was given a pass with the part.

        Raises:
            RefusedError: the pass is none of this election, or no longer holds.
        """
        return read_pass(self.pass_key, uuid, given, await database_now())

    async def _may_replace(self, uuid: str, last: Channel | None, channel: Channel) -> bool:
        if last in {None, channel}:
            return True
        manifest = decode_manifest((await self.elections.get(uuid)).sealed().manifest)
        return may_replace(dual_channel_of(manifest), last, channel)

    async def _is_for(self, latest: StoredCode, letter: StoredLetter) -> bool:
        """Whether a code is of the desk, or went to the phone in force."""
        phone = await self.phones.find_active(letter.entitlement)
        return latest.phone is None or (phone is not None and phone.id == latest.phone)

    async def _open_letter(self, uuid: str, digest: str, purpose: Purpose) -> StoredLetter:
        """Return the letter in force with this digest, if the election gives parts now."""
        polls, now = await self._polls(uuid), await database_now()
        if purpose is Purpose.PETITION:
            require_over(polls)
        else:
            require_giving(polls, now)
        letter = await self.letters.find(digest)
        if letter is None:
            raise RefusedError(Reason.NOT_FOUND, _UNKNOWN)
        return letter

    async def _require_phone(self, letter: StoredLetter) -> ActivePhone:
        phone = await self.phones.find_active(letter.entitlement)
        if phone is None:
            raise RefusedError(
                Reason.NOT_ALLOWED,
                "清册上没有您的手机号，发不了验证码。请带身份证到社区登记手机号。 "
                "The roll has no phone of yours, so no code can be sent: register one at the community office with your identity card.",
            )
        phone_rules.require_confirmed(phone.known)
        phone_rules.require_mobile(phone.number)
        return phone

    async def _polls(self, uuid: str) -> Polls:
        await self.elections.hold(uuid)
        return await self.elections.polls(uuid)

    def _unseal(self, uuid: str, letter: StoredLetter) -> bytes:
        try:
            return unseal([self.key], part_context(uuid, letter.number), letter.platform_part)
        except CryptoError:
            raise ContradictionError(
                f"the platform's part of credential {letter.credential} cannot be opened"
            ) from None


def require_giving(polls: Polls, now: datetime) -> None:
    """Raise unless an election gives parts and takes agreements now: from sealing until voting closes.

    Raises:
        RefusedError: it does not; the sentence is for owners.
    """
    if polls.state is State.DRAFT:
        raise RefusedError(Reason.NOT_FOUND, "没有这次表决。请对照信上的网址。")
    if not polls.two_parts:
        raise RefusedError(
            Reason.NOT_SUPPORTED,
            "这次表决不用验证码，信上的投票码就够了。 This vote needs no code: the voting code of the letter is enough.",
        )
    if polls.state not in BEFORE_CLOSING or polls.ended or now >= polls.closes_at:
        raise RefusedError(Reason.POLLS_CLOSED, f"投票已于{write_moment(polls.closes_at)}结束，不再发验证码，很抱歉。")


def require_over(polls: Polls) -> None:
    """Raise unless an election's keys may sign a petition now: once it is certified.

    Raises:
        RefusedError: they may not; the sentence is for owners.
    """
    if polls.state is not State.CERTIFIED or not polls.two_parts:
        raise RefusedError(
            Reason.WRONG_STATE,
            "这封信现在不能用来签联名。请用最近一次已有结果的投票的信，或者到社区窗口用纸签。 "
            "This letter cannot sign a petition now: use that of the last finished vote, or sign on paper at the community office.",
        )
