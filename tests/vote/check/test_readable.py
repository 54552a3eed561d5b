"""Readable choices, against every assignment of choices to owners that gives the same numbers."""

from collections.abc import Iterable, Sequence
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from vote.check import readable
from vote.check.assignment import Ways, halve
from vote.check.exchange import Groups
from vote.check.readable import Crowd, Readable, read_election, read_motion

SEED = b"seed"


def crowd(areas: Sequence[int], *, exact: bool = True) -> Crowd:
    sizes, of_owner, numbers = np.unique(np.array(areas, dtype=np.int64), return_inverse=True, return_counts=True)
    return Crowd(sizes, numbers, of_owner, halve(sizes, numbers) if exact else None)


def everybody(people: Crowd) -> NDArray[np.bool_]:
    return np.ones(len(people.numbers), dtype=np.bool_)


def motion(areas: Sequence[int], answers: Sequence[int], *, exact: bool = True) -> Readable:
    people = crowd(areas, exact=exact)
    return read_motion(people, np.array(answers), everybody(people), SEED, (0,))


def election(areas: Sequence[int], ticks: Sequence[Sequence[bool]], maximum: int, *, exact: bool = True) -> Readable:
    people = crowd(areas, exact=exact)
    return read_election(people, np.array(ticks, dtype=np.bool_), maximum, everybody(people), SEED, (0,))


def numbers_of(areas: Sequence[int], ballots: Sequence[Sequence[bool]]) -> list[tuple[int, int]]:
    """Return heads and area of each choice."""
    return [
        (sum(marks), sum(area for area, mark in zip(areas, marks, strict=True) if mark))
        for marks in zip(*ballots, strict=True)
    ]


def forced(areas: Sequence[int], cast: Sequence[Sequence[bool]], allowed: Iterable[Sequence[bool]]) -> list[int]:
    """Return the areas of owners who have some mark in every assignment of allowed ballots with the same numbers."""
    published, allowed = numbers_of(areas, cast), list(allowed)
    matrix = np.array(list(product(range(len(allowed)), repeat=len(areas))))
    ballots = np.array(allowed, dtype=np.int64)[matrix]
    heads, area = ballots.sum(axis=1), np.einsum("kov,o->kv", ballots, np.array(areas))
    same = ((heads == [h for h, _ in published]) & (area == [a for _, a in published])).all(axis=1)
    kept = ballots[same]
    return sorted({areas[owner] for owner in range(len(areas)) if (kept[:, owner] == kept[0, owner]).all(axis=0).any()})


EXCLUSIVE = [(True, False, False), (False, True, False), (False, False, True)]


def proved(found: Readable, areas: Sequence[int]) -> list[int]:
    return [int(area) for area in np.unique(areas)[found.proved]]


def undecided(found: Readable, areas: Sequence[int]) -> list[int]:
    return [int(area) for area in np.unique(areas)[found.undecided]]


OWNERS = st.lists(
    st.tuples(st.one_of(st.integers(1, 5), st.integers(1, 30)), st.integers(0, 2)), min_size=1, max_size=9
)


def forced_answers(areas: Sequence[int], answers: Sequence[int]) -> list[int]:
    """Return the areas of owners who give one and the same answer in every assignment with the same numbers."""
    assignments = np.array(list(product(range(3), repeat=len(areas))))
    weights = np.array(areas)
    same = np.ones(len(assignments), dtype=np.bool_)
    for answer in range(3):
        marks, cast = assignments == answer, np.array(answers) == answer
        same &= (marks.sum(axis=1) == cast.sum()) & (marks @ weights == weights[cast].sum())
    kept = assignments[same]
    return sorted({areas[owner] for owner in range(len(areas)) if (kept[:, owner] == kept[0, owner]).all()})


def find_nothing(groups: Groups, *_: object) -> Ways:
    return Ways(groups.first > 0, groups.second > 0)


def search_in_vain(patch: pytest.MonkeyPatch) -> None:
    """Let the search for exchanges find nothing, so that only the exact way is left."""
    patch.setattr(readable, "QUICK", 0)
    patch.setattr(readable, "find_exchanges", find_nothing)


@given(OWNERS, st.booleans())
@settings(max_examples=250, deadline=None)
def test_a_motion_is_decided_as_all_assignments_do(owners: list[tuple[int, int]], search: bool) -> None:  # noqa: FBT001
    areas, answers = [area for area, _ in owners], [answer for _, answer in owners]
    expected = forced_answers(areas, answers)
    with pytest.MonkeyPatch.context() as patch:
        if not search:
            search_in_vain(patch)
        found = motion(areas, answers)
    assert undecided(found, areas) == []
    assert set(proved(found, areas)) <= set(expected)
    assert bool(proved(found, areas)) == bool(expected)
    bound = motion(areas, answers, exact=False)
    assert proved(bound, areas) == []
    assert set(undecided(bound, areas)) >= set(expected)


@given(OWNERS, st.integers(0, 1), st.integers(1, 2))
@settings(max_examples=150, deadline=None)
def test_a_shorter_search_may_leave_owners_undecided_but_is_never_wrong(
    owners: list[tuple[int, int]], few: int, fillings: int
) -> None:
    areas, answers = [area for area, _ in owners], [answer for _, answer in owners]
    expected = set(forced_answers(areas, answers))
    with pytest.MonkeyPatch.context() as patch:
        search_in_vain(patch)
        patch.setattr(readable, "FEW", few)
        patch.setattr(readable, "FILLINGS", fillings)
        found = motion(areas, answers)
    assert set(proved(found, areas)) <= expected
    assert bool(found.proved.any() or found.undecided.any()) >= bool(expected)


BALLOTS = st.integers(1, 3).flatmap(
    lambda maximum: st.tuples(
        st.just(maximum),
        st.lists(
            st.tuples(
                st.integers(1, 6),
                st.sampled_from([row for row in product([False, True], repeat=3) if sum(row) <= maximum]),
            ),
            min_size=1,
            max_size=5,
        ),
    )
)


@given(BALLOTS)
@settings(max_examples=200, deadline=None)
def test_an_election_is_decided_as_all_assignments_do_or_is_undecided(
    ballots: tuple[int, list[tuple[int, tuple[bool, ...]]]],
) -> None:
    maximum, owners = ballots
    areas, ticks = [area for area, _ in owners], [row for _, row in owners]
    expected = forced(areas, ticks, [row for row in product([False, True], repeat=3) if sum(row) <= maximum])
    found = election(areas, ticks, maximum)
    assert set(proved(found, areas)) <= set(expected)
    assert bool(expected) <= bool(found.proved.any() or found.undecided.any())
    if maximum == 3:
        assert not found.undecided.any(), "no tick keeps another from being made"
    bound = election(areas, ticks, maximum, exact=False)
    assert bool(expected) <= bool(bound.undecided.any())


def test_an_owner_of_a_unique_area_alone_with_an_answer_is_readable() -> None:
    assert proved(motion([8937, 8937, 8937, 12050], [0, 0, 0, 1]), [8937, 12050]) == [8937, 12050]


def test_two_equal_flats_hide_each_other() -> None:
    found = motion([8937, 8937], [0, 1])
    assert not found.proved.any()
    assert not found.undecided.any()


def test_who_agrees_with_everybody_is_readable() -> None:
    assert motion([8937] * 5, [0] * 5).proved.all()


def test_a_developer_is_readable_and_the_flats_are_not() -> None:
    areas, answers = [570000] + [8937, 10412] * 6, [0] + [0, 0, 1, 1, 2, 2] * 2
    assert proved(motion(areas, answers), areas) == [570000]


def test_two_flats_may_hide_one_that_is_as_large_only_with_the_heads_right() -> None:
    """One owner of 160.00 m2 says no, or two of 80.00: the heads tell. With 60 + 100 = 80 + 80 nothing tells."""
    assert proved(motion([8000, 8000, 16000], [0, 0, 1]), [8000, 8000, 16000]) == [8000, 16000]
    found = motion([6000, 10000, 8000, 8000], [0, 0, 1, 1])
    assert not found.proved.any()
    assert not found.undecided.any()


def test_what_no_search_finds_the_exact_way_does(monkeypatch: pytest.MonkeyPatch) -> None:
    search_in_vain(monkeypatch)
    found = motion([6000, 10000, 8000, 8000], [0, 0, 1, 1])
    assert not found.proved.any()
    assert not found.undecided.any()
    found = election([6000, 10000, 8000, 8000], [[True], [True], [False], [False]], 1)
    assert not found.proved.any()
    assert not found.undecided.any()


def test_three_answers_together_tell_more_than_each_alone() -> None:
    """By each answer's numbers alone 10 or 40 may be in any of two; together, 20 + 40 = 60 leaves 10 + 50 to the rest."""
    areas, answers = [10, 20, 30, 40, 50], [0, 1, 2, 1, 0]
    assert forced_answers(areas, answers) == proved(motion(areas, answers), areas)


def test_who_has_no_tick_to_spare_gives_one_up_for_another() -> None:
    """All tick one of two candidates; two flats of one sum on either side can change sides."""
    ticks = [(True, False, False)] * 2 + [(False, True, False)] * 2 + [(False, False, True), (False, False, False)] * 2
    found = election([6000, 10000, 7000, 9000, 8000, 8000, 8000, 8000], ticks, 1)
    assert not found.proved.any()
    assert not found.undecided.any()


def test_a_tick_that_only_one_can_have_made_is_readable() -> None:
    ticks = [(True, False), (False, False), (False, False)]
    assert proved(election([8000, 9000, 10000], ticks, 1), [8000, 9000, 10000]) == [8000, 9000, 10000]


def test_only_those_asked_for_are_looked_at() -> None:
    people = crowd([570000] + [8937] * 4)
    asked = people.areas_dm2 < 570000
    found = read_motion(people, np.array([0, 0, 0, 1, 2]), asked, SEED, (0,))
    assert not found.proved.any()
