"""Finds whose choice can be read from the published heads and areas of one question.

 * A choice is readable if it is the same in every assignment of choices to owners that gives the published numbers. The
   simulated one is such an assignment; another in which the owner chose otherwise shows that it is not.
 * A motion of up to 40 owners is decided exactly, all three answers together: every way to fill the smallest answer,
   and for each all ways to share the rest between the other two.
 * An election's choices each have numbers of their own. With up to 40 owners it is exact whether one choice's numbers,
   taken alone, give a mark away; then it is readable, and what else is published cannot hide it again. That it is *not*
   readable is claimed only if other ballots, none with more ticks than allowed, give all the published numbers.
 * What is neither shown to be readable nor shown not to be is *undecided*. It is counted as readable.

Not here: the simulated choices (`simulation.py`), how often anything is readable (`disclosure.py`).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vote.check.assignment import Halves, Numbers, Sizes, Ways
from vote.check.exchange import Groups, find_exchanges

MOTION_WAYS = 3
FILLINGS = 2000
"""How many ways to fill the smallest answer are followed up; with more, some owners may stay undecided."""
QUICK = 1 << 15
"""With no more rows in a half, all ways are looked at without trying some first."""
TICKED, UNTICKED = 0, 1
_COLUMN = (TICKED, UNTICKED)
FEW = 16
"""Up to so many ways to fill the smallest answer, nothing else is tried before following them up."""


class Crowd(NamedTuple):
    """Who took part, by size."""

    areas_dm2: Numbers
    """Each area, once."""
    numbers: Numbers
    """How many owners have it."""
    of_owner: Numbers
    """Each owner's size, as a position in `areas_dm2`."""
    halves: Halves | None
    """Where an exact answer is wanted."""


class Readable(NamedTuple):
    """Sizes whose owners' choice is readable on a question."""

    proved: Sizes
    undecided: Sizes


class _Seen:
    """In which of a question's states a member of each size was seen, in any assignment."""

    def __init__(self, counts: Numbers, asked: Sizes) -> None:
        self.states = counts > 0
        self.asked = asked

    @property
    def open(self) -> Sizes:
        """Sizes asked for and seen in one state only."""
        once: Sizes = self.asked & (self.states.sum(axis=0) == 1)
        return once

    def add(self, one: int, other: int, ways: Ways) -> None:
        """Add what was found about two states."""
        self.states[one] |= ways.inside
        self.states[other] |= ways.outside


def read_motion(crowd: Crowd, answers: Numbers, asked: Sizes, seed: bytes, place: tuple[int, ...]) -> Readable:
    """Return whose answer to a motion can be read.

    Args:
        crowd: who took part.
        answers: 0, 1 or 2 for each owner.
        asked: the sizes of interest.
        seed: of the simulation.
        place: of the question in it.
    """
    size_count = len(crowd.numbers)
    counts = np.array(
        [np.bincount(crowd.of_owner[answers == each], minlength=size_count) for each in range(MOTION_WAYS)]
    )
    order = np.argsort(-counts.sum(axis=1), kind="stable")
    large, middle, small = (int(each) for each in order)
    seen = _Seen(counts, asked)
    pairs = ((large, middle), (large, small), (middle, small))
    for turn, (one, other) in enumerate(pairs):
        touched = seen.open & (seen.states[one] | seen.states[other])
        if touched.any():
            ways = _search(crowd, (counts[one], counts[other]), touched, seed, (*place, turn))
            seen.add(one, other, ways)
    nothing = np.zeros(size_count, dtype=np.bool_)
    if crowd.halves is None or not seen.open.any():
        return Readable(nothing, seen.open)
    for one, other in pairs:
        if (seen.open & (seen.states[one] | seen.states[other])).any():
            seen.add(one, other, _ways(crowd.halves, counts[one] + counts[other], counts[one]))
    if not seen.open.any():
        return Readable(nothing, nothing)
    return _follow_up(crowd, crowd.halves, counts, (large, middle, small), seen)


def _follow_up(crowd: Crowd, halves: Halves, counts: Numbers, order: tuple[int, int, int], seen: _Seen) -> Readable:
    """Go through the ways to fill the smallest answer, until every size asked for was seen in two states."""
    large, middle, small = order
    areas, numbers = crowd.areas_dm2, crowd.numbers
    nothing = np.zeros(len(numbers), dtype=np.bool_)
    heads, area = int(counts[small].sum()), int((counts[small] * areas).sum())
    fillings, complete = halves.fillings(numbers, heads, area, FILLINGS)
    if len(fillings) > FEW:
        proved = seen.open & _alone(halves, counts, numbers, seen)
        if proved.any():
            return Readable(proved, nothing)
    heads, area = int(counts[middle].sum()), int((counts[middle] * areas).sum())
    for filling in fillings:
        ways = halves.ways(numbers - filling, heads, area)
        if ways.inside.any() or ways.outside.any():
            seen.states[small] |= filling > 0
            seen.add(middle, large, ways)
            if not seen.open.any():
                break
    return Readable(seen.open, nothing) if complete else Readable(nothing, seen.open)


def _alone(halves: Halves, counts: Numbers, numbers: Numbers, seen: _Seen) -> Sizes:
    """Return the sizes that one answer's numbers alone bind to it, or the other two's alone keep out of both."""
    each = [_ways(halves, numbers, count) for count in counts]
    possible = np.array([ways.inside for ways in each])
    bound = np.array([~ways.outside for ways in each])
    proved: Sizes = (seen.states & bound).any(axis=0) | (possible.sum(axis=0) == 1)
    return proved


def read_election(  # noqa: PLR0917 - ballots, and the place of a search
    crowd: Crowd, ticks: NDArray[np.bool_], maximum: int, asked: Sizes, seed: bytes, place: tuple[int, ...]
) -> Readable:
    """Return whose tick, or missing tick, for at least one choice can be read.

    Args:
        crowd: who took part.
        ticks: a row for each owner, a column for each choice.
        maximum: how many may be ticked.
        asked: the sizes of interest.
        seed: of the simulation.
        place: of the question in it.
    """
    size_count, choices = len(crowd.numbers), ticks.shape[1]
    spare = ticks.sum(axis=1) < maximum

    def count(which: NDArray[np.bool_]) -> Numbers:
        return np.bincount(crowd.of_owner[which], minlength=size_count)

    nothing = np.zeros(size_count, dtype=np.bool_)
    heads = ticks.sum(axis=0)
    # The numbers of few, or of nearly all, give most away and are searched fastest.
    for choice in np.argsort(np.minimum(heads, len(ticks) - heads), kind="stable").tolist():
        ticked, free = count(ticks[:, choice]), count(~ticks[:, choice] & spare)
        seen = _Seen(np.array([ticked, crowd.numbers - ticked]), asked)
        seen.add(*_COLUMN, _search(crowd, (ticked, free), seen.open, seed, (*place, choice)))
        for other in range(choices):
            # Whoever has no tick to spare gives up another one for this choice.
            unticked = seen.open & seen.states[UNTICKED]
            if other != choice and unticked.any():
                given, taken = (count(ticks[:, a] & ~ticks[:, b]) for a, b in ((choice, other), (other, choice)))
                seen.add(*_COLUMN, _search(crowd, (given, taken), unticked, seed, (*place, choice, other)))
        if crowd.halves is not None and seen.open.any():
            alone = _ways(crowd.halves, crowd.numbers, ticked)
            proved = seen.open & ~(alone.inside & alone.outside)
            if proved.any():
                return Readable(proved, nothing)
            seen.add(*_COLUMN, _ways(crowd.halves, ticked + free, ticked))
        if seen.open.any():
            return Readable(nothing, seen.open)
    return Readable(nothing, nothing)


def _search(crowd: Crowd, groups: tuple[Numbers, Numbers], asked: Sizes, seed: bytes, place: tuple[int, ...]) -> Ways:
    """Look for exchanges between two groups: for all there are, where that is quick."""
    first, second = groups
    if crowd.halves is not None and len(crowd.halves.left.keys) <= QUICK:
        return _ways(crowd.halves, first + second, first)
    return find_exchanges(Groups(crowd.areas_dm2, first, second), asked, seed, place)


def _ways(halves: Halves, available: Numbers, group: Numbers) -> Ways:
    """Return what holds in at least one way to make a group with the heads and area of `group`."""
    return halves.ways(available, int(group.sum()), int((group * halves.areas_dm2).sum()))
