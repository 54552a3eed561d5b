"""How long the page on which everybody checks takes for the ballots of a large estate, and whether it stays usable meanwhile.

    .venv/bin/python -m benchmarks.checking_page [BALLOTS]

An archive of made-up owners, one ballot each of three questions (up to 5 of 7; two of yes, no, abstain), is given to the page
as a kept file. Chromium says that there are two cores. Every 50 ms the page notes how late it is, which is how long it does
not answer; once it is paused and goes on.
"""

import asyncio
import random
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import starmap
from pathlib import Path
from time import perf_counter

import pytest
from playwright.async_api import Page, expect

from crypto.archive import ArchiveWriter
from crypto.ballot import decode_ballot, seal_ballot
from crypto.ceremony import assemble_trustees
from crypto.ceremony_post import Round
from crypto.credential import WeightedCredential, derive_secret, encode_public_credentials, public_credential
from crypto.election import decode_election, encode_election
from crypto.question import Question
from crypto.result import encode_result
from crypto.share import make_share
from crypto.tally import encode_tally, sum_slice
from crypto.trustees import decode_trustees
from tests import databases, postgresql
from tests.browser.chromium import browsing, visit_as
from tests.browser.loopback import on_loopback
from tests.crypto.archives import TIMESTAMP
from tests.crypto.ceremonies import Ceremony
from tests.strategies import seeded
from tests.vote.assembly import People
from tests.vote.conftest import AREAS, ASKS, STEPS, Stages
from tests.vote.platform import Clock
from vote.db import upgrade_database

BALLOTS = 3300
UUID = "DQB53CqA1UtMwz"
BASE = 10**4
"""Packs an area in dm2 and one head into a weight."""
MOTION = ("同意", "反对", "弃权")
QUESTIONS = (
    Question("选举委员", tuple("甲乙丙丁戊己庚"), minimum=0, maximum=5, blank=False),
    Question("管理规约", MOTION, minimum=1, maximum=1, blank=False),
    Question("续聘", MOTION, minimum=1, maximum=1, blank=False),
)
LATE = """() => {
  window.late = [];
  let due = performance.now() + 50;
  setInterval(() => { window.late.push(performance.now() - due); due = performance.now() + 50; }, 50);
}"""
TWO_CORES = "Object.defineProperty(navigator, 'hardwareConcurrency', {get: () => 2})"
LONG = 900_000


@dataclass(frozen=True)
class Vote:
    """What one owner has and chooses."""

    secret: int
    weight: int
    choices: tuple[tuple[int, ...], ...]


def votes_of(ballots: int) -> list[Vote]:
    """Return what so many owners choose."""
    chance = random.Random(1)
    found = []
    for number in range(ballots):
        ticked = chance.sample(range(7), chance.randint(0, 5))
        motions = [tuple(int(each == chosen) for each in range(3)) for chosen in chance.choices(range(3), k=2)]
        weight = chance.randint(5000, 16000) * BASE + 1
        found.append(
            Vote(derive_secret(UUID, f"owner {number}"), weight, (tuple(int(n in ticked) for n in range(7)), *motions))
        )
    return found


def seal(election: bytes, number: int, vote: Vote) -> bytes:
    """Seal one ballot."""
    return seal_ballot(decode_election(election), vote.secret, vote.choices, seeded(number))


def write_archive(path: Path, ballots: int) -> None:
    """Write the archive of a finished election."""
    ceremony, votes = Ceremony(3, 2).run_until(Round.KEYS), votes_of(ballots)
    trustees = assemble_trustees(ceremony.board)
    election = encode_election(UUID, "测速", "", decode_trustees(trustees).public_key, QUESTIONS)
    credentials = [WeightedCredential(public_credential(vote.secret), vote.weight) for vote in votes]
    with ProcessPoolExecutor() as pool:
        sealed = list(pool.map(seal, [election] * ballots, range(ballots), votes, chunksize=50))
    decoded = decode_election(election)
    weighed = zip(sealed, votes, strict=True)
    total = sum_slice(decoded, [(decode_ballot(data, decoded), vote.weight) for data, vote in weighed])
    totals = tuple(
        tuple(
            sum(vote.weight * vote.choices[place][choice] for vote in votes) for choice in range(len(question.answers))
        )
        for place, question in enumerate(QUESTIONS)
    )
    writer = ArchiveWriter(TIMESTAMP)
    shares = [(owner, make_share(decoded, ceremony.secret(owner), total.tally, seeded(owner))) for owner in (1, 3)]
    with path.open("wb") as file:
        file.write(writer.begin())
        file.write(writer.setup(election, trustees, encode_public_credentials(credentials)))
        file.writelines(map(writer.ballot, sealed))
        file.write(writer.end_ballots())
        file.write(writer.encrypted_tally(encode_tally(total.tally), total.num_tallied, total.total_weight))
        file.writelines(starmap(writer.partial_decryption, shares))
        file.write(writer.result(encode_result(totals)))


async def check(page: Page, archive: Path) -> None:
    """Let the page check it, pause it in between, and print what that took."""
    await page.get_by_text("核对自己保存的文件").click()
    await page.get_by_label("投票文件").set_input_files(archive)
    await page.evaluate(LATE)
    started = perf_counter()
    await page.get_by_role("button", name="开始核对").click()
    bar, pause = page.locator("#bar"), page.locator("#pause")
    await expect(bar).to_be_visible(timeout=LONG)
    opened = perf_counter() - started
    moved = await _moves(page, 3)
    pressed = perf_counter()
    await pause.click()
    await expect(pause).to_have_text("继续")
    paused = perf_counter() - pressed
    await page.wait_for_timeout(2000)
    first = await bar.evaluate("bar => bar.value")
    await page.wait_for_timeout(1000)
    stood = first == await bar.evaluate("bar => bar.value")
    away = perf_counter() - pressed
    await pause.click()
    # All is right, and the page says that it is not the election whose page this is.
    await expect(page.locator("#verdict.warn")).to_be_visible(timeout=LONG)
    await expect(page.locator("#step-ballots")).to_have_class("done")
    seconds = perf_counter() - started - away
    late = sorted(await page.evaluate("window.late"))
    print(f"read, sum, shares and totals: {opened:.1f} s")
    print(f"everything: {seconds:.1f} s; the bar moved {moved} times in 3 s")
    print(f"paused {paused:.2f} s after the button was pressed, {'and it stood still' if stood else 'BUT WENT ON'}")
    print(
        f"the page answered at the latest after {late[-1]:.0f} ms, in 99 of 100 times within {late[len(late) * 99 // 100]:.0f} ms"
    )


async def _moves(page: Page, seconds: int) -> int:
    """Return how often the bar moves in so many seconds."""
    seen = set()
    for _ in range(seconds * 10):
        seen.add(await page.locator("#bar").evaluate("bar => bar.value"))
        await page.wait_for_timeout(100)
    return len(seen) - 1


async def measure(stages: Stages, folder: Path, clock: Clock, archive: Path) -> None:
    """Open the page of some election and let it check the archive."""
    async with (
        stages.start("opened", folder, clock) as opened,
        on_loopback(opened.platform) as address,
        browsing() as browser,
    ):
        page = await (await visit_as(browser)).new_page()
        await page.add_init_script(TWO_CORES)
        await page.goto(f"{address}{opened.pages}/check")
        await check(page, archive)


def main() -> None:
    """Write the archive and check it."""
    with ExitStack() as stack, pytest.MonkeyPatch.context() as patch:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        stack.callback(postgresql.close)
        for name in ("database", "stages", "run"):
            (folder / name).mkdir()
        write_archive(folder / f"{UUID}.bel", int(sys.argv[1]) if len(sys.argv) > 1 else BALLOTS)
        url = databases.new(folder / "database")
        asyncio.run(upgrade_database(url))
        print(f"file of {(folder / f'{UUID}.bel').stat().st_size / 1e6:.1f} MB")
        stages = Stages(folder / "stages", url, People(AREAS, ASKS), "opened", STEPS)
        clock = Clock().rule(patch)
        patch.setattr("vote.web.seen.database_now", clock)
        asyncio.run(measure(stages, folder / "run", clock, folder / f"{UUID}.bel"))


if __name__ == "__main__":
    main()
