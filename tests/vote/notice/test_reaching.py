"""Who counts as reached: a hand, a signature, a confirmed telephone; never a mailbox, a tenant or a poster."""

from datetime import UTC, date, datetime

import pytest

from vote.errors import RefusedError
from vote.notice.reaching import Came, Channel, Count, Line, Owner, State, count, require_line, state_of, work_list

DAY = date(2026, 12, 2)
NOON = datetime(2026, 12, 2, 4, tzinfo=UTC)


def line(channel: Channel, came: Came) -> Line:
    return Line(channel, came, DAY, NOON, "staff")


HAND = line(Channel.HAND, Came.SIGNATURE)
NOBODY = line(Channel.HAND, Came.NOBODY)
MISTAKE = line(Channel.HAND, Came.MISTAKEN)
POSTER = line(Channel.POSTED, Came.PHOTO)


def owner(number: int, *lines: Line, building: str = "3", by_letter: bool = False) -> Owner:
    return Owner(number + 100, number, building, (f"{number}室",), 9000, lines, by_letter)


@pytest.mark.parametrize(
    ("lines", "state"),
    [
        ((), State.WAITING),
        ((HAND,), State.DELIVERED),
        ((line(Channel.LETTER, Came.RECEIPT),), State.DELIVERED),
        ((line(Channel.POST, Came.RECEIPT),), State.DELIVERED),
        ((line(Channel.SMS, Came.PHONE),), State.DELIVERED),
        ((line(Channel.HAND, Came.AUTHORITY),), State.DELIVERED),
        ((line(Channel.LETTER, Came.MAILBOX),), State.TRIED),
        ((line(Channel.HAND, Came.TENANT),), State.TRIED),
        ((NOBODY,), State.TRIED),
        ((line(Channel.POST, Came.RETURNED),), State.TRIED),
        ((NOBODY, POSTER), State.POSTED),
        ((NOBODY, POSTER, HAND), State.DELIVERED),
        ((HAND, NOBODY), State.DELIVERED),
        ((HAND, MISTAKE), State.WAITING),
        ((MISTAKE,), State.WAITING),
    ],
)
def test_what_was_noted_says_where_a_notice_is(lines, state):
    assert state_of(lines) is state


def test_the_line_that_counts_is_the_delivery_or_else_the_last():
    assert owner(1, HAND, NOBODY).last == HAND
    assert owner(1, NOBODY, POSTER).last == POSTER
    assert owner(1).last is None


def test_owners_are_counted_by_heads_and_area_and_the_rest_is_the_work_list():
    owners = [owner(1, HAND), owner(2, NOBODY), owner(3, building="5"), owner(4, by_letter=True)]
    assert count(owners) == {
        State.WAITING: Count(1, 9000),
        State.TRIED: Count(1, 9000),
        State.POSTED: Count(0, 0),
        State.DELIVERED: Count(2, 18000),
    }
    assert {building: [each.number for each in rest] for building, rest in work_list(owners).items()} == {
        "3": [2],
        "5": [3],
    }


def note(channel: Channel, came: Came, *owners: Owner, on: date = DAY) -> None:
    require_line(channel, came, on, owners, posted_on=date(2026, 12, 1), today=date(2026, 12, 3), phones={101})


def test_what_fits_is_noted():
    note(Channel.HAND, Came.SIGNATURE, owner(1), owner(2))
    note(Channel.SMS, Came.PHONE, owner(1))
    note(Channel.POSTED, Came.PHOTO, owner(1, NOBODY))
    note(Channel.POST, Came.MISTAKEN, owner(1, NOBODY))


@pytest.mark.parametrize(
    ("channel", "came", "owners", "on"),
    [
        (Channel.HAND, Came.SIGNATURE, (), DAY),
        (Channel.HAND, Came.MAILBOX, (owner(1),), DAY),
        (Channel.HAND, Came.SIGNATURE, (owner(1),), date(2026, 11, 30)),
        (Channel.HAND, Came.SIGNATURE, (owner(1),), date(2026, 12, 4)),
        (Channel.SMS, Came.PHONE, (owner(1), owner(2)), DAY),
        (Channel.POSTED, Came.PHOTO, (owner(1),), DAY),
        (Channel.HAND, Came.MISTAKEN, (owner(1),), DAY),
    ],
)
def test_what_does_not_fit_is_refused(channel, came, owners, on):
    with pytest.raises(RefusedError):
        note(channel, came, *owners, on=on)
