"""A petition in real Chromium: the office makes its card, owners sign on their phones, the card opens, it is served."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.chromium import DESK, PHONE, assert_accessible, keep_picture, troubles_of, visit_as
from tests.browser.loopback import on_loopback
from tests.vote.account.signing_in import signed_in
from tests.vote.assembly import ESTATE, Assembly, phone_of
from tests.vote.platform import Clock
from vote.role import Role, Scope

PETITIONS = f"/estates/{ESTATE}/petitions"
TEXT = "公共收益三年没有公布，合同也没有公开。\n请召开临时业主大会，表决罢免。"
REPLY = "三年的账都贴在1幢门口，我愿意当面说明。"


@pytest.fixture(autouse=True)
def _events_tell_the_same_time(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vote.account.events.database_now", clock)


@asynccontextmanager
async def working(assembly: Assembly, browser: Browser, address: str, scope: Scope | None) -> AsyncIterator[Page]:
    """Let somebody of the staff or the committee work at a desk."""
    context = await visit_as(browser, DESK)
    page = await context.new_page()
    troubles = troubles_of(page)
    client = await signed_in(assembly.platform, *([scope] if scope else []), name="核对人")
    await context.add_cookies([{"name": "session", "value": client.cookies["session"], "url": address}])
    yield page
    # A day that the office has still to set is refused by the server, which browsers write down.
    assert [each for each in troubles if "400 (Bad Request)" not in each] == []
    await context.close()
    await client.aclose()


@asynccontextmanager
async def at_home(browser: Browser) -> AsyncIterator[Page]:
    """Let an owner look at a phone."""
    context = await visit_as(browser, PHONE)
    page = await context.new_page()
    troubles = troubles_of(page)
    yield page
    assert troubles == []
    await context.close()


async def press(page: Page, name: str) -> None:
    await page.get_by_role("button", name=name, exact=True).click()


async def heads(page: Page, name: str) -> None:
    await expect(page.get_by_role("heading", name=name)).to_be_visible()
    await assert_accessible(page)


async def give_code(page: Page, assembly: Assembly, owner: int) -> None:
    await heads(page, "收验证码")
    await press(page, "获取验证码")
    await expect(page.get_by_text(f"已发到尾号{phone_of(owner)[-4:]}")).to_be_visible()
    await page.get_by_label("6位验证码").fill(assembly.platform.phones.code(f"+86{phone_of(owner)}"))
    await press(page, "下一步")


async def _make_card(certified: Assembly, browser: Browser, address: str) -> str:
    async with working(certified, browser, address, None) as office:
        await office.goto(f"{address}/work/estates/{ESTATE}/petition-card")
        await heads(office, "核对卡")
        await press(office, "现在做")
        await heads(office, "核对卡 ·")
        secret = await office.locator("#secret").inner_text()
        await keep_picture(office, "petition-card")
        await office.get_by_label("抄好了？填最后4位").fill("0000")
        await press(office, "抄好了，开始使用")
        await expect(office.get_by_text("最后4位不对")).to_be_visible()
        await office.get_by_label("抄好了？填最后4位").fill(secret[-4:])
        await press(office, "抄好了，开始使用")
        await heads(office, "业主联名")
    return secret


async def _begin(certified: Assembly, browser: Browser, address: str) -> str:
    async with at_home(browser) as owner:
        await owner.goto(f"{address}{PETITIONS}")
        await heads(owner, "业主联名")
        await keep_picture(owner, "petitions-empty")
        await owner.get_by_role("link", name=re.compile("我来发起.*提议罢免委员")).click()
        await heads(owner, "写下要求")
        await press(owner, "下一步")
        await expect(owner.get_by_text("请写下要求；罢免要写明是哪位委员。")).to_be_visible()
        await owner.get_by_label("是哪位委员").fill("张三（主任）")
        await owner.get_by_label("要求").fill(TEXT)
        await keep_picture(owner, "petition-write")
        await press(owner, "下一步")
        await heads(owner, "先看您的信")
        await owner.get_by_label("信的编号").fill(certified.people.numbers[1])
        await owner.get_by_label("投票码").fill(certified.people.credentials[1])
        await press(owner, "下一步")
        await give_code(owner, certified, 1)
        await heads(owner, "看清楚再签")
        await expect(owner.locator("#text-said")).to_have_text(TEXT)
        await expect(owner.get_by_text("3幢2单元101室")).to_be_visible()
        await keep_picture(owner, "petition-confirm")
        await press(owner, "我发起并签名")
        await heads(owner, "办好了")
        await owner.get_by_role("link", name="看这份联名").click()
        await heads(owner, "提议罢免委员")
        await expect(owner.get_by_text("不到5户")).to_be_visible()
        return owner.url.removeprefix(address).partition("?")[0]


async def _reply(certified: Assembly, browser: Browser, address: str, path: str) -> None:
    async with working(certified, browser, address, Scope(estate=ESTATE, role=Role.COMMITTEE)) as member:
        await member.goto(f"{address}{path}")
        await member.get_by_role("textbox", name="这位委员的回应").fill(REPLY)
        await press(member, "登委员的回应")
        await expect(member.get_by_text(REPLY)).to_be_visible()
        await assert_accessible(member)


async def _sign(certified: Assembly, browser: Browser, address: str, path: str) -> None:
    async with at_home(browser) as owner:
        letter = f"{certified.people.numbers[4]}.{certified.people.credentials[4]}"
        await owner.goto(f"{address}{path}/sign#{letter}")
        await give_code(owner, certified, 4)
        await heads(owner, "看清楚再签")
        await expect(owner.get_by_text(REPLY)).to_be_visible()
        await press(owner, "我签名")
        await heads(owner, "办好了")
        assert letter not in owner.url


async def _sign_and_take_back(certified: Assembly, browser: Browser, address: str, path: str) -> None:
    async with at_home(browser) as owner:
        letter = f"{certified.people.numbers[5]}.{certified.people.credentials[5]}"
        await owner.goto(f"{address}{path}/sign#{letter}")
        await give_code(owner, certified, 5)
        await press(owner, "我签名")
        await heads(owner, "办好了")
        certified.at(certified.platform.clock.now.replace(minute=10))
        await owner.goto(f"{address}{PETITIONS}")
        await owner.goto(f"{address}{path}/sign#{letter}")
        await give_code(owner, certified, 5)
        await owner.get_by_text("不想签了？").click()
        await press(owner, "撤回我的签名")
        await expect(owner.get_by_text("签名撤回了。")).to_be_visible()


async def _check(certified: Assembly, browser: Browser, address: str, path: str, secret: str) -> None:
    async with working(certified, browser, address, None) as office:
        await office.goto(f"{address}/work")
        await expect(office.get_by_text("签名够了，请核对")).to_be_visible()
        await assert_accessible(office)
        await office.goto(f"{address}/work{path}")
        await heads(office, "窗口录入")
        await keep_picture(office, "petition-desk")
        await office.goto(f"{address}/work{path}/check")
        await heads(office, "核对签名")
        await office.get_by_label("核对卡上的那一行").fill("AGE-SECRET-KEY-1" + "Q" * 58)
        await press(office, "打开名单")
        await expect(office.get_by_text("这张卡打不开")).to_be_visible()
        await office.get_by_label("核对卡上的那一行").fill(secret.lower())
        await press(office, "打开名单")
        await heads(office, "签名的人")
        await expect(office.get_by_text("手机签名，已验")).to_have_count(2)
        await expect(office.get_by_text("3幢2单元401室")).to_be_visible()
        await expect(office.get_by_text("留下2户，170.00平方米")).to_be_visible()
        await office.get_by_label("算不算").nth(1).select_option("本人说没有签")
        await expect(office.get_by_text("留下1户，90.00平方米")).to_be_visible()
        await keep_picture(office, "petition-check")
        await press(office, "核对完了")
        await expect(office.get_by_text("请定一个答复期限")).to_be_visible()
        await office.get_by_label("要业委会哪天前答复").fill("2027-02-20")
        await press(office, "核对完了")
        await heads(office, "提议罢免委员")
        await expect(office.get_by_text("已送达业委会，等答复")).to_be_visible()
        await keep_picture(office, "petition-served-desk")


async def _see_served(_: Assembly, browser: Browser, address: str, path: str) -> None:
    async with at_home(browser) as owner:
        await owner.goto(f"{address}{path}")
        await expect(owner.get_by_text("已送达业委会，等答复")).to_be_visible()
        await expect(owner.get_by_text("核对后剔除1户")).to_be_visible()
        await assert_accessible(owner)
        await keep_picture(owner, "petition-served")
        await owner.goto(f"{address}{path}?lang=en")
        await expect(owner.get_by_text("Served on the committee; it has to answer")).to_be_visible()
        await owner.goto(f"{address}{PETITIONS}")
        await keep_picture(owner, "petitions")


async def test_from_the_first_signature_until_it_is_served(certified: Assembly, browser: Browser) -> None:
    async with on_loopback(certified.platform) as address:
        at = certified, browser, address
        secret = await _make_card(*at)
        path = await _begin(*at)
        await _reply(*at, path)
        await _sign(*at, path)
        await _sign_and_take_back(*at, path)
        await _check(*at, path, secret)
        await _see_served(*at, path)
