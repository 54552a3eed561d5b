"""An owner's way from the letter to the receipt, in a phone-sized window: what each person sees."""

import asyncio
import json
import re

from playwright.async_api import Browser, Page, expect

from tests.browser.chromium import assert_accessible, photograph, visit_as
from tests.browser.loopback import on_loopback
from tests.vote.assembly import Assembly, phone_of
from vote.ballot.receipt_words import receipt_words
from vote.election.manifest import decode_manifest
from vote.verifier.receipt import decode_receipt, verify_promise_signature

COUNTED = "投好了，已计入"


def letter_of(assembly: Assembly, owner: int) -> str:
    """Return the address in an owner's letter, without its origin."""
    people = assembly.people
    return f"{assembly.pages}/vote#{people.numbers[owner]}.{people.credentials[owner]}"


async def _picture(page: Page, name: str) -> None:
    if path := photograph(name):
        await page.screenshot(path=path)


async def press(page: Page, name: str) -> None:
    await page.get_by_role("button", name=name).locator("visible=true").click()


async def sign_in(page: Page, assembly: Assembly, owner: int) -> None:
    """Get from the opened letter to the first question."""
    await page.get_by_label("我是业主本人").check()
    await press(page, "下一步")
    await press(page, "获取验证码")
    await expect(page.get_by_text(f"已发到尾号{phone_of(owner)[-4:]}。10分钟内有效")).to_be_visible()
    await page.get_by_label("6位验证码").fill(assembly.platform.phones.code(f"+86{phone_of(owner)}"))
    await press(page, "下一步")
    await expect(page.get_by_text("算1位业主")).to_be_visible()
    await press(page, "没错，继续")


async def answer(page: Page, motion: str, *candidates: str) -> None:
    """Answer both questions, up to the review."""
    await page.get_by_label(motion, exact=True).locator("visible=true").check()
    await press(page, "下一步")
    for each in candidates:
        await page.get_by_label(each, exact=True).locator("visible=true").check()
    await press(page, "下一步")
    await expect(page.get_by_role("heading", name="再看一遍")).to_be_visible()


async def cast(page: Page) -> str:
    """Cast; return the words of the receipt."""
    await press(page, "确认投票")
    await expect(page.get_by_role("heading", name=COUNTED)).to_be_visible()
    return await page.locator("#receipt").inner_text()


async def test_an_owner_votes(opened: Assembly, page: Page) -> None:
    async with on_loopback(opened.platform) as address:
        await page.goto(address + letter_of(opened, 1))
        assert page.url == f"{address}{opened.pages}/vote"
        await expect(page.get_by_role("heading", name="谁在投这一票？")).to_be_visible()
        await assert_accessible(page)
        await _picture(page, "owner-letter")
        await sign_in(page, opened, 1)
        await expect(page.get_by_text("第1题，共2题")).to_be_visible()
        await _picture(page, "owner-question")
        await answer(page, "同意", "甲", "乙")
        await expect(page.locator("#answer-1")).to_have_text("甲\n乙")
        await assert_accessible(page)
        words = await cast(page)
        await assert_accessible(page)
        await page.wait_for_load_state("networkidle")
        await _picture(page, "owner-done")
        async with page.expect_download() as waiting:
            await page.get_by_role("link", name="保存回执").click()
        saved = await waiting.value
        receipt = await asyncio.to_thread((await saved.path()).read_bytes)
        manifest = decode_manifest(await opened.platform.get(f"{opened.pages}/manifest.json", key=None))
        verify_promise_signature(decode_receipt(receipt, "receipt"), bytes.fromhex(manifest.promise_key), "receipt")
        assert saved.suggested_filename == "receipt.json"
        await expect(page.locator("#receipt-text")).to_be_hidden()
        (row,) = opened.platform.contents()["ballot"]
        (tracker,) = [value for value in row if isinstance(value, str) and re.fullmatch(r"[A-Za-z0-9+/]{43}", value)]
        assert words == receipt_words(tracker)
        await page.goto(f"{address}{opened.pages}/receipt")
        await page.get_by_label("回执上的四个词").fill(words.replace("·", " "))
        await press(page, "查")
        await expect(page.get_by_text("算进去了。这是有效的那一票。")).to_be_visible()
        await assert_accessible(page)
    assert opened.platform.phones.messages[-1][0] != "", "somebody is told"


async def test_who_votes_in_a_window_that_saves_no_files_can_copy_the_receipt(
    opened: Assembly, browser: Browser
) -> None:
    context = await visit_as(browser, user_agent="Mozilla/5.0 (Linux; Android 14) Chrome/126.0 MicroMessenger/8.0.50")
    page = await context.new_page()
    async with on_loopback(opened.platform) as address:
        await page.goto(address + letter_of(opened, 1))
        await sign_in(page, opened, 1)
        await answer(page, "同意", "甲")
        await cast(page)
        await expect(page.get_by_role("link", name="保存回执")).to_be_hidden()
        await page.get_by_text("回执全文，可以复制").click()
        await assert_accessible(page)
        await _picture(page, "owner-done-copied")
        said = await page.locator("#receipt-said").inner_text()
        manifest = decode_manifest(await opened.platform.get(f"{opened.pages}/manifest.json", key=None))
        verify_promise_signature(decode_receipt(said.encode(), "said"), bytes.fromhex(manifest.promise_key), "said")
    await context.close()


async def test_an_owner_changes_the_vote(opened: Assembly, page: Page) -> None:
    async with on_loopback(opened.platform) as address:
        await page.goto(address + letter_of(opened, 2))
        await sign_in(page, opened, 2)
        await answer(page, "反对", "丙")
        first = await cast(page)
        await press(page, "改主意了，再投一次")
        await answer(page, "同意", "甲")
        second = await cast(page)
        assert first != second
        for words, sentence in ((first, "后来又投了"), (second, "这是有效的那一票")):
            await page.goto(f"{address}{opened.pages}/receipt?words={words}")
            await expect(page.get_by_text(sentence)).to_be_visible()
            await expect(page.get_by_text("共收到2张")).to_be_visible()


async def test_the_connection_breaks_in_the_middle_of_casting(opened: Assembly, browser: Browser) -> None:
    """The server has the ballot, its answer is lost: the same bytes are sent again, and one ballot counts."""
    context = await visit_as(browser)
    page = await context.new_page()
    sent: list[str] = []

    async def lose_the_answer(route, request) -> None:
        sent.append(request.post_data)
        if len(sent) == 1:
            await route.fetch()
            await route.abort("connectionreset")
        else:
            await route.continue_()

    async with on_loopback(opened.platform) as address:
        await page.route("**/ballots", lose_the_answer)
        await page.goto(address + letter_of(opened, 3))
        await sign_in(page, opened, 3)
        await answer(page, "同意", "乙")
        await press(page, "确认投票")
        await expect(page.get_by_role("heading", name="还不能确定票收到了")).to_be_visible()
        await assert_accessible(page)
        await press(page, "继续交票")
        await expect(page.get_by_role("heading", name=COUNTED)).to_be_visible()
    assert sent[0] == sent[1]
    assert opened.platform.count("ballot") == 1
    await context.close()


async def test_a_phone_that_was_closed_meanwhile_finds_its_ballot_again(opened: Assembly, browser: Browser) -> None:
    context = await visit_as(browser)
    page = await context.new_page()
    async with on_loopback(opened.platform) as address:
        await page.route("**/ballots", lambda route: route.abort("internetdisconnected"))
        await page.goto(address + letter_of(opened, 3))
        await sign_in(page, opened, 3)
        await answer(page, "同意", "乙")
        await press(page, "确认投票")
        await expect(page.get_by_role("heading", name="还不能确定票收到了")).to_be_visible()
        await page.close()
        again = await context.new_page()
        await again.goto(f"{address}{opened.pages}/vote")
        await expect(again.get_by_role("heading", name="还不能确定票收到了")).to_be_visible()
        await press(again, "继续交票")
        await expect(again.get_by_role("heading", name=COUNTED)).to_be_visible()
    assert opened.platform.count("ballot") == 1
    await context.close()


async def test_one_phone_serves_the_next_owner_and_forgets_the_first(opened: Assembly, page: Page) -> None:
    async with on_loopback(opened.platform) as address:
        await page.goto(address + letter_of(opened, 1))
        await sign_in(page, opened, 1)
        await answer(page, "同意", "甲")
        await cast(page)
        await press(page, "下一位")
        await expect(page.get_by_role("heading", name="先看您的信")).to_be_visible()
        kept = await page.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}])")
        assert json.loads(kept) == [{}, {}]
        await page.get_by_label("信的编号").fill(opened.people.numbers[5])
        await page.get_by_label("投票码").fill(opened.people.credentials[5])
        await press(page, "下一步")
        await sign_in(page, opened, 5)
        assert await page.locator("input[name^='question']:checked").count() == 0
        await answer(page, "反对", "弃权")
        await cast(page)
    assert opened.platform.count("ballot") == 2


async def test_another_letter_in_the_same_tab_begins_anew(opened: Assembly, page: Page) -> None:
    async with on_loopback(opened.platform) as address:
        await page.goto(address + letter_of(opened, 1))
        await sign_in(page, opened, 1)
        await page.evaluate("hash => { location.hash = hash; }", letter_of(opened, 5).partition("#")[2])
        await expect(page.get_by_label("我是业主本人")).to_be_visible()
        assert page.url == f"{address}{opened.pages}/vote"
        await sign_in(page, opened, 5)
        await answer(page, "反对", "弃权")
        await cast(page)
    assert (opened.platform.count("ballot"), opened.platform.count("one_time_code")) == (1, 2)


async def test_leaving_for_the_message_loses_nothing(opened: Assembly, page: Page) -> None:
    async with on_loopback(opened.platform) as address:
        await page.goto(address + letter_of(opened, 1))
        await page.get_by_label("我是业主本人").check()
        await press(page, "下一步")
        await press(page, "获取验证码")
        await expect(page.get_by_text("已发到尾号")).to_be_visible()
        await page.reload()
        await expect(page.get_by_role("heading", name="收验证码")).to_be_visible()
        await page.get_by_label("6位验证码").fill(opened.platform.phones.code(f"+86{phone_of(1)}"))
        await press(page, "下一步")
        await expect(page.get_by_text("算1位业主")).to_be_visible()


async def test_who_comes_too_late_is_told_so(closed: Assembly, page: Page) -> None:
    async with on_loopback(closed.platform) as address:
        await page.goto(address + letter_of(closed, 4))
        await expect(page.get_by_role("heading", name="投票已经结束")).to_be_visible()
        await expect(page.get_by_text("这一票赶不上了，很抱歉")).to_be_visible()
        assert page.url == f"{address}{closed.pages}/vote", "the letter's key left the address here too"
        await assert_accessible(page)


async def test_who_is_too_early_is_told_when_to_come(sealed: Assembly, page: Page) -> None:
    async with on_loopback(sealed.platform) as address:
        await page.goto(address + letter_of(sealed, 4))
        await expect(page.get_by_role("heading", name="投票还没有开始")).to_be_visible()
        await expect(page.get_by_text("12月20日")).to_be_visible()
        assert page.url == f"{address}{sealed.pages}/vote"
