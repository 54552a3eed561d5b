"""Ways to fill a group, against all of them."""

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from vote.check.assignment import halve

SIZES = st.lists(
    st.tuples(st.integers(1, 12), st.integers(0, 3)), min_size=1, max_size=6, unique_by=lambda each: each[0]
)


def every_way(areas: list[int], available: list[int], heads: int, area: int) -> list[tuple[int, ...]]:
    """Return every way to take so many owners with so much area between them."""
    ways = product(*(range(number + 1) for number in available))
    return [way for way in ways if sum(way) == heads and sum(n * a for n, a in zip(way, areas, strict=True)) == area]


@given(SIZES, st.data())
@settings(max_examples=200, deadline=None)
def test_ways_and_fillings_are_all_there_are(sizes: list[tuple[int, int]], data: st.DataObject) -> None:
    areas, numbers = [area for area, _ in sizes], [number for _, number in sizes]
    available = [data.draw(st.integers(0, number)) for number in numbers]
    group = [data.draw(st.integers(0, number)) for number in available]
    area = sum(number * each for number, each in zip(group, areas, strict=True))
    halves = halve(np.array(areas), np.array(numbers))
    expected = every_way(areas, available, sum(group), area)
    found = halves.ways(np.array(available), sum(group), area)
    assert found.inside.tolist() == [any(way[size] > 0 for way in expected) for size in range(len(areas))]
    assert found.outside.tolist() == [
        any(way[size] < available[size] for way in expected) for size in range(len(areas))
    ]
    fillings, complete = halves.fillings(np.array(available), sum(group), area, 10_000)
    assert complete
    assert sorted(map(tuple, fillings.tolist())) == expected
    some, complete = halves.fillings(np.array(available), sum(group), area, 2)
    assert complete == (len(expected) <= 2)
    assert len(some) == len({tuple(each) for each in some.tolist()}) == min(2, len(expected))
    assert {tuple(each) for each in some.tolist()} <= set(expected)


@given(SIZES, st.integers(0, 6), st.integers(0, 60))
@settings(max_examples=200, deadline=None)
def test_where_there_is_no_way_nobody_is_anywhere(sizes: list[tuple[int, int]], heads: int, area: int) -> None:
    areas, numbers = [area for area, _ in sizes], [number for _, number in sizes]
    heads = min(heads, sum(numbers))
    area = min(area, sum(number * each for number, each in zip(numbers, areas, strict=True)))
    expected = every_way(areas, numbers, heads, area)
    found = halve(np.array(areas), np.array(numbers)).ways(np.array(numbers), heads, area)
    assert found.inside.tolist() == [any(way[size] > 0 for way in expected) for size in range(len(areas))]
    assert found.outside.tolist() == [any(way[size] < numbers[size] for way in expected) for size in range(len(areas))]


def test_both_halves_of_forty_different_owners_have_a_million_rows() -> None:
    halves = halve(np.arange(8000, 8040), np.ones(40, dtype=np.int64))
    assert (len(halves.left.keys), len(halves.right.keys)) == (2**20, 2**20)


def test_two_of_four_flats_are_told_apart_by_their_sum() -> None:
    """80 + 95 = 175 is 85 + 90 too; 80 + 90 = 170 is nothing else."""
    halves = halve(np.array([80, 85, 90, 95]), np.ones(4, dtype=np.int64))
    everybody = np.ones(4, dtype=np.int64)
    assert halves.ways(everybody, 2, 175).inside.all()
    assert halves.ways(everybody, 2, 175).outside.all()
    assert halves.ways(everybody, 2, 170).inside.tolist() == [True, False, True, False]
    assert halves.ways(everybody, 2, 170).outside.tolist() == [False, True, False, True]
