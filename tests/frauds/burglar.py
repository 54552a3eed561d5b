"""Somebody who owns the database: a second connection beside the application, with every trigger taken away."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from crypto.ballot import tracker
from tests import databases
from tests.databases import Connection
from tests.vote.assembly import Assembly


@contextmanager
def breaking_in(assembly: Assembly) -> Iterator[Connection]:
    """Connect to the database of a running application without its guards."""
    url = assembly.platform.settings.db
    with databases.connect(url) as connection:
        if databases.SQLITE:
            connection.execute("PRAGMA foreign_keys = OFF")
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
                connection.execute(f'DROP TRIGGER "{name}"')
        else:
            connection.execute("SET session_replication_role = replica")
        yield connection


def change(assembly: Assembly, statement: str, *values: Any) -> None:
    """Change the database with one statement."""
    with breaking_in(assembly) as connection:
        connection.execute(statement, values)


def moment(when: datetime) -> object:
    """Return a moment as the database takes it."""
    return when.isoformat(" ") if databases.SQLITE else when


def drop_ballot(connection: Connection, number: int) -> None:
    """Take a ballot away before its pool is shown; the log has it only then, so nothing in the database misses it."""
    connection.execute("DELETE FROM ballot WHERE id = ?", [number])


def replace_ballot(connection: Connection, number: int, data: bytes) -> None:
    """Put other bytes in the place of a ballot."""
    connection.execute("UPDATE ballot SET data = ?, tracker = ? WHERE id = ?", [data, tracker(data), number])
