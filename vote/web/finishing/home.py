"""Finds the owner whom a clerk means by typing where they live.

 * A home is found however it is spelt: `3幢2单元501室`, `3-2-501`, `3 2 501`.
 * What fits several owners, or none, finds nobody.

>>> find_home("3-2-501", {7: ("3幢2单元501室",), 8: ("3幢2单元502室",)})
7
"""

import re
from collections.abc import Mapping, Sequence

_PART = re.compile(r"[0-9]+|[A-Za-z]+|[^\x00-\x7f]")
_BETWEEN = str.maketrans(dict.fromkeys("幢栋座号楼单元室房，。、－—", " "))
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")


def find_home(typed: str, homes: Mapping[int, Sequence[str]]) -> int | None:
    """Return the number in the roll of the one owner whose home was typed; None if there is not just one."""
    wanted = spell(typed)
    found = [number for number, places in homes.items() if wanted and any(spell(place) == wanted for place in places)]
    return found[0] if len(found) == 1 else None


def spell(place: str) -> tuple[str, ...]:
    """Return the parts of a home in one spelling."""
    parts = _PART.findall(place.translate(_WIDE).translate(_BETWEEN))
    return tuple(part.lstrip("0").upper() or "0" for part in parts)
