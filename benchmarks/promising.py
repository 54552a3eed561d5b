"""Measures how long a voter waits from the promise to the proof, while 100 ballots come in each second.

    .venv/bin/python -m benchmarks.promising [BALLOTS] [A_SECOND]

A real server and a real worker on SQLite, each a process of its own. The ballots are sealed beforehand and cast at fixed
moments, however long the answers take. At this rate at least 20 ballots wait in every round of the worker, so by the usual
rule of pools one is released every second. As soon as a checkpoint comes out, each voter who waits asks for the proof.
The last 20 may wait for a full pool until voting ends: they are cast, and not waited for.

*shown*: from the promise to the first checkpoint that has the ballot. *proof*: to the whole `.tlog-proof` in the voter's hand.
"""

import argparse
import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path

import httpx

from crypto.ballot import tracker as tracker_of
from crypto.checkpoint import decode_checkpoint
from crypto.election import decode_election
from crypto.log_proof import decode_log_proof
from crypto.note import decode_note
from vote.bench.trial import write_roll
from vote.credential.letter import decode_letters
from vote.demo.crowd import make_keys, read_areas, seal_all
from vote.demo.plan import plan_votes
from vote.demo.story import Opened, Options, Stage, messages_of, stage, until_open
from vote.election.manifest import decode_manifest
from vote.election.rules import Secrecy

BALLOTS = 1000
A_SECOND = 100
LOOK_SECONDS = 0.02
ASKED_AT_ONCE = 8
LONGEST_SECONDS = 60
POOL = 20


@dataclass(slots=True)
class Seen:
    """What the voters of one run saw, by a clock that only goes forward."""

    promised: dict[str, float] = field(default_factory=dict)
    """When each ballot's promise was there, by its tracker."""
    answered: list[float] = field(default_factory=list)
    """How long each promise took."""
    grown: list[tuple[float, int]] = field(default_factory=list)
    """When each checkpoint was seen, and its size."""
    proofs: dict[str, tuple[float, int]] = field(default_factory=dict)
    """When each proof was there, and the place of its ballot."""


@dataclass(frozen=True, slots=True)
class Voters:
    """Those who vote in one election."""

    client: httpx.AsyncClient
    estate: str
    election: str
    seen: Seen

    async def vote(self, ballots: Sequence[bytes], a_second: int) -> None:
        """Cast the ballots at their moments, and return when each has its proof."""
        watching = asyncio.create_task(self._watch(len(ballots) - POOL))
        begun = time.perf_counter()
        casting = []
        for number, ballot in enumerate(ballots):
            await asyncio.sleep(max(0.0, begun + number / a_second - time.perf_counter()))
            casting.append(asyncio.create_task(self._cast(ballot)))
        await asyncio.gather(*casting)
        await asyncio.wait_for(watching, LONGEST_SECONDS)

    async def _cast(self, ballot: bytes) -> None:
        begun = time.perf_counter()
        headers = {"Content-Type": "application/json"}
        answer = await self.client.post(f"/api/elections/{self.election}/ballots", content=ballot, headers=headers)
        assert answer.status_code == HTTPStatus.CREATED, answer.text
        now = time.perf_counter()
        self.seen.answered.append(now - begun)
        self.seen.promised[tracker_of(ballot)] = now

    async def _watch(self, count: int) -> None:
        size = 0
        while len(self.seen.proofs) < count:
            answer = await self.client.get(f"/log/{self.estate}/checkpoint")
            now = decode_checkpoint(decode_note(answer.content).text).size if answer.is_success else 0
            if now > size:
                size = now
                self.seen.grown.append((time.perf_counter(), size))
                waiting = iter([each for each in self.seen.promised if each not in self.seen.proofs])
                await asyncio.gather(*(self._ask(waiting) for _ in range(ASKED_AT_ONCE)))
            else:
                await asyncio.sleep(LOOK_SECONDS)

    async def _ask(self, waiting: Iterator[str]) -> None:
        for tracker in waiting:
            address = tracker.replace("+", "-").replace("/", "_")
            answer = await self.client.get(f"/api/elections/{self.election}/ballots/{address}.tlog-proof")
            if answer.is_success:
                index = decode_log_proof(answer.content).index
                self.seen.proofs[tracker] = time.perf_counter(), index


async def hold(scene: Stage, opened: Opened, a_second: int) -> Seen:
    """Seal the ballots, cast them, and return what was seen."""
    uuid, place = opened.prepared.uuid, scene.clerk.place
    limits = httpx.Limits(max_connections=200, max_keepalive_connections=200)
    async with httpx.AsyncClient(base_url=scene.url, timeout=60, trust_env=False, limits=limits) as client:
        pages = f"/elections/{uuid}"
        election = (await client.get(f"{pages}/election.json")).raise_for_status().content
        manifest = decode_manifest((await client.get(f"{pages}/manifest.json")).raise_for_status().content)
        archive = (await client.get(f"{pages}/{uuid}.bel")).raise_for_status().content
        letters = {letter.entitlement: letter for letter in decode_letters(opened.letters.read_bytes())}
        votes = plan_votes(manifest.questions, sorted(letters), 100, 1)[: len(letters)]
        keys = await make_keys(
            client, decode_election(election), list(letters.values()), messages_of(scene.work), place.first_phone
        )
        sealed = seal_all(election, votes, keys, read_areas(archive, manifest.base))
    # Sealing took long, and the server let go of who did not say anything meanwhile.
    async with httpx.AsyncClient(base_url=scene.url, timeout=60, trust_env=False, limits=limits) as client:
        seen = Seen()
        await Voters(client, place.estate, uuid, seen).vote([each.ballot for each in sealed], a_second)
        return seen


def report(seen: Seen, a_second: int) -> None:
    """Print the figures."""
    shown, proof = [], []
    for tracker, (at, index) in seen.proofs.items():
        promised = seen.promised[tracker]
        shown.append(next(when for when, size in seen.grown if size > index) - promised)
        proof.append(at - promised)
    seconds = max(seen.promised.values()) - min(seen.promised.values())
    print(
        f"{len(proof)} ballots, {a_second} a second wanted, {(len(proof) - 1) / seconds:.0f} promised; "
        f"{len(seen.grown)} checkpoints; load {os.getloadavg()[0]:.1f}"
    )
    for name, times in (("ballot to promise", seen.answered), ("promise to shown", shown), ("promise to proof", proof)):
        cut = statistics.quantiles(times, n=100)
        print(f"{name}: median {cut[49]:.2f} s, 99th percentile {cut[98]:.2f} s, longest {max(times):.2f} s")


def main() -> None:
    """Hold an election and print what its voters saw."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.promising")
    parser.add_argument("ballots", type=int, nargs="?", default=BALLOTS)
    parser.add_argument("a_second", type=int, nargs="?", default=A_SECOND)
    chosen = parser.parse_args()
    ballots, a_second = chosen.ballots, chosen.a_second
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        options = Options(write_roll(out / "roll.csv", ballots), out, Secrecy.SECRET, 100, 1, None, print)
        with stage(options) as scene:
            opened = until_open(options, scene, timedelta(hours=2))
            report(asyncio.run(hold(scene, opened, a_second)), a_second)


if __name__ == "__main__":
    main()
