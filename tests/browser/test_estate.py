"""An owner looks at an estate, comes back, sees what was added, and is told where the record is not what it was."""

import pytest
from playwright.async_api import Browser, expect

from tests.browser.chromium import DESK, PHONE, WIDER, assert_accessible, keep_picture, troubles_of, visit_as
from tests.browser.loopback import on_loopback
from tests.browser.test_public import TOO_WIDE
from tests.vote.assembly import ESTATE, PLACE
from tests.vote.oversight.book.made import STAFF, keep_books, new
from tests.vote.platform import Platform, read_here

LONG = 30_000
PAGE = f"/estates/{ESTATE}"


@pytest.fixture
async def kept(platform: Platform, monkeypatch: pytest.MonkeyPatch) -> str:
    """The number of the decision of an estate with books."""
    read_here(monkeypatch)
    await platform.post("/api/estates", json=PLACE)
    record = await keep_books(platform)
    await platform.services["worker"].log_once()
    return record


async def test_an_owner_sees_what_was_added_since_the_last_look(
    platform: Platform, kept: str, browser: Browser
) -> None:
    async with on_loopback(platform) as address:
        context = await visit_as(browser)
        page = await context.new_page()
        troubles = troubles_of(page)
        await page.goto(f"{address}{PAGE}?lang=zh")
        told = page.locator("#since-verdict")
        await expect(told).to_contain_text("这台设备第一次看", timeout=LONG)
        await expect(page.locator("#since-more")).to_be_hidden()
        await page.reload()
        await expect(told).to_contain_text("和上次看到的一样，60条", timeout=LONG)

        await platform.services["books"].enter_all(ESTATE, [new(kept), new(kept)], STAFF)
        await platform.services["worker"].log_once()
        await page.reload()
        await expect(told).to_contain_text("上次看到的60条都在，没有改动；新增2条", timeout=LONG)
        for name, view in (("phone", PHONE), ("desk", DESK)):
            await page.set_viewport_size(view)
            assert await page.evaluate(WIDER) <= 0, await page.evaluate(TOO_WIDE)
            await assert_accessible(page)
            await keep_picture(page, f"estate-{name}")
        await page.get_by_role("link", name="看新增了什么").click()
        await expect(page.get_by_text("从第61条到第62条，一共62条")).to_be_visible()
        await expect(page.locator("main .lines li")).to_have_count(1)
        for language in ("en", "zh"):
            for path in ("changes", "changes?since=99", "month/2026-11", "search?q=停车", "search?q=没有"):
                await page.goto(f"{address}{PAGE}/{path}{'&' if '?' in path else '?'}lang={language}")
                for name, view in (("phone", PHONE), ("desk", DESK)):
                    await page.set_viewport_size(view)
                    assert await page.evaluate(WIDER) <= 0, (path, await page.evaluate(TOO_WIDE))
                    await assert_accessible(page)
                    if language == "zh":
                        await keep_picture(page, f"estate-{path.replace('/', '-').replace('?', '-')}-{name}")
        assert troubles == []


async def test_a_record_that_does_not_continue_is_told_in_red(platform: Platform, kept: str, browser: Browser) -> None:
    async with on_loopback(platform) as address:
        context = await visit_as(browser)
        page = await context.new_page()
        await page.goto(f"{address}{PAGE}?lang=zh")
        await expect(page.locator("#since-verdict")).to_contain_text("这台设备第一次看", timeout=LONG)
        before = await page.evaluate("({...localStorage})")
        await platform.services["books"].enter_all(ESTATE, [new(kept)], STAFF)
        await platform.services["worker"].log_once()
        # Its server goes on as if the entry had never been there: it serves the checkpoint of before again.
        old = await page.request.get(f"{address}/log/{ESTATE}/checkpoint")
        assert old.ok
        await page.reload()
        await expect(page.locator("#since-verdict")).to_contain_text("新增1条", timeout=LONG)
        ((_, note),) = before.items()
        await page.route("**/log/*/checkpoint", lambda route: route.fulfill(body=note.encode()))
        await page.reload()
        red = page.get_by_role("alert")
        await expect(red).to_contain_text("公开记录变少了", timeout=LONG)
        await expect(red).to_contain_text("告诉邻居和街道")
        await expect(page.locator("#since-more")).to_be_hidden()
        await assert_accessible(page)
        for name, view in (("phone", PHONE), ("desk", DESK)):
            await page.set_viewport_size(view)
            await keep_picture(page, f"estate-shrunk-{name}")
        after = await page.evaluate("({...localStorage})")
        assert after != before
        await page.reload()
        await expect(red).to_contain_text("公开记录变少了", timeout=LONG)
        assert await page.evaluate("({...localStorage})") == after
