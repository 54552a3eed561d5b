"""Everybody of an election in a browser of their own: they open links, press what is written there, and come back later."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

from playwright.async_api import Browser, BrowserContext, Page, expect

from tests.browser.chromium import DESK, PHONE, troubles_of, visit_as
from tests.browser.holders import PRINTED
from tests.browser.loopback import on_loopback
from tests.browser.test_sign_in import add_device
from tests.vote.platform import Platform
from vote.account.site import find_site

SIGN_IN = "用指纹、人脸或锁屏密码登录"

COMES_OUT = """
new Promise(done => {
  const look = () => window.printed.length ? done(window.printed.splice(0)) : setTimeout(look, 50);
  look();
})
"""
"""Waits for the printer."""


@dataclass
class Human:
    """Somebody in front of a screen."""

    name: str
    context: BrowserContext
    page: Page
    troubles: list[str]
    characters: str = ""
    """On the card of a key-holder."""

    async def press(self, name: str) -> None:
        """Press a button."""
        await self.page.get_by_role("button", name=name, exact=True).locator("visible=true").click()

    async def follow(self, name: str) -> None:
        """Follow a link of the page."""
        await self.page.get_by_role("link", name=name).locator("visible=true").first.click()

    async def fill(self, **fields: str) -> None:
        """Fill fields in, by how their labels begin."""
        for label, text in fields.items():
            await self.page.get_by_label(re.compile(f"^{label}")).fill(text)

    async def sees(self, *texts: str) -> None:
        """Hold that the page shows this."""
        for text in texts:
            await expect(self.page.get_by_text(text).locator("visible=true").first).to_be_visible()

    async def heads(self, name: str) -> None:
        """Hold that the page or a part of it has this heading."""
        await expect(self.page.get_by_role("heading", name=name).locator("visible=true").first).to_be_visible()

    async def finds_tabs(self, *names: str) -> None:
        """Hold that the page leads to these pages about the election and to no others."""
        tabs = self.page.get_by_role("navigation", name="这次投票").get_by_role("link")
        await expect(tabs).to_have_text(names)

    async def join(self, link: str, work: str = "去办") -> None:
        """Open an invitation, make an account that this device opens, and go to the work."""
        await self.page.goto(link)
        await self.heads("您收到一个邀请")
        await self.page.get_by_label("姓名", exact=True).fill(self.name)
        await self.press("用指纹、人脸或锁屏密码开通")
        await self.heads(self.name)
        await self.sees("最后一步：打印备用码")
        await self.follow(work)

    async def come_back(self, work: str = "") -> None:
        """Open the page that was left open, sign in if it asks for that, and go to today's work or one's duty."""
        await self.page.reload()
        today = self.page.get_by_role("link", name="今天", exact=True)
        asks = self.page.get_by_role("button", name=SIGN_IN)
        enter = self.page.get_by_role("link", name="登录", exact=True)
        await expect(today.or_(asks).or_(enter).first).to_be_visible()
        if not await today.first.is_visible():
            if not await asks.is_visible():
                await enter.click()
            await asks.click()
            await expect(today.first).to_be_visible()
        await today.first.click()
        await self.heads("今天")
        if work:
            await self.follow(work)

    async def last_print(self) -> str:
        """Return what came out of the printer last."""
        found: list[str] = await self.page.evaluate(COMES_OUT)
        return found[-1]


@dataclass
class Town:
    """Everybody, and the one clock that they and the platform look at."""

    platform: Platform
    browser: Browser
    address: str
    people: list[Human] = field(default_factory=list)

    async def comes(self, name: str, *, desk: bool = False) -> Human:
        """Return somebody new, at a telephone or a desk."""
        context = await visit_as(self.browser, DESK if desk else PHONE, accept_downloads=True)
        await context.clock.set_fixed_time(self.platform.clock.now)
        page = await context.new_page()
        await page.add_init_script(PRINTED)
        await add_device(page)
        human = Human(name, context, page, troubles_of(page))
        self.people.append(human)
        return human

    async def leaves(self, human: Human) -> None:
        """Let somebody go for good, of whom nothing may have gone wrong."""
        assert human.troubles == [], human.name
        self.people.remove(human)
        await human.context.close()

    async def wait_until(self, moment: datetime) -> None:
        """Let time pass."""
        self.platform.clock.now = moment
        for human in self.people:
            await human.context.clock.set_fixed_time(moment)


@asynccontextmanager
async def living(platform: Platform, browser: Browser) -> AsyncIterator[Town]:
    """Serve the platform to people with browsers, under an address that its links and passkeys name too."""
    async with on_loopback(platform) as address:
        services = platform.services
        assert isinstance(services, dict)
        services["passkeys"] = replace(services["passkeys"], site=find_site(address))
        services["settings"] = services["settings"].model_copy(update={"public_url": address})
        town = Town(platform, browser, address)
        try:
            yield town
        except Exception as error:
            for human in town.people:
                error.add_note(f"{human.name}, {human.page.url}: {await human.page.locator('body').inner_text()}")
            raise
        for human in tuple(town.people):
            await town.leaves(human)
