"""The application and an assembly that holds an election on it, at the stage that a test starts from.

Each stage is played once in a run; a test gets a copy of its database and of what its people hold.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from pathlib import Path

import pytest

from tests.vote.assembly import Assembly, People
from tests.vote.platform import Clock, Platform, open_platform, read_here
from vote.election.ask import election, motion

ASKS = (
    motion("1", "是否通过《业主大会议事规则》"),
    election("3", "选举业主委员会委员（2名以内）", ("甲", "乙", "丙"), 2, 1, (0,)),
)
AREAS = (9000, 12000, 15000, 8000, 20000)
YES, NO = [1, 0, 0], [0, 1, 0]
VOTES = (
    (1, [NO, [0, 0, 1, 0]]),
    (2, [YES, [1, 1, 0, 0]]),
    (3, [YES, [1, 0, 0, 0]]),
    (1, [YES, [1, 1, 0, 0]]),
    (5, [NO, [0, 0, 0, 1]]),
)
"""Owner and choices in casting order; owner 1 votes twice, owner 4 not at all."""


async def _seal(assembly: Assembly) -> None:
    await assembly.import_roll()
    await assembly.prepare()
    await assembly.make_key()
    await assembly.issue_credentials()
    await assembly.bring_offices()
    await assembly.seal()


async def _vote(assembly: Assembly) -> None:
    for owner, choices in VOTES:
        await assembly.cast(owner, choices)


Steps = Mapping[str, Callable[[Assembly], Awaitable[None]]]
STEPS: Steps = {
    "sealed": _seal,
    "opened": Assembly.open,
    "voted": _vote,
    "closed": Assembly.close,
    "checked": Assembly.check,
    "tallied": Assembly.sum,
    "preliminary": Assembly.open_totals,
}


class Stages:
    """The stages of one election, as databases and people."""

    def __init__(self, folder: Path, database: str, people: People, last: str, steps: Steps = STEPS) -> None:
        self.folder, self.steps = folder, steps
        self.stages: dict[str, tuple[str, People, Clock]] = {}
        with pytest.MonkeyPatch.context() as patch:
            read_here(patch)
            asyncio.run(self._play(database, people, last, Clock().rule(patch)))

    async def _play(self, database: str, people: People, last: str, clock: Clock) -> None:
        for name, step in self.steps.items():
            folder = self.folder / name
            folder.mkdir()
            async with open_platform(database, folder, clock, keep=True) as platform:
                assembly = Assembly(platform, people)
                await step(assembly)
            then = Clock()
            then.now = clock.now
            database, people = platform.settings.db, assembly.people
            self.stages[name] = database, people, then
            if name == last:
                return

    def start(self, name: str, folder: Path, clock: Clock) -> AbstractAsyncContextManager[Assembly]:
        """Go on from the end of stage `name` in `folder`."""
        database, people, then = self.stages[name]
        clock.now = then.now

        @asynccontextmanager
        async def started() -> AsyncIterator[Assembly]:
            async with open_platform(database, folder, clock) as platform:
                yield Assembly(platform, people)

        return started()

    @contextmanager
    def running(self, name: str, folder: Path) -> Iterator[tuple[asyncio.Runner, Assembly]]:
        """Keep an assembly going from the end of stage `name`, and the loop that it lives in, for properties."""
        with pytest.MonkeyPatch.context() as patch, asyncio.Runner() as runner:
            read_here(patch)
            stage = self.start(name, folder, Clock().rule(patch))
            yield runner, runner.run(stage.__aenter__())
            runner.run(stage.__aexit__(None, None, None))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of the running application, which also reads rolls in this process."""
    read_here(monkeypatch)
    return Clock().rule(monkeypatch)


@pytest.fixture
async def platform(_migrated: str, tmp_path: Path, clock: Clock) -> AsyncIterator[Platform]:
    """The application on an empty database."""
    async with open_platform(_migrated, tmp_path, clock) as running:
        yield running


@pytest.fixture(scope="session")
def _stages(_migrated: str, tmp_path_factory: pytest.TempPathFactory) -> Stages:
    return Stages(tmp_path_factory.mktemp("stages"), _migrated, People(AREAS, ASKS), "preliminary")


@pytest.fixture(scope="session")
def _simple_stages(_migrated: str, tmp_path_factory: pytest.TempPathFactory) -> Stages:
    people = People(AREAS, ASKS, credential_parts=1)
    return Stages(tmp_path_factory.mktemp("simple"), _migrated, people, "opened")


@pytest.fixture
async def sealed(_stages: Stages, tmp_path: Path, clock: Clock) -> AsyncIterator[Assembly]:
    async with _stages.start("sealed", tmp_path, clock) as assembly:
        yield assembly


@pytest.fixture
async def opened(_stages: Stages, tmp_path: Path, clock: Clock) -> AsyncIterator[Assembly]:
    async with _stages.start("opened", tmp_path, clock) as assembly:
        yield assembly


@pytest.fixture
async def simple(_simple_stages: Stages, tmp_path: Path, clock: Clock) -> AsyncIterator[Assembly]:
    """An election with open polls whose voting keys have one part, the letter's, as foreign tools know them."""
    async with _simple_stages.start("opened", tmp_path, clock) as assembly:
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
async def checked(_stages: Stages, tmp_path: Path, clock: Clock) -> AsyncIterator[Assembly]:
    async with _stages.start("checked", tmp_path, clock) as assembly:
        yield assembly


@pytest.fixture
async def tallied(_stages: Stages, tmp_path: Path, clock: Clock) -> AsyncIterator[Assembly]:
    async with _stages.start("tallied", tmp_path, clock) as assembly:
        yield assembly


@pytest.fixture
async def preliminary(_stages: Stages, tmp_path: Path, clock: Clock) -> AsyncIterator[Assembly]:
    async with _stages.start("preliminary", tmp_path, clock) as assembly:
        yield assembly


@pytest.fixture
async def staged(
    request: pytest.FixtureRequest, _stages: Stages, tmp_path: Path, clock: Clock
) -> AsyncIterator[Assembly]:
    """The assembly at the stage that a test names as this fixture's parameter."""
    async with _stages.start(request.param, tmp_path, clock) as assembly:
        yield assembly
