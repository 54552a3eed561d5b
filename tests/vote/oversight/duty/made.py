"""What tests of duties do to the platform, and look for on it."""

import json
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import httpx

from tests.vote.account.signing_in import signed_in
from tests.vote.assembly import ESTATE, PLACE
from tests.vote.oversight.record.made import pdf
from tests.vote.platform import Platform
from vote.log.kinds import require_entry
from vote.log.store import LogStore
from vote.oversight.duty.rules import Event
from vote.oversight.duty.service import DutyService
from vote.oversight.duty.standing import State
from vote.oversight.duty.telling import DutyTeller
from vote.oversight.record.kinds import RecordKind
from vote.oversight.record.service import Draft, NewFile, RecordService
from vote.role import Actor, Role, Scope

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


MATTERS = (
    "更换3号楼2单元电梯钢丝绳并做年度检验",
    "地下车库东侧排水泵维修",
    "续签保洁绿化服务合同（2026年10月至2027年9月）",
    "公开招标确定地面停车位管理单位，含收费标准和收益归集办法",
    "补种北门两侧绿化带",
    "单元门禁系统升级",
)
FIRMS = ("嘉善县魏塘街道某某电梯维修保养服务有限公司", "乙建筑公司", "", "某某停车管理（嘉善）有限公司", "", "丙科技")
ESTATES = (("bieyuan", "别苑"), ("chunjiang", "春江花园（三期）"), ("jinse", "金色家园·荷风苑"), ("aiyuan", "艾苑"))


async def keep_a_year(platform: Platform) -> str:
    """Keep a year of an estate of a usual size, and something of others; return the duty that is overdue.

    The clock ends at noon of 20 November 2026.
    """
    on(platform, date(2025, 12, 20))
    for estate, name in (("", ""), *ESTATES):
        if estate:
            await platform.post("/api/estates", json={**PLACE, "id": estate, "name": name})
        await duties(platform).keep(estate or ESTATE, date(2025, 12, 20), STAFF, managed=estate != "aiyuan")
    for month in range(1, 11):
        for number, (matter, firm) in enumerate(zip(MATTERS[: 2 + month % 4], FIRMS, strict=False)):
            decided = date(2026, month, 5 + 3 * number)
            on(platform, decided + timedelta(days=5 if (month, number) == (4, 1) else 1))
            promised = {"due": str(decided + timedelta(days=45)), "responsible": "周建国"} if number < 2 else {}
            money = {"budget": 1_234_500 * (number + 1)} if number < 2 else {}
            words = {"title": f"{matter}（第{month}次会议）", "day": str(decided), **promised, **money}
            record = await publish(platform, **words, **({"contractor": firm} if firm else {}))
            if promised and month < 9 and (month, number) != (6, 1):
                on(platform, decided + timedelta(days=40 + 3 * month))
                shown = await publish(platform, RecordKind.NOTICE, title=f"办结：{matter}", day=str(decided))
                await duties(platform).fulfil(ESTATE, shown, f"promise:{record}", STAFF)
            if (month, number) == (6, 1):
                overdue_duty = f"promise:{record}"
    on(platform, date(2026, 11, 10))
    for event, day in (
        (Event.MEMBER_LEAVES, date(2026, 3, 2)),
        (Event.TERM_ENDS, date(2027, 6, 30)),
        (Event.COMMITTEE_MEETS, date(2026, 11, 30)),
        (Event.FILED_CHANGED, date(2026, 3, 4)),
    ):
        await duties(platform).note(ESTATE, event, day, STAFF)
    await told(platform)
    on(platform, date(2026, 11, 20))
    await told(platform)
    return overdue_duty
