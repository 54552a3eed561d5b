"""What tests of duties do to the platform, and look for on it."""

import json
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import httpx

from tests.vote.account.signing_in import signed_in
from tests.vote.assembly import ESTATE
from tests.vote.oversight.record.made import pdf
from tests.vote.platform import Platform
from vote.log.kinds import require_entry
from vote.log.store import LogStore
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
