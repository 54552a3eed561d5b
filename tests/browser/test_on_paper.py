"""An owner who filled in the paper ballot: seen by two people, entered at the desk, told by message, found again on the phone."""

from datetime import timedelta

from playwright.async_api import Browser, Page, expect

from tests.browser.chromium import DESK, assert_accessible, photograph, visit_as
from tests.browser.loopback import on_loopback
from tests.browser.test_owner import COUNTED, answer, cast, letter_of, press, sign_in
from tests.browser.test_owner_cases import reach_home
from tests.vote.account.signing_in import signed_in
from tests.vote.assembly import DESK_PHONE, Assembly, phone_of
from vote.ballot.models import Ballot
from vote.message.rules import Kind

TABLET = {"width": 820, "height": 1180}
MINUTE = timedelta(minutes=1)


async def picture(page: Page, name: str) -> None:
    if path := photograph(name):
        await page.screenshot(path=path, full_page=True)


async def worker(browser: Browser, assembly: Assembly, address: str, role: str, name: str) -> Page:
    """Return the screen of somebody who is signed in for a duty."""
    session = await signed_in(assembly.platform, None, keys=[assembly.people.keys[role][0]], name=name)
    context = await visit_as(browser, DESK, base_url=address)
    await context.add_cookies([{"name": "session", "value": session.cookies["session"], "url": address}])
    return await context.new_page()


async def see_in_person(browser: Browser, assembly: Assembly, address: str, owner: int) -> str:
    """Let two workers see the owner, each on a screen of their own; return the code that the second one is shown."""
    here = f"/work/elections/{assembly.uuid}/owner-check"
    first = await worker(browser, assembly, address, "desk", "窗口甲")
    second = await worker(browser, assembly, address, "organiser", "筹备组长")
    assembly.platform.clock.now += MINUTE
    await first.goto(here)
    await first.get_by_label("信的编号").fill(assembly.people.numbers[owner])
    await press(first, "第一位核对")
    await expect(first.get_by_text("您是第一位")).to_be_visible()
    await second.goto(here)
    await expect(second.get_by_text(f"3幢2单元{owner}01室")).to_be_visible()
    await press(second, "第二位核对，给码")
    await expect(second.get_by_role("heading", name="请业主现在输入这个码")).to_be_visible()
    await picture(second, "paper-0-code")
    code = await second.locator("p.receipt").inner_text()
    for each in first, second:
        await each.context.close()
    return code


async def enter(page: Page, assembly: Assembly, owner: int, code: str) -> None:
    """Open the letter on the tablet and type the code of the desk."""
    await page.goto(f"{assembly.pages}/vote?desk#{assembly.people.numbers[owner]}.{assembly.people.credentials[owner]}")
    await page.get_by_label("业主就在旁边").check()
    await press(page, "下一步")
    await page.get_by_label("6位验证码").fill(code)
    await press(page, "下一步")
    await expect(page.get_by_text("算1位业主")).to_be_visible()


async def test_an_owner_votes_on_paper_and_finds_it_on_the_phone(
    opened: Assembly, browser: Browser, page: Page
) -> None:
    opened.at(opened.platform.clock.now.replace(day=25, hour=3))
    async with on_loopback(opened.platform) as address:
        code = await see_in_person(browser, opened, address, 2)
        context = await visit_as(browser, TABLET, base_url=address)
        tablet = await context.new_page()
        await enter(tablet, opened, 2, code)
        await expect(tablet.get_by_text("到现在，还没有收到过您的票")).to_be_visible()
        await press(tablet, "没错，继续")
        await answer(tablet, "同意", "甲", "乙")
        await expect(tablet.get_by_text("想改，请再请两个人当面核对一次")).to_be_visible()
        words = await cast(tablet)
        await expect(tablet.get_by_text("这是现场票，手机上改不了")).to_be_visible()
        await expect(tablet.get_by_role("button", name="改主意了，再投一次")).to_be_hidden()
        await assert_accessible(tablet)
        await picture(tablet, "paper-1-tablet")
        assert await tablet.evaluate("sessionStorage.length + localStorage.length") == 0
        await press(tablet, "下一位")
        await expect(tablet.get_by_role("heading", name="先看您的信")).to_be_visible()
        assert await tablet.get_by_label("投票码").input_value() == ""
        await context.close()

        opened.platform.phones.messages.clear()
        await opened.platform.services["worker"].deliver_once()
        ((number, message),) = opened.platform.phones.messages
        assert (number, message.kind) == (f"+86{phone_of(2)}", Kind.BALLOT_ACCEPTED)
        assert message.text.startswith("馨苑：已收到您的现场票，算进去了。不是您或您委托的人投的？")
        assert DESK_PHONE in message.text
        assert "窗口甲" not in message.text

        opened.platform.clock.now += timedelta(days=1)
        await page.goto(address + letter_of(opened, 2))
        await reach_home(page, opened, 2)
        told = page.locator("#before-words")
        await expect(told).to_contain_text("您家2026年12月25日")
        await expect(told).to_contain_text("在社区现场已经投过一次，算进去了，不用再投。")
        await expect(page.locator("#before-change")).to_contain_text("手机上改不了。想改，请带身份证和信再到现场")
        await expect(page.get_by_role("button", name="没错，继续")).to_be_hidden()
        await expect(page.get_by_text(f"社区电话：{DESK_PHONE}").locator("visible=true")).to_be_visible()
        assert "窗口甲" not in await page.content()
        assert "筹备组长" not in await page.content()
        await assert_accessible(page)
        await picture(page, "paper-2-phone")

        await page.goto(f"{address}{opened.pages}/receipt")
        await page.get_by_label("回执上的四个词").fill(words)
        await press(page, "查")
        await expect(page.get_by_text("算进去了。这是有效的那一票。")).to_be_visible()
        await expect(page.get_by_text("共收到1张，这是第1张")).to_be_visible()
        assert "现场" not in await page.locator("[role=status]").inner_text()
    assert opened.platform.count("ballot") == 1


async def test_who_did_not_vote_at_the_desk_says_so_and_is_told_how_to_vote(
    opened: Assembly, browser: Browser, page: Page
) -> None:
    async with on_loopback(opened.platform) as address:
        code = await see_in_person(browser, opened, address, 3)
        context = await visit_as(browser, TABLET, base_url=address)
        tablet = await context.new_page()
        await enter(tablet, opened, 3, code)
        await press(tablet, "没错，继续")
        await answer(tablet, "同意", "甲")
        await cast(tablet)
        await context.close()
        opened.platform.clock.now += MINUTE
        await page.goto(address + letter_of(opened, 3))
        await reach_home(page, opened, 3)
        await press(page, "不是我投的")
        await press(page, "交给社区")
        await expect(page.get_by_text("记下了，编号1。")).to_be_visible()
        await expect(page.get_by_text("想马上重新投，请带身份证和信到社区现场")).to_be_visible()
        await expect(page.get_by_role("button", name="接着投票")).to_be_hidden()
        await assert_accessible(page)
        await picture(page, "paper-3-disputed")
    (row,) = opened.platform.contents()["dispute"]
    assert "impersonation" in row


async def test_a_vote_by_phone_is_replaced_at_the_desk(opened: Assembly, browser: Browser) -> None:
    phone = await visit_as(browser)
    page = await phone.new_page()
    async with on_loopback(opened.platform) as address:
        await page.goto(address + letter_of(opened, 1))
        await sign_in(page, opened, 1)
        await answer(page, "反对", "丙")
        words = await cast(page)
        await expect(page.get_by_role("button", name="改主意了，再投一次")).to_be_visible()
        code = await see_in_person(browser, opened, address, 1)
        context = await visit_as(browser, TABLET, base_url=address)
        tablet = await context.new_page()
        await enter(tablet, opened, 1, code)
        await expect(tablet.get_by_text("用手机已经投过一次，算进去了，不用再投")).to_be_visible()
        await press(tablet, "没错，继续")
        await answer(tablet, "同意", "甲")
        await cast(tablet)
        await context.close()

        # The phone still has the page on which the owner pressed before going to the desk.
        opened.platform.clock.now += MINUTE
        await press(page, "改主意了，再投一次")
        await answer(page, "反对", "丙")
        await press(page, "确认投票")
        await expect(page.get_by_text("您家在社区现场投过，算进去了，手机上不能再改")).to_be_visible()
        await expect(page.get_by_role("heading", name=COUNTED)).to_be_hidden()
        await picture(page, "paper-4-refused")
        await page.goto(f"{address}{opened.pages}/receipt")
        await page.get_by_label("回执上的四个词").fill(words)
        await press(page, "查")
        await expect(page.get_by_text("同一位业主后来又投了，以后来的为准")).to_be_visible()
    await phone.close()
    assert opened.platform.count("ballot") == 2


async def test_with_keys_of_one_part_the_letter_alone_votes(simple: Assembly, page: Page) -> None:
    async with on_loopback(simple.platform) as address:
        await page.goto(f"{address}{simple.pages}/vote#{simple.people.credentials[1]}")
        assert page.url == f"{address}{simple.pages}/vote"
        await page.get_by_label("我是业主本人").check()
        await press(page, "下一步")
        await expect(page.get_by_text("90.00平方米，算1位业主")).to_be_visible()
        await expect(page.get_by_text("这次投票不发验证码，信上的投票码就够了")).to_be_visible()
        await assert_accessible(page)
        await picture(page, "paper-5-one-part")
        await press(page, "没错，继续")
        await answer(page, "同意", "甲")
        await cast(page)
        await press(page, "改主意了，再投一次")
        await answer(page, "反对", "乙")
        await cast(page)
    assert simple.platform.count("ballot") == 2


async def test_with_keys_of_one_part_the_voting_code_may_be_typed(simple: Assembly, page: Page) -> None:
    async with on_loopback(simple.platform) as address:
        await page.goto(f"{address}{simple.pages}/vote")
        await expect(page.get_by_label("信的编号")).to_have_count(0)
        code = simple.people.credentials[2]
        await page.get_by_label("投票码").fill(code[:-1] + ("a" if code[-1] != "a" else "b"))
        await press(page, "下一步")
        await page.get_by_label("我是业主本人").check()
        await press(page, "下一步")
        await expect(page.get_by_text("这封信不是这次投票的，或者已经作废")).to_be_visible()
        await page.get_by_label("投票码").fill(code)
        await press(page, "下一步")
        await press(page, "下一步")
        await expect(page.get_by_text("120.00平方米，算1位业主")).to_be_visible()
        await press(page, "没错，继续")
        await answer(page, "同意", "甲")
        await cast(page)
    assert simple.platform.count("ballot") == 1


async def test_with_keys_of_one_part_the_desks_tablet_says_who_is_signed_in_and_a_phone_does_not(
    simple: Assembly, browser: Browser
) -> None:
    async with on_loopback(simple.platform) as address:
        page = await worker(browser, simple, address, "desk", "窗口甲")
        for owner, tablet in ((1, "?desk"), (2, "")):
            await page.goto(f"{simple.pages}/vote{tablet}#{simple.people.credentials[owner]}")
            await page.get_by_label("业主就在旁边").check()
            await press(page, "下一步")
            await press(page, "没错，继续")
            await answer(page, "同意", "甲")
            await cast(page)
        await page.context.close()
    assert await Ballot.all().order_by("id").values_list("channel", flat=True) == ["desk", "phone"]
