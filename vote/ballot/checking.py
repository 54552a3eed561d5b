"""Checks ballots in processes of their own, so that the server goes on answering.

Each process keeps the last elections it worked for, decoded. Should one die, what all were working on is lost, and new
ones take their place.
"""

import asyncio
import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import lru_cache
from typing import ParamSpec, TypeVar

from crypto.ballot import decode_ballot, verify_ballot
from crypto.election import Election, decode_election
from crypto.errors import CryptoError
from vote.errors import Reason, RefusedError, UnavailableError

_P = ParamSpec("_P")
_T = TypeVar("_T")


def check(election: bytes, ballot: bytes) -> tuple[str | None, str]:
    """Return the ballot's credential, or None and what is wrong with it.

    Errors travel as text: a process that cannot unpickle one would take the pool down.
    """
    try:
        sealed = _decoded(election)
        decoded = decode_ballot(ballot, sealed)
        verify_ballot(sealed, decoded)
    except CryptoError as error:
        return None, str(error)
    return decoded.credential, ""


@lru_cache(maxsize=8)
def _decoded(election: bytes) -> Election:
    return decode_election(election)


def _warm_up() -> None:
    return None


def _end_with_parent() -> None:
    """See to it that this process ends with the server: one killed by force tells its children nothing."""
    threading.Thread(target=_follow_parent, daemon=True).start()


def _follow_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@dataclass(frozen=True, slots=True)
class BallotChecker:
    """Hands ballots to the processes of `executor`."""

    executor: Executor

    async def credential_of(self, election: bytes, ballot: bytes) -> str:
        """Return the credential of a ballot that passes every check of SPEC §5.

        Raises:
            RefusedError: the ballot is invalid; the sentence says where.
            UnavailableError: the checking processes died.
        """
        try:
            loop = asyncio.get_running_loop()
            credential, trouble = await loop.run_in_executor(self.executor, check, election, ballot)
        except BrokenProcessPool:
            raise UnavailableError("the checking processes died") from None
        if credential is None:
            raise RefusedError(Reason.BALLOT_INVALID, f"The ballot was not accepted: {trouble}.")
        return credential


class Processes(Executor):
    """Processes that are replaced together when one of them died; they are spawned, so they hold nothing of ours."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._lock = threading.Lock()
        self._pool = self._start()

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        """Hand `fn` to a process; the future raises `BrokenProcessPool` if one dies meanwhile."""
        with self._lock:
            try:
                return self._pool.submit(fn, *args, **kwargs)
            except BrokenProcessPool:
                self._pool.shutdown(wait=False)
                self._pool = self._start()
                return self._pool.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - inherited
        """End the processes."""
        with self._lock:
            self._pool.shutdown(wait, cancel_futures=cancel_futures)

    def _start(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self._count, multiprocessing.get_context("spawn"), _end_with_parent)


def start_processes(count: int) -> Processes:
    """Start `count` checking processes and wait until they are ready."""
    executor = Processes(count)
    for future in [executor.submit(_warm_up) for _ in range(count)]:
        future.result()
    return executor
