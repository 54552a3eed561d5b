"""What a quorum asks for; every figure was worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vote.formation.readiness import least, readiness
from vote.law.measure import Measure, Share

TWO_THIRDS = Share(2, 3)


def test_what_hangs_on_the_developer() -> None:
    """100 heads and 9,000.00 m²; the developer has 1 head and 3,000.00 m²: 67 of 99 heads, 6,000 of 6,000 m²."""
    found = readiness(Measure(100, 900_000), Measure(1, 300_000), Measure(40, 250_000), TWO_THIRDS, TWO_THIRDS)
    assert (found.heads.needed, found.heads.developer_permille, found.heads.rest_permille) == (67, 10, 677)
    assert (found.area.needed, found.area.developer_permille, found.area.rest_permille) == (600_000, 333, 1000)
    assert (found.heads.short, found.area.short) == (27, 350_000)
    assert not found.needs_developer


def test_a_developer_without_whom_there_is_no_quorum() -> None:
    """It holds 3,000.01 of 9,000.00 m²: of the other 5,999.99 even all are too few."""
    found = readiness(Measure(100, 900_000), Measure(1, 300_001), Measure(99, 599_999), TWO_THIRDS, TWO_THIRDS)
    assert found.area.rest_permille == 1001
    assert (found.needs_developer, found.heads.short, found.area.short) == (True, 0, 1)


def test_where_everything_is_sold_the_rest_is_all() -> None:
    found = readiness(Measure(3, 300), Measure(0, 0), Measure(3, 300), TWO_THIRDS, TWO_THIRDS)
    assert (found.heads.needed, found.heads.rest_permille, found.heads.short) == (2, 667, 0)
    assert (found.area.needed, found.area.rest_permille) == (200, 667)


def test_of_nothing_nothing_is_enough() -> None:
    found = readiness(Measure(0, 0), Measure(0, 0), Measure(0, 0), TWO_THIRDS, TWO_THIRDS)
    assert (found.heads.needed, found.heads.developer_permille, found.heads.rest_permille) == (1, 0, 1001)
    assert found.needs_developer


@pytest.mark.parametrize(
    ("share", "whole", "part"), [(Share(1, 2, strict=True), 4, 3), (Share(1, 2), 4, 2), (TWO_THIRDS, 7, 5)]
)
def test_the_least_part(share: Share, whole: int, part: int) -> None:
    assert least(share, whole) == part


@given(st.integers(1, 10**9), st.integers(1, 20), st.integers(1, 20), st.booleans())
def test_the_least_part_meets_the_share_and_one_less_does_not(whole: int, top: int, bottom: int, strict: bool) -> None:  # noqa: FBT001
    share = Share(min(top, bottom), max(top, bottom), strict=strict)
    part = least(share, whole)
    assert share.met(part, whole)
    assert not share.met(part - 1, whole)
