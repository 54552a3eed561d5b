"""PostgreSQL ends connections while ballots are cast: owners are told to try again, and each ballot is in the box once."""

import asyncio
import multiprocessing
import random
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest

from tests import databases, postgresql
from tests.drills.election import prepare
from tests.drills.fire import BACKENDS
from tests.drills.installation import installed
from tests.drills.ledger import Ledger
from tests.drills.remote import JSON
from vote.db import upgrade_database

OWNERS, ROUNDS, AT_ONCE = 10, 2, 6
PAUSE = 0.05
"""Seconds between two connections' ends at most."""


class Opened(NamedTuple):
    """An election with open polls."""

    database: str
    uuid: str
    ballots: Sequence[bytes]


def prepare_on(url: str, folder: Path) -> Opened:
    """Prepare an election on an empty database."""
    asyncio.run(upgrade_database(url))
    prepared = asyncio.run(prepare(url, folder, OWNERS, seed=3))
    return Opened(prepared.database, prepared.assembly.uuid, [each.ballot for each in prepared.ballots])


@pytest.fixture
def prepared(tmp_path: Path) -> Iterator[Opened]:
    """An election on PostgreSQL, in either run."""
    url = databases.new(tmp_path, "postgresql")
    # In a process of its own: tortoise speaks one database's language in each.
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as other:
        opened = other.submit(prepare_on, url, tmp_path).result(120)
    yield opened
    for each in (url, opened.database):
        postgresql.drop(each)


def end_connections(url: str, stop: threading.Event) -> int:
    """End one connection after the other; return how many."""
    ended = 0
    with databases.connect(url) as connection:
        while not stop.wait(random.uniform(0, PAUSE)):
            for (backend,) in connection.execute(BACKENDS):
                connection.execute("SELECT pg_terminate_backend(?)", [backend])
                ended += 1
    return ended


@pytest.mark.one_database
async def test_connections_are_lost(prepared: Opened, tmp_path: Path) -> None:
    ledger, seen, stop = Ledger(prepared.database, prepared.uuid), Counter[int](), threading.Event()
    with installed(prepared.database, tmp_path, servers=1) as installation:
        async with httpx.AsyncClient(base_url=installation.urls[0], timeout=60) as http:

            async def send(ballot: bytes) -> httpx.Response:
                answer = await http.post(f"/api/elections/{prepared.uuid}/ballots", content=ballot, headers=JSON)
                seen[answer.status_code] += 1
                return answer

            async def cast(ballots: Iterator[bytes]) -> None:
                for ballot in ballots:
                    while True:
                        answer = await send(ballot)
                        if answer.status_code != 503:
                            break
                        await asyncio.sleep(PAUSE)
                    ledger.acknowledge(ballot, answer.content)

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
