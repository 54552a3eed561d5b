"""The processes of the demonstration: server, worker and every offline tool run on their own and are ended by us alone."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx

START_SECONDS = 60
END_SECONDS = 15


def free_port() -> int:
    """Return a loopback port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def tool(*arguments: str | Path, environment: Mapping[str, str] | None = None) -> str:
    """Run `vote` with `arguments` in a process of its own and return what it printed.

    Raises:
        RuntimeError: it failed; the text holds what it said.
    """
    command = [sys.executable, "-m", "vote", *map(str, arguments)]
    env = {**os.environ, **(environment or {})}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    if done.returncode:
        raise RuntimeError(f"vote {' '.join(map(str, arguments[:2]))}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


@contextmanager
def running(
    arguments: Sequence[str], environment: Mapping[str, str], output: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """Keep `vote` running with `arguments` inside the block, its output in a file."""
    with output.open("wb") as file:
        process = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "vote", *arguments],
            env={**os.environ, **environment},
            stdout=file,
            stderr=subprocess.STDOUT,
        )
        try:
            yield process
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(END_SECONDS)
            process.kill()
            process.wait()


_ASKED = b'"route": "/health"'


def wait_until_up(url: str, process: subprocess.Popen[bytes], output: Path) -> None:
    """Return when the server at `url` answers.

    Raises:
        RuntimeError: it ended, or does not answer in time.
    """
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server did not start: {output.read_text(errors='replace')[-500:]}")
        with suppress(httpx.TransportError):
            answer = httpx.get(f"{url}/health", trust_env=False)
            # Another server may have taken the port meanwhile; ours writes down in its journal what it was asked.
            if answer.is_success and _ASKED in output.read_bytes():
                return
        time.sleep(0.1)
    raise RuntimeError("the server does not answer")
