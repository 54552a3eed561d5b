"""Shares are compared by whole numbers; 以上 includes the number itself, 过半数 does not (Civil Code art. 1259)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.errors import MalformedError
from vote.law.measure import NOTHING, Measure, Period, Share, decode_period, decode_share


@pytest.mark.parametrize(
    ("share", "part", "whole", "met"),
    [
        (Share(2, 3), 20, 30, True),
        (Share(2, 3), 19, 30, False),
        (Share(3, 4), 15, 20, True),
        (Share(3, 4), 14, 20, False),
        (Share(1, 2, strict=True), 10, 20, False),
        (Share(1, 2, strict=True), 11, 20, True),
        (Share(1, 2), 10, 20, True),
        (Share(2, 3), 0, 0, False),
        (Share(1, 2, strict=True), 0, 0, False),
    ],
)
def test_a_share_is_met_exactly_where_the_fraction_is(share: Share, part: int, whole: int, *, met: bool) -> None:
    assert share.met(part, whole) is met


def test_a_large_estate_is_compared_without_rounding() -> None:
    """Two thirds of 1,000,000.01 m2 is 66,666,667.33 dm2; a floating-point percentage would round it away."""
    assert not Share(2, 3).met(66_666_667, 100_000_001)
    assert Share(2, 3).met(66_666_668, 100_000_001)


def test_measures_are_added_and_taken_apart_side_by_side() -> None:
    assert Measure(3, 500) + Measure(2, 40) == Measure(5, 540)
    assert Measure(3, 500) - Measure(2, 40) == Measure(1, 460)
    assert NOTHING.within(Measure(0, 1))
    assert not Measure(1, 0).within(Measure(0, 1))
    assert not Measure(0, 2).within(Measure(0, 1))


@pytest.mark.parametrize(
    "text", ["2/3", "=2/3", "<2/3", ">= 2/3", ">=02/3", ">=4/6", ">=3/2", ">=0/3", ">=2/0", ">2/3 ", 2, None]
)
def test_another_spelling_of_a_share_is_refused(text: object) -> None:
    with pytest.raises(MalformedError):
        decode_share(text, "here")


@pytest.mark.parametrize("text", ["15D", "P0D", "P15", "P1.5D", "p15D", "P15D ", "P15H", "P015D", 15, None])
def test_another_spelling_of_a_period_is_refused(text: object) -> None:
    with pytest.raises(MalformedError):
        decode_period(text, "here")


@pytest.mark.parametrize("text", [">=2/3", ">1/2", ">=3/4", ">=1/1"])
def test_a_share_is_written_as_it_was_read(text: str) -> None:
    assert str(decode_share(text, "here")) == text


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 9999), st.sampled_from(["D", "WD", "M", "Y"]))
def test_a_period_is_written_as_it_was_read(number: int, unit: str) -> None:
    assert decode_period(f"P{number}{unit}", "here") == Period(number, unit)
    assert str(Period(number, unit)) == f"P{number}{unit}"


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**9), st.integers(1, 10**9), st.integers(1, 1000))
def test_scaling_both_sides_changes_nothing(part: int, whole: int, factor: int) -> None:
    for share in (Share(2, 3), Share(3, 4), Share(1, 2, strict=True)):
        assert share.met(part, whole) == share.met(part * factor, whole * factor)
