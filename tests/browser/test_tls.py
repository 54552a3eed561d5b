"""The site as it is in earnest, under TLS: cookies, passkeys, the letter's fragment, one vote."""

import re
from dataclasses import replace
from pathlib import Path

from playwright.async_api import Page, expect

from tests.browser.chromium import browsing, troubles_of, visit_as
from tests.browser.loopback import on_loopback
from tests.browser.test_owner import answer, cast, letter_of, sign_in
from tests.browser.test_sign_in import DEVICE, invited
from tests.browser.tls import NAME, make_certificate
from tests.vote.account.signing_in import scope_of
from tests.vote.assembly import Assembly
from vote.account.site import find_site
from vote.web.headers import UNDER_TLS

BLOCKED = """address => new Promise(resolve => {
  addEventListener('securitypolicyviolation', event => resolve(event.effectiveDirective), {once: true});
  setTimeout(() => resolve('nothing was blocked'), 3000);
  const image = new Image();
  image.src = address;
})"""


async def test_a_clerk_signs_in_and_an_owner_votes_under_tls(opened: Assembly, tmp_path: Path) -> None:
    tls = make_certificate(tmp_path)
    async with on_loopback(opened.platform, tls) as address, browsing(tls.flag) as browser:
        services = opened.platform.services
        assert isinstance(services, dict)
        services["passkeys"] = replace(services["passkeys"], site=find_site(address))
        services["settings"] = services["settings"].model_copy(update={"public_url": address})

        clerk = await (await visit_as(browser)).new_page()
        troubles = troubles_of(clerk)
        await _clerk_signs_in(clerk, opened, address)
        assert troubles == []
        assert await clerk.evaluate(BLOCKED, address.replace("https:", "http:") + "/x.png") == "img-src"

        owner = await (await visit_as(browser)).new_page()
        troubles = troubles_of(owner)
        asked: list[str] = []
        owner.on("request", lambda request: asked.append(request.url))
        page = await owner.goto(address + letter_of(opened, 1))
        assert page
        assert UNDER_TLS.items() <= {name.title(): value for name, value in page.headers.items()}.items()
        assert await owner.evaluate("isSecureContext")
        assert owner.url == f"{address}{opened.pages}/vote"
        await sign_in(owner, opened, 1)
        await answer(owner, "同意", "甲")
        await cast(owner)
        await owner.wait_for_function("document.getElementById('receipt-code').naturalWidth > 0")
        assert await owner.context.cookies() == [], "owners have no account"
        assert troubles == []
        assert {each.partition("/elections")[0].partition("/static")[0] for each in asked} <= {
            address,
            f"{address}/api",
        }
        assert not [each for each in asked if opened.people.credentials[1] in each]
    assert opened.platform.count("ballot") == 1


async def _clerk_signs_in(page: Page, assembly: Assembly, address: str) -> None:
    """Join by an invitation, sign out, sign in again; look at the cookies and at what the passkey is bound to."""
    device = await page.context.new_cdp_session(page)
    await device.send("WebAuthn.enable")
    made = await device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    word = await invited(assembly.platform, await scope_of(assembly.platform, "community"))
    await page.goto(f"{address}/join#{word}")
    await expect(page.get_by_role("heading", name="您收到一个邀请")).to_be_visible()
    assert word not in page.url
    await page.get_by_role("button", name="用指纹、人脸或锁屏密码开通").click()
    await expect(page.get_by_text("最后一步：打印备用码")).to_be_visible()
    kept = await device.send("WebAuthn.getCredentials", {"authenticatorId": made["authenticatorId"]})
    assert [each["rpId"] for each in kept["credentials"]] == [NAME]
    cookies = {each["name"]: each for each in await page.context.cookies()}
    assert "__Host-session" in cookies
    for name, cookie in cookies.items():
        assert name.startswith("__Host-")
        assert (cookie["secure"], cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, True, "Lax", "/")
    await page.get_by_role("button", name="退出", exact=True).first.click()
    await page.goto(f"{address}/account")
    await expect(page).to_have_url(re.compile("/sign-in"))
    assert "__Host-session" not in {each["name"] for each in await page.context.cookies()}
    await page.get_by_role("button", name="用指纹、人脸或锁屏密码登录").click()
    await expect(page.get_by_role("heading", name="张三")).to_be_visible()
