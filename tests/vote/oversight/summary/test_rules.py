"""A month and a day of a small committee, counted by hand."""

from datetime import date

import pytest

from tests.vote.oversight.book.ledger import year
from vote.errors import Reason, RefusedError
from vote.law.calendar import Span
from vote.oversight.book.accounts import Pool
from vote.oversight.duty.rules import Act, Debtor, Duty
from vote.oversight.duty.standing import Standing, State
from vote.oversight.petition.rules import PetitionState
from vote.oversight.record.kinds import RecordKind
from vote.oversight.summary.rules import (
    MAX_SIGNS,
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
    month_text,
    owed_of,
    read_month,
)

MARCH = Span(date(2026, 3, 1), date(2026, 3, 31))
TODAY = date(2026, 4, 10)
RECORDS = [
    PublishedOn(RecordKind.DECISION, date(2026, 2, 28), corrects=False),
    PublishedOn(RecordKind.DECISION, date(2026, 3, 1), corrects=False),
    PublishedOn(RecordKind.DECISION, date(2026, 3, 31), corrects=False),
    PublishedOn(RecordKind.DECISION, date(2026, 3, 31), corrects=True),
    PublishedOn(RecordKind.CONTRACT, date(2026, 3, 15), corrects=False),
    PublishedOn(RecordKind.CONTRACT, date(2026, 4, 1), corrects=False),
]
INQUIRIES = [
    AskedOn(date(2026, 2, 1), date(2026, 2, 16), date(2026, 3, 2)),  # answered in March, late
    AskedOn(date(2026, 2, 20), date(2026, 3, 7), None),  # overdue at the end of March
    AskedOn(date(2026, 3, 20), date(2026, 4, 4), date(2026, 4, 1)),  # waits at the end of March, in time
    AskedOn(date(2026, 3, 1), date(2026, 3, 16), date(2026, 3, 31)),
    AskedOn(date(2026, 4, 2), date(2026, 4, 17), None),  # asked after March
]
PETITIONS = [
    CollectedOn(date(2026, 3, 31), date(2026, 6, 30), None),
    CollectedOn(date(2026, 1, 2), date(2026, 3, 30), None),  # expired the day before
    CollectedOn(date(2026, 3, 2), date(2026, 6, 2), date(2026, 3, 31)),  # served on the last day
    CollectedOn(date(2026, 3, 3), date(2026, 6, 3), date(2026, 4, 1)),  # served after it
    CollectedOn(date(2026, 4, 1), date(2026, 7, 1), None),  # begun after it
]


def duty(state: State, due: date | None) -> Standing:
    fulfilled = date(2026, 1, 1) if state in (State.DONE, State.DONE_LATE) else None
    return Standing(Duty(f"{state}:{due}", Act.INCOME, Debtor.COMMITTEE, due, None), state, fulfilled)


DUTIES = [
    duty(State.OVERDUE, date(2026, 1, 31)),
    duty(State.NOTICED, date(2026, 3, 30)),  # past its day, but only its debtor knows: it waits
    duty(State.REMINDED, date(2026, 4, 12)),
    duty(State.NOT_DUE, date(2026, 4, 10)),
    duty(State.NO_DAY, None),
    duty(State.DONE, date(2026, 4, 9)),
    duty(State.DONE_LATE, date(2026, 4, 11)),
]


def month(span: Span = MARCH, today: date = TODAY, duties: list[Standing] | None = None) -> MonthFigures:
    return month_of(
        span, today, records=RECORDS, postings=year(), duties=duties, inquiries=INQUIRIES, petitions=PETITIONS
    )


def test_money_of_a_month_and_of_a_year() -> None:
    assert money_of(year(), MARCH) == (Money(Pool.COMMON, 0, 140_000, 1_110_050),)
    whole = Span(date(2026, 1, 1), date(2026, 12, 31))
    assert money_of(year(), whole) == (
        Money(Pool.COMMON, 250_050, 140_000, 1_110_050),
        Money(Pool.FUND, 5_000_000, 0, 5_000_000),
    )
    assert money_of([], whole) == ()


def test_what_is_owed_is_told_as_everybody_sees_it() -> None:
    assert owed_of(DUTIES, TODAY) == Owed(overdue=1, waiting=4, next_due=date(2026, 4, 10))
    assert owed_of([duty(State.NO_DAY, None)], TODAY) == Owed(0, 1, None)
    assert owed_of([], TODAY) == Owed(0, 0, None)


def test_inquiries_wait_as_they_did_on_the_day() -> None:
    assert asked_of(INQUIRIES, date(2026, 3, 31)) == Asked(waiting=1, overdue=1)
    assert asked_of(INQUIRIES, TODAY) == Asked(waiting=1, overdue=1)
    assert asked_of(INQUIRIES, date(2026, 2, 19)) == Asked(waiting=0, overdue=1)
    assert asked_of(INQUIRIES, TODAY).unanswered == 2
    assert asked_of([], TODAY) == Asked(0, 0)


def test_petitions_that_are_over_are_not_counted() -> None:
    assert joint_of(list(PetitionState)) == Joint(collecting=1, served=1, lapsed=1)
    assert joint_of([PetitionState.COLLECTING, PetitionState.COLLECTING]) == Joint(2, 0, 0)


def test_a_month_that_is_over() -> None:
    assert month(duties=DUTIES) == MonthFigures(
        span=MARCH,
        until=date(2026, 3, 31),
        decisions=2,
        others=1,
        corrections=1,
        money=(Money(Pool.COMMON, 0, 140_000, 1_110_050),),
        overdue=1,
        raised=2,
        answered=2,
        unanswered=2,
        collecting=2,
    )
    assert (month().key, month().running, month().overdue) == ("2026-03", False, None)


def test_a_month_that_runs_stands_as_today() -> None:
    found = month(Span(date(2026, 4, 1), date(2026, 4, 30)))
    assert (found.key, found.running, found.until) == ("2026-04", True, TODAY)
    assert (found.decisions, found.others, found.corrections) == (0, 1, 0)
    assert (found.raised, found.answered, found.unanswered, found.collecting) == (1, 1, 2, 2)
    assert not month(today=date(2026, 3, 31)).running
    assert month(today=date(2026, 3, 30)).decisions == 1


def test_the_words_of_a_month() -> None:
    text = month_text(month(duties=DUTIES))
    assert text.zh == (
        "2026年3月小区公开：新公布决定2份、其他记录1份、更正1份。公共收益收0.00元、支1,400.00元、余11,100.50元。"
        "应公开的事过期未见1项。询问新提2条、答复2条、待答2条。联名征集中2件。"
    )
    assert text.en == (
        "2026-03: decisions published 2, other records 1, corrections 1. "
        "Common income: 0.00 yuan in, 1,400.00 out, 11,100.50 left. Without a public record in time: 1. "
        "Inquiries: 2 new, 2 answered, 2 waiting. Petitions collecting signatures: 2."
    )


def test_the_words_of_a_month_that_runs_leave_out_what_there_is_not() -> None:
    span = Span(date(2026, 4, 1), date(2026, 4, 30))
    text = month_text(month_of(span, TODAY, records=[], postings=[], duties=None, inquiries=[], petitions=[]))
    assert text.zh == "2026年4月（至10日）小区公开：新公布决定0份、其他记录0份。询问新提0条、答复0条、待答0条。"
    assert text.en == (
        "2026-04 (as of 2026-04-10): decisions published 0, other records 0. Inquiries: 0 new, 0 answered, 0 waiting."
    )


def test_the_longest_words_fit() -> None:
    most, count = 9_999_999_999, 999
    text = month_text(
        MonthFigures(
            span=Span(date(2026, 12, 1), date(2026, 12, 31)),
            until=date(2026, 12, 30),
            decisions=count,
            others=count,
            corrections=count,
            money=(Money(Pool.COMMON, most, most, most), Money(Pool.FUND, most, most, -most)),
            overdue=count,
            raised=count,
            answered=count,
            unanswered=count,
            collecting=count,
        )
    )
    assert len(text.zh) <= MAX_SIGNS == 200


@pytest.mark.parametrize(
    ("key", "first", "last"),
    [("2026-03", 1, 31), ("2026-04", 1, 30), ("2024-02", 1, 29)],
)
def test_a_month_is_read(key: str, first: int, last: int) -> None:
    found = read_month(key, TODAY)
    assert (f"{found.first:%Y-%m}", found.first.day, found.last.day) == (key, first, last)


@pytest.mark.parametrize(
    "key",
    [
        "2026-05",
        "2026-13",
        "2026-00",
        "0000-01",
        "2026-3",
        "2026",
        "",
        "2026-3a",
        "２０２６-03",
        "202٣-03",
        "2026-03-01",
    ],
)
def test_what_names_no_month_is_refused(key: str) -> None:
    with pytest.raises(RefusedError) as refused:
        read_month(key, TODAY)
    assert refused.value.reason is Reason.NOT_FOUND
