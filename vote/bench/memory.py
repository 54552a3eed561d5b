"""The largest memory of any process that this one started, directly or not (Linux: VmHWM in /proc)."""

import os
import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

PERIOD_SECONDS = 0.25
KIB_PER_MB = 1000


class MemoryWatch:
    """Looks around in a thread of its own while the block runs."""

    def __init__(self) -> None:
        self._largest_kib = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look_around, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()

    @property
    def largest_mb(self) -> int:
        """The largest resident size seen so far, in MB."""
        return self._largest_kib // KIB_PER_MB

    def _look_around(self) -> None:
        while not self._stop.wait(PERIOD_SECONDS):
            for process in _family(os.getpid()):
                self._largest_kib = max(self._largest_kib, _peak_kib(process))


def _family(ancestor: int) -> set[int]:
    parents: dict[int, int] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, ValueError, IndexError):
            # The name in parentheses may hold blanks; the parent is the second field after it.
            parents[int(status.parent.name)] = int(status.read_text().rpartition(")")[2].split()[1])
    family = {ancestor}
    while grown := {child for child, parent in parents.items() if parent in family} - family:
        family |= grown
    return family - {ancestor}


def _peak_kib(process: int) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    return 0
