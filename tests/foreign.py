"""The foreign verifier: belenios-tool, by people who never saw our code."""

import os
import subprocess
from functools import cache
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "scripts" / "belenios-tool"


@cache
def belenios() -> Path:
    """Return the program, fetched if need be; only VOTE_TEST_WITHOUT=belenios lets a test go without it."""
    if "belenios" in os.environ.get("VOTE_TEST_WITHOUT", "").split(","):
        pytest.skip("VOTE_TEST_WITHOUT=belenios")
    done = subprocess.run([SCRIPT, "--fetch"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return SCRIPT


def belenios_verify(folder: Path) -> subprocess.CompletedProcess[str]:
    """Let belenios-tool verify the one archive in `folder`; exit code 0 says that it is good."""
    command = [belenios(), "election", "verify", "--dir", folder]
    return subprocess.run(command, capture_output=True, text=True, check=False)
