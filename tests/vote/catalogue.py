"""What a migrated database really holds, read back from its own catalogue.

After a new migration: `.venv/bin/python -m tests.vote.catalogue` writes both lists anew; read the difference.
"""

import asyncio
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests import databases
from tests.databases import Connection, tables
from tests.postgresql_server import running_server
from vote.db import upgrade_database

ROOT = Path(__file__).parents[2]
EXPECTED = {name: ROOT / "vote" / "operation" / f"catalogue-{name}.txt" for name in ("sqlite", "postgresql")}
"""`vote db check` compares with the same lists; here they are read by other code."""
CHECK = re.compile(r"CONSTRAINT (\w+) CHECK \((.*)\),?$", re.MULTILINE)
COLUMNS = """
SELECT attname || ' ' || format_type(atttypid, atttypmod) || CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END
FROM pg_attribute WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum
"""
CONSTRAINTS = """
SELECT contype::text, conname::text, pg_get_constraintdef(oid)
FROM pg_constraint WHERE conrelid = ?::regclass AND contype <> 'n'
"""
INDEXES = """
SELECT pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid = ?::regclass AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype <> 'f')
"""
TRIGGERS = """
SELECT pg_get_triggerdef(pg_trigger.oid), prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
WHERE tgrelid = ?::regclass AND NOT tgisinternal
"""


def read_catalogue(url: str) -> list[str]:
    """Return columns, constraints, indexes and triggers of every table of ours, a line each."""
    read = _sqlite if url.startswith("sqlite:") else _postgresql
    with databases.connect(url) as connection:
        return [line for table in tables(connection) for line in read(connection, table)]


def expected_catalogue() -> list[str]:
    """Return what was read and agreed to, for the database of this run."""
    return EXPECTED[databases.ENGINE].read_text().splitlines()


def _sqlite(connection: Connection, table: str) -> Iterator[str]:
    ((text,),) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", [table])
    for _, name, kind, required, _, primary in connection.execute(f"PRAGMA table_info({table})"):
        yield f"{table}.{name} {kind}{' NOT NULL' if required else ''}{' PRIMARY KEY' if primary else ''}"
    for row in sorted(connection.execute(f"PRAGMA foreign_key_list({table})"), key=lambda row: row[3]):
        _, _, parent, column, target, on_update, on_delete, _ = row
        yield f"{table} FOREIGN KEY ({column}) {parent} ({target}) ON DELETE {on_delete} ON UPDATE {on_update}"
    found = []
    for _, name, unique, origin, partial in connection.execute(f"PRAGMA index_list({table})"):
        columns = ", ".join(column for _, _, column in connection.execute(f"PRAGMA index_info({name})"))
        if origin == "c":
            ((index,),) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", [name])
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


def _postgresql(connection: Connection, table: str) -> Iterator[str]:
    for (column,) in connection.execute(COLUMNS, [table]):
        yield f"{table}.{column}"
    found = []
    for kind, name, text in connection.execute(CONSTRAINTS, [table]):
        # Only CHECKs have names of our choice.
        found.append(f"CHECK {name}: {text.removeprefix('CHECK ')}" if kind == "c" else text)
    found += [index for (index,) in connection.execute(INDEXES, [table])]
    found += [f"{trigger}: {' '.join(body.split())}" for trigger, body in connection.execute(TRIGGERS, [table])]
    # Sorted here: the order of words is a setting of the server.
    for line in sorted(found):
        yield f"{table} {line.removeprefix('CREATE ').replace(' ON public.', ' ON ')}"


def _write(url: str, expected: Path) -> None:
    asyncio.run(upgrade_database(url))
    expected.write_text("".join(f"{line}\n" for line in read_catalogue(url)))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder, running_server() as server:
        _write(f"sqlite://{folder}/vote.db", EXPECTED["sqlite"])
        _write(server, EXPECTED["postgresql"])
