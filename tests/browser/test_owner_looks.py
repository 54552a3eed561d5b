"""What an owner sees of looks at the owner's data, and what everybody does."""

from unittest.mock import AsyncMock

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.chromium import DESK, PHONE, assert_accessible, keep_picture, troubles_of, visit_as
from tests.browser.loopback import on_loopback
from tests.browser.test_owner import letter_of, press
from tests.vote.account.signing_in import signed_in
from tests.vote.assembly import Assembly, phone_of
from vote.role import Scope


async def go_home(page: Page, assembly: Assembly, address: str, language: str) -> None:
    """Go with letter and code to the step that shows the homes."""
    english = language == "en"
    await page.goto(address + letter_of(assembly, 1).replace("#", f"?lang={language}#"))
    await page.get_by_label("I am the owner" if english else "我是业主本人").check()
    await press(page, "Next" if english else "下一步")
    await press(page, "Send me a code" if english else "获取验证码")
    await expect(page.locator("#sent")).not_to_be_empty()
    await page.locator("#code").fill(assembly.platform.phones.code(f"+86{phone_of(1)}"))
    await press(page, "Next" if english else "下一步")


@pytest.mark.parametrize("viewport", [PHONE, DESK])
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_looks_are_told(opened: Assembly, browser: Browser, viewport: dict[str, int], language: str) -> None:
    clerk = await signed_in(opened.platform, Scope(estate="xinyuan"), name="社区王敏")
    assert (await clerk.get(f"/work/rolls/{opened.people.roll}/phones")).status_code == 200
    context = await visit_as(browser, viewport)
    english = language == "en"
    async with on_loopback(opened.platform) as address:
        page = await context.new_page()
        troubles = troubles_of(page)
        await page.goto(f"{address}{opened.pages}?lang={language}")
        await page.locator("#deeds summary").click()
        seen = "Looked at an owner’s telephone · times: 1" if english else "看了业主电话 · 1次"
        await expect(page.locator("#deeds")).to_contain_text(seen)
        await assert_accessible(page)
        await page.locator("#deeds").scroll_into_view_if_needed()
        await keep_picture(page, f"deeds-{language}-{viewport['width']}")
        await go_home(page, opened, address, language)
        await keep_picture(page, f"home-{language}-{viewport['width']}")
        await page.locator("#to-looks").click()
        await expect(page.locator("#looks")).to_contain_text("社区王敏")
        await assert_accessible(page)
        await keep_picture(page, f"looks-{language}-{viewport['width']}")
        await press(page, "Done, go back" if english else "看完了，回去")
        await expect(page.locator("#to-looks")).to_be_visible()
    assert troubles == []
    await context.close()


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_an_owner_whom_nobody_looked_at_is_told_so(
    opened: Assembly, browser: Browser, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr("vote.account.events.EventService.of_owner", AsyncMock(return_value=[]))
    context, english = await visit_as(browser), language == "en"
    async with on_loopback(opened.platform) as address:
        page = await context.new_page()
        await go_home(page, opened, address, language)
        await page.locator("#to-looks").click()
        await expect(page.locator("#no-looks")).to_have_text(
            "Nobody has looked so far." if english else "到现在没有人看过。"
        )
        await expect(page.locator("#looks")).to_be_hidden()
        await assert_accessible(page)
    await context.close()
