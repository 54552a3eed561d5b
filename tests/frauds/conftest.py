"""An election at the stage from which a fraud starts."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.vote.assembly import Assembly, People
from tests.vote.conftest import AREAS, ASKS, STEPS, Stages
from tests.vote.platform import Clock, Platform, open_platform, read_here


async def _issue(assembly: Assembly) -> None:
    await assembly.import_roll()
    await assembly.prepare()
    await assembly.make_key()
    await assembly.issue_credentials()
    await assembly.bring_offices()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of the running application."""
    read_here(monkeypatch)
    return Clock().rule(monkeypatch)


@pytest.fixture
async def platform(_migrated: str, tmp_path: Path, clock: Clock) -> AsyncIterator[Platform]:
    """The application on an empty database."""
    async with open_platform(_migrated, tmp_path, clock) as running:
        yield running


@pytest.fixture(scope="session")
def _stages(_migrated: str, tmp_path_factory: pytest.TempPathFactory) -> Stages:
    steps = {"issued": _issue, **STEPS, "sealed": Assembly.seal}
    return Stages(tmp_path_factory.mktemp("frauds"), _migrated, People(AREAS, ASKS), "preliminary", steps)


@pytest.fixture
async def issued(_stages: Stages, tmp_path: Path, clock: Clock) -> AsyncIterator[Assembly]:
    """A draft that is complete: keys, credentials and offices are there."""
    async with _stages.start("issued", tmp_path, clock) as assembly:
        yield assembly


@pytest.fixture
async def sealed(_stages: Stages, tmp_path: Path, clock: Clock) -> AsyncIterator[Assembly]:
    async with _stages.start("sealed", tmp_path, clock) as assembly:
        yield assembly


@pytest.fixture
async def opened(_stages: Stages, tmp_path: Path, clock: Clock) -> AsyncIterator[Assembly]:
    async with _stages.start("opened", tmp_path, clock) as assembly:
        yield assembly


@pytest.fixture
async def voted(_stages: Stages, tmp_path: Path, clock: Clock) -> AsyncIterator[Assembly]:
    async with _stages.start("voted", tmp_path, clock) as assembly:
        yield assembly


@pytest.fixture
async def closed(_stages: Stages, tmp_path: Path, clock: Clock) -> AsyncIterator[Assembly]:
    async with _stages.start("closed", tmp_path, clock) as assembly:
        yield assembly


@pytest.fixture
async def tallied(_stages: Stages, tmp_path: Path, clock: Clock) -> AsyncIterator[Assembly]:
    async with _stages.start("tallied", tmp_path, clock) as assembly:
        yield assembly


@pytest.fixture
async def preliminary(_stages: Stages, tmp_path: Path, clock: Clock) -> AsyncIterator[Assembly]:
    """After the totals were opened."""
    async with _stages.start("preliminary", tmp_path, clock) as assembly:
        yield assembly
