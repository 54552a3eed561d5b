"""Reads and writes the rows of any table of ours as JSON lines that are the same for both databases.

 * Tables and columns are those of the open database's catalogue, whatever the models of this program say.
 * A line is a JSON array in the order of the columns. Bytes are Base64, moments RFC 3339 in UTC with microseconds, truth
   is 0 or 1, JSON has its keys sorted.
 * Lines are sorted by primary key, texts by code point. So equal rows give equal bytes, from either database.

Not here: the file that holds them (`backup_file.py`).
"""

import base64
import json
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient

PAGE = 200
"""Rows read at a time."""
NOT_KEPT = {"tortoise_migrations", "sqlite_sequence", "worker_beat"}
"""Tables that a backup leaves out: the databases' own, and a sign of life."""


class ColumnType(StrEnum):
    """What a column holds, as far as JSON cannot say it by itself."""

    BYTES = "bytes"
    MOMENT = "moment"
    JSON = "json"
    TRUTH = "truth"
    PLAIN = "plain"


_SQLITE = {"BLOB": ColumnType.BYTES, "TIMESTAMP": ColumnType.MOMENT, "JSON": ColumnType.JSON}
_POSTGRESQL = {
    "bytea": ColumnType.BYTES,
    "timestamptz": ColumnType.MOMENT,
    "jsonb": ColumnType.JSON,
    "bool": ColumnType.TRUTH,
}
_POSTGRESQL_COLUMNS = """
SELECT c.relname AS table, a.attname AS column, t.typname AS type, a.attnum = ANY (i.indkey) AS key
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = current_schema()
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_type t ON t.oid = a.atttypid
JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
WHERE c.relkind = 'r'
ORDER BY c.relname COLLATE "C", a.attnum
"""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    name: str
    type: ColumnType


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the open database."""

    name: str
    columns: tuple[Column, ...]
    key: str
    """The column of its primary key."""


def is_sqlite(connection: BaseDBAsyncClient) -> bool:
    """Whether a connection is to SQLite; PostgreSQL is the only other one."""
    return connection.capabilities.dialect == "sqlite"


async def read_tables(connection: BaseDBAsyncClient) -> dict[str, Table]:
    """Return every table whose rows are kept, by its name, in the order of the names."""
    if not is_sqlite(connection):
        rows = await connection.execute_query_dict(_POSTGRESQL_COLUMNS)
        return _gather((row["table"], row["column"], _POSTGRESQL.get(row["type"]), row["key"]) for row in rows)
    found: list[tuple[str, str, ColumnType | None, bool]] = []
    names = await connection.execute_query_dict("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    for name in (row["name"] for row in names):
        columns = await connection.execute_query_dict(f'PRAGMA table_info("{name}")')
        found += [(name, row["name"], _SQLITE.get(row["type"]), bool(row["pk"])) for row in columns]
    return _gather(found)


async def read_pages(connection: BaseDBAsyncClient, table: Table) -> AsyncIterator[tuple[bytes, int]]:
    """Iterate over a table: JSON lines, and how many they are."""
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    sqlite = is_sqlite(connection)
    key = f'"{table.key}"'
    if not sqlite and await _is_text(connection, table):
        key += ' COLLATE "C"'
    mark = "?" if sqlite else "$1"
    after: list[Any] = []
    while True:
        where = f" WHERE {key} > {mark}" if after else ""
        rows = await connection.execute_query_dict(
            f'SELECT {names} FROM "{table.name}"{where} ORDER BY {key} LIMIT {PAGE}',  # noqa: S608 - the catalogue's names
            after,
        )
        if not rows:
            return
        yield b"".join(_encode(table, row) for row in rows), len(rows)
        after = [rows[-1][table.key]]


async def write_page(connection: BaseDBAsyncClient, table: Table, columns: list[str], lines: bytes) -> None:
    """Insert JSON lines whose values stand in the order of `columns`."""
    types = {column.name: column.type for column in table.columns}
    sqlite = is_sqlite(connection)
    rows = [
        [_decode(types[name], value, sqlite=sqlite) for name, value in zip(columns, json.loads(line), strict=True)]
        for line in lines.splitlines()
    ]
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join("?" if sqlite else f"${number}" for number in range(1, len(columns) + 1))
    await connection.execute_many(f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})', rows)  # noqa: S608 - same


async def count_rows(connection: BaseDBAsyncClient, table: str) -> int:
    """Return how many rows a table has."""
    rows = await connection.execute_query_dict(f'SELECT count(*) AS n FROM "{table}"')  # noqa: S608 - same
    return int(rows[0]["n"])


async def _is_text(connection: BaseDBAsyncClient, table: Table) -> bool:
    rows = await connection.execute_query_dict(
        "SELECT data_type FROM information_schema.columns "
        "WHERE table_schema = current_schema() AND table_name = $1 AND column_name = $2",
        [table.name, table.key],
    )
    return bool(rows[0]["data_type"] in {"text", "character varying"})


def _gather(found: Iterable[tuple[str, str, ColumnType | None, bool]]) -> dict[str, Table]:
    columns: dict[str, list[Column]] = {}
    keys: dict[str, str] = {}
    for table, column, kind, key in found:
        if table in NOT_KEPT:
            continue
        columns.setdefault(table, []).append(Column(column, kind or ColumnType.PLAIN))
        if key:
            keys[table] = column
    return {name: Table(name, tuple(each), keys[name]) for name, each in columns.items()}


def _encode(table: Table, row: dict[str, Any]) -> bytes:
    values = [_plain(column.type, row[column.name]) for column in table.columns]
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def _plain(kind: ColumnType, value: Any) -> Any:  # noqa: ANN401 - whatever the database holds
    if value is None:
        return None
    match kind:
        case ColumnType.BYTES:
            return base64.b64encode(value).decode()
        case ColumnType.MOMENT:
            moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
            return moment.astimezone(UTC).isoformat(timespec="microseconds")
        case ColumnType.JSON:
            return json.loads(value)
        case ColumnType.TRUTH:
            return int(value)
        case ColumnType.PLAIN:
            return value


def _decode(kind: ColumnType, value: Any, *, sqlite: bool) -> Any:  # noqa: ANN401
    if value is None:
        return None
    match kind:
        case ColumnType.BYTES:
            return base64.b64decode(value, validate=True)
        case ColumnType.MOMENT:
            # As tortoise writes it: SQLite compares moments as texts.
            moment = datetime.fromisoformat(value)
            return moment.isoformat(" ") if sqlite else moment
        case ColumnType.JSON:
            return json.dumps(value, separators=(",", ":"))
        case ColumnType.TRUTH:
            return bool(value)
        case ColumnType.PLAIN:
            return value
