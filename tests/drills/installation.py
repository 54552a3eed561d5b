"""Servers and workers of one installation as real processes, each with its checking processes, to be killed and started anew."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.drills import moved
from tests.vote.platform import URL
from vote.demo.household import free_port, wait_until_up

END_SECONDS = 20


def children(pid: int) -> list[int]:
    """Return the processes that `pid` started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            number, _, rest = stat.read_text().partition(" ")
            if int(rest.rpartition(")")[2].split()[1]) == pid:
                found.append(int(number))
    return found


@dataclass
class Program:
    """A `vote serve` or `vote worker`, in a session of its own."""

    name: str
    command: str
    environment: dict[str, str]
    output: Path
    url: str = ""
    """Where a server answers, also when it is started anew."""
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, or start it anew."""
        with self.output.open("ab") as file:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.drills.moved", self.command],
                env={**os.environ, **self.environment},
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_until_up(self) -> None:
        """Return when a server answers."""
        if self.url:
            assert self.process is not None
            wait_until_up(self.url, self.process, self.output)

    @property
    def runs(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def kill(self, *, group: bool = False) -> None:
        """End it by force, alone or with everything that it started."""
        assert self.process is not None
        (os.killpg if group else os.kill)(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def kill_checker(self, chance: random.Random) -> None:
        """End one of the processes that it started."""
        assert self.process is not None
        if started := children(self.process.pid):
            with suppress(ProcessLookupError):
                os.kill(chance.choice(started), signal.SIGKILL)

    def stop(self) -> None:
        """End it as an operator does."""
        if self.process is None or not self.runs:
            return
        self.process.terminate()
        try:
            self.process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill(group=True)


@dataclass
class Installation:
    """What runs on one database."""

    database: str
    folder: Path
    servers: list[Program] = field(default_factory=list)
    worker: Program | None = None

    @property
    def programs(self) -> Sequence[Program]:
        return (*self.servers, *([self.worker] if self.worker else []))

    @property
    def urls(self) -> list[str]:
        return [server.url for server in self.servers]

    @property
    def now(self) -> datetime:
        """What the database's clock says to the programs."""
        return datetime.now(UTC) + timedelta(seconds=float(self._clock.read_text()))

    @property
    def _clock(self) -> Path:
        return self.folder / "clock"

    def move_to(self, moment: datetime) -> None:
        """Let it be `moment` now."""
        new = self._clock.with_suffix(".new")
        new.write_text(str((moment - datetime.now(UTC)).total_seconds()))
        new.replace(self._clock)

    def faults(self) -> str:
        """Return what the programs told of their own mistakes."""
        lines = [line for each in self.programs for line in each.output.read_text().splitlines()]
        return "\n".join(line for line in lines if '"level": "error"' in line or '"level": "critical"' in line)

    def add(self, command: str) -> Program:
        """Start a `serve` or `worker`; do not wait for it."""
        place = sum(each.command == command for each in self.programs) + 1
        port = free_port()
        environment = {
            "VOTE_DB": self.database,
            "VOTE_DATA_KEY_FILE": str(self.folder / "data.key"),
            "VOTE_SIGNING_KEY_FILE": str(self.folder / "signing.key"),
            "VOTE_LOG_KEY_FILE": str(self.folder / "log.key"),
            "VOTE_STAFF_TOKEN_FILE": str(self.folder / "staff.token"),
            "VOTE_PORT": str(port),
            "VOTE_PUBLIC_URL": URL,
            "VOTE_CHECKERS": "1",
            moved.VARIABLE: str(self._clock),
        }
        url = f"http://127.0.0.1:{port}" if command == "serve" else ""
        name = f"{command}-{place}"
        program = Program(name, command, environment, self.folder / f"{name}.txt", url)
        if command == "serve":
            self.servers.append(program)
        else:
            self.worker = program
        program.start()
        return program

    def mend(self) -> None:
        """Start anew whatever does not run, and wait until every server answers."""
        for program in self.programs:
            if not program.runs:
                program.start()
        for program in self.programs:
            program.wait_until_up()


@contextmanager
def installed(database: str, folder: Path, *, servers: int) -> Iterator[Installation]:
    """Run servers and a worker on the database at the URL `database`, with the keys in `folder`."""
    installation = Installation(database, folder)
    installation.move_to(datetime.now(UTC))
    try:
        for command in (*["serve"] * servers, "worker"):
            installation.add(command)
        installation.mend()
        yield installation
    finally:
        for program in installation.programs:
            program.stop()
