"""Enter what came in and was spent, take back what was wrong, and read the books.

* A voucher is an attachment that everybody can see; a decision is a record of the estate. Both are looked for first.
* A posting, its number and its entry in the log are one transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crypto.commitment import commit, new_salt
from crypto.randomness import Randomness
from vote.clock import CHINA
from vote.db import database_now, transaction
from vote.errors import Reason, RefusedError
from vote.estate.store import EstatePlace, EstateStore
from vote.law.place import offered_profiles
from vote.log.rules import Kind
from vote.log.store import LogStore
from vote.oversight.book.beancount import encode_book
from vote.oversight.book.rules import (
    COMMITMENT_DOMAIN,
    Line,
    Posting,
    Voucher,
    Words,
    decided_accounts,
    posted_facts,
    require_posting,
    reversal,
    words_payload,
)
from vote.oversight.book.store import BookStore, StoredPosting
from vote.oversight.record.kinds import RecordKind
from vote.oversight.record.store import RecordStore
from vote.role import Actor


@dataclass(frozen=True, slots=True)
class NewPosting:
    """What is to be entered."""

    on: date
    lines: tuple[Line, ...]
    voucher: Voucher
    words: Words
    decision: str = ""


@dataclass(frozen=True, slots=True)
class BookService:
    """The books of estates."""

    store: BookStore
    records: RecordStore
    estates: EstateStore
    log: LogStore
    rng: Randomness

    async def enter(self, estate: str, new: NewPosting, by: Actor) -> int:
        """Enter a posting; return its number.

        Raises:
            RefusedError: there is no such estate, voucher or decision, or the posting may not stand.
        """
        place = await self.estates.get_estate(estate)
        async with transaction():
            await self._require_voucher(estate, new.voucher)
            if new.decision:
                await self._require_decision(estate, new.decision)
            number = await self.store.next_number(estate)
            posting = Posting(number, new.on, new.lines, new.voucher, new.words, new.decision)
            await self._add(place, posting, by)
        return number

    async def take_back(self, estate: str, number: int, note: str, by: Actor) -> int:
        """Enter the posting that takes another one back; return its number.

        Raises:
            RefusedError: there is no such posting, it was taken back already, or no reason is given.
        """
        place = await self.estates.get_estate(estate)
        async with transaction():
            postings = [each.posting for each in await self.store.postings(estate)]
            wrong = next((each for each in postings if each.number == number), None)
            if wrong is None:
                raise RefusedError(Reason.NOT_FOUND, "There is no such posting.", zh="没有这一笔账。")
            today = (await database_now()).astimezone(CHINA).date()
            back = reversal(wrong, postings, number=len(postings) + 1, on=today, note=note)
            await self._add(place, back, by)
        return back.number

    async def postings(self, estate: str) -> Sequence[StoredPosting]:
        """Return all postings of an estate by number."""
        return await self.store.postings(estate)

    async def beancount(self, estate: str) -> bytes:
        """Return an estate's books for Beancount.

        Raises:
            RefusedError: there is no such estate.
        """
        place = await self.estates.get_estate(estate)
        today = (await database_now()).astimezone(CHINA).date()
        return encode_book(place.name, [each.posting for each in await self.store.postings(estate)], today=today)

    async def _add(self, place: EstatePlace, posting: Posting, by: Actor) -> None:
        assert posting.words is not None
        now = await database_now()
        today = now.astimezone(CHINA).date()
        nearest, *_ = offered_profiles(place.county)
        require_posting(posting, decided_accounts(nearest, today), today=today)
        salt = new_salt(self.rng)
        commitment = commit(COMMITMENT_DOMAIN, salt, words_payload(posting.words))
        await self.store.add(place.id, posting, salt=salt, commitment=commitment, now=now, by=by.account)
        await self.log.append(place.id, Kind.BOOK_POSTED, posted_facts(posting, commitment), now)

    async def _require_voucher(self, estate: str, voucher: Voucher) -> None:
        stored = await self.records.get(estate, voucher.record)
        file = await self.records.file(stored.id, voucher.number)
        if file is None or file.content is None:
            raise RefusedError(
                Reason.NOT_FOUND,
                "This voucher is not there: publish the record with its scan first.",
                zh="没有这张凭证，请先公布附有凭证照片的记录。",
            )

    async def _require_decision(self, estate: str, uuid: str) -> None:
        stored = await self.records.get(estate, uuid)
        if stored.public.kind not in (RecordKind.DECISION, RecordKind.MINUTES):
            raise RefusedError(
                Reason.WRONG_STATE,
                "This record holds no decision: choose the decision or the minutes of the meeting.",
                zh="这份记录不是决定，请选业委会的决定或者会议记录。",
            )
