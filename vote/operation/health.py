"""Says whether an installation can do its work, and in sentences why not.

* Alive is who answers. Ready is who also reaches the database in time, has it up to date, finds a worker, has room on
  the disk, and does not stand on a restored copy.
* What is asked when many are waiting must not wait itself: the database gets two seconds.
"""

import asyncio
import shutil
from dataclasses import dataclass
from pathlib import Path

from vote.db import applied_migrations, database_now, known_migrations
from vote.jobs.service import ALIVE_SECONDS
from vote.operation.outage import DATABASE_SECONDS, is_outage
from vote.operation.service import CopyService
from vote.operation.store import OperationStore

LEAST_FREE_BYTES = 256 << 20
"""Room for the last hours of a large vote: 11 kB a ballot, and as much again in the write-ahead log."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that keeps an installation from its work."""

    what: str
    """For programs: database, migrations, worker, copy, disk."""
    title: str
    """In Chinese."""
    detail: str
    """The same in English: what is wrong, and what to do."""


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the installation is ready."""

    store: OperationStore
    copies: CopyService
    folder: Path | None
    """Where the database lies, if it is a file."""

    async def troubles(self) -> list[Trouble]:
        """Return what is wrong; nothing if all is well."""
        found = self._disk()
        try:
            async with asyncio.timeout(DATABASE_SECONDS):
                return found + await self._database()
        except Exception as error:
            if not isinstance(error, TimeoutError) and not is_outage(error):
                raise
        return [
            *found,
            Trouble(
                "database",
                "数据库没有回应",
                f"The database did not answer within {DATABASE_SECONDS} seconds: see that it runs and can be reached.",
            ),
        ]

    async def _database(self) -> list[Trouble]:
        found = []
        now = await database_now()
        if await applied_migrations() != known_migrations():
            # Without its tables nothing else can be asked.
            return [
                Trouble(
                    "migrations",
                    "数据库不是这个版本的",
                    "The database is not of this program's version: run `vote db upgrade`, or start the other version.",
                )
            ]
        beat = await self.store.last_beat()
        # A sign from a time to come is of before the clock was set back.
        if beat is None or abs((now - beat).total_seconds()) > ALIVE_SECONDS:
            found.append(
                Trouble(
                    "worker",
                    "没有 vote worker 在运行",
                    f"No worker gave a sign in the last {ALIVE_SECONDS} seconds: start `vote worker`, or polls open and "
                    "close late.",
                )
            )
        if copy := await self.copies.find():
            found.append(Trouble("copy", copy.sentence_zh, copy.sentence))
        return found

    def _disk(self) -> list[Trouble]:
        if self.folder is None:
            return []
        free = shutil.disk_usage(self.folder).free
        if free >= LEAST_FREE_BYTES:
            return []
        return [
            Trouble(
                "disk",
                "磁盘空间不足",
                f"Only {free >> 20} MiB are free where the database lies, {LEAST_FREE_BYTES >> 20} are needed: make room.",
            )
        ]
