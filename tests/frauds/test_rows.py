"""The books say which row of the table of trust is played where: no row is missing, and no file left over."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

HERE = Path(__file__).parent
DOCS = HERE.parents[1] / "docs"


def _rows(book: Path, heading: str) -> Iterator[list[str]]:
    """Yield the cells of the rows of the first table below a heading."""
    (section,) = re.findall(rf"^#+ {heading}\n(.*?)(?=^#|\Z)", book.read_text(), re.MULTILINE | re.DOTALL)
    for line, below in pairwise([*section.splitlines(), ""]):
        if line.startswith("| ") and not line.startswith("| ---") and not below.startswith("| ---"):
            yield [cell.strip().strip("`") for cell in line.strip("|").split("|")]


PLAYED = list(_rows(DOCS / "for-auditors.md", "Frauds that the tests play"))


def test_every_row_of_the_table_of_trust_is_played_and_no_other() -> None:
    trusted = [who for who, *_ in _rows(DOCS / "operators.md", "Trust: who could cheat")]
    assert len(trusted) > 10
    assert list(dict.fromkeys(who for who, *_ in PLAYED)) == trusted


def test_every_file_of_frauds_is_some_rows() -> None:
    files = {path.name for path in HERE.glob("test_*.py")} - {Path(__file__).name}
    assert sorted(name for _, name, _ in PLAYED) == sorted(files)


def test_what_is_not_played_is_told_of_rows_that_there_are() -> None:
    told = [who for who, *_ in _rows(HERE / "README.md", "What is not played, and why") if who]
    assert len(told) > 5
    assert set(told) <= {who for who, *_ in PLAYED}


def test_what_is_not_played_has_a_reason() -> None:
    assert all(fraud and reason for _, fraud, reason in _rows(HERE / "README.md", "What is not played, and why"))
