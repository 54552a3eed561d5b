"""Makes up the notice of common income, or of the fund, for a time: what a page, a sheet and paper show alike.

 * A time is a calendar month, quarter or year: `2026-07`, `2026Q3`, `2026`.
 * Lines stand in the order of a notice (公共收益公示表): balance before, income by kind, spending by kind and decision,
   balance after.
 * A time that is not over yet says until which day its figures are.

Follows JX 30 and the usual form of such notices (rulebook §6). All amounts are in fen.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from vote.law.calendar import Span, spans_of
from vote.law.citation import Text
from vote.law.measure import Period
from vote.oversight.book.accounts import LABELS, Account, Pool, Side
from vote.oversight.book.rules import Posting
from vote.oversight.book.statement import Statement, statement

_TIME = re.compile(r"((?:19|20)[0-9]{2})(?:Q([1-4])|-(0[1-9]|1[0-2]))?", re.ASCII)
_QUARTERS_ZH = "一二三四"
_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

TITLES: Final[Mapping[Pool, Text]] = {
    Pool.COMMON: Text("公共收益公示表", "Notice of common income"),
    Pool.FUND: Text("维修资金公示表", "Notice of the maintenance fund"),
}
BEFORE, AFTER = Text("期初结余", "Balance before"), Text("期末结余", "Balance after")
RECEIVED, SPENT = Text("收入合计", "All income"), Text("支出合计", "All spending")


@dataclass(frozen=True, slots=True)
class Time:
    """A month, quarter or year."""

    key: str
    name: Text
    short: Text
    """Its name where the year is said already."""
    span: Span


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a notice."""

    name: Text
    fen: int
    decision: str = ""
    """The record that it rests on."""
    total: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice."""

    pool: Pool
    time: Time
    statement: Statement
    rows: tuple[Row, ...]
    postings: tuple[Posting, ...]
    """Those of this time, by number."""
    vouchers: int
    """How many different ones they rest on."""
    until: date | None
    """The day of the figures, where the time is not over yet."""

    @property
    def title(self) -> Text:
        """What it is called."""
        return TITLES[self.pool]


def read_time(key: str) -> Time | None:
    """Return the time that a key names; None if it names none."""
    found = _TIME.fullmatch(key)
    if found is None:
        return None
    year = int(found[1])
    if found[2]:
        quarter = int(found[2])
        short = Text(f"第{_QUARTERS_ZH[quarter - 1]}季度", f"quarter {quarter}")
        name = Text(f"{year}年{short.zh}", f"{short.en} of {year}")
        return Time(key, name, short, spans_of(year, Period(3, "M"))[quarter - 1])
    if found[3]:
        month = int(found[3])
        short = Text(f"{month}月", _MONTHS_EN[month - 1])
        name = Text(f"{year}年{short.zh}", f"{short.en} {year}")
        return Time(key, name, short, spans_of(year, Period(1, "M"))[month - 1])
    return Time(key, Text(f"{year}年", f"{year}"), Text("全年", "whole year"), spans_of(year, Period(1, "Y"))[0])


def times_of(year: int) -> tuple[Time, ...]:
    """Return a year, its quarters and its months."""
    keys = [
        f"{year}",
        *(f"{year}Q{number}" for number in range(1, 5)),
        *(f"{year}-{month:02}" for month in range(1, 13)),
    ]
    return tuple(time for key in keys if (time := read_time(key)) is not None)


def make_notice(postings: Sequence[Posting], pool: Pool, time: Time, today: date) -> Notice:
    """Return the notice of a pool for a time."""
    found = statement(postings, pool, time.span)
    inside = [each for each in postings if each.pool is pool and time.span.first <= each.on <= time.span.last]
    rows = [
        Row(BEFORE, found.opening, total=True),
        *(Row(_named("收入", "Income", account), fen) for account, fen in found.income),
        Row(RECEIVED, found.received, total=True),
        *(Row(_named("支出", "Spending", each.account), each.fen, each.decision) for each in found.spending),
        Row(SPENT, found.spent, total=True),
        Row(AFTER, found.closing, total=True),
    ]
    return Notice(
        pool,
        time,
        found,
        tuple(rows),
        tuple(sorted(inside, key=lambda each: each.number)),
        len({each.voucher for each in inside}),
        today if today < time.span.last else None,
    )


def purpose_of(posting: Posting) -> Text:
    """Return what a posting was for, by its accounts that are no money; money moved within is said so."""
    named = [LABELS[line.account] for line in posting.lines if line.account.side is not Side.ASSETS]
    if not named:
        return Text("银行与现金互转", "Moved between bank and cash")
    return Text("、".join(each.zh for each in named), ", ".join(each.en for each in named))


def _named(zh: str, en: str, account: Account) -> Text:
    return Text(f"{zh}：{LABELS[account].zh}", f"{en}: {LABELS[account].en}")
