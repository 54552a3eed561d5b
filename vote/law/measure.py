"""Keeps what is counted and how much of it is needed: heads, floor area, shares, periods.

 * Two measures stand side by side, heads and floor area, and are never added to each other.
 * Whole numbers only: area in dm2 (0.01 m2), shares compared by cross-multiplying, never divided, never rounded.
 * “以上” includes the number itself (Civil Code art. 1259), “过半数” does not.

Not here: which share a matter needs (`majority.py`).
"""

import math
import re
from dataclasses import dataclass

from crypto.errors import MalformedError

_SHARE_TEXT = re.compile(r"(>=?)([1-9][0-9]{0,3})/([1-9][0-9]{0,3})")
_PERIOD_TEXT = re.compile(r"P([1-9][0-9]{0,3})(D|WD|M|Y)")


@dataclass(frozen=True, slots=True)
class Measure:
    """So many owners with so much exclusive area between them."""

    heads: int
    area_dm2: int

    def __add__(self, other: "Measure") -> "Measure":
        return Measure(self.heads + other.heads, self.area_dm2 + other.area_dm2)

    def __sub__(self, other: "Measure") -> "Measure":
        return Measure(self.heads - other.heads, self.area_dm2 - other.area_dm2)

    def within(self, other: "Measure") -> bool:
        """Whether neither measure is above that of `other`."""
        return self.heads <= other.heads and self.area_dm2 <= other.area_dm2


NOTHING = Measure(0, 0)


@dataclass(frozen=True, slots=True)
class Share:
    """A share that must be reached (`>=`) or, if `strict`, exceeded (`>`)."""

    numerator: int
    denominator: int
    strict: bool = False

    def met(self, part: int, whole: int) -> bool:
        """Whether `part` of `whole` is enough. Nothing is enough of nothing."""
        left, right = part * self.denominator, whole * self.numerator
        return whole > 0 and (left > right if self.strict else left >= right)

    @property
    def relation(self) -> str:
        """`>` or `>=`."""
        return ">" if self.strict else ">="

    def __str__(self) -> str:
        return f"{self.relation}{self.numerator}/{self.denominator}"


@dataclass(frozen=True, slots=True)
class Period:
    """A span of calendar days (`D`), working days (`WD`), months (`M`) or years (`Y`)."""

    number: int
    unit: str

    def __str__(self) -> str:
        return f"P{self.number}{self.unit}"


def decode_share(value: object, what: str) -> Share:
    """Read `>=2/3` or `>1/2`: lowest terms, at most the whole.

    Raises:
        MalformedError: any other spelling.
    """
    match = _SHARE_TEXT.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise MalformedError(f"{what}: a share such as >=2/3 or >1/2 is expected")
    numerator, denominator = int(match[2]), int(match[3])
    if numerator > denominator or math.gcd(numerator, denominator) != 1:
        raise MalformedError(f"{what}: a share is written in lowest terms and is at most the whole")
    return Share(numerator, denominator, strict=match[1] == ">")


def decode_period(value: object, what: str) -> Period:
    """Read `P15D`, `P5WD` (working days; not in ISO 8601), `P2M`, `P1Y`.

    Raises:
        MalformedError: any other spelling.
    """
    match = _PERIOD_TEXT.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise MalformedError(f"{what}: a period such as P15D, P5WD, P2M or P1Y is expected")
    return Period(int(match[1]), match[2])
