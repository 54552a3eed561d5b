"""Debtors are told privately, then everybody; each day around its own."""

from datetime import date

import pytest

from tests.vote.account.signing_in import anonymous
from tests.vote.assembly import ESTATE, PLACE
from tests.vote.oversight.duty.made import (
    BOARD,
    PROMISED,
    STAFF,
    duties,
    keep,
    on,
    overdue,
    publish,
    seen_by,
    states,
    told,
)
from vote.oversight.duty.rules import Event
from vote.oversight.duty.standing import State
from vote.oversight.duty.telling import DutyTeller
from vote.role import Role

pytestmark = pytest.mark.database


async def test_a_promise_is_recalled_told_privately_and_then_to_everybody(platform, member):
    """Decided on 30 November, to be done by 15 December; each day by hand."""
    await keep(platform)
    record = await publish(platform, **PROMISED)
    await member.post(f"{BOARD}/reminders", data={"side": "committee", "phone": "138 0013 8000"})
    name, phones = f"promise:{record}", platform.phones.messages
    steps = [
        (date(2026, 12, 7), 0, State.NOT_DUE, 0),
        (date(2026, 12, 8), 1, State.REMINDED, 1),
        (date(2026, 12, 9), 0, State.REMINDED, 1),
        (date(2026, 12, 15), 0, State.REMINDED, 1),
        (date(2026, 12, 16), 1, State.NOTICED, 2),
        (date(2026, 12, 22), 0, State.NOTICED, 2),
        (date(2026, 12, 23), 1, State.OVERDUE, 2),
        (date(2026, 12, 24), 0, State.OVERDUE, 2),
    ]
    for day, new, state, messages in steps:
        on(platform, day)
        assert await told(platform) == new, day
        await platform.services["messages"].send_due()
        assert ((await states(platform))[name], len(phones)) == (state, messages), day
        async with anonymous(platform) as owner:
            assert ("未见公开记录</span>" in (await owner.get(BOARD)).text) is (state is State.OVERDUE), day
            assert "快到期" not in (await owner.get(f"{BOARD}/{name}")).text
    assert [number for number, _ in phones] == ["+8613800138000"] * 2
    reminder, notice = (message.text for _, message in phones)
    assert reminder.startswith("馨苑：决定里定了日期的一件事，最晚2026年12月15日要办好并公开")
    assert notice.endswith("2026年12月23日起，所有人会看到未见公开记录。")
    (entry,) = await overdue()
    assert (entry["act"], entry["about"], entry["due"]) == ("promise", record, "2026-12-15")
    async with anonymous(platform) as owner:
        shown = (await owner.get(BOARD)).text
        for words in ("修3号楼的门", "12,345.60", "乙建筑公司", "李四", "2026年12月15日", "业委会自己的决定", "怎么办"):
            assert words in shown, words
        assert PLACE["name"] in (await owner.get("/duties")).text
    messages = platform.contents()["message"]
    assert len(messages) == 2
    assert not any(b"13800138000" in cell for row in messages for cell in row if isinstance(cell, bytes))


async def test_what_is_private_yet_is_seen_by_committee_and_staff_only(platform, member):
    await keep(platform)
    await publish(platform, **PROMISED)
    on(platform, date(2026, 12, 16))
    await told(platform)
    for role in (Role.COMMITTEE, Role.STAFF):
        async with await seen_by(platform, role) as client:
            shown = (await client.get(BOARD)).text
        assert "已过期" in shown
        assert "2026年12月23日" in shown
    async with anonymous(platform) as owner:
        shown = (await owner.get(BOARD)).text
        data = (await owner.get("/api/duties")).json()
    assert ("已过期" in shown, "待公开" in shown) == (False, True)
    (estate,) = data["estates"]
    assert {each["state"] for each in estate["duties"]} == {"done", "not-due"}


async def test_the_debtor_has_seven_days_even_where_the_worker_stood_still(platform, member):
    await keep(platform)
    record = await publish(platform, **PROMISED)
    on(platform, date(2027, 2, 1))
    assert (await states(platform))[f"promise:{record}"] is State.NOTICED
    assert await told(platform) == 1
    assert await overdue() == []
    on(platform, date(2027, 2, 8))
    assert await told(platform) == 1
    assert len(await overdue()) == 1


async def test_a_notice_written_at_night_comes_in_the_morning(platform, member):
    await keep(platform)
    await publish(platform, **PROMISED)
    await member.post(f"{BOARD}/reminders", data={"side": "committee", "phone": "13800138000"})
    on(platform, date(2026, 12, 16), 0)
    await told(platform)
    await platform.services["messages"].send_due()
    assert platform.phones.messages == []
    on(platform, date(2026, 12, 16), 9)
    await platform.services["messages"].send_due()
    assert len(platform.phones.messages) == 1


async def test_a_correction_that_moves_the_day_is_told_of_anew(platform, member):
    await keep(platform)
    record = await publish(platform, **PROMISED)
    for day in (date(2026, 12, 16), date(2026, 12, 23)):
        on(platform, day)
        await told(platform)
    await publish(platform, supersedes=record, **{**PROMISED, "due": "2026-12-31"})
    assert (await states(platform))[f"promise:{record}"] is State.NOT_DUE
    for day, new in ((date(2026, 12, 24), 1), (date(2027, 1, 1), 1), (date(2027, 1, 7), 0), (date(2027, 1, 8), 1)):
        on(platform, day)
        assert await told(platform) == new, day
    assert [each["due"] for each in await overdue()] == ["2026-12-15", "2026-12-31"]


async def test_the_manager_is_told_at_the_managers_phone_and_without_one_nobody(platform, member):
    await keep(platform, date(2026, 1, 1))
    await platform.post("/api/estates", json={**PLACE, "id": "bieyuan", "name": "别苑"})
    await duties(platform).keep("bieyuan", date(2026, 1, 1), STAFF, managed=True)
    await member.post(f"{BOARD}/reminders", data={"side": "manager", "phone": "13900139000"})
    on(platform, date(2026, 12, 1))
    assert await told(platform) == 2
    await platform.services["messages"].send_due()
    ((number, message),) = platform.phones.messages
    assert (number, message.blanks["what"]) == ("+8613900139000", "物业上一年的履约和收支")
    assert len(platform.contents()["message"]) == 2


async def test_the_end_of_a_term_is_recalled_once_by_each_alert(platform, member):
    """Six, five and three months before the 30th of June, and two: the day by which the assembly has met."""
    await keep(platform, managed=False)
    await duties(platform).note(ESTATE, Event.TERM_ENDS, date(2027, 6, 30), STAFF)
    await member.post(f"{BOARD}/reminders", data={"side": "committee", "phone": "13800138000"})
    days = [(2026, 12, 29), (2026, 12, 30), (2026, 12, 31), (2027, 1, 30), (2027, 3, 30)]
    for day, new in zip(days, (0, 1, 0, 1, 1), strict=True):
        on(platform, date(*day))
        assert await told(platform) == new, day
        await platform.services["messages"].send_due()
    assert {message.text for _, message in platform.phones.messages} == {
        "馨苑：业委会任期2027年6月30日届满，最晚2027年4月29日办好换届。请早做换届准备，不清楚的请问社区或街道。"
    }
    assert len(platform.phones.messages) == 3


async def test_one_estate_that_fails_keeps_none_of_the_others(platform, member, monkeypatch, caplog):
    await keep(platform, date(2026, 1, 1))
    teller: DutyTeller = platform.services["duty_teller"]
    await platform.post("/api/estates", json={**PLACE, "id": "aiyuan", "name": "艾苑"})
    await duties(platform).keep("aiyuan", date(2026, 1, 1), STAFF, managed=True)
    tell = DutyTeller.tell

    async def fail(self: DutyTeller, estate: str) -> int:
        if estate == "aiyuan":
            raise OSError("broken")
        return await tell(self, estate)

    monkeypatch.setattr(DutyTeller, "tell", fail)
    assert await teller.tell_due() == 1
    assert "duties of estate aiyuan cannot be told" in caplog.text


async def test_the_worker_tells_once_a_day(platform, member):
    await keep(platform, date(2026, 1, 1))
    worker = platform.services["worker"]
    assert await worker.work_once() == 1
    assert await worker.work_once() == 0
    assert platform.count("duty_telling") == 1
