"""Duties on the platform: what happened is entered, debtors are told privately, then everybody; a record fulfils."""

import json
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import httpx
import pytest

from tests.vote.account.signing_in import anonymous, signed_in
from tests.vote.assembly import ESTATE, PLACE
from tests.vote.oversight.record.made import pdf
from tests.vote.platform import Platform
from vote.errors import ContradictionError
from vote.log.kinds import require_entry
from vote.log.store import LogStore
from vote.oversight.duty.phones import DutyPhones, Side
from vote.oversight.duty.rules import Event
from vote.oversight.duty.service import DutyService
from vote.oversight.duty.standing import State
from vote.oversight.duty.telling import DutyTeller
from vote.oversight.record.kinds import RecordKind
from vote.oversight.record.media import look_at
from vote.oversight.record.service import Draft, NewFile, RecordService
from vote.role import Actor, Role, Scope

pytestmark = pytest.mark.database
STAFF = Actor(Role.STAFF)
BOARD = f"/estates/{ESTATE}/duties"
DECIDED = {
    "title": "修3号楼的门",
    "day": "2026-11-30",
    "content": "请乙公司修门。",
    "in_favour": 5,
    "against": 0,
    "signed": ["张三"],
}
PROMISED = {"due": "2026-12-15", "budget": 1_234_560, "contractor": "乙建筑公司", "responsible": "李四"}
NOTICE = {"title": "门修好了", "day": "2026-12-16", "content": "已经验收。"}
HIDDEN = ("李四", "乙建筑公司", "修3号楼的门", "1234560", "13800138000")


@pytest.fixture(autouse=True)
def _look_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vote.oversight.record.service.look_apart", lambda files: [look_at(each) for each in files])


@pytest.fixture
async def member(platform: Platform) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody on the committee."""
    await platform.post("/api/estates", json=PLACE)
    scope = Scope(estate=ESTATE, role=Role.COMMITTEE)
    async with await signed_in(platform, scope, name="张三") as client:
        yield client


@pytest.fixture
async def clerk(platform: Platform, member: httpx.AsyncClient) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody of the community."""
    async with await signed_in(platform, Scope(estate=ESTATE), name="王五") as client:
        yield client


def duties(platform: Platform) -> DutyService:
    found: DutyService = platform.services["duties"]
    return found


async def keep(platform: Platform, since: date = date(2026, 11, 1), *, managed: bool = True) -> None:
    await duties(platform).keep(ESTATE, since, STAFF, managed=managed)


async def publish(
    platform: Platform, kind: RecordKind = RecordKind.DECISION, supersedes: str | None = None, **changes: object
) -> str:
    records: RecordService = replace(platform.services["records"], now=platform.clock)
    values = {**(DECIDED if kind is RecordKind.DECISION else NOTICE), **changes}
    draft = Draft(kind, values, [NewFile("发票.pdf", pdf())], supersedes)  # type: ignore[arg-type]
    return await records.publish(ESTATE, draft, STAFF)


async def told(platform: Platform) -> int:
    teller: DutyTeller = platform.services["duty_teller"]
    return await teller.tell_due()


async def seen_by(platform: Platform, role: Role) -> AbstractAsyncContextManager[httpx.AsyncClient]:
    """Somebody who signs in now: a session of another day is over."""
    return await signed_in(platform, Scope(estate=ESTATE, role=role), name=f"今天的{role}")


def on(platform: Platform, day: date, hour: int = 12) -> None:
    """Let it be an hour of a day in China."""
    platform.clock.now = datetime(day.year, day.month, day.day, hour, tzinfo=UTC) - timedelta(hours=8)


async def states(platform: Platform) -> dict[str, State]:
    return {each.duty.name: each.state for each in (await duties(platform).board(ESTATE)).standings}


async def overdue() -> list[dict[str, object]]:
    found = [each for each in await LogStore().bodies(ESTATE) if json.loads(each)["kind"] == "duty:overdue"]
    for each in found:
        require_entry(each, "duty:overdue")
        assert not any(word in json.dumps(json.loads(each), ensure_ascii=False) for word in HIDDEN)
    return [json.loads(each) for each in found]


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


async def test_a_record_of_the_right_kind_fulfils_a_duty_and_is_shown(platform, member):
    await keep(platform)
    record = await publish(platform, **PROMISED)
    on(platform, date(2026, 12, 16))
    notice = await publish(platform, RecordKind.NOTICE)
    path = f"{BOARD}/promise:{record}"
    async with await seen_by(platform, Role.COMMITTEE) as client:
        form = (await client.get(path)).text
        assert notice in form
        assert f'value="{record}"' not in form
        answer = await client.post(path, data={"record": record})
        assert (answer.status_code, "决定本身不算办完" in answer.text) == (403, True)
        answer = await client.post(path, data={"record": "1" * 14})
        assert (answer.status_code, "没有这份记录" in answer.text) == (404, True)
        answer = await client.post(path)
        assert (answer.status_code, "这一栏要填。" in answer.text) == (422, True)
        assert (await client.post(path, data={"record": notice})).status_code == 303
        answer = await client.post(path, data={"record": notice})
        assert (answer.status_code, "已经对应一项" in answer.text) == (409, True)
    async with anonymous(platform) as owner:
        shown = (await owner.get(path)).text
        for words in ("晚公开", "门修好了", f"/records/{notice}", "2026年12月16日"):
            assert words in shown, words
        assert "就是这份记录" not in shown
        (estate,) = (await owner.get("/api/duties", params={"state": "done-late"})).json()["estates"]
        assert (await owner.get(f"{BOARD}/promise:x")).status_code == 404
    (found,) = estate["duties"]
    assert (found["duty"], found["record"], found["fulfilled_on"]) == (f"promise:{record}", notice, "2026-12-16")
    assert (found["budget_fen"], found["contractor"], found["responsible"]) == (1_234_560, "乙建筑公司", "李四")
    assert [row for row in platform.contents()["account_event"] if "duties:fulfilled" in row]


async def test_what_happened_is_entered_by_the_committee_once_and_taken_back_by_staff(platform, member, clerk):
    path = f"{BOARD}/happenings"
    assert "还没有开始登记" in (await member.get(path)).text
    sent = {"event": "committee-elected", "on": "2026-11-30", "number": "1" * 14}
    assert (await member.post(path, data=sent)).status_code == 409
    await keep(platform)
    assert 'name="number" value="' in (await member.get(path)).text
    for _ in range(2):
        assert (await member.post(path, data=sent)).status_code == 303
    assert {name.partition(":")[0] for name in await states(platform)} == {"officers", "filing"}
    shown = (await member.get(path)).text
    assert ("选出业委会" in shown, "填错了，撤销" in shown) == (True, False)
    assert (await member.post(f"{path}/{'1' * 14}/withdraw", data={"sure": "yes"})).status_code == 403
    assert "填错了，撤销" in (await clerk.get(path)).text
    assert (await clerk.post(f"{path}/{'1' * 14}/withdraw")).status_code == 422
    assert (await clerk.post(f"{path}/{'1' * 14}/withdraw", data={"sure": "yes"})).status_code == 303
    assert await states(platform) == {}
    for name in ("1" * 14, "2" * 14, "x" * 99):
        assert (await clerk.post(f"{path}/{name}/withdraw", data={"sure": "yes"})).status_code == 404
    # What was taken back does not come to life by a form that is sent late.
    assert (await member.post(path, data=sent)).status_code == 303
    assert await states(platform) == {}


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"event": "promised"}, 403, "自动开始计时"),
        ({"event": "rained"}, 422, "请从列出的里面选一项"),
        ({"on": "2026-02-30"}, 422, "请写日期"),
        ({"on": "2026-12-02"}, 403, "这个日期太靠后了"),
        ({"on": "2026-10-31"}, 403, "2026年11月1日起登记"),
        ({"number": "0"}, 400, "请重新打开这个页面再填"),
    ],
)
async def test_what_does_not_fit_is_said_and_nothing_is_entered(platform, member, changes, status, words):
    await keep(platform)
    sent = {"event": "audited", "on": "2026-12-01", **changes}
    answer = await member.post(f"{BOARD}/happenings", data=sent)
    assert (answer.status_code, words in answer.text) == (status, True)
    assert platform.count("duty_happening") == 0


async def test_phones_are_shown_by_their_last_digits_and_forgotten(platform, member):
    path = f"{BOARD}/reminders"
    assert "短信发不出去" in (await member.get(path)).text
    for written, status, words in (
        ("0573-84012345", 400, "座机收不到短信"),
        ("很多", 400, "号码"),
        ("138 0013 8000", 303, ""),
        ("+86 138-0013-8000", 409, "已经填过了"),
    ):
        answer = await member.post(path, data={"side": "committee", "phone": written})
        assert (answer.status_code, words in answer.text) == (status, True), written
    for number in range(4):
        assert (await member.post(path, data={"side": "committee", "phone": f"1380013800{number + 1}"})).is_redirect
    assert (await member.post(path, data={"side": "committee", "phone": "13800138009"})).status_code == 429
    shown = (await member.get(path)).text
    assert ("尾号8000" in shown, "13800138000" in shown) == (True, False)
    (first, *_) = platform.contents()["duty_phone"]
    assert not any(b"13800138000" in cell for cell in first if isinstance(cell, bytes))
    assert (await member.post(f"{path}/{first[0]}/remove")).status_code == 303
    assert (await member.post(f"{path}/{first[0]}/remove")).status_code == 404
    assert "尾号8000" not in (await member.get(path)).text
    assert len([row for row in platform.contents()["account_event"] if "duties:phones" in row]) == 6


async def test_a_number_sealed_with_another_key_is_a_contradiction(platform, member):
    phones: DutyPhones = platform.services["duty_phones"]
    await phones.add(ESTATE, Side.COMMITTEE, "13800138000", STAFF)
    other = DutyPhones(phones.store, phones.estates, phones.events, bytes(32), phones.rng)
    with pytest.raises(ContradictionError, match="cannot be opened"):
        await other.numbers(ESTATE, Side.COMMITTEE)


async def test_staff_begin_to_keep_duties_and_the_first_day_is_only_moved_back(platform, member, clerk):
    path = f"{BOARD}/keeping"
    assert (await member.post(path, data={"since": "2026-11-01", "managed": "true"})).status_code == 403
    for since, status in (("2026-12-02", 403), ("2026-12-01", 303), ("2026-01-01", 303), ("2026-01-02", 403)):
        assert (await clerk.post(path, data={"since": since, "managed": "true"})).status_code == status, since
    assert "manager-disclosure:2026-03-31" in await states(platform)
    assert (await clerk.post(path, data={"since": "2026-01-01", "managed": "false"})).status_code == 303
    assert "manager-disclosure:2026-03-31" not in await states(platform)
    assert "业主自行管理" in (await clerk.get(f"{BOARD}/reminders")).text


async def test_empty_boards_say_why(platform, member):
    async with anonymous(platform) as owner:
        assert "社区还没有给这个小区开始登记" in (await owner.get(BOARD)).text
        assert "还没有小区开始登记" in (await owner.get("/duties")).text
        assert (await owner.get("/api/duties")).json() == {"on": "2026-12-01", "estates": []}
        await keep(platform)
        shown = (await owner.get(BOARD)).text
        assert ("没有过期未公开的事" in shown, "没有等着公开的事" in shown) == (True, True)
        assert "没有过期未公开的事" in (await owner.get("/duties")).text
        answer = await owner.get(f"/api/estates/{ESTATE}/duties")
        assert answer.json() == {"estate": ESTATE, "name": PLACE["name"], "kept": True, "duties": []}
        assert answer.headers["access-control-allow-origin"] == "*"
        assert (await owner.get("/api/estates/nowhere/duties")).status_code == 404
        assert (await owner.get("/api/duties", params={"estate": "nowhere"})).json()["estates"] == []


async def test_programs_enter_the_same(platform, member):
    base = f"/api/estates/{ESTATE}/duties"
    await platform.post(f"{base}/keeping", json={"since": "2026-11-01", "managed": True})
    sent = {"event": "committee-meets", "on": "2026-12-20"}
    name = (await platform.post(f"{base}/happenings", json=sent))["happening"]
    notice = await publish(platform, RecordKind.NOTICE, day="2026-12-01")
    await platform.post(f"{base}/fulfilments", json={"record": notice, "duty": f"agenda:{name}"})
    (found,) = json.loads(await platform.get(base))["duties"]
    assert found == {
        "duty": f"agenda:{name}",
        "act": "agenda",
        "debtor": "committee",
        "due": "2026-12-16",
        "state": "done",
        "articles": ["ZJ 14 ¶2", "MGR 39"],
        "fulfilled_on": "2026-12-01",
        "record": notice,
    }


async def test_a_hidden_title_and_due_day_are_gone_from_the_board(platform, member):
    await keep(platform)
    record = await publish(platform, **PROMISED)
    sent = {"fields": ["title", "responsible"], "article": "deletion", "office": "sub-district", "sure": "yes"}
    assert (await member.post(f"/estates/{ESTATE}/records/{record}/redact", data=sent)).status_code == 303
    shown = (await member.get(f"{BOARD}/promise:{record}")).text
    assert ("标题已隐去" in shown, "李四" in shown, "乙建筑公司" in shown) == (True, False, True)


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
