"""Checks ballots in processes of their own, so that the server goes on answering.

Each process keeps the last elections it worked for, decoded.
"""

import asyncio
import multiprocessing
import os
import threading
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import lru_cache

from crypto.ballot import decode_ballot, verify_ballot
from crypto.election import Election, decode_election
from crypto.errors import CryptoError
from vote.errors import Reason, RefusedError, UnavailableError


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


def start_processes(count: int) -> ProcessPoolExecutor:
    """Start `count` checking processes; they are spawned, so they hold nothing of the server's memory."""
    executor = ProcessPoolExecutor(count, multiprocessing.get_context("spawn"), _end_with_parent)
    for future in [executor.submit(_warm_up) for _ in range(count)]:
        future.result()
    return executor
