"""Adds up the books for a time: what there was, what came in by kind, what was spent by decision, what is left.

 * What there was before, plus income, less spending, is what is left: always, as every posting is balanced.
 * A reversal lessens the income or spending that it takes back, in the time in which it was entered.
 * The balance with which the books began counts as there before, whatever day it was entered.

All amounts are in fen.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from vote.law.calendar import Span
from vote.oversight.book.accounts import Account, Pool, Side
from vote.oversight.book.rules import Posting


@dataclass(frozen=True, slots=True)
class Spent:
    """What was spent for one thing under one decision."""

    account: Account
    decision: str
    """Empty where none is named."""
    fen: int


@dataclass(frozen=True, slots=True)
class Statement:
    """One pool in one time."""

    pool: Pool
    span: Span
    opening: int
    income: tuple[tuple[Account, int], ...]
    """In the accounts' order; kinds without any are left out."""
    spending: tuple[Spent, ...]
    closing: int
    postings: int
    """How many there are in this time."""

    @property
    def received(self) -> int:
        """All income."""
        return sum(fen for _, fen in self.income)

    @property
    def spent(self) -> int:
        """All spending."""
        return sum(each.fen for each in self.spending)


@dataclass(frozen=True, slots=True)
class Month:
    """What came and went in a month."""

    first: date
    received: int
    spent: int


def statement(postings: Iterable[Posting], pool: Pool, span: Span) -> Statement:
    """Return the statement of a pool for a time."""
    own = [posting for posting in postings if posting.pool is pool and posting.on <= span.last]
    inside = [posting for posting in own if posting.on >= span.first]
    before = sum(posting.total(Side.ASSETS) for posting in own if posting.on < span.first)
    begun = -sum(posting.total(Side.EQUITY) for posting in inside)
    income: dict[Account, int] = {}
    spending: dict[tuple[Account, str], int] = {}
    for posting in inside:
        for line in posting.lines:
            if line.account.side is Side.INCOME:
                income[line.account] = income.get(line.account, 0) - line.fen
            elif line.account.side is Side.EXPENSES:
                key = line.account, posting.decision
                spending[key] = spending.get(key, 0) + line.fen
    order = list(Account)
    return Statement(
        pool=pool,
        span=span,
        opening=before + begun,
        income=tuple((account, income[account]) for account in order if income.get(account)),
        spending=tuple(
            Spent(account, decision, fen)
            for (account, decision), fen in sorted(
                spending.items(), key=lambda item: (order.index(item[0][0]), item[0][1])
            )
            if fen
        ),
        closing=sum(posting.total(Side.ASSETS) for posting in own),
        postings=len(inside),
    )


def months(postings: Sequence[Posting], pool: Pool, year: int) -> tuple[Month, ...]:
    """Return the twelve months of a year."""
    received: dict[int, int] = {}
    spent: dict[int, int] = {}
    for posting in postings:
        if posting.pool is pool and posting.on.year == year:
            month = posting.on.month
            received[month] = received.get(month, 0) - posting.total(Side.INCOME)
            spent[month] = spent.get(month, 0) + posting.total(Side.EXPENSES)
    return tuple(Month(date(year, month, 1), received.get(month, 0), spent.get(month, 0)) for month in range(1, 13))


def balances(postings: Iterable[Posting]) -> Mapping[Account, int]:
    """Return what lies where, accounts of money only, in the accounts' order."""
    found: dict[Account, int] = {}
    for posting in postings:
        for line in posting.lines:
            found[line.account] = found.get(line.account, 0) + line.fen
    return {account: found[account] for account in Account if account in found and account.side is Side.ASSETS}


def yuan(fen: int) -> str:
    """Write an amount as yuan, with commas and two digits: `1,234.50`."""
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100:,}.{abs(fen) % 100:02}"
