"""Gather what owners read of their committee in a few lines, from records, books, duties, inquiries and petitions."""

from dataclasses import dataclass
from datetime import date

from vote.db import database_now
from vote.law.calendar import Span, spans_of
from vote.law.measure import Period
from vote.oversight.book.service import BookService
from vote.oversight.book.store import StoredPosting
from vote.oversight.duty.evidence import published_of
from vote.oversight.duty.service import DutyService, EstateBoard
from vote.oversight.duty.standing import Standing, board
from vote.oversight.inquiry.service import InquiryService
from vote.oversight.inquiry.store import StoredInquiry
from vote.oversight.petition.service import PetitionService
from vote.oversight.petition.service import Standing as PetitionStanding
from vote.oversight.record.kinds import RecordKind
from vote.oversight.record.rules import china_day
from vote.oversight.record.service import RecordService
from vote.oversight.record.store import StoredRecord, Wanted
from vote.oversight.summary.rules import (
    Asked,
    AskedOn,
    CollectedOn,
    Joint,
    Money,
    MonthFigures,
    Owed,
    PublishedOn,
    asked_of,
    joint_of,
    money_of,
    month_of,
    owed_of,
    read_month,
)
from vote.oversight.summary.search import (
    holds,
    texts_of_inquiry,
    texts_of_petition,
    texts_of_posting,
    texts_of_record,
    words_of,
)

DECISIONS = 3
"""Latest decisions that are named."""
SHOWN = 20
"""Of each group of what was found."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a committee decided, spent and owes."""

    today: date
    decisions: tuple[StoredRecord, ...]
    """The latest, those of the latest day first."""
    decided: int
    """Decisions of this year."""
    money: tuple[Money, ...]
    """Of this year."""
    owed: Owed | None
    """None where duties are not kept."""
    asked: Asked
    joint: Joint


@dataclass(frozen=True, slots=True)
class Found:
    """What holds the words that somebody looks for, of each group the latest first, at most `SHOWN`."""

    records: tuple[StoredRecord, ...]
    postings: tuple[StoredPosting, ...]
    inquiries: tuple[StoredInquiry, ...]
    petitions: tuple[PetitionStanding, ...]
    counts: tuple[int, int, int, int]
    """How many there are of each group, in this order."""

    @property
    def count(self) -> int:
        """How many there are of all groups."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class SummaryService:
    """Estates in a few lines."""

    records: RecordService
    books: BookService
    duties: DutyService
    inquiries: InquiryService
    petitions: PetitionService

    async def today(self, estate: str) -> Summary:
        """Return how an estate stands.

        Raises:
            RefusedError: there is no such estate.
        """
        found, today = await self.duties.board(estate), china_day(await database_now())
        year = _year(today)
        decisions = Wanted(RecordKind.DECISION)
        return Summary(
            today,
            tuple(await self.records.listed(estate, decisions, most=DECISIONS)),
            await self.records.count(estate, Wanted(RecordKind.DECISION, today.year)),
            money_of([each.posting for each in await self.books.postings(estate)], year),
            owed_of(found.standings, today) if found.kept else None,
            asked_of([_asked_on(each) for each in await self.inquiries.listed(estate)], today),
            joint_of([each.state for each in await self.petitions.listed(estate)]),
        )

    async def month(self, estate: str, key: str) -> MonthFigures:
        """Return a month of an estate, named as in `2026-11`, in numbers.

        Raises:
            RefusedError: there is no such estate or month, or the month has not begun.
        """
        found, today = await self.duties.board(estate), china_day(await database_now())
        span = read_month(key, today)
        return month_of(
            span,
            today,
            records=[
                PublishedOn(each.public.kind, china_day(each.public.published_at), each.public.supersedes is not None)
                for each in await self.records.listed(estate, Wanted(all=True))
            ],
            postings=[each.posting for each in await self.books.postings(estate)],
            duties=_stood(found, min(span.last, today)),
            inquiries=[_asked_on(each) for each in await self.inquiries.listed(estate)],
            petitions=[
                CollectedOn(
                    each.stored.started_on, each.stored.expires_on, each.stored.served_on or each.stored.ended_on
                )
                for each in await self.petitions.listed(estate)
            ],
        )

    async def search(self, estate: str, asked: str) -> Found:
        """Return what of an estate holds all words that somebody looks for, as far as everybody may read it."""
        words = words_of(asked)
        if not words:
            return Found((), (), (), (), (0, 0, 0, 0))
        records = [
            each for each in await self.records.listed(estate, Wanted()) if holds(words, texts_of_record(each.public))
        ]
        postings = [
            each for each in reversed(await self.books.postings(estate)) if holds(words, texts_of_posting(each.posting))
        ]
        inquiries = [
            each for each in await self.inquiries.listed(estate) if holds(words, texts_of_inquiry(each.public))
        ]
        petitions = [
            each for each in await self.petitions.listed(estate) if holds(words, texts_of_petition(each.stored.asked))
        ]
        return Found(
            tuple(records[:SHOWN]),
            tuple(postings[:SHOWN]),
            tuple(inquiries[:SHOWN]),
            tuple(petitions[:SHOWN]),
            (len(records), len(postings), len(inquiries), len(petitions)),
        )


def _stood(found: EstateBoard, day: date) -> tuple[Standing, ...] | None:
    """Return how duties stood on a day; None where they are not kept."""
    if found.kept is None:
        return None
    duties = [each.duty for each in found.standings]
    return board(duties, list(published_of(found.kept.records)), day, found.noticed)


def _asked_on(stored: StoredInquiry) -> AskedOn:
    public = stored.public
    answered = china_day(public.answered_at) if public.answered_at else None
    return AskedOn(china_day(public.raised_at), public.due, answered)


def _year(today: date) -> Span:
    (span,) = spans_of(today.year, Period(1, "Y"))
    return span
