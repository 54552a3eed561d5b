"""A database that cannot be used is told from a mistake in what it was asked."""

import asyncio
import sqlite3
import threading
from pathlib import Path

import asyncpg
import pytest
from tortoise.connection import get_connection
from tortoise.exceptions import IntegrityError, OperationalError

from tests import databases
from vote.db import database_now, open_database, transaction
from vote.jobs.models import WorkerBeat
from vote.operation.outage import AWAY, FAILS, FULL, HELD, is_outage, why

ADDRESSES = {
    "nobody listens": "asyncpg://u:p@127.0.0.1:1/x",
    "no such socket": "asyncpg://u@/x?host=/nowhere/at/all",
    "no file can be made": "sqlite:///proc",
}


async def _fail(url: str) -> Exception:
    with pytest.raises(Exception) as caught:  # noqa: PT011 - which one is the question
        async with open_database(url):
            await database_now()
    for thread in threading.enumerate():
        # The thread of a file that could not be opened still speaks to this loop.
        if "_connection_worker_thread" in thread.name:
            await asyncio.to_thread(thread.join, 10)
    return caught.value


@pytest.mark.one_database
@pytest.mark.parametrize("address", ADDRESSES)
async def test_a_database_that_is_away_is_an_outage(address: str) -> None:
    assert is_outage(await _fail(ADDRESSES[address]))


@pytest.mark.database
async def test_a_database_or_user_that_is_not_there_is_an_outage(tmp_path: Path) -> None:
    url = databases.new(tmp_path)
    if not databases.SQLITE:
        assert is_outage(await _fail(f"{url}_not_there"))
    file = tmp_path / "no.db"
    file.write_text("this is no database, and long enough to be looked at" * 100)
    assert is_outage(await _fail(f"sqlite://{file}"))


@pytest.mark.one_database
async def test_a_locked_file_is_an_outage(tmp_path: Path) -> None:
    file = tmp_path / "locked.db"
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("PRAGMA journal_mode = WAL")
    other.execute("CREATE TABLE worker_beat (id INTEGER PRIMARY KEY, beat_at TIMESTAMP)")
    other.execute("BEGIN IMMEDIATE")
    async with open_database(f"sqlite://{file}"):
        await get_connection("default").execute_query("PRAGMA busy_timeout = 10")
        with pytest.raises(OperationalError) as caught:
            await WorkerBeat.all().delete()
        with pytest.raises(sqlite3.OperationalError) as begun:
            async with transaction():
                pass
    other.close()
    assert is_outage(caught.value)
    assert is_outage(begun.value)


@pytest.mark.usefixtures("database")
async def test_a_wrong_question_is_no_outage() -> None:
    for wrong in ("SELECT * FROM nobody", "SELECT nothing FROM roll", "SELEC 1"):
        with pytest.raises(OperationalError) as caught:
            await get_connection("default").execute_query(wrong)
        assert not is_outage(caught.value)


def test_errors_of_drivers_are_told_apart() -> None:
    away = (
        asyncpg.ConnectionDoesNotExistError("x"),
        asyncpg.CannotConnectNowError("starting up"),
        asyncpg.AdminShutdownError("x"),
        asyncpg.TooManyConnectionsError("x"),
        asyncpg.DiskFullError("x"),
        asyncpg.PostgresIOError("could not write"),
        asyncpg.LockNotAvailableError("canceling statement due to lock timeout"),
        asyncpg.DeadlockDetectedError("x"),
        asyncpg.ReadOnlySQLTransactionError("x"),
        asyncpg.InvalidPasswordError("x"),
        asyncpg.InterfaceError("cannot perform operation: connection is closed"),
        asyncpg.InterfaceError("pool is closing"),
        asyncpg.InternalClientError("cannot switch to state 12; another operation (2) is in progress"),
        ConnectionResetError("x"),
    )
    mistakes = (
        asyncpg.InterfaceError("cannot perform operation: another operation is in progress"),
        asyncpg.UniqueViolationError("x"),
        IntegrityError("x"),
        OperationalError(),
        OperationalError("x"),
        FileNotFoundError("a key file"),
        TimeoutError("of something else"),
        ValueError("x"),
    )
    assert [error for error in away if not is_outage(error)] == []
    assert [error for error in mistakes if is_outage(error)] == []


def test_what_fails_because_the_connection_was_lost_is_an_outage() -> None:
    error = asyncpg.InterfaceError("cannot call Connection.execute(): connection has been released back to the pool")
    assert not is_outage(error)
    error.__context__ = KeyError()
    assert not is_outage(error)
    error.__context__ = asyncpg.InternalClientError("cannot switch to state 15; another operation (2) is in progress")
    assert is_outage(error)


def _sqlite(code: int) -> OperationalError:
    """Return an error of SQLite as tortoise hands it on."""
    error = sqlite3.OperationalError("x")
    error.sqlite_errorcode = code
    return OperationalError(error)


def test_the_operator_learns_why() -> None:
    errors = {
        FULL: (asyncpg.DiskFullError("x"), _sqlite(sqlite3.SQLITE_FULL)),
        FAILS: (asyncpg.PostgresIOError("x"), _sqlite(sqlite3.SQLITE_IOERR_WRITE)),
        HELD: (
            asyncpg.LockNotAvailableError("x"),
            asyncpg.DeadlockDetectedError("x"),
            _sqlite(sqlite3.SQLITE_BUSY),
            _sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT),
        ),
        AWAY: (asyncpg.AdminShutdownError("x"), ConnectionRefusedError(), _sqlite(sqlite3.SQLITE_CANTOPEN)),
    }
    for reason, each in errors.items():
        assert all(is_outage(error) for error in each)
        assert {why(error) for error in each} == {reason}


async def test_time_that_ran_out_in_the_driver_is_an_outage(monkeypatch: pytest.MonkeyPatch) -> None:
    """A host that takes no packets answers nothing at all."""

    async def never(*_: object, **__: object) -> None:
        await asyncio.sleep(9)

    monkeypatch.setattr("asyncpg.connect_utils._connect_addr", never)
    with pytest.raises(TimeoutError) as caught:
        await asyncpg.connect(host="127.0.0.1", user="u", database="x", timeout=0.01)
    assert is_outage(caught.value)
