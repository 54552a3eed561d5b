"""Take over what a bank's statement says: each movement once, and into the books only when somebody said what it was for.

* A file is read in a process of its own; nothing of it is taken over unless all of it can be read.
* A movement is known again by a keyed digest of account, day, amount, other side and note, and by which of several
  alike it is. So files that overlap do no harm.
* What the bank wrote of people is sealed while the movement waits, and goes once it is entered or set aside.

Not here: what the columns mean (`bank.py`), whether a posting may stand (`rules.py`).
"""

import asyncio
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from crypto.envelope import keyed_digest, seal, unseal
from crypto.randomness import Randomness
from vote.account.events import EventKind, EventService
from vote.db import database_now, transaction
from vote.errors import Reason, RefusedError
from vote.estate.store import EstateStore
from vote.oversight.book.accounts import Account
from vote.oversight.book.bank import BankLine, Column, read_statement
from vote.oversight.book.bank_store import BankStore, NewMovement, StoredMovement
from vote.oversight.book.entering import fits_movement, lines_of, public_words, suggest_item
from vote.oversight.book.rules import Voucher, Words
from vote.oversight.book.service import BookService, NewPosting
from vote.role import Actor
from vote.roll.apart import open_apart
from vote.roll.refusal import SheetRefusedError

ACCOUNTS = (Account.BANK, Account.FUND_BANK)
"""Of which there are statements."""
MAX_BYTES = 8 << 20
MAX_MOVEMENTS = 5000


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file."""

    new: int
    known: int
    """Taken over before."""


@dataclass(frozen=True, slots=True)
class Movement:
    """A movement that waits, with what is offered for the books."""

    id: int
    account: Account
    row: int
    on: date
    fen: int
    payee: str
    """As the bank wrote it."""
    note: str
    offered: Words
    item: str
    """What the words point to; empty if nothing."""
    entered: int | None
    """A posting that may be the same."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """What a movement was."""

    movement: int
    item: str
    voucher: Voucher
    words: Words
    decision: str = ""


@dataclass(frozen=True, slots=True)
class ImportService:
    """Banks' statements of estates."""

    store: BankStore
    books: BookService
    estates: EstateStore
    events: EventService
    rng: Randomness
    key: bytes = field(repr=False)
    """Seals what banks wrote, and makes the digests."""

    async def take(
        self, estate: str, account: Account, data: bytes, by: Actor, mapping: Mapping[Column, str] | None = None
    ) -> Taken:
        """Take over the movements of a file that are new.

        Raises:
            SheetRefusedError: the file cannot be read as a bank's statement.
            RefusedError: there is no such estate, there are no statements of this account, or it is too large.
        """
        await self.estates.get_estate(estate)
        if account not in ACCOUNTS:
            raise RefusedError(Reason.MALFORMED, "Choose whose account it is.", zh="请选是哪个账户的流水。")
        lines = await asyncio.to_thread(_read, data, mapping)
        movements = self._movements(estate, account, lines)
        async with transaction():
            await self.books.store.hold(estate)
            now = await database_now()
            known = await self.store.known(estate, {each.digest for each in movements})
            new = sum((each.digest, each.occurrence) not in known for each in movements)
            if new:
                await self.store.add(estate, account, movements, now, by=by.account)
                await self.events.record(by, EventKind.BOOK_IMPORTED, estate=estate, count=new)
        return Taken(new, len(movements) - new)

    async def waiting(self, estate: str, most: int | None = None) -> list[Movement]:
        """Return the movements that wait to be entered, the earliest first."""
        found = await self.store.waiting(estate, most=most)
        alike = await self.store.alike(estate, found)
        taken: set[int] = set()
        movements = []
        for each in found:
            entered = next((number for number in alike[each.id] if number not in taken), None)
            if entered is not None:
                taken.add(entered)
            movements.append(self._movement(estate, each, entered))
        return movements

    async def count(self, estate: str) -> int:
        """Return how many movements wait."""
        return await self.store.count(estate)

    async def settle(
        self,
        estate: str,
        assignments: Sequence[Assignment],
        by: Actor,
        *,
        same: Mapping[int, int] | None = None,
        aside: Sequence[int] = (),
    ) -> list[int]:
        """Enter movements in the books, all or none; return the numbers of their postings.

        Args:
            estate: whose books.
            assignments: what movements were.
            by: who says so.
            same: movements that were entered by hand already, with the number of their posting.
            aside: movements that are not entered.

        Raises:
            RefusedError: a movement does not wait, what it was does not fit its amount, or a posting may not stand.
        """
        same = same or {}
        async with transaction():
            await self.books.store.hold(estate)
            waiting = {each.id: each for each in await self.store.waiting(estate)}
            wanted = [*(each.movement for each in assignments), *same, *aside]
            if len(set(wanted)) != len(wanted) or not set(wanted) <= waiting.keys():
                raise RefusedError(
                    Reason.CONFLICT,
                    "Somebody dealt with one of these movements already: look at the list again.",
                    zh="其中有一笔已经有人处理了，请刷新后再看。",
                )
            await self._require_same(estate, [waiting[each] for each in same], same)
            numbers = []
            if assignments:
                new = [_posting(waiting[each.movement], each) for each in assignments]
                numbers = await self.books.enter_all(estate, new, by)
            settled: dict[int, int | None] = dict.fromkeys(aside)
            settled |= same
            settled |= {each.movement: number for each, number in zip(assignments, numbers, strict=True)}
            await self.store.settle(estate, settled, await database_now())
        return numbers

    async def _require_same(self, estate: str, movements: Sequence[StoredMovement], same: Mapping[int, int]) -> None:
        alike = await self.store.alike(estate, movements)
        if len(set(same.values())) != len(same) or any(same[each.id] not in alike[each.id] for each in movements):
            raise RefusedError(
                Reason.CONFLICT,
                "This posting is not the same as the movement any more: look at the list again.",
                zh="对不上原来那一笔了，请刷新后再看。",
            )

    def _movements(self, estate: str, account: Account, lines: Sequence[BankLine]) -> list[NewMovement]:
        seen: Counter[str] = Counter()
        found = []
        for line in lines:
            said = json.dumps([line.payee, line.note], ensure_ascii=False)
            key = json.dumps([estate, account, line.on.isoformat(), line.fen, said])
            digest = keyed_digest(self.key, "bank-line", key).hex()
            seen[digest] += 1
            context = _context(estate, digest, seen[digest])
            sealed = seal(self.key, context, said.encode(), self.rng)
            found.append(NewMovement(line.row, line.on, line.fen, digest, seen[digest], sealed))
        return found

    def _movement(self, estate: str, stored: StoredMovement, entered: int | None) -> Movement:
        context = _context(estate, stored.digest, stored.occurrence)
        payee, note = json.loads(unseal([self.key], context, stored.sealed))
        shown, offered = public_words(payee, note)
        return Movement(
            stored.id,
            stored.account,
            stored.row,
            stored.on,
            stored.fen,
            payee,
            note,
            Words(shown, "", offered),
            suggest_item(stored.fen, stored.account, f"{payee} {note}"),
            entered,
        )


def _read(data: bytes, mapping: Mapping[Column, str] | None) -> tuple[BankLine, ...]:
    if len(data) > MAX_BYTES:
        raise SheetRefusedError(
            f"the file has more than {MAX_BYTES >> 20} MB: export fewer months",
            f"文件超过{MAX_BYTES >> 20}兆，请少导出几个月",
            Reason.TOO_LARGE,
        )
    try:
        sheets = open_apart(data)
    except SheetRefusedError:
        raise SheetRefusedError(
            "the file is no table that can be read: export it from the bank again as xlsx or csv",
            "这个文件读不出表格，请从银行重新导出xlsx或csv",
        ) from None
    lines = read_statement(sheets, mapping)
    if len(lines) > MAX_MOVEMENTS:
        raise SheetRefusedError(
            f"the file has more than {MAX_MOVEMENTS} movements: export fewer months",
            f"文件里超过{MAX_MOVEMENTS}笔，请少导出几个月",
            Reason.TOO_LARGE,
        )
    return lines


def _posting(movement: StoredMovement, assigned: Assignment) -> NewPosting:
    if not fits_movement(assigned.item, movement.fen, movement.account):
        raise RefusedError(
            Reason.MALFORMED,
            "What it was for does not fit: money came where you say it went, or of the other account.",
            zh="项目对不上：收入要选收入的项目，支出要选支出的项目，账户也要一致。",
        )
    lines = lines_of(assigned.item, abs(movement.fen))
    return NewPosting(movement.on, lines, assigned.voucher, assigned.words, assigned.decision)


def _context(estate: str, digest: str, occurrence: int) -> str:
    return f"bank-line/{estate}/{digest}/{occurrence}"
