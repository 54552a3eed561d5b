"""Passkeys: what a device answers signs in once, for this site, and nothing else does."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest

from tests.vote.account.device import PRESENT, VERIFIED, Device, text
from tests.vote.account.signing_in import anonymous, signed_in
from tests.vote.platform import Platform
from vote.role import Scope


async def add(clerk: httpx.AsyncClient, device: Device, **client: str) -> httpx.Response:
    options = (await clerk.post("/account/passkeys/challenge")).json()
    body = {"credential": device.make(options, **client), "label": "手机"}
    return await clerk.post("/account/passkeys", json=body)


async def use(browser: httpx.AsyncClient, device: Device, **client: str) -> httpx.Response:
    options = (await browser.post("/sign-in/challenge")).json()
    body = {"credential": device.sign(options, **client), "next": "/staff"}
    return await browser.post("/sign-in/passkey", json=body)


async def with_device(platform: Platform, **device: Any) -> tuple[httpx.AsyncClient, Device]:
    clerk, made = await signed_in(platform), Device(**device)
    answer = await add(clerk, made)
    assert answer.status_code == 200, answer.text
    return clerk, made


async def test_a_device_that_was_added_signs_in(platform):
    _, device = await with_device(platform)
    browser = anonymous(platform)
    answer = await use(browser, device)
    assert (answer.status_code, answer.json()) == (200, {"next": "/staff"})
    assert "社区甲" in (await browser.get("/account")).text


@pytest.mark.parametrize(
    "onward", ["https://other.test/", "//other.test", "/\\other.test", "javascript:x", "", "/a\nb"]
)
async def test_nobody_is_led_elsewhere(platform, onward):
    _, device = await with_device(platform)
    browser = anonymous(platform)
    options = (await browser.post("/sign-in/challenge")).json()
    answer = await browser.post("/sign-in/passkey", json={"credential": device.sign(options), "next": onward})
    assert answer.json() == {"next": "/work"}


async def test_an_answer_is_used_once_and_within_minutes(platform):
    _, device = await with_device(platform)
    browser = anonymous(platform)
    options = (await browser.post("/sign-in/challenge")).json()
    body = {"credential": device.sign(options)}
    assert (await browser.post("/sign-in/passkey", json=body)).status_code == 200
    assert (await anonymous(platform).post("/sign-in/passkey", json=body)).status_code == 403
    options = (await browser.post("/sign-in/challenge")).json()
    platform.clock.now += timedelta(minutes=5)
    answer = await anonymous(platform).post("/sign-in/passkey", json={"credential": device.sign(options)})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "https://vote.test"},
        {"origin": "http://other.test"},
        {"site": "other.test"},
        {"flags": PRESENT},
        {"flags": VERIFIED},
        {"count": -1},
        {"handle": text(b"x" * 32)},
        {"name": b"another passkey."},
    ],
    ids=str,
)
async def test_a_device_that_answers_wrongly_signs_nobody_in(platform, wrong):
    _, device = await with_device(platform, count=5)
    browser = anonymous(platform)
    answer = await use(browser, replace(device, **wrong))
    assert answer.status_code == 403
    assert (await browser.get("/account")).status_code == 303
    assert (await use(browser, device)).status_code == 200


@pytest.mark.parametrize("client", [{"challenge": text(bytes(32))}, {"type": "webauthn.create"}, {"challenge": "?"}])
async def test_nor_does_one_that_answers_something_else(platform, client):
    _, device = await with_device(platform)
    assert (await use(anonymous(platform), device, **client)).status_code == 403


async def test_nor_a_key_that_signs_for_another(platform):
    _, device = await with_device(platform)
    assert (await use(anonymous(platform), replace(device, key=Device().key))).status_code == 403


@pytest.mark.parametrize(
    "credential", [{}, {"response": 7}, {"id": 3, "response": {"clientDataJSON": "!!"}}, {"response": {}}]
)
async def test_what_is_no_answer_is_refused(platform, credential):
    for path in ("/sign-in/passkey", "/join/passkey"):
        answer = await anonymous(platform).post(path, json={"credential": credential})
        assert answer.status_code == 403, answer.text


@pytest.mark.parametrize(
    ("wrong", "client"),
    [
        ({"origin": "http://other.test"}, {}),
        ({"site": "other.test"}, {}),
        ({"flags": PRESENT}, {}),
        ({}, {"type": "webauthn.get"}),
        ({}, {"challenge": text(bytes(32))}),
    ],
    ids=str,
)
async def test_a_passkey_that_was_made_wrongly_is_not_kept(platform, wrong, client):
    clerk = await signed_in(platform)
    assert (await add(clerk, Device(**wrong), **client)).status_code == 403
    assert platform.count("passkey") == 0


async def test_a_passkey_is_made_for_whoever_asked(platform):
    mine, theirs = await signed_in(platform), await signed_in(platform, name="社区乙")
    options = (await mine.post("/account/passkeys/challenge")).json()
    answer = await theirs.post("/account/passkeys", json={"credential": Device().make(options)})
    assert answer.status_code == 403


async def test_what_opens_an_account_is_changed_soon_after_signing_in(platform):
    clerk, device = await with_device(platform)
    platform.clock.now += timedelta(minutes=30)
    assert (await clerk.post("/account/passkeys/challenge")).status_code == 403
    assert (await clerk.post("/account/passkeys/1/remove")).status_code == 403
    assert (await clerk.post("/account/codes")).status_code == 403
    assert (await clerk.post("/staff/invite", data={"name": "李四", "scope": "*"})).status_code == 403
    assert "再登录一次" in (await clerk.get("/account")).text
    assert (await use(clerk, device)).status_code == 200
    assert (await clerk.post("/account/codes")).status_code == 200


async def test_the_last_way_to_sign_in_stays(platform):
    clerk, _ = await with_device(platform)
    answer = await clerk.post("/account/passkeys/1/remove")
    assert answer.status_code == 409
    assert "最后一种登录办法" in answer.text
    assert platform.count("passkey") == 1
    await clerk.post("/account/codes")
    assert (await clerk.post("/account/passkeys/1/remove")).status_code == 303
    assert (await clerk.post("/account/passkeys/1/remove")).status_code == 404


async def test_nobody_removes_the_passkey_of_somebody_else(platform):
    await with_device(platform)
    other = await signed_in(platform, Scope(), name="社区乙")
    assert (await other.post("/account/passkeys/1/remove")).status_code == 404
    assert platform.count("passkey") == 1
