"""What tests of every area may ask for."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests import databases, postgresql
from vote.db import open_database, upgrade_database


def pytest_configure(config: pytest.Config) -> None:
    """Start the server that the databases of this run lie on, before the workers of xdist start."""
    if databases.ENGINE not in databases.ENGINES:
        raise pytest.UsageError(f"VOTE_TEST_DB is {databases.ENGINE!r}: it must be one of {databases.ENGINES}.")
    config.add_cleanup(postgresql.close)
    if not databases.SQLITE:
        postgresql.server()


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
