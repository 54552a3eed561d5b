"""Key-holders and registrars in their browsers, for journeys: who is signed in, what is copied, what is printed."""

from dataclasses import dataclass

import httpx
from playwright.async_api import Browser, BrowserContext, Page, expect

from tests.browser.chromium import DESK, PHONE, troubles_of, visit_as

PRINTED = """
window.printed = [];
window.print = () => {
  window.printed.push(document.getElementById("paper").innerHTML);
  window.dispatchEvent(new Event("afterprint"));
};
"""
"""Takes what would come out of the printer."""


@dataclass
class Person:
    """Somebody in a browser of their own."""

    context: BrowserContext
    page: Page
    troubles: list[str]
    client: httpx.AsyncClient
    """The same session outside of the browser."""
    characters: str = ""

    async def sign_in(self, address: str) -> None:
        """Hand the browser the session."""
        word = self.client.cookies["session"]
        await self.context.add_cookies([{"name": "session", "value": word, "url": address}])

    async def printed(self) -> list[str]:
        """Return what came out of the printer."""
        found: list[str] = await self.page.evaluate("window.printed")
        return found


async def person(browser: Browser, client: httpx.AsyncClient, address: str, *, desk: bool = False) -> Person:
    """Return somebody with a session, at a telephone or a desk."""
    context = await visit_as(browser, DESK if desk else PHONE)
    page = await context.new_page()
    await page.add_init_script(PRINTED)
    made = Person(context, page, troubles_of(page), client)
    await made.sign_in(address)
    return made


async def copy_card(holder: Person) -> None:
    """Press the button, copy the characters, fill in the two that are asked back."""
    page = holder.page
    await page.get_by_role("button", name="我来保管").click()
    items = page.locator("#characters li")
    await expect(items).to_have_count(12)
    holder.characters = "".join(await items.all_text_contents())
    await page.get_by_role("button", name="抄好了").click()
    for field in await page.locator("#asked input").all():
        place = int(await field.get_attribute("data-place") or 0)
        await field.fill(holder.characters[place - 1])
    await page.get_by_role("button", name="对一对").click()


async def type_card(holder: Person, form: str, button: str) -> None:
    """Type the characters of the card."""
    await holder.page.locator(f"#{form}-characters").fill(" ".join(holder.characters))
    await holder.page.locator(f"#{form}").get_by_role("button", name=button).click()
