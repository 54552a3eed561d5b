"""PostgreSQL ends connections while ballots are cast: owners are told to try again, and each ballot is in the box once."""

import asyncio
import random
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests import databases, postgresql
from tests.drills.election import Planned, Prepared, prepare
from tests.drills.fire import BACKENDS
from tests.drills.installation import installed
from tests.drills.ledger import Ledger
from tests.drills.remote import JSON
from vote.db import upgrade_database

OWNERS, ROUNDS, AT_ONCE = 10, 2, 6
PAUSE = 0.05
"""Seconds between two connections' ends at most."""


@pytest.fixture
async def prepared(tmp_path: Path) -> Prepared:
    """An election with open polls, on PostgreSQL in either run."""
    url = databases.new(tmp_path, "postgresql")
    await asyncio.to_thread(asyncio.run, upgrade_database(url))
    return await prepare(url, tmp_path, OWNERS, seed=3)


def end_connections(url: str, stop: threading.Event) -> int:
    """End one connection after the other; return how many."""
    ended = 0
    with databases.connect(url) as connection:
        while not stop.wait(random.uniform(0, PAUSE)):
            for (backend,) in connection.execute(BACKENDS):
                connection.execute("SELECT pg_terminate_backend(?)", [backend])
                ended += 1
    return ended


async def test_connections_are_lost(prepared: Prepared, tmp_path: Path) -> None:
    ledger, seen, stop = Ledger(prepared.database, prepared.assembly.uuid), Counter[int](), threading.Event()
    with installed(prepared.database, tmp_path, servers=1) as installation:
        async with httpx.AsyncClient(base_url=installation.urls[0], timeout=60) as http:

            async def send(ballot: bytes) -> httpx.Response:
                answer = await http.post(f"{prepared.assembly.api}/ballots", content=ballot, headers=JSON)
                seen[answer.status_code] += 1
                return answer

            async def cast(ballots: Iterator[Planned]) -> None:
                for each in ballots:
                    while True:
                        answer = await send(each.ballot)
                        if answer.status_code != 503:
                            break
                        await asyncio.sleep(PAUSE)
                    ledger.acknowledge(each.ballot, answer.content)

            ending = asyncio.create_task(asyncio.to_thread(end_connections, prepared.database, stop))
            for _ in range(ROUNDS):
                waiting = iter(prepared.ballots)
                await asyncio.gather(*(cast(waiting) for _ in range(AT_ONCE)))
            stop.set()
            assert await ending
            ledger.inspect()
            # No mistake of ours, but "try again"; and a ballot that is sent again is the same.
            assert seen.keys() <= {200, 201, 503}, installation.faults()
            assert ledger.count("ballot") == len(prepared.ballots)
    postgresql.drop(prepared.database)
