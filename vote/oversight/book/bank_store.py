"""Queries about banks' statements."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from vote.oversight.book.accounts import Account
from vote.oversight.book.models import BankLine, BankStatement, BookLine, BookPosting

_NEAR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class NewMovement:
    """A movement to be kept."""

    row: int
    on: date
    fen: int
    digest: str
    occurrence: int
    """The n-th of those alike, from 1."""
    sealed: bytes


@dataclass(frozen=True, slots=True)
class StoredMovement:
    """A movement that waits to be entered."""

    id: int
    statement: int
    account: Account
    row: int
    on: date
    fen: int
    digest: str
    occurrence: int
    sealed: bytes


class BankStore:
    """Banks' statements in the database."""

    async def add(
        self, estate: str, account: Account, movements: Sequence[NewMovement], now: datetime, *, by: int | None
    ) -> int:
        """Keep what is new of a statement; return how many movements that were set aside wait again."""
        statement = await BankStatement.create(
            estate_id=estate, account=account, lines=len(movements), imported_at=now, imported_by_id=by
        )
        known = await self._known(estate, {each.digest for each in movements})
        new, revived = [], 0
        for each in movements:
            row = known.get((each.digest, each.occurrence))
            if row is None:
                new.append(each)
            elif row.sealed is None and row.posting_id is None:  # type: ignore[attr-defined]
                await BankLine.filter(id=row.id).update(sealed=each.sealed, settled_at=None)
                revived += 1
        await BankLine.bulk_create(
            [
                BankLine(
                    statement_id=statement.id,
                    estate_id=estate,
                    digest=each.digest,
                    occurrence=each.occurrence,
                    row=each.row,
                    day=each.on,
                    fen=each.fen,
                    sealed=each.sealed,
                )
                for each in new
            ]
        )
        return revived

    async def known(self, estate: str, digests: Collection[str]) -> set[tuple[str, int]]:
        """Return which movements were taken over before, those set aside left out."""
        found = await self._known(estate, digests)
        return {key for key, row in found.items() if row.sealed is not None or row.posting_id is not None}  # type: ignore[attr-defined]

    async def waiting(self, estate: str, *, most: int | None = None) -> list[StoredMovement]:
        """Return the movements that wait, the earliest first."""
        rows = BankLine.filter(estate_id=estate, settled_at__isnull=True).order_by("day", "id")
        return [
            _movement(row) for row in await (rows if most is None else rows.limit(most)).select_related("statement")
        ]

    async def count(self, estate: str) -> int:
        """Return how many movements wait."""
        return await BankLine.filter(estate_id=estate, settled_at__isnull=True).count()

    async def alike(self, estate: str, movements: Sequence[StoredMovement]) -> dict[int, list[int]]:
        """Return, by movements' ids, the numbers of postings that may be the same, the nearest day first.

        They stand for themselves and belong to no movement yet.
        """
        if not movements:
            return {}
        rows = await BookLine.filter(
            posting__estate_id=estate,
            fen__in=list({each.fen for each in movements}),
            account__in=[str(each) for each in {each.account for each in movements}],
            posting__bank_line__id__isnull=True,
            posting__reversed_by__id__isnull=True,
            posting__reverses_id__isnull=True,
        ).values_list("posting__number", "posting__day", "account", "fen")
        return {
            each.id: [
                number
                for _, number in sorted(
                    (abs(day - each.on), number)
                    for number, day, account, fen in rows
                    if (account, fen) == (each.account, each.fen) and abs(day - each.on) <= _NEAR
                )
            ]
            for each in movements
        }

    async def settle(self, estate: str, numbers: Mapping[int, int | None], now: datetime) -> None:
        """Let movements, by their ids, be entered by the postings of these numbers, or be set aside; their words go."""
        wanted = [number for number in numbers.values() if number is not None]
        ids = dict(await BookPosting.filter(estate_id=estate, number__in=wanted).values_list("number", "id"))
        for movement, number in numbers.items():
            await BankLine.filter(id=movement, estate_id=estate).update(
                sealed=None, settled_at=now, posting_id=None if number is None else ids[number]
            )

    async def _known(self, estate: str, digests: Collection[str]) -> dict[tuple[str, int], BankLine]:
        rows = await BankLine.filter(estate_id=estate, digest__in=list(digests))
        return {(row.digest, row.occurrence): row for row in rows}


def _movement(row: BankLine) -> StoredMovement:
    assert row.sealed is not None
    return StoredMovement(
        row.id,
        row.statement_id,  # type: ignore[attr-defined]
        Account(row.statement.account),
        row.row,
        row.day,
        row.fen,
        row.digest,
        row.occurrence,
        bytes(row.sealed),
    )
