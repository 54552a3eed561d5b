"""Adds many points at once, in the affine coordinates (u, v) of Curve25519: v² = u³ + 486662·u² + u.

 * Only for public points: the time depends on the values.
 * Only for members of the group (`group.require_member`); the identity has no affine coordinates and is refused.
 * A sum whose two sides share u is not computed here (`ValueError`): the caller knows that none occurs.
 * One inversion serves a whole batch: the inverses of n numbers cost one inversion and 3n products.
 * A point and its inverse share u. So P+Q and P-Q need one inverse between them, and u alone is compared.

Follows RFC 7748 §4.1 (the map from edwards25519) and RFC 8032 §5.1.3 (decompression). Speed: SPEC.md §13.

>>> from crypto import group
>>> steps = multiples(from_edwards(group.BASE), 3)
>>> steps[2] == from_edwards(group.multiply_base(3))
True
>>> sums, differences = around(from_edwards(group.multiply_base(10)), steps)
>>> differences[0] == from_edwards(group.multiply_base(9)).u
True
"""

import itertools
from collections.abc import Sequence
from typing import NamedTuple

from crypto import group
from crypto.errors import VerificationError

_P = group.FIELD
_A = 486662
_D = -121665 * pow(121666, -1, _P) % _P
"""d of edwards25519 (RFC 8032 §5.1)."""
_SQRT_MINUS_1 = pow(2, (_P - 1) // 4, _P)
_SIGN_BIT = 1 << 255


class Point(NamedTuple):
    """A member of the group other than the identity."""

    u: int
    v: int


def from_edwards(point: bytes) -> Point:
    """Return the affine coordinates of a member of the group.

    Raises:
        VerificationError: `point` is the identity or no member.
    """
    group.require_member(point)
    if point == group.IDENTITY:
        raise VerificationError("the identity has no affine coordinates")
    number = int.from_bytes(point, "little")
    y = number & (_SIGN_BIT - 1)
    x = _root_of_quotient(y * y - 1, _D * y * y + 1)
    if x & 1 != number >> 255:
        x = _P - x
    u = (1 + y) * pow(1 - y, -1, _P) % _P
    return Point(u, _SCALE * u * pow(x, -1, _P) % _P)


def multiples(point: Point, count: int) -> list[Point]:
    """Return `point` times 1, 2, … `count`."""
    result = [point, _double(point)]
    while len(result) < count:
        # The last one is left out: a point is not added to itself by the same formula.
        result += add_to_each(result[-1], result[:-1])
    return result[:count]


def add_to_each(point: Point, others: Sequence[Point]) -> list[Point]:
    """Return point+other for each of `others`, none of which has the u of `point`."""
    result = []
    for other, inverse in zip(others, _inverses([other.u - point.u for other in others]), strict=True):
        slope = (other.v - point.v) * inverse % _P
        u = (slope * slope - _A - point.u - other.u) % _P
        result.append(Point(u, (slope * (point.u - u) - point.v) % _P))
    return result


def around(point: Point, steps: Sequence[Point]) -> tuple[list[int], list[int]]:
    """Return u of point+step and u of point-step for each of `steps`, none of which has the u of `point`."""
    u0, v0 = point
    base = _A + u0
    sums, differences = [], []
    for (u, v), inverse in zip(steps, _inverses([u - u0 for u, _ in steps]), strict=True):
        down = (v - v0) * inverse % _P
        up = (v + v0) * inverse % _P
        sums.append((down * down - base - u) % _P)
        differences.append((up * up - base - u) % _P)
    return sums, differences


def _double(point: Point) -> Point:
    u, v = point
    slope = (3 * u * u + 2 * _A * u + 1) * pow(2 * v, -1, _P) % _P
    doubled = (slope * slope - _A - 2 * u) % _P
    return Point(doubled, (slope * (u - doubled) - v) % _P)


def _inverses(numbers: Sequence[int]) -> list[int]:
    """Return the inverses mod p of numbers that are not zero (Montgomery 1987, §10.3.1)."""
    products = list(itertools.accumulate(numbers, lambda left, right: left * right % _P, initial=1))
    inverse = pow(products.pop(), -1, _P)
    result = []
    for number, product in zip(reversed(numbers), reversed(products), strict=True):
        result.append(inverse * product % _P)
        inverse = inverse * number % _P
    result.reverse()
    return result


def _root_of_quotient(numerator: int, denominator: int) -> int:
    """Return a square root mod p of a quotient that is known to be a square (RFC 8032 §5.1.3)."""
    square = numerator * pow(denominator, -1, _P) % _P
    root = pow(square, (_P + 3) // 8, _P)
    return root if root * root % _P == square else root * _SQRT_MINUS_1 % _P


_SCALE = _root_of_quotient(-_A - 2, 1)
"""The factor of v = sqrt(-486664)·u/x; either root gives a map that respects addition."""
