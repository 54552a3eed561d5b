"""A clerk in Chromium: from nothing to a frozen roll of 566 owners, using only what the pages say."""

import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.chromium import DESK, PHONE, SMALL_PHONE, assert_accessible, photograph, troubles_of, visit_as
from tests.browser.loopback import on_loopback
from tests.vote.account.signing_in import signed_in
from tests.vote.platform import Platform, read_here

ROLL_566 = Path(__file__).parents[2] / "vote" / "demo" / "roll-566.xlsx"
STRANGE = "甲,乙,丙,丁,戊,备用号\n1,1,101,张三,89.37,13800136721\n1,1,102,李四,90,\n1,1,103,王五,八十,\n"


@asynccontextmanager
async def visiting(
    browser: Browser, address: str, visitor: httpx.AsyncClient, size: dict[str, int], **choices: str
) -> AsyncIterator[Page]:
    context = await visit_as(browser, size, **choices)
    word = visitor.cookies.get("session")
    assert word
    await context.add_cookies([{"name": "session", "value": word, "url": address}])
    page = await context.new_page()
    troubles = troubles_of(page)
    yield page
    assert troubles == []
    await context.close()


async def look(page: Page, name: str) -> None:
    """Hold the page to what every page keeps, and keep a picture where one is wanted."""
    await assert_accessible(page)
    if path := photograph(name):
        await page.screenshot(path=path, full_page="FULL" in os.environ)


async def press(page: Page, name: str) -> None:
    await page.get_by_role("button", name=name, exact=True).click()


async def follow(page: Page, name: str) -> None:
    await page.get_by_role("link", name=name, exact=True).click()


async def found_estate(page: Page) -> None:
    await follow(page, "添加小区")
    for label, text in (("小区名称", "馨苑小区"), ("网址里的短名", "xinyuan"), ("县（市、区）", "嘉善县"),
                        ("街道（镇）", "魏塘街道"), ("社区", "桥东社区")):  # fmt: skip
        await page.get_by_label(label, exact=True).fill(text)
    await press(page, "添加小区")
    await expect(page.get_by_role("heading", name="馨苑小区")).to_be_visible()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
async def test_a_clerk_goes_from_nothing_to_a_frozen_roll(
    size: dict[str, int], platform: Platform, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_here(monkeypatch)
    kind = "desk" if size is DESK else "phone"
    async with (
        await signed_in(platform) as clerk,
        on_loopback(platform) as address,
        visiting(browser, address, clerk, size) as page,
    ):
        await page.goto(f"{address}/work")
        await expect(page.get_by_role("heading", name="先添加一个小区")).to_be_visible()
        await look(page, f"clerk-{kind}-empty")
        await found_estate(page)
        await follow(page, "上传业主清册")
        await page.get_by_label("选清册文件，或把它拖到这里").set_input_files(ROLL_566)
        await look(page, f"clerk-{kind}-upload")
        await press(page, "上传并读取")
        await expect(page.get_by_text("566", exact=True).first).to_be_visible()
        await look(page, f"clerk-{kind}-roll")
        for tab in ("逐行结果", "各栏", "与上次比", "公示", "异议", "电话", "定稿"):
            await page.get_by_role("navigation", name="清册的各部分").get_by_role("link", name=tab).click()
            await look(page, f"clerk-{kind}-{tab}")
        await page.get_by_role("navigation", name="清册的各部分").get_by_role("link", name="公示").click()
        await page.get_by_label("贴在哪里").fill("小区南门公告栏、各单元门口")
        await page.get_by_label("找谁提异议").fill("桥东社区 王五")
        await page.get_by_label("电话").fill("0573-84012345")
        await press(page, "记下来，出公示")
        await expect(page.get_by_role("heading", name="馨苑小区业主清册公示")).to_be_visible()
        await look(page, f"clerk-{kind}-posted")
        await page.goto(f"{address}/work/rolls/1/objections")
        await page.get_by_label("业主怎么说的").fill("3幢501室的面积应为80.50平方米。")
        await press(page, "记下")
        await expect(page.get_by_text("等答复")).to_be_visible()
        await look(page, f"clerk-{kind}-objection")
        await page.goto(f"{address}/work")
        await expect(page.get_by_role("link", name="答复1件清册异议")).to_be_visible()
        await look(page, f"clerk-{kind}-today")
        await follow(page, "答复1件清册异议")
        await page.get_by_label("答复", exact=True).fill("已按不动产登记核对，面积无误。")
        await press(page, "答复这一件")
        await page.goto(f"{address}/work/rolls/1/freeze")
        await page.get_by_label("我已核对上面的数，现在定稿").check()
        await press(page, "定稿")
        await expect(page.get_by_text("清册已定稿，不能再改。")).to_be_visible()
        await look(page, f"clerk-{kind}-frozen")
        await page.goto(f"{address}/work/rolls/1/phones")
        await look(page, f"clerk-{kind}-phones")
        await page.goto(f"{address}/work/estates/xinyuan")
        await look(page, f"clerk-{kind}-estate")


async def test_a_clerk_names_columns_and_mends_a_row_by_keyboard(
    platform: Platform, browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_here(monkeypatch)
    sheet = tmp_path / "清册.csv"
    sheet.write_text(STRANGE)
    async with (
        await signed_in(platform) as clerk,
        on_loopback(platform) as address,
        visiting(browser, address, clerk, SMALL_PHONE) as page,
    ):
        await page.goto(f"{address}/work")
        await found_estate(page)
        await follow(page, "上传业主清册")
        await page.get_by_label("选清册文件，或把它拖到这里").set_input_files(sheet)
        await press(page, "上传并读取")
        await expect(page.get_by_role("heading", name="没认出来的栏")).to_be_visible()
        await look(page, "clerk-small-columns")
        for letter, meaning in zip("ABCDEF", ("楼幢", "单元", "室号", "权利人", "登记面积", "联系电话"), strict=True):
            await page.get_by_label(re.compile(f"^{letter}栏")).select_option(label=meaning)
        await press(page, "按这样读")
        await expect(page.get_by_role("link", name="改好退回的1行")).to_be_visible()
        await follow(page, "改好退回的1行")
        await follow(page, "改第4行")
        await look(page, "clerk-small-row")
        field = page.get_by_label(re.compile("^戊"))
        await field.focus()
        await page.keyboard.press("Control+A")
        await page.keyboard.type("80.00")
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("第4行改好了，已重新读取。")).to_be_visible()
        await page.goto(f"{address}/work/rolls/1")
        await expect(page.get_by_text("3位业主").first).to_be_visible()
        await expect(page.get_by_text("改了一行")).to_be_visible()


async def test_the_pages_are_complete_in_english(
    platform: Platform, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_here(monkeypatch)
    async with await signed_in(platform) as clerk, on_loopback(platform) as address:
        answer = await clerk.post(
            "/work/estates/new",
            data={"id": "xinyuan", "name": "馨苑", "county": "嘉善", "sub_district": "魏塘", "community": "桥东"},
        )
        assert answer.status_code == 303
        async with visiting(browser, address, clerk, PHONE, locale="en-GB") as page:
            await page.goto(f"{address}/work/estates/xinyuan/rolls/new")
            await page.locator("#file").set_input_files(ROLL_566)
            await press(page, "Upload and read")
            await expect(page.get_by_role("heading", name="Roll of owners")).to_be_visible()
            for path in (
                "",
                "/rows",
                "/columns",
                "/compare",
                "/notice",
                "/objections",
                "/phones",
                "/freeze",
                "/discard",
            ):
                await page.goto(f"{address}/work/rolls/1{path}")
                await assert_accessible(page)
