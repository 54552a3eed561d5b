"""An election at each stage, looked at through its pages."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.vote.assembly import Assembly
from tests.vote.certificate.test_service import DONE, compose, issue
from tests.vote.conftest import Stages
from tests.vote.platform import Clock


@pytest.fixture(autouse=True)
def _pages_look_at_the_clock(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vote.web.seen.database_now", clock)


@pytest.fixture
async def counted(tallied: Assembly) -> Assembly:
    """The box is open: two of three key-holders came."""
    await tallied.contribute(3)
    assert await tallied.contribute(1)
    return tallied


async def certify(assembly: Assembly, **body: object) -> None:
    """Compose the next certificate and let the three offices sign it."""
    composed = await compose(assembly, **body)
    assert composed.status_code == 201, composed.text
    await issue(assembly)


@pytest.fixture(scope="session")
def _certified_stage(_stages: Stages, tmp_path_factory: pytest.TempPathFactory) -> Stages:
    async def step(assembly: Assembly) -> None:
        assembly.at(DONE)
        await certify(assembly)

    database, people, _ = _stages.stages["preliminary"]
    return Stages(tmp_path_factory.mktemp("certified"), database, people, "certified", {"certified": step})


@pytest.fixture
async def certified(_certified_stage: Stages, tmp_path: Path, clock: Clock) -> AsyncIterator[Assembly]:
    """Nobody disputed or objected; three offices signed."""
    async with _certified_stage.start("certified", tmp_path, clock) as assembly:
        yield assembly
