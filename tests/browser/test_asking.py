"""An owner asks on a phone and the committee answers; a member's tie is found, explained and read: in real Chromium."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.chromium import DESK, PHONE, assert_accessible, keep_picture, troubles_of, visit_as
from tests.browser.loopback import on_loopback
from tests.vote.account.signing_in import scope_of, signed_in
from tests.vote.assembly import ESTATE, PLACE, Assembly, phone_of
from tests.vote.platform import Clock, Platform
from vote.oversight.record.kinds import RecordKind
from vote.oversight.record.service import Draft
from vote.role import Actor, Role, Scope

COMMITTEE = Scope(estate=ESTATE, role=Role.COMMITTEE)


@pytest.fixture(autouse=True)
def _events_tell_the_same_time(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vote.account.events.database_now", clock)


@asynccontextmanager
async def somebody(
    platform: Platform, browser: Browser, address: str, scope: Scope | None, **window: int
) -> AsyncIterator[Page]:
    """Keep a page open in the browser of somebody; nothing goes wrong there but a form that is filled in wrongly."""
    context = await visit_as(browser, window or PHONE)
    if scope is not None:
        async with await signed_in(platform, scope, name="张三") as client:
            word = client.cookies["session"]
        await context.add_cookies([{"name": "session", "value": word, "url": address}])
    page = await context.new_page()
    troubles = troubles_of(page)
    yield page
    await context.close()
    assert [each for each in troubles if "422" not in each] == []


async def test_an_owner_asks_the_committee_answers_late_and_it_goes_to_the_meeting(
    opened: Assembly, browser: Browser
) -> None:
    platform = opened.platform
    async with (
        on_loopback(platform) as address,
        somebody(platform, browser, address, None) as owner,
        somebody(platform, browser, address, COMMITTEE, **DESK) as member,
    ):
        await owner.goto(f"{address}/estates/{ESTATE}")
        await owner.get_by_role("link", name="我要询问").click()
        await assert_accessible(owner)
        await owner.get_by_label("要问什么").fill("电梯广告收入去年是多少？用在哪里？")
        await owner.get_by_label("内容和署名谁都能看").check()
        await owner.get_by_label("怎样称呼您").fill("3幢一位业主")
        await owner.get_by_label("信的编号").fill(opened.people.numbers[1])
        await owner.get_by_role("button", name="获取验证码").click()
        await expect(owner.get_by_role("alert")).to_contain_text("要您同意才能登")
        await keep_picture(owner, "ask-wrong")
        await owner.get_by_label("我同意公开这个称呼").check()
        await owner.get_by_role("button", name="获取验证码").click()
        await owner.get_by_label("验证码").fill(platform.phones.code(f"+86{phone_of(1)}"))
        await assert_accessible(owner)
        await keep_picture(owner, "ask-code")
        await owner.get_by_role("button", name="提出询问").click()
        await expect(owner.get_by_role("status")).to_contain_text("已提出，公开可查")
        await assert_accessible(owner)
        await keep_picture(owner, "asked")
        path = owner.url.partition("?")[0]
        platform.clock.now += timedelta(days=20)
        await owner.goto(path)
        await expect(owner.get_by_text("逾期未答复")).to_be_visible()
        await keep_picture(owner, "ask-overdue")
        async with await signed_in(platform, COMMITTEE, name="李四") as client:
            word = client.cookies["session"]
        await member.context.add_cookies([{"name": "session", "value": word, "url": address}])
        await member.goto(path)
        await assert_accessible(member)
        await keep_picture(member, "answering")
        await member.get_by_role("button", name="列入下次会议质询").click()
        await expect(member.get_by_text("已列入下次业主大会")).to_be_visible()
        await member.get_by_label("答复内容").fill("去年12,000元，用于更换门禁。\n明细见收支账。")
        await member.get_by_role("button", name="公布答复").click()
        await expect(member.get_by_text("用于更换门禁")).to_be_visible()
        await assert_accessible(member)
        await keep_picture(member, "answered")
        for name, shown in (("agenda", f"/estates/{ESTATE}/agenda"), ("asked-list", f"/estates/{ESTATE}/inquiries")):
            await owner.goto(f"{address}{shown}")
            await expect(owner.get_by_text("逾期后答复")).to_be_visible()
            await assert_accessible(owner)
            await keep_picture(owner, name)


async def test_a_members_tie_is_found_explained_and_read_beside_the_record(
    platform: Platform, browser: Browser
) -> None:
    await platform.post("/api/estates", json=PLACE)
    contract = {"title": "钢丝绳更换", "day": "2026-11-20", "content": "请人更换。", "in_favour": 4, "against": 0}
    values = {**contract, "signed": ["李四"], "contractor": "嘉善恒通电梯有限公司"}
    near = {**values, "title": "门禁维修", "contractor": "浙江恒通电梯工程有限公司"}
    records, office = platform.services["records"], Actor(Role.STAFF)
    record = await records.publish(ESTATE, Draft(RecordKind.DECISION, values), office)
    await records.publish(ESTATE, Draft(RecordKind.DECISION, near), office)
    street = await scope_of(platform, "sub-district")
    async with (
        on_loopback(platform) as address,
        somebody(platform, browser, address, None) as owner,
        somebody(platform, browser, address, COMMITTEE, **DESK) as member,
        somebody(platform, browser, address, street, **DESK) as officer,
    ):
        await member.goto(f"{address}/estates/{ESTATE}/interests")
        await assert_accessible(member)
        await member.get_by_role("link", name="申报一项关系").click()
        await member.get_by_label("单位", exact=True).check()
        await member.get_by_label("对方名称或姓名").fill("嘉善恒通电梯有限责任公司")
        await member.get_by_label("统一社会信用代码").fill("91330100799655058C")
        await member.get_by_label("近亲属投资、任职或者就是近亲属").check()
        await member.get_by_role("button", name="申报").click()
        await expect(member.get_by_role("alert")).to_contain_text("信用代码不对")
        await assert_accessible(member)
        await keep_picture(member, "declare-wrong")
        await member.get_by_label("统一社会信用代码").fill("")
        await member.get_by_role("button", name="申报").click()
        await expect(member.get_by_role("heading", name="要您说明的")).to_be_visible()
        await assert_accessible(member)
        await keep_picture(member, "interest-waiting")
        await owner.goto(f"{address}/estates/{ESTATE}/interests")
        await expect(owner.get_by_text("没有发现委员与小区的往来单位有关系。")).to_be_visible()
        await keep_picture(owner, "interest-none")
        await officer.goto(f"{address}/estates/{ESTATE}/interests")
        await expect(officer.get_by_role("heading", name="名称相近，请核对")).to_be_visible()
        await assert_accessible(officer)
        await keep_picture(officer, "interest-near")
        await officer.get_by_role("button", name="不是同一家").click()
        await expect(officer.get_by_text("没有要核对的。")).to_be_visible()
        await member.get_by_label("回避：不参加有关事项的讨论和决定").check()
        await member.get_by_label("说明", exact=False).last.fill("没有参加讨论和表决。")
        await member.get_by_role("button", name="公布").click()
        await expect(member.get_by_text("没有参加讨论和表决。")).to_be_visible()
        await owner.goto(f"{address}/estates/{ESTATE}/records/{record}")
        await expect(owner.get_by_role("heading", name="有委员与这里的往来单位有关系")).to_be_visible()
        await assert_accessible(owner)
        await keep_picture(owner, "interest-record")
        await owner.goto(f"{address}/estates/{ESTATE}/interests?lang=en")
        await assert_accessible(owner)
        await keep_picture(owner, "interest-published")
