"""The scripts behind `make`: where they cannot go on they say what to type."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scripts import count_of_tests
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


def test_only_other_peoples_programs_can_be_left_out() -> None:
    done = _run("test", VOTE_TEST_WITHOUT="postgresql")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "test: VOTE_TEST_WITHOUT is 'postgresql', but only belenios, chromium and go can be left out.\n"
    )


@pytest.mark.parametrize("without", ["belenios", "chromium", "go", "belenios,chromium,go"])
def test_ci_leaves_nothing_out(without: str) -> None:
    done = _run("test", VOTE_TEST_WITHOUT=without, CI="true")
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


def test_without_apt_the_browser_is_not_fetched(bare: str) -> None:
    done = _run("chromium", "--fetch", PATH=bare)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "chromium: it is fetched with apt-get, which is not here: install Chromium and Noto Sans CJK another way.\n"
    )


def test_without_apt_go_is_not_fetched(bare: str) -> None:
    done = _run("golang", "--fetch", PATH=bare)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "golang: it is fetched with apt-get, which is not here: use Debian, or a container with it.\n"


def test_go_is_asked_for_last(bare: str) -> None:
    done = _run("test", PATH=bare, VOTE_TEST_WITHOUT="chromium,belenios")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-2:] == [
        "test: without it, nobody but ourselves has checked our public logs.",
        "test: to run everything else, type: VOTE_TEST_WITHOUT=chromium,belenios,go make test",
    ]


def test_what_is_left_out_already_stays_in_the_sentence(bare: str) -> None:
    done = _run("test", PATH=bare, VOTE_TEST_WITHOUT="belenios")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1] == (
        "test: to run everything else, type: VOTE_TEST_WITHOUT=belenios,chromium make test"
    )


def test_a_cache_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = _run("belenios-tool", "--fetch", XDG_CACHE_HOME=str(tmp_path / "file"))
    assert done.returncode == 2
    assert done.stderr.endswith("cannot be written. Type: export XDG_CACHE_HOME=/a/folder/of/yours\n")


def test_what_is_measured_exists() -> None:
    assert [pattern for pattern in pure_modules() if not list(ROOT.glob(pattern))] == []


SUITE = "<testsuites><testsuite>{}</testsuite></testsuites>"
ONCE = '<testcase classname="tests.a" name="test_{}"/>'
RAN = (
    '<testcase classname="tests.a" name="test_{}"><properties><property name="database" value="each"/></properties>'
    "</testcase>"
)
SKIPPED = '<testcase classname="tests.a" name="test_{}"><skipped message="{}"/></testcase>'


@pytest.fixture
def count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """Return what is counted of the tests that ran on either database: code, lines, complaints."""
    monkeypatch.delenv("VOTE_TEST_WITHOUT", raising=False)

    def counted(*cases: str) -> tuple[int, list[str], list[str]]:
        files = [tmp_path / f"{name}.xml" for name in ("sqlite", "postgresql")]
        for file, case in zip(files, cases, strict=True):
            file.write_text(SUITE.format(case))
        code = count_of_tests.main([str(file) for file in files])
        output = capsys.readouterr()
        return code, output.out.splitlines(), output.err.splitlines()

    return counted


def test_the_same_tests_on_both_databases_are_counted(count: Callable[..., Any]) -> None:
    both = RAN.format("one") + RAN.format("two")
    lines = [
        "test: sqlite: 2 tests ran, 0 skipped, 2 of them on each database",
        "test: postgresql: 2 tests ran, 0 skipped, 2 of them on each database",
    ]
    assert count(both, both) == (0, lines, [])


def test_tests_without_a_database_run_once(count: Callable[..., Any]) -> None:
    code, lines, complaints = count(RAN.format("one") + ONCE.format("two"), RAN.format("one"))
    assert (code, complaints) == (0, [])
    assert lines == [
        "test: sqlite: 2 tests ran, 0 skipped, 1 of them on each database",
        "test: postgresql: 1 tests ran, 0 skipped, 1 of them on each database",
    ]


def test_a_count_that_compares_nothing_is_no_count(count: Callable[..., Any]) -> None:
    assert count(ONCE.format("one"), ONCE.format("one"))[::2] == (
        1, ["test: no test that ran on sqlite says that it lies on a database"]
    )  # fmt: skip


def test_tests_in_the_browser_are_counted_by_themselves(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "browser.xml").write_text(SUITE.format(ONCE.format("one")))
    assert count_of_tests.main([str(tmp_path / "browser.xml")]) == 0
    assert capsys.readouterr().out == "test: browser: 1 tests ran, 0 skipped\n"


def test_a_test_of_one_database_only_is_named(count: Callable[..., Any]) -> None:
    """As many is not enough: they must be the same."""
    code, lines, complaints = count(RAN.format("one"), RAN.format("two"))
    assert (code, [line.split(",")[0] for line in lines]) == (
        1, ["test: sqlite: 1 tests ran", "test: postgresql: 1 tests ran"]
    )  # fmt: skip
    assert complaints == [
        "test: tests.a::test_one ran on sqlite, not on postgresql",
        "test: tests.a::test_two ran on postgresql, not on sqlite",
    ]


def test_no_test_is_skipped_silently(count: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    case = SKIPPED.format("one", "VOTE_TEST_WITHOUT=belenios")
    assert count(case, case) == (
        1,
        [f"test: {name}: 0 tests ran, 1 skipped, 0 of them on each database" for name in ("sqlite", "postgresql")],
        ["test: sqlite skipped tests.a::test_one", "test: postgresql skipped tests.a::test_one"],
    )
    monkeypatch.setenv("VOTE_TEST_WITHOUT", "belenios")
    assert count(case, case)[0] == 0
    monkeypatch.setenv("VOTE_TEST_WITHOUT", "belenios,chromium")
    assert count(case, case)[0] == 0
    other = SKIPPED.format("one", "no PostgreSQL here")
    assert count(other, other)[0] == 1
