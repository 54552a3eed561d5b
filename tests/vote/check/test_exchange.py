"""Exchanges that are found are there; in crowds where everybody can be exchanged, they are found."""

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from vote.check.assignment import Numbers, halve
from vote.check.exchange import MANY, Groups, find_exchanges

SEED = b"seed"


def search(areas: Numbers, first: Numbers, second: Numbers) -> tuple[list[bool], list[bool]]:
    asked = np.ones(len(areas), dtype=np.bool_)
    ways = find_exchanges(Groups(areas, first, second), asked, SEED, (0,))
    return ways.inside.tolist(), ways.outside.tolist()


@given(
    st.lists(
        st.tuples(st.integers(1, 15), st.integers(0, 2), st.integers(0, 2)),
        min_size=1,
        max_size=8,
        unique_by=lambda each: each[0],
    )
)
@settings(max_examples=150, deadline=None)
def test_among_few_exactly_those_are_found_who_can_be_exchanged(sizes: list[tuple[int, int, int]]) -> None:
    areas, first, second = (np.array(each) for each in zip(*sizes, strict=True))
    exact = halve(areas, first + second).ways(first + second, int(first.sum()), int((first * areas).sum()))
    inside, outside = search(areas, first, second)
    assert inside == exact.inside.tolist()
    assert outside == exact.outside.tolist()


def test_in_a_crowd_of_all_sizes_everybody_can_be_exchanged() -> None:
    areas = np.arange(8000, 8400)
    first = (np.arange(400) % 3 > 0).astype(np.int64)
    inside, outside = search(areas, first, 1 - first)
    assert all(inside)
    assert all(outside)


def test_whoever_has_the_only_odd_area_is_never_found() -> None:
    areas = np.append(np.arange(8000, 8400, 4), 8391)
    first = (np.arange(101) % 3 > 0).astype(np.int64)
    inside, outside = search(areas, first, 1 - first)
    assert [inside[-1], outside[-1]] == [first[-1] > 0, first[-1] == 0]
    assert all(inside[:-1])
    assert all(outside[:-1])


@given(st.lists(st.integers(1, 400), min_size=MANY + 6, max_size=MANY + 20, unique=True), st.integers(0, 2**20))
@settings(max_examples=100, deadline=None)
def test_in_a_larger_crowd_only_those_are_found_who_can_be_exchanged(numbers: list[int], pick: int) -> None:
    """Two owners are in the first group: they can be exchanged for any other two of the same sum, for no others."""
    areas = np.array(sorted(numbers))
    pairs = list(combinations(range(len(areas)), 2))
    chosen = pairs[pick % len(pairs)]
    first = np.isin(np.arange(len(areas)), chosen).astype(np.int64)
    same = [set(pair) for pair in pairs if areas[list(pair)].sum() == areas[list(chosen)].sum()]
    inside, outside = search(areas, first, 1 - first)
    assert {place for place, found in enumerate(inside) if found} <= set.union(*same)
    assert {place for place, found in enumerate(outside) if not found} >= set.intersection(*same)


def test_an_empty_group_has_nothing_to_exchange() -> None:
    areas, some = np.array([80, 90]), np.array([1, 2])
    assert search(areas, some, some * 0) == ([True, True], [False, False])
    assert search(areas, some * 0, some) == ([False, False], [True, True])
