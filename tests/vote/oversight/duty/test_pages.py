"""What happened is entered by form or program, a record fulfils, boards show how all stands."""

import json
from datetime import date

import pytest

from tests.vote.account.signing_in import anonymous
from tests.vote.assembly import ESTATE, PLACE
from tests.vote.oversight.duty.made import BOARD, PROMISED, STAFF, keep, on, publish, seen_by, states
from vote.errors import ContradictionError
from vote.oversight.duty.phones import DutyPhones, Side
from vote.oversight.record.kinds import RecordKind
from vote.role import Role

pytestmark = pytest.mark.database


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
