"""`vote db`, `vote serve` and `vote worker` as an operator runs them."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest
from typer.testing import CliRunner

from tests import databases
from tests.databases import SQLITE, connect
from tests.vote.operation.copies import Copies
from tests.vote.rows import GOOD, insert
from vote.demo.household import free_port, wait_until_up
from vote.operation.command import app


class Answer(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


Run = Callable[..., Answer]
KEYS = ("DATA_KEY", "SIGNING_KEY", "LOG_KEY", "STAFF_TOKEN")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    keys = {f"VOTE_{name}_FILE": str(tmp_path / "keys" / name) for name in KEYS}
    return {"VOTE_DB": databases.new(tmp_path / "var"), "PATH": "/usr/bin:/bin", **keys}


def upgrade(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "vote", "db", "upgrade"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=180)


@pytest.mark.database
def test_a_new_installation_gets_keys_and_a_database_that_only_its_owner_reads(
    environment: dict[str, str], tmp_path: Path
) -> None:
    done = upgrade(environment)
    assert (done.returncode, done.stdout.count("已生成")) == (0, 4), done.stderr
    if SQLITE:
        assert (tmp_path / "var").stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "keys").iterdir()} == {0o600}
    again = upgrade(environment)
    assert (again.returncode, again.stdout) == (0, "数据库已是最新\n")


@pytest.mark.database
def test_a_data_key_missing_beside_a_used_database_is_not_made_anew(
    environment: dict[str, str], tmp_path: Path
) -> None:
    """A new key would leave the names on the roll sealed for ever, and nobody would notice until they are needed."""
    assert upgrade(environment).returncode == 0
    key = tmp_path / "keys" / "DATA_KEY"
    kept = key.read_bytes()
    key.unlink()
    assert upgrade(environment).returncode == 0, "nothing is sealed yet"
    key.write_bytes(kept)
    with connect(environment["VOTE_DB"]) as connection:
        for table in list(GOOD)[: list(GOOD).index("roll") + 1]:
            insert(connection, table)
    key.unlink()
    done = upgrade(environment)
    assert (done.returncode, done.stdout) == (1, "")
    assert "请先放回备份的钥匙文件" in done.stderr
    assert not key.exists()
    key.write_bytes(kept)
    assert upgrade(environment).returncode == 0


@pytest.fixture
def upgraded(environment: dict[str, str], copies: Copies, tmp_path: Path) -> dict[str, str]:
    """The environment of an installation that was just made, by quicker means."""
    (tmp_path / "keys").mkdir()
    for name, text in zip(KEYS, ("11" * 32, "22" * 32, "33" * 32, "staff"), strict=True):
        (tmp_path / "keys" / name).write_text(text)
        (tmp_path / "keys" / name).chmod(0o600)
    return environment | {"VOTE_DB": copies.new()}


@pytest.fixture
def run(upgraded: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `vote db` in this process; exit code and what it said."""
    for name in [name for name in os.environ if name.startswith("VOTE_") and not name.startswith("VOTE_TEST_")]:
        monkeypatch.delenv(name)
    for name, value in upgraded.items():
        monkeypatch.setenv(name, value)

    def running(*arguments: str | Path, **changes: str) -> Answer:
        with monkeypatch.context() as patch:
            for name, value in changes.items():
                patch.setenv(name, value)
            done = CliRunner().invoke(app, [str(each) for each in arguments])
        assert not isinstance(done.exception, Exception), done.exception
        return Answer(done.exit_code, done.stdout, done.stderr)

    return running


def test_a_backup_is_made_restored_checked_and_adopted(run: Run, voted_url: str, tmp_path: Path) -> None:
    out = tmp_path / "backup"
    made = run("backup", "--out", out, VOTE_DB=voted_url)
    assert made.code == 0
    assert "钥匙文件不在备份里" in made.out
    assert "The key files are not in it" in made.out
    again = run("backup", "--out", out, VOTE_DB=voted_url)
    assert again.code == 1
    assert "There is a file" in again.err
    restored = run("restore", out)
    assert (restored.code, restored.err) == (0, "")
    assert "ballots acknowledged after the backup may be missing" in restored.out
    checked = run("check")
    assert (checked.code, checked.err) == (0, "")
    assert "核对了 1 份清册、1 场选举、5 张选票：相符" in checked.out
    for_programs = run("check", "--json")
    assert json.loads(for_programs.out) == {
        "sound": True, "checked": {"rolls": 1, "elections": 1, "ballots": 5}, "damages": [],
    }  # fmt: skip
    assert run("adopt", "--reason", " ").code == 1
    adopted = run("adopt", "--reason", "磁盘坏了")
    assert adopted.code == 0
    assert "1 场投票的公开日志已记下数据库恢复过" in adopted.out
    assert run("adopt", "--reason", "again").code == 1
    assert run("restore", out).code == 1


def test_a_restored_copy_without_its_keys_says_which_are_missing(run: Run, voted_url: str, tmp_path: Path) -> None:
    assert run("backup", "--out", tmp_path / "backup", VOTE_DB=voted_url).code == 0
    for name in ("DATA_KEY", "SIGNING_KEY"):
        (tmp_path / "keys" / name).write_text("ab" * 32)
    restored = run("restore", tmp_path / "backup")
    assert restored.code == 0
    assert restored.err.count("不是这份备份所用的钥匙") == 2


def test_a_restored_copy_with_another_log_key_names_it(run: Run, voted_url: str, tmp_path: Path) -> None:
    """Without it the public logs could not be signed any more, and pages would not say why."""
    another, out = tmp_path / "keys" / "ANOTHER", tmp_path / "backup"
    another.write_text("44" * 32)
    another.chmod(0o600)
    assert run("backup", "--out", out, VOTE_DB=voted_url).code == 0
    restored = run("restore", out, VOTE_LOG_KEY_FILE=str(another))
    assert restored.code == 0
    assert restored.err == "注意：公开记录钥匙 VOTE_LOG_KEY_FILE 不是这份备份所用的钥匙，请先放回原来的文件。\n"


def test_a_damaged_database_ends_with_1_and_says_where(run: Run, voted_url: str) -> None:
    with connect(voted_url) as connection:
        if SQLITE:
            connection.execute("DROP TRIGGER ballot_no_delete")
        else:
            connection.execute("DROP TRIGGER ballot_only_grows ON ballot")
    found = run("check", VOTE_DB=voted_url)
    assert found.code == 1
    assert "catalogue: ballot TRIGGER" in found.err
    assert "先停下来" in found.err
    assert json.loads(run("check", "--json", VOTE_DB=voted_url).out)["sound"] is False


def test_a_check_without_the_data_key_says_what_it_left_out(run: Run, voted_url: str, tmp_path: Path) -> None:
    (tmp_path / "keys" / "DATA_KEY").unlink()
    found = run("check", VOTE_DB=voted_url)
    assert found.code == 0
    assert "清册的盐没有核对" in found.err


@pytest.mark.parametrize(
    "arguments", [["check"], ["backup", "--out", "x"], ["adopt", "--reason", "x"], ["upgrade"], ["restore", "FILE"]]
)
def test_a_database_that_is_away_ends_with_2(
    run: Run, voted_url: str, tmp_path: Path, arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("backup", "--out", tmp_path / "FILE", VOTE_DB=voted_url).code == 0
    done = run(*arguments, VOTE_DB="asyncpg://u:p@127.0.0.1:1/x")
    assert done.code == 2
    assert "The database cannot be used now" in done.err
    assert not (tmp_path / "x").exists()


def test_a_database_that_was_never_made_ends_with_2(run: Run, tmp_path: Path) -> None:
    done = run("check", VOTE_DB=f"sqlite://{tmp_path}/none/vote.db")
    assert done.code == 2
    assert "run `vote db upgrade` first" in done.err
    assert not (tmp_path / "none").exists()
    assert run("restore", tmp_path / "none").code == 2


@contextmanager
def _program(environment: dict[str, str], folder: Path, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    with (folder / "journal").open("wb") as journal:
        process = subprocess.Popen(
            [sys.executable, "-m", "vote", *arguments], env=environment, stdout=journal, stderr=journal
        )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(60)


@pytest.mark.parametrize("program", ["serve", "worker"])
def test_a_program_of_another_version_than_its_database_does_not_start(
    upgraded: dict[str, str], program: str, tmp_path: Path
) -> None:
    with connect(upgraded["VOTE_DB"]) as connection:
        connection.execute("DELETE FROM tortoise_migrations WHERE name = (SELECT max(name) FROM tortoise_migrations)")
    with _program(upgraded, tmp_path, program) as process:
        assert process.wait(60) == 2
    assert "run `vote db upgrade` first" in (tmp_path / "journal").read_text()


def test_a_worker_of_a_copy_waits_until_it_is_adopted(upgraded: dict[str, str], tmp_path: Path) -> None:
    moment: object = "2026-12-01 12:00:00+00:00" if SQLITE else datetime(2026, 12, 1, 12, tzinfo=UTC)
    with connect(upgraded["VOTE_DB"]) as connection:
        connection.execute(
            "INSERT INTO restored_copy (backup, made_at, restored_at) VALUES (?, ?, ?)", ["b" * 32, moment, moment]
        )
    with _program(upgraded, tmp_path, "worker"):
        deadline = time.monotonic() + 60
        while "nothing is done" not in (journal := (tmp_path / "journal").read_text()) or journal[-1] != "\n":
            assert time.monotonic() < deadline, journal
            time.sleep(0.1)
    started, copy, waits, *others = [json.loads(line) for line in journal.splitlines()]
    assert (started["event"], started["engine"]) == ("worker.start", databases.ENGINE)
    assert (copy["event"], copy["backup"]) == ("database.copy", "b" * 32)
    assert "ballots acknowledged after that may be missing" in waits["event"]
    assert {other["event"] for other in others} <= {waits["event"]}
    assert len(others) <= 5, "once each for its work, for messages, and for what it does for logs"


def test_a_server_starts_and_says_that_its_database_is_away(upgraded: dict[str, str], tmp_path: Path) -> None:
    port = free_port()
    away = {**upgraded, "VOTE_DB": "asyncpg://u:p@127.0.0.1:1/x", "VOTE_PORT": str(port), "VOTE_CHECKERS": "1"}
    with _program(away, tmp_path, "serve") as process:
        wait_until_up(f"http://127.0.0.1:{port}", process, tmp_path / "journal")
        ready = httpx.get(f"http://127.0.0.1:{port}/health/ready")
        page = httpx.get(f"http://127.0.0.1:{port}/")
    assert (ready.status_code, [each["what"] for each in ready.json()["problems"]]) == (503, ["database"])
    assert (page.status_code, page.json()["reason"]) == (503, "unavailable")
    lines = [json.loads(line) for line in (tmp_path / "journal").read_text().splitlines()]
    assert [line["event"] for line in lines[:2]] == ["serve.start", "database.away"]
    assert lines[0]["port"] == port
