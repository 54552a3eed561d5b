"""Counts out who can have been in a group of which only heads and area are known.

 * Owners of the same area are not told apart: what one of them may have done, each may. They make a *size*, and a way to
   fill the group is a number of owners from each size.
 * Every way is looked at: all ways to fill with one half of the sizes, sorted, against all ways with the other half.
   So an answer is exact, whatever the areas; time and memory go with the square root of the number of ways.

Not here: which groups a ballot makes (`readable.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
"""One number for each size."""
Sizes = NDArray[np.bool_]
"""Which of the sizes."""


class Ways(NamedTuple):
    """What holds in at least one way to fill a group; both are all false if there is no way."""

    inside: Sizes
    """Sizes of which an owner is in the group."""
    outside: Sizes
    """Sizes of which an owner is not."""


@dataclass(frozen=True, slots=True)
class Half:
    """Every number of owners of some of the sizes, by heads, then by area."""

    members: Numbers
    """The sizes, as positions among all."""
    shifts: Numbers
    """Where the number of each stands in a packed row."""
    guards: int
    """The highest bit of each place, which no number reaches."""
    keys: Numbers
    """Heads and area of each row: heads above, area below."""
    rows: Numbers
    """The numbers, packed into one."""

    def pack(self, numbers: Numbers) -> int:
        """Write the numbers of this half's sizes as a row has them."""
        return int(np.sum(numbers[self.members] << self.shifts))

    def unpack(self, rows: Numbers) -> Numbers:
        """Return the numbers in packed rows, a line for each row and a column for each size of this half."""
        ends = np.append(self.shifts[1:], self.guards.bit_length())
        return (rows[:, None] >> self.shifts) & ((1 << (ends - self.shifts)) - 1)

    def within(self, available: Numbers, most: int) -> tuple[Numbers, Numbers]:
        """Return keys and rows that take no more of a size than is available, and keys up to `most`."""
        end = int(np.searchsorted(self.keys, most, side="right"))
        keys, rows = self.keys[:end], self.rows[:end]
        fits = ((self.pack(available) | self.guards) - rows) & self.guards == self.guards
        return keys[fits], rows[fits]


@dataclass(frozen=True, slots=True)
class Halves:
    """All sizes, cut in two."""

    areas_dm2: Numbers
    """The area of each size."""
    bits: int
    """How many bits of a key are area."""
    left: Half
    right: Half

    def key(self, heads: int, area_dm2: int) -> int:
        """Write heads and area as one number that adds up as they do."""
        return (heads << self.bits) + area_dm2

    def ways(self, available: Numbers, heads: int, area_dm2: int) -> Ways:
        """Return what holds in at least one way to fill a group of `heads` owners and `area_dm2` from those available."""
        number = int(available.sum())
        if 2 * heads > number:
            rest = int((available * self.areas_dm2).sum()) - area_dm2
            outside, inside = self.ways(available, number - heads, rest)
            return Ways(inside, outside)
        goal = self.key(heads, area_dm2)
        left_keys, left_rows = self.left.within(available, goal)
        right_keys, right_rows = self.right.within(available, goal)
        wanted = goal - left_keys[::-1]
        met = _among(wanted, right_keys)
        left_rows = left_rows[::-1][met]
        right_rows = right_rows[_among(right_keys, wanted[met])]
        ways = Ways(np.zeros(len(available), dtype=np.bool_), np.zeros(len(available), dtype=np.bool_))
        for half, rows in ((self.left, left_rows), (self.right, right_rows)):
            if len(rows):
                either = np.array(
                    [np.bitwise_or.reduce(rows), np.bitwise_or.reduce(half.pack(available) - rows)], dtype=np.int64
                )
                ways.inside[half.members], ways.outside[half.members] = half.unpack(either) > 0
        return ways

    def fillings(self, available: Numbers, heads: int, area_dm2: int, limit: int) -> tuple[Numbers, bool]:
        """Return the ways to fill a group, a line each, and whether these are all; else they are `limit`, evenly taken."""
        goal = self.key(heads, area_dm2)
        left_keys, left_rows = self.left.within(available, goal)
        right_keys, right_rows = self.right.within(available, goal)
        first = np.searchsorted(right_keys, goal - left_keys, side="left")
        after = np.searchsorted(right_keys, goal - left_keys, side="right")
        ends = np.cumsum(after - first)
        number = int(ends[-1])
        chosen = np.arange(number) if number <= limit else np.arange(limit) * number // limit
        of_left = np.searchsorted(ends, chosen, side="right")
        of_right = after[of_left] - (ends[of_left] - chosen)
        filled = np.zeros((len(chosen), len(available)), dtype=np.int64)
        filled[:, self.left.members] = self.left.unpack(left_rows[of_left])
        filled[:, self.right.members] = self.right.unpack(right_rows[of_right])
        return filled, number <= limit


def halve(areas_dm2: Numbers, numbers: Numbers) -> Halves:
    """Cut the sizes into two halves with about as many rows each.

    Args:
        areas_dm2: the area of each size, each once, above 0.
        numbers: how many owners have it. Each half gets up to about the square root of the product of all
            `number + 1` rows, so at most 2^20 for 40 owners.
    """
    bits = int((areas_dm2 * numbers).sum()).bit_length()
    members: tuple[list[int], list[int]] = ([], [])
    rows = [1, 1]
    for size in np.argsort(-numbers, kind="stable").tolist():
        side = int(rows[1] < rows[0])
        members[side].append(size)
        rows[side] *= int(numbers[size]) + 1
    left, right = (_half(areas_dm2, numbers, each, bits) for each in members)
    return Halves(areas_dm2, bits, left, right)


def _half(areas_dm2: Numbers, numbers: Numbers, members: Sequence[int], bits: int) -> Half:
    keys, rows = np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64)
    shifts: list[int] = []
    shift = guards = 0
    for size in members:
        number = int(numbers[size])
        taken = np.arange(number + 1, dtype=np.int64)
        keys = (keys[:, None] + taken * ((1 << bits) + int(areas_dm2[size]))).ravel()
        rows = (rows[:, None] + (taken << shift)).ravel()
        shifts.append(shift)
        shift += number.bit_length() + 1
        guards |= 1 << (shift - 1)
    order = np.argsort(keys, kind="stable")
    return Half(np.array(members, dtype=np.int64), np.array(shifts, dtype=np.int64), guards, keys[order], rows[order])


def _among(wanted: Numbers, keys: Numbers) -> Sizes:
    """Return which of `wanted` stand among sorted keys."""
    if not len(keys):
        return np.zeros(len(wanted), dtype=np.bool_)
    found: Sizes = keys[np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)] == wanted
    return found
