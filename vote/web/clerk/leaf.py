"""Decides which part of a long list a page shows, and which parts there are."""

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

Line = TypeVar("Line")


class Leaf(NamedTuple):
    """A part of a long list."""

    number: int
    """From 1."""
    last: int
    """How many parts there are, at least 1."""
    size: int
    """How many lines a part has at most."""

    def of(self, lines: Sequence[Line]) -> Sequence[Line]:
        """Return the lines of this part."""
        return lines[(self.number - 1) * self.size : self.number * self.size]


def leaf_of(total: int, asked: str, size: int) -> Leaf:
    """Return the part that is asked for; the first where there is no such part.

    Args:
        total: how many lines the list has.
        asked: what the address says.
        size: how many lines a part has at most.
    """
    last = max(1, -(-total // size))
    known = asked.isascii() and asked.isdigit() and len(asked) < len(str(last)) + 1
    number = int(asked) if known else 1
    return Leaf(number if 1 <= number <= last else 1, last, size)
