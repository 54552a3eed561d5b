"""An installation says that it is alive, and whether it is ready; what is wrong is said in sentences."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import asyncpg
import pytest

from tests.vote.platform import Platform
from vote.db import database_now
from vote.jobs.models import WorkerBeat
from vote.operation import health
from vote.operation.health import LEAST_FREE_BYTES, Health
from vote.operation.models import RestoredCopy


async def _ask(platform: Platform) -> tuple[int, dict[str, str]]:
    answer = await platform.ask("GET", "/health/ready", key=None)
    body = answer.json()
    assert (answer.status_code == 200) == (body["status"] == "ready") == (body["problems"] == [])
    assert answer.headers["cache-control"] == "no-store"
    return answer.status_code, {each["what"]: each["detail"] for each in body["problems"]}


@pytest.fixture
async def working(platform: Platform) -> Platform:
    """The application with a worker beside it."""
    await WorkerBeat.create(id=1, beat_at=await database_now())
    return platform


async def test_whoever_answers_is_alive_also_without_a_database(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail() -> datetime:
        raise ConnectionRefusedError

    monkeypatch.setattr(health, "database_now", fail)
    answer = await platform.ask("GET", "/health", key=None)
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


async def test_all_is_well_with_a_worker(working: Platform) -> None:
    assert await _ask(working) == (200, {})


async def test_without_a_worker_an_installation_is_not_ready(platform: Platform) -> None:
    status, problems = await _ask(platform)
    assert (status, problems.keys()) == (503, {"worker"})
    assert "start `vote worker`" in problems["worker"]
    await WorkerBeat.create(id=1, beat_at=await database_now() - timedelta(seconds=31))
    assert (await _ask(platform))[1].keys() == {"worker"}


async def test_a_restored_copy_is_not_ready_and_says_from_when_it_is(working: Platform) -> None:
    made = datetime(2026, 12, 1, 3, 4, 5, tzinfo=UTC)
    await RestoredCopy.create(backup="b" * 32, made_at=made, restored_at=made + timedelta(hours=1))
    status, problems = await _ask(working)
    assert (status, problems.keys()) == (503, {"copy"})
    assert "from a backup made at 2026-12-01 03:04:05 UTC" in problems["copy"]


async def test_a_database_of_another_version_is_told(working: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "known_migrations", lambda: ["0001_initial"])
    status, problems = await _ask(working)
    assert (status, problems.keys()) == (503, {"migrations"})


@pytest.mark.parametrize("error", [ConnectionRefusedError(), asyncpg.CannotConnectNowError("starting up")])
async def test_a_database_that_is_away_is_told(
    working: Platform, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    async def fail() -> datetime:
        raise error

    monkeypatch.setattr(health, "database_now", fail)
    assert (await _ask(working))[1].keys() == {"database"}


async def test_a_database_that_does_not_answer_in_time_is_away(
    working: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "DATABASE_SECONDS", 0)
    status, problems = await _ask(working)
    assert (status, problems.keys()) == (503, {"database"})
    assert "did not answer within 0 seconds" in problems["database"]


async def test_a_mistake_of_ours_is_not_taken_for_an_outage(working: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail() -> datetime:
        raise KeyError

    monkeypatch.setattr(health, "database_now", fail)
    with pytest.raises(KeyError):
        await working.services["health"].troubles()


class _Usage(NamedTuple):
    free: int


@pytest.mark.parametrize(("free", "told"), [(LEAST_FREE_BYTES, []), (LEAST_FREE_BYTES - 1, ["disk"]), (0, ["disk"])])
async def test_a_full_disk_is_told_before_it_is_full(
    working: Platform, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, told: list[str]
) -> None:
    usual: Health = working.services["health"]
    monkeypatch.setattr(health.shutil, "disk_usage", lambda _: _Usage(free))
    found = await Health(usual.store, usual.copies, tmp_path).troubles()
    assert [each.what for each in found] == told
    assert await Health(usual.store, usual.copies, None).troubles() == []
