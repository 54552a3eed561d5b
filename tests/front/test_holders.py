"""The vectors for key-holders and registrars are what the Python code makes today."""

from tests.front.holders_vectors import FILE, make, spell


def test_the_vectors_of_holders_are_as_the_code_makes_them() -> None:
    """Otherwise type: .venv/bin/python -m tests.front.holders_vectors."""
    assert FILE.read_text() == spell(make())
