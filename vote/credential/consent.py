"""Keep owners' agreements to vote electronically as evidence.

* An agreement is signed with the whole voting key, which nobody has but who has letter and phone.
* It belongs to the letter under which it was signed, once the platform's part was given for that letter: after a sale the
  former owner's key alone agrees to nothing.
* The first one under a letter stays; the same owner's second one changes nothing.

Not here: the text (`agreement_text`), the signature (`crypto.agreement`).
"""

from dataclasses import dataclass

from crypto.agreement import Agreement, decode_agreement, decode_signed_agreement, verify_agreement
from crypto.errors import CryptoError
from vote.credential.agreement_text import TEXT_SHA256
from vote.credential.letter_store import LetterStore
from vote.credential.second_factor import require_giving
from vote.credential.store import CredentialStore
from vote.db import database_now, transaction
from vote.election.store import ElectionStore, Polls
from vote.errors import Reason, RefusedError


@dataclass(frozen=True, slots=True)
class ConsentService:
    """Agreements to vote electronically."""

    credentials: CredentialStore
    letters: LetterStore
    elections: ElectionStore

    async def agree(self, uuid: str, data: bytes) -> bool:
        """Keep a signed agreement; return whether it is the first under its letter.

        Raises:
            RefusedError: it is none, it is of another election, text or owner, or agreements are not taken now.
        """
        await self.elections.hold(uuid)
        polls = await self.elections.polls(uuid)
        require_giving(polls, await database_now())
        agreement = _read(polls, data)
        async with transaction():
            await self.elections.hold(uuid)
            now = await database_now()
            require_giving(await self.elections.polls(uuid), now)
            credential = await self.credentials.find(uuid, agreement.credential)
            letter = await self.letters.of_credential(credential.id) if credential else None
            if letter is None:
                raise RefusedError(Reason.NOT_ELIGIBLE, "这把投票钥匙不是这次表决的。请用这次表决的信。")
            if not await self.letters.is_opened(letter.id):
                raise RefusedError(Reason.NOT_ALLOWED, "还没有用这封信的编号和验证码打开过。请点【获取验证码】。")
            return await self.letters.add_agreement(letter.id, data, now)

    async def all(self, uuid: str) -> list[bytes]:
        """Return every agreement of an election, as signed; evidence for whoever settles a dispute."""
        await self.elections.get(uuid)
        return list(await self.letters.agreements(uuid))


def _read(polls: Polls, data: bytes) -> Agreement:
    try:
        signed = decode_signed_agreement(data)
        agreement = decode_agreement(signed.body)
        verify_agreement(signed.body, signed.proof)
    except CryptoError as error:
        raise RefusedError(Reason.MALFORMED, f"{error}.", zh="同意书读不懂，请刷新这一页重新签。") from None
    if (agreement.election, agreement.fingerprint) != (polls.uuid, polls.fingerprint):
        raise RefusedError(
            Reason.MALFORMED,
            "This agreement is of another election: sign one of this election.",
            zh="这份同意书是另一次投票的，请签这次投票的。",
        )
    if agreement.text_sha256 != TEXT_SHA256:
        raise RefusedError(
            Reason.MALFORMED,
            "This agreement is of another text: fetch agreement-text and sign that.",
            zh="同意书的内容不一样，请刷新这一页，看过再签。",
        )
    return agreement
