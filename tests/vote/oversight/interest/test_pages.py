"""A member declares, the firm is hired, the member explains, everybody reads it; near names go to the sub-district alone."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest

from crypto.commitment import verify_commitment
from tests.vote.account.signing_in import anonymous, scope_of, signed_in
from tests.vote.assembly import ESTATE, PLACE
from tests.vote.platform import Platform
from vote.log.kinds import require_entry
from vote.log.store import LogStore
from vote.role import Role, Scope

INTERESTS = f"/estates/{ESTATE}/interests"
COMMITTEE = Scope(estate=ESTATE, role=Role.COMMITTEE)
TIE = {
    "seat": "member",
    "holder": "张三",
    "subject": "firm",
    "party": "嘉善恒通电梯有限公司",
    "credit_code": "91350100M000100Y43",
    "relation": "relative",
    "note": "我哥哥是那里的股东",
}
DECISION = {
    "kind": "decision",
    "title": "更换钢丝绳",
    "day": "2026-11-20",
    "content": "请人更换。",
    "in_favour": "4",
    "against": "0",
    "signed": "李四",
    "contractor": "嘉善恒通电梯有限责任公司",
}


@pytest.fixture
async def member(platform: Platform) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody on the committee."""
    await platform.post("/api/estates", json=PLACE)
    async with await signed_in(platform, COMMITTEE, name="张三") as client:
        yield client


async def entries(kind: str) -> list[bytes]:
    found = [each for each in await LogStore().bodies(ESTATE) if json.loads(each)["kind"] == kind]
    for each in found:
        require_entry(each, kind)
    return found


async def read(platform: Platform) -> str:
    async with anonymous(platform) as browser:
        return (await browser.get(INTERESTS)).text


async def declare(client: httpx.AsyncClient, **fields: str) -> None:
    answer = await client.post(f"{INTERESTS}/new", data={**TIE, **fields})
    assert answer.status_code == 303, answer.text


async def hire(client: httpx.AsyncClient, **fields: str) -> str:
    answer = await client.post(f"/estates/{ESTATE}/records/new", data={**DECISION, **fields})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


async def test_a_hit_is_shown_to_the_member_first_then_published_with_the_explanation(platform, member):
    record = await hire(member)
    await declare(member, credit_code="")
    own = (await member.get(INTERESTS)).text
    assert "要您说明的" in own
    assert "嘉善恒通电梯有限公司" in own
    assert "恒通" not in await read(platform)
    (declared,) = await entries("interest:declared")
    hit = own.split(f"{INTERESTS}/")[1].split("/explain")[0]
    async with await signed_in(platform, COMMITTEE, name="王五") as other:
        assert "恒通" not in (await other.get(INTERESTS)).text
        refused = await other.post(f"{INTERESTS}/{hit}/explain", data={"handling": "abstain"})
        assert (refused.status_code, "只有本人能说明" in refused.text) == (403, True)
    empty = await member.post(f"{INTERESTS}/{hit}/explain", data={"handling": "explain"})
    assert (empty.status_code, "请写明情况" in empty.text) == (422, True)
    answer = await member.post(
        f"{INTERESTS}/{hit}/explain", data={"handling": "abstain", "explanation": "没有参加讨论。"}
    )
    assert answer.status_code == 303, answer.text
    shown = await read(platform)
    for words in ("张三", "嘉善恒通电梯有限公司", "近亲属", "回避", "没有参加讨论。"):
        assert words in shown, words
    async with anonymous(platform) as browser:
        page = (await browser.get(record)).text
        public = json.loads((await browser.get(f"{INTERESTS}/{hit}.json")).content)
    assert "有委员与这里的往来单位有关系" in page
    assert "我哥哥" not in shown + page + json.dumps(public, ensure_ascii=False)
    (published,) = await entries("interest:published")
    bound = json.loads(declared)["commitments"] | json.loads(published)["commitments"]
    assert bound.keys() == public["parts"].keys() == {
        "holder", "party", "credit_code", "relation", "note", "explanation",
    }  # fmt: skip
    for name, part in public["parts"].items():
        assert part["commitment"] == bound[name]
        if name != "note":
            payload = json.dumps(part["value"], ensure_ascii=False).encode()
            verify_commitment(bytes.fromhex(bound[name]), f"interest/{name}/1", bytes.fromhex(part["salt"]), payload)
    assert public["parts"]["note"].keys() == {"commitment"}
    assert json.loads(published)["about"] == record.rpartition("/")[2]
    for secret in ("张三", "恒通", "relative", "没有参加"):
        assert secret.encode() not in declared + published
    again = await member.post(f"{INTERESTS}/{hit}/explain", data={"handling": "abstain"})
    assert (again.status_code, "已经公布" in again.text) == (409, True)


async def test_what_nobody_explained_is_published_when_its_days_are_over(platform, member):
    await hire(member)
    await declare(member)
    interests = platform.services["interests"]
    assert await interests.publish_due() == 0
    platform.clock.now += timedelta(days=8)
    assert await interests.publish_due() == 1
    shown = await read(platform)
    assert "到期没有说明" in shown
    assert json.loads((await entries("interest:published"))[0])["handling"] == "silent"
    assert await interests.publish_due() == 0


async def test_near_names_are_seen_by_the_sub_district_alone(platform, member):
    await hire(member, contractor="浙江恒通电梯工程有限公司")
    await declare(member)
    assert "要您说明的" not in (await member.get(INTERESTS)).text
    clerk = await signed_in(platform, Scope(estate=ESTATE))
    assert "名称相近，请核对" not in (await clerk.get(INTERESTS)).text
    street = await signed_in(platform, await scope_of(platform, "sub-district"))
    seen = (await street.get(INTERESTS)).text
    assert "名称相近，请核对" in seen
    hit = seen.split(f"{INTERESTS}/")[1].split("/compare")[0]
    assert (await clerk.post(f"{INTERESTS}/{hit}/compare", data={"same": "yes"})).status_code == 403
    assert (await street.post(f"{INTERESTS}/{hit}/compare", data={"same": "yes"})).status_code == 303
    assert "要您说明的" in (await member.get(INTERESTS)).text
    assert (await street.post(f"{INTERESTS}/{hit}/compare", data={"same": "no"})).status_code == 409


async def test_the_office_writes_down_a_candidates_tie_and_other_codes_are_no_hit(platform, member):
    clerk = await signed_in(platform, Scope(estate=ESTATE))
    await hire(member)
    await declare(clerk, seat="candidate", holder="赵六", credit_code="", relation="owner")
    assert "要您说明的" in (await clerk.get(INTERESTS)).text
    assert "赵六" not in (await member.get(INTERESTS)).text
    wrong = await clerk.post(f"{INTERESTS}/new", data={**TIE, "credit_code": "91350100M000100Y44"})
    assert (wrong.status_code, "信用代码不对" in wrong.text) == (422, True)
    (declared,) = await entries("interest:declared")
    assert json.loads(declared)["seat"] == "candidate"
    events = [row for row in platform.contents()["account_event"] if "interest:declared" in row]
    assert len(events) == 1
    async with anonymous(platform) as browser:
        assert (await browser.get(f"{INTERESTS}/999.json")).status_code == 404
    assert (await clerk.post(f"{INTERESTS}/999/explain", data={"handling": "abstain"})).status_code == 404
