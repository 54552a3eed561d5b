"""Which clocks records start and what they fulfil."""

from dataclasses import replace
from datetime import date

from vote.oversight.duty.evidence import Evidence, happenings_of, published_of
from vote.oversight.duty.rules import Act, Event, Happening, Published
from vote.oversight.record.kinds import RecordKind

DECIDED, SEEN = date(2026, 11, 20), date(2026, 11, 22)
DECISION = Evidence("d1", RecordKind.DECISION, DECIDED, SEEN)


def test_a_decision_starts_its_clock_and_is_its_own_publication() -> None:
    assert list(happenings_of([DECISION])) == [Happening(Event.COMMITTEE_DECIDED, DECIDED, "d1")]
    assert list(published_of([DECISION])) == [Published(Act.COMMITTEE_DECISION, SEEN, "committee-decision:d1")]


def test_a_correction_starts_no_clock_but_may_move_what_was_promised() -> None:
    first = replace(DECISION, due=date(2026, 12, 1), superseded=True)
    second = replace(DECISION, uuid="d2", supersedes="d1", superseded=True, due=date(2026, 12, 5))
    third = replace(DECISION, uuid="d3", supersedes="d2", due=date(2026, 12, 9))
    assert list(happenings_of([third, first, second])) == [
        Happening(Event.PROMISED, date(2026, 12, 9), "d1"),
        Happening(Event.COMMITTEE_DECIDED, DECIDED, "d1"),
    ]
    assert [each.duty for each in published_of([first, second, third])] == ["committee-decision:d1"]


def test_a_periodic_record_fulfils_by_its_kind_and_by_the_name_it_was_given() -> None:
    income = Evidence("i1", RecordKind.INCOME, DECIDED, SEEN, duty="income:2025-12-31")
    assert list(happenings_of([income])) == []
    assert list(published_of([income])) == [
        Published(Act.INCOME, SEEN, "income:2025-12-31"),
        Published(Act.INCOME, SEEN),
    ]


def test_any_record_fulfils_the_duty_that_it_names() -> None:
    notice = Evidence("n1", RecordKind.NOTICE, DECIDED, SEEN, duty="promise:d1")
    assert list(published_of([notice])) == [Published(Act.PROMISE, SEEN, "promise:d1")]
    assert list(published_of([replace(notice, duty="")])) == []
