"""Measures how fast entries get into a public log, 256 at a time, each batch with a commit that outlives a power cut.

    .venv/bin/python -m benchmarks.sequencing [ENTRIES]

Beside it, in the same run and database, the plain work: the same rows of the same number into a table like the log's, in
batches of the same size with a commit each, and nothing read, hashed or signed. Then what a round of the worker costs in
an installation of 100 estates whose entries are all in their logs.
"""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

from tortoise.connection import get_connection

from tests import postgresql
from tests.postgresql_server import running_server
from tests.vote.verifier.log_folders import tracker
from vote.db import open_database, transaction, upgrade_database
from vote.estate.service import EstateService
from vote.estate.store import EstatePlace, EstateStore
from vote.log.keys import LogKeys
from vote.log.log_store import LogRows, StoredLog
from vote.log.models import LogEntry
from vote.log.rules import Facts, Kind
from vote.log.sequencing import BATCH, Sequencer
from vote.log.store import LogStore

ENTRIES = 20_000
ESTATES = 100
RUNS = 3
ROUNDS = 20
NOON = datetime(2026, 12, 1, 4, tzinfo=UTC)
UUID = "AAAAAAAAAAAAAAAAA2"
ENGINES = ("sqlite", "postgresql")

ROWS = "log_id, position, entry_id, leaf_hash"
MANY = f"""
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {{entries}}),
    e(id, i) AS (SELECT i % {ESTATES}, i / {ESTATES} FROM n)
"""
"""Entries of many estates, mixed; the plain numbers of logs and entries are those of a database without any other."""


class Open:
    """A gate that forbids nothing: it looks once in a process, and that is not what is measured."""

    async def require(self, log: StoredLog) -> None:
        """Let it be signed."""


@contextmanager
def new_database(engine: str, folder: Path) -> Iterator[str]:
    """Make a migrated database that keeps over a power cut what was committed."""
    if engine == "sqlite":
        url = f"sqlite://{folder / 'vote.db'}"
        asyncio.run(upgrade_database(url))
        yield url
        return
    url = postgresql.create()
    asyncio.run(upgrade_database(url))
    yield url
    postgresql.drop(url)


@asynccontextmanager
async def estates(url: str, count: int) -> AsyncIterator[None]:
    """Open the database and found estates in it."""
    async with open_database(url):
        for number in range(count):
            place = EstatePlace(f"e{number}", f"小区{number}", "桥东", "魏塘", "嘉善")
            await EstateService(EstateStore()).found(place)
        yield


def sequencer() -> Sequencer:
    """Return what lets logs grow here."""
    return Sequencer(LogRows(), EstateStore(), LogKeys(b"k" * 32, "vote.example"), Open())


def facts(first: int, count: int) -> list[Facts]:
    """Return what ballots' entries say."""
    return [
        {"election": UUID, "tracker": tracker(number), "commitment": f"{number:064x}"}
        for number in range(first, first + count)
    ]


async def sequence(entries: int) -> float:
    """Return the seconds that entries take which wait already."""
    last = await LogEntry.all().count()
    await LogStore().append_all("e0", Kind.BALLOT_ACCEPTED, facts(last, entries), NOON)
    works = sequencer()
    begun = time.perf_counter()
    done = await works.sequence_due()
    seconds = time.perf_counter() - begun
    assert done == entries
    return seconds


async def make_plain() -> None:
    """Make a table like the log's entries, with the same keys and indexes."""
    connection = get_connection("default")
    if connection.capabilities.dialect == "sqlite":
        query = (
            "SELECT sql FROM sqlite_master WHERE tbl_name = 'log_entry' AND type IN ('table', 'index') AND sql <> ''"
        )
        for row in await connection.execute_query_dict(query):
            await connection.execute_script(row["sql"].replace("log_entry", "plain_entry"))
    else:
        await connection.execute_script("CREATE TABLE plain_entry (LIKE log_entry INCLUDING ALL)")


async def insert(entries: int) -> float:
    """Return the seconds that the rows of as many entries take which were sequenced last."""
    rows = (
        await LogEntry.all().order_by("-id").limit(entries).values_list("log_id", "position", "entry_id", "leaf_hash")
    )
    values = [list(row) for row in reversed(rows)]
    marks = "?, ?, ?, ?" if get_connection("default").capabilities.dialect == "sqlite" else "$1, $2, $3, $4"
    begun = time.perf_counter()
    for first in range(0, entries, BATCH):
        async with transaction() as connection:
            await connection.execute_many(
                f"INSERT INTO plain_entry ({ROWS}) VALUES ({marks})",
                values[first : first + BATCH],
            )
    return time.perf_counter() - begun


async def compare(engine: str, url: str, entries: int) -> None:
    """Print a line for each run."""
    async with estates(url, 1):
        await make_plain()
        for _ in range(RUNS):
            ours, plain = await sequence(entries), await insert(entries)
            print(
                f"{engine}: {entries} entries: {entries / ours:.0f}/s; plain inserts {entries / plain:.0f}/s: "
                f"{ours / plain:.1f} times as long; load {os.getloadavg()[0]:.1f}",
                flush=True,
            )


def measure(engine: str, entries: int) -> None:
    """Measure on one database, in a process of its own: tortoise keeps the queries of the first kind it meets."""
    with tempfile.TemporaryDirectory() as folder, new_database(engine, Path(folder)) as url:
        asyncio.run(compare(engine, url, entries))


def main() -> None:
    """Measure on both databases."""
    entries = int(sys.argv[1]) if len(sys.argv) > 1 else ENTRIES
    with running_server(durable=True) as server:
        os.environ[postgresql.SERVER] = server
        for engine in ENGINES:
            process = get_context("spawn").Process(target=measure, args=(engine, entries))
            process.start()
            process.join()


if __name__ == "__main__":
    main()
