"""Makes a database out of a backup, and lets it know that it is a copy.

 * Only into an empty database: nothing is replaced, nothing is mixed.
 * The backup is read once and checked before anything is written; what was written is read back and compared.
 * All rows and the mark of a copy are written in one transaction, or nothing is.

Not here: what a copy may not do until it is adopted (`copy.py`).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.connection import get_connection
from tortoise.exceptions import IntegrityError, OperationalError

from vote.db import (
    applied_migrations,
    database_now,
    known_migrations,
    open_database,
    transaction,
    upgrade_database,
)
from vote.errors import Reason, RefusedError
from vote.operation import backup_file, tables
from vote.operation.backup_file import Contents, Sums
from vote.operation.outage import is_outage
from vote.operation.tables import Table, count_rows, is_sqlite, read_tables, write_page

MARK = "restored_copy"
"""The table in which a database keeps that it is a copy."""
_FOREIGN_KEYS = """
SELECT c.relname AS table, k.conname AS name FROM pg_constraint k
JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE k.contype = 'f' AND n.nspname = current_schema()
"""
_SERIALS = """
SELECT c.relname AS table, a.attname AS column,
       pg_get_serial_sequence(quote_ident(c.relname), a.attname) AS sequence
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relkind = 'r' AND n.nspname = current_schema()
AND pg_get_serial_sequence(quote_ident(c.relname), a.attname) IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored."""

    contents: Contents
    other_keys: tuple[str, ...]
    """Which of this installation's keys are not those of the backup."""


async def restore(path: Path, url: str, keys: Mapping[str, str | None]) -> Restored:
    """Restore the backup at `path` into the empty database at `url`.

    Args:
        path: the file.
        url: of the database.
        keys: digests of the keys at hand, as `backup.key_digests` gives them.

    Raises:
        RefusedError: the backup is not whole or of a newer program, or the database is not empty.
    """
    contents = backup_file.read_contents(path)
    known = known_migrations()
    if contents.migrations != known[: len(contents.migrations)] or not contents.migrations:
        raise RefusedError(
            Reason.NOT_SUPPORTED, f"The backup was made by version {contents.program}: restore it with that version."
        )
    async with open_database(url):
        level = await _require_empty(contents)
    if level != contents.migrations:
        await upgrade_database(url, contents.migrations[-1])
    async with open_database(url):
        try:
            await _load(path, contents)
        except (IntegrityError, OperationalError, ValueError, TypeError) as error:
            if is_outage(error):
                raise
            # What the database says of it names values of rows.
            raise _unfit("it holds rows that the database does not take") from None
    if contents.migrations != known:
        await upgrade_database(url)
    other = tuple(name for name, digest in contents.keys.items() if digest and keys.get(name) != digest)
    return Restored(contents, other)


async def _require_empty(contents: Contents) -> list[str]:
    applied = await applied_migrations()
    connection = get_connection("default")
    for name in await read_tables(connection):
        if await count_rows(connection, name):
            raise RefusedError(
                Reason.CONFLICT, f"The database is not empty, {name} has rows: restore into one that is new."
            )
    if applied != contents.migrations[: len(applied)]:
        raise RefusedError(
            Reason.CONFLICT,
            "The empty database is of a newer version than the backup: give one without tables, it is upgraded afterwards.",
        )
    return applied


async def _load(path: Path, contents: Contents) -> None:
    async with transaction() as connection:
        there = await read_tables(connection)
        _require_same_tables(contents, there)
        await _defer_foreign_keys(connection)
        for name, lines in backup_file.read_pages(path):
            await write_page(connection, there[name], contents.tables[name].columns, lines)
        await _check_foreign_keys(connection)
        for name, kept in contents.tables.items():
            sums = Sums(kept.columns)
            async for lines, rows in tables.read_pages(connection, _in_order(there[name], kept.columns)):
                sums.add(lines, rows)
            if sums.kept() != kept:
                raise _unfit(f"the rows of {name} came out otherwise")
        await _advance_serials(connection)
        mark = json.dumps([contents.id, contents.made_at, (await database_now()).isoformat()]).encode()
        await write_page(connection, there[MARK], ["backup", "made_at", "restored_at"], mark)


def _unfit(why: str) -> RefusedError:
    return RefusedError(
        Reason.MALFORMED, f"The backup cannot be restored, as {why}: nothing was kept, take another one."
    )


def _require_same_tables(contents: Contents, there: Mapping[str, Table]) -> None:
    for name, kept in contents.tables.items():
        if name not in there or sorted(kept.columns) != sorted(column.name for column in there[name].columns):
            raise RefusedError(
                Reason.MALFORMED, f"The backup's table {name} is not one of its version: take another backup."
            )
    if missing := there.keys() - contents.tables.keys():
        raise RefusedError(
            Reason.MALFORMED, f"The backup has no table {min(missing)}, which its version has: take another backup."
        )


def _in_order(table: Table, columns: list[str]) -> Table:
    types = {column.name: column for column in table.columns}
    return Table(table.name, tuple(types[name] for name in columns), table.key)


async def _defer_foreign_keys(connection: BaseDBAsyncClient) -> None:
    """Let rows come before those that they point to: a row may point to a later one of its own table."""
    if is_sqlite(connection):
        await connection.execute_query("PRAGMA defer_foreign_keys = ON")
        return
    for row in await connection.execute_query_dict(_FOREIGN_KEYS):
        await connection.execute_script(f'ALTER TABLE "{row["table"]}" ALTER CONSTRAINT "{row["name"]}" DEFERRABLE')
    await connection.execute_script("SET CONSTRAINTS ALL DEFERRED")


async def _check_foreign_keys(connection: BaseDBAsyncClient) -> None:
    if is_sqlite(connection):
        if await connection.execute_query_dict("PRAGMA foreign_key_check"):
            raise _unfit("it holds rows that point to rows that it does not have")
        return
    await connection.execute_script("SET CONSTRAINTS ALL IMMEDIATE")
    for row in await connection.execute_query_dict(_FOREIGN_KEYS):
        await connection.execute_script(f'ALTER TABLE "{row["table"]}" ALTER CONSTRAINT "{row["name"]}" NOT DEFERRABLE')


async def _advance_serials(connection: BaseDBAsyncClient) -> None:
    """Let new rows be numbered behind the restored ones; SQLite does so by itself."""
    if is_sqlite(connection):
        return
    for row in await connection.execute_query_dict(_SERIALS):
        await connection.execute_query(
            f'SELECT setval($1::text::regclass, (SELECT max("{row["column"]}") FROM "{row["table"]}"))',  # noqa: S608
            [row["sequence"]],
        )
