"""Invitations and duties: who may invite whom where, and that a place has one holder."""

import asyncio
import re
from datetime import timedelta
from typing import Any

import httpx
import pytest

from tests.vote.account.device import Device
from tests.vote.account.signing_in import anonymous, as_duty, scope_of, signed_in
from tests.vote.platform import Platform
from vote.errors import RefusedError
from vote.role import Scope


async def invite(platform: Platform, scope: Scope, name: str = "张三") -> str:
    return str(await platform.services["invitations"].invite(name, scope))


async def join(browser: httpx.AsyncClient, word: str, name: str = "张三") -> httpx.Response:
    return await browser.post("/join/codes", data={"word": word, "name": name})


def codes_in(page: str) -> list[str]:
    return re.findall(r"<code>([0-9A-Z-]{29})</code>", page)


async def test_a_link_makes_staff_once(sealed):
    platform = sealed.platform
    word = await invite(platform, await scope_of(platform, "community"))
    assert word not in str(platform.contents())
    browser = anonymous(platform)
    shown = (await browser.post("/join", data={"word": f"http://vote.test/join#{word}"})).text
    assert "张三" in shown
    assert "嘉善县 魏塘街道 桥东社区" in shown
    answer = await join(browser, word)
    assert answer.status_code == 200
    assert len(codes_in(answer.text)) == 8
    assert (await browser.get(f"{sealed.api}/draft")).status_code == 200
    again = await join(anonymous(platform), word)
    assert again.status_code == 404
    assert "已经过期、用过了" in again.text
    assert platform.count("account") == 1


async def test_and_for_a_week(platform):
    word = await invite(platform, Scope())
    platform.clock.now += timedelta(days=7)
    assert (await anonymous(platform).post("/join", data={"word": word})).status_code == 404


async def test_a_new_device_joins(platform):
    word, device, browser = await invite(platform, Scope()), Device(), anonymous(platform)
    options = (await browser.post("/join/challenge", json={"word": word, "name": "张三"})).json()
    assert options["user"]["displayName"] == "张三"
    answer = await browser.post("/join/passkey", json={"credential": device.make(options), "word": word})
    assert answer.json() == {"next": "/account?new=1"}
    assert "最后一步：打印备用码" in (await browser.get("/account?new=1")).text


async def test_a_link_that_is_not_valid_opens_no_account(platform):
    browser = anonymous(platform)
    for word in ("", "x", "0" * 48):
        assert (await browser.post("/join", data={"word": word})).status_code in {400, 404}
        assert (await join(browser, word or "x")).status_code == 404
        assert (await browser.post("/join/challenge", json={"word": word})).status_code == 404
    assert platform.count("account") == 0


async def test_whoever_has_an_account_takes_a_place_up_with_it(sealed):
    platform, key = sealed.platform, sealed.people.keys["desk"][0]
    browser = anonymous(platform)
    (code, second, *_) = codes_in((await join(browser, await invite(platform, Scope()))).text)
    assert (await browser.post("/join/accept", data={"word": key})).headers["location"] == "/account"
    assert "窗口核验员" in (await browser.get("/account")).text
    other = anonymous(platform)
    answer = await other.post("/join/accept", data={"word": sealed.people.keys["organiser"][0], "code": code})
    assert answer.status_code == 403, "another person's place"
    answer = await other.post("/join/accept", data={"word": "x", "code": second})
    assert answer.status_code == 404
    assert (await other.post("/sign-in", data={"code": second})).status_code == 303, "it was not used up"


async def test_nobody_becomes_two_people_by_asking_at_the_same_moment(sealed):
    people, keys = sealed.platform.services["accounts"], sealed.people.keys
    account = await people.add("一人")
    asked = [people.join(account, keys[duty][0]) for duty in ("desk", "phones", "registrar", "community")]
    found = await asyncio.gather(*asked, return_exceptions=True)
    assert sum(isinstance(each, RefusedError) for each in found) == 3
    assert sealed.platform.count("duty_holder") == 1


async def test_a_place_has_one_holder(sealed):
    await as_duty(sealed, "desk")
    other = await signed_in(sealed.platform, None, name="另一人")
    answer = await other.post("/join/accept", data={"word": sealed.people.keys["desk"][0]})
    assert answer.status_code == 409
    assert "已经有人用过了" in answer.text


async def test_an_account_holds_the_places_of_one_person(sealed):
    """Or whoever was named apart would act as one."""
    keys = sealed.people.keys
    editor = await signed_in(sealed.platform, None, keys=[keys["phones"][0]])
    for key in (keys["phones"][1], keys["desk"][0], keys["trustee"][0]):
        answer = await editor.post("/join/accept", data={"word": key})
        assert answer.status_code == 403
        assert "两个人的事不能一个人做" in answer.text
    again = await editor.post("/join/accept", data={"word": keys["phones"][0]})
    assert again.status_code == 303


async def names(browser: httpx.AsyncClient) -> list[str]:
    return re.findall(r"<li><span>(\S+?)<br>", (await browser.get("/staff")).text)


async def test_staff_invite_into_their_own_area_only(sealed):
    platform = sealed.platform
    community = await scope_of(platform, "community")
    clerk = await signed_in(platform, community)
    for scope in ("*", f"d:{(await scope_of(platform, 'county')).division}", "e:other", "d:-1", ""):
        answer = await clerk.post("/staff/invite", data={"name": "李四", "scope": scope})
        assert answer.status_code == 400, scope
    answer = await clerk.post("/staff/invite", data={"name": "李四", "scope": f"d:{community.division}"})
    assert answer.status_code == 200
    (word,) = re.findall(r"/join#(\w{48})", answer.text)
    await join(anonymous(platform), word, "李四")
    assert await names(clerk) == ["社区甲", "李四"]
    services: Any = platform.services["invitations"]
    visitor = (await platform.services["sessions"].find(clerk.cookies["session"])).visitor
    with pytest.raises(Exception, match="只能邀请人管理您自己管的地方"):
        await services.invite("王五", Scope(), visitor)


async def test_a_task_is_taken_back_by_others_in_charge(sealed):
    platform = sealed.platform
    chief = await signed_in(platform, await scope_of(platform, "sub-district"), name="街道甲")
    clerk = await signed_in(platform, await scope_of(platform, "estate"))
    assert await names(clerk) == ["社区甲"], "who is in charge above is not theirs to see"
    assert (await clerk.post("/staff/grants/1/revoke")).status_code == 404
    assert (await clerk.post("/staff/grants/2/revoke")).status_code == 409
    assert (await chief.post("/staff/grants/2/revoke")).status_code == 303
    assert (await clerk.get(f"{sealed.api}/draft")).status_code == 403


async def test_tries_are_limited_by_address_and_come_back(platform):
    browser = anonymous(platform)
    for _ in range(6):
        assert (await browser.post("/sign-in", data={"code": "2" * 25})).status_code == 403
    answer = await browser.post("/sign-in", data={"code": "2" * 25})
    assert answer.status_code == 429
    assert "请20:05以后再试" in answer.text
    platform.clock.now += timedelta(minutes=5)
    assert (await browser.post("/sign-in", data={"code": "2" * 25})).status_code == 403
    assert (await browser.post("/sign-in", data={"code": "2" * 25})).status_code == 429
    assert "127.0.0.1" not in str(platform.contents()["allowance"])


async def test_a_printed_code_signs_in_once_and_new_ones_void_the_old(platform):
    browser = anonymous(platform)
    codes = codes_in((await join(browser, await invite(platform, Scope()))).text)
    assert codes[0] not in str(platform.contents())
    assert (await anonymous(platform).post("/sign-in", data={"code": codes[0]})).status_code == 303
    assert (await anonymous(platform).post("/sign-in", data={"code": codes[0]})).status_code == 403
    fresh = codes_in((await browser.post("/account/codes")).text)
    assert (await anonymous(platform).post("/sign-in", data={"code": codes[1]})).status_code == 403
    assert (await anonymous(platform).post("/sign-in", data={"code": fresh[1]})).status_code == 303


async def test_what_was_done_in_ones_name_is_shown(sealed):
    clerk = await signed_in(sealed.platform)
    await clerk.post(f"{sealed.api}/duties/desk/1/key")
    shown = (await clerk.get("/account")).text
    assert "提出换一个工作链接" in shown
    counts = await sealed.platform.services["events"].counts(election=sealed.uuid)
    assert counts["key:asked"] == 1


async def test_an_invitation_falls_with_the_task_of_whoever_made_it(sealed):
    platform = sealed.platform
    estate = await scope_of(platform, "estate")
    chief, leaving = await signed_in(platform), await signed_in(platform, estate, name="社区乙")
    invitations, sessions = platform.services["invitations"], platform.services["sessions"]
    found = await sessions.find(leaving.cookies["session"])
    word = await invitations.invite("社区乙", estate, found.visitor)
    for_all = await invitations.invite("张三", estate)
    (grant,) = [each.grant for each in await invitations.colleagues(found.visitor) if each.name == "社区乙"]
    assert (await chief.post(f"/staff/grants/{grant}/revoke")).status_code == 303
    assert (await leaving.get(f"{sealed.api}/draft")).status_code == 403
    assert (await leaving.post("/join", data={"word": word})).status_code == 404
    assert (await leaving.post("/join/accept", data={"word": word})).status_code == 404
    assert (await leaving.get(f"{sealed.api}/draft")).status_code == 403, "nobody keeps a way back in the pocket"
    assert (await leaving.post("/join/accept", data={"word": for_all})).status_code == 303, "the operator's stays good"
