"""Signing in through a real provider on this machine, and everything that it must not be able to do."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest

from tests.vote.account.provider import CLIENT, SECRET, Provider, running_provider
from tests.vote.account.signing_in import account_of, anonymous, signed_in
from tests.vote.platform import URL, Platform
from vote.account.provider import Client


@pytest.fixture
def provider(platform: Platform) -> Iterator[Provider]:
    with running_provider() as running:
        running.now = int(platform.clock.now.timestamp())
        services: Any = platform.services
        services["provider"] = replace(services["provider"], client=Client(running.issuer, CLIENT, SECRET, URL))
        settings = services["settings"].model_copy(update={"oidc_issuer": running.issuer})
        services["settings"] = settings
        yield running


async def go(browser: httpx.AsyncClient, path: str) -> httpx.Response:
    """Follow a browser to the provider and back; return our answer."""
    sent = await browser.get(path)
    assert sent.status_code == 303, sent.text
    async with httpx.AsyncClient() as outside:
        back = await outside.get(sent.headers["location"])
    return await browser.get(back.headers["location"])


async def linked(platform: Platform) -> httpx.AsyncClient:
    clerk = await signed_in(platform)
    answer = await go(clerk, "/account/provider")
    assert (answer.status_code, answer.headers["location"]) == (303, "/account")
    return clerk


async def test_a_linked_account_is_signed_in(platform, provider):
    clerk = await linked(platform)
    assert "取消关联" in (await clerk.get("/account")).text
    browser = anonymous(platform)
    answer = await go(browser, "/sign-in/provider?next=/staff")
    assert (answer.status_code, answer.headers["location"]) == (303, "/staff")
    assert "社区甲" in (await browser.get("/account")).text
    (session, *_) = await platform.services["sessions"].all(account_of(clerk))
    assert session.how == "provider"


async def test_an_account_that_is_not_linked_is_not_made(platform, provider):
    answer = await go(anonymous(platform), "/sign-in/provider")
    assert answer.status_code == 403
    assert "还没有关联" in answer.text
    assert platform.count("account") == 0


async def test_what_is_unlinked_signs_nobody_in(platform, provider):
    clerk = await linked(platform)
    assert (await clerk.post("/account/provider/unlink")).status_code == 303
    assert (await go(anonymous(platform), "/sign-in/provider")).status_code == 403


async def test_a_name_there_is_one_account_here(platform, provider):
    await linked(platform)
    answer = await go(await signed_in(platform, name="社区乙"), "/account/provider")
    assert answer.status_code == 409


async def test_nobody_is_led_to_linking_from_elsewhere(platform, provider):
    clerk = await signed_in(platform)
    answer = await clerk.get("/account/provider", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "other"},
        {"nonce": None},
        {"iss": "https://other.test"},
        {"iss": None},
        {"aud": "other"},
        {"aud": ["other", "another"]},
        {"aud": None},
        {"aud": [CLIENT, "other"], "azp": "other"},
        {"exp": 0},
        {"exp": None},
        {"iat": 4_000_000_000},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
    ],
    ids=str,
)
async def test_a_token_that_says_something_else_signs_nobody_in(platform, provider, claims):
    await linked(platform)
    provider.claims = claims
    browser = anonymous(platform)
    answer = await go(browser, "/sign-in/provider")
    assert answer.status_code == 403, claims
    assert (await browser.get("/account")).status_code == 303


@pytest.mark.parametrize("fault", [{"stranger": True}, {"algorithm": "none"}])
async def test_nor_does_one_that_the_provider_did_not_sign(platform, provider, fault):
    await linked(platform)
    for name, value in fault.items():
        setattr(provider, name, value)
    assert (await go(anonymous(platform), "/sign-in/provider")).status_code == 403


async def test_an_answer_belongs_to_the_browser_that_asked_and_is_used_once(platform, provider):
    await linked(platform)
    browser, other = anonymous(platform), anonymous(platform)
    sent = await browser.get("/sign-in/provider")
    async with httpx.AsyncClient() as outside:
        back = (await outside.get(sent.headers["location"])).headers["location"]
    assert (await other.get(back)).status_code == 403
    # Whoever else tried has used the question up.
    assert (await browser.get(back)).status_code == 403
    assert (await go(browser, "/sign-in/provider")).status_code == 303
    assert (await browser.get("/sign-in/provider/return?state=x&code=y")).status_code == 403


async def test_a_provider_of_another_name_or_without_tls_is_not_asked(platform, provider):
    real = provider.issuer
    provider.issuer = "https://other.test"
    assert (await anonymous(platform).get("/sign-in/provider")).status_code == 503
    services: Any = platform.services
    services["provider"] = replace(services["provider"], client=Client("http://other.test", CLIENT, SECRET, URL))
    assert (await anonymous(platform).get("/sign-in/provider")).status_code == 503
    provider.issuer = real


async def test_without_a_provider_there_is_no_such_way(platform):
    assert (await anonymous(platform).get("/sign-in/provider")).status_code == 404
    assert "单位账号" not in (await anonymous(platform).get("/sign-in")).text
