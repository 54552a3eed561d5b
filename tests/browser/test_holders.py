"""Registrars and key-holders make, print, keep and open everything in their browsers, up to a published result."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import Browser, Route, expect
from typer.testing import CliRunner

from crypto.group import multiply_base
from tests.browser.chromium import SMALL_PHONE, assert_accessible
from tests.browser.holders import (
    Commanded,
    Person,
    copy_card,
    holders_of,
    open_box,
    person,
    picture,
    prepared,
    type_card,
)
from tests.browser.loopback import on_loopback
from tests.browser.printed import pages_of
from tests.vote.account.signing_in import again, as_duty
from tests.vote.assembly import Assembly
from tests.vote.conftest import AREAS, NO, YES
from tests.vote.platform import CHECKS, CLOSES, Platform
from vote.credential.letter import decode_letters
from vote.credential.sealed_letters import open_letters
from vote.trustee.command import app
from vote.trustee.memory import decode_memory, own_secret

IDENTITY = re.compile(r"AGE-SECRET-KEY-1[0-9A-Z]{58}")


async def make_letters(registrar: Person, assembly: Assembly, address: str) -> list[str]:
    """Let two registrars make cards and letters; return the cards' secrets."""
    page = registrar.page
    await page.goto(f"{address}/holders/{assembly.uuid}/letters")
    await assert_accessible(page)
    await picture(page, "holders-cards")
    cards: list[str] = []
    for n in (1, 2):
        await page.locator(f"#print-card-{n}").click()
        text = re.sub(r"<[^>]*>| ", "", (await registrar.printed())[-1])
        cards.append(IDENTITY.findall(text)[0])
        await page.locator(f"#last-{n}").fill(cards[-1][-4:].lower())
        await page.locator(f"#check-card-{n} button").click()
        await expect(page.locator(f"#print-card-{n}")).to_be_disabled()
        await expect(page.locator("#paper")).to_be_empty()
    await page.locator("#generate").click()
    await expect(page.locator("#told")).to_contain_text("已封存")
    await assert_accessible(page)
    await picture(page, "holders-letters")
    return cards


async def test_two_registrars_and_three_key_holders_of_whom_one_is_lost_come_to_a_result(
    platform: Platform, browser: Browser, tmp_path: Path
) -> None:
    assembly = await prepared(platform)
    async with on_loopback(platform) as address:
        holders = await holders_of(assembly, browser, address)
        await assert_accessible(holders[0].page)
        await picture(holders[0].page, "holders-begin")
        await asyncio.gather(*map(copy_card, holders))
        for holder in holders:
            await expect(holder.page.locator("#verdict")).to_have_text("打得开", timeout=60_000)
        await picture(holders[0].page, "holders-tried")
        assert len({holder.characters for holder in holders}) == 3
        await assert_accessible(holders[0].page)

        registrar = await person(browser, await as_duty(assembly, "registrar"), address, desk=True)
        cards = await make_letters(registrar, assembly, address)
        await print_and_put_away(registrar)

        sealed = await registrar.client.get(f"{assembly.api}/registrar/letters")
        letters = decode_letters(open_letters(sealed.content, cards))
        assembly.people.credentials = {each.entitlement: each.credential for each in letters}
        assembly.people.numbers = {each.entitlement: each.number or "" for each in letters}
        await assembly.confirm_phones(*assembly.people.credentials)
        await assembly.bring_offices()
        await assembly.seal()
        await assembly.open()
        for owner in (1, 2, 3):
            await assembly.fetch_part(owner)
            await assembly.agree(owner)
            await assembly.cast(owner, [NO if owner == 1 else YES, [0, 1, 1, 0]])
        await assembly.close()
        await assembly.check()
        await assembly.sum()

        await holders[2].context.close()
        for holder in holders[:2]:
            await again(platform, holder.client)
            await holder.sign_in(address)
        await refuse_what_does_not_hold(holders[0], assembly, address)
        for holder in holders[:2]:
            await holder.page.clock.set_fixed_time(CHECKS + timedelta(hours=1))
            await open_box(holder, assembly, address)
        assert await assembly.state() == "preliminary"
        await holders[0].page.goto(f"{address}{assembly.pages}/result")
        await expect(holders[0].page.locator("main")).to_contain_text("3")
        await recovered_by_command(holders[1], assembly, tmp_path)
        for one in (*holders[:2], registrar):
            assert one.troubles == []
            await one.context.close()


async def test_letters_that_are_asked_for_otherwise_than_in_the_draft_are_not_made(
    platform: Platform, browser: Browser
) -> None:
    assembly = await prepared(platform)
    await assembly.make_key()
    async with on_loopback(platform) as address:
        registrar = await person(browser, await as_duty(assembly, "registrar"), address, desk=True)
        page, path = registrar.page, f"{assembly.api}/registrar/request"
        asked = json.loads((await registrar.client.get(path)).content)
        for change in ({"election": "AnotherE1ectionUU"}, {"credential_parts": 1}):
            await page.route(f"{address}{path}", answering(json.dumps({**asked, **change}).encode()))
            await page.goto(f"{address}/holders/{assembly.uuid}/letters")
            for n in (1, 2):
                await page.locator(f"#print-card-{n}").click()
                card = IDENTITY.findall(re.sub(r"<[^>]*>| ", "", (await registrar.printed())[-1]))[0]
                await page.locator(f"#last-{n}").fill(card[-4:])
                await page.locator(f"#check-card-{n} button").click()
            await expect(page.locator("#told")).to_contain_text("不是这次表决的，没有做")
            await expect(page.locator("#generate")).to_be_hidden()
            await page.unroute(f"{address}{path}")
        await registrar.context.close()


async def print_and_put_away(registrar: Person) -> None:
    """Print a batch, void one letter, and see that the account is right and the page forgets."""
    page = registrar.page
    await page.locator("#print-batch").click()
    await expect(page.locator("#count-printed")).not_to_have_text("0")
    printed = int(await page.locator("#count-printed").inner_text())
    assert printed > 0
    letter = (await registrar.printed())[-1]
    assert letter.count('class="letter"') == printed
    await page.get_by_text("打坏了一封").click()
    number = re.findall(r"No\. (\d+)", letter)[0]
    await page.locator("#void-which").fill(number)
    await page.locator("#void button").click()
    await expect(page.locator("#count-void")).to_have_text("1")
    counts = [int(await page.locator(f"#count-{name}").inner_text()) for name in ("printed", "issued", "void")]
    assert counts == [printed + 1, printed, 1]
    await page.get_by_role("button", name="封存，忘掉").click()
    await expect(page.locator("#forgotten")).to_contain_text("已忘掉")


async def refuse_old_letters(registrar: Person, cards: list[str], letter: str) -> None:
    """Open the sealed letters once more: the account is still there, and the old letter comes out no more."""
    page = registrar.page
    await page.reload()
    for n, card in enumerate(cards, start=1):
        await page.locator(f"#identity-{n}").fill(card)
    await page.get_by_role("button", name="打开").click()
    await expect(page.locator("#count-printed")).to_have_text("1")
    names = await page.locator("#batch option").all()
    for name in [await each.get_attribute("value") for each in names]:
        await page.locator("#batch").select_option(name)
        await page.locator("#print-batch").click()
        await expect(page.locator("#print-batch")).to_be_enabled()
    await expect(page.locator("#count-printed")).to_have_text("5")
    again = "".join(await registrar.printed())
    number = re.findall(r"No\. (\d+)", letter)[0]
    assert number == "2"
    assert f"No. {number}<" not in again
    await page.get_by_text("打坏了一封").click()
    await page.locator("#void-which").fill(number)
    await page.locator("#void button").click()
    await expect(page.locator("#told")).to_contain_text("封存的是旧编号")


async def refuse_what_does_not_hold(holder: Person, assembly: Assembly, address: str) -> None:
    """Let a telephone be fooled in four ways, in none of which it hands anything in."""
    page, pages = holder.page, f"{address}{assembly.pages}"
    archive = await assembly.archive()
    at = archive.index(b'"response":"', archive.index(b'"election_hash"')) + len(b'"response":"')
    digit = b"2" if archive[at : at + 1] == b"1" else b"1"
    faults: tuple[tuple[str, str, bytes | None, str], ...] = (
        ("clock", "**/nothing", None, "投票还没有结束"),
        ("manifest", f"{pages}/manifest.json", b"{}", "面积或名单和封定的不一样"),
        ("ballot", f"{pages}/{assembly.uuid}.bel", archive[:at] + digit + archive[at + 1 :], "票核对不上"),
        ("second", "**/nothing", None, "您已经开过另一个总数"),
    )
    for kind, url, body, words in faults:
        late = CHECKS + timedelta(hours=1)
        await page.clock.set_fixed_time(CLOSES - timedelta(seconds=1) if kind == "clock" else late)
        if body is not None:
            await page.route(url, answering(body))
        await page.goto(f"{address}/holders/{assembly.uuid}")
        memory = f"opened.{assembly.uuid}.1"
        await page.evaluate("([name, value]) => localStorage.setItem(name, value)", [memory, "0" * 64])
        if kind != "second":
            await page.evaluate("name => localStorage.removeItem(name)", memory)
        await page.get_by_text("卡上“开过箱”一栏是空的").click()
        await type_card(holder, "open", "核对选票")
        await expect(page.locator("#told")).to_contain_text(words, timeout=60_000)
        await page.unroute(url)
        await page.evaluate("name => localStorage.removeItem(name)", memory)
    assert await assembly.state() == "tallied"
    assert assembly.platform.count("share") == 0


def answering(body: bytes) -> Callable[[Route], Awaitable[None]]:
    """Return what stands for a server that shows something else."""

    async def answer(route: Route) -> None:
        await route.fulfill(body=body, status=200)

    return answer


async def recovered_by_command(holder: Person, assembly: Assembly, folder: Path) -> None:
    """Let the command make the key of a card, and see that it is the key of the trustees."""
    board, state, check = folder / "board.json", folder / "own.key", folder / "trustees.json"
    board.write_bytes(await assembly.platform.get(f"{assembly.api}/board"))
    check.write_bytes(await assembly.platform.get(f"{assembly.api}/trustees.json", key=None))
    runner = CliRunner()
    done = runner.invoke(
        app, ["recover", "--board", str(board), "--state", str(state), "--characters", holder.characters]
    )
    assert done.exit_code == 0, done.output
    done = runner.invoke(app, ["check", "--state", str(state), "--board", str(board), "--trustees", str(check)])
    assert done.exit_code == 0, done.output
    memory = decode_memory(state.read_bytes())
    setup = (await assembly.read_archive()).setup
    assert multiply_base(own_secret(memory))[::-1].hex() in setup.trustees.decode()


async def test_cards_and_letters_fit_their_sheets_and_the_window_of_the_envelope(
    platform: Platform, browser: Browser, tmp_path: Path
) -> None:
    assembly = await prepared(platform)
    async with on_loopback(platform) as address:
        holder = await person(browser, await as_duty(assembly, "trustee", 1, name="开箱人1"), address)
        await holder.page.goto(f"{address}/holders/{assembly.uuid}/card")
        await assert_accessible(holder.page)
        (card,) = pages_of(await holder.page.pdf(path=tmp_path / "card.pdf", prefer_css_page_size=True))
        assert "开箱卡" in card.text
        for words in ("业主甲", "开过箱，日期：", "保管的单位："):
            assert words in card.text
        await holder.context.close()

        registrar = await person(browser, await as_duty(assembly, "registrar"), address, desk=True)
        cards = await make_letters(registrar, assembly, address)
        page = registrar.page
        # What is printed stays on the page, so that it can be printed into a file.
        await page.evaluate("window.print = () => {}")
        await page.locator("#print-batch").click()
        await expect(page.locator("#paper .letter").first).to_be_attached()
        sheets = pages_of(await page.pdf(path=tmp_path / "letters.pdf", prefer_css_page_size=True))
        sealed = await registrar.client.get(f"{assembly.api}/registrar/letters")
        letters = decode_letters(open_letters(sealed.content, cards))
        assert len(sheets) == len(letters)
        for sheet, letter in zip(sheets, letters, strict=True):
            assert letter.number in sheet.text
            assert letter.credential in sheet.text.replace("\n", "")
            left, top = sheet.find(letter.places[0])
            assert 20 <= left <= 110
            assert 45 <= top <= 90
        await registrar.context.close()


async def test_a_command_and_two_telephones_make_one_key_and_a_closed_page_goes_on(
    platform: Platform, browser: Browser, tmp_path: Path
) -> None:
    assembly = await prepared(platform)
    async with on_loopback(platform) as address:
        first, second = await holders_of(assembly, browser, address, 2)
        command = Commanded(assembly, tmp_path)
        await command.begin()
        await copy_card(first)
        await expect(first.page.locator("[data-round=certificates]")).to_contain_text("等第2位")
        await first.page.reload()
        await first.page.locator("#resume-characters").fill("一二三")
        await first.page.locator("#resume button").click()
        await expect(first.page.locator("#resume-error")).to_contain_text("要十二个字")
        await assert_accessible(first.page)
        await type_card(first, "resume", "继续")
        await copy_card(second)
        for round_ in ("commitments", "reveals", "keys"):
            for holder in (first, second):
                await expect(holder.page.locator(f"[data-round={round_}]")).to_contain_text("等第3位", timeout=60_000)
            await command.next()
        for holder in (first, second):
            await expect(holder.page.locator("[data-round=trial]")).to_contain_text("等第3位", timeout=60_000)
        await command.attempt()
        for holder in (first, second):
            await expect(holder.page.locator("#verdict")).to_have_text("打得开", timeout=60_000)

        await first.page.reload()
        own, first.characters = first.characters, second.characters
        await type_card(first, "retry", "继续")
        await expect(first.page.locator("#retry-error")).to_contain_text("不是您的")
        first.characters = own
        await type_card(first, "retry", "继续")
        await expect(first.page.locator("#verdict")).to_have_text("打得开", timeout=60_000)

        await assembly.issue_credentials()
        await assembly.bring_offices()
        await assembly.seal()
        await first.page.reload()
        await expect(first.page.get_by_text("投票还没有结束").first).to_be_visible()
        await assembly.organise("annul", reason="procedure-broken")
        await first.page.reload()
        await type_card(first, "destroy", "我这就销毁")
        await expect(first.page.get_by_text("现在请把卡撕碎").first).to_be_visible()
        assert platform.count("retention_step") == 1
        assert first.troubles == second.troubles == []


async def test_one_letter_is_made_anew_with_both_cards(platform: Platform, browser: Browser) -> None:
    assembly = await prepared(platform)
    await assembly.make_key()
    async with on_loopback(platform) as address:
        registrar = await person(browser, await as_duty(assembly, "registrar"), address, desk=True)
        cards = await make_letters(registrar, assembly, address)
        await assembly.confirm_phones(*range(1, len(AREAS) + 1))
        await assembly.bring_offices()
        await assembly.seal()
        page = registrar.page
        page.on("dialog", lambda dialog: asyncio.ensure_future(dialog.accept()))
        await page.goto(f"{address}/holders/{assembly.uuid}/letters")
        parts = f"{address}{assembly.pages}/parts.json"
        other = {"election": assembly.uuid, "parts": [], "version": 1}
        await page.route(parts, answering(json.dumps(other).encode()))
        for n, card in enumerate(cards, start=1):
            await page.locator(f"#identity-{n}").fill(card)
        await page.get_by_role("button", name="打开").click()
        await expect(page.locator("#told")).to_contain_text("封定的不是这些信，一封也不要发")
        await expect(page.locator("#print-batch")).to_be_hidden()
        await page.unroute(parts)
        for wrong in (True, False):
            await page.locator("#identity-1").fill(cards[1])
            await page.locator("#identity-2").fill(cards[1] if wrong else cards[0].lower())
            await page.get_by_role("button", name="打开").click()
            await expect(page.locator("#told")).to_contain_text("打不开" if wrong else "封定的就是这些信")
        await assert_accessible(page)
        await page.locator("#reissue-which").fill("2")
        await page.locator("#reissue-why").select_option("damaged")
        await page.get_by_role("button", name="补信并打印").click()
        await expect(page.locator("#told")).to_contain_text("一共补过1封")
        await expect(page.locator("#count-printed")).to_have_text("1")
        letter = (await registrar.printed())[-1]
        sealed = await registrar.client.get(f"{assembly.api}/registrar/letters")
        old = decode_letters(open_letters(sealed.content, cards))[1]
        assert old.credential in letter
        assert old.number
        assert old.number not in letter
        await refuse_old_letters(registrar, cards, letter)
        await assembly.organise("annul", reason="procedure-broken")
        await page.reload()
        await assert_accessible(page)
        await page.get_by_text("别处的副本都找到了").click()
        await page.get_by_role("button", name="销毁封存的信").click()
        await expect(page.locator("#forgotten")).to_contain_text("请把两张卡也撕碎")
        assert platform.count("sealed_copy") == 0
        assert platform.count("retention_step") == 1
        assert registrar.troubles == []
        await registrar.context.close()


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_every_page_can_be_used_by_everybody_on_a_small_telephone(
    platform: Platform, browser: Browser, language: str
) -> None:
    assembly = await prepared(platform)
    async with on_loopback(platform) as address:
        for role, number, rest in (("trustee", 1, ""), ("trustee", 2, "/card"), ("registrar", 1, "/letters")):
            one = await person(browser, await as_duty(assembly, role, number), address)
            await one.page.set_viewport_size(SMALL_PHONE)
            await one.page.goto(f"{address}/holders/{assembly.uuid}{rest}?lang={language}")
            if not rest:
                await one.page.locator("#take").focus()
                await one.page.keyboard.press("Enter")
                await expect(one.page.locator("#characters li")).to_have_count(12)
            await assert_accessible(one.page)
            await picture(one.page, f"small-{language}{rest.replace('/', '-')}")
            if not rest:
                await one.page.locator("#copied").focus()
                await one.page.keyboard.press("Enter")
                await assert_accessible(one.page)
                assert await one.page.evaluate("document.activeElement.tagName") == "H2"
            assert one.troubles == []
            await one.context.close()
