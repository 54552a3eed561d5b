"""Backs up and restores databases that nobody is connected to."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from tests import databases
from vote.db import open_database
from vote.operation.backup import make_backup
from vote.operation.backup_file import Contents
from vote.operation.restore import Restored, restore

ENGINES = databases.ENGINES
"""In every run both, so that a backup goes from each into each, and both runs have the same tests."""
KEYS: dict[str, str | None] = {"data": "d" * 64, "signing": "5" * 64}
Found = TypeVar("Found")


def with_database(url: str, act: Callable[[], Awaitable[Found]]) -> Found:
    """Do something with a database open."""

    async def run() -> Found:
        async with open_database(url):
            return await act()

    return asyncio.run(run())


def back_up(url: str, out: Path) -> Contents:
    """Back a database up."""
    return with_database(url, lambda: make_backup(out, KEYS))


class Copies:
    """Makes copies of databases in a folder; they begin with every migration, which is quicker."""

    def __init__(self, migrated: Callable[[str], str], folder: Path) -> None:
        self.migrated = migrated
        self.folder = folder
        self.made = 0

    def new(self, engine: str = databases.ENGINE) -> str:
        """Return the URL of a database without rows."""
        self.made += 1
        folder = self.folder / f"copy-{self.made}"
        folder.mkdir()
        return databases.copy(self.migrated(engine), folder)

    def restore(self, backup: Path, engine: str = databases.ENGINE) -> str:
        """Restore a backup into a new database; its URL."""
        url = self.new(engine)
        restore_into(backup, url)
        return url


def restore_into(backup: Path, url: str) -> Restored:
    """Restore a backup into a database."""
    return asyncio.run(restore(backup, url, KEYS))


def rows(url: str) -> dict[str, list[tuple[object, ...]]]:
    """Return what a database holds, but for signs of life and what it knows of its own restoration; keys of JSON sorted."""
    return {
        name: [tuple(_sorted(value) for value in row) for row in each]
        for name, each in databases.contents(url).items()
        if name not in {"worker_beat", "restored_copy"}
    }


def _sorted(value: object) -> object:
    return json.dumps(json.loads(value), sort_keys=True) if isinstance(value, str) and value.startswith("{") else value
