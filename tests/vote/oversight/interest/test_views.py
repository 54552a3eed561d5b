"""Programs declare a tie, explain it, and read the list of what is published."""

import json

import pytest

from tests.vote.account.signing_in import anonymous, signed_in
from tests.vote.assembly import ESTATE, PLACE
from tests.vote.platform import Platform
from vote.oversight.record.kinds import RecordKind
from vote.oversight.record.service import Draft
from vote.role import Actor, Role, Scope

INTERESTS = f"/api/estates/{ESTATE}/interests"
COMMITTEE = Scope(estate=ESTATE, role=Role.COMMITTEE)
FIRM = "嘉善恒通电梯有限公司"
TIE = {"seat": "member", "holder": "张三", "subject": "firm", "party": FIRM, "relation": "relative", "note": "哥哥"}
VALUES = {
    "title": "更换钢丝绳",
    "day": "2026-11-20",
    "content": "请人更换。",
    "in_favour": 4,
    "against": 0,
    "signed": ["李四"],
    "contractor": FIRM,
}


@pytest.fixture
async def hired(platform: Platform) -> str:
    """The record of a decision that hires a firm."""
    await platform.post("/api/estates", json=PLACE)
    draft = Draft(RecordKind.DECISION, VALUES, [])
    record: str = await platform.services["records"].publish(ESTATE, draft, Actor(Role.STAFF))
    return record


async def listed(platform: Platform, query: str = "") -> dict[str, object]:
    async with anonymous(platform) as browser:
        answer = await browser.get(f"{INTERESTS}{query}")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    found: dict[str, object] = answer.json()
    return found


async def test_a_member_declares_and_explains_and_everybody_finds_it_in_the_list(platform, hired):
    async with await signed_in(platform, COMMITTEE, name="张三") as member:
        declared = await member.post(INTERESTS, json=TIE)
        assert declared.status_code == 201, declared.text
        (hit,) = declared.json()["hits"]
        assert await listed(platform) == {"interests": [], "next": None}
        path = f"{INTERESTS}/{hit}/explanation"
        silent = await member.post(path, json={"handling": "explain"})
        assert (silent.status_code, "explanation：请写明情况" in silent.text) == (400, True)
        done = await member.post(path, json={"handling": "explain", "explanation": "没有参加讨论。"})
        assert done.status_code == 204, done.text
        assert (await member.post(path, json={"handling": "abstain"})).status_code == 409
    expected = {"hit": hit, "interest": declared.json()["interest"], "about": hired, "posting": 0}
    assert await listed(platform) == {"interests": [expected], "next": None}
    assert await listed(platform, "?from=1") == {"interests": [], "next": None}
    async with anonymous(platform) as browser:
        shown = await browser.get(f"/estates/{ESTATE}/interests/{hit}.json")
        assert (await browser.get(f"{INTERESTS}?from=x")).status_code == 400
    public = json.loads(shown.content)
    assert (public["parts"]["explanation"]["value"], public["handling"]) == ("没有参加讨论。", "explain")
    assert "value" not in public["parts"]["note"]


async def test_what_does_not_fit_is_refused_with_its_part(platform, hired):
    async with await signed_in(platform, COMMITTEE, name="张三") as member:
        wrong = await member.post(INTERESTS, json={**TIE, "holder": ""})
        assert (wrong.status_code, "holder：这一栏要填。" in wrong.text) == (400, True)
        assert (await member.post(INTERESTS, json={**TIE, "seat": "guest"})).status_code == 400
    async with await signed_in(platform, COMMITTEE, name="王五") as other, anonymous(platform) as nobody:
        declared = await other.post(INTERESTS, json={**TIE, "party": "别的公司"})
        assert declared.json()["hits"] == []
        assert (await nobody.post(INTERESTS, json=TIE)).status_code == 401
    assert hired


async def test_lists_go_on_page_by_page(platform, hired, monkeypatch):
    async with await signed_in(platform, COMMITTEE, name="张三") as member:
        hits = []
        for _ in range(3):
            declared = await member.post(INTERESTS, json=TIE)
            (hit,) = declared.json()["hits"]
            hits.append(hit)
            answer = await member.post(f"{INTERESTS}/{hit}/explanation", json={"handling": "abstain"})
            assert answer.status_code == 204, answer.text
    monkeypatch.setattr("vote.oversight.interest.views.MAX_LISTED", 2)
    first, second = await listed(platform), await listed(platform, "?from=2")
    assert [each["hit"] for page in (first, second) for each in page["interests"]] == hits  # type: ignore[attr-defined]
    assert (first["next"], second["next"]) == (2, None)
    assert hired
