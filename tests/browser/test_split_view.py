"""Two databases sign as one log: two witnesses catch it, and the estate's page and the clerk's day say so in a browser.

Everything is real: the witnesses are processes of their own, both databases are whole, and each grows and signs.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, ExitStack
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.chromium import DESK, PHONE, assert_accessible, photograph, visit_as
from tests.browser.loopback import on_loopback
from tests.vote.account.signing_in import signed_in
from tests.vote.log.installations import policy_text
from tests.vote.platform import Clock, Platform, open_platform
from tests.vote.witness.programs import WitnessProgram, make_witness, witnessing
from vote.estate.store import EstatePlace
from vote.log.keys import LogKeys
from vote.log.log_store import StoredLog
from vote.log.rules import Kind
from vote.log.store import LogStore

ESTATE = "xinyuan"
UUID = "AAAAAAAAAAAAAAAAA2"
KEYS = LogKeys(bytes.fromhex("33" * 32), "vote.test")
ORIGIN = KEYS.origin(ESTATE, 1)
Opening = Callable[..., AbstractAsyncContextManager[Platform]]


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[WitnessProgram, WitnessProgram]]:
    """Two witnesses as processes."""
    with ExitStack() as stack:
        first, second = (
            stack.enter_context(
                witnessing(home, make_witness(home, f"{home.name}.example/w", KEYS.verifier_key(ORIGIN)))
            )
            for home in (tmp_path / "li", tmp_path / "wang")
        )
        yield first, second


async def grow(platform: Platform, count: int, ballots: int) -> StoredLog:
    """Let something be written down, and a worker's round put it into the log and show it."""
    facts = [{"election": UUID, "pool": each + 1, "ballots": ballots} for each in range(count)]
    await LogStore().append_all(ESTATE, Kind.POOL_RELEASED, facts, platform.clock.now)
    await platform.services["worker"].log_once()
    log = await platform.services["logs"].rows.find(ESTATE)
    assert log is not None
    return log


@pytest.fixture
def opening(_migrated: str, tmp_path: Path, clock: Clock) -> Opening:
    """Open the application on a copy of a database, of an empty one if none is named."""

    def opening(name: str, url: str = _migrated) -> AbstractAsyncContextManager[Platform]:
        folder = tmp_path / name
        folder.mkdir()
        return open_platform(url, folder, clock, keep=True)

    return opening


async def look(browser: Browser, address: str, name: str, viewport: dict[str, int], **choices: Any) -> Page:
    page = await (await visit_as(browser, viewport=viewport, **choices)).new_page()
    await page.goto(address)
    await assert_accessible(page)
    if picture := photograph(f"{name}-{viewport['width']}"):
        await page.screenshot(path=picture, full_page=True)
    return page


async def test_two_witnesses_catch_a_planted_split_view_and_the_pages_say_so(
    opening: Opening, browser: Browser, two: tuple[WitnessProgram, WitnessProgram]
) -> None:
    async with opening("first") as first:
        await first.services["estates"].found(EstatePlace(ESTATE, "馨苑小区", "桥东社区", "魏塘街道", "嘉善县"))
        await first.services["logs"].announcing.announce(ESTATE, policy_text(*two).encode(), without_property_firm=True)
        await grow(first, 4, 20)
        assert await first.services["watching"].is_witnessed(ESTATE, 5)

    async with opening("theirs", first.settings.db) as theirs:
        await grow(theirs, 3, 21)
        assert await theirs.services["watching"].is_witnessed(ESTATE, 8)
        async with on_loopback(theirs) as address:
            page = await look(browser, f"{address}/estates/{ESTATE}", "split-view-unseen", PHONE)
            await expect(page.get_by_role("alert")).to_have_count(0)
            await expect(page.get_by_text("记录尚未由旁人核对")).to_have_count(0)

    async with opening("ours", first.settings.db) as ours:
        log = await ours.services["logs"].rows.find(ESTATE)
        # As a worker that has been running since before the copy was made: it passed the gate.
        ours.services["logs"].gate.passed.add(log.id)
        await grow(ours, 4, 20)
        assert (await ours.services["logs"].rows.head(log.id)).size == 9
        alarms = await ours.services["watching"].alarms(ESTATE)
        assert [(each.kind, each.witness, each.size) for each in alarms] == [
            ("other-root", name, 8) for name in ("li", "wang")
        ]
        with pytest.raises(Exception, match="only read"):
            await grow(ours, 1, 20)

        async with on_loopback(ours) as address:
            for language, viewport in (("zh", PHONE), ("zh", DESK), ("en", PHONE)):
                page = await look(
                    browser, f"{address}/estates/{ESTATE}?lang={language}", f"split-view-{language}", viewport
                )
                told = page.get_by_role("alert")
                await expect(told).to_have_count(1)
                await expect(told).to_contain_text("前后对不上" if language == "zh" else "contradicts itself")
            async with page.expect_download() as download:
                await told.get_by_role("link").first.click()
            assert (await download.value).suggested_filename == f"{ESTATE}-8.txt"
            evidence = await page.request.get((await download.value).url)
            shown = await page.request.get(f"{two[0].url}/{sha256(ORIGIN.encode()).hexdigest()}/checkpoint")
            assert await evidence.body() == await shown.body()
            missing = await page.request.get(f"{address}/estates/{ESTATE}/alarms/999")
            assert missing.status == 404

        clerk = await signed_in(ours)
        today = (await clerk.get("/work")).text
        assert "馨苑小区的公开记录对不上" in today

        # A further log goes on, and the page says why; what was wrong stays to be read.
        await ours.services["logs"].continuing.begin(ESTATE, "两台服务器各签了一份，以这一份为准")
        await ours.services["worker"].log_once()
        async with on_loopback(ours) as address:
            for viewport in (PHONE, DESK):
                page = await look(browser, f"{address}/estates/{ESTATE}", "split-view-continued", viewport)
                await expect(page.get_by_role("alert")).to_have_count(0)
                await expect(page.get_by_text("以这一份为准")).to_be_visible()
                await expect(page.get_by_text("以前的一份记录对不上")).to_be_visible()
        assert "公开记录对不上" not in (await clerk.get("/work")).text
