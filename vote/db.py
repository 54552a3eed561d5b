"""How the database is opened: models, migrations, transactions, its clock.

 * SQLite transactions begin as writers (BEGIN IMMEDIATE): a deferred one that reads, then writes, loses its work to
   "database is locked" when two processes do so at once. Tortoise has no option for it, so `begin` is replaced.
 * An SQLite transaction that cannot begin or commit leaves nothing behind: no lock of the connection, no open
   transaction for the next task to write into. Tortoise leaves both, and one "database is locked" would stop the
   server for good; so its ways in and out are replaced too.
 * Nobody waits for ever for what somebody else holds: after half a minute it is an outage, and nothing was written.
 * A transaction holds no network call, no key derivation and no proof check.
 * What has to be written down with an act, such as in whose name it was done, is written in the act's transaction
   (`together_with`), though another area writes it.
 * Deadlines compare with `database_now`, so several servers share one clock.
 * A migration copies the models only for operations that look at them as they were: tortoise copies all of them before
   every operation, and a new database took twenty seconds instead of seven.

Not here: the queries of the areas (`store.py` in each).
"""

import importlib.util
import pkgutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tortoise import Tortoise
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.backends.base_postgres.client import BasePostgresClient
from tortoise.backends.sqlite.client import SqliteTransactionContext, SqliteTransactionWrapper
from tortoise.connection import get_connection, get_connections
from tortoise.exceptions import OperationalError
from tortoise.fields import CharField
from tortoise.migrations.api import migrate
from tortoise.migrations.migration import Migration
from tortoise.migrations.operations import AddField, CreateModel, RunPython
from tortoise.models import Model
from tortoise.transactions import in_transaction

from vote.config import get_settings

AREAS = (
    "account", "estate", "roll", "log", "election", "trustee", "phone", "credential", "ballot", "tally", "jobs", "message",
    "check", "certificate", "operation", "delivery", "formation", "oversight.record", "oversight.duty",
    "oversight.book", "oversight.inquiry", "oversight.interest", "oversight.petition",
)  # fmt: skip
MIGRATIONS = "vote._migrations" if importlib.util.find_spec("vote._migrations") else "migrations"
"""In a wheel the folder `migrations/` lies inside the package."""
WAIT_MILLISECONDS = "30000"
"""How long to wait for what another process holds, as while it stores a whole roll."""
SQLITE = {
    "busy_timeout": WAIT_MILLISECONDS,
    "synchronous": "FULL",  # an accepted ballot outlives a power cut
    "recursive_triggers": "ON",  # or INSERT OR REPLACE deletes rows of tables that only grow
}
"""PRAGMAs of every SQLite connection, beside tortoise's own: journal_mode=WAL, foreign_keys=ON."""

LOOKING_AHEAD = (CreateModel, AddField, RunPython)
"""Operations that, going forward, do not look at the models before them; code of ours asks for no models."""


async def _begin_immediate(self: Any) -> None:  # noqa: ANN401 - a private class of tortoise
    await self._connection.rollback()
    await self._connection.execute("BEGIN IMMEDIATE")


async def _enter_sqlite(self: Any) -> Any:  # noqa: ANN401
    await self._trxlock.acquire()
    try:
        await self.ensure_connection()
        self.token = get_connections().set(self.connection_name, self.connection)
        try:
            await self.connection.begin()
        except BaseException:
            get_connections().reset(self.token)
            # Cancelled while waiting, the BEGIN is still carried out; the thread of the connection keeps the order.
            await self.connection.rollback()
            raise
    except BaseException:
        self._trxlock.release()
        raise
    return self.connection


async def _commit_sqlite(self: Any) -> None:  # noqa: ANN401
    try:
        await _commit(self)
    except BaseException:
        await self.rollback()
        raise


async def _apply(self: Migration, state: Any, *, schema_editor: Any = None, **choices: bool) -> Any:  # noqa: ANN401
    if schema_editor is None or any(choices.values()):
        return await _apply_slowly(self, state, schema_editor=schema_editor, **choices)
    in_transactions = schema_editor.client.capabilities.supports_transactions
    for operation in self.operations:
        before = state if isinstance(operation, LOOKING_AHEAD) else state.clone()
        operation.state_forward(self.app_label, state)
        await self._run_database_forward(operation, before, state, schema_editor, in_transactions)
    state.validate_relations_initialized()
    return state


_apply_slowly = Migration.apply
_commit = SqliteTransactionWrapper.commit
SqliteTransactionWrapper.begin = _begin_immediate  # type: ignore[method-assign]  # see the module's first rule
SqliteTransactionWrapper.commit = _commit_sqlite  # type: ignore[method-assign]  # see its second
SqliteTransactionContext.__aenter__ = _enter_sqlite  # type: ignore[method-assign]
Migration.apply = _apply  # type: ignore[method-assign]  # see its last


def configuration(url: str, **pragmas: str) -> dict[str, Any]:
    """Return tortoise's configuration for the database at `url`; SQLite connections get `pragmas` too."""
    if url.startswith("sqlite:"):
        url += ("&" if "?" in url else "?") + urlencode(SQLITE | pragmas)
    return {
        "connections": {"default": url},
        "apps": {
            "vote": {
                "models": [f"vote.{area}.models" for area in AREAS],
                "default_connection": "default",
                "migrations": MIGRATIONS,
            }
        },
        "use_tz": True,
        "timezone": "UTC",
    }


def __getattr__(name: str) -> Any:  # noqa: ANN401 - as the language has it
    """Make the configuration only when tortoise's own command asks for it: settings may be wrong, and are told of first."""
    if name == "TORTOISE_ORM":
        return configuration(get_settings().db)
    raise AttributeError(name)


@asynccontextmanager
async def open_database(url: str) -> AsyncIterator[None]:
    """Open the database at `url` for this process and close it afterwards."""
    _make_folder(url)
    await Tortoise.init(config=configuration(url), _enable_global_fallback=True)
    connection = get_connection("default")
    if isinstance(connection, BasePostgresClient):
        connection.server_settings["lock_timeout"] = WAIT_MILLISECONDS
    try:
        yield
    finally:
        await Tortoise.close_connections()


async def has_rolls(url: str) -> bool:
    """Whether the database at `url` holds personal data, sealed with this installation's key."""
    file = find_file(url)
    if file is not None and not file.exists():
        return False
    async with open_database(url):
        try:
            rows = await get_connection("default").execute_query_dict("SELECT 1 FROM roll LIMIT 1")
        except OperationalError:
            return False
        return bool(rows)


async def upgrade_database(url: str, last: str | None = None) -> None:
    """Bring the schema at `url` up to date, or up to the migration `last`; safe to call again.

    SQLite rebuilds a table to alter it; with foreign keys enforced that would delete or refuse rows, so they are off
    for the migration and checked as a whole afterwards.
    """
    _make_folder(url)
    try:
        target = f"vote.{last}" if last else None
        await migrate(config=configuration(url, foreign_keys="OFF"), target=target, direction="forward")
        if url.startswith("sqlite:") and (
            broken := await get_connection("default").execute_query_dict("PRAGMA foreign_key_check")
        ):
            raise RuntimeError(f"{len(broken)} rows lost their parents in the migration")
    finally:
        await Tortoise.close_connections()


@asynccontextmanager
async def transaction() -> AsyncIterator[BaseDBAsyncClient]:
    """Everything inside is written, or nothing is; queries inside use this transaction by themselves."""
    outermost = not _INSIDE.get()
    token = _INSIDE.set(True)
    try:
        async with in_transaction() as connection:
            yield connection
            if outermost:
                await _write_last()
    finally:
        _INSIDE.reset(token)


_INSIDE: ContextVar[bool] = ContextVar("inside", default=False)
"""Whether a transaction is going on, of which a further one is a part."""

_LAST: ContextVar[list[Callable[[], Awaitable[None]]] | None] = ContextVar("last", default=None)
"""What the transaction that comes next writes last."""


@asynccontextmanager
async def together_with(write: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
    """Let the first transaction inside write something else as its last act, so that neither is there without the other.

    Where no transaction takes place inside it is written afterwards; where something is raised before, never.
    """
    waiting = [write]
    token = _LAST.set(waiting)
    try:
        yield
        await _write_last()
    finally:
        _LAST.reset(token)


async def _write_last() -> None:
    waiting = _LAST.get()
    if waiting:
        # Taken out first: what it calls may open a transaction of its own.
        await waiting.pop()()


@asynccontextmanager
async def snapshot() -> AsyncIterator[BaseDBAsyncClient]:
    """Everything inside sees the database as it was at one moment and writes nothing; others go on writing.

    For a process of its own: in SQLite the process's one connection is in the snapshot, whoever uses it.
    """
    connection = get_connection("default")
    if connection.capabilities.dialect == "sqlite":
        await connection.execute_query("PRAGMA query_only = ON")
        await connection.execute_query("BEGIN")
        try:
            # A deferred transaction sees what was there at its first read.
            await connection.execute_query("SELECT name FROM sqlite_master LIMIT 1")
            yield connection
        finally:
            await connection.execute_query("ROLLBACK")
            await connection.execute_query("PRAGMA query_only = OFF")
        return
    async with in_transaction() as inside:
        await inside.execute_query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield inside


async def applied_migrations() -> list[str]:
    """Return the names of the migrations that the open database has had, in their order; none if it is new."""
    connection = get_connection("default")
    try:
        rows = await connection.execute_query_dict(
            "SELECT name FROM tortoise_migrations WHERE app = 'vote' ORDER BY name"
        )
    except OperationalError:
        return []
    return [row["name"] for row in rows]


def known_migrations() -> list[str]:
    """Return the names of the migrations that this program has, in their order."""
    package = importlib.import_module(MIGRATIONS)
    return sorted(name for _, name, _ in pkgutil.iter_modules(package.__path__) if name[0].isdigit())


def fits(model: type[Model], column: str, text: str) -> bool:
    """Whether a text from outside can stand in a column at all; to look for one that cannot is an error, not a miss."""
    field = model._meta.fields_map[column]  # noqa: SLF001 - where tortoise keeps it
    assert isinstance(field, CharField)
    return len(text) <= field.max_length and "\x00" not in text


async def hold_row(table: str, column: str, value: str) -> None:
    """Let nobody change the row of `table` whose `column` is `value` until this transaction ends; readers share it.

    Tortoise knows exclusive locks only. In SQLite a transaction is the only writer anyway.
    """
    connection = get_connection("default")
    if connection.capabilities.dialect == "postgres":
        await connection.execute_query(f'SELECT 1 FROM "{table}" WHERE "{column}" = $1 FOR SHARE', [value])  # noqa: S608


async def database_now() -> datetime:
    """Return the database's clock in UTC; in a transaction, the moment of the call."""
    connection = get_connection("default")
    if connection.capabilities.dialect == "sqlite":
        rows = await connection.execute_query_dict("SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now') AS now")
        return datetime.fromisoformat(rows[0]["now"]).replace(tzinfo=UTC)
    rows = await connection.execute_query_dict("SELECT clock_timestamp() AS now")
    now: datetime = rows[0]["now"]
    return now.astimezone(UTC)


def _make_folder(url: str) -> None:
    if file := find_file(url):
        # Its owner alone: the journal files beside the database are made with the usual rights.
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)


def find_file(url: str) -> Path | None:
    """Return the file in which the database at `url` lies, if it is one."""
    if not url.startswith("sqlite://") or ":memory:" in url:
        return None
    return Path(url.removeprefix("sqlite://").split("?")[0])
