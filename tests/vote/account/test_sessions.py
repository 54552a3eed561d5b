"""Sessions: what the browser holds, how long it opens, who can end it."""

from datetime import timedelta
from typing import Any

import pytest

from tests.vote.account.signing_in import account_of, again, anonymous, signed_in
from tests.vote.platform import Platform


async def is_in(browser: Any) -> bool:
    return bool((await browser.get("/account")).status_code == 200)


def sessions(platform: Platform) -> Any:
    return platform.services["sessions"]


async def test_the_database_holds_digests_only(platform):
    clerk = await signed_in(platform)
    word = clerk.cookies["session"]
    assert word not in str(platform.contents())
    assert await is_in(clerk)


async def test_nobody_is_signed_in_by_another_word(platform):
    clerk = await signed_in(platform)
    for word in ("", "0" * 64, clerk.cookies["session"][:-1], clerk.cookies["session"].upper() + "x"):
        browser = anonymous(platform, Cookie=f"session={word}")
        assert not await is_in(browser)


async def test_a_session_ends_when_it_is_not_used(platform):
    clerk = await signed_in(platform)
    for _ in range(3):
        platform.clock.now += timedelta(minutes=119)
        assert await is_in(clerk)
    platform.clock.now += timedelta(minutes=120)
    assert not await is_in(clerk)


async def test_and_after_a_working_day(platform):
    clerk = await signed_in(platform)
    for _ in range(11):
        platform.clock.now += timedelta(minutes=60)
        assert await is_in(clerk)
    platform.clock.now += timedelta(minutes=60)
    assert not await is_in(clerk)


async def later(platform: Platform, browser: Any) -> None:
    """Let three hours pass in which the browser is used."""
    for _ in range(2):
        platform.clock.now += timedelta(minutes=90)
        before = browser.cookies["session"]
        assert await is_in(browser)
    assert browser.cookies["session"] != before


async def test_a_browser_gets_a_new_word_every_three_hours(platform):
    clerk = await signed_in(platform)
    old = clerk.cookies["session"]
    await later(platform, clerk)
    assert await is_in(clerk)
    platform.clock.now += timedelta(minutes=2)
    assert await is_in(clerk)
    # The new word came back, a minute ago or more: the old one opens nothing any more.
    assert not await is_in(anonymous(platform, Cookie=f"session={old}"))


async def test_an_answer_that_was_lost_signs_nobody_out(platform):
    clerk = await signed_in(platform)
    old = clerk.cookies["session"]
    await later(platform, clerk)
    clerk.cookies.set("session", old, domain="vote.test", path="/")
    assert await is_in(clerk)
    assert clerk.cookies["session"] == old, "within the minute both words open"
    platform.clock.now += timedelta(minutes=5)
    assert await is_in(clerk)
    assert clerk.cookies["session"] != old
    assert await is_in(clerk)


async def test_one_device_is_signed_out_and_all_others(platform):
    first = await signed_in(platform)
    second, third = anonymous(platform), anonymous(platform)
    for browser in (second, third):
        browser.headers["X-Test-Account"] = first.headers["X-Test-Account"]
        await again(platform, browser)
    (of_first,) = [each for each in await sessions(platform).all(account_of(first)) if each.id == 1]
    assert (await second.post(f"/account/sessions/{of_first.id}/end")).status_code == 303
    assert not await is_in(first)
    assert await is_in(third)
    assert (await second.post("/account/sessions/end-others")).status_code == 303
    assert not await is_in(third)
    assert await is_in(second)


async def test_nobody_ends_the_session_of_somebody_else(platform):
    mine, theirs = await signed_in(platform), await signed_in(platform, name="社区乙")
    assert (await mine.post("/account/sessions/2/end")).status_code == 404
    assert await is_in(theirs)


@pytest.mark.parametrize(
    ("address", "name", "secure"),
    [("https://vote.test", "__Host-session", True), ("http://vote.test", "session", False)],
)
async def test_scripts_and_other_sites_do_not_get_the_cookie(platform, address, name, secure):
    services: Any = platform.services
    services["settings"] = services["settings"].model_copy(update={"public_url": address})
    account = await services["accounts"].add("张三")
    (code, *_) = await services["recoveries"].make(account)
    answer = await anonymous(platform).post("/sign-in", data={"code": code})
    (cookie,) = [each for each in answer.headers.get_list("set-cookie") if "session=" in each]
    assert cookie.startswith(f"{name}=")
    parts = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert parts == {"httponly", "path=/", "samesite=lax"} | ({"secure"} if secure else set())
