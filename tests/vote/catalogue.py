"""What a migrated database really holds, read back from SQLite's catalogue.

After a new migration: `.venv/bin/python -m tests.vote.catalogue > tests/vote/catalogue.txt`, and read the difference.
"""

import asyncio
import re
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from vote.db import upgrade_database

EXPECTED = Path(__file__).with_suffix(".txt")
CHECK = re.compile(r"CONSTRAINT (\w+) CHECK \((.*)\),?$", re.MULTILINE)


def read_catalogue(file: Path) -> list[str]:
    """Return columns, constraints, indexes and triggers of every table of ours, a line each."""
    connection = sqlite3.connect(file)
    try:
        return [line for table in tables(connection) for line in _table(connection, table)]
    finally:
        connection.close()


def tables(connection: sqlite3.Connection) -> list[str]:
    """Return the names of our tables."""
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return [name for (name,) in rows if name not in {"sqlite_sequence", "tortoise_migrations"}]


def _table(connection: sqlite3.Connection, table: str) -> Iterator[str]:
    (text,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", [table]).fetchone()
    for _, name, kind, required, _, primary in connection.execute(f"PRAGMA table_info({table})"):
        yield f"{table}.{name} {kind}{' NOT NULL' if required else ''}{' PRIMARY KEY' if primary else ''}"
    for row in sorted(connection.execute(f"PRAGMA foreign_key_list({table})"), key=lambda row: row[3]):
        _, _, parent, column, target, on_update, on_delete, _ = row
        yield f"{table} FOREIGN KEY ({column}) {parent} ({target}) ON DELETE {on_delete} ON UPDATE {on_update}"
    found = []
    for _, name, unique, origin, partial in connection.execute(f"PRAGMA index_list({table})"):
        columns = ", ".join(column for _, _, column in connection.execute(f"PRAGMA index_info({name})"))
        if origin == "c":
            (index,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", [name]).fetchone()
            where = index[index.index(" WHERE ") :] if partial else ""
            found.append(f"{table} {'UNIQUE ' if unique else ''}INDEX {name} ({columns}){where}")
        elif origin == "u":
            found.append(f"{table} UNIQUE ({columns})")
    yield from sorted(found)
    for name, check in CHECK.findall(text):
        yield f"{table} CHECK {name}: {check}"
    triggers = connection.execute(
        "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ? ORDER BY name", [table]
    )
    for (trigger,) in triggers:
        yield f"{table} {trigger.removeprefix('CREATE ')}"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(upgrade_database(f"sqlite://{folder}/vote.db"))
        sys.stdout.write("".join(f"{line}\n" for line in read_catalogue(Path(folder) / "vote.db")))
