"""Key-holders and registrars in their browsers, for journeys: who is signed in, what is copied, what is printed."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from playwright.async_api import Browser, BrowserContext, Page, expect
from typer.testing import CliRunner

from tests.browser.chromium import DESK, PHONE, assert_accessible, photograph, troubles_of, visit_as
from tests.vote.account.signing_in import as_duty
from tests.vote.assembly import Assembly, People
from tests.vote.conftest import AREAS, ASKS
from tests.vote.platform import Platform
from vote.trustee.command import app

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


async def prepared(platform: Platform, **changes: Any) -> Assembly:
    """Return an election that waits for keys and letters."""
    assembly = Assembly(platform, People(AREAS, ASKS))
    await assembly.import_roll()
    await assembly.prepare(**changes)
    return assembly


async def holders_of(assembly: Assembly, browser: Browser, address: str, several: int = 3) -> list[Person]:
    """Return the first `several` key-holders, each in a browser of their own, on their page."""
    numbers = range(1, several + 1)
    clients = [await as_duty(assembly, "trustee", number, name=f"开箱人{number}") for number in numbers]
    holders = [await person(browser, client, address) for client in clients]
    for holder in holders:
        await holder.page.goto(f"{address}/holders/{assembly.uuid}")
    return holders


async def picture(page: Page, name: str) -> None:
    """Keep a picture where the names of pictures are asked for."""
    if path := photograph(name):
        await page.screenshot(path=path, full_page=True)


async def open_box(holder: Person, assembly: Assembly, address: str) -> None:
    """Type the card, let the telephone count, and hand in the part."""
    page = holder.page
    await page.goto(f"{address}/holders/{assembly.uuid}")
    await picture(page, "holders-open")
    await page.get_by_text("卡上“开过箱”一栏是空的").click()
    await type_card(holder, "open", "核对选票")
    await expect(page.locator("#total")).to_contain_text("3票计入", timeout=60_000)
    await assert_accessible(page)
    await page.get_by_role("button", name="交出我的一份，开箱").click()
    await expect(page.get_by_role("heading", name="您的一份已经交出")).to_be_visible()


@dataclass
class Commanded:
    """The third key-holder, who types commands; staff carry the files."""

    assembly: Assembly
    folder: Path

    async def begin(self) -> None:
        """Take the place."""
        invitations = json.loads(await self.assembly.platform.get(f"{self.assembly.api}/invitations"))
        self._path("invitation").write_text(json.dumps(invitations[2], ensure_ascii=False))
        await self._run("begin", "invitation", "state", "post")

    async def next(self) -> None:
        """Take the step that is due."""
        self._path("board").write_bytes(await self.assembly.platform.get(f"{self.assembly.api}/board"))
        await self._run("next", "state", "board", "post")

    async def attempt(self) -> None:
        """Show that the key opens."""
        self._path("trustees").write_bytes(await self.assembly.platform.get(f"{self.assembly.api}/trustees.json"))
        await self._run("try", "state", "trustees", "trial")

    async def _run(self, command: str, *files: str) -> None:
        options = [word for name in files for word in (f"--{name}", str(self._path(name)))]
        done = CliRunner().invoke(app, [command, *options])
        assert done.exit_code == 0, done.output
        key, handed = self.assembly.people.trustee_keys[2], files[-1]
        path = f"{self.assembly.api}/trustees/3/{'trial' if handed == 'trial' else 'posts'}"
        await self.assembly.platform.post(path, key=key, content=self._path(handed).read_bytes())

    def _path(self, name: str) -> Path:
        return self.folder / name
