"""The page holds a log to the same closed list of kinds as `vote verify`."""

from scripts.log_kinds import FILE, make, spell


def test_the_list_of_the_scripts_is_that_of_the_command() -> None:
    """Otherwise type: .venv/bin/python -m scripts.log_kinds."""
    assert FILE.read_text() == spell(make())
