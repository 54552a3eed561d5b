"""Says how many tests ran on each database, and fails if they were not the same ones or if any was left out.

Takes the JUnit files that pytest wrote, `sqlite.xml postgresql.xml`; each is named after its database. Tests that lie on
a database say so in the property `database`; the others run once and are not compared.
"""

import os
import sys
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

FEW = 5
"""Tests named in a complaint."""


def read(file: Path) -> tuple[Counter[str], Counter[str], list[str]]:
    """Return how often each test ran, those of them that lie on a database, and the names of those left out.

    What VOTE_TEST_WITHOUT leaves out is agreed upon; the last line of `make test` says it.
    """
    ran: Counter[str] = Counter()
    each: Counter[str] = Counter()
    left_out = []
    agreed = {f"VOTE_TEST_WITHOUT={one}" for one in os.environ.get("VOTE_TEST_WITHOUT", "").split(",") if one}
    for case in ET.parse(file).iter("testcase"):  # noqa: S314 - our own file
        name = f"{case.get('classname')}::{case.get('name')}"
        skipped = case.find("skipped")
        if skipped is None:
            ran[name] += 1
            each[name] += case.find("properties/property[@name='database']") is not None
        elif skipped.get("message") not in agreed:
            left_out.append(name)
    return ran, +each, left_out


def main(files: list[str]) -> int:
    """Print a line for each database; return 0 if all ran the same tests of those that lie on one."""
    complaints = []
    seen = {}
    anything = False
    for file in map(Path, files):
        ran, seen[file.stem], left_out = read(file)
        anything |= bool(ran)
        both = f", {seen[file.stem].total()} of them on each database" if len(files) > 1 else ""
        print(f"test: {file.stem}: {ran.total()} tests ran, {len(left_out)} skipped{both}")
        complaints += [f"{file.stem} skipped {name}" for name in left_out[:FEW]]
    (first, expected), *others = seen.items()
    if others and anything and not expected:
        complaints.append(f"no test that ran on {first} says that it lies on a database")
    for name, ran in others:
        for one, other, missing in ((first, name, expected - ran), (name, first, ran - expected)):
            complaints += [f"{each} ran on {one}, not on {other}" for each in sorted(missing)[:FEW]]
    for complaint in complaints:
        print(f"test: {complaint}", file=sys.stderr)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
