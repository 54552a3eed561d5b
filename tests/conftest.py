"""What tests of every area may ask for."""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from pathlib import Path

import pytest

from tests import databases, postgresql, quicker
from vote.db import open_database, upgrade_database


def pytest_configure(config: pytest.Config) -> None:
    """Start the server that the databases of this run lie on, before the workers of xdist start."""
    if databases.ENGINE not in databases.ENGINES:
        raise pytest.UsageError(f"VOTE_TEST_DB is {databases.ENGINE!r}: it must be one of {databases.ENGINES}.")
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # As behind `&` in a script: programs that the tests start could not be interrupted either.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    config.add_cleanup(postgresql.close)
    if not databases.SQLITE:
        postgresql.server()


def lies_on_a_database(item: pytest.Item) -> bool:
    """Whether a test runs on each database."""
    return item.get_closest_marker("database") is not None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies on a database, as its fixtures show, and let the report tell it."""
    for item in items:
        if "_migrated" in getattr(item, "fixturenames", ()):
            item.add_marker("database")
        if lies_on_a_database(item):
            item.user_properties.append(("database", "each"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    """Keep what runs on one database only from any."""
    with _without_databases(item):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Keep what runs on one database only from any, and fail if it swallowed that."""
    with _without_databases(item) as tried:
        done = yield
    if tried:
        pytest.fail(f"Without the mark `database`, it {tried[0]}.")
    return done


def _without_databases(item: pytest.Item) -> AbstractContextManager[list[str]]:
    if lies_on_a_database(item):
        return nullcontext([])
    return databases.barred(named=item.get_closest_marker("one_database") is not None)


@pytest.fixture(scope="session", autouse=True)
def _once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        quicker.do_once(patch)
        yield


@pytest.fixture(scope="session")
def _migrated(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of a database with every migration and no row, made once and copied for each test."""
    url = databases.new(tmp_path_factory.mktemp("database"))
    with quicker.seldom_tidied():
        asyncio.run(upgrade_database(url))
    return url


@pytest.fixture(scope="session")
def _migrated_on(_migrated: str, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """Like `_migrated`, on the database that is named; from outside a loop."""

    @cache
    def migrated(engine: str) -> str:
        if engine == databases.ENGINE:
            return _migrated
        url = databases.new(tmp_path_factory.mktemp(engine), engine)
        with quicker.seldom_tidied():
            asyncio.run(upgrade_database(url))
        return url

    return migrated


@pytest.fixture
async def database(_migrated: str, tmp_path: Path) -> AsyncIterator[str]:
    """Open a new, migrated database for one test; its URL."""
    with databases.copied(_migrated, tmp_path) as url:
        async with open_database(url):
            yield url
