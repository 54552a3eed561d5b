"""The worker is gone: health says so, no deadline moves, staff do each step by hand, and a new worker goes on where it is."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from tests import databases, postgresql
from tests.drills.election import Prepared, prepare
from tests.drills.installation import Installation, installed
from tests.drills.ledger import Ledger
from tests.vote.platform import STAFF
from vote.jobs.service import ALIVE_SECONDS

OWNERS = 5
CHECK, SECOND = timedelta(days=5), timedelta(seconds=1)
JSON = {"Content-Type": "application/json"}


@pytest.fixture
async def prepared(_migrated: str, tmp_path: Path) -> AsyncIterator[Prepared]:
    """An election with open polls."""
    election = await prepare(_migrated, tmp_path, OWNERS, seed=7)
    yield election
    if not databases.SQLITE:
        postgresql.drop(election.database)


@asynccontextmanager
async def asking(installation: Installation) -> AsyncIterator[httpx.AsyncClient]:
    """Ask the only server."""
    async with httpx.AsyncClient(base_url=installation.urls[0], timeout=60) as http:
        yield http


async def problems(http: httpx.AsyncClient) -> dict[str, str]:
    """Return what the installation says is wrong with it; the disk of whoever runs the tests is no concern."""
    answer = await http.get("/health/ready")
    return {each["what"]: each["detail"] for each in answer.json()["problems"] if each["what"] != "disk"}


async def until(is_so: Callable[[], bool]) -> None:
    """Return when something is so, as the worker sees to once a second."""
    async with asyncio.timeout(60):
        while True:
            if await asyncio.to_thread(is_so):
                return
            await asyncio.sleep(0.1)


async def test_the_worker_is_dead(prepared: Prepared, tmp_path: Path) -> None:
    people = prepared.assembly.people
    ledger = Ledger(prepared.database, people.uuid)
    api, pages = prepared.assembly.api, prepared.assembly.pages
    first, *others = [each.ballot for each in prepared.ballots]
    with installed(prepared.database, tmp_path, servers=1) as installation:
        worker = installation.worker
        assert worker is not None
        async with asking(installation) as http:

            async def post(path: str, key: str, **request: object) -> None:
                answer = await http.post(
                    f"{api}/{path}", headers={"Authorization": f"Bearer {key}"}, json=request or None
                )
                assert answer.status_code == 204, answer.text

            async def cast(ballot: bytes) -> httpx.Response:
                return await http.post(f"{api}/ballots", content=ballot, headers=JSON)

            await until(lambda: ledger.count("worker_beat") == 1)
            assert await problems(http) == {}
            worker.kill(group=True)
            installation.move_to(installation.now + timedelta(seconds=ALIVE_SECONDS + 1))
            told = await problems(http)
            assert told.keys() == {"worker"}
            assert "start `vote worker`" in told["worker"]
            # Owners notice nothing, and time is up when it is up.
            for ballot in others:
                answer = await cast(ballot)
                assert answer.status_code == 201
                ledger.acknowledge(ballot, answer.content)
            installation.move_to(prepared.closes_at + SECOND)
            late = await cast(first)
            assert (late.status_code, late.json()["reason"]) == (409, "polls-closed")
            assert ledger.ask_state() == "open"
            # By hand: what the worker would have done.
            await post("close", STAFF)
            installation.move_to(prepared.closes_at + CHECK)
            await post("check", people.keys["organiser"][0], accept_disclosure=True)
            told_before = ledger.count("message")
            assert ledger.ask_state() == "checked"
            installation.mend()
            # A new one goes on: it adds up, and tells owners what they were not told.
            await until(lambda: ledger.ask_state() == "tallied")
            await until(lambda: ledger.count("message") == told_before + len(others))
            await until(lambda: ledger.count("worker_beat") == 1)
            assert await problems(http) == {}
            ledger.inspect()
            box = json.loads((await http.get(f"{pages}/box.json")).content)
            assert len(box["trackers"]) == len(others) == ledger.count("ballot")
