"""What whoever starts the demonstration may count on, besides its result."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import databases
from tests.vote.assembly import write_sheet

DEAD_PROXY = "http://127.0.0.1:9"


@pytest.mark.database
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_ending_the_demonstration_ends_every_process_of_it(tmp_path: Path, name: str) -> None:
    """A proxy in the environment keeps nobody from the loopback meanwhile."""
    (tmp_path / "roll.csv").write_bytes(write_sheet([9000, 12000, 15000]))
    process = subprocess.Popen(
        [sys.executable, "-m", "vote", "demo", "--roll", tmp_path / "roll.csv", "--out", tmp_path / "out"],
        env=os.environ
        | dict.fromkeys(["HTTP_PROXY", "ALL_PROXY"], DEAD_PROXY)
        | {"PYTHONUNBUFFERED": "1", "VOTE_DEMO_DB": databases.new(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline().decode().startswith("· 清册：3 套房屋")
        process.send_signal(getattr(signal, name))
        process.communicate(timeout=30)
        assert process.returncode == 130
        assert _ends(process.pid)
    finally:
        process.kill()


def _ends(group: int) -> bool:
    """Whether no process of a group is left soon; the last ones end when they notice that they are alone."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("taken", ["out", "out/file"])
def test_the_demonstration_writes_only_into_an_empty_folder(tmp_path: Path, taken: str) -> None:
    if taken != "out":
        (tmp_path / "out").mkdir()
    (tmp_path / taken).write_text("mine")
    done = subprocess.run(
        [sys.executable, "-m", "vote", "demo", "--out", tmp_path / "out"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 2
    assert "不是空文件夹" in done.stderr
    assert (tmp_path / taken).read_text() == "mine"
