"""One weight carries both counts: `area_dm2 · base + 1`, so one total splits into floor area and heads.

The base is a power of ten above the number of entitlements, so heads never run over into area.
"""

from typing import NamedTuple


class Measures(NamedTuple):
    """Heads and floor area (dm², 0.01 m²) that belong together."""

    heads: int
    area_dm2: int


def choose_base(entitlements: int) -> int:
    """Return the smallest power of ten above `entitlements`."""
    return int(10 ** len(str(entitlements)))


def pack(area_dm2: int, base: int) -> int:
    """Return the weight of one entitlement."""
    return area_dm2 * base + 1


def unpack(total: int, base: int) -> Measures:
    """Split a total of weights."""
    area_dm2, heads = divmod(total, base)
    return Measures(heads, area_dm2)
