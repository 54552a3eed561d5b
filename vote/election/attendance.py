"""Decides what a turnout still needs to reach the quorum, and adds it up by building and entrance.

 * By heads and by area, each against its own line; how many more are needed is exact, never rounded.
 * By building homes are counted, not owners: an owner with flats in two buildings stands in both, and counts once in all.

Follows Civil Code art. 278 ¶2. Not here: who may look, and who has voted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from vote.election.packing import Measures
from vote.law.majority import Both
from vote.law.measure import Share


class Home(NamedTuple):
    """A unit on the roll."""

    building: str
    entrance: str
    room: str
    area_dm2: int
    voted: bool


@dataclass(frozen=True, slots=True)
class Need:
    """How far one of the two measures is."""

    kind: str
    """`heads` or `area`."""
    part: int
    whole: int
    share: Share
    missing: int
    """How many heads, or dm² (0.01 m²), are still needed; 0 once it is reached."""


@dataclass(frozen=True, slots=True)
class Group:
    """The homes of a building, or of an entrance of it."""

    building: str
    entrance: str
    """Empty for a whole building."""
    homes: int
    voted: int
    area_dm2: int
    voted_area_dm2: int


def still_needed(share: Share, part: int, whole: int) -> int:
    """Return the least number that `part` lacks so that it is enough of `whole`."""
    least = -(-whole * share.numerator // share.denominator)
    if share.strict and least * share.denominator == whole * share.numerator:
        least += 1
    return max(0, least - part)


def find_needs(quorum: Both, electorate: Measures, cast: Measures) -> tuple[Need, Need]:
    """Return how far heads and area are."""
    return (
        Need(
            "heads",
            cast.heads,
            electorate.heads,
            quorum.heads,
            still_needed(quorum.heads, cast.heads, electorate.heads),
        ),
        Need(
            "area",
            cast.area_dm2,
            electorate.area_dm2,
            quorum.area,
            still_needed(quorum.area, cast.area_dm2, electorate.area_dm2),
        ),
    )


def group_homes(homes: Iterable[Home]) -> tuple[tuple[Group, tuple[Group, ...]], ...]:
    """Return each building with its entrances, both in the order of their numbers."""
    buildings: dict[str, list[Home]] = {}
    for home in homes:
        buildings.setdefault(home.building, []).append(home)
    found = []
    for building in sorted(buildings, key=order_of):
        inside: dict[str, list[Home]] = {}
        for home in buildings[building]:
            inside.setdefault(home.entrance, []).append(home)
        entrances = tuple(_add_up(building, name, inside[name]) for name in sorted(inside, key=order_of))
        found.append((_add_up(building, "", buildings[building]), entrances))
    return tuple(found)


def order_of(name: str) -> tuple[int, str]:
    """Return what a building, entrance or room is sorted by: its number where it is one, then its letters."""
    digits = "".join(letter for letter in name if letter in "0123456789")
    return (int(digits) if digits else 0, name)


def _add_up(building: str, entrance: str, homes: Sequence[Home]) -> Group:
    return Group(
        building,
        entrance,
        len(homes),
        sum(home.voted for home in homes),
        sum(home.area_dm2 for home in homes),
        sum(home.area_dm2 for home in homes if home.voted),
    )
