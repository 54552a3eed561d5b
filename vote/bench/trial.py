"""One election of `owners` made-up owners: 5 of 7 candidates and two motions, cast over HTTP, closed, opened, verified.

* Ballots are sealed beforehand; casting is timed from the first to the last answer, client and server on this machine.
* From closing to result: the box is closed, its ballots are checked (not timed: in earnest disputes take days) and
  summed, the archive is verified once on this machine as `vote verify` does it, two trustees count it again and hand in
  their shares, the totals are opened. No key is used before the check.
* Named counting comes after that and adds to it: two trustees make their lists, one ballot is asked for, the office
  checks both lists against the result and shows one. Up to the result a named election does nothing that a secret one
  does not, so its time to the result is that of a secret one.
* Verification is timed as a whole process on the finished archive.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from vote.bench.memory import MemoryWatch
from vote.bench.spent import Spent, Stopwatch
from vote.demo.clerk import Clerk, Prepared
from vote.demo.count import Count
from vote.demo.foreign import find_belenios_tool, verify_with_belenios
from vote.demo.household import tool
from vote.demo.story import Options, stage, until_open, vote, wait_for
from vote.election.rules import Secrecy

AREAS_DM2 = (7655, 8405, 8937, 8972, 10254, 10412, 11162, 11729, 12188, 13505, 14360, 15110)
"""Flats of a usual estate, in dm² (0.01 m²)."""
ROOMS_PER_BUILDING = 96


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured; a part that was not asked for is None."""

    ballots: int
    cast_seconds: float
    verify_seconds: float | None = None
    belenios_seconds: float | None = None
    largest_mb: int = 0
    result: Spent | None = None
    """From closing to result."""
    named: Spent | None = None
    """What named counting adds."""


def write_roll(path: Path, owners: int) -> Path:
    """Write a plain roll of made-up owners, one flat each."""
    lines = ["楼幢,单元,室号,权利人,专有部分建筑面积"]
    for number in range(owners):
        building, room = divmod(number, ROOMS_PER_BUILDING)
        entrance, flat = divmod(room, 48)
        area_dm2 = AREAS_DM2[number % len(AREAS_DM2)]
        place = f"{building + 1}幢,{entrance + 1}单元,{flat // 4 + 1}{flat % 4 + 1:02d}"
        lines.append(f"{place},业主{number + 1:05d},{area_dm2 // 100}.{area_dm2 % 100:02d}")
    path.write_text("\n".join(lines) + "\n")
    return path


def measure(
    owners: int,
    folder: Path,
    tell: Callable[[str], None],
    *,
    opened: bool,
    foreign: bool,
    secrecy: Secrecy = Secrecy.SECRET,
) -> Figures:
    """Hold the election in `folder` and return the figures.

    Args:
        owners: how many; a few of them vote twice.
        folder: empty; the archive stays there.
        tell: gets a line now and then.
        opened: also close, open and verify it.
        foreign: also let belenios-tool verify the same archive.
        secrecy: whether single ballots can be opened afterwards.

    Raises:
        RuntimeError: something failed, or a verifier refused.
    """
    options = Options(write_roll(folder / "roll.csv", owners), folder, secrecy, 100, 1, None, tell)
    with MemoryWatch() as memory:
        with stage(options) as scene:
            begun = until_open(options, scene)
            cast = vote(options, scene, begun)
            if not opened:
                return Figures(cast.ballots, cast.seconds, largest_mb=memory.largest_mb)
            uuid = begun.prepared.uuid
            name = f"{uuid}.bel"
            time.sleep(max(0.0, (begun.closes_at - datetime.now(UTC)).total_seconds()))
            watch = Stopwatch()
            wait_for(scene.clerk, begun.prepared, "closed", begun.closes_at)
            closing = watch.read()
            check(scene.clerk, begun.prepared)
            watch = Stopwatch()
            wait_for(scene.clerk, begun.prepared, "tallied", begun.closes_at)
            archive = scene.clerk.fetch(f"/elections/{uuid}/{name}", scene.work / name)
            tool("verify", archive)
            manifest = scene.clerk.fetch(f"/elections/{uuid}/manifest.json", scene.work / "manifest.json")
            scene.clerk.open_totals(begun.prepared, archive, manifest, "--skip-proofs")
            scene.clerk.fetch(f"/elections/{uuid}/result.json", folder / "result.json")
            result = closing + watch.read()
            finished = folder / "archive"
            finished.mkdir()
            watch = Stopwatch()
            scene.clerk.fetch(f"/elections/{uuid}/{name}", finished / name)
            named = None
            if secrecy is Secrecy.NAMED:
                Count(scene.clerk, begun.prepared, folder, tell).open_one(finished / name, scene.work, cast.voters[0])
                named = watch.read()
        verify_seconds = _time_verify(finished / name)
        belenios_seconds = _time_belenios(finished) if foreign else None
        return Figures(
            cast.ballots, cast.seconds, verify_seconds, belenios_seconds, memory.largest_mb, result=result, named=named
        )


def check(clerk: Clerk, prepared: Prepared) -> None:
    """Let the organiser find that nothing is disputed; in earnest that takes days, so it is not timed."""
    body: dict[str, object] = {"accept_disclosure": True}
    clerk.send("POST", f"/api/elections/{prepared.uuid}/check", body, headers=prepared.header("organiser"))


def _time_verify(archive: Path) -> float:
    started = time.perf_counter()
    subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "vote", "verify", str(archive)], check=True, capture_output=True
    )
    return time.perf_counter() - started


def _time_belenios(folder: Path) -> float:
    program = find_belenios_tool()
    if program is None:
        raise RuntimeError("belenios-tool is not here: install it, or name it in VOTE_BELENIOS_TOOL")
    started = time.perf_counter()
    verify_with_belenios(program, folder)
    return time.perf_counter() - started
