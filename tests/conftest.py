"""What tests of every area may ask for."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from vote.db import open_database, upgrade_database


@pytest.fixture(scope="session")
def _migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with every migration and no row, made once and copied for each test."""
    path = tmp_path_factory.mktemp("database") / "migrated.db"
    asyncio.run(upgrade_database(f"sqlite://{path}"))
    return path


@pytest.fixture
async def database(_migrated: Path, tmp_path: Path) -> AsyncIterator[str]:
    """Open a new, migrated SQLite database for one test; its URL."""
    path = tmp_path / "vote.db"
    shutil.copyfile(_migrated, path)
    url = f"sqlite://{path}"
    async with open_database(url):
        yield url
