"""How numbers and moments are written."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vote.ballot.rules import permille
from vote.law.measure import Share
from vote.web.figures import (
    day,
    deadline,
    grouped,
    hundredths,
    machine_moment,
    moment,
    offset,
    percent,
    reached,
    signed,
    signed_square_metres,
    square_metres,
)
from vote.web.language import Language

TWO_THIRDS, HALF = Share(2, 3), Share(1, 2, strict=True)
EVENING = datetime(2026, 12, 20, 16, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [(2, 3, "66.6%"), (377, 566, "66.6%"), (378, 566, "66.7%"), (0, 5, "0.0%"), (5, 5, "100.0%"), (0, 0, "0.0%")],
)
def test_shares_are_rounded_down(part: int, whole: int, text: str) -> None:
    assert percent(permille(part, whole)) == text


@given(st.integers(1, 10**9), st.data())
@settings(max_examples=100, deadline=None)
def test_a_share_never_shows_more_than_there_is(whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, whole))
    tenths = permille(part, whole)
    assert tenths * whole <= part * 1000 < (tenths + 1) * whole


@given(st.integers(1, 10**9), st.data())
@settings(max_examples=100, deadline=None)
def test_what_is_said_of_a_rounded_share_is_true(whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, whole))
    for share in (TWO_THIRDS, HALF):
        said = reached(permille(part, whole), share)
        assert said == "bar.close" or (said == "bar.met") == share.met(part, whole)


def test_two_thirds_are_close_before_they_are_certain() -> None:
    assert [reached(tenths, TWO_THIRDS) for tenths in (665, 666, 667)] == ["bar.not-met", "bar.close", "bar.met"]
    assert [reached(tenths, HALF) for tenths in (499, 500, 501)] == ["bar.not-met", "bar.close", "bar.met"]


def test_marks_lie_where_the_share_is() -> None:
    assert [offset(share) for share in (TWO_THIRDS, Share(3, 4), HALF)] == ["66.667%", "75.000%", "50.000%"]


def test_numbers_are_grouped_and_areas_have_two_decimals() -> None:
    assert grouped(3300) == "3,300"
    assert square_metres(5643210) == "56,432.10"
    assert square_metres(7) == "0.07"


def test_differences_have_their_sign() -> None:
    assert [signed(number) for number in (3, 0, -1)] == ["+3", "+0", "-1"]
    assert [signed_square_metres(area) for area in (425210, 0, -4252)] == ["+4,252.10", "+0.00", "-42.52"]
    assert hundredths(9200) == "92.00%"
    assert hundredths(5) == "0.05%"


def test_moments_are_chinas_with_the_day_of_the_week() -> None:
    assert moment(EVENING, Language.ZH) == "2026年12月21日（星期一）00:30"
    assert moment(EVENING, Language.EN) == "Monday, 21 December 2026, 00:30"
    assert deadline(EVENING, Language.ZH) == "2026年12月21日（星期一）00:30"
    midnight = datetime(2026, 12, 31, 16, tzinfo=UTC)
    assert deadline(midnight, Language.ZH) == "2026年12月31日（星期四）24:00"
    assert deadline(midnight, Language.EN) == "the end of Thursday, 31 December 2026"
    assert day(EVENING.date(), Language.ZH) == "2026年12月20日（星期日）"
    assert day(EVENING.date(), Language.EN) == "Sunday, 20 December 2026"
    assert machine_moment(EVENING) == "2026-12-21T00:30:00+08:00"
