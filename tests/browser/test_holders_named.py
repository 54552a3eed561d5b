"""Key-holders of a named election keep their page open, and hand the community what opens one ballot there."""

import asyncio
import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from crypto.ballot import tracker
from tests.browser.chromium import SMALL_PHONE, assert_accessible
from tests.browser.holders import Person, copy_card, holders_of, person, picture, prepared, type_card
from tests.browser.loopback import on_loopback
from tests.vote.account.signing_in import again, as_duty
from tests.vote.assembly import Assembly
from tests.vote.certificate.keys import secrets_of
from tests.vote.conftest import NO, YES
from tests.vote.platform import CHECKS, Platform
from vote.demo.household import tool
from vote.office.key_file import encode_secrets

WATCHED = 40_000
"""Milliseconds in which a page that is kept open notices that the election went on."""


async def vote_and_count(assembly: Assembly) -> bytes:
    """Bring three ballots into the box and add them up; return the second."""
    await assembly.issue_credentials()
    await assembly.bring_offices()
    await assembly.seal()
    await assembly.open()
    ballots = [await assembly.ballot(owner, [choice, [0, 1, 1, 0]]) for owner, choice in ((1, NO), (2, YES), (3, YES))]
    for ballot in ballots:
        await assembly.send(ballot)
    await assembly.close()
    await assembly.check()
    await assembly.sum()
    return ballots[1]


FORGETFUL = """() => {
  localStorage.clear();
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message) {
    window.known = message.known;
    post.call(this, message);
  };
}"""
"""Lets a browser forget, and shows which digest of the ballots the worker is told."""


async def save_list(holder: Person, folder: Path) -> Path:
    """Take the file that the page offers."""
    async with holder.page.expect_download() as waiting:
        await holder.page.get_by_role("link", name="存下这个文件").click()
    saved = folder / (await waiting.value).suggested_filename
    await (await waiting.value).save_as(saved)
    return saved


async def test_two_key_holders_open_and_seal_their_parts_and_the_community_opens_one_ballot(
    platform: Platform, browser: Browser, tmp_path: Path
) -> None:
    assembly = await prepared(platform, secrecy="named")
    async with on_loopback(platform) as address:
        holders = await holders_of(assembly, browser, address)
        await asyncio.gather(*map(copy_card, holders))
        for holder in holders:
            await expect(holder.page.locator("#verdict")).to_have_text("打得开", timeout=60_000)
        ballot = await vote_and_count(assembly)
        kept, back, absent = holders
        for holder in holders:
            await again(platform, holder.client)
            await holder.sign_in(address)
            await holder.page.clock.set_fixed_time(CHECKS + timedelta(hours=1))

        # The page was never closed: one tap, and nothing is typed.
        await expect(kept.page.locator("#open-now")).to_be_visible(timeout=WATCHED)
        await expect(kept.page.locator("#open-typed")).to_be_hidden()
        await assert_accessible(kept.page)
        await picture(kept.page, "holders-kept-open")
        await kept.page.locator("#open-now").click()
        await kept.page.get_by_role("button", name="交出我的一份，开箱").click(timeout=60_000)
        await expect(kept.page.get_by_text("还有一步，请不要关这一页")).to_be_visible()
        await assert_accessible(kept.page)
        await back.page.goto(f"{address}/holders/{assembly.uuid}")
        await back.page.get_by_text("卡上“开过箱”一栏是空的").click()
        await type_card(back, "open", "核对选票")
        await back.page.get_by_role("button", name="交出我的一份，开箱").click(timeout=60_000)
        await expect(back.page.get_by_role("heading", name="您的一份已经交出")).to_be_visible()

        await expect(kept.page.locator("#lists-now")).to_be_visible(timeout=WATCHED)
        await picture(kept.page, "holders-lists-held")
        # The page itself knows what it opened, where a browser forgets.
        await kept.page.evaluate(FORGETFUL)
        await kept.page.locator("#lists-now").click()
        await back.page.reload()
        await assert_accessible(back.page)
        await picture(back.page, "holders-lists")
        await type_card(back, "lists", "做我的那一份")
        lists = []
        for holder in (kept, back):
            await expect(holder.page.locator("#listed-said")).to_contain_text("3张票", timeout=60_000)
            await assert_accessible(holder.page)
            lists.append(await save_list(holder, tmp_path))
        assert re.fullmatch(r"[0-9a-f]{64}", await kept.page.evaluate("window.known"))
        await picture(back.page, "holders-listed")
        assert [path.name for path in lists] == [f"list-{assembly.uuid}-{index}.json" for index in (1, 2)]

        # Who did not open is asked for nothing.
        await absent.page.goto(f"{address}/holders/{assembly.uuid}")
        await expect(absent.page.get_by_text("已经开箱，结果已公布")).to_be_visible()
        await expect(absent.page.locator("#lists-typed")).to_be_hidden()

        await assert_opens(assembly, ballot, lists, tmp_path)
        for holder in holders:
            assert holder.troubles == []
            await holder.context.close()


async def assert_opens(assembly: Assembly, ballot: bytes, lists: list[Path], folder: Path) -> None:
    """Open one ballot with the office's command and both files."""
    key, archive, manifest, request = (folder / name for name in ("own.key", "e.bel", "manifest.json", "request.json"))
    key.write_bytes(encode_secrets(secrets_of("community")))
    archive.write_bytes(await assembly.archive())
    manifest.write_bytes(await assembly.platform.get(f"{assembly.pages}/manifest.json", key=None))
    asked = {"tracker": tracker(ballot), "reason": "owner-request"}
    answer = await assembly.platform.ask(
        "POST", f"{assembly.api}/openings", key=assembly.people.keys["desk"][0], json=asked
    )
    assert answer.status_code == 201, answer.text
    request.write_bytes(answer.content)
    words = [word for path in lists for word in ("--list", path)]
    files = ("--key", key, "--archive", archive, "--manifest", manifest, *words, "--request", request)
    opened = json.loads(tool("office", "open", *files, "--json"))
    assert opened["questions"][0]["marked"] == ["同意"]


async def assert_usable(assembly: Assembly, browser: Browser, language: str) -> None:
    """See that key-holders and registrars can use what a state shows them, on a small telephone."""
    async with on_loopback(assembly.platform) as address:
        for role, rest in (("trustee", ""), ("registrar", "/letters")):
            one = await person(browser, await as_duty(assembly, role), address)
            await one.page.set_viewport_size(SMALL_PHONE)
            await one.page.goto(f"{address}/holders/{assembly.uuid}{rest}?lang={language}")
            await expect(one.page.locator("[data-panel]:visible").first).to_be_visible()
            await assert_accessible(one.page)
            await picture(one.page, f"{await assembly.state()}-{language}{rest.replace('/', '-')}")
            await one.context.close()


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_after_voting_every_page_can_be_used_by_everybody(
    tallied: Assembly, browser: Browser, language: str
) -> None:
    await assert_usable(tallied, browser, language)


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_after_certifying_every_page_can_be_used_by_everybody(
    certified: Assembly, browser: Browser, language: str
) -> None:
    await assert_usable(certified, browser, language)
