"""Every public page in a real browser: accessible in both languages, in light, dark and high contrast, small and with large text."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.chromium import DESK, PHONE, SMALL_PHONE, WIDER, assert_accessible, photograph, visit_as
from tests.browser.loopback import on_loopback
from tests.vote.assembly import ESTATE, Assembly

TOO_WIDE = """[...document.querySelectorAll('body *')].filter(each =>
  each.getBoundingClientRect().right > document.documentElement.clientWidth).map(each => each.outerHTML.slice(0, 120))"""
"""What reaches out of the window."""


def pages_of(assembly: Assembly) -> dict[str, str]:
    return {
        "home": "/",
        "estate": f"/estates/{ESTATE}",
        "election": assembly.pages,
        "result": f"{assembly.pages}/result",
        "participants": f"{assembly.pages}/participants",
        "archive": f"{assembly.pages}/archive",
        "check-start": f"{assembly.pages}/check",
        "missing": "/elections/DQB53CqA1UtMwz",
    }


@asynccontextmanager
async def visiting(assembly: Assembly, browser: Browser, **choices: Any) -> AsyncIterator[tuple[Page, str]]:
    context = await visit_as(browser, **choices)
    async with on_loopback(assembly.platform) as address:
        yield await context.new_page(), address
    await context.close()


async def assert_all_accessible(assembly: Assembly, browser: Browser, *, voted: bool = True) -> None:
    async with visiting(assembly, browser) as (page, address):
        for name, path in pages_of(assembly).items():
            if name == "participants" and not voted:
                continue
            for language in ("zh", "en"):
                await page.goto(f"{address}{path}?lang={language}")
                await assert_accessible(page)


async def test_every_page_is_accessible_when_a_vote_is_sealed(sealed: Assembly, browser: Browser) -> None:
    await assert_all_accessible(sealed, browser, voted=False)


async def test_every_page_is_accessible_while_it_is_open(opened: Assembly, browser: Browser) -> None:
    await assert_all_accessible(opened, browser, voted=False)


async def test_every_page_is_accessible_while_it_is_checked(closed: Assembly, browser: Browser) -> None:
    await assert_all_accessible(closed, browser)


async def test_every_page_is_accessible_with_a_preliminary_result(preliminary: Assembly, browser: Browser) -> None:
    await assert_all_accessible(preliminary, browser)


async def test_every_page_is_accessible_when_it_is_certified(certified: Assembly, browser: Browser) -> None:
    await assert_all_accessible(certified, browser)


@pytest.mark.parametrize(
    ("scheme", "contrast", "viewport"),
    [
        ("light", "no-preference", PHONE),
        ("dark", "no-preference", PHONE),
        ("light", "more", PHONE),
        ("dark", "more", DESK),
        ("light", "no-preference", DESK),
        ("dark", "no-preference", DESK),
    ],
)
async def test_every_page_is_accessible_in_every_look(
    certified: Assembly, browser: Browser, scheme: str, contrast: str, viewport: dict[str, int]
) -> None:
    choices = {"viewport": viewport, "color_scheme": scheme, "contrast": contrast}
    async with visiting(certified, browser, **choices) as (page, address):
        for name, path in pages_of(certified).items():
            await page.goto(f"{address}{path}")
            await assert_accessible(page)
            if picture := photograph(f"{name}-{scheme}-{contrast}-{viewport['width']}"):
                await page.screenshot(path=picture, full_page=True)


async def test_nothing_is_wider_than_the_smallest_phone_or_with_large_text(
    certified: Assembly, browser: Browser
) -> None:
    async with visiting(certified, browser, viewport=SMALL_PHONE) as (page, address):
        for size in (100, 200):
            for path in pages_of(certified).values():
                for language in ("zh", "en"):
                    await page.goto(f"{address}{path}?lang={language}")
                    await page.evaluate(
                        "size => { const sheet = new CSSStyleSheet(); sheet.replaceSync("
                        "`html { font-size: ${size * 1.125}% !important }`);"
                        " document.adoptedStyleSheets = [sheet]; }",
                        size,
                    )
                    assert await page.evaluate(WIDER) <= 0, (path, size, language, await page.evaluate(TOO_WIDE))


async def test_with_the_keyboard_one_skips_to_the_content_and_sees_where_one_is(
    opened: Assembly, browser: Browser
) -> None:
    async with visiting(opened, browser, viewport=DESK) as (page, address):
        await page.goto(f"{address}/estates/{ESTATE}")
        await page.keyboard.press("Tab")
        await expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
        await expect(page.get_by_role("link", name="跳到正文")).to_be_in_viewport()
        await page.keyboard.press("Enter")
        await page.keyboard.press("Tab")
        focused = "document.activeElement.textContent.trim()"
        assert await page.evaluate(focused) == "2026年业主大会"
        outline = "getComputedStyle(document.activeElement).outlineStyle"
        assert await page.evaluate(outline) == "solid"
        await page.keyboard.press("Tab")
        assert await page.evaluate(focused) == "我要投票"
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/vote")


async def test_the_other_language_shows_the_same_page(opened: Assembly, browser: Browser) -> None:
    async with visiting(opened, browser) as (page, address):
        await page.goto(f"{address}{opened.pages}?tracker={'A' * 43}")
        await page.get_by_role("link", name="English").click()
        assert page.url.startswith(f"{address}{opened.pages}?")
        assert "tracker=" in page.url
        await expect(page.get_by_text("There is no such ballot")).to_be_visible()
        await expect(page.locator("html")).to_have_attribute("lang", "en")


async def test_a_result_is_read_in_charts_and_in_tables(preliminary: Assembly, browser: Browser) -> None:
    async with visiting(preliminary, browser) as (page, address):
        await page.goto(f"{address}{preliminary.pages}/result")
        assert await page.locator("svg.bar .mark").count() >= 4
        assert await page.locator("svg.bar:not([aria-hidden])").count() == 0
        await expect(page.get_by_role("table").first).to_be_visible()
        await page.emulate_media(media="print")
        await expect(page.get_by_role("link", name="English")).to_be_hidden()
        if picture := photograph("result-print"):
            await page.screenshot(path=picture, full_page=True)


async def test_own_colours_are_kept(certified: Assembly, browser: Browser) -> None:
    async with visiting(certified, browser, forced_colors="active") as (page, address):
        await page.goto(f"{address}{certified.pages}/result")
        fill = "getComputedStyle(document.querySelector('svg.bar .part')).fill"
        track = "getComputedStyle(document.querySelector('svg.bar .track')).fill"
        assert await page.evaluate(fill) != await page.evaluate(track)
        if picture := photograph("result-forced"):
            await page.screenshot(path=picture, full_page=True)
