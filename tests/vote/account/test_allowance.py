"""How many tries there are, worked out by hand."""

from datetime import UTC, datetime, timedelta

import pytest

from vote.account.allowance import Allowance, refill, wait

SIX = Allowance(6, timedelta(minutes=5))
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("left", "minutes", "expected"),
    [
        (0, 0, 0),
        (0, 1, 200),
        (0, 5, 1000),
        (5000, 5, 6000),
        (5000, 60, 6000),
        (6000, 0, 6000),
        (300, 2.5, 800),
        (100, -5, 100),
    ],
)
def test_a_try_comes_back_after_its_time_and_never_more_than_all(left, minutes, expected):
    """A clock that is set back gives nothing and takes nothing."""
    assert refill(SIX, left, timedelta(minutes=minutes)) == expected


@pytest.mark.parametrize(("left", "seconds"), [(0, 300), (500, 150), (999, 0.3), (1000, 0), (4000, 0)])
def test_one_waits_for_what_a_whole_try_lacks(left, seconds):
    assert wait(SIX, left, NOON) == NOON + timedelta(seconds=seconds)


def test_after_the_wait_there_is_a_try():
    for left in range(1000):
        assert refill(SIX, left, wait(SIX, left, NOON) - NOON) >= 1000
