"""Programs by people who never saw our code: belenios-tool, and Go with its own transparency logs."""

import os
import subprocess
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

ROOT = Path(__file__).parents[1]
SCRIPT = ROOT / "scripts" / "belenios-tool"
GOLANG = ROOT / "scripts" / "golang"


@cache
def belenios() -> Path:
    """Return the program, fetched if need be; only VOTE_TEST_WITHOUT=belenios lets a test go without it."""
    _fetch(SCRIPT, "belenios")
    return SCRIPT


def belenios_verify(folder: Path) -> subprocess.CompletedProcess[str]:
    """Let belenios-tool verify the one archive in `folder`; exit code 0 says that it is good."""
    command = [belenios(), "election", "verify", "--dir", folder]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@cache
def log_client() -> Path:
    """Return `tests/log_client`, built by Go; only VOTE_TEST_WITHOUT=go lets a test go without it."""
    _fetch(GOLANG, "go")
    program = Path(mkdtemp(prefix="log-client-")) / "log-client"
    command = [GOLANG, "build", "-o", program, "./tests/log_client"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return program


def _fetch(script: Path, name: str) -> None:
    if name in os.environ.get("VOTE_TEST_WITHOUT", "").split(","):
        pytest.skip(f"VOTE_TEST_WITHOUT={name}")
    done = subprocess.run([script, "--fetch"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
