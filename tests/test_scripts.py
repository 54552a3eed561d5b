"""The scripts behind `make`: where they cannot go on they say what to type."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from scripts.coverage_of_rules import pure_modules

ROOT = Path(__file__).parents[1]
SCRIPTS = ROOT / "scripts"
BASICS = ("awk", "cut", "dirname", "env", "getent", "id", "mkdir", "mktemp", "rm", "sh")


def _run(script: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    usual = {name: value for name, value in os.environ.items() if name not in {"CI", "VOTE_TEST_WITHOUT"}}
    return subprocess.run(
        ["/bin/sh", SCRIPTS / script, *arguments],
        env=usual | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def bare(tmp_path: Path) -> str:
    """A path with the basic commands and without apt."""
    for name in BASICS:
        (tmp_path / name).symlink_to(str(shutil.which(name)))
    return str(tmp_path)


def test_only_the_foreign_verifier_can_be_left_out() -> None:
    done = _run("test", VOTE_TEST_WITHOUT="chromium")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "test: VOTE_TEST_WITHOUT is 'chromium', but only 'belenios' can be left out.\n"


def test_ci_leaves_nothing_out() -> None:
    done = _run("test", VOTE_TEST_WITHOUT="belenios", CI="true")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "test: CI leaves nothing out. Type: unset VOTE_TEST_WITHOUT\n"


def test_without_apt_the_foreign_verifier_is_not_fetched(bare: str, tmp_path: Path) -> None:
    done = _run("belenios-tool", "--fetch", PATH=bare, XDG_CACHE_HOME=str(tmp_path / "cache"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "belenios-tool: it is fetched with apt-get, which is not here: use Debian, or a container with it.\n"
    )


def test_tests_that_cannot_fetch_it_name_the_way_out(bare: str, tmp_path: Path) -> None:
    done = _run("test", PATH=bare, XDG_CACHE_HOME=str(tmp_path / "cache"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1] == "test: to run everything else, type: VOTE_TEST_WITHOUT=belenios make test"


def test_a_cache_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = _run("belenios-tool", "--fetch", XDG_CACHE_HOME=str(tmp_path / "file"))
    assert done.returncode == 2
    assert done.stderr.endswith("cannot be written. Type: export XDG_CACHE_HOME=/a/folder/of/yours\n")


def test_what_is_measured_exists() -> None:
    assert [pattern for pattern in pure_modules() if not list(ROOT.glob(pattern))] == []
