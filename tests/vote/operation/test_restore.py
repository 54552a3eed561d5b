"""Restoring fills an empty database, whole or not at all, and the database then knows that it is a copy."""

import asyncio
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tortoise.exceptions import OperationalError

from tests import databases
from tests.databases import DatabaseRefusalError
from tests.vote.operation.copies import ENGINES, KEYS, Copies, back_up, restore_into, rows, with_database
from vote.db import applied_migrations, known_migrations
from vote.election.store import ElectionStore
from vote.errors import RefusedError
from vote.log.store import LogStore
from vote.operation import restore as restoring
from vote.operation.backup_file import Contents
from vote.operation.models import RestoredCopy
from vote.operation.rules import CopyError
from vote.operation.service import CopyService
from vote.operation.store import OperationStore


@pytest.fixture
def backup(voted_url: str, tmp_path: Path) -> Path:
    out = tmp_path / "backup"
    back_up(voted_url, out)
    return out


def _copies() -> CopyService:
    return CopyService(OperationStore(), ElectionStore(), LogStore())


@pytest.mark.parametrize("engine", ENGINES)
def test_a_copy_knows_from_which_backup_it_is(copies: Copies, backup: Path, engine: str) -> None:
    before = datetime.now(UTC)
    url = copies.restore(backup, engine)
    ((_, number, made_at, restored_at, adopted_at, reason),) = databases.contents(url)["restored_copy"]
    contents = restoring.backup_file.read_contents(backup)
    assert (number, adopted_at, reason) == (contents.id, None, None)
    made, restored = (datetime.fromisoformat(str(each)).replace(tzinfo=UTC) for each in (made_at, restored_at))
    assert made == datetime.fromisoformat(contents.made_at)
    assert before - timedelta(seconds=1) <= restored <= datetime.now(UTC) + timedelta(seconds=1)


@pytest.mark.parametrize("engine", ENGINES)
def test_new_rows_are_numbered_behind_the_restored_ones(copies: Copies, backup: Path, engine: str) -> None:
    url = copies.restore(backup, engine)
    with databases.connect(url) as connection:
        connection.execute("INSERT INTO division (kind, name, parent_id) VALUES ('county', '平湖市', NULL)")
        numbers = [number for (number,) in connection.execute("SELECT id FROM division ORDER BY id")]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("engine", ENGINES)
def test_a_restored_database_refuses_what_the_first_one_refused(copies: Copies, backup: Path, engine: str) -> None:
    url = copies.restore(backup, engine)
    with databases.connect(url) as connection:
        for statement in ("DELETE FROM ballot", "UPDATE ballot SET sequence = 9", "DELETE FROM restored_copy"):
            with pytest.raises(DatabaseRefusalError, match=r"only grows|is fixed"):
                connection.execute(statement)
        with pytest.raises(DatabaseRefusalError, match="FOREIGN KEY"):
            connection.execute("INSERT INTO building (estate_id, name) VALUES ('nobody', '1')")


def test_a_row_may_point_to_a_later_one_of_its_table(copies: Copies, voted_url: str, tmp_path: Path) -> None:
    """An objection is merged into one that was raised after it."""
    with databases.connect(voted_url) as connection:
        ((uuid, owner),) = connection.execute("SELECT e.uuid, min(n.id) FROM election e, entitlement n GROUP BY e.uuid")
        raised = "INSERT INTO objection (election_id, raised_by_id, topic, sealed_text, raised_at, contested) VALUES"
        now = "2026-12-21 12:00:00+00:00" if databases.SQLITE else datetime(2026, 12, 21, 12, tzinfo=UTC)
        no = 0 if databases.SQLITE else False
        for _ in range(2):
            connection.execute(f"{raised} (?, ?, ?, ?, ?, ?)", [uuid, owner, "count", b"sealed", now, no])
        connection.execute(
            "UPDATE objection SET merged_into_id = 2, outcome = 'merged', answer = '见 2', answered_at = ? WHERE id = 1",
            [now],
        )
    back_up(voted_url, tmp_path / "backup")
    url = copies.restore(tmp_path / "backup")
    assert rows(url)["objection"] == rows(voted_url)["objection"]


def test_only_an_empty_database_is_restored_into(backup: Path, voted_url: str) -> None:
    before = databases.contents(voted_url)
    with pytest.raises(RefusedError, match=r"The database is not empty, .* has rows: restore into one that is new"):
        restore_into(backup, voted_url)
    assert databases.contents(voted_url) == before


def test_an_upgraded_database_without_rows_is_empty(copies: Copies, backup: Path, voted_url: str) -> None:
    url = copies.new()
    with databases.connect(url) as connection:
        moment = "2026-12-01 12:00:00+00:00" if databases.SQLITE else datetime(2026, 12, 1, 12, tzinfo=UTC)
        connection.execute("INSERT INTO worker_beat (id, beat_at) VALUES (1, ?)", [moment])
    restore_into(backup, url)
    assert rows(url) == rows(voted_url)


def test_keys_that_are_not_the_backups_are_told(copies: Copies, backup: Path) -> None:
    other = {**KEYS, "data": "0" * 64}
    restored = asyncio.run(restoring.restore(backup, copies.new(), other))
    assert restored.other_keys == ("data",)


def _pretend(monkeypatch: pytest.MonkeyPatch, **changes: object) -> None:
    """Let a backup say something else of itself than it does."""
    read = restoring.backup_file.read_contents

    def pretend(path: Path) -> Contents:
        contents = read(path)
        fields = {name: getattr(contents, name) for name in Contents.__dataclass_fields__}
        return Contents(**fields | changes)  # type: ignore[arg-type]

    monkeypatch.setattr(restoring.backup_file, "read_contents", pretend)


@pytest.mark.parametrize("migrations", [[], ["0001_other"], [*known_migrations(), "9999_later"]])
def test_a_backup_of_another_program_is_left_to_it(
    copies: Copies, backup: Path, monkeypatch: pytest.MonkeyPatch, migrations: list[str]
) -> None:
    _pretend(monkeypatch, migrations=migrations)
    with pytest.raises(RefusedError, match=r"The backup was made by version .*: restore it with that version"):
        copies.restore(backup)


def test_an_empty_database_that_is_ahead_of_the_backup_is_refused(
    copies: Copies, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = copies.new()
    _pretend(monkeypatch, migrations=known_migrations()[:-1])
    with pytest.raises(RefusedError, match="of a newer version than the backup"):
        restore_into(backup, url)


def test_rows_that_came_out_otherwise_are_not_kept(
    copies: Copies, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = restoring.write_page

    async def forget(connection: object, table: restoring.Table, columns: list[str], lines: bytes) -> None:
        await write(connection, table, columns, lines[: lines.rindex(b"[")] if table.name == "ballot" else lines)  # type: ignore[arg-type]

    monkeypatch.setattr(restoring, "write_page", forget)
    with pytest.raises(RefusedError, match="the rows of ballot came out otherwise: nothing was kept"):
        copies.restore(backup)
    if databases.SQLITE:
        assert {name: each for name, each in rows(f"sqlite://{tmp_path}/copy-1/vote.db").items() if each} == {}


def test_rows_without_parents_are_not_kept(copies: Copies, backup: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = restoring.backup_file.read_pages
    monkeypatch.setattr(
        restoring.backup_file, "read_pages", lambda path: (page for page in pages(path) if page[0] != "credential")
    )
    with pytest.raises(RefusedError, match=r"rows that it does not have|does not take"):
        copies.restore(backup)


@pytest.mark.parametrize("line", [b"[1]", b"[]", b"x", b"[null,null,null,null,null,null,null,null]"])
def test_rows_that_no_database_takes_are_refused(
    copies: Copies, backup: Path, monkeypatch: pytest.MonkeyPatch, line: bytes
) -> None:
    monkeypatch.setattr(restoring.backup_file, "read_pages", lambda _: iter([("building", line)]))
    with pytest.raises(RefusedError, match="it holds rows that the database does not take: nothing was kept"):
        copies.restore(backup)


def test_a_database_that_goes_away_meanwhile_is_no_fault_of_the_backup(
    copies: Copies, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise OperationalError(error)

    monkeypatch.setattr(restoring, "write_page", fail)
    with pytest.raises(OperationalError, match="full"):
        copies.restore(backup)


def test_tables_that_are_not_those_of_its_version_are_refused(
    copies: Copies, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = restoring.backup_file.read_contents(backup).tables
    for changed, why in (
        ({**tables, "nobody": tables["ballot"]}, "table nobody is not one of its version"),
        ({name: each for name, each in tables.items() if name != "ballot"}, "has no table ballot"),
    ):
        with monkeypatch.context() as patch:
            _pretend(patch, tables=changed)
            with pytest.raises(RefusedError, match=why):
                copies.restore(backup)


def test_a_copy_does_nothing_until_somebody_says_why(copies: Copies, backup: Path) -> None:
    url = copies.restore(backup)
    with pytest.raises(CopyError, match="ballots acknowledged after that may be missing"):
        with_database(url, lambda: _copies().require_original())
    for reason in ("", "  ", "x" * 1001):
        with pytest.raises(RefusedError, match="A reason of 1 to 1000 characters is needed"):
            with_database(url, lambda reason=reason: _copies().adopt(reason))  # type: ignore[misc]
    (uuid,) = with_database(url, lambda: _copies().adopt("  磁盘坏了 "))
    assert with_database(url, lambda: _copies().find()) is None
    contents = databases.contents(url)
    assert contents["restored_copy"][0][-1] == "磁盘坏了"
    entries = [value for row in contents["log_pending_entry"] for value in row if isinstance(value, bytes)]
    told = [each for each in entries if b"database:restored" in each]
    assert len(told) == 1
    assert uuid.encode() in told[0]
    assert "磁盘".encode() not in told[0]
    with pytest.raises(RefusedError, match="This database is no restored copy"):
        with_database(url, lambda: _copies().adopt("again"))
    with databases.connect(url) as connection, pytest.raises(DatabaseRefusalError, match="is fixed"):
        connection.execute("UPDATE restored_copy SET reason = 'other'")


def test_a_copy_of_a_copy_is_as_old_as_the_oldest_backup(copies: Copies, backup: Path, tmp_path: Path) -> None:
    first = copies.restore(backup)
    back_up(first, tmp_path / "again")
    second = copies.restore(tmp_path / "again")
    copy = with_database(second, lambda: _copies().find())
    assert copy is not None
    assert copy.backup == restoring.backup_file.read_contents(backup).id
    with_database(second, lambda: _copies().adopt("both"))
    assert with_database(second, lambda: RestoredCopy.filter(adopted_at__isnull=True).count()) == 0


def test_a_database_without_tables_gets_them_at_the_level_of_the_backup_first(
    backup: Path, voted_url: str, tmp_path: Path
) -> None:
    (tmp_path / "new").mkdir()
    url = databases.new(tmp_path / "new")
    restore_into(backup, url)
    assert rows(url) == rows(voted_url)
    assert with_database(url, applied_migrations) == known_migrations()
