"""What a record may say of itself, and how long a result waits; the days are those of the issue."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.vote.log.test_policy import FIRST, SECOND, text
from vote.log.policy import changes, quorum_size, read_policy
from vote.log.standing import Standing, is_late, may_go_on, standing

NOON = datetime(2026, 12, 1, 4, tzinfo=UTC)
TWO = read_policy(text(FIRST, SECOND, "group two all li wang", "quorum two"))
ANY = read_policy(text(FIRST, SECOND, "group one any li wang", "quorum one"))


@pytest.mark.parametrize(
    ("watched", "position", "seen", "expected"),
    [
        (False, 3, 9, Standing.UNWATCHED),
        (False, None, 0, Standing.UNWATCHED),
        (True, None, 9, Standing.WAITING),
        (True, 8, 9, Standing.WITNESSED),
        (True, 9, 9, Standing.WAITING),
        (True, 0, 0, Standing.WAITING),
    ],
)
def test_an_entry_is_witnessed_when_the_quorum_has_seen_it(
    *, watched: bool, position: int | None, seen: int, expected: Standing
) -> None:
    assert standing(watched=watched, position=position, seen=seen) is expected


def test_a_result_waits_three_days_at_most_and_not_at_all_where_nobody_looks() -> None:
    late = NOON + timedelta(days=3)
    assert may_go_on(Standing.WITNESSED, NOON, NOON)
    assert may_go_on(Standing.UNWATCHED, NOON, NOON)
    assert not may_go_on(Standing.WAITING, NOON, late - timedelta(seconds=1))
    assert may_go_on(Standing.WAITING, NOON, late)


def test_a_closing_is_late_after_five_minutes() -> None:
    five = NOON + timedelta(minutes=5)
    assert not is_late(Standing.WAITING, NOON, five)
    assert is_late(Standing.WAITING, NOON, five + timedelta(seconds=1))
    assert not is_late(Standing.WITNESSED, NOON, five + timedelta(days=1))
    assert not is_late(Standing.UNWATCHED, NOON, five + timedelta(days=1))


def test_the_quorum_has_seen_what_enough_of_its_witnesses_have() -> None:
    assert quorum_size(TWO, {}) == 0
    assert quorum_size(TWO, {"li": 9}) == 0
    assert quorum_size(TWO, {"li": 9, "wang": 5}) == 5
    assert quorum_size(ANY, {"li": 9, "wang": 5}) == 9
    assert quorum_size(TWO, {"li": 9, "zhao": 7}) == 0


def test_what_changes_is_told_line_by_line() -> None:
    gone, come = changes(None, ANY)
    assert gone == ()
    assert come[-1] == "quorum one"
    assert len(come) == 4
    gone, come = changes(ANY, TWO)
    assert gone == ("group one 1 li wang", "quorum one")
    assert come == ("group two 2 li wang", "quorum two")
