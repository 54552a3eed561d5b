"""What a piece of work took: seconds on the clock, seconds of computing, and how busy the machine was with other things.

Computing is that of processes which were started and have ended (Linux and macOS: `getrusage`); what a server does
meanwhile is not in it. What others did is known on Linux alone (`/proc/stat`).
"""

import os
import resource
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

BUSY = slice(1, 4)
"""user, nice and system among the columns of `/proc/stat`."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What was taken."""

    seconds: float
    computing: float
    """Seconds of all processors together."""
    others: float
    """How many processors other work kept busy on average; 0 where that is not known."""

    def __add__(self, after: "Spent") -> "Spent":
        """Return what both took."""
        seconds = self.seconds + after.seconds
        busy = self.others * self.seconds + after.others * after.seconds
        return Spent(seconds, self.computing + after.computing, busy / seconds)


class Stopwatch:
    """Runs from its making on."""

    def __init__(self) -> None:
        self._clock, self._own, self._all = time.perf_counter(), _computed(), _busy()

    def read(self) -> Spent:
        """Return what was taken so far."""
        seconds, own, busy = time.perf_counter() - self._clock, _computed() - self._own, _busy() - self._all
        return Spent(seconds, own, max(0.0, busy - own) / seconds)


def _computed() -> float:
    return sum(
        used.ru_utime + used.ru_stime
        for used in (resource.getrusage(resource.RUSAGE_CHILDREN), resource.getrusage(resource.RUSAGE_SELF))
    )


def _busy() -> float:
    with suppress(OSError, IndexError, ValueError):
        columns = Path("/proc/stat").read_text().splitlines()[0].split()[BUSY]
        return sum(map(int, columns)) / os.sysconf("SC_CLK_TCK")
    return 0.0
