"""`vote db upgrade` as an operator runs it."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests import databases
from tests.databases import SQLITE, connect
from tests.vote.rows import GOOD, insert


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    keys = {f"VOTE_{name}_FILE": str(tmp_path / "keys" / name) for name in ("DATA_KEY", "SIGNING_KEY", "STAFF_TOKEN")}
    return {"VOTE_DB": databases.new(tmp_path / "var"), "PATH": "/usr/bin:/bin", **keys}


def upgrade(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "vote", "db", "upgrade"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)


def test_a_new_installation_gets_keys_and_a_database_that_only_its_owner_reads(
    environment: dict[str, str], tmp_path: Path
) -> None:
    done = upgrade(environment)
    assert (done.returncode, done.stdout.count("已生成")) == (0, 3), done.stderr
    if SQLITE:
        assert (tmp_path / "var").stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "keys").iterdir()} == {0o600}
    again = upgrade(environment)
    assert (again.returncode, again.stdout) == (0, "数据库已是最新\n")


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
