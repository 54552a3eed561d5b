"""Enter what came in and was spent, take back what was wrong, hide what the law says must go, and read the books.

* A voucher is an attachment that everybody can see; a decision is a record of the estate. Both are looked for first.
* Postings, their numbers and their entries in the log are one transaction, and it is written down who did it.
* Numbers have no gap: whoever enters in the same books at the same moment waits.

Not here: movements of banks' accounts (`importing.py`).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from crypto.commitment import commit, new_salt
from crypto.envelope import keyed_digest
from crypto.randomness import Randomness
from vote.account.events import EventKind, EventService
from vote.clock import CHINA
from vote.db import database_now, transaction
from vote.errors import Reason, RefusedError
from vote.estate.store import EstatePlace, EstateStore
from vote.law.place import offered_profiles
from vote.log.rules import Kind
from vote.log.store import LogStore
from vote.oversight.book.beancount import encode_book
from vote.oversight.book.publishing import encode_page
from vote.oversight.book.rules import (
    COMMITMENT_DOMAIN,
    MAX_POSTINGS,
    Line,
    Posting,
    Voucher,
    Words,
    decided_accounts,
    posted_facts,
    redacted_facts,
    require_posting,
    reversal,
    words_payload,
)
from vote.oversight.book.store import BookStore, Evidence, NewRow, StoredPosting
from vote.oversight.record.kinds import RecordKind
from vote.oversight.record.rules import Article, Office, Redaction, china_day
from vote.role import Actor
from vote.roll.store import RollStore

DECIDING = (RecordKind.DECISION, RecordKind.MINUTES)
"""Kinds of records that can hold a decision."""
PAGE = 500
"""Postings in one answer to a program."""


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
    estates: EstateStore
    rolls: RollStore
    log: LogStore
    events: EventService
    rng: Randomness
    key: bytes = field(repr=False)
    """Makes the digests of homes."""

    async def enter(self, estate: str, new: NewPosting, by: Actor, *, seen: int | None = None) -> int:
        """Enter a posting; return its number.

        Args:
            estate: whose books.
            new: the posting.
            by: who enters it.
            seen: how many postings there were when the form was opened: what is the same and came later was sent twice.

        Raises:
            RefusedError: there is no such estate, voucher or decision, or the posting may not stand.
        """
        async with transaction():
            if seen is not None:
                await self.store.hold(estate)
                for each in await self.store.postings(estate, first=seen + 1):
                    if _same(each.posting, new):
                        return each.posting.number
            (number,) = await self.enter_all(estate, [new], by)
        return number

    async def count(self, estate: str) -> int:
        """Return how many postings an estate has."""
        return await self.store.count(estate)

    async def evidence(
        self,
        estate: str,
        records: Collection[str] | None = None,
        *,
        kinds: Collection[str] | None = None,
        most: int | None = None,
    ) -> list[Evidence]:
        """Return records on which postings may rest, those of the latest day first; see `BookStore.evidence`."""
        return await self.store.evidence(estate, records, kinds=kinds, most=most)

    async def enter_all(self, estate: str, new: Sequence[NewPosting], by: Actor) -> list[int]:
        """Enter postings, all or none; return their numbers.

        Raises:
            RefusedError: there is no such estate, none or too many are given, or one of them may not stand.
        """
        place = await self.estates.get_estate(estate)
        if not 0 < len(new) <= MAX_POSTINGS:
            raise RefusedError(
                Reason.MALFORMED,
                f"1 to {MAX_POSTINGS} postings are entered at once: send them in parts.",
                zh=f"一次记1到{MAX_POSTINGS}笔，请分几次记。",
            )
        async with transaction():
            await self.store.hold(estate)
            await self._require_evidence(estate, new)
            first = await self.store.next_number(estate)
            postings = [
                Posting(number, each.on, each.lines, each.voucher, _plain(each.words), each.decision)
                for number, each in enumerate(new, first)
            ]
            await self._add(place, postings, by)
        return [each.number for each in postings]

    async def take_back(self, estate: str, number: int, note: str, by: Actor) -> int:
        """Enter the posting that takes another one back; return its number.

        Raises:
            RefusedError: there is no such posting, it was taken back already, or no reason is given.
        """
        place = await self.estates.get_estate(estate)
        async with transaction():
            await self.store.hold(estate)
            wrong = await self.posting(estate, number)
            today = china_day(await database_now())
            back = reversal(
                wrong.posting,
                taken_back=wrong.reversed_by is not None,
                number=await self.store.next_number(estate),
                on=today,
                note=note.strip(),
            )
            await self._add(place, [back], by)
        return back.number

    async def hide(self, estate: str, number: int, article: Article, office: Office, by: Actor) -> None:
        """Hide a posting's words for ever; day, amount, accounts, voucher and decision stay.

        Raises:
            RefusedError: there is no such posting, or its words are hidden already.
        """
        await self.estates.get_estate(estate)
        async with transaction():
            await self.store.hold(estate)
            stored = await self.posting(estate, number)
            if stored.redaction is not None:
                raise RefusedError(
                    Reason.CONFLICT, "The words of this posting are hidden already.", zh="这一笔的文字已经隐去了。"
                )
            now = await database_now()
            redaction = Redaction(article, office, china_day(now))
            await self.store.redact(estate, number, redaction, now, by=by.account)
            await self.log.append(estate, Kind.BOOK_REDACTED, redacted_facts(number, redaction), now)
            await self.events.record(by, EventKind.BOOK_REDACTED, estate=estate)

    async def mark(self, estate: str, voucher: Voucher, entitlement: int) -> bool:
        """Keep that an owner looked at a voucher; return whether it is the first mark of it from their home.

        Args:
            estate: whose books.
            voucher: what they looked at.
            entitlement: the owner's row in a roll; whoever has several homes counts as one.

        Raises:
            RefusedError: nothing in the books rests on such a voucher.
        """
        home = min((await self.rolls.entitlement(entitlement)).homes)
        async with transaction():
            await self.store.hold(estate)
            if not await self.store.is_used(estate, voucher):
                raise RefusedError(
                    Reason.NOT_FOUND, "Nothing in these books rests on this voucher.", zh="账本里没有用到这张凭证。"
                )
            digest = keyed_digest(self.key, "voucher-mark", f"{estate}/{home}").hex()
            return await self.store.mark(estate, voucher, digest, await database_now())

    async def marks(self, estate: str) -> dict[Voucher, int]:
        """Return how many homes looked at each voucher."""
        return await self.store.marks(estate)

    async def postings(self, estate: str) -> Sequence[StoredPosting]:
        """Return all postings of an estate by number."""
        return await self.store.postings(estate)

    async def posting(self, estate: str, number: int) -> StoredPosting:
        """Return one posting.

        Raises:
            RefusedError: there is none of this number.
        """
        found = await self.store.posting(estate, number)
        if found is None:
            raise RefusedError(Reason.NOT_FOUND, "There is no such posting.", zh="没有这一笔账。")
        return found

    async def page(self, estate: str, first: int) -> bytes:
        """Return what is public of the postings from a number on, for programs.

        Raises:
            RefusedError: there is no such estate.
        """
        await self.estates.get_estate(estate)
        postings = await self.store.postings(estate, first=first, most=PAGE)
        return encode_page(estate, await self.store.count(estate), first, postings)

    async def beancount(self, estate: str) -> bytes:
        """Return an estate's books for Beancount.

        Raises:
            RefusedError: there is no such estate.
        """
        place = await self.estates.get_estate(estate)
        today = (await database_now()).astimezone(CHINA).date()
        return encode_book(place.name, [each.posting for each in await self.store.postings(estate)], today=today)

    async def _add(self, place: EstatePlace, postings: Sequence[Posting], by: Actor) -> None:
        now = await database_now()
        today = china_day(now)
        nearest, *_ = offered_profiles(place.county)
        decided = decided_accounts(nearest, today)
        rows = []
        for each in postings:
            require_posting(each, decided, today=today)
            assert each.words is not None
            salt = new_salt(self.rng)
            rows.append(NewRow(each, salt, commit(COMMITMENT_DOMAIN, salt, words_payload(each.words))))
        await self.store.add(place.id, rows, now=now, by=by.account)
        for row in rows:
            await self.log.append(place.id, Kind.BOOK_POSTED, posted_facts(row.posting, row.commitment), now)
        await self.events.record(by, EventKind.BOOK_POSTED, estate=place.id, count=len(rows))

    async def _require_evidence(self, estate: str, new: Sequence[NewPosting]) -> None:
        wanted = {each.voucher for each in new}
        decisions = {each.decision for each in new if each.decision}
        if wanted - await self.store.vouchers(estate, {each.record for each in wanted}):
            raise RefusedError(
                Reason.NOT_FOUND,
                "This voucher is not there: publish the record with its scan first.",
                zh="没有这张凭证，请先公布附有凭证照片的记录。",
            )
        kinds = await self.store.kinds(estate, decisions)
        if decisions - kinds.keys():
            raise RefusedError(
                Reason.NOT_FOUND,
                "The decision is no record of this estate: publish it first.",
                zh="没有这个决定，请先把决定公布出来。",
            )
        if not set(kinds.values()) <= set(DECIDING):
            raise RefusedError(
                Reason.WRONG_STATE,
                "This record holds no decision: choose the decision or the minutes of the meeting.",
                zh="这份记录不是决定，请选业委会的决定或者会议记录。",
            )


def _same(posting: Posting, new: NewPosting) -> bool:
    sent = new.on, new.lines, new.voucher, _plain(new.words), new.decision, None
    return sent == (posting.on, posting.lines, posting.voucher, posting.words, posting.decision, posting.reverses)


def _plain(words: Words) -> Words:
    return replace(words, payee=words.payee.strip(), credit_code=words.credit_code.strip(), note=words.note.strip())
