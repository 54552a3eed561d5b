"""A test that runs once reaches no database: it would be tested on one of them only."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests import databases
from tests.databases import DatabaseUnaskedError
from tests.vote.platform import Clock, open_platform


def test_none_is_made_for_it(tmp_path: Path) -> None:
    with databases.barred() as tried, pytest.raises(DatabaseUnaskedError, match=r"mark it with pytest\.mark\.database"):
        databases.new(tmp_path)
    assert tried == ["asks for a database"]


def test_none_is_copied_for_it(tmp_path: Path) -> None:
    with databases.barred(), pytest.raises(DatabaseUnaskedError):
        databases.copy(f"sqlite://{tmp_path}/vote.db", tmp_path)


async def test_the_application_opens_none_in_it(tmp_path: Path) -> None:
    (tmp_path / "vote.db").touch()
    with databases.barred(), pytest.raises(DatabaseUnaskedError):
        async with open_platform(f"sqlite://{tmp_path}/vote.db", tmp_path, Clock()):
            pass


def test_it_opens_no_file_by_itself(tmp_path: Path) -> None:
    with databases.barred() as tried, pytest.raises(DatabaseUnaskedError):
        sqlite3.connect(tmp_path / "other.db")
    assert tried == [f"opens {tmp_path / 'other.db'}"]


def test_it_starts_no_program_on_one() -> None:
    command = [sys.executable, "-c", ""]
    with databases.barred(), pytest.raises(DatabaseUnaskedError):
        subprocess.run(command, env=os.environ | {"VOTE_DB": "sqlite://x.db"}, check=True)
    with databases.barred():
        subprocess.run(command, check=True)


@pytest.mark.one_database
def test_one_that_names_its_database_gets_that_and_not_the_runs(tmp_path: Path) -> None:
    with databases.barred(named=True) as tried:
        databases.new(tmp_path, "sqlite")
        sqlite3.connect(tmp_path / "other.db").close()
        assert tried == []
        with pytest.raises(DatabaseUnaskedError):
            databases.new(tmp_path)


def test_every_test_without_a_mark_is_watched(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnaskedError):
        databases.new(tmp_path)
    ((tried, _),) = databases._barred
    assert tried == ["asks for a database"]
    tried.clear()
