"""Databases of an assembly at two moments, closed, for tests to copy, break and restore."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests import databases
from tests.vote.conftest import Stages
from tests.vote.operation.copies import Copies


@pytest.fixture
def copies(_migrated_on: Callable[[str], str], tmp_path: Path) -> Copies:
    """Makes databases out of backups."""
    return Copies(_migrated_on, tmp_path)


@pytest.fixture
def voted_url(_stages: Stages, tmp_path: Path) -> str:
    """A database in which voting goes on."""
    return databases.copy(_stages.stages["voted"][0], tmp_path)


@pytest.fixture
def tallied_url(_stages: Stages, tmp_path: Path) -> str:
    """A database in which an election is added up."""
    return databases.copy(_stages.stages["tallied"][0], tmp_path)
