"""Decides whether a vote can reach its quorum, before anything is set up: who can be reached, what hangs on the developer.

 * Heads and area stand side by side, whole numbers, compared by cross-multiplying (CC art. 278 ¶2).
 * The developer is one head with all its area (interpretation of 2020 art. 9). If it stays away, the rest must reach what is needed of all.
 * Nothing here bars the way: it is said before people set out.

Not here: the latest opening day (`vote/election/plan.py`).
"""

from dataclasses import dataclass

from vote.law.measure import Measure, Share

_MILLE = 1000


@dataclass(frozen=True, slots=True)
class Need:
    """What a quorum asks of one measure."""

    whole: int
    needed: int
    """The least that is enough."""
    developer: int
    reachable: int
    """Of owners with a confirmed telephone, the developer left out."""

    @property
    def short(self) -> int:
        """How much more must be reached in another way, by letter or door, if all who can be reached by telephone vote."""
        return max(0, self.needed - self.reachable)

    @property
    def developer_permille(self) -> int:
        """The developer's part of the whole, rounded down."""
        return self.developer * _MILLE // self.whole if self.whole else 0

    @property
    def rest_permille(self) -> int:
        """What part of the rest must vote if the developer stays away, rounded up; over 1000 it cannot be reached."""
        rest = self.whole - self.developer
        return -(-self.needed * _MILLE // rest) if rest else _MILLE + 1


@dataclass(frozen=True, slots=True)
class Readiness:
    """Both measures."""

    heads: Need
    area: Need

    @property
    def needs_developer(self) -> bool:
        """Whether there is no quorum without the developer, even if everybody else votes."""
        return max(self.heads.rest_permille, self.area.rest_permille) > _MILLE


def readiness(whole: Measure, developer: Measure, reachable: Measure, heads: Share, area: Share) -> Readiness:
    """Return what a quorum asks for.

    Args:
        whole: of all owners.
        developer: what it has unsold and undelivered; no head where it has nothing.
        reachable: of owners with a confirmed telephone, the developer left out.
        heads: the share of heads that must take part.
        area: the share of area that must take part.
    """
    return Readiness(
        Need(whole.heads, least(heads, whole.heads), developer.heads, reachable.heads),
        Need(whole.area_dm2, least(area, whole.area_dm2), developer.area_dm2, reachable.area_dm2),
    )


def least(share: Share, whole: int) -> int:
    """Return the least part of a whole that meets a share; of nothing, one more than there is."""
    if not whole:
        return 1
    part = share.numerator * whole // share.denominator
    return part if share.met(part, whole) else part + 1
