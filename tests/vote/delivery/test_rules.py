"""What became of letters and who may be reminded, by tables made by hand."""

from datetime import UTC, date, datetime

import pytest

from vote.delivery.rules import (
    Letter,
    Line,
    Outcome,
    Standing,
    count_standings,
    letters_missing,
    require_line,
    require_reminder,
    standing_of,
)
from vote.errors import RefusedError

DAY = date(2026, 12, 3)
NOON = datetime(2026, 12, 3, 4, 0, tzinfo=UTC)


def lines(*outcomes: str) -> tuple[Line, ...]:
    return tuple(Line(Outcome(each), DAY, "社区甲", "", NOON, "staff") for each in outcomes)


@pytest.mark.parametrize(
    ("outcomes", "standing"),
    [
        ((), Standing.WAITING),
        (("hand",), Standing.DELIVERED),
        (("collected",), Standing.DELIVERED),
        (("post",), Standing.DELIVERED),
        (("agent",), Standing.DELIVERED),
        (("mailbox",), Standing.TRIED),
        (("tenant",), Standing.TRIED),
        (("nobody",), Standing.TRIED),
        (("returned",), Standing.RETURNED),
        (("refused",), Standing.RETURNED),
        (("nobody", "returned", "collected"), Standing.DELIVERED),
        (("hand", "nobody"), Standing.DELIVERED),
        (("hand", "mistaken"), Standing.WAITING),
        (("nobody", "hand", "mistaken"), Standing.TRIED),
        (("mistaken", "hand"), Standing.DELIVERED),
        (("hand", "mistaken", "mistaken"), Standing.WAITING),
    ],
)
def test_a_letter_is_delivered_in_its_owners_hands_only(outcomes, standing):
    assert standing_of(lines(*outcomes)) is standing


def test_letters_are_counted_by_where_they_are():
    letters = [Letter(1, ("3幢101室",), "3", lines("hand")), Letter(2, ("3幢102室",), "3", ())]
    assert count_standings(letters) == {
        Standing.WAITING: 1, Standing.TRIED: 0, Standing.RETURNED: 0, Standing.DELIVERED: 1,
    }  # fmt: skip
    last = letters[0].last
    assert last is not None
    assert last.outcome is Outcome.HAND


def test_a_line_says_who_when_and_how():
    assert require_line("hand", DAY, "社区甲", "签收单第3页", today=DAY) is Outcome.HAND
    assert require_line("nobody", DAY, "社区甲", "", today=DAY) is Outcome.NOBODY


@pytest.mark.parametrize(
    ("outcome", "day", "carrier", "proof"),
    [
        ("thrown", DAY, "社区甲", ""),
        ("hand", date(2026, 12, 4), "社区甲", ""),
        ("hand", DAY, " ", ""),
        ("hand", DAY, "字" * 61, ""),
        ("hand", DAY, "甲\n乙", ""),
        ("hand", DAY, "社区甲", "字" * 201),
        ("hand", DAY, "社区甲", "一\n二"),
    ],
)
def test_a_line_that_says_less_or_a_day_to_come_is_refused(outcome, day, carrier, proof):
    with pytest.raises(RefusedError):
        require_line(outcome, day, carrier, proof, today=DAY)


@pytest.mark.parametrize(
    ("now", "last", "waiting", "words"),
    [
        (datetime(2026, 12, 3, 0, 0, tzinfo=UTC), None, 5, None),
        (datetime(2026, 12, 3, 11, 59, tzinfo=UTC), datetime(2026, 12, 2, 12, 0, tzinfo=UTC), 5, None),
        (datetime(2026, 12, 2, 23, 59, tzinfo=UTC), None, 5, "from 8 to 20"),
        (datetime(2026, 12, 3, 12, 0, tzinfo=UTC), None, 5, "from 8 to 20"),
        (NOON, datetime(2026, 12, 2, 16, 0, tzinfo=UTC), 5, "today already"),
        (NOON, datetime(2026, 12, 2, 15, 59, tzinfo=UTC), 5, None),
        (NOON, None, 0, "Nobody"),
    ],
)
def test_owners_are_reminded_once_a_day_and_never_at_night(now, last, waiting, words):
    """A day is China's: 16:00 UTC is its midnight."""
    if words is None:
        require_reminder(now, last, waiting)
        return
    with pytest.raises(RefusedError, match=words):
        require_reminder(now, last, waiting)


@pytest.mark.parametrize(
    ("printed", "issued", "void", "missing"), [(570, 566, 4, 0), (570, 560, 4, 6), (566, 566, 1, -1)]
)
def test_every_printed_letter_is_sent_or_void(printed, issued, void, missing):
    assert letters_missing(printed, issued, void) == missing
