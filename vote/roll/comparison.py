"""Decides what changed from one roll of an estate to the next, unit by unit.

Units are the same by their place. Owners are compared whole, names with numbers, and shown masked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Change(StrEnum):
    """What became of a unit."""

    ADDED = "added"
    REMOVED = "removed"
    AREA = "area"
    OWNER = "owner"


@dataclass(frozen=True, slots=True)
class Line:
    """A unit as a roll has it."""

    area_dm2: int
    owners: frozenset[tuple[str, str]]
    """Names and identity numbers; empty for the developer."""
    masked_owner: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One unit that is not as it was."""

    place: tuple[str, str, str]
    changes: tuple[Change, ...]
    before: Line | None
    after: Line | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed between two rolls."""

    differences: tuple[Difference, ...]
    same: int

    def count(self, change: Change) -> int:
        """Return at how many units this changed."""
        return sum(change in each.changes for each in self.differences)


Lines = Mapping[tuple[str, str, str], Line]


def compare(before: Lines, after: Lines) -> Comparison:
    """Compare two rolls by building, entrance and room."""
    differences = []
    for place in [*after, *(place for place in before if place not in after)]:
        one, other = before.get(place), after.get(place)
        changes = _changes(one, other)
        if changes:
            differences.append(Difference(place, changes, one, other))
    return Comparison(tuple(differences), len(before.keys() | after.keys()) - len(differences))


def _changes(one: Line | None, other: Line | None) -> tuple[Change, ...]:
    if one is None or other is None:
        return (Change.ADDED if one is None else Change.REMOVED,)
    changes = []
    if one.area_dm2 != other.area_dm2:
        changes.append(Change.AREA)
    if one.owners != other.owners:
        changes.append(Change.OWNER)
    return tuple(changes)
