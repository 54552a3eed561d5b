"""The vectors of the scripts are what the Python code makes today."""

import pytest

from tests.front.vectors import FOLDER, make, spell

MADE = make()


@pytest.mark.parametrize("name", sorted(MADE))
def test_the_vectors_are_as_the_code_makes_them(name: str) -> None:
    """Otherwise type: .venv/bin/python -m tests.front.vectors."""
    assert (FOLDER / f"{name}.json").read_text() == spell(MADE[name])
