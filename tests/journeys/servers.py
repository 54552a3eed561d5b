"""Real `vote serve` processes on one database, each with the processes that it starts in a group of its own."""

import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.vote.assembly import Assembly, People
from tests.vote.platform import URL, Clock, open_platform
from vote.demo.household import free_port, wait_until_up
from vote.election.ask import motion

ASKS = (motion("4", "是否续聘物业服务人"),)
NOTICE, CHECK = timedelta(days=20), timedelta(days=5)
"""More than what must lie between notice and opening, and between closing and counting."""


@dataclass(frozen=True)
class Server:
    """A running server."""

    url: str
    process: subprocess.Popen[bytes]

    def kill(self) -> None:
        """End the server as a power cut would, with everything that it started."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def serving(database: str, folder: Path) -> Iterator[Server]:
    """Run a server on the database at the URL `database`, with the keys in `folder`."""
    port = free_port()
    output = folder / f"server-{port}.txt"
    environment = {
        "VOTE_DB": database,
        "VOTE_DATA_KEY_FILE": str(folder / "data.key"),
        "VOTE_SIGNING_KEY_FILE": str(folder / "signing.key"),
        "VOTE_LOG_KEY_FILE": str(folder / "log.key"),
        "VOTE_STAFF_TOKEN_FILE": str(folder / "staff.token"),
        "VOTE_PORT": str(port),
        "VOTE_PUBLIC_URL": URL,
        "VOTE_CHECKERS": "1",
    }
    with output.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "vote", "serve"],
            env={**os.environ, **environment},
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    server = Server(f"http://127.0.0.1:{port}", process)
    try:
        wait_until_up(server.url, process, output)
        yield server
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()


@asynccontextmanager
async def opened(
    database: str, folder: Path, clock: Clock, areas: tuple[int, ...], closes_in: timedelta = timedelta(hours=1)
) -> AsyncIterator[Assembly]:
    """Open the polls of an election, by the real time, on a copy of the database at the URL `database`, which stays."""
    now = datetime.now(UTC).replace(microsecond=0)
    hours = {"opens_at": now - timedelta(hours=1), "closes_at": now + closes_in}
    clock.now = now - NOTICE
    async with open_platform(database, folder, clock, keep=True) as platform:
        assembly = Assembly(platform, People(areas, ASKS))
        await assembly.import_roll()
        await assembly.prepare(**{name: moment.isoformat() for name, moment in hours.items()})
        await assembly.make_key()
        await assembly.issue_credentials()
        await assembly.bring_offices()
        await assembly.seal()
        await assembly.notice()
        clock.now = now
        await platform.post(f"{assembly.api}/open")
        yield assembly


@asynccontextmanager
async def counted(assembly: Assembly, folder: Path, clock: Clock, *, closed: bool = False) -> AsyncIterator[Assembly]:
    """Close the polls, unless they are, on a copy of the database that servers wrote to; check, and open the totals."""
    after = folder / "after"
    after.mkdir()
    clock.now = datetime.now(UTC) + timedelta(hours=2)
    async with open_platform(assembly.platform.settings.db, after, clock) as platform:
        again = Assembly(platform, assembly.people)
        if not closed:
            await platform.post(f"{again.api}/close")
        clock.now += CHECK
        await again.organise("check", accept_disclosure=True)
        await again.sum()
        await again.contribute(1)
        await again.contribute(2)
        yield again
