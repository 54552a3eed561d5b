"""Trustees' files before and after the key ceremony."""

from pathlib import Path

import pytest

from tests.vote.trustee.desks import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A ceremony after its last step; what a test does to it must not spoil it for the next."""
    desk = Desk(tmp_path_factory.mktemp("ceremony"))
    desk.finish()
    return desk
