"""An owner who reads English sees no Chinese but names, and every step keeps to WCAG in each colour scheme."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from playwright.async_api import Browser, Page, expect

from tests.browser.chromium import assert_accessible, visit_as
from tests.browser.loopback import on_loopback
from tests.browser.test_owner import letter_of, press
from tests.browser.test_owner_cases import SPEECH
from tests.vote.account.signing_in import as_duty
from tests.vote.assembly import Assembly, phone_of
from vote.credential.code import MOST_TRIES

MEDIA: Mapping[str, Mapping[str, Any]] = {
    "light": {"color_scheme": "light", "contrast": "no-preference", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "contrast": "no-preference", "forced_colors": "none"},
    "high contrast": {"color_scheme": "light", "contrast": "more", "forced_colors": "none"},
    "dark high contrast": {"color_scheme": "dark", "contrast": "more", "forced_colors": "none"},
    "forced colours": {"color_scheme": "light", "contrast": "no-preference", "forced_colors": "active"},
}
CHINESE_SAID_IN_ENGLISH = r"""() => {
  const han = /[\u3001\u3002\u3010\u3011\u3400-\u9fff\uff01-\uff1f]/;
  const english = (each) => !(each.closest('[lang]')?.lang ?? '').startsWith('zh');
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const {parentElement, data} = texts.currentNode;
    if (han.test(data) && english(parentElement) && !parentElement.closest('script')) found.push(data.trim());
  }
  for (const name of ['aria-label', 'alt', 'placeholder', 'title', 'aria-description', 'content']) {
    for (const each of document.querySelectorAll(`body [${name}], meta[${name}]`)) {
      if (han.test(each.getAttribute(name)) && english(each)) found.push(`${name}: ${each.getAttribute(name)}`);
    }
  }
  return found;
}"""
"""Of the whole page, its hidden steps too; the page's title bears the name that the vote has."""


class Look:
    """Collects what is wrong, so that one run tells all."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.wrong: list[str] = []

    async def at(self, where: str) -> None:
        """Look at the page as it stands now."""
        page = self.page
        assert await page.evaluate("document.documentElement.lang") == "en"
        self.wrong += [f"{where}: {each}" for each in await page.evaluate(CHINESE_SAID_IN_ENGLISH)]
        for name, media in MEDIA.items():
            await page.emulate_media(**media)
            try:
                await assert_accessible(page)
            except AssertionError as error:
                self.wrong.append(f"{where}, {name}: {str(error).splitlines()[0]}")
        await page.emulate_media(**MEDIA["light"])

    def done(self) -> None:
        """Raise with everything that was found."""
        assert self.wrong == [], "\n".join(self.wrong)


def english(path: str) -> str:
    """Return an address in English."""
    before, hash_, behind = path.partition("#")
    return f"{before}{'&' if '?' in before else '?'}lang=en{hash_}{behind}"


async def reach_home(page: Page, assembly: Assembly, owner: int, look: Look | None = None) -> None:
    """Get from the opened letter to the homes, looking at each step if asked to."""
    await expect(page.get_by_role("heading", name="Who is voting?")).to_be_visible()
    if look:
        await press(page, "Next")
        await look.at("nobody chosen")
    await page.get_by_label("I am the owner").check()
    await press(page, "Next")
    if look:
        await look.at("code")
    await press(page, "Send me a code")
    await expect(page.get_by_text(f"Sent to the number ending in {phone_of(owner)[-4:]}")).to_be_visible()
    if look:
        await look.at("code sent")
    await page.get_by_label("Code of 6 digits").fill(assembly.platform.phones.code(f"+86{phone_of(owner)}"))
    await press(page, "Next")
    await expect(page.get_by_text("counted as 1 owner")).to_be_visible()


async def test_every_step_in_english(opened: Assembly, browser: Browser) -> None:
    await opened.cast(2, [[0, 1, 0], [1, 0, 0, 0]])
    opened.at(opened.platform.clock.now.replace(hour=3))
    page = await (await visit_as(browser, locale="en-GB")).new_page()
    look = Look(page)
    async with on_loopback(opened.platform) as address:
        await page.goto(address + english(letter_of(opened, 2)))
        await reach_home(page, opened, 2, look)
        await expect(page.get_by_role("button", name="That was not me")).to_be_visible()
        await look.at("homes, voted before")
        await press(page, "That was not me")
        await look.at("dispute")
        await page.locator("form[data-step=dispute] button[type=submit]").click()
        await expect(page.get_by_text("Written down as number 1.")).to_be_visible()
        await look.at("disputed")
        await page.locator("form[data-step=disputed] button[type=submit]").click()
        await expect(page.get_by_text("Question 1 of 2")).to_be_visible()
        await press(page, "Next")
        await expect(page.get_by_text("Choose one. If you cannot decide, abstain.")).to_be_visible()
        await look.at("question without an answer")
        await page.get_by_label("同意", exact=True).check()
        await press(page, "Next")
        for name in ("甲", "乙", "丙"):
            await page.get_by_label(name, exact=True).check()
        await press(page, "Next")
        await look.at("too many marked")
        for name in ("乙", "丙"):
            await page.get_by_label(name, exact=True).uncheck()
        await press(page, "Next")
        await look.at("review")
        await page.route("**/ballots", lambda route: route.abort("connectionreset"))
        await press(page, "Cast my vote")
        await expect(page.get_by_role("heading", name="Not certain yet")).to_be_visible()
        await look.at("unsent")
        await page.unroute("**/ballots")
        await press(page, "Go on casting")
        await expect(page.get_by_role("heading", name="your vote is counted")).to_be_visible()
        await look.at("done")
        words = await page.locator("#receipt").inner_text()
        receipt = f"{address}{opened.pages}/receipt"
        for where, asked in (
            ("found", words),
            ("not counted", "青麦·豪鹰·歌园·顺岛"),
            ("no words of receipts", "青竹·白鹭·石桥·春茶"),
            ("no words", "甲"),
        ):
            await page.goto(english(f"{receipt}?words={asked}"))
            await look.at(f"receipt, {where}")
        for name in ("", "/titles", "/papers"):
            await page.goto(english(address + opened.pages + name))
            await look.at(name or "the election")
    look.done()


async def test_every_refusal_in_english(opened: Assembly, browser: Browser) -> None:
    page = await (await visit_as(browser, locale="en-GB")).new_page()
    look = Look(page)
    async with on_loopback(opened.platform) as address:
        await page.goto(english(f"{address}{opened.pages}/vote"))
        await look.at("letter")
        await press(page, "Next")
        await look.at("letter not typed")
        await page.get_by_label("Number of the letter").fill("ACVP-88QC")
        await page.get_by_label("Voting code").fill(opened.people.credentials[3])
        await press(page, "Next")
        await page.get_by_label("I am the owner").check()
        await press(page, "Next")
        await press(page, "Send me a code")
        await expect(page.get_by_text("No letter in force has this number.")).to_be_visible()
        await look.at("wrong number, or a letter that is void")

        await page.goto("about:blank")
        await page.goto(address + english(letter_of(opened, 3)))
        await page.get_by_label("I am the owner").check()
        await press(page, "Next")
        await press(page, "Send me a code")
        await expect(page.get_by_text("Sent to the number")).to_be_visible()
        sent = opened.platform.phones.code(f"+86{phone_of(3)}")
        wrong = f"{(int(sent) + 1) % 10**6:06}"
        for _ in range(MOST_TRIES):
            await page.get_by_label("Code of 6 digits").fill(wrong)
            await press(page, "Next")
            await expect(page.locator("#trouble")).to_be_visible()
            await expect(page.locator("form[aria-busy]")).to_have_count(0)
        await expect(page.get_by_text(f"typed wrong {MOST_TRIES} times and is void")).to_be_visible()
        await look.at("code locked")
        await page.reload()
        await press(page, "Send me a code")
        await expect(page.get_by_text("A code was just sent.")).to_be_visible()
        await look.at("code too soon")

        opened.platform.clock.now += timedelta(days=60)
        await press(page, "Send me a code")
        await expect(page.get_by_text("Voting is over; this vote is too late")).to_be_visible()
        await look.at("closed meanwhile")
    look.done()


async def test_too_early_and_too_late_in_english(sealed: Assembly, browser: Browser) -> None:
    page = await (await visit_as(browser, locale="en-GB")).new_page()
    look = Look(page)
    async with on_loopback(sealed.platform) as address:
        await page.goto(address + english(letter_of(sealed, 4)))
        await expect(page.get_by_role("heading", name="Voting has not opened yet")).to_be_visible()
        await look.at("too early")
        await page.goto(english(f"{address}{sealed.pages}/receipt"))
        await look.at("receipt, too early")
        await sealed.open()
        await sealed.close()
        await page.goto(english(f"{address}{sealed.pages}/vote"))
        await expect(page.get_by_role("heading", name="Voting is over")).to_be_visible()
        await look.at("too late")
        await page.goto(english(f"{address}/elections/nothing/vote"))
        await look.at("no such vote")
    look.done()


async def test_large_type_and_the_tablet_of_the_desk_in_english(opened: Assembly, browser: Browser) -> None:
    page = await (await visit_as(browser, locale="en-GB")).new_page()
    await page.add_init_script(SPEECH)
    await page.clock.install()
    look = Look(page)
    async with on_loopback(opened.platform) as address:
        await page.goto(address + english(letter_of(opened, 1)))
        await press(page, "Large type")
        await expect(page.get_by_role("button", name="Read aloud")).to_be_visible()
        await look.at("large type")
        assert [(lang, rate) for lang, rate, _ in await page.evaluate("window.spoken")] == [("en", 0.85)]
        await page.goto(address + english(letter_of(opened, 1).replace("/vote#", "/vote?desk#")))
        await look.at("tablet")
        await page.clock.fast_forward(61_000)
        await expect(page.locator("#cover")).to_be_visible()
        await look.at("tablet, covered")
    look.done()


async def test_the_desk_checks_an_owner_in_english(opened: Assembly, browser: Browser) -> None:
    look = None
    async with on_loopback(opened.platform) as address:
        for duty in ("desk", "organiser"):
            client = await as_duty(opened, duty)
            context = await visit_as(browser, locale="en-GB")
            await context.add_cookies([{"name": "session", "value": client.cookies["session"], "url": address}])
            page = await context.new_page()
            look = Look(page)
            await page.goto(english(f"{address}/work/elections/{opened.uuid}/owner-check"))
            await look.at(f"{duty}: check")
            if duty == "desk":
                await page.get_by_label("Number of the letter").fill("ACVP-88QC")
                await press(page, "Checked, first person")
                await look.at("check refused")
                await page.get_by_label("Number of the letter").fill(opened.people.numbers[4])
                await press(page, "Checked, first person")
                await expect(page.get_by_text("You were the first.")).to_be_visible()
            else:
                await press(page, "Checked, second person")
                await expect(page.get_by_text("Let the owner type this code now")).to_be_visible()
            await look.at(f"{duty}: checked")
            look.done()
            await context.close()
