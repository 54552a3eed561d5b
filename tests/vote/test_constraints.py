"""What the database itself refuses, whatever the program above it does."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.databases import SQLITE, Connection, DatabaseRefusalError, connect, copied, find_orphans, tables
from tests.vote.bad_rows import BAD
from tests.vote.catalogue import EXPECTED, expected_catalogue, read_catalogue
from tests.vote.formation import rows as formation
from tests.vote.oversight import rows as oversight
from tests.vote.rows import GOOD, LATER, NOON, insert

APPEND_ONLY = (
    "account_event",
    "acting_said",
    "agreement",
    "annulment",
    "ballot",
    "ballot_pool",
    "ballot_position",
    "ballot_salt",
    "board_message",
    "certificate_signature",
    "credential",
    "election_check",
    "encrypted_tally",
    "exact_look",
    "lawful_change",
    "letter_delivery",
    "log",
    "log_alarm",
    "log_continuation",
    "log_cosignature",
    "log_entry",
    "log_pending_entry",
    "log_policy",
    "log_stamp",
    "opening_request",
    "reminder",
    "result",
    "retention_step",
    "roll_step",
    "set_aside",
    "share",
    "trustee_trial",
    *oversight.APPEND_ONLY,
    *formation.APPEND_ONLY,
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
        "parts_json": b"x",
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
    "election_office": {"election_id": "v", "office": "organiser", "document": b"x"},
    "dispute": {
        "election_id": "v",
        "raised_by_id": 2,
        "about_id": 2,
        "kind": "roll",
        "outcome": "contested",
        "answer": "x",
        "settled_at": NOON,
    },
    "objection": {
        "election_id": "v",
        "raised_by_id": 2,
        "topic": "x",
        "question": 1,
        "merged_into_id": 2,
        "outcome": "upheld",
        "answer": "x",
        "contested": 1,
        "answered_at": NOON,
    },
    "certificate": {
        "election_id": "v",
        "number": 2,
        "kind": "correction",
        "body": b"x",
        "pdf": b"x",
        "issued_at": LATER,
    },
    "account_grant": {
        "account_id": 2,
        "division_id": None,
        "estate_id": "x",
        "granted_by_id": 1,
        "granted_at": LATER,
        "revoked_at": NOON,
        "role": "committee",
    },
    "account_invitation": {
        "digest": "x",
        "division_id": 1,
        "estate_id": None,
        "invited_by_id": None,
        "made_at": LATER,
        "accepted_by_id": 2,
        "accepted_at": LATER,
        "role": "committee",
    },
    "recovery_code": {"account_id": 2, "digest": "x", "made_at": LATER, "used_at": None},
    "account_session": {
        "account_id": 2,
        "digest": "x",
        "previous": None,
        "how": "recovery",
        "started_at": LATER,
        "ended_at": None,
    },
    "log_head": {"log_id": 2, "size": 1, "root": b"x" * 32, "note": b"x", "signed_at": LATER},
    "log_tile": {"log_id": 2, "level": 1, "position": 1, "hashes": b"x" * 64},
    "log_checkpoint": {"log_id": 2, "size": 2, "note": b"x", "signed_at": LATER, "published_at": LATER},
    "restored_copy": {"backup": "x", "made_at": LATER, "restored_at": LATER, "adopted_at": LATER, "reason": "x"},
    **oversight.FIXED,
    **formation.FIXED,
}
"""What stays as it is once the election is sealed, the roll frozen, the dispute settled, the objection answered, the
certificate issued, the copy restored, or the checkpoint published, each with another value."""


REPLACE = "ON CONFLICT (id) DO UPDATE SET id = excluded.id"
"""SQLite's own INSERT OR REPLACE is tested with its PRAGMAs, in test_db."""


@pytest.fixture(scope="module")
def catalogue(_migrated: str) -> list[str]:
    return read_catalogue(_migrated)


@pytest.fixture(scope="module")
def _good(_migrated: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """A connection to a database with one good row in every table."""
    with copied(_migrated, tmp_path_factory.mktemp("rows")) as url, connect(url) as connection:
        for table in GOOD:
            insert(connection, table)
        assert find_orphans(url) == []
        yield connection


@pytest.fixture
def rows(_good: Connection) -> Iterator[Connection]:
    """The same connection, in a transaction of one test."""
    _good.begin()
    yield _good
    _good.rollback()


def test_the_catalogue_is_the_one_that_was_read_and_agreed_to(catalogue: list[str]) -> None:
    assert catalogue == expected_catalogue()


def test_both_databases_hold_the_same_columns_and_the_same_names() -> None:
    """Types and words differ; what is there does not."""

    def held(engine: str) -> list[str]:
        listed = re.findall(
            r"^(\w+\.\w+|\w+ CHECK \w+|\w+ (?:UNIQUE )?INDEX \w+) ?", EXPECTED[engine].read_text(), re.MULTILINE
        )
        return sorted(listed)

    assert len(held("sqlite")) > 100
    assert held("sqlite") == held("postgresql")


def test_every_table_has_a_good_row(rows: Connection) -> None:
    assert sorted(GOOD) == tables(rows)
    assert [rows.execute(f"SELECT count(*) FROM {table}") for table in GOOD] == [[(1,)]] * len(GOOD)


def test_every_check_has_bad_rows(catalogue: list[str]) -> None:
    checks = re.findall(r"^(\w+) CHECK (\w+): ", "\n".join(catalogue), re.MULTILINE)
    assert {name: table for table, name in checks} == {name: table for name, (table, _) in BAD.items()}


@pytest.mark.parametrize(
    ("table", "name", "changed"),
    [(table, name, changed) for name, (table, changes) in BAD.items() for changed in changes],
)
def test_a_check_refuses_a_bad_row(rows: Connection, table: str, name: str, changed: Mapping[str, Any]) -> None:
    with pytest.raises(DatabaseRefusalError, match=f"^CHECK {name}$"):
        insert(rows, table, changed)


def test_a_draft_or_annulled_election_needs_no_sealed_files(rows: Connection) -> None:
    for state in ("draft", "annulled"):
        insert(rows, "election", {"uuid": state, "state": state, "manifest": None, "election_json": None})


def test_a_ballot_may_supersede_one_and_only_once(rows: Connection) -> None:
    insert(rows, "ballot", {"sequence": 2, "supersedes_id": 1, "tracker": "t2"})
    with pytest.raises(DatabaseRefusalError, match=r"^UNIQUE$"):
        insert(rows, "ballot", {"sequence": 3, "supersedes_id": 1, "tracker": "t3"})


def test_a_credential_has_one_letter_and_an_owner_one_phone_at_a_time(rows: Connection) -> None:
    for table, before in (("letter_number", {"revoked_at": LATER}), ("phone", {"state": "replaced"})):
        insert(rows, table, {"digest": "before", **before})
        with pytest.raises(DatabaseRefusalError, match=r"^UNIQUE$"):
            insert(rows, table, {"digest": "second"})


def test_the_only_grown_tables_are_those_with_triggers(catalogue: list[str]) -> None:
    found = re.findall(r"^(\w+) TRIGGER \w+ BEFORE ([A-Z ]+) ON", "\n".join(catalogue), re.MULTILINE)
    guarded = {(table, act) for table, acts in found for act in acts.split(" OR ")}
    acts = {"DELETE", "UPDATE"}
    assert {each for each in guarded if each[1] in acts} == {
        (table, act) for table in (*APPEND_ONLY, *FIXED) for act in acts
    }
    truncated = {table for table, act in guarded if act not in acts}
    assert truncated == (set() if SQLITE else set(APPEND_ONLY)), "SQLite knows no TRUNCATE"


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_a_table_that_only_grows_refuses_change(rows: Connection, table: str) -> None:
    for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseRefusalError, match=f"^{table} only grows$"):
            rows.execute(statement)


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_a_table_that_only_grows_refuses_replacement(rows: Connection, table: str) -> None:
    with pytest.raises(DatabaseRefusalError, match=f"^{table} only grows$"):
        insert(rows, table, {"id": 1}, REPLACE)


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_a_table_that_only_grows_refuses_to_be_emptied(rows: Connection, table: str) -> None:
    with pytest.raises(DatabaseRefusalError, match=f"^{table} only grows$"):
        rows.execute(f"DELETE FROM {table}" if SQLITE else f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize(
    ("table", "column"), [(table, column) for table, columns in FIXED.items() for column in columns]
)
def test_what_is_sealed_or_frozen_stays_as_it_is(rows: Connection, table: str, column: str) -> None:
    rows.execute(f"UPDATE roll SET state = 'frozen', root = 'r', frozen_at = '{NOON}'")
    with pytest.raises(DatabaseRefusalError, match=f"^this {table} is fixed$"):
        rows.execute(f"UPDATE {table} SET {column} = ?", [FIXED[table][column]])
    with pytest.raises(DatabaseRefusalError, match=f"^this {table} is fixed$|^FOREIGN KEY$"):
        rows.execute(f"DELETE FROM {table}")


def test_what_is_not_settled_answered_or_issued_can_still_change(rows: Connection) -> None:
    insert(rows, "dispute", {"outcome": None, "answer": None, "settled_at": None})
    insert(rows, "objection", {"outcome": None, "answer": None, "answered_at": None})
    insert(rows, "certificate", {"number": 2, "issued_at": None, "pdf": None})
    for table, settled in (("dispute", "settled_at"), ("objection", "answered_at"), ("certificate", "issued_at")):
        columns = ", ".join(f"{column} = ?" for column in FIXED[table] if not column.endswith("_id"))
        values = [value for column, value in FIXED[table].items() if not column.endswith("_id")]
        rows.execute(f"UPDATE {table} SET {columns} WHERE {settled} IS NULL", values)
        assert rows.execute(f"SELECT count(*) FROM {table} WHERE {settled} IS NULL") == [(0,)]


def test_a_restored_copy_is_adopted_once_and_with_a_reason(rows: Connection) -> None:
    adopt = f"UPDATE restored_copy SET adopted_at = '{LATER}', reason = 'x'"
    rows.execute(adopt)
    with pytest.raises(DatabaseRefusalError, match=r"^this restored_copy is fixed$"):
        rows.execute(adopt)


def test_what_is_redacted_goes_once_and_only_that(rows: Connection) -> None:
    gone = (
        ("record_field", "value = NULL, salt = NULL, redaction_id = 1", "name = 'x'"),
        ("record_file", "content = NULL, redaction_id = 1", "size = 7"),
        ("book_posting", "words = NULL, salt = NULL", "day = '2026-11-21'"),
        ("inquiry_piece", "sealed = NULL, hiding_id = 1", "name = 'x'"),
    )
    for table, change, more in gone:
        with pytest.raises(DatabaseRefusalError, match=f"^this {table} is fixed$"):
            rows.execute(f"UPDATE {table} SET {change}, {more}")
        rows.execute(f"UPDATE {table} SET {change}")
        with pytest.raises(DatabaseRefusalError, match=f"^this {table} is fixed$"):
            rows.execute(f"UPDATE {table} SET {change}")


def test_a_log_s_head_moves_forward_in_size_and_time(rows: Connection) -> None:
    move = "UPDATE log_head SET size = 2, root = ?, note = ?, signed_at = ?"
    with pytest.raises(DatabaseRefusalError, match=r"^this log_head is fixed$"):
        rows.execute(move, [b"x" * 32, b"x", NOON])
    rows.execute(move, [b"x" * 32, b"x", LATER])
    with pytest.raises(DatabaseRefusalError, match=r"^this log_head is fixed$"):
        rows.execute("UPDATE log_head SET size = 1")


def test_a_log_s_tile_grows_behind_its_hashes(rows: Connection) -> None:
    grow = "UPDATE log_tile SET hashes = ?"
    rows.execute(grow, [b"h" * 32 + b"i" * 32])
    for other in (b"h" * 32, b"h" * 64, b"x" * 96):
        with pytest.raises(DatabaseRefusalError, match=r"^this log_tile is fixed$"):
            rows.execute(grow, [other])


def test_a_checkpoint_is_published_once(rows: Connection) -> None:
    insert(rows, "log_checkpoint", {"size": 2, "published_at": None})
    rows.execute("UPDATE log_checkpoint SET published_at = signed_at WHERE size = 2")
    with pytest.raises(DatabaseRefusalError, match=r"^this log_checkpoint is fixed$"):
        rows.execute("UPDATE log_checkpoint SET published_at = NULL WHERE size = 2")


def test_a_draft_roll_and_a_draft_election_can_still_change(rows: Connection) -> None:
    rows.execute("UPDATE roll SET heads = 7")
    rows.execute("UPDATE entitlement SET leaf = 'x'")
    insert(rows, "election", {"uuid": "d", "state": "draft"})
    rows.execute("UPDATE election SET draft = '{}', manifest = ? WHERE uuid = 'd'", [b"x"])
    rows.execute("DELETE FROM election WHERE uuid = 'd'")


def test_nobody_loses_a_parent(rows: Connection) -> None:
    """Every foreign key is RESTRICT, so nothing that others stand on can be deleted."""
    parents = ("division", "estate", "building", "unit", "roll", "entitlement", "election", "credential")
    for table in parents:
        with pytest.raises(DatabaseRefusalError, match=r"^FOREIGN KEY$|is fixed$|only grows$"):
            rows.execute(f"DELETE FROM {table}")
    keys = [line for line in expected_catalogue() if " FOREIGN KEY " in line]
    assert keys
    assert [line for line in keys if "ON DELETE RESTRICT" not in line] == []
