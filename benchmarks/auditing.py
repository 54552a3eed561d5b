"""Measures the audit of a public log of 600,000 entries by `vote verify`, against plain SHA-256 of the same entries.

    .venv/bin/python -m benchmarks.auditing [ENTRIES]

The command is a process of its own, as anybody would start it: reading the folder, all hashes of the tree, the kind and
shape of every entry, and looking for foreign files are in its time. Plain hashing is a loop over the entries in memory.
"""

import resource
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from tests.vote.verifier.log_folders import ballots, write_log

ENTRIES = 600_000
RUNS = 3


class Spent(NamedTuple):
    """Seconds."""

    clock: float
    computing: float


def plain(entries: list[bytes]) -> Spent:
    """Return how long it takes to hash the entries."""
    begun, busy = time.perf_counter(), time.process_time()
    for entry in entries:
        sha256(entry).digest()
    return Spent(time.perf_counter() - begun, time.process_time() - busy)


def audit(folder: Path) -> Spent:
    """Return how long the command takes."""
    begun, busy = time.perf_counter(), _of_children()
    command = [Path(sys.executable).with_name("vote"), "verify", folder, "--forget", "--lang", "en"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "verified", done.stdout
    return Spent(time.perf_counter() - begun, _of_children() - busy)


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Print a line for each run."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ENTRIES
    entries = ballots(count)
    with tempfile.TemporaryDirectory() as folder:
        log = write_log(Path(folder) / "log", entries)
        for _ in range(RUNS):
            hashed, audited = plain(entries), audit(log)
            for name, one, other in zip(Spent._fields, hashed, audited, strict=True):
                print(f"{count} entries by {name}: SHA-256 {one:.2f} s, audit {other:.2f} s: {other / one:.1f} times")


if __name__ == "__main__":
    main()
