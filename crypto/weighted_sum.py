"""Adds up many points, each as often as its weight says, with as few additions as the weights allow.

 * Weights of one election have much in common: they are written as least + step · rest, and the rests are small.
 * Points of equal rest are added first; the distinct rests go through buckets, digit by digit (Pippenger).
 * The plan is made once from the weights and used for every column of points.
 * Variable time: for what is public only.

Follows SPEC.md §7.1.

>>> from crypto.group import multiply_base
>>> plan = plan_sum([50001, 70001, 50001])
>>> (plan.least, plan.step, plan.rests)
(50001, 20000, (0, 1))
>>> apply_plan(plan, [multiply_base(each) for each in (1, 2, 3)]) == multiply_base(50001 + 2 * 70001 + 3 * 50001)
True
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import gcd

from crypto.group import IDENTITY, add, multiply

MULTIPLY_COST = 6
"""What a multiplication by a scalar costs, in additions."""
_WINDOWS = range(3, 13)


@dataclass(frozen=True, slots=True)
class SumPlan:
    """How to add points with given weights."""

    least: int
    """The smallest weight."""
    step: int
    """The greatest common divisor of what the others have above it."""
    rests: tuple[int, ...]
    """The distinct values of (weight - least) / step, rising."""
    places: tuple[int, ...]
    """For each point, where its rest stands in `rests`."""
    window: int
    """How many bits of a rest are one digit."""


def plan_sum(weights: Sequence[int]) -> SumPlan:
    """Plan the sum of points with these weights, whole numbers from 0."""
    least = min(weights, default=0)
    step = gcd(*(weight - least for weight in weights)) or 1
    values = [(weight - least) // step for weight in weights]
    rests = tuple(sorted(set(values)))
    place = {rest: position for position, rest in enumerate(rests)}
    widest = max(rests, default=0).bit_length()
    window = min({*_WINDOWS, max(widest, 1)}, key=lambda each: _cost(rests, each))
    return SumPlan(least, step, rests, tuple(place[value] for value in values), window)


def apply_plan(plan: SumPlan, points: Sequence[bytes]) -> bytes:
    """Return the product of the points, each to the power of its weight.

    Raises:
        VerificationError: a sum is not in the group, so some point was not.
    """
    sums = [IDENTITY] * len(plan.rests)
    for place, point in zip(plan.places, points, strict=True):
        sums[place] = add(sums[place], point)
    total = IDENTITY
    for each in sums:
        total = add(total, each)
    return add(multiply(total, plan.least), multiply(_sum_by_digits(plan, sums), plan.step))


def _sum_by_digits(plan: SumPlan, sums: Sequence[bytes]) -> bytes:
    total = IDENTITY
    for shift in reversed(_shifts(plan.rests, plan.window)):
        buckets: dict[int, bytes] = {}
        for rest, point in zip(plan.rests, sums, strict=True):
            digit = rest >> shift & (1 << plan.window) - 1
            if digit:
                buckets[digit] = add(buckets.get(digit, IDENTITY), point)
        total = add(multiply(total, 1 << plan.window), _sum_of_buckets(buckets))
    return total


def _sum_of_buckets(buckets: dict[int, bytes]) -> bytes:
    """Return the sum of digit · bucket: the running sum from the top counts once for each step down."""
    total = running = IDENTITY
    for digit, after in pairwise((*sorted(buckets, reverse=True), 0)):
        running = add(running, buckets[digit])
        gap = digit - after
        if gap > MULTIPLY_COST:
            total = add(total, multiply(running, gap))
        else:
            for _ in range(gap):
                total = add(total, running)
    return total


def _shifts(rests: Sequence[int], window: int) -> range:
    return range(0, max(rests, default=0).bit_length(), window)


def _cost(rests: Sequence[int], window: int) -> int:
    """Estimate the additions that a window takes."""
    cost = 0
    for shift in _shifts(rests, window):
        digits = [rest >> shift & (1 << window) - 1 for rest in rests]
        occupied = sorted({0, *digits})
        gaps = (high - low for low, high in pairwise(occupied))
        cost += MULTIPLY_COST + sum(map(bool, digits)) + sum(1 + min(gap, MULTIPLY_COST + 1) for gap in gaps)
    return cost
