"""How heavy the voting page is and how soon it can be used, on a phone's network and a slow phone's processor.

    .venv/bin/python -m benchmarks.voting_page

Chromium itself throttles (DevTools protocol): network as Lighthouse's "slow 4G" (150 ms, 1.6 Mbit/s down, 750 kbit/s up),
processor four times slower. The application runs in this process, on loopback; its pages come as they are, without a proxy
that packs them. Sealing is measured by `benchmarks.sealing` and in `tests/browser/test_sealing.py`.
"""

import asyncio
import tempfile
from contextlib import ExitStack
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from playwright.async_api import Browser, CDPSession, Page, expect

from tests import databases, postgresql
from tests.browser.chromium import browsing, visit_as
from tests.browser.loopback import on_loopback
from tests.browser.test_owner import letter_of
from tests.vote.assembly import People
from tests.vote.conftest import STEPS, Stages
from tests.vote.platform import Clock
from vote.db import upgrade_database
from vote.demo.plan import demo_questions

SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
SLOWER = 4
RUNS = 3
AREAS = (9000, 12000, 15000, 8000, 20000)


async def _throttle(page: Page, slower: int) -> CDPSession:
    session = await page.context.new_cdp_session(page)
    await session.send("Network.enable")
    await session.send("Network.emulateNetworkConditions", SLOW_4G)
    await session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    return session


async def first_view(browser: Browser, address: str) -> tuple[int, float]:
    """Return the bytes that came, and the seconds until the first step can be answered."""
    context = await visit_as(browser)
    page = await context.new_page()
    session = await _throttle(page, SLOWER)
    came = 0

    def add(event: dict[str, Any]) -> None:
        nonlocal came
        came += int(event["encodedDataLength"])

    session.on("Network.loadingFinished", add)
    started = perf_counter()
    await page.goto(address, wait_until="commit")
    await expect(page.get_by_label("我是业主本人")).to_be_visible(timeout=30_000)
    await page.get_by_label("我是业主本人").check()
    seconds = perf_counter() - started
    await page.wait_for_load_state("networkidle")
    await context.close()
    return came, seconds


async def measure(stages: Stages, folder: Path, clock: Clock) -> None:
    """Print every figure beside what is wanted."""
    async with (
        stages.start("opened", folder, clock) as opened,
        on_loopback(opened.platform) as address,
        browsing() as browser,
    ):
        views = [await first_view(browser, address + letter_of(opened, 1)) for _ in range(RUNS)]
        seconds = sorted(each for _, each in views)
        print(f"first view: {views[0][0] / 1000:.1f} kB, at most 120 kB wanted")
        print(f"usable after {', '.join(f'{each:.2f}' for each in seconds)} s, at most 2.5 s wanted")


def main() -> None:
    """Hold an election up to its opening and measure on it."""
    with ExitStack() as stack, pytest.MonkeyPatch.context() as patch:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        stack.callback(postgresql.close)
        for name in ("database", "stages", "run"):
            (folder / name).mkdir()
        url = databases.new(folder / "database")
        asyncio.run(upgrade_database(url))
        stages = Stages(folder / "stages", url, People(AREAS, tuple(demo_questions())), "opened", STEPS)
        clock = Clock().rule(patch)
        patch.setattr("vote.web.seen.database_now", clock)
        asyncio.run(measure(stages, folder / "run", clock))


if __name__ == "__main__":
    main()
