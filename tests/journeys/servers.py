"""Real `vote serve` processes on one SQLite file, each with the processes that it starts in a group of its own."""

import os
import shutil
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
def serving(folder: Path) -> Iterator[Server]:
    """Run a server on the database and keys in `folder`."""
    port = free_port()
    output = folder / f"server-{port}.txt"
    environment = {
        "VOTE_DB": f"sqlite://{folder / 'vote.db'}",
        "VOTE_DATA_KEY_FILE": str(folder / "data.key"),
        "VOTE_SIGNING_KEY_FILE": str(folder / "signing.key"),
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
async def opened(database: Path, folder: Path, clock: Clock, areas: tuple[int, ...]) -> AsyncIterator[Assembly]:
    """Open the polls of an election, by the real time, on a copy of `database` in `folder`."""
    clock.now = datetime.now(UTC).replace(microsecond=0)
    async with open_platform(database, folder, clock) as platform:
        assembly = Assembly(platform, People(areas, ASKS))
        await assembly.import_roll()
        hours = {"opens_at": clock.now - timedelta(hours=1), "closes_at": clock.now + timedelta(hours=1)}
        await assembly.prepare(**{name: moment.isoformat() for name, moment in hours.items()})
        await assembly.make_key()
        await assembly.issue_credentials()
        await assembly.seal()
        await platform.post(f"{assembly.api}/open")
        yield assembly


def copy_journals(folder: Path) -> Path:
    """Return a new folder that holds whatever SQLite keeps beside its file in `folder`."""
    after = folder / "after"
    after.mkdir()
    for journal in folder.glob("vote.db-*"):
        shutil.copyfile(journal, after / journal.name)
    return after


@asynccontextmanager
async def counted(assembly: Assembly, folder: Path, clock: Clock) -> AsyncIterator[Assembly]:
    """Close the polls on a copy of the database that servers wrote to, and open the totals."""
    after = copy_journals(folder)
    clock.now = datetime.now(UTC) + timedelta(hours=2)
    async with open_platform(folder / "vote.db", after, clock) as platform:
        again = Assembly(platform, assembly.people)
        await platform.post(f"{again.api}/close")
        await again.sum()
        await again.contribute(1)
        await again.contribute(2)
        yield again
