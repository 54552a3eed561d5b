"""Real `vote witness serve` processes, each with a folder of its own or one that several share."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx

from crypto.note import VerifierKey, decode_verifier_key, encode_verifier_key
from vote.demo.household import free_port, tool

START_SECONDS = 60


@dataclass(frozen=True)
class WitnessProgram:
    """A running witness."""

    url: str
    key: VerifierKey
    process: subprocess.Popen[bytes]
    output: Path

    def kill(self) -> None:
        """End it as a power cut would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def make_witness(home: Path, name: str, *logs: VerifierKey) -> VerifierKey:
    """Make the folder of a witness that watches `logs`; return its verifier key, as the command prints it."""
    printed = tool("witness", "key", name, "--home", home)
    (home / "logs.txt").write_text("".join(f"{encode_verifier_key(each)}\n" for each in logs))
    return decode_verifier_key(printed.splitlines()[-1])


@contextmanager
def witnessing(home: Path, key: VerifierKey) -> Iterator[WitnessProgram]:
    """Run the witness whose folder is `home`."""
    port = free_port()
    output = home / f"output-{port}.txt"
    with output.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "vote", "witness", "serve", "--home", str(home), "--port", str(port)],
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    program = WitnessProgram(f"http://127.0.0.1:{port}", key, process, output)
    try:
        _wait(program)
        yield program
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                program.kill()


def _wait(program: WitnessProgram) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert program.process.poll() is None, program.output.read_text()
        with suppress(httpx.TransportError):
            if httpx.get(program.url, trust_env=False).is_success:
                return
        time.sleep(0.05)
    raise AssertionError(program.output.read_text())
