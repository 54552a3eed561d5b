"""Looks for exchanges between two groups that leave the heads and the area of both as they are.

 * Whoever is in an exchange could be in the other group without anybody seeing it. What is found is sure; what is not
   found may still exist, so whoever counts the rest as readable counts too many, never too few.
 * Two against two first, for all owners at once: `a + b = c + d` stands in a table of differences. Then all exchanges
   within about two dozen owners, chosen so that those still asked for are among them.
 * The search ends when a fixed number of tries in a row found nothing; which owners it tries follows from the seed.

Not here: which groups a ballot makes (`readable.py`).
"""

from typing import NamedTuple

import numpy as np

from vote.check.assignment import Numbers, Sizes, Ways, halve
from vote.check.simulation import draws

MANY = 24
"""With more sizes than this to ask for, differences are tried first."""
DIFFERENCE_ROUNDS = 12
POOL = 64
"""Owners on each side of a table of differences."""
ROUNDS = (
    (2, 22),
    (8, 22),
    (1, 22),
    (32, 22),
    (4, 24),
    (16, 24),
    (1, 26),
    (4, 26),
    (32, 26),
    (2, 26),
    (8, 26),
    (16, 26),
)
"""Each round of a search among few: how many owners of one size are taken from either group, at most, and how many bits
the number of both halves' rows, multiplied, may have."""
ASKED = 10
"""Sizes asked for in one round."""
_DIFFERENCES, _FEW = 0, 1


class Groups(NamedTuple):
    """Two groups of owners whose heads and areas are known."""

    areas_dm2: Numbers
    """The area of each size."""
    first: Numbers
    """How many of each size are in the first group."""
    second: Numbers
    """How many are in the second."""


def find_exchanges(groups: Groups, asked: Sizes, seed: bytes, place: tuple[int, ...]) -> Ways:
    """Return sizes of which an owner could be in the first group (`inside`) or in the second (`outside`).

    Args:
        groups: the two groups.
        asked: the sizes of interest; the others may be found too, or not.
        seed: of the simulation.
        place: of this search in the simulation.
    """
    ways = Ways(groups.first > 0, groups.second > 0)
    if not ways.inside.any() or not ways.outside.any():
        return ways
    for turn in range(DIFFERENCE_ROUNDS):
        wanted = _open(ways, asked)
        if np.count_nonzero(wanted) <= MANY:
            break
        _differences(groups, ways, wanted, draws(seed, (*place, _DIFFERENCES, turn), len(asked)))
    turn = fruitless = 0
    while fruitless < len(ROUNDS) and (wanted := _open(ways, asked)).any():
        _among_few(groups, ways, wanted, ROUNDS[fruitless], draws(seed, (*place, _FEW, turn), len(asked)))
        fruitless = fruitless + 1 if (_open(ways, asked) == wanted).all() else 0
        turn += 1
    return ways


def _open(ways: Ways, asked: Sizes) -> Sizes:
    return asked & (ways.inside ^ ways.outside)


def _differences(groups: Groups, ways: Ways, wanted: Sizes, drawn: Numbers) -> None:
    """Find exchanges of two against two: one of those wanted, three from pools that hold none of these sizes."""
    areas_dm2, first, second = groups
    tested = wanted & (drawn % 2 == 0)
    order = np.argsort(drawn, kind="stable")
    order = order[~tested[order]]
    pools = [_pool(order, numbers) for numbers in (first, second)]
    (firsts, more_firsts), (seconds, more_seconds) = ((pool[::2][:POOL], pool[1::2][:POOL]) for pool in pools)
    gains = (areas_dm2[seconds][:, None] - areas_dm2[firsts]).ravel()
    for numbers, partners, table in ((first, more_seconds, gains), (second, more_firsts, -gains)):
        members = np.flatnonzero(tested & (numbers > 0))
        steps = areas_dm2[members][:, None] - areas_dm2[partners]
        found = members[np.isin(steps, table).any(axis=1)]
        ways.inside[found] = ways.outside[found] = True


def _pool(order: Numbers, numbers: Numbers) -> Numbers:
    """Return owners of one group, one of each size, then a second of each; no owner twice."""
    return np.concatenate([order[numbers[order] > 0], order[numbers[order] > 1]])


def _among_few(groups: Groups, ways: Ways, wanted: Sizes, limits: tuple[int, int], drawn: Numbers) -> None:
    """Find every exchange within some of the owners."""
    width, bits = limits
    first, second = (np.minimum(numbers, width) for numbers in (groups.first, groups.second))
    sizes = _choose(first, second, wanted, bits, drawn)
    areas, one, both = groups.areas_dm2[sizes], first[sizes], first[sizes] + second[sizes]
    found = halve(areas, both).ways(both, int(one.sum()), int((one * areas).sum()))
    ways.inside[sizes] |= found.inside
    ways.outside[sizes] |= found.outside


def _choose(first: Numbers, second: Numbers, wanted: Sizes, bits: int, drawn: Numbers) -> Numbers:
    """Choose sizes: some that are wanted, then others, by turns from either group."""
    order = np.argsort(drawn, kind="stable")
    asked = order[wanted[order]][:ASKED]
    others = order[~np.isin(order, asked)]
    sides = [others[numbers[others] > 0].tolist() for numbers in (first, second)]
    longest = max(map(len, sides))
    turns = [side[place] for place in range(longest) for side in sides if place < len(side)]
    chosen = np.array(list(dict.fromkeys([*asked.tolist(), *turns])), dtype=np.int64)
    # A sum of logarithms is a whole number only where all numbers are powers of two, and then it is exact.
    return chosen[np.cumsum(np.log2(1 + first[chosen] + second[chosen])) <= bits]
