"""How often somebody may try: a number of tries at once, which come back one by one.

Pure arithmetic in thousandths of a try, so that nothing is rounded away between two tries.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

TRY = 1000
_MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Allowance:
    """How often."""

    tries: int
    """At once, after a long rest."""
    each: timedelta
    """After so long one more comes back."""


def refill(allowance: Allowance, thousandths: int, since: timedelta) -> int:
    """Return how many thousandths of a try there are, some time after there were `thousandths`."""
    waited = max(since, timedelta()) // _MILLISECOND
    return min(allowance.tries * TRY, thousandths + waited * TRY // (allowance.each // _MILLISECOND))


def wait(allowance: Allowance, thousandths: int, now: datetime) -> datetime:
    """Return when there is a whole try again."""
    lacking = max(0, TRY - thousandths)
    milliseconds = -(-lacking * (allowance.each // _MILLISECOND) // TRY)
    return now + timedelta(milliseconds=milliseconds)
