"""Days counted by hand: the day of posting is not counted, no holiday shortens, an early end breaks them off."""

from datetime import date

import pytest

from vote.errors import RefusedError
from vote.law.holiday import is_rest_day
from vote.law.place import offered_profiles
from vote.notice.rules import (
    Kind,
    Notice,
    State,
    demanded_days,
    digest_of,
    objections_until,
    require_closable,
    require_down,
    require_hanging,
    require_notice,
    require_where,
    standing,
)

POSTED = date(2026, 12, 1)
SEVEN = Notice(POSTED, 7)


@pytest.mark.parametrize(
    ("posted", "days", "last"),
    [
        (date(2026, 12, 1), 15, date(2026, 12, 16)),
        (date(2026, 12, 25), 15, date(2027, 1, 9)),
        (date(2026, 9, 25), 7, date(2026, 10, 2)),
        (date(2028, 2, 20), 15, date(2028, 3, 6)),
        (date(2027, 2, 20), 15, date(2027, 3, 7)),
    ],
)
def test_full_days_begin_after_the_posting_and_no_holiday_moves_their_end(posted, days, last):
    assert Notice(posted, days).complete_on == last


@pytest.mark.parametrize(
    ("day", "state", "full"),
    [
        (date(2026, 12, 1), State.RUNNING, 0),
        (date(2026, 12, 2), State.RUNNING, 0),
        (date(2026, 12, 3), State.RUNNING, 1),
        (date(2026, 12, 8), State.RUNNING, 6),
        (date(2026, 12, 9), State.COMPLETE, 7),
        (date(2027, 1, 9), State.COMPLETE, 7),
    ],
)
def test_a_notice_of_seven_days_posted_on_the_first_is_complete_after_the_eighth(day, state, full):
    found = standing(SEVEN, day)
    assert (found.state, found.full_days, found.complete_on) == (state, full, date(2026, 12, 8))


@pytest.mark.parametrize(
    ("down", "state", "full"),
    [
        (date(2026, 12, 1), State.INTERRUPTED, 0),
        (date(2026, 12, 8), State.INTERRUPTED, 6),
        (date(2026, 12, 9), State.COMPLETE, 7),
    ],
)
def test_taken_down_before_the_last_day_is_over_it_must_be_posted_anew(down, state, full):
    found = standing(Notice(POSTED, 7, down), date(2026, 12, 20))
    assert (found.state, found.full_days) == (state, full)
    assert (found.complete_on is None) == (state is State.INTERRUPTED)


def test_it_runs_as_long_as_the_day_on_which_it_is_taken_down_is_to_come():
    assert standing(Notice(POSTED, 7, date(2026, 12, 5)), date(2026, 12, 4)).state is State.RUNNING


def test_owners_may_object_on_the_day_after_a_holiday_that_would_be_the_last():
    """Seven days from 25 September end on 2 October, in National Day's holidays, which end on the 7th."""
    assert objections_until(Notice(date(2026, 9, 25), 7), is_rest_day) == date(2026, 10, 8)
    assert objections_until(SEVEN, is_rest_day) == date(2026, 12, 8)


def test_the_rules_of_the_place_say_how_long_at_least():
    jiashan, *_ = offered_profiles("嘉善县")
    demanded = {kind: demanded_days(jiashan, kind, on=POSTED) for kind in Kind}
    assert demanded[Kind.MEETING] == 15
    assert demanded[Kind.ROLL] == 7
    assert demanded[Kind.OTHER] == 1
    hangzhou, *_ = offered_profiles("杭州市")
    assert demanded_days(hangzhou, Kind.CANDIDATES, on=POSTED) == 7


def test_the_digest_depends_on_every_word():
    """The SHA-256 of {"kind":"roll","text":"b","title":"a"}."""
    found = digest_of(Kind.ROLL, "a", "b")
    assert found == "26fd017f71418976814bc4ac00bc004e7eac329e2a9af13868a1c2faacb4d93b"
    assert len({found, digest_of(Kind.MEETING, "a", "b"), digest_of(Kind.ROLL, "b", "b")}) == 3


@pytest.mark.parametrize(
    ("title", "text", "days"),
    [
        ("", "b", 7),
        ("a" * 81, "b", 7),
        ("a\nb", "b", 7),
        ("a", " ", 7),
        ("a", "b" * 4001, 7),
        ("a", "\0", 7),
        ("a", "b", 6),
        ("a", "b", 181),
    ],
)
def test_a_notice_that_says_nothing_or_hangs_too_briefly_is_refused(title, text, days):
    with pytest.raises(RefusedError):
        require_notice(title, text, days, at_least=7)


def test_a_notice_that_says_enough_for_long_enough_is_posted():
    require_notice("a", "b\nc", 7, at_least=7)
    require_where("南门公告栏")
    for where in ("", "a" * 61):
        with pytest.raises(RefusedError):
            require_where(where)


def test_it_is_taken_down_once_between_its_posting_and_today():
    today = date(2026, 12, 5)
    require_down(SEVEN, POSTED, today)
    require_down(SEVEN, today, today)
    for day in (date(2026, 11, 30), date(2026, 12, 6)):
        with pytest.raises(RefusedError):
            require_down(SEVEN, day, today)
    for gone in (Notice(POSTED, 7, today), Notice(POSTED, 7, None, today)):
        with pytest.raises(RefusedError):
            require_hanging(gone)


def close(notice: Notice, today: date, until: date = date(2026, 12, 8), unanswered: int = 0) -> None:
    require_closable(notice, today, until=until, unanswered=unanswered)


def test_it_is_closed_the_day_after_its_last_day_and_the_last_day_for_objections():
    close(SEVEN, date(2026, 12, 9))
    close(Notice(POSTED, 7, date(2026, 12, 3)), date(2026, 12, 3))
    with pytest.raises(RefusedError, match="2026-12-08"):
        close(SEVEN, date(2026, 12, 8))
    with pytest.raises(RefusedError, match="2026-12-10"):
        close(SEVEN, date(2026, 12, 10), until=date(2026, 12, 10))


def test_it_is_not_closed_twice_nor_over_an_objection_without_an_answer():
    with pytest.raises(RefusedError, match="closed already"):
        close(Notice(POSTED, 7, None, date(2026, 12, 9)), date(2026, 12, 10))
    for notice in (SEVEN, Notice(POSTED, 7, date(2026, 12, 3))):
        with pytest.raises(RefusedError, match="2 objections have no answer"):
            close(notice, date(2026, 12, 9), unanswered=2)
