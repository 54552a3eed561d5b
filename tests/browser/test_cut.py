"""A line that really breaks while an owner casts, and a page that is gone: never twice, never unsure for good."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta

import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from crypto.ballot import tracker as tracker_of
from tests.browser.chromium import assert_accessible, keep_picture, visit_as
from tests.browser.cutting import Cut, Line, line_to
from tests.browser.loopback import on_loopback
from tests.browser.test_owner import COUNTED, answer, cast, letter_of, press, sign_in
from tests.browser.test_owner_cases import reach_home
from tests.vote.assembly import Assembly
from tests.vote.platform import CLOSES
from vote.ballot.receipt_words import receipt_words

UNSURE = "还不能确定票收到了"
NO_STORAGE = """
for (const name of ['localStorage', 'sessionStorage']) {
  Object.defineProperty(window, name, {get() { throw new DOMException('off', 'SecurityError'); }});
}
"""


@pytest.fixture
async def line(opened: Assembly) -> AsyncIterator[Line]:
    """The application of an open election behind a line that can be cut."""
    async with on_loopback(opened.platform) as address, line_to(address) as line:
        yield line


@pytest.fixture
async def phone(browser: Browser) -> AsyncIterator[BrowserContext]:
    """A phone whose page may complain: its line is cut."""
    context = await visit_as(browser)
    yield context
    await context.close()


async def confirm(page: Page, assembly: Assembly, line: Line, owner: int = 3) -> None:
    """Open a letter, answer, and press the one button."""
    await page.goto(line.address + letter_of(assembly, owner))
    await sign_in(page, assembly, owner)
    await answer(page, "同意", "乙")
    await press(page, "确认投票")


async def arrived(assembly: Assembly, line: Line, count: int = 1) -> None:
    """Wait until a ballot was sent and is in the box, whatever its owner was told."""
    for _ in range(500):
        if line.ballots and assembly.platform.count("ballot") == count:
            return
        await asyncio.sleep(0.01)
    raise AssertionError(len(line.ballots))


async def assert_counted_once(page: Page, assembly: Assembly, line: Line) -> None:
    await expect(page.get_by_role("heading", name=COUNTED)).to_be_visible()
    assert len(set(line.ballots)) == 1
    assert assembly.platform.count("ballot") == 1
    words = receipt_words(tracker_of(line.ballots[0]))
    await expect(page.locator("#receipt")).to_have_text(words)
    await page.goto(f"{line.address}{assembly.pages}/receipt?words={words}")
    await expect(page.get_by_text("算进去了。这是有效的那一票。")).to_be_visible()


@pytest.mark.parametrize("cut", [Cut.BEFORE, Cut.AFTER, Cut.MIDDLE])
async def test_a_cut_line_loses_no_ballot_and_doubles_none(
    opened: Assembly, line: Line, phone: BrowserContext, cut: Cut
) -> None:
    page = await phone.new_page()
    line.cut = cut
    await confirm(page, opened, line)
    await expect(page.get_by_role("heading", name=UNSURE)).to_be_visible()
    await expect(page.get_by_text("没有丢，也不会重复算")).to_be_visible()
    await expect(page.get_by_text("请先不要关掉这一页")).to_be_hidden()
    assert opened.platform.count("ballot") == (0 if cut is Cut.BEFORE else 1)
    await assert_accessible(page)
    await keep_picture(page, "owner-unsure")
    await press(page, "继续交票")
    await expect(page.get_by_role("heading", name=UNSURE)).to_be_visible()
    line.cut = None
    await press(page, "继续交票")
    await assert_counted_once(page, opened, line)


@pytest.mark.parametrize("cut", [Cut.AFTER, Cut.BEFORE])
async def test_a_page_that_stays_open_goes_on_by_itself(
    opened: Assembly, line: Line, phone: BrowserContext, cut: Cut
) -> None:
    page = await phone.new_page()
    await page.clock.install()
    line.cut = cut
    await confirm(page, opened, line)
    await expect(page.get_by_role("heading", name=UNSURE)).to_be_visible()
    await expect(page.get_by_text("过一会儿它会自己再交")).to_be_visible()
    sent = len(line.ballots)
    await page.clock.fast_forward(5_000)
    await expect(page.get_by_role("heading", name=UNSURE)).to_be_visible()
    line.cut = None
    # The pause of ten seconds begins only once the attempt that was cut has ended, which takes as long as it takes.
    counted = page.get_by_role("heading", name=COUNTED)
    for _ in range(3):
        await page.clock.fast_forward(10_000)
        with suppress(AssertionError):
            await expect(counted).to_be_visible(timeout=2_000)
            break
    await assert_counted_once(page, opened, line)
    assert len(line.ballots) > sent


@pytest.mark.parametrize("cut", [Cut.SILENT, Cut.DEAF])
async def test_a_line_that_falls_silent_is_given_up(
    opened: Assembly, line: Line, phone: BrowserContext, cut: Cut
) -> None:
    page = await phone.new_page()
    await page.clock.install()
    line.cut = cut
    await confirm(page, opened, line)
    await expect(page.get_by_role("heading", name="正在交票")).to_be_visible()
    if cut is Cut.SILENT:
        await arrived(opened, line)
    else:
        await arrived(opened, line, 0)
    await page.clock.fast_forward(21_000)
    await expect(page.get_by_role("heading", name=UNSURE)).to_be_visible()
    line.cut = None
    await press(page, "继续交票")
    await assert_counted_once(page, opened, line)


async def go_on_after_closing(opened: Assembly, line: Line, phone: BrowserContext, cut: Cut) -> Page:
    """Return a page whose ballot met a cut line in time, and is sent again when voting has ended."""
    page = await phone.new_page()
    line.cut = cut
    await confirm(page, opened, line)
    await expect(page.get_by_role("heading", name=UNSURE)).to_be_visible()
    opened.at(CLOSES + timedelta(minutes=1))
    line.cut = None
    await press(page, "继续交票")
    return page


async def test_an_answer_that_was_lost_comes_after_closing_too(
    opened: Assembly, line: Line, phone: BrowserContext
) -> None:
    page = await go_on_after_closing(opened, line, phone, Cut.AFTER)
    await expect(page.get_by_role("heading", name=COUNTED)).to_be_visible()
    assert opened.platform.count("ballot") == 1


async def test_a_ballot_that_only_arrives_after_closing_is_said_to_be_too_late(
    opened: Assembly, line: Line, phone: BrowserContext
) -> None:
    page = await go_on_after_closing(opened, line, phone, Cut.BEFORE)
    await expect(page.get_by_text("投票已经结束，这一票赶不上了，很抱歉。")).to_be_visible()
    await expect(page.get_by_role("heading", name="正在交票")).to_be_hidden()
    await assert_accessible(page)
    assert opened.platform.count("ballot") == 0
    assert await page.evaluate("localStorage.length") == 0


@pytest.mark.parametrize("cut", [Cut.SILENT, Cut.DEAF])
async def test_a_page_that_was_closed_before_the_answer_finds_its_ballot(
    opened: Assembly, line: Line, phone: BrowserContext, cut: Cut
) -> None:
    page = await phone.new_page()
    line.cut = cut
    await confirm(page, opened, line)
    await arrived(opened, line, 1 if cut is Cut.SILENT else 0)
    await page.close()
    line.cut = None
    again = await phone.new_page()
    await again.goto(line.address + letter_of(opened, 3))
    if cut is Cut.DEAF:
        await expect(again.get_by_role("heading", name=UNSURE)).to_be_visible()
        await expect(again.get_by_text("过一会儿它会自己再交")).to_be_hidden()
        await press(again, "继续交票")
    await assert_counted_once(again, opened, line)


@pytest.mark.parametrize("cut", [Cut.SILENT, Cut.DEAF])
async def test_where_nothing_is_kept_the_page_says_whether_the_vote_came(
    opened: Assembly, line: Line, phone: BrowserContext, cut: Cut
) -> None:
    await phone.add_init_script(NO_STORAGE)
    page = await phone.new_page()
    line.cut = cut
    await confirm(page, opened, line)
    await arrived(opened, line, 1 if cut is Cut.SILENT else 0)
    await page.close()
    line.cut = None
    opened.at(opened.platform.clock.now + timedelta(minutes=5))
    again = await phone.new_page()
    await again.goto(line.address + letter_of(opened, 3))
    await reach_home(again, opened, 3)
    await assert_accessible(again)
    if cut is Cut.SILENT:
        await expect(again.get_by_text("已经投过一次，算进去了，不用再投")).to_be_visible()
        await expect(again.get_by_text("还没有收到过您的票")).to_be_hidden()
    else:
        await expect(again.get_by_text("到现在，还没有收到过您的票。")).to_be_visible()
        await press(again, "没错，继续")
        await answer(again, "同意", "乙")
        await cast(again)
    assert opened.platform.count("ballot") == 1


async def test_where_nothing_is_kept_the_owner_is_asked_to_keep_the_page(
    opened: Assembly, line: Line, phone: BrowserContext
) -> None:
    await phone.add_init_script(NO_STORAGE)
    page = await phone.new_page()
    line.cut = Cut.MIDDLE
    await confirm(page, opened, line)
    await expect(page.get_by_text("请先不要关掉这一页")).to_be_visible()
    await expect(page.get_by_role("button", name="下一位")).to_be_hidden()
    await assert_accessible(page)
    line.cut = None
    await press(page, "继续交票")
    await assert_counted_once(page, opened, line)
