"""How the database is opened, brought up to date, and shared by processes."""

import asyncio
import multiprocessing
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tortoise.connection import get_connection
from tortoise.exceptions import IntegrityError

from tests import databases
from tests.databases import SQLITE, DatabaseRefusalError, connect
from tests.vote.catalogue import read_catalogue
from tests.vote.rows import insert
from vote.db import AREAS, database_now, open_database, transaction, upgrade_database
from vote.estate.models import Building, Estate
from vote.jobs.models import WorkerBeat

ROOT = Path(__file__).parents[2]
PROCESSES, EACH = 3, 40


async def _pragma(name: str) -> Any:
    (row,) = await get_connection("default").execute_query_dict(f"PRAGMA {name}")
    return next(iter(row.values()))


@pytest.fixture
def _migrated_file(_migrated_on: Callable[[str], str]) -> str:
    return _migrated_on("sqlite")


@pytest.fixture
async def file_database(_migrated_file: str, tmp_path: Path) -> AsyncIterator[str]:
    """An SQLite database, whatever the others of this run are: what is tested with it is SQLite's."""
    with databases.copied(_migrated_file, tmp_path) as url:
        async with open_database(url):
            yield url


@pytest.mark.usefixtures("file_database")
async def test_a_connection_writes_ahead_syncs_fully_and_enforces() -> None:
    assert await _pragma("journal_mode") == "wal"
    assert await _pragma("synchronous") == 2  # FULL
    assert await _pragma("foreign_keys") == 1
    assert await _pragma("recursive_triggers") == 1
    assert await _pragma("busy_timeout") == 30_000


@pytest.mark.one_database
async def test_an_address_cannot_ask_for_less_safety(tmp_path: Path) -> None:
    async with open_database(f"sqlite://{tmp_path}/new/vote.db?synchronous=OFF&cache_size=-500"):
        assert await _pragma("synchronous") == 2
        assert await _pragma("cache_size") == -500


@pytest.mark.usefixtures("file_database")
async def test_replacing_a_row_does_not_slip_past_the_triggers() -> None:
    connection = get_connection("default")
    await connection.execute_script("PRAGMA foreign_keys=OFF")
    put = "INTO result (id, election_id, body, finding, opened_at) VALUES (1, 'u', 'b', 'f', '2026-12-24')"
    await connection.execute_query(f"INSERT {put}")
    with pytest.raises(IntegrityError, match="result only grows"):
        await connection.execute_query(f"INSERT OR REPLACE {put}")


@pytest.fixture
def upgraded(_migrated: str, tmp_path: Path) -> Iterator[str]:
    """A database that is up to date and that nobody has open; its URL."""
    with databases.copied(_migrated, tmp_path) as url:
        yield url


def test_a_second_upgrade_changes_nothing(upgraded: str) -> None:
    before = read_catalogue(upgraded)
    with connect(upgraded) as connection:
        insert(connection, "division")
        asyncio.run(upgrade_database(upgraded))
        assert connection.execute("SELECT name FROM division") == [("嘉善县",)]
    assert read_catalogue(upgraded) == before


def test_rows_without_parents_stop_an_upgrade_or_do_not_exist(upgraded: str) -> None:
    """SQLite does without its foreign keys while it migrates, and looks for orphans afterwards."""
    with connect(upgraded) as connection:
        if not SQLITE:
            with pytest.raises(DatabaseRefusalError, match=r"^FOREIGN KEY$"):
                insert(connection, "building")
            return
        connection.execute("PRAGMA foreign_keys=OFF")
        insert(connection, "building")
    with pytest.raises(RuntimeError, match=r"^1 rows lost their parents in the migration$"):
        asyncio.run(upgrade_database(upgraded))


def test_the_migrations_say_all_that_the_models_say(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "migrations", tmp_path / "migrations", ignore=shutil.ignore_patterns("__pycache__"))
    done = subprocess.run(
        [Path(sys.executable).with_name("tortoise"), "-c", "vote.db.TORTOISE_ORM", "makemigrations"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "No changes detected"), done.stderr
    assert len(list((tmp_path / "migrations").glob("0*.py"))) == len(list((ROOT / "migrations").glob("0*.py")))


def test_every_area_with_models_is_in_the_configuration() -> None:
    vote = ROOT / "vote"
    assert sorted(AREAS) == sorted(".".join(path.parent.relative_to(vote).parts) for path in vote.rglob("models.py"))


@pytest.mark.usefixtures("database")
async def test_a_transaction_is_written_whole_or_not_at_all() -> None:
    async def beat(answer: int) -> None:
        async with transaction():
            await WorkerBeat.create(beat_at=datetime.now(UTC))
            assert 42 // answer

    with pytest.raises(ZeroDivisionError):
        await beat(0)
    assert await WorkerBeat.all().count() == 0
    await beat(1)
    assert await WorkerBeat.all().count() == 1


@pytest.mark.usefixtures("database")
async def test_a_row_that_is_refused_stops_no_later_transaction() -> None:
    for _ in range(2):
        with pytest.raises(IntegrityError):  # noqa: PT012 - a transaction is several statements
            async with transaction():
                await WorkerBeat.create(beat_at=datetime.now(UTC))
                await Building.create(estate_id="none", name="1")
    async with asyncio.timeout(5), transaction():
        await WorkerBeat.create(beat_at=datetime.now(UTC))
    assert await WorkerBeat.all().count() == 1


async def test_a_locked_database_stops_no_later_transaction(file_database: str) -> None:
    """Tortoise keeps its lock where BEGIN fails, and every later query waits for ever."""
    with connect(file_database) as other:
        other.begin()
        await get_connection("default").execute_script("PRAGMA busy_timeout = 20")
        for _ in range(2):
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                async with transaction():
                    await WorkerBeat.create(beat_at=datetime.now(UTC))
        other.rollback()
    async with asyncio.timeout(5), transaction():
        await WorkerBeat.create(beat_at=datetime.now(UTC))
    assert await WorkerBeat.all().count() == 1


async def test_a_task_that_ends_while_it_waits_leaves_no_transaction_open(database: str) -> None:
    """The BEGIN of a cancelled task is still carried out; what others write next must not wait in it."""

    async def beat() -> None:
        async with transaction():
            await WorkerBeat.create(beat_at=datetime.now(UTC))

    with connect(database) as other:
        other.begin("worker_beat")
        tasks = [asyncio.create_task(beat()) for _ in range(2)]
        await asyncio.sleep(0.05)
        for task in tasks:
            task.cancel()
        other.rollback()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert [task.cancelled() for task in tasks] == [True, True]
        async with asyncio.timeout(5):
            await WorkerBeat.create(beat_at=datetime.now(UTC))
        assert other.execute("SELECT count(*) FROM worker_beat") == [(1,)]


@pytest.mark.usefixtures("file_database")
async def test_what_could_not_be_committed_is_not_committed_with_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    with monkeypatch.context() as patch:
        patch.setattr("vote.db._commit", fail)
        with pytest.raises(sqlite3.OperationalError, match="disk"):
            async with transaction():
                await WorkerBeat.create(beat_at=datetime.now(UTC))
    async with transaction():
        assert await WorkerBeat.all().count() == 0


def _number_buildings(url: str) -> None:
    """Hold the estate, read how many buildings there are, then insert the next, `EACH` times."""

    async def run() -> None:
        async with open_database(url):
            for _ in range(EACH):
                async with transaction():
                    await Estate.filter(id="e").select_for_update().first()
                    number = await Building.all().count()
                    await Building.create(estate_id="e", name=str(number))

    asyncio.run(run())


def test_processes_that_read_then_write_lose_nothing(upgraded: str) -> None:
    """With SQLite's deferred transactions two would read the same number, and one fail with "database is locked"."""
    with connect(upgraded) as connection:
        for table in ("division", "estate"):
            insert(connection, table)
        with ProcessPoolExecutor(PROCESSES, mp_context=multiprocessing.get_context("spawn")) as pool:
            for done in [pool.submit(_number_buildings, upgraded) for _ in range(PROCESSES)]:
                done.result(timeout=60)
        names = [int(name) for (name,) in connection.execute("SELECT name FROM building ORDER BY id")]
    assert names == list(range(PROCESSES * EACH))


@pytest.fixture
def _far_from_greenwich(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("database", "_far_from_greenwich")
async def test_the_clock_of_the_database_is_utc() -> None:
    before = datetime.now(UTC)
    now = await database_now()
    assert now.utcoffset() == timedelta(0)
    # SQLite cuts to milliseconds.
    assert before - timedelta(milliseconds=1) <= now <= datetime.now(UTC)
    async with transaction():
        assert now <= await database_now() <= datetime.now(UTC)
