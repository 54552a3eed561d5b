"""The databases of the tests: SQLite files, or those of one PostgreSQL server; VOTE_TEST_DB says which.

A test gets a copy of a migrated database and looks into it through `connect`, in words that both understand.

Tests that lie on a database carry the mark `database` and run on each; the others run once. So nothing may open a
database unseen: in a test without the mark every way to one is `barred`.
"""

import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from tests import postgresql

ENGINES = ("sqlite", "postgresql")
ENGINE = os.environ.get("VOTE_TEST_DB", ENGINES[0])
SQLITE = ENGINE == "sqlite"
NAME = "vote.db"


class DatabaseUnaskedError(Exception):
    """A test uses a database that its marks do not tell of."""


_barred: list[tuple[list[str], bool]] = []
"""For each test that runs once and runs now: what it tried all the same, and whether it may name a database itself."""


@contextmanager
def barred(*, named: bool = False) -> Iterator[list[str]]:
    """Refuse databases inside the block, to programs that it starts too; the list fills with what was tried.

    With `named`, only that is refused which VOTE_TEST_DB would choose.
    """
    tried: list[str] = []
    _barred.append((tried, named))
    try:
        yield tried
    finally:
        _barred.pop()


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if not _barred:
        return
    if event == "sqlite3.connect":
        _refuse(f"opens {arguments[0]}")
    elif event == "subprocess.Popen" and "VOTE_DB" in (os.environ if arguments[3] is None else arguments[3]):
        _refuse(f"starts {arguments[0]} on a database")


def _refuse(what: str, *, named: bool = True) -> None:
    for tried, may_name in reversed(_barred):
        if not (named and may_name):
            tried.append(what)
            raise DatabaseUnaskedError(f"This test {what} and would run once: mark it with pytest.mark.database.")


sys.addaudithook(_watch)


class DatabaseRefusalError(Exception):
    """The database refuses a row: `CHECK name`, `UNIQUE`, `FOREIGN KEY`, or a trigger's own words."""


class Connection(Protocol):
    """A connection beside the application's."""

    def execute(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Execute a statement with `?` in the places of `values`; outside `begin` it is committed at once.

        Raises:
            DatabaseRefusalError: constraints or triggers refuse it; a transaction goes on as if it had not been tried.
        """

    def begin(self, table: str | None = None) -> None:
        """Begin a transaction; nobody else writes to `table` until it ends."""

    def rollback(self) -> None:
        """Undo the transaction."""


def new(folder: Path, engine: str | None = None) -> str:
    """Return the URL of a new database without any table: of the kind of this run if none is named."""
    _refuse("asks for a database", named=engine is not None)
    engine = engine or ENGINE
    return f"sqlite://{folder / NAME}" if engine == "sqlite" else postgresql.create()


def copy(url: str, folder: Path) -> str:
    """Copy a database that nobody is connected to; return the copy's URL."""
    _refuse("asks for a database")
    if not _in_file(url):
        return postgresql.create(url)
    source, target = _file(url), folder / NAME
    for suffix in ("", "-wal", "-shm"):
        # A server that was killed leaves its last transactions in the journal beside the file.
        if (part := source.with_name(source.name + suffix)).exists():
            shutil.copyfile(part, target.with_name(target.name + suffix))
    return f"sqlite://{target}"


@contextmanager
def copied(url: str, folder: Path, *, keep: bool = False) -> Iterator[str]:
    """Copy a database for the block, or with `keep` for the rest of the run; an SQLite file goes with its folder."""
    copied_url = copy(url, folder)
    try:
        yield copied_url
    finally:
        if not keep and not _in_file(url):
            postgresql.drop(copied_url)


def _in_file(url: str) -> bool:
    return url.startswith("sqlite:")


def _file(url: str) -> Path:
    return Path(url.removeprefix("sqlite://").partition("?")[0])


@contextmanager
def connect(url: str) -> Iterator[Connection]:
    """Connect to a database, of either kind."""
    connection = _File(_file(url)) if _in_file(url) else _Session(url)
    try:
        yield connection
    finally:
        connection.close()


def tables(connection: Connection) -> list[str]:
    """Return the names of our tables."""
    if isinstance(connection, _File):
        rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    else:
        rows = connection.execute("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'")
    return sorted(name for (name,) in rows if name != "tortoise_migrations")


def contents(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table."""
    with connect(url) as connection:
        return {name: sorted(connection.execute(f'SELECT * FROM "{name}"'), key=repr) for name in tables(connection)}


def find_damage(url: str) -> list[tuple[Any, ...]]:
    """Return what the database finds wrong with itself."""
    with connect(url) as connection:
        if _in_file(url):
            return [row for row in connection.execute("PRAGMA integrity_check") if row != ("ok",)]
        # PostgreSQL compares the checksum of every page with what it reads, and fails.
        return [
            (name,) for name in tables(connection) if not connection.execute(f'SELECT count("{name}") FROM "{name}"')
        ]


def find_orphans(url: str) -> list[tuple[Any, ...]]:
    """Return rows without parents, or the foreign keys for which the database does not know."""
    with connect(url) as connection:
        if _in_file(url):
            return connection.execute("PRAGMA foreign_key_check")
        return connection.execute("SELECT conname FROM pg_constraint WHERE contype = 'f' AND NOT convalidated")


def kept_bytes(url: str) -> bytes:
    """Return what whoever steals the database reads: its files, or every value in it."""
    if _in_file(url):
        return b"".join(path.read_bytes() for path in _file(url).parent.glob(f"{NAME}*"))
    values = (value for rows in contents(url).values() for row in rows for value in row)
    return b"\n".join(value if isinstance(value, bytes) else str(value).encode() for value in values)


class _File:
    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.execute("PRAGMA foreign_keys=ON")
        self._connection.execute("PRAGMA recursive_triggers=ON")

    def execute(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(statement, values).fetchall()
        except sqlite3.IntegrityError as error:
            words = str(error)
            for ours, theirs in (("CHECK ", "CHECK constraint failed: "), ("UNIQUE", "UNIQUE constraint failed: ")):
                if words.startswith(theirs):
                    words = (ours + words.removeprefix(theirs)) if ours.endswith(" ") else ours
            raise DatabaseRefusalError(words.replace("FOREIGN KEY constraint failed", "FOREIGN KEY")) from error

    def begin(self, table: str | None = None) -> None:
        self._connection.execute("BEGIN IMMEDIATE")

    def rollback(self) -> None:
        self._connection.rollback()

    def close(self) -> None:
        self._connection.close()


class _Session:
    def __init__(self, url: str) -> None:
        self._session = postgresql.Session(url)

    def execute(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        try:
            return self._session.execute(statement, values)
        except postgresql.REFUSALS as error:
            raise DatabaseRefusalError(postgresql.words(error)) from error

    def begin(self, table: str | None = None) -> None:
        self._session.begin()
        if table:
            self._session.execute(f'LOCK TABLE "{table}" IN EXCLUSIVE MODE')

    def rollback(self) -> None:
        self._session.rollback()

    def close(self) -> None:
        self._session.close()
