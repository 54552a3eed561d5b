"""Which clocks records start, what they promise, and what they fulfil."""

from dataclasses import replace
from datetime import date

import pytest

from vote.errors import Reason, RefusedError
from vote.oversight.duty.evidence import (
    Evidence,
    fulfilling,
    happenings_of,
    kinds_for,
    published_of,
    require_fulfilling,
    told_by,
)
from vote.oversight.duty.rules import Act, Event, Happening
from vote.oversight.duty.standing import Published
from vote.oversight.record.kinds import RecordKind

DECIDED, SEEN = date(2026, 11, 20), date(2026, 11, 22)
DECISION = Evidence("d1", RecordKind.DECISION, DECIDED, SEEN)
NOTICE = Evidence("n1", RecordKind.NOTICE, DECIDED, SEEN)


def test_a_decision_starts_its_clock_and_is_its_own_publication() -> None:
    assert list(happenings_of([DECISION, NOTICE])) == [Happening(Event.COMMITTEE_DECIDED, DECIDED, "d1")]
    assert list(published_of([DECISION])) == [Published(Act.COMMITTEE_DECISION, SEEN, "committee-decision:d1", "d1")]


def test_a_correction_starts_no_clock_but_may_move_what_was_promised() -> None:
    first = replace(DECISION, due=date(2026, 12, 1), superseded=True, responsible="李四")
    second = replace(DECISION, uuid="d2", supersedes="d1", superseded=True, due=date(2026, 12, 5))
    third = replace(DECISION, uuid="d3", supersedes="d2", due=date(2026, 12, 9), responsible="张三")
    assert list(happenings_of([third, first, second])) == [
        Happening(Event.PROMISED, date(2026, 12, 9), "d1", by_member=True),
        Happening(Event.COMMITTEE_DECIDED, DECIDED, "d1"),
    ]
    assert [each.duty for each in published_of([first, second, third])] == ["committee-decision:d1"]
    assert told_by([first, second, third, NOTICE]) == {"d1": third, "n1": NOTICE}


def test_a_periodic_record_fulfils_by_its_kind_or_the_one_duty_that_it_was_given() -> None:
    income = Evidence("i1", RecordKind.INCOME, DECIDED, SEEN)
    assert list(happenings_of([income])) == []
    assert list(published_of([income])) == [Published(Act.INCOME, SEEN, "", "i1")]
    given = replace(income, duty="income:2025-12-31")
    assert list(published_of([given])) == [Published(Act.INCOME, SEEN, "income:2025-12-31", "i1")]


def test_the_correction_of_last_years_figures_is_not_this_years_publication() -> None:
    assert list(published_of([Evidence("i2", RecordKind.INCOME, DECIDED, SEEN, supersedes="i1")])) == []


def test_any_record_fulfils_the_duty_that_it_names() -> None:
    assert list(published_of([replace(NOTICE, duty="promise:d1")])) == [
        Published(Act.PROMISE, SEEN, "promise:d1", "n1")
    ]
    assert list(published_of([NOTICE])) == []


def test_everything_owed_is_shown_by_some_kind_of_record_and_a_promise_by_any() -> None:
    assert all(kinds_for(act) for act in Act)
    assert set(kinds_for(Act.PROMISE)) == set(RecordKind)
    assert kinds_for(Act.HANDOVER) == (RecordKind.HANDOVER,)


@pytest.mark.parametrize(
    ("duty", "record", "reason"),
    [
        ("promise:d1", NOTICE, None),
        ("agenda:m1", NOTICE, None),
        ("handover:t1", NOTICE, Reason.NOT_ALLOWED),
        ("income:2026-12-31", NOTICE, Reason.NOT_ALLOWED),
        ("promise:d1", DECISION, Reason.NOT_ALLOWED),
        ("promise:d1", replace(DECISION, uuid="d2", supersedes="d1"), Reason.NOT_ALLOWED),
        ("promise:d9", DECISION, None),
        ("promise:d1", replace(NOTICE, superseded=True), Reason.NOT_ALLOWED),
        ("promise:d1", replace(NOTICE, duty="promise:d9"), Reason.CONFLICT),
    ],
)
def test_a_record_of_the_right_kind_fulfils_one_duty_and_no_decision_itself(
    duty: str, record: Evidence, reason: Reason | None
) -> None:
    records = [DECISION, record] if record.uuid != "d1" else [record]
    assert (record in fulfilling(duty, records)) is (reason is None)
    if reason is None:
        require_fulfilling(duty, record, records)
        return
    with pytest.raises(RefusedError) as no:
        require_fulfilling(duty, record, records)
    assert no.value.reason is reason


def test_records_are_offered_the_latest_first() -> None:
    earlier = replace(NOTICE, uuid="n0", published_on=date(2026, 11, 1))
    assert fulfilling("agenda:m1", [earlier, NOTICE, DECISION]) == [NOTICE, earlier]
