"""Rules of the house that no other tool asks for."""

import re
from collections.abc import Iterator
from pathlib import Path

from scripts.coverage_of_rules import pure_modules

ROOT = Path(__file__).parents[1]
SOURCES = sorted(path for top in ("crypto", "vote", "tests", "scripts") for path in (ROOT / top).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
MAX_LINES = 400
NO_NOUNS = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}


def _lines_with(pattern: str, paths: list[Path]) -> Iterator[str]:
    for path in paths:
        for number, line in enumerate(path.read_text().splitlines(), start=1):
            if path != Path(__file__) and re.search(pattern, line):
                yield f"{path.relative_to(ROOT)}:{number}: {line.strip()}"


def test_no_line_is_excluded_from_coverage() -> None:
    assert list(_lines_with(r"pragma: *no|nocover", SOURCES)) == []
    assert re.findall(r"^(omit|exclude\w*|partial\w*)\b", (ROOT / "pyproject.toml").read_text(), re.MULTILINE) == []


def test_no_test_is_left_out_but_those_that_need_other_peoples_programs() -> None:
    left_out = list(_lines_with(r"pytest\.skip|importorskip|mark\.(skip|xfail)|pytest\.xfail", TESTS))
    assert [line.partition(":")[0] for line in left_out] == ["tests/browser/chromium.py", "tests/foreign.py"], left_out


def test_what_is_pure_asks_nobody_for_the_time() -> None:
    """`datetime` has to be imported for its type, so the import contracts cannot say it."""
    pure = [path for pattern in pure_modules() for path in ROOT.glob(pattern) if path.name != "command.py"]
    assert len(pure) > 50
    assert list(_lines_with(r"\.(now|utcnow|today)\(", [path for path in pure if path.suffix == ".py"])) == []


def test_files_are_short_and_named_by_their_noun() -> None:
    assert [path for path in SOURCES if len(path.read_text().splitlines()) > MAX_LINES] == []
    assert [path for path in SOURCES if path.stem in NO_NOUNS] == []


def test_every_folder_of_tests_is_a_package() -> None:
    """Or `tests/crypto` would hide `crypto`."""
    assert {path.parent for path in TESTS if not (path.parent / "__init__.py").exists()} == set()


def test_the_lock_carries_hashes_and_names_no_host() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    assert "://" not in lock
    assert lock.count("--hash=sha256:") > lock.count("==") > 50
