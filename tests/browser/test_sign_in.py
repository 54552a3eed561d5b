"""Invited, joined, signed out, signed in again: with a device that asks for a fingerprint, in a real browser."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from http import HTTPStatus

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.chromium import DESK, PHONE, assert_accessible, photograph, visit_as
from tests.browser.loopback import on_loopback
from tests.vote.account.signing_in import anonymous, scope_of
from tests.vote.assembly import Assembly
from tests.vote.platform import Platform
from vote.account.site import find_site
from vote.role import Scope

DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


async def add_device(page: Page) -> None:
    """Give a browser a device that asks its owner and is answered."""
    session = await page.context.new_cdp_session(page)
    await session.send("WebAuthn.enable")
    await session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


async def look_at(page: Page, name: str) -> None:
    """Check that a page is accessible, in both languages if it can be opened again, and keep pictures if asked to."""
    await assert_accessible(page)
    if path := photograph(name):
        await page.screenshot(path=path, full_page=True)
        await page.set_viewport_size(DESK)
        await page.screenshot(path=path.with_stem(f"{name}-desk"), full_page=True)
        await page.set_viewport_size(PHONE)


@pytest.fixture
async def address(sealed: Assembly) -> AsyncIterator[str]:
    """The application of a sealed election, under a name that passkeys work with."""
    async with on_loopback(sealed.platform) as served:
        services = sealed.platform.services
        assert isinstance(services, dict)
        services["passkeys"] = replace(services["passkeys"], site=find_site(served))
        services["settings"] = services["settings"].model_copy(update={"public_url": served})
        yield served


async def invited(platform: Platform, scope: Scope, name: str = "张三") -> str:
    return str(await platform.services["invitations"].invite(name, scope))


async def test_whoever_is_invited_joins_by_fingerprint_and_signs_in_again(
    sealed: Assembly, address: str, page: Page
) -> None:
    await add_device(page)
    word = await invited(sealed.platform, await scope_of(sealed.platform, "community"))
    await page.goto(f"{address}/join#{word}")
    await expect(page.get_by_role("heading", name="您收到一个邀请")).to_be_visible()
    assert word not in page.url
    await expect(page.get_by_text("嘉善县 魏塘街道 桥东社区")).to_be_visible()
    await expect(page.get_by_label("姓名")).to_have_value("张三")
    await look_at(page, "invitation")
    await page.get_by_role("button", name="用指纹、人脸或锁屏密码开通").click()
    await expect(page.get_by_text("最后一步：打印备用码")).to_be_visible()
    await look_at(page, "account-new")
    await page.get_by_role("button", name="打印新的备用码").first.click()
    codes = await page.locator("ol.codes code").all_inner_texts()
    assert len(codes) == 8
    await look_at(page, "recovery-codes")
    await page.emulate_media(media="print")
    await page.emulate_media(media="screen")
    await page.get_by_role("link", name="好了").click()
    await expect(page.get_by_text("还有8个没用过。")).to_be_visible()
    await look_at(page, "account")
    await page.get_by_role("button", name="退出", exact=True).first.click()
    await page.goto(f"{address}/account")
    await expect(page).to_have_url(re.compile("/sign-in"))
    await look_at(page, "sign-in")
    await page.get_by_role("button", name="用指纹、人脸或锁屏密码登录").click()
    await expect(page.get_by_role("heading", name="张三")).to_be_visible()
    await page.goto(f"{address}/staff")
    await page.get_by_label("姓名").fill("李四")
    await page.get_by_label("管哪里").select_option(label="嘉善县 魏塘街道 桥东社区 馨苑")
    await look_at(page, "staff")
    await page.get_by_role("button", name="生成邀请链接").click()
    await expect(page.get_by_role("img", name="邀请链接的二维码")).to_be_visible()
    await look_at(page, "invited")
    await page.goto(f"{address}/account?lang=en")
    await look_at(page, "account-en")
    await page.goto(f"{address}/sign-in?again=1&lang=en")
    await look_at(page, "sign-in-en")


async def test_a_duty_is_taken_up_and_a_printed_code_signs_in(sealed: Assembly, address: str, browser: Browser) -> None:
    """A browser that knows no passkeys: codes alone."""
    page = await (await visit_as(browser)).new_page()
    await page.add_init_script("delete window.PublicKeyCredential")
    await page.goto(f"{address}/join#{sealed.people.keys['desk'][0]}")
    await expect(page.get_by_text("窗口核验员")).to_be_visible()
    await expect(page.get_by_text("这个浏览器用不了指纹和人脸").first).to_be_visible()
    await page.get_by_label("姓名").fill("窗口甲")
    await page.get_by_role("button", name="没有指纹和人脸").click()
    code = (await page.locator("ol.codes code").all_inner_texts())[2]
    await page.get_by_role("link", name="好了").click()
    await expect(page.get_by_text("窗口核验员")).to_be_visible()
    await page.get_by_role("button", name="退出", exact=True).first.click()
    await page.goto(f"{address}/sign-in")
    await page.get_by_role("textbox", name="备用码").fill("22222")
    await page.get_by_role("button", name="用备用码登录").click()
    await expect(page.get_by_text("备用码是25位字母和数字")).to_be_visible()
    await assert_accessible(page)
    await page.get_by_role("textbox", name="备用码").fill(code.lower().replace("-", " "))
    await page.get_by_role("button", name="用备用码登录").click()
    await expect(page).to_have_url(f"{address}/work")
    await page.goto(f"{address}/account")
    await expect(page.get_by_text("还有7个没用过。")).to_be_visible()


async def test_whoever_tried_too_often_is_told_when_to_try_again(
    sealed: Assembly, address: str, browser: Browser
) -> None:
    page = await (await visit_as(browser)).new_page()
    await add_device(page)
    client = anonymous(sealed.platform)
    for language, sentence in (
        ("zh", "试的次数太多了，请20:00以后再试。"),
        ("en", "Too many tries: try again after 20:00 in China."),
    ):
        for _ in range(31):
            answer = await client.post("/sign-in/challenge", json={})
        assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS
        await page.goto(f"{address}/sign-in?lang={language}")
        await page.locator("#passkey").click()
        await expect(page.get_by_role("alert")).to_have_text(sentence)
        await expect(page.locator("#passkey")).to_be_enabled()
        await assert_accessible(page)
