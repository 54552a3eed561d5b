"""The unit tests of the scripts of the pages, run by the Node that builds them."""

import re
from pathlib import Path

from scripts import build_front

FEWEST = 250
"""As many tests as there were at least."""


def test_the_unit_tests_of_the_scripts_pass(tmp_path: Path) -> None:
    build_front.build_tests(tmp_path)
    files = sorted(map(str, tmp_path.rglob("*.test.mjs")))
    done = build_front.run_node(
        "--test", "--test-reporter=tap", *files, environment={"REPOSITORY": str(build_front.ROOT)}
    )
    counts = {name: int(count) for name, count in re.findall(r"^# (\w+) (\d+)$", done.stdout, re.MULTILINE)}
    assert done.returncode == 0, _failures(done.stdout) + done.stderr
    assert counts["pass"] == counts["tests"] >= FEWEST
    assert {counts[name] for name in ("fail", "cancelled", "skipped", "todo")} == {0}


def _failures(output: str) -> str:
    return "\n".join(re.findall(r"^ *not ok .*(?:\n(?! *(?:not )?ok ).*)*", output, re.MULTILINE))[:8000]
