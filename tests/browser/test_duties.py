"""The boards of duties with a year of an estate of a usual size, on a phone and on a desk, as everybody and as a committee see them."""

import pytest
from playwright.async_api import Browser, BrowserContext, Page

from tests.browser.chromium import PHONE, WIDER, assert_accessible, keep_picture, photograph, troubles_of, visit_as
from tests.browser.loopback import on_loopback
from tests.browser.test_public import TOO_WIDE
from tests.vote.account.signing_in import signed_in
from tests.vote.assembly import ESTATE, PLACE
from tests.vote.oversight.duty.made import BOARD, keep_a_year
from tests.vote.platform import Platform, read_here
from vote.role import Role, Scope

DESK = {"width": 1280, "height": 800}
SIZES = {"phone": PHONE, "desk": DESK}


@pytest.fixture
async def overdue(platform: Platform, monkeypatch: pytest.MonkeyPatch) -> str:
    """The duty that is overdue in a year of an estate."""
    read_here(monkeypatch)
    await platform.post("/api/estates", json=PLACE)
    return await keep_a_year(platform)


async def _look(page: Page, address: str, path: str, name: str) -> str:
    """Open a page in all sizes and both languages, and return its words in Chinese."""
    words = ""
    for language in ("en", "zh"):
        await page.goto(f"{address}{path}?lang={language}")
        for size, view in SIZES.items():
            await page.set_viewport_size(view)
            assert await page.evaluate(WIDER) <= 0, (path, language, await page.evaluate(TOO_WIDE))
            await assert_accessible(page)
            if language == "zh":
                await keep_picture(page, f"duties-{name}-{size}")
        words = await page.locator("main").inner_text()
    return words


async def _signed_in(browser: Browser, platform: Platform, address: str, role: Role) -> BrowserContext:
    context: BrowserContext = await visit_as(browser)
    client = await signed_in(platform, Scope(estate=ESTATE, role=role), name="周建国")
    await context.add_cookies([{"name": "session", "value": client.cookies["session"], "url": address}])
    await client.aclose()
    return context


async def test_everybody_sees_what_is_owed_and_what_was_not_published(
    platform: Platform, overdue: str, browser: Browser
) -> None:
    async with on_loopback(platform) as address:
        context = await visit_as(browser)
        page = await context.new_page()
        troubles = troubles_of(page)
        board = await _look(page, address, BOARD, "board")
        for words in (
            "未见公开记录",
            "不等于没有办",
            "地下车库东侧排水泵维修",
            "物业公司上一年的履约和收支",
            "2026年公开的",
        ):
            assert words in board, words
        assert "只有业委会和社区看得到" not in board
        shown = await _look(page, address, f"{BOARD}/{overdue}", "one")
        for words in ("地下车库东侧排水泵维修", "24,690.00", "周建国", "业主可以做什么"):
            assert words in shown, words
        assert "就是这份记录" not in shown
        county = await _look(page, address, "/duties", "county")
        assert "春江花园（三期）" in county
        await page.goto(f"{address}{BOARD}?lang=zh")
        await page.locator("details summary").first.click()
        await page.locator("#done").evaluate("each => each.scrollIntoView()")
        assert await page.locator("details[open] li").count() > 40
        if path := photograph("duties-board-open"):
            await page.screenshot(path=path)
        assert troubles == []
        await context.close()


async def test_the_committee_enters_what_happened_and_names_the_record_that_shows_it(
    platform: Platform, overdue: str, browser: Browser
) -> None:
    async with on_loopback(platform) as address:
        context = await _signed_in(browser, platform, address, Role.COMMITTEE)
        page = await context.new_page()
        assert "只有业委会和社区看得到" in await _look(page, address, BOARD, "committee")
        await _look(page, address, f"{BOARD}/happenings", "happenings")
        await page.get_by_label("什么事").select_option("audited")
        await page.get_by_label("哪天").fill("2026-11-19")
        await page.get_by_role("button", name="填好了").click()
        await page.get_by_role("heading", name="已经填的").wait_for()
        assert "审计完成" in await page.locator("section:has(#entered)").inner_text()
        await _look(page, address, f"{BOARD}/reminders", "reminders")
        await page.get_by_label("手机号").fill("138 0013 8000")
        await page.get_by_role("button", name="加上").click()
        await page.get_by_text("尾号8000").first.wait_for()
        await _look(page, address, f"{BOARD}/{overdue}", "fulfil")
        await page.get_by_label("哪份记录").select_option(index=1)
        await page.get_by_role("button", name="就是这份记录").click()
        await page.get_by_text("晚公开").wait_for()
        await context.close()


async def test_staff_take_back_what_was_entered_by_mistake(platform: Platform, overdue: str, browser: Browser) -> None:
    async with on_loopback(platform) as address:
        context = await _signed_in(browser, platform, address, Role.STAFF)
        page = await context.new_page()
        await page.goto(f"{address}{BOARD}/happenings?lang=zh")
        await page.locator("details summary").first.click()
        assert "备案的内容有变更" in await page.locator("section:has(#entered)").inner_text()
        await _picture_of_withdrawal(page)
        await page.locator("details[open] input[type=checkbox]").check()
        await page.get_by_role("button", name="撤销", exact=True).first.click()
        await page.get_by_role("heading", name="已经填的").wait_for()
        assert "备案的内容有变更" not in await page.locator("section:has(#entered)").inner_text()
        await _look(page, address, f"{BOARD}/reminders", "keeping")
        await context.close()


async def _picture_of_withdrawal(page: Page) -> None:
    for size, view in SIZES.items():
        await page.set_viewport_size(view)
        await assert_accessible(page)
        await keep_picture(page, f"duties-withdraw-{size}")
