"""Real Chromium: found or fetched through apt, started without a window, and what every page of ours must keep.

Playwright drives it and brings no browser of its own.
"""

import os
import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, FloatRect, Page, async_playwright

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "scripts" / "chromium"
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
PHONE = {"width": 390, "height": 844}
SMALL_PHONE = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 800}
AXE = ROOT / "static" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
TALLEST = 1600
"""Pixels of a picture in the documents."""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@cache
def chromium() -> str:
    """Return the program, fetched if need be; only VOTE_TEST_WITHOUT=chromium lets a test go without it."""
    if "chromium" in os.environ.get("VOTE_TEST_WITHOUT", "").split(","):
        pytest.skip("VOTE_TEST_WITHOUT=chromium")
    done = subprocess.run([SCRIPT, "--fetch"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = shutil.which("chromium")
    assert found
    return found


@asynccontextmanager
async def browsing(*flags: str) -> AsyncIterator[Browser]:
    """Keep a browser running, with more flags than usual if some are given."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=[*FLAGS, *flags])
        try:
            yield browser
        finally:
            await browser.close()


async def visit_as(browser: Browser, viewport: dict[str, int] = PHONE, **choices: Any) -> BrowserContext:
    """Return a new visitor, who shares nothing with others: by default a phone in China set to Chinese."""
    usual = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "viewport": viewport, "has_touch": viewport != DESK}
    context = await browser.new_context(**{**usual, **choices})
    context.set_default_timeout(15_000)
    return context


async def assert_accessible(page: Page) -> None:
    """Raise unless axe finds nothing against WCAG 2.2 AA on the page as it stands, and it is not wider than its window."""
    # Evaluated from outside, so that the page's own strict policy stays as it is.
    await page.evaluate(AXE.read_text())
    found = await page.evaluate(
        "rules => axe.run(document, {runOnly: rules}).then(done => done.violations.map(each =>"
        " each.id + ': ' + each.nodes.map(node => node.target.join(' ')).join(', ')))",
        list(RULES),
    )
    assert found == [], found
    assert await page.evaluate(WIDER) <= 0, "the page is wider than its window"


def troubles_of(page: Page) -> list[str]:
    """Return a list that fills with what goes wrong on a page: scripts that fail, what its policy blocks, hosts not ours."""
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(f"script: {error}"))
    page.on("console", lambda message: troubles.append(f"console: {message.text}") if message.type == "error" else None)
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith(("http://localhost:", "https://localhost:", "data:", "blob:"))
            else troubles.append(f"elsewhere: {request.url}")
        ),
    )
    return troubles


def photograph(name: str) -> Path | None:
    """Return where a picture belongs if VOTE_PICTURES names a folder, as when pictures of the documents are made."""
    folder = os.environ.get("VOTE_PICTURES")
    return Path(folder) / f"{name}.png" if folder else None


async def keep_picture(page: Page, name: str) -> None:
    """Take the upper part of a page for the documents if VOTE_PICTURES names a folder."""
    if path := photograph(name):
        width, height = await page.evaluate(
            "[innerWidth, document.documentElement.scrollHeight]",
        )
        clip = FloatRect(x=0, y=0, width=width, height=min(height, TALLEST))
        await page.screenshot(path=path, full_page=True, clip=clip)
