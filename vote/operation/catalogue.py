"""Reads what a database really holds besides rows: columns, constraints, indexes, triggers, a line each.

`vote db check` compares it with what the migrations make (`catalogue-sqlite.txt`, `catalogue-postgresql.txt`): who can
take a trigger away can change a ballot box that only grows.
"""

import re
from collections.abc import AsyncIterator
from importlib.resources import files

from tortoise.backends.base.client import BaseDBAsyncClient

from vote.operation.tables import is_sqlite

_CHECK = re.compile(r"CONSTRAINT (\w+) CHECK \((.*)\),?$", re.MULTILINE)
_TABLES = """
SELECT tablename::text AS name FROM pg_tables WHERE schemaname = current_schema() AND tablename <> 'tortoise_migrations'
ORDER BY tablename COLLATE "C"
"""
_COLUMNS = """
SELECT attname || ' ' || format_type(atttypid, atttypmod) || CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END AS line
FROM pg_attribute WHERE attrelid = $1::text::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum
"""
_CONSTRAINTS = """
SELECT contype::text AS kind, conname::text AS name, pg_get_constraintdef(oid) AS text, convalidated AS valid
FROM pg_constraint WHERE conrelid = $1::text::regclass AND contype NOT IN ('n', 't')
"""
_INDEXES = """
SELECT pg_get_indexdef(indexrelid) AS line FROM pg_index WHERE indrelid = $1::text::regclass
AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype <> 'f')
"""
_TRIGGERS = """
SELECT pg_get_triggerdef(pg_trigger.oid) AS text, prosrc AS body, tgenabled::text AS enabled
FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid WHERE tgrelid = $1::text::regclass AND NOT tgisinternal
"""


def expected_catalogue(connection: BaseDBAsyncClient) -> list[str]:
    """Return what the migrations make on this kind of database."""
    name = "catalogue-sqlite.txt" if is_sqlite(connection) else "catalogue-postgresql.txt"
    return files("vote.operation").joinpath(name).read_text().splitlines()


async def read_catalogue(connection: BaseDBAsyncClient) -> list[str]:
    """Return what there is, table by table."""
    if is_sqlite(connection):
        rows = await connection.execute_query_dict(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
            "AND name <> 'tortoise_migrations' ORDER BY name"
        )
        return [line for row in rows async for line in _sqlite(connection, row["name"])]
    rows = await connection.execute_query_dict(_TABLES)
    return [line for row in rows async for line in _postgresql(connection, row["name"])]


async def _sqlite(connection: BaseDBAsyncClient, table: str) -> AsyncIterator[str]:
    ask = connection.execute_query_dict
    for row in await ask(f'PRAGMA table_info("{table}")'):
        ends = f"{' NOT NULL' if row['notnull'] else ''}{' PRIMARY KEY' if row['pk'] else ''}"
        yield f"{table}.{row['name']} {row['type']}{ends}"
    for row in sorted(await ask(f'PRAGMA foreign_key_list("{table}")'), key=lambda row: str(row["from"])):
        rule = f"ON DELETE {row['on_delete']} ON UPDATE {row['on_update']}"
        yield f"{table} FOREIGN KEY ({row['from']}) {row['table']} ({row['to']}) {rule}"
    found = []
    for row in await ask(f'PRAGMA index_list("{table}")'):
        columns = ", ".join(column["name"] for column in await ask(f'PRAGMA index_info("{row["name"]}")'))
        if row["origin"] == "c":
            sql = (await ask("SELECT sql FROM sqlite_master WHERE name = ?", [row["name"]]))[0]["sql"]
            where = sql[sql.index(" WHERE ") :] if row["partial"] else ""
            found.append(f"{table} {'UNIQUE ' if row['unique'] else ''}INDEX {row['name']} ({columns}){where}")
        elif row["origin"] == "u":
            found.append(f"{table} UNIQUE ({columns})")
    for line in sorted(found):
        yield line
    text = (await ask("SELECT sql FROM sqlite_master WHERE name = ?", [table]))[0]["sql"]
    for name, check in _CHECK.findall(text):
        yield f"{table} CHECK {name}: {check}"
    for row in await ask(
        "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ? ORDER BY name", [table]
    ):
        yield f"{table} {row['sql'].removeprefix('CREATE ')}"


async def _postgresql(connection: BaseDBAsyncClient, table: str) -> AsyncIterator[str]:
    ask, name = connection.execute_query_dict, [f'"{table}"']
    for row in await ask(_COLUMNS, name):
        yield f"{table}.{row['line']}"
    found = []
    for row in await ask(_CONSTRAINTS, name):
        # Only CHECKs have names of our choice. A constraint that was never tried on the rows says nothing of them.
        line = f"CHECK {row['name']}: {row['text'].removeprefix('CHECK ')}" if row["kind"] == "c" else row["text"]
        found.append(line if row["valid"] else f"{line} NOT VALID")
    found += [row["line"] for row in await ask(_INDEXES, name)]
    for row in await ask(_TRIGGERS, name):
        off = "" if row["enabled"] == "O" else " DISABLED"
        found.append(f"{row['text']}: {' '.join(row['body'].split())}{off}")
    # Sorted here: the order of words is a setting of the server.
    for line in sorted(found):
        yield f"{table} {line.removeprefix('CREATE ').replace(' ON public.', ' ON ')}"
