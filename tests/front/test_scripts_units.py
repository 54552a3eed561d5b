"""The unit tests of the scripts of the pages, run by the Node that builds them."""

import json
import re
from base64 import b64encode
from pathlib import Path

from scripts import build_front
from tests.vote.log.entries import STRANGE, entry_of, near
from tests.vote.verifier.log_layout import write_layout
from vote.log.rules import Kind

FEWEST = 250
"""As many tests as there were at least."""


def test_the_unit_tests_of_the_scripts_pass(tmp_path: Path) -> None:
    build_front.build_tests(tmp_path / "built")
    files = sorted(map(str, (tmp_path / "built").rglob("*.test.mjs")))
    environment = {
        "REPOSITORY": str(build_front.ROOT),
        "LOG_LAYOUT": str(write_layout(tmp_path / "layout")),
        "LOG_ENTRIES": str(_write_entries(tmp_path / "entries.json")),
    }
    done = build_front.run_node("--test", "--test-reporter=tap", *files, environment=environment)
    counts = {name: int(count) for name, count in re.findall(r"^# (\w+) (\d+)$", done.stdout, re.MULTILINE)}
    assert done.returncode == 0, _failures(done.stdout) + done.stderr
    assert counts["pass"] == counts["tests"] >= FEWEST
    assert {counts[name] for name in ("fail", "cancelled", "skipped", "todo")} == {0}


def _write_entries(file: Path) -> Path:
    """Write entries of each kind, and what is nearly one."""
    bad = [*STRANGE, *(each for kind in Kind for each in near(kind))]
    good = [(str(kind), b64encode(entry_of(kind)).decode()) for kind in Kind]
    file.write_text(json.dumps({"good": good, "bad": [b64encode(each).decode() for each in bad]}))
    return file


def _failures(output: str) -> str:
    return "\n".join(re.findall(r"^ *not ok .*(?:\n(?! *(?:not )?ok ).*)*", output, re.MULTILINE))[:8000]
