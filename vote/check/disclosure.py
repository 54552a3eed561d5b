"""Decides how likely the published totals of an election give single choices away, before anything is published.

 * Heads and exact area of each choice are published. In a small scope, or beside a large owner, that can tell how
   somebody voted. So outcomes are simulated on the areas that vote, and each is searched for a readable choice.
 * The figure is the share of simulated outcomes with at least one readable choice. From 1 % on it is a warning.
 * With up to 40 who take part each outcome is decided exactly, as far as `readable.py` says. Above, an owner counts as
   readable unless an exchange with others is found that nobody could see: the figure is then an upper bound.
 * An *outlier* is larger than what twenty others can make up for: `area > 20 largest others - 19 smallest others` (with
   fewer than 40, as many as there are). To hide it, more than twenty owners would have to leave its side for fewer in
   return. With up to 40 that cannot be. In a larger crowd it can, but only by a slant of sizes that the averages give
   away, so an outlier counts as readable at any size.

Not here: what to do about it (named mode, a wider scope).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vote.check.assignment import Sizes, halve
from vote.check.readable import Crowd, Readable, read_election, read_motion
from vote.check.simulation import Leaning, answer_election, answer_motion, draws, require_leaning
from vote.election.ask import Ask, AskKind
from vote.errors import Reason, RefusedError

LEAST_SIMULATIONS = 200
EXACT_PARTICIPANTS = 40
REACH = 20
"""So many others are taken to make up for one owner, against one fewer in return."""
MAX_AREA_DM2 = 10**9
WARN_PERMYRIAD = 100
PERMYRIAD = 10_000
_ANSWERS, _SEARCH = 0, 1


@dataclass(frozen=True, slots=True)
class Disclosure:
    """How often something is readable."""

    participants: int
    simulations: int
    forced: int
    """Simulated outcomes in which somebody's choice is readable, or counted as such."""
    forced_without_outliers: int
    """Simulated outcomes in which that holds of somebody who is no outlier."""
    undecided: int
    """Simulated outcomes that are counted in `forced` only because nothing was proved either way."""
    outliers: int
    """How many owners are outliers."""

    @property
    def permyriad(self) -> int:
        """The share in hundredths of a percent, rounded up."""
        return -(-self.forced * PERMYRIAD // self.simulations)

    @property
    def exact(self) -> bool:
        """Whether every simulated outcome was decided; else the share is an upper bound."""
        return self.undecided == 0

    @property
    def warn(self) -> bool:
        """Whether the share is 1 % or more."""
        return self.forced * PERMYRIAD >= self.simulations * WARN_PERMYRIAD


def disclose(
    areas_dm2: Sequence[int],
    asks: Sequence[Ask],
    seed: bytes,
    *,
    simulations: int = LEAST_SIMULATIONS,
    leaning: Leaning | None = None,
) -> Disclosure:
    """Return how often totals like those to be published give a choice away.

    Args:
        areas_dm2: of everybody who takes part: the weights that were cast, or before voting those that may be.
        asks: the questions, with whatever is asked of each participant.
        seed: all chance follows from it.
        simulations: how many outcomes, at least 200.
        leaning: how owners are taken to vote.

    Raises:
        RefusedError: too few simulations, a leaning that is none, or an area that is none.
    """
    leaning = leaning or Leaning()
    require_leaning(leaning)
    if simulations < LEAST_SIMULATIONS:
        raise RefusedError(Reason.MALFORMED, f"simulations: at least {LEAST_SIMULATIONS} are needed; ask for more")
    if not all(0 < area <= MAX_AREA_DM2 for area in areas_dm2):
        raise RefusedError(Reason.MALFORMED, "areas: each is a whole number of dm2 (0.01 m2) above 0; look at the roll")
    crowd = _crowd(sorted(areas_dm2))  # In any order, the same is drawn for the same areas.
    large = find_outliers(areas_dm2)
    asked = ~np.isin(crowd.areas_dm2, large)
    small_crowd = len(areas_dm2) <= EXACT_PARTICIPANTS
    proved = undecided = 0
    for simulation in range(simulations):
        found = _simulate(crowd, asks, asked, seed, simulation, leaning)
        proved += found is True
        undecided += found is None
    without = proved + undecided
    if large and asks:
        return Disclosure(
            len(areas_dm2), simulations, simulations, without, 0 if small_crowd else simulations - proved, len(large)
        )
    return Disclosure(len(areas_dm2), simulations, without, without, undecided, len(large))


def find_outliers(areas_dm2: Sequence[int]) -> tuple[int, ...]:
    """Return the areas of the outliers, largest first; no two of them are equal."""
    areas = sorted(areas_dm2)
    found: list[int] = []
    for place in range(len(areas) - 1, -1, -1):
        others = areas[:place] + areas[place + 1 :]
        many = min(REACH, len(areas) // 2)
        if areas[place] <= sum(others[len(others) - many :]) - sum(others[: max(many - 1, 0)]):
            break
        found.append(areas[place])
    return tuple(found)


def _crowd(areas_dm2: Sequence[int]) -> Crowd:
    areas, of_owner, numbers = np.unique(np.array(areas_dm2, dtype=np.int64), return_inverse=True, return_counts=True)
    halves = halve(areas, numbers) if len(areas_dm2) <= EXACT_PARTICIPANTS else None
    return Crowd(areas, numbers, of_owner, halves)


def _simulate(  # noqa: PLR0917 - what a simulation is made of
    crowd: Crowd, asks: Sequence[Ask], asked: Sizes, seed: bytes, simulation: int, leaning: Leaning
) -> bool | None:
    """Return whether somebody asked for is readable in one simulated outcome; None if that is undecided."""
    undecided = False
    for number, ask in enumerate(asks):
        found = _read(crowd, ask, asked, seed, (simulation, number), leaning)
        if found.proved.any():
            return True
        undecided |= bool(found.undecided.any())
        if undecided and crowd.halves is None:
            break  # Nothing is proved of a large crowd; the other questions change nothing.
    return None if undecided else False


def _read(  # noqa: PLR0917 - what a simulation is made of
    crowd: Crowd, ask: Ask, asked: Sizes, seed: bytes, place: tuple[int, int], leaning: Leaning
) -> Readable:
    owners = len(crowd.of_owner)
    if ask.kind is AskKind.MOTION:
        answers = answer_motion(draws(seed, (*place, _ANSWERS), owners), leaning)
        return read_motion(crowd, answers, asked, seed, (*place, _SEARCH))
    ticks = answer_election(draws(seed, (*place, _ANSWERS), owners * len(ask.choices)), ask, leaning)
    return read_election(crowd, ticks, ask.maximum, asked, seed, (*place, _SEARCH))
