"""What tests of every area may ask for."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests import databases, postgresql
from tests.postgresql_server import running_server
from vote.db import open_database, upgrade_database


def pytest_configure(config: pytest.Config) -> None:
    """Start the server that the databases of this run lie on, if it is not there yet."""
    if databases.ENGINE not in databases.ENGINES:
        raise pytest.UsageError(f"VOTE_TEST_DB is {databases.ENGINE!r}: it must be one of {databases.ENGINES}.")
    if databases.SQLITE:
        return
    if postgresql.SERVER not in os.environ:
        stack = ExitStack()
        config.add_cleanup(stack.close)
        # The workers of xdist start after this, and use it too.
        os.environ[postgresql.SERVER] = stack.enter_context(running_server())
        stack.callback(os.environ.pop, postgresql.SERVER)
    config.add_cleanup(postgresql.drop_all)
    if (version := postgresql.major_version()) < postgresql.OLDEST:
        raise pytest.UsageError(
            f"{postgresql.SERVER} is PostgreSQL {version}: it must be {postgresql.OLDEST} or newer."
        )


@pytest.fixture(scope="session")
def _migrated(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of a database with every migration and no row, made once and copied for each test."""
    url = databases.new(tmp_path_factory.mktemp("database"))
    asyncio.run(upgrade_database(url))
    return url


@pytest.fixture
async def database(_migrated: str, tmp_path: Path) -> AsyncIterator[str]:
    """Open a new, migrated database for one test; its URL."""
    with databases.copied(_migrated, tmp_path) as url:
        async with open_database(url):
            yield url
