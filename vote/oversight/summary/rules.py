"""Counts what a committee decided, spent and owes, today and for a month, and writes the month for owners' chat groups.

 * Everything is what everybody can see: a duty between its day and the public one counts as not overdue.
 * A month that is over stands as on its last day; the month that runs, as today. What is entered later for an earlier day
   changes that month: the books go by the day of a payment.
 * The text for a chat group has numbers only: no name, home, title or word that somebody wrote. It has at most
   `MAX_SIGNS` signs as long as counts stay below 1,000 and amounts below 100 million yuan.

All amounts are in fen. Not here: where what is counted comes from (`service`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from vote.errors import Reason, RefusedError
from vote.law.calendar import Span, spans_of
from vote.law.citation import Text
from vote.law.measure import Period
from vote.oversight.book.accounts import Pool
from vote.oversight.book.rules import Posting
from vote.oversight.book.statement import statement, yuan
from vote.oversight.duty.standing import FULFILLED, State, publicly
from vote.oversight.duty.standing import Standing as DutyStanding
from vote.oversight.inquiry.rules import Standing as InquiryStanding
from vote.oversight.inquiry.rules import standing as inquiry_standing
from vote.oversight.petition.rules import PetitionState
from vote.oversight.record.kinds import RecordKind

MAX_SIGNS = 200
_DIGITS = (4, 2)


@dataclass(frozen=True, slots=True)
class Money:
    """What came into a pool and went out of it in a time, and what is left at its end."""

    pool: Pool
    received: int
    spent: int
    left: int


@dataclass(frozen=True, slots=True)
class Owed:
    """How many duties are overdue for everybody to see, and how many wait for their day."""

    overdue: int
    waiting: int
    next_due: date | None
    """The first day to come on which one is due."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How many inquiries wait for an answer."""

    waiting: int
    """In time."""
    overdue: int

    @property
    def unanswered(self) -> int:
        """All that wait."""
        return self.waiting + self.overdue


@dataclass(frozen=True, slots=True)
class Joint:
    """How many petitions collect signatures, wait for the committee's answer, and got none in time."""

    collecting: int
    served: int
    lapsed: int


@dataclass(frozen=True, slots=True)
class AskedOn:
    """When something was asked, by when it is to be answered, and when it was."""

    raised: date
    due: date
    answered: date | None


@dataclass(frozen=True, slots=True)
class CollectedOn:
    """When a petition began, its last day for signatures, and when it was served or ended."""

    started: date
    expires: date
    over: date | None


@dataclass(frozen=True, slots=True)
class PublishedOn:
    """A record with the day on which it was published."""

    kind: RecordKind
    on: date
    corrects: bool


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """A month in numbers."""

    span: Span
    until: date
    """The day as of which it is told."""
    decisions: int
    others: int
    """Records of other kinds."""
    corrections: int
    money: tuple[Money, ...]
    overdue: int | None
    """None where duties are not kept."""
    raised: int
    answered: int
    unanswered: int
    collecting: int

    @property
    def key(self) -> str:
        """How the address names it: `2026-11`."""
        return f"{self.span.first:%Y-%m}"

    @property
    def running(self) -> bool:
        """Whether it is not over."""
        return self.until < self.span.last


def read_month(key: str, today: date) -> Span:
    """Return the month that an address names, such as `2026-11`.

    Raises:
        RefusedError: it names none, or one that has not begun.
    """
    year, _, month = key.partition("-")
    if (len(year), len(month)) == _DIGITS and f"{year}{month}".isascii() and f"{year}{month}".isdigit():
        spans = spans_of(int(year), Period(1, "M")) if int(year) else ()
        found = next((span for span in spans if f"{span.first:%m}" == month), None)
        if found is not None and found.first <= today:
            return found
    raise RefusedError(
        Reason.NOT_FOUND,
        "There is no such month, or it has not begun: name one such as 2026-11.",
        zh="没有这个月，或者这个月还没到，请从小区的页面重新点进来。",
    )


def money_of(postings: Sequence[Posting], span: Span) -> tuple[Money, ...]:
    """Return income, spending and what is left of each pool that has postings until the end of a time."""
    pools = [pool for pool in Pool if any(each.pool is pool and each.on <= span.last for each in postings)]
    found = [statement(postings, pool, span) for pool in pools]
    return tuple(Money(each.pool, each.received, each.spent, each.closing) for each in found)


def owed_of(standings: Iterable[DutyStanding], today: date) -> Owed:
    """Return what is owed as everybody sees it."""
    open_ones = [each for each in standings if each.state not in FULFILLED]
    overdue = sum(publicly(each.state) is State.OVERDUE for each in open_ones)
    days = [each.duty.due for each in open_ones if each.duty.due is not None and each.duty.due >= today]
    return Owed(overdue, len(open_ones) - overdue, min(days, default=None))


def asked_of(inquiries: Iterable[AskedOn], day: date) -> Asked:
    """Return which of the inquiries that were there on a day waited for an answer then."""
    found = [_answer_on(each, day) for each in inquiries if each.raised <= day]
    return Asked(found.count(InquiryStanding.WAITING), found.count(InquiryStanding.OVERDUE))


def joint_of(states: Sequence[PetitionState]) -> Joint:
    """Return how petitions stand."""
    wanted = PetitionState.COLLECTING, PetitionState.SERVED, PetitionState.LAPSED
    return Joint(*(states.count(each) for each in wanted))


def month_of(
    span: Span,
    today: date,
    *,
    records: Iterable[PublishedOn],
    postings: Sequence[Posting],
    duties: Iterable[DutyStanding] | None,
    inquiries: Sequence[AskedOn],
    petitions: Iterable[CollectedOn],
) -> MonthFigures:
    """Return a month in numbers.

    Args:
        span: the month.
        today: in China.
        records: all records of the estate.
        postings: all its postings.
        duties: how its duties stood on the last day of the month, or stand today; None where they are not kept.
        inquiries: all its inquiries.
        petitions: all its petitions.
    """
    until = min(span.last, today)
    own = [each for each in records if span.first <= each.on <= until]
    fresh = [each.kind is RecordKind.DECISION for each in own if not each.corrects]
    return MonthFigures(
        span=span,
        until=until,
        decisions=fresh.count(True),
        others=fresh.count(False),
        corrections=len(own) - len(fresh),
        money=money_of(postings, span),
        overdue=None if duties is None else owed_of(duties, until).overdue,
        raised=sum(span.first <= each.raised <= until for each in inquiries),
        answered=sum(each.answered is not None and span.first <= each.answered <= until for each in inquiries),
        unanswered=asked_of(inquiries, until).unanswered,
        collecting=sum(_collects_on(each, until) for each in petitions),
    )


def month_text(figures: MonthFigures) -> Text:
    """Return a month as a short text for owners' chat groups, without the link; at most `MAX_SIGNS` signs in Chinese."""
    first = figures.span.first
    until = f"（至{figures.until.day}日）" if figures.running else ""
    until_en = f" (as of {figures.until})" if figures.running else ""
    corrected = f"、更正{figures.corrections}份" if figures.corrections else ""
    corrected_en = f", corrections {figures.corrections}" if figures.corrections else ""
    zh = [
        (
            f"{first.year}年{first.month}月{until}小区公开：新公布决定{figures.decisions}份、"
            f"其他记录{figures.others}份{corrected}。"
        ),
        *(f"{_POOLS[each.pool].zh}{_money_zh(each)}。" for each in figures.money),
    ]
    en = [
        (
            f"{first:%Y-%m}{until_en}: decisions published {figures.decisions}, "
            f"other records {figures.others}{corrected_en}."
        ),
        *(f"{_POOLS[each.pool].en}: {_money_en(each)}." for each in figures.money),
    ]
    if figures.overdue is not None:
        zh.append(f"应公开的事过期未见{figures.overdue}项。")
        en.append(f"Without a public record in time: {figures.overdue}.")
    zh.append(f"询问新提{figures.raised}条、答复{figures.answered}条、待答{figures.unanswered}条。")
    en.append(f"Inquiries: {figures.raised} new, {figures.answered} answered, {figures.unanswered} waiting.")
    if figures.collecting:
        zh.append(f"联名征集中{figures.collecting}件。")
        en.append(f"Petitions collecting signatures: {figures.collecting}.")
    return Text("".join(zh), " ".join(en))


_POOLS = {
    Pool.COMMON: Text("公共收益", "Common income"),
    Pool.FUND: Text("维修资金", "Maintenance fund"),
}


def _money_zh(money: Money) -> str:
    return f"收{yuan(money.received)}元、支{yuan(money.spent)}元、余{yuan(money.left)}元"


def _money_en(money: Money) -> str:
    return f"{yuan(money.received)} yuan in, {yuan(money.spent)} out, {yuan(money.left)} left"


def _answer_on(asked: AskedOn, day: date) -> InquiryStanding:
    answered = asked.answered if asked.answered is not None and asked.answered <= day else None
    return inquiry_standing(asked.due, answered, day)


def _collects_on(petition: CollectedOn, day: date) -> bool:
    return petition.started <= day <= petition.expires and (petition.over is None or petition.over > day)
