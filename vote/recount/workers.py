"""Gives several processes work that falls into slices, or one process if that is enough.

* A process that dies, as for want of memory, decides nothing.
* Processes start before the work is given out: what this one reads after that, such as a key, is not in their memory.
"""

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any

from vote.errors import UnavailableError


@contextmanager
def workers(slices: int, processes: int | None = None, *, fork: bool = True) -> Iterator[Callable[..., Iterable[Any]]]:
    """Give what maps a function over values in order.

    Args:
        slices: how many values there are; no more processes than that are started.
        processes: how many work at once, as many as there are processors if none is said.
        fork: whether they may get a copy of this one's memory; not if it holds a key.

    Raises:
        UnavailableError: a process died.
    """
    count = min(processes or os.cpu_count() or 1, slices)
    if count <= 1:
        yield map
        return
    # A fork starts at once and shares what is loaded; elsewhere than on Linux it is not safe.
    context = multiprocessing.get_context("fork" if fork and sys.platform == "linux" else "spawn")
    try:
        with ProcessPoolExecutor(count, context) as executor:
            executor.submit(int).result()
            yield executor.map
    except BrokenProcessPool:
        raise UnavailableError("a process that checked died; try again with more memory") from None
