"""Keeps the majorities of Civil Code art. 278: the nine matters, two tiers, one quorum.

 * The fractions are the statute's. A profile repeats them with its own article and may not change them, so the
   majorities in force before 2021 (more than half, or two thirds, of *all* owners) cannot be reached.
 * A matter's tier follows from its item alone: items 6, 7 and 8 are special, all others ordinary.
 * Quorum is measured against the whole electorate, a majority against those who take part.

Follows Civil Code arts. 278 and 1259.

Not here: counting (`question.py`), the profiles (`profile.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from crypto.errors import MalformedError
from vote.law.citation import Citation, Mark, Text
from vote.law.content import Content
from vote.law.measure import Share

EARLIEST = date(2021, 1, 1)
"""The Civil Code's first day; nothing is decided for a day before it."""

ITEMS = 9
"""The nine matters of art. 278 ¶1."""
SPECIAL_ITEMS = frozenset({6, 7, 8})
"""Raising the maintenance fund, altering or rebuilding, changing the use of common parts (art. 278 ¶2)."""


class Tier(StrEnum):
    """Which majority a matter needs."""

    ORDINARY = "ordinary"
    SPECIAL = "special"


TIER_TEXT: Mapping[Tier, Text] = {
    Tier.ORDINARY: Text("双过半", "ordinary majority"),
    Tier.SPECIAL: Text("双四分之三", "special majority"),
}


@dataclass(frozen=True, slots=True)
class Both:
    """A share by heads and a share by area; both are needed."""

    heads: Share
    area: Share


TWO_THIRDS = Both(Share(2, 3), Share(2, 3))
OVER_HALF = Both(Share(1, 2, strict=True), Share(1, 2, strict=True))
THREE_QUARTERS = Both(Share(3, 4), Share(3, 4))

ARTICLE_278: Mapping[str, Both] = {
    "quorum": TWO_THIRDS,
    "majority_ordinary": OVER_HALF,
    "majority_special": THREE_QUARTERS,
}
"""What each of these values of a profile has to be (art. 278 ¶2)."""


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that owners decide together: one of the nine, or a local one under one of the nine."""

    name: str
    """`1` to `9`, or a local name such as `hz-expenses`."""
    item: int
    tier: Tier
    title: Text
    citation: Citation
    mark: Mark
    since: date
    until: date | None

    def stands_on(self, day: date) -> bool:
        """Whether the rule that names this matter is in force on `day`."""
        return self.since <= day and (self.until is None or day <= self.until)


def tier_of_item(item: int) -> Tier:
    """Return the tier of an item of art. 278 ¶1."""
    return Tier.SPECIAL if item in SPECIAL_ITEMS else Tier.ORDINARY


def require_statutory(name: str, both: Both, what: str) -> None:
    """Raise unless the value called `name` is what art. 278 ¶2 says.

    Raises:
        MalformedError: any other fraction, lower or higher, or another comparison.
    """
    expected = ARTICLE_278[name]
    if both != expected:
        raise MalformedError(
            f"{what}: Civil Code art. 278 ¶2 allows only {expected.heads} of the heads and {expected.area} of the area"
        )


def both_of(content: Content) -> Both:
    """Return a value that has a share by heads and one by area.

    Raises:
        TypeError: it is another kind of value.
    """
    if isinstance(content, Mapping):
        heads, area = content.get("heads"), content.get("area")
        if isinstance(heads, Share) and isinstance(area, Share):
            return Both(heads, area)
    raise TypeError("no share by heads and by area")
