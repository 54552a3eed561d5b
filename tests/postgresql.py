"""PostgreSQL for the tests: databases of one server, made and asked by code that does not await.

The server is the one that VOTE_TEST_POSTGRESQL names by an administrator's URL, or the wheel's (`tests.postgresql_server`),
which starts when it is first needed.
"""

import asyncio
import itertools
import os
from collections.abc import Coroutine, Sequence
from contextlib import ExitStack
from functools import cache
from threading import Thread
from typing import Any, TypeVar
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from tests.postgresql_server import running_server

SERVER = "VOTE_TEST_POSTGRESQL"
OLDEST = 17
REFUSALS = (asyncpg.IntegrityConstraintViolationError, asyncpg.RaiseError)

Answer = TypeVar("Answer")
_numbers = itertools.count(1)
_made: set[str] = set()
_started = ExitStack()


@cache
def _aside() -> asyncio.AbstractEventLoop:
    """A loop in a thread of its own, for those who call from inside another loop, or from none."""
    loop = asyncio.new_event_loop()
    Thread(target=loop.run_forever, daemon=True).start()
    return loop


def _wait(work: Coroutine[Any, Any, Answer]) -> Answer:
    return asyncio.run_coroutine_threadsafe(work, _aside()).result(60)


def _address(url: str) -> str:
    return url.replace("asyncpg://", "postgresql://", 1)


async def _administer(url: str, statement: str) -> Any:
    connection = await asyncpg.connect(_address(url))
    try:
        return await connection.fetchval(statement)
    finally:
        await connection.close()


@cache
def server() -> str:
    """Return the URL of the administrator's database on the server.

    Raises:
        RuntimeError: the server is too old.
    """
    if SERVER not in os.environ:
        # Whatever this process starts from now on, as the workers of xdist, uses it too.
        os.environ[SERVER] = _started.enter_context(running_server())
        _started.callback(os.environ.pop, SERVER)
    # `postgresql://` is what others call it.
    url = "asyncpg" + os.environ[SERVER].removeprefix(urlsplit(os.environ[SERVER]).scheme)
    version = int(_wait(_administer(url, "SHOW server_version_num"))) // 10_000
    if version < OLDEST:
        raise RuntimeError(f"{SERVER} names PostgreSQL {version}: it must be {OLDEST} or newer.")
    return url


def close() -> None:
    """Drop whatever this process made and did not drop, and end the server that it started."""
    for url in list(_made):
        drop(url)
    _started.close()


def create(template: str | None = None) -> str:
    """Create a database, empty or like `template`; return its URL."""
    name = f"shanzhi_test_{os.getpid()}_{next(_numbers)}"
    like = _name(template) if template else "template0"
    _wait(_administer(server(), f'CREATE DATABASE "{name}" TEMPLATE "{like}" STRATEGY file_copy'))
    url = urlunsplit(urlsplit(server())._replace(path=f"/{name}"))
    _made.add(url)
    return url


def drop(url: str) -> None:
    """Drop a database, whoever is still connected to it."""
    _wait(_administer(server(), f'DROP DATABASE "{_name(url)}" WITH (FORCE)'))
    _made.discard(url)


def _name(url: str) -> str:
    return urlsplit(url).path.removeprefix("/")


def _literal(value: Any) -> str:
    """Write a value so that it takes the type of the column that it meets, as in SQLite."""
    if value is None:
        return "NULL"
    if isinstance(value, bytes):
        return f"'\\x{value.hex()}'"
    quoted = str(value).replace("'", "''")
    return f"'{quoted}'"


class Session:
    """A connection."""

    def __init__(self, url: str) -> None:
        self._connection = _wait(asyncpg.connect(_address(url)))
        self._transaction: Any = None

    def execute(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Execute a statement; in a transaction, one that fails leaves what was done before it."""
        first, *others = statement.split("?") if values else [statement]
        text = first + "".join(_literal(value) + part for value, part in zip(values, others, strict=True))
        return _wait(self._execute(text))

    async def _execute(self, statement: str) -> list[tuple[Any, ...]]:
        async with self._connection.transaction():
            return [tuple(row) for row in await self._connection.fetch(statement)]

    def begin(self) -> None:
        self._transaction = self._connection.transaction()
        _wait(self._transaction.start())

    def rollback(self) -> None:
        _wait(self._transaction.rollback())

    def close(self) -> None:
        _wait(self._connection.close())


def words(error: Exception) -> str:
    """Say in the words of `tests.databases` what was refused."""
    match error:
        case asyncpg.CheckViolationError(constraint_name=name):
            return f"CHECK {name}"
        case asyncpg.UniqueViolationError():
            return "UNIQUE"
        case asyncpg.ForeignKeyViolationError() | asyncpg.RestrictViolationError():
            return "FOREIGN KEY"
    return str(error)
