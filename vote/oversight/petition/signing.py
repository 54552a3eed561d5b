"""Take an owner's signature under a petition: by the owner's key, or on paper entered by two people.

* By key: the whole voting key of the petition's election signs the digest of the text; letter and second factor were
  needed to have it. The same owner signing again changes nothing.
* On paper: the first person enters home, serial and a photo, the second the same home and serial again; only then it
  counts. A signature is taken back at the desk by two people too.
* Until it is served whoever signed takes the signature back, and whoever began it ends it.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from crypto.errors import CryptoError
from crypto.petition import END, SIGN, TAKE_BACK, PetitionWord, decode_signed_word, decode_word, verify_word
from vote.account.events import EventKind
from vote.clock import CHINA
from vote.credential.letter_store import LetterStore
from vote.credential.store import CredentialStore
from vote.db import database_now, transaction
from vote.election.rules import State
from vote.election.store import ElectionStore, StoredElection
from vote.errors import Reason, RefusedError
from vote.law.measure import Measure
from vote.oversight.petition import rules
from vote.oversight.petition.rules import LineState, refusal
from vote.oversight.petition.sealing import seal_bytes
from vote.oversight.petition.service import Asked, PetitionService
from vote.oversight.petition.store import StoredPetition
from vote.role import Actor
from vote.roll.store import RollStore, StoredEntitlement

MAX_SERIAL = 20
MAX_PHOTO = 4 << 20


@dataclass(frozen=True, slots=True)
class Paper:
    """A signature on paper, as one person at the desk enters it."""

    entitlement: int
    """The owner's number in the roll, found by the home."""
    serial: str
    photo: bytes | None = None
    """JPEG or PNG; the first person's only."""


@dataclass(frozen=True, slots=True)
class SigningService:
    """Signatures under petitions."""

    petitions: PetitionService
    elections: ElectionStore
    credentials: CredentialStore
    letters: LetterStore
    rolls: RollStore

    async def election(self, estate: str) -> StoredElection | None:
        """Return the election whose keys sign the petitions that begin now: the latest certified one with keys of two parts."""
        found = await self.elections.of_estate(estate)
        return next((each for each in found if each.state is State.CERTIFIED and each.draft.credential_parts > 1), None)

    async def election_of(self, stored: StoredPetition) -> StoredElection | None:
        """Return the election whose keys sign a petition; None where it is signed on paper alone."""
        return await self.elections.get(stored.election) if stored.election else None

    async def roll(self, estate: str) -> int | None:
        """Return the roll of petitions that begin now: that election's, or the last one frozen."""
        election = await self.election(estate)
        return election.draft.roll if election else await self.petitions.store.latest_roll(estate)

    async def homes(self, roll: int) -> Mapping[int, tuple[str, ...]]:
        """Return the homes of each owner by number, to find who stands at the desk."""
        return {each.number: each.homes for each in await self.rolls.entitlements(roll)}

    async def begin(self, estate: str, asked: Asked, signed: bytes) -> None:
        """Begin a petition with its first signature; the same again changes nothing.

        Raises:
            RefusedError: it is not whole, or the signature is not that of an owner of this estate under this text.
        """
        election = await self.election(estate)
        if election is None:
            raise refusal(
                Reason.WRONG_STATE,
                "There is no finished election here whose letters could sign: begin the petition at the desk, on paper.",
                zh="这个小区还没有可以用来签名的投票信，请到社区窗口用纸发起。",
            )
        petition = rules.Petition(asked.uuid, estate, asked.kind, asked.text, asked.member)
        word = _read(petition, election, signed)
        if word.act != SIGN:
            raise refusal(Reason.MALFORMED, "A petition begins with a signature.", zh="发起联名要先签名。")
        async with transaction():
            owner = await self._owner(election.uuid, word)
            if await self.petitions.store.exists(asked.uuid):
                stored = await self.petitions.store.get(estate, asked.uuid, lock=True)
                _read(stored.asked, election, signed)
                await self._sign(stored, owner, signed)
                return
            stored = await self.petitions.open(estate, asked, election.draft.roll, election.uuid, owner.number)
            await self._sign(stored, owner, signed)

    async def say(self, estate: str, uuid: str, signed: bytes) -> None:
        """Sign a petition with an owner's key, take the signature back, or end the petition.

        Raises:
            RefusedError: the word is not that of an owner under this text, or it is too late.
        """
        async with transaction():
            stored = await self.petitions.store.get(estate, uuid, lock=True)
            await self._require_collecting(stored)
            if stored.election is None:
                raise refusal(
                    Reason.WRONG_STATE,
                    "This petition is signed on paper, at the desk.",
                    zh="这份联名在社区窗口用纸签。",
                )
            election = await self.elections.get(stored.election)
            word = _read(stored.asked, election, signed)
            owner = await self._owner(stored.election, word)
            if word.act == END:
                await self.petitions.end(stored, self.petitions.mark(uuid, owner.number))
            elif word.act == TAKE_BACK:
                await self._take_back(stored, owner)
            else:
                await self._sign(stored, owner, signed)

    async def begin_on_paper(self, estate: str, asked: Asked, paper: Paper, by: Actor) -> None:
        """Begin a petition at the desk, with its first paper; a second person enters that again.

        Raises:
            RefusedError: as `begin` and `enter`, or the estate has no frozen roll.
        """
        person = _person(by)
        async with transaction():
            roll = await self.roll(estate)
            if roll is None:
                raise refusal(
                    Reason.WRONG_STATE, "There is no frozen roll here yet.", zh="这个小区还没有定稿的业主清册。"
                )
            election = await self.election(estate)
            owner = await self._by_number(roll, paper.entitlement)
            stored = await self.petitions.open(estate, asked, roll, election.uuid if election else None, owner.number)
            await self._first(stored, owner, paper, person)
            await self.petitions.events.record(by, EventKind.PETITION_PAPER, estate=estate)

    async def enter(self, estate: str, uuid: str, paper: Paper, by: Actor) -> LineState:
        """Enter a paper as the first person, or again as the second; return how it stands.

        Raises:
            RefusedError: the petition takes none, the same person entered it, home and serial do not go together, the
                owner has signed already, or the first entry has no photo.
        """
        person = _person(by)
        async with transaction():
            stored = await self.petitions.store.get(estate, uuid, lock=True)
            await self._require_collecting(stored)
            owner = await self._by_number(stored.roll, paper.entitlement)
            line = await self.petitions.store.by_serial(stored.id, _serial(paper.serial))
            if line is None:
                await self._first(stored, owner, paper, person)
                state = LineState.WAITING
            else:
                if line.state is not LineState.WAITING:
                    raise refusal(
                        Reason.CONFLICT, "This paper is entered already.", zh="这张纸已经录过了，请核对编号。"
                    )
                if line.entered_by == person:
                    raise refusal(Reason.NOT_ALLOWED, "Another person enters it again.", zh="第二遍要换一个人录。")
                if line.mark != self.petitions.mark(uuid, owner.number):
                    raise refusal(
                        Reason.CONFLICT,
                        "The first person entered another home for this paper: compare it together.",
                        zh="和第一遍录的房号不一样，请两个人对着纸再看一遍。",
                    )
                await self.petitions.store.change_line(line.id, {"state": LineState.COUNTED, "agreed_by": person})
                await self.petitions.count(stored, Measure(1, owner.area_dm2))
                state = LineState.COUNTED
            await self.petitions.events.record(by, EventKind.PETITION_PAPER, estate=estate)
        return state

    async def take_back_at_desk(self, estate: str, uuid: str, entitlement: int, by: Actor) -> bool:
        """Take an owner's signature back at the desk; return whether it is done, or waits for a second person.

        Raises:
            RefusedError: the petition was served or is over, this owner has not signed, or the same person asked.
        """
        person = _person(by)
        async with transaction():
            stored = await self.petitions.store.get(estate, uuid, lock=True)
            await self._require_collecting(stored)
            owner = await self._by_number(stored.roll, entitlement)
            line = await self.petitions.store.live(stored.id, self.petitions.mark(uuid, owner.number))
            if line is None:
                raise _not_signed()
            if line.back_by == person:
                raise refusal(
                    Reason.NOT_ALLOWED, "Another person confirms it.", zh="撤回要两个人办，请换一个人再办一遍。"
                )
            if line.back_by is None:
                await self.petitions.store.change_line(line.id, {"back_by": person})
            else:
                await self._take_back(stored, owner)
            await self.petitions.events.record(by, EventKind.PETITION_PAPER, estate=estate)
        return line.back_by is not None

    async def end_at_desk(self, estate: str, uuid: str, entitlement: int, by: Actor) -> None:
        """End a petition for whoever began it and stands at the desk.

        Raises:
            RefusedError: it was served or is over, or this owner did not begin it.
        """
        _person(by)
        async with transaction():
            stored = await self.petitions.store.get(estate, uuid, lock=True)
            await self._require_collecting(stored)
            owner = await self._by_number(stored.roll, entitlement)
            await self.petitions.end(stored, self.petitions.mark(uuid, owner.number))
            await self.petitions.events.record(by, EventKind.PETITION_ENDED, estate=estate)

    async def _first(self, stored: StoredPetition, owner: StoredEntitlement, paper: Paper, person: str) -> None:
        if await self.petitions.store.live(stored.id, self.petitions.mark(stored.asked.uuid, owner.number)):
            raise refusal(Reason.CONFLICT, "This owner has signed already.", zh="这一户已经签过了，一户只算一次。")
        photo = require_photo(paper.photo)
        await self.petitions.add_line(
            stored,
            owner,
            serial=_serial(paper.serial),
            photo=seal_bytes(stored.recipient, photo),
            photo_sha256=hashlib.sha256(photo).hexdigest(),
            entered_by=person,
        )

    async def _sign(self, stored: StoredPetition, owner: StoredEntitlement, signed: bytes) -> None:
        line = await self.petitions.store.live(stored.id, self.petitions.mark(stored.asked.uuid, owner.number))
        if line is None:
            await self.petitions.add_line(stored, owner, word=signed.decode())
        elif line.state is LineState.WAITING:
            raise refusal(
                Reason.CONFLICT,
                "A paper of yours is being entered at the desk: it counts once it is entered twice.",
                zh="您的纸质签名正在窗口录入，录完就算，不用再签。",
            )

    async def _take_back(self, stored: StoredPetition, owner: StoredEntitlement) -> None:
        line = await self.petitions.store.live(stored.id, self.petitions.mark(stored.asked.uuid, owner.number))
        if line is None:
            raise _not_signed()
        await self.petitions.store.change_line(line.id, {"state": LineState.TAKEN_BACK})
        if line.state is LineState.COUNTED:
            await self.petitions.count(stored, Measure(-1, -owner.area_dm2))

    async def _require_collecting(self, stored: StoredPetition) -> None:
        today = (await database_now()).astimezone(CHINA).date()
        rules.require_collecting(stored.state, today, stored.expires_on)

    async def _owner(self, election: str, word: PetitionWord) -> StoredEntitlement:
        """Return whose key signed, if the letter in force of the owner was opened with a code."""
        credential = await self.credentials.find(election, word.credential)
        letter = await self.letters.of_credential(credential.id) if credential else None
        if letter is None or not await self.letters.is_opened(letter.id):
            raise refusal(
                Reason.NOT_ELIGIBLE,
                "This key is not that of a letter in force here: use the letter of the last vote, with a code.",
                zh="这把钥匙不是现在有效的信。请用上次投票的信，再输一次验证码。",
            )
        return await self.rolls.entitlement(letter.entitlement)

    async def _by_number(self, roll: int, number: int) -> StoredEntitlement:
        found = next((each for each in await self.rolls.entitlements(roll) if each.number == number), None)
        if found is None:
            raise refusal(Reason.NOT_FOUND, "There is no such home on the roll.", zh="清册上没有这一户。")
        return found


def require_photo(photo: bytes | None) -> bytes:
    """Return a photo of a paper.

    Raises:
        RefusedError: there is none, it is too large, or no JPEG or PNG.
    """
    if not photo or len(photo) > MAX_PHOTO or not photo.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        raise refusal(
            Reason.MALFORMED,
            f"The first entry needs a photo of the paper, JPEG or PNG, of at most {MAX_PHOTO >> 20} MB.",
            zh=f"第一遍录入要附纸的照片（JPG或PNG，不超过{MAX_PHOTO >> 20}兆）。",
        )
    return photo


def _read(petition: rules.Petition, election: StoredElection, signed: bytes) -> PetitionWord:
    try:
        found = decode_signed_word(signed)
        word = decode_word(found.body)
        verify_word(found.body, found.proof)
    except CryptoError as error:
        raise refusal(Reason.MALFORMED, f"{error}.", zh="签名读不懂，请刷新这一页重新签。") from None
    expected = (election.uuid, election.sealed().fingerprint, petition.uuid, rules.petition_digest(petition))
    if (word.election, word.fingerprint, word.petition, word.text_sha256) != expected:
        raise refusal(
            Reason.MALFORMED,
            "This was signed under another petition or text: open the petition again and sign that.",
            zh="签的不是这份联名的内容，请刷新这一页，看过再签。",
        )
    return word


def _serial(typed: str) -> str:
    serial = typed.strip().upper()
    if not serial or len(serial) > MAX_SERIAL or not serial.isascii() or not serial.isprintable():
        raise refusal(
            Reason.MALFORMED,
            f"A paper has a serial of at most {MAX_SERIAL} letters and digits.",
            zh=f"请填纸上的编号，最多{MAX_SERIAL}个字母或数字。",
        )
    return serial


def _person(actor: Actor) -> str:
    """Return who somebody is, so that two entries are of two people."""
    if actor.account is None:
        raise refusal(
            Reason.NOT_ALLOWED, "Sign in with your own account.", zh="录入要看得出是谁做的，请用自己的账号登录。"
        )
    return f"account:{actor.account}"


def _not_signed() -> RefusedError:
    return refusal(Reason.NOT_FOUND, "This owner has not signed.", zh="这一户没有签名，或者已经撤回了。")
