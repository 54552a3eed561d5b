"""A clerk in Chromium: from a frozen roll through the steps to an open election, and the days while it is open."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.chromium import DESK, PHONE, SMALL_PHONE, assert_accessible, troubles_of, visit_as
from tests.browser.loopback import on_loopback
from tests.vote.account.signing_in import as_duty, signed_in
from tests.vote.assembly import Assembly, People
from tests.vote.conftest import AREAS, ASKS
from tests.vote.platform import Platform
from tests.vote.web.setting_up import NEW, PLACES, fill_in, keep_keys


@asynccontextmanager
async def visiting(
    browser: Browser, address: str, visitor: httpx.AsyncClient, size: dict[str, int]
) -> AsyncIterator[Page]:
    """Open a window in which an account of a test is signed in."""
    context = await visit_as(browser, size)
    word = visitor.cookies.get("session")
    assert word
    await context.add_cookies([{"name": "session", "value": word, "url": address}])
    page = await context.new_page()
    troubles = troubles_of(page)
    yield page
    assert troubles == []
    await context.close()


async def press(page: Page, name: str) -> None:
    await page.get_by_role("button", name=name, exact=True).click()


async def add_matter(page: Page, matter: str, text: str) -> None:
    await page.get_by_role("link", name="加一道题").click()
    await page.get_by_role("radio", name=re.compile(f"^{matter}")).check()
    await page.get_by_label("题目", exact=True).fill(text)


async def fill_matters(page: Page) -> None:
    """Ask two questions, of which the second one elects."""
    await add_matter(page, "制定和修改业主大会议事规则", "是否通过《业主大会议事规则》")
    await expect(page.get_by_label("候选人1", exact=False).first).to_be_hidden()
    await press(page, "保存这道题")
    await add_matter(page, "选举业主委员会", "选举业主委员会委员（2名以内）")
    await page.get_by_role("radio", name=re.compile("^从候选人里选几位")).check()
    await page.get_by_role("checkbox", name=re.compile("^第1题通过")).check()
    await page.get_by_label("选几位委员").fill("2")
    for number, name in enumerate(("甲", "乙", "丙"), start=1):
        await page.get_by_label(f"候选人{number}", exact=False).first.fill(name)
    await press(page, "保存这道题")
    await expect(page.get_by_text("3位候选人，选2位")).to_be_visible()
    await page.get_by_role("link", name="保存，下一步").click()


async def fill_people(page: Page) -> None:
    """Name everybody, once with somebody twice, which is said while it is typed."""
    await expect(page.locator('input[name^="person-"]')).to_have_count(len(PLACES))
    for number, duty in enumerate(PLACES):
        await page.locator(f"#person-{number}").fill(str(duty["person"]))
        await page.locator(f"#office-{number}").fill(str(duty.get("office", "")))
        if duty.get("owner"):
            await page.locator(f'input[name="owner-{number}"]').check()
    await page.locator("#person-3").fill("话务甲")
    await expect(page.get_by_text("同一个人既是“电话登记员”又是“制信人”。")).to_be_visible()
    await page.locator("#person-3").fill(str(PLACES[3]["person"]))
    await expect(page.get_by_text("有几处不能是同一个人")).to_have_count(0)
    await page.get_by_label("社区座机").fill("0573-84012345")
    await press(page, "保存，下一步")


async def test_a_clerk_goes_from_the_frozen_roll_to_an_open_election(platform: Platform, browser: Browser) -> None:
    assembly = Assembly(platform, People(AREAS, ASKS))
    await assembly.import_roll()
    clerk = await signed_in(platform)
    async with on_loopback(platform) as address, visiting(browser, address, clerk, DESK) as page:
        await page.goto(address + NEW)
        await page.get_by_label("筹备组哪天成立的").fill("2026-11-10")
        await press(page, "开始填")
        await fill_matters(page)
        await expect(page.get_by_text("本地默认记名")).to_be_visible()
        await page.get_by_role("radio", name=re.compile("^无记名")).check()
        await press(page, "保存，下一步")

        await expect(page.get_by_text("最晚哪天开始，还来得及再来一次")).to_be_visible()
        await page.get_by_label("开始投票").fill("2026-12-24")
        await page.get_by_label("结束投票").fill("2026-12-30")
        await press(page, "保存，下一步")

        await fill_people(page)
        await press(page, "算一算")
        await expect(page.get_by_text("试算200次", exact=False).nth(1)).to_be_visible()
        await page.get_by_role("link", name="保存，下一步").click()
        await press(page, "没错，生成链接")
        await expect(page.get_by_role("heading", name="每个人的链接")).to_be_visible()
        assert await page.locator("svg.qr").count() == len(PLACES)
        await assert_accessible(page)
        keep_keys(assembly, await page.content())
        await page.get_by_role("link", name="都交出去了，看还缺什么").click()
        await expect(page.get_by_text("开箱人做钥匙").first).to_be_visible()
        await expect(page.get_by_role("link", name="去封存")).to_have_count(0)

        await assembly.make_key()
        await assembly.issue_credentials()
        await assembly.bring_offices()
        await assert_accessible(page)
        await page.get_by_role("link", name="再看一次").click()
        await page.get_by_role("link", name="去封存").click()
        await expect(page.get_by_role("heading", name="封存", exact=True)).to_be_visible()
        await assert_accessible(page)
        await press(page, "念过了，没有错，封存")
        await expect(page.get_by_role("heading", name="2026年馨苑业主大会 公告")).to_be_visible()
        await assert_accessible(page)
        await page.goto(f"{address}/elections/{assembly.uuid}/papers")
        await assert_accessible(page)
        await page.goto(f"{address}/work/elections/{assembly.uuid}/notice")
        await press(page, "今天全部通知到了")
        await expect(page.get_by_text("已通知，等开始")).to_be_visible()
        platform.clock.now = datetime(2026, 12, 24, 0, 0, 1, tzinfo=UTC)
        await platform.services["elections"].open_due()
    clerk = await signed_in(platform, name="社区乙")
    async with on_loopback(platform) as address, visiting(browser, address, clerk, PHONE) as page:
        await page.goto(f"{address}/work/elections/{assembly.uuid}")
        await expect(page.get_by_text("正在投票")).to_be_visible()


async def test_going_back_loses_nothing(platform: Platform, browser: Browser) -> None:
    assembly = Assembly(platform, People(AREAS, ASKS))
    await assembly.import_roll()
    clerk = await signed_in(platform)
    path = await fill_in(clerk, assembly.people.roll)
    async with on_loopback(platform) as address, visiting(browser, address, clerk, PHONE) as page:
        await page.goto(f"{address}{path}/people")
        for step in ("times", "secrecy", "matters"):
            await page.get_by_role("link", name="返回").click()
            assert urlsplit(page.url).path == f"{path}/{step}"
        await expect(page.get_by_text("是否通过《业主大会议事规则》").first).to_be_visible()
        await page.goto(f"{address}{path}/times")
        await expect(page.get_by_label("开始投票")).to_have_value("2026-12-24")


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_every_step_can_be_used_by_everybody(platform: Platform, browser: Browser, language: str) -> None:
    assembly = Assembly(platform, People(AREAS, ASKS))
    await assembly.import_roll()
    clerk = await signed_in(platform)
    path = await fill_in(clerk, assembly.people.roll)
    below = ("matters", "matters/new", "matters/2", "secrecy", "times", "people", "privacy", "review")
    async with on_loopback(platform) as address, visiting(browser, address, clerk, SMALL_PHONE) as page:
        for step in (NEW, *(f"{path}/{each}" for each in below)):
            await page.goto(f"{address}{step}?lang={language}")
            await assert_accessible(page)


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_every_page_of_the_open_days_can_be_used_by_everybody(
    voted: Assembly, browser: Browser, language: str
) -> None:
    organiser = await as_duty(voted, "organiser")
    work = f"/work/elections/{voted.uuid}"
    async with on_loopback(voted.platform) as address, visiting(browser, address, organiser, SMALL_PHONE) as page:
        for below in ("", "/deliveries?building=3", "/deliveries/undelivered", "/reminders", "/changes"):
            mark = "&" if "?" in below else "?"
            await page.goto(f"{address}{work}{below}{mark}lang={language}")
            await assert_accessible(page)
        for number in (0, 1):
            await page.goto(f"{address}{work}?lang={language}")
            await page.locator("form[action*='/turnout'] button, form[action*='/waiting'] button").nth(number).click()
            await assert_accessible(page)
