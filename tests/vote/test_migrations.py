"""Migrations are undone and done again, and what they add to a table leaves what the table has."""

import asyncio
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import asyncpg
import pytest
from tortoise import Tortoise
from tortoise.connection import get_connection
from tortoise.exceptions import IntegrityError
from tortoise.migrations.api import migrate
from tortoise.migrations.operations import RunPython

from migrations._operations import Refusal, add_checks, add_indexes, add_refuse_change, changed, only_grow, refuse
from tests import databases
from tests.databases import SQLITE
from tests.vote.catalogue import expected_catalogue, read_catalogue
from vote.db import configuration, known_migrations, open_database, transaction, upgrade_database

ROOT = Path(__file__).parents[2]


async def _downgrade(url: str, last: str) -> None:
    try:
        await migrate(config=configuration(url, foreign_keys="OFF"), target=f"vote.{last}", direction="backward")
    finally:
        await Tortoise.close_connections()


@pytest.fixture
def upgraded(_migrated: str, tmp_path: Path) -> Iterator[str]:
    """A database that is up to date and that nobody has open; its URL."""
    with databases.copied(_migrated, tmp_path) as url:
        yield url


@pytest.mark.database
def test_the_last_migration_can_be_undone_and_done_again(upgraded: str) -> None:
    """Only the last: the engine takes a minute to undo them all."""
    *_, before, last = known_migrations()
    asyncio.run(_downgrade(upgraded, before))
    assert last not in _applied(upgraded)
    asyncio.run(upgrade_database(upgraded))
    assert read_catalogue(upgraded) == expected_catalogue()


def _applied(url: str) -> list[str]:
    with databases.connect(url) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM tortoise_migrations")]


async def _run(*operations: RunPython, backward: bool = False) -> None:
    connection = get_connection("default")
    if SQLITE:
        await connection.execute_query("PRAGMA foreign_keys = OFF")
    async with transaction() as inside:
        editor = SimpleNamespace(client=inside)
        for operation in operations:
            code = operation.reverse_code if backward else operation.code
            await code(None, editor)
    if SQLITE:
        await connection.execute_query("PRAGMA foreign_keys = ON")


async def _refused(statement: str) -> str:
    with pytest.raises((IntegrityError, asyncpg.PostgresError)) as refusal:
        await get_connection("default").execute_query(statement)
    return str(refusal.value)


@pytest.mark.database
async def test_a_check_added_later_leaves_rows_indexes_and_triggers(tmp_path: Path) -> None:
    async with open_database(databases.new(tmp_path)):
        connection = get_connection("default")
        await connection.execute_query('CREATE TABLE "thing" (\n "id" INTEGER PRIMARY KEY NOT NULL,\n "size" INT\n)')
        await connection.execute_query('CREATE TABLE "other" ("thing_id" INT REFERENCES "thing" ("id"), "name" TEXT)')
        await connection.execute_query("INSERT INTO thing VALUES (1, 7)")
        await _run(add_refuse_change(), only_grow("thing"))
        small = "(SELECT size FROM thing WHERE thing.id = OLD.thing_id) < 10"
        await _run(refuse(Refusal("other_small", "UPDATE", "other", f"{small} AND ({changed('name')})")))
        await _run(add_indexes(("thing_size", "thing (size)")))
        checks = add_checks(("thing", "thing_positive", "size > 0"), ("thing", "thing_odd", "size <> 2"))
        await _run(checks)
        assert "thing_positive" in await _refused("INSERT INTO thing VALUES (2, 0)")
        assert "thing_odd" in await _refused("INSERT INTO thing VALUES (2, 2)")
        assert "thing only grows" in await _refused("DELETE FROM thing")
        await connection.execute_query("INSERT INTO other VALUES (1, NULL)")
        await connection.execute_query("UPDATE other SET name = NULL")
        assert "this other is fixed" in await _refused("UPDATE other SET name = 'x'")
        assert "foreign key" in (await _refused("INSERT INTO other VALUES (5, NULL)")).lower()
        await _run(checks, backward=True)
        await connection.execute_query("INSERT INTO thing VALUES (2, 0)")
        rows = await connection.execute_query_dict("SELECT id, size FROM thing ORDER BY id")
        assert [dict(row) for row in rows] == [{"id": 1, "size": 7}, {"id": 2, "size": 0}]
        assert "thing only grows" in await _refused("UPDATE thing SET size = 1")
        await connection.execute_query("DROP INDEX thing_size")


def test_the_folder_works_under_its_name_in_a_wheel(tmp_path: Path) -> None:
    target = tmp_path / "vote" / "_migrations"
    shutil.copytree(ROOT / "migrations", target, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "vote" / "__init__.py").touch()
    ask = "import importlib; print(importlib.import_module('vote._migrations.0002_constraints').Migration.__name__)"
    done = subprocess.run(
        [sys.executable, "-c", ask], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, "Migration"), done.stderr
