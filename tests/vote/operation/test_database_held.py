"""Somebody else holds the database: owners wait, then are told to try again; nothing is lost, and nothing need be started anew."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.databases import Connection, connect
from tests.vote.assembly import Assembly
from tests.vote.conftest import YES
from tests.vote.platform import assert_refused
from vote.jobs.service import WorkerService
from vote.operation.outage import HELD

CHOICES = [YES, [1, 0, 0, 0]]
SHORT, MOMENT = "300", 0.2
"""Milliseconds for which these installations wait; seconds for which somebody holds the database without harm."""


@pytest.fixture
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vote.db.WAIT_MILLISECONDS", SHORT)
    monkeypatch.setitem(__import__("vote.db").db.SQLITE, "busy_timeout", SHORT)


@contextmanager
def held(assembly: Assembly) -> Iterator[Connection]:
    """Keep everybody else from writing ballots inside the block."""
    with connect(assembly.platform.settings.db) as other:
        other.begin("ballot")
        try:
            yield other
        finally:
            other.rollback()


async def test_a_ballot_waits_for_whoever_holds_the_database(opened: Assembly) -> None:
    ballot = await opened.ballot(2, CHOICES)
    with held(opened):
        casting = asyncio.create_task(opened.send(ballot))
        await asyncio.wait({casting}, timeout=MOMENT)
        assert not casting.done()
    assert (await casting).status_code == 201


@pytest.mark.usefixtures("_impatient")
async def test_whoever_waited_too_long_is_told_to_try_again_and_can(
    opened: Assembly, caplog: pytest.LogCaptureFixture
) -> None:
    first = await opened.cast(1, CHOICES)
    ballot = await opened.ballot(2, CHOICES)
    before = opened.platform.contents()
    with held(opened):
        refused = await opened.send(ballot)
        # What was acknowledged can be looked up all the while.
        known = await opened.send(first)
    assert_refused(refused, 503, "unavailable", "Try again in a minute.")
    assert refused.headers["retry-after"] == "30"
    assert f"the database cannot be used: {HELD}" in caplog.text
    assert known.status_code in {200, 503}
    assert opened.platform.contents() == before
    answer = await opened.send(ballot)
    assert answer.status_code == 201
    assert ((await opened.send(ballot)).status_code, (await opened.send(ballot)).content) == (200, answer.content)
    assert opened.platform.count("ballot") == 2


@pytest.mark.usefixtures("_impatient")
async def test_the_worker_tries_again_in_the_next_round(voted: Assembly) -> None:
    worker: WorkerService = voted.platform.services["worker"]
    stop = asyncio.Event()
    with connect(voted.platform.settings.db) as other:
        other.begin("worker_beat")
        working = asyncio.create_task(worker.work(stop))
        await asyncio.sleep(0.6)
        assert not working.done()
        other.rollback()
    for _ in range(60):
        await asyncio.sleep(0.1)
        if voted.platform.count("worker_beat"):
            break
    stop.set()
    await working
    assert voted.platform.count("worker_beat") == 1
