"""The PostgreSQL of the tests: what it needs, what it leaves behind, and which one is refused."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import databases, postgresql, postgresql_server

pytestmark = pytest.mark.one_database
ROOT = Path(__file__).parents[1]
HOLD = """
import sys, time
from tests.postgresql_server import running_server
with running_server() as url:
    print(url, flush=True)
    time.sleep(60)
"""


@pytest.fixture
def left_behind(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of a run that was killed a while ago; its server goes on."""
    # Not in `tmp_path`: whoever runs the server for root may not enter it, and the path of a socket is short.
    with tempfile.TemporaryDirectory() as parent:
        Path(parent).chmod(0o755)
        monkeypatch.setattr(tempfile, "tempdir", parent)
        process = subprocess.Popen(
            [sys.executable, "-c", HOLD], cwd=ROOT, env=os.environ | {"TMPDIR": parent}, stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        with process.stdout:
            assert process.stdout.readline().startswith(b"asyncpg://")
        process.kill()
        process.wait()
        (folder,) = Path(parent).glob(f"{postgresql_server.PREFIX}*")
        os.utime(folder / "owner", (0, 0))
        yield folder


def test_what_a_killed_run_left_behind_is_ended_and_removed(left_behind: Path) -> None:
    pid = int((left_behind / "data" / "postmaster.pid").read_text().splitlines()[0])
    os.kill(pid, 0)
    postgresql_server.remove_left_behind()
    assert not left_behind.exists()
    deadline = time.monotonic() + 10
    while Path(f"/proc/{pid}").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_run_that_goes_on_is_left_alone() -> None:
    """Of other runs on this machine, only those that ended are cleaned up; this one goes on."""
    url = databases.new(Path(), "postgresql")
    postgresql_server.remove_left_behind()
    with databases.connect(url) as connection:
        assert connection.execute("SELECT 1") == [(1,)]
    postgresql.drop(url)


def test_a_postgresql_that_is_too_old_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    url = postgresql.server()
    monkeypatch.setattr(postgresql, "OLDEST", 99)
    monkeypatch.setenv(postgresql.SERVER, url)
    postgresql.server.cache_clear()
    with pytest.raises(RuntimeError, match="must be 99 or newer"):
        postgresql.server()
    monkeypatch.undo()
    assert postgresql.server() == url


def test_an_unknown_database_is_refused() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "tests/test_postgresql.py"],
        cwd=ROOT,
        env=os.environ | {"VOTE_TEST_DB": "oracle"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 4
    assert "VOTE_TEST_DB is 'oracle'" in done.stderr
