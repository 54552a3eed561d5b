"""Three owners of one family vote on one phone while the connection is gone: each goes first, and no ballot is lost."""

from playwright.async_api import Browser, Page, expect

from tests.browser.chromium import SMALL_PHONE, assert_accessible, keep_picture, visit_as
from tests.browser.loopback import on_loopback
from tests.browser.test_owner import COUNTED, answer, letter_of, press, sign_in
from tests.vote.assembly import Assembly

WAITING = "还不能确定票收到了"


async def test_three_owners_on_one_phone_lose_no_ballot(opened: Assembly, browser: Browser) -> None:
    context = await visit_as(browser, SMALL_PHONE)
    page = await context.new_page()
    async with on_loopback(opened.platform) as address:
        await page.route("**/ballots", lambda route: route.abort("internetdisconnected"))
        for owner in (1, 2):
            await vote(page, opened, address, owner)
            await expect(page.get_by_role("heading", name=WAITING)).to_be_visible()
            await assert_accessible(page)
            await keep_picture(page, "owner-shared-phone-unsent")
            await press(page, "下一位")
            await expect(page.get_by_role("heading", name=WAITING)).to_be_hidden()
            assert await page.evaluate("JSON.stringify(sessionStorage)") == "{}"
        assert opened.platform.count("ballot") == 0
        await page.unroute("**/ballots")
        await vote(page, opened, address, 3)
        await expect(page.get_by_role("heading", name=COUNTED)).to_be_visible()
        assert await page.evaluate("JSON.stringify(localStorage)") == "{}"
    assert opened.platform.count("ballot") == 3
    await context.close()


async def vote(page: Page, assembly: Assembly, address: str, owner: int) -> None:
    """Scan a letter and press 确认投票; what comes then depends on the connection."""
    await page.goto("about:blank")
    await page.goto(address + letter_of(assembly, owner))
    await sign_in(page, assembly, owner)
    await answer(page, "同意", "甲")
    await press(page, "确认投票")
