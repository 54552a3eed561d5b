"""Work from signing in to a form that is kept, with Tab, Enter and Space and what one types, and nothing else."""

import re

from playwright.async_api import Browser, Locator, Page, expect

from tests.browser.chromium import PHONE, troubles_of, visit_as
from tests.browser.loopback import on_loopback
from tests.vote.assembly import Assembly
from vote.role import Scope

FURTHEST = 60
"""Presses of Tab until a control must have been reached."""


async def reach(page: Page, control: Locator) -> None:
    """Go to a control with Tab; what has the focus on the way must be seen in the window."""
    for _ in range(FURTHEST):
        await page.keyboard.press("Tab")
        if await control.evaluate("each => each === document.activeElement"):
            await expect(control).to_be_in_viewport()
            return
    raise AssertionError(f"not reached: {control}, but {await page.evaluate('document.activeElement.outerHTML')}")


async def follow(page: Page, name: str) -> None:
    """Go to a link of the content and open it."""
    await reach(page, page.get_by_role("main").get_by_role("link", name=name).first)
    await page.keyboard.press("Enter")


async def test_from_a_code_over_today_to_a_letter_that_arrived(opened: Assembly, browser: Browser) -> None:
    people, recoveries = opened.platform.services["accounts"], opened.platform.services["recoveries"]
    account = await people.add("社区甲")
    await people.grant(account, Scope())
    code = (await recoveries.make(account))[0]
    context = await visit_as(browser, PHONE)
    page = await context.new_page()
    troubles = troubles_of(page)
    async with on_loopback(opened.platform) as address:
        await page.goto(f"{address}/sign-in")
        await reach(page, page.get_by_role("textbox", name="备用码"))
        await page.keyboard.type(code)
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", name="今天", exact=True)).to_be_visible()

        await follow(page, "看多少人投了")
        await expect(page.get_by_role("heading", name="2026年业主大会", level=1)).to_be_visible()
        await follow(page, "去登记送信")

        await expect(page.get_by_role("heading", level=1)).to_be_visible()
        await reach(page, page.get_by_role("link", name=re.compile("^3幢")))
        await page.keyboard.press("Enter")
        await reach(page, page.locator("input[name=letter]").first)
        await page.keyboard.press("Space")
        await reach(page, page.locator("#carrier"))
        await page.keyboard.type("社区甲")
        await reach(page, page.locator("#write button"))
        await page.keyboard.press("Space")
        await expect(page.get_by_role("link", name="3幢 1/5")).to_be_visible()
    assert troubles == []
    await context.close()
