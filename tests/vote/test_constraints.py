"""What the database itself refuses, whatever the program above it does."""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.vote.catalogue import EXPECTED, read_catalogue, tables
from tests.vote.rows import BAD, GOOD, LATER, NOON, insert

APPEND_ONLY = (
    "ballot",
    "ballot_position",
    "board_message",
    "credential",
    "encrypted_tally",
    "log_pending_entry",
    "result",
    "share",
)
FIXED = {
    "election": {
        "draft": '{"title": "other"}',
        "opens_at": LATER,
        "closes_at": "2027-01-01 00:00:00+00:00",
        "manifest": b"x",
        "election_json": b"x",
        "trustees_json": b"x",
        "credentials_json": b"x",
        "fingerprint": "x",
        "sealed_at": LATER,
    },
    "roll": {"state": "draft", "source_sha256": "1", "heads": 7, "area_dm2": 7, "root": "x", "frozen_at": LATER},
    "entitlement": {
        "number": 7,
        "developer": 1,
        "area_dm2": 7,
        "masked_owner": "李*",
        "sealed": b"x",
        "sealed_salt": b"x",
        "leaf": "x",
    },
}
"""What stays as it is once the election is sealed or the roll frozen, each with another value."""


@pytest.fixture
def migrated(database: str) -> Path:
    """The file of a migrated database."""
    return Path(database.removeprefix("sqlite://"))


@pytest.fixture
def rows(migrated: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a database with one good row in every table."""
    connection = sqlite3.connect(migrated)
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA recursive_triggers=ON")
    for table in GOOD:
        insert(connection, table)
    connection.commit()
    yield connection
    connection.close()


def test_the_catalogue_is_the_one_that_was_read_and_agreed_to(migrated: Path) -> None:
    assert read_catalogue(migrated) == EXPECTED.read_text().splitlines()


def test_every_table_has_a_good_row(rows: sqlite3.Connection) -> None:
    assert sorted(GOOD) == tables(rows)
    assert [rows.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in GOOD] == [1] * len(GOOD)
    assert rows.execute("PRAGMA foreign_key_check").fetchall() == []


def test_every_check_has_bad_rows(migrated: Path) -> None:
    checks = re.findall(r"^(\w+) CHECK (\w+): ", "\n".join(read_catalogue(migrated)), re.MULTILINE)
    assert {name: table for table, name in checks} == {name: table for name, (table, _) in BAD.items()}


@pytest.mark.parametrize(
    ("table", "name", "changed"),
    [(table, name, changed) for name, (table, changes) in BAD.items() for changed in changes],
)
def test_a_check_refuses_a_bad_row(migrated: Path, table: str, name: str, changed: Mapping[str, Any]) -> None:
    connection = sqlite3.connect(migrated)
    try:
        with pytest.raises(sqlite3.IntegrityError, match=f"CHECK constraint failed: {name}$"):
            insert(connection, table, changed)
    finally:
        connection.close()


def test_a_draft_or_annulled_election_needs_no_sealed_files(rows: sqlite3.Connection) -> None:
    for state in ("draft", "annulled"):
        insert(rows, "election", {"uuid": state, "state": state, "manifest": None, "election_json": None})


def test_a_ballot_may_supersede_one_and_only_once(rows: sqlite3.Connection) -> None:
    insert(rows, "ballot", {"sequence": 2, "supersedes_id": 1, "tracker": "t2"})
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        insert(rows, "ballot", {"sequence": 3, "supersedes_id": 1, "tracker": "t3"})


def test_the_only_grown_tables_are_those_with_triggers(migrated: Path) -> None:
    guarded = re.findall(r"^(\w+) TRIGGER \w+ BEFORE (\w+)", "\n".join(read_catalogue(migrated)), re.MULTILINE)
    assert sorted(guarded) == [(table, act) for table in sorted([*APPEND_ONLY, *FIXED]) for act in ("DELETE", "UPDATE")]


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_a_table_that_only_grows_refuses_change(rows: sqlite3.Connection, table: str) -> None:
    for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
        with pytest.raises(sqlite3.IntegrityError, match=f"^{table} only grows$"):
            rows.execute(statement)


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_a_table_that_only_grows_refuses_replacement(rows: sqlite3.Connection, table: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=f"^{table} only grows$"):
        insert(rows, table, {"id": 1}, "INSERT OR REPLACE")


@pytest.mark.parametrize(
    ("table", "column"), [(table, column) for table, columns in FIXED.items() for column in columns]
)
def test_what_is_sealed_or_frozen_stays_as_it_is(rows: sqlite3.Connection, table: str, column: str) -> None:
    rows.execute(f"UPDATE roll SET state = 'frozen', root = 'r', frozen_at = '{NOON}'")
    with pytest.raises(sqlite3.IntegrityError, match=f"^this {table} is fixed$"):
        rows.execute(f"UPDATE {table} SET {column} = ?", [FIXED[table][column]])
    with pytest.raises(sqlite3.IntegrityError, match=f"^this {table} is fixed$|FOREIGN KEY"):
        rows.execute(f"DELETE FROM {table}")


def test_a_draft_roll_and_a_draft_election_can_still_change(rows: sqlite3.Connection) -> None:
    rows.execute("UPDATE roll SET heads = 7")
    rows.execute("UPDATE entitlement SET leaf = 'x'")
    insert(rows, "election", {"uuid": "d", "state": "draft"})
    rows.execute("UPDATE election SET draft = '{}', manifest = x'00' WHERE uuid = 'd'")
    rows.execute("DELETE FROM election WHERE uuid = 'd'")


def test_nobody_loses_a_parent(rows: sqlite3.Connection) -> None:
    """Every foreign key is RESTRICT, so nothing that others stand on can be deleted."""
    parents = ("division", "estate", "building", "unit", "roll", "entitlement", "election", "credential")
    for table in parents:
        with pytest.raises(sqlite3.IntegrityError, match=r"FOREIGN KEY|is fixed|only grows"):
            rows.execute(f"DELETE FROM {table}")
    keys = [line for line in EXPECTED.read_text().splitlines() if " FOREIGN KEY " in line]
    assert [line for line in keys if "ON DELETE RESTRICT" not in line] == []
