"""Two sequencers are killed at random moments: no two heads of one size, and what was acknowledged is in the log.

VOTE_DRILL_KILLS    how many rounds of two kills on each database: 3, with `make drill` 50
VOTE_DRILL_SEED     draws again what was drawn; the machine's own moments are others all the same
"""

import asyncio
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import IO

import pytest

from tests import databases
from tests.drills.sequencing import ESTATE, KEYS, Opened
from tests.drills.strikes import tell
from vote.db import open_database
from vote.estate.service import EstateService
from vote.estate.store import EstatePlace, EstateStore
from vote.log.log_store import LogRows
from vote.log.models import LogCheckpoint, LogEntry
from vote.log.sequencing import Sequencer

ROUNDS = int(os.environ.get("VOTE_DRILL_KILLS", "3"))
LONGEST = 0.6
"""Seconds after its first shown checkpoint within which a process is killed."""
SIGNED, WROTE = "signed", "wrote"


class Process:
    """One sequencer, and what it told before it was killed."""

    def __init__(self, database: str, seed: int, trouble: IO[str]) -> None:
        self.trouble = Path(trouble.name)
        command = [sys.executable, "-m", "tests.drills.sequencing", database, str(seed)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=trouble, text=True)
        self.lines: list[str] = []
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            # What was cut off in the middle was not said.
            if line.endswith("\n"):
                self.lines.append(line.rstrip("\n"))

    def wait_for(self, word: str) -> None:
        """Return when it told something."""
        deadline = time.monotonic() + 60
        while not any(line.startswith(word) for line in list(self.lines)):
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.process.kill()
                raise AssertionError(self.trouble.read_text())
            time.sleep(0.005)

    def kill(self) -> list[list[str]]:
        """Kill it, and return what it told."""
        self.process.send_signal(signal.SIGKILL)
        assert self.process.wait() == -signal.SIGKILL
        self.reader.join()
        assert self.process.stdout is not None
        self.process.stdout.close()
        return [line.split() for line in self.lines]


async def found(database: str) -> None:
    """Add the estate."""
    async with open_database(database):
        await EstateService(EstateStore()).found(EstatePlace(ESTATE, "馨苑", "桥东", "魏塘", "嘉善"))


async def inspect(database: str, heads: set[tuple[int, str]], written: set[str]) -> int:
    """Compare everything that was shown with the log as it is, by the plain definition of the tree; return its size."""
    async with open_database(database):
        await Sequencer(LogRows(), EstateStore(), KEYS, Opened()).sequence_due()
        log = await LogRows().find(ESTATE)
        assert log is not None
        rows = await LogEntry.filter(log_id=log.id).order_by("position").select_related("entry")
        leaves = [bytes(row.entry.body) for row in rows]
        assert [row.position for row in rows] == list(range(len(rows)))
        assert await LogCheckpoint.filter(log_id=log.id, published_at__isnull=False).exists()
    assert len({size for size, _ in heads}) == len(heads), "two heads of one size"
    plain = roots(leaves)
    for size, told in heads:
        assert plain[size] == told
    pools = [leaf.split(b'"pool":')[1].split(b",")[0].decode() for leaf in leaves]
    assert len(set(pools)) == len(pools)
    assert written <= set(pools)
    return len(leaves)


def roots(leaves: Sequence[bytes]) -> list[str]:
    """Return the root of the first 0, 1, 2, … leaves: whole subtrees of two to a power, the largest first (RFC 6962 §2.1)."""
    whole: list[tuple[int, bytes]] = []
    found = [sha256(b"").hexdigest()]
    for leaf in leaves:
        whole.append((1, sha256(b"\0" + leaf).digest()))
        while len(whole) > 1 and whole[-1][0] == whole[-2][0]:
            (size, right), (_, left) = whole.pop(), whole.pop()
            whole.append((2 * size, sha256(b"\1" + left + right).digest()))
        *lefts, (_, last) = whole
        for _, left in reversed(lefts):
            last = sha256(b"\1" + left + last).digest()
        found.append(last.hex())
    return found


def hold_round(database: str, chance: random.Random, trouble: IO[str]) -> list[list[str]]:
    """Let two sequencers run, kill both at moments of their own, and return what they told."""
    both = [Process(database, chance.randrange(2**32), trouble) for _ in range(2)]
    for each in both:
        each.wait_for(SIGNED)
    told = []
    for each in chance.sample(both, 2):
        time.sleep(chance.uniform(0, LONGEST))
        told += each.kill()
    return told


@pytest.fixture
def empty(_migrated: str) -> str:
    """The URL of a database without any row."""
    return _migrated


@pytest.mark.drill
@pytest.mark.database
def test_no_head_is_forked_and_no_entry_is_lost_whoever_is_killed(empty: str, tmp_path: Path) -> None:
    seed = int(os.environ.get("VOTE_DRILL_SEED") or random.SystemRandom().randrange(2**32))
    chance, heads, written, size = random.Random(seed), set[tuple[int, str]](), set[str](), 0
    with databases.copied(empty, tmp_path) as database, (tmp_path / "trouble").open("w") as trouble:
        asyncio.run(found(database))
        for _ in range(ROUNDS):
            told = hold_round(database, chance, trouble)
            shown = {(int(line[1]), line[2]) for line in told if line[0] == SIGNED}
            heads |= shown
            written |= {line[1] for line in told if line[0] == WROTE}
            assert min(each for each, _ in shown) >= size, "an old head was shown again"
            size = max(each for each, _ in shown)
        entries = asyncio.run(inspect(database, heads, written))
    tell(
        f"\nlog drill on {databases.ENGINE}: {2 * ROUNDS} kills, {len(heads)} heads shown, {len(written)} entries "
        f"acknowledged, {entries} in the log, VOTE_DRILL_SEED={seed}"
    )
