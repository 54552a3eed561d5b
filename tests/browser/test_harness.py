"""The harness itself: Chromium shows the real application, and what must not happen on a page is noticed."""

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.chromium import troubles_of, visit_as
from tests.browser.loopback import on_loopback
from tests.vote.assembly import Assembly


async def test_a_visitor_reads_what_an_open_election_asks(opened: Assembly, page: Page) -> None:
    async with on_loopback(opened.platform) as address:
        await page.goto(f"{address}{opened.pages}")
        await expect(page.get_by_text("是否通过《业主大会议事规则》").first).to_be_visible()
        assert await page.evaluate("document.documentElement.lang") == "zh-CN"


@pytest.mark.parametrize(
    ("fault", "trouble"),
    [
        ("setTimeout(() => { throw new Error('planted') })", "script: planted"),
        ("const s = document.createElement('script'); s.textContent = '1'; document.body.append(s)", "console: "),
        ("fetch('http://127.0.0.1:9/').catch(() => 0)", "console: Connecting to 'http://127.0.0.1:9/' violates"),
    ],
)
async def test_what_goes_wrong_on_a_page_is_noticed(
    opened: Assembly, browser: Browser, fault: str, trouble: str
) -> None:
    context = await visit_as(browser)
    page = await context.new_page()
    troubles = troubles_of(page)
    async with on_loopback(opened.platform) as address:
        await page.goto(f"{address}{opened.pages}")
        assert troubles == []
        await page.evaluate(f"() => {{ {fault} }}")
        await page.wait_for_timeout(300)
    assert any(each.startswith(trouble) for each in troubles), troubles
    await context.close()
