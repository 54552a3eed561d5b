"""Petitions on pages: what everybody reads, what the desk and the office do, and what the first page of a day says."""

import base64
import json
from collections.abc import AsyncIterator

import httpx
import pyrage  # type: ignore[import-untyped]
import pytest

from tests.vote.account.signing_in import anonymous, signed_in
from tests.vote.assembly import ESTATE, Assembly
from tests.vote.certificate.test_service import DONE
from tests.vote.oversight.petition.made import PHOTO
from vote.oversight.petition.rules import PetitionState
from vote.oversight.record.kinds import RecordKind
from vote.oversight.record.service import Draft
from vote.role import Actor, Role, Scope

pytestmark = pytest.mark.database
PETITIONS = f"/estates/{ESTATE}/petitions"
DESK = f"/work{PETITIONS}"
API = f"/api{PETITIONS}"


@pytest.fixture
async def desk(preliminary: Assembly) -> AsyncIterator[list[httpx.AsyncClient]]:
    """Two people of the community's staff, somebody on the committee, and anybody."""
    preliminary.at(DONE)
    platform = preliminary.platform
    committee = Scope(estate=ESTATE, role=Role.COMMITTEE)
    clients = [
        await signed_in(platform, name="窗口甲"),
        await signed_in(platform, name="窗口乙"),
        await signed_in(platform, committee, name="张三"),
        anonymous(platform),
    ]
    yield clients
    for each in clients:
        await each.aclose()


async def begin(first: httpx.AsyncClient, **changes: str) -> str:
    """Make the card and begin a petition on paper; return its address."""
    page = (await first.get(f"{DESK}/new")).raise_for_status().text
    number = page.split('name="number" value="')[1].split('"')[0]
    data = {
        "number": number,
        "kind": "meeting",
        "text": "请召开临时业主大会，\r\n讨论更换物业公司。",
        "home": "3幢2单元401室",
        "serial": "A-001",
        **changes,
    }
    answer = await first.post(f"{DESK}/new", data=data, files={"photo": ("a.jpg", PHOTO)})
    assert answer.status_code == 303, answer.text
    return f"{PETITIONS}/{number}"


async def make_card(client: httpx.AsyncClient) -> pyrage.x25519.Identity:
    identity = pyrage.x25519.Identity.generate()
    answer = await client.post(f"/api/estates/{ESTATE}/petition-card", json={"recipient": str(identity.to_public())})
    assert answer.status_code == 204, answer.text
    return identity


async def test_a_petition_on_paper_goes_from_the_desk_to_its_answer(preliminary, desk):
    first, second, member, anybody = desk
    page = (await anybody.get(PETITIONS)).text
    for words in ("还没有人发起联名", "提议开临时业主大会", "20%以上", "第11条第3款", "用纸签", "按户数或者按面积"):
        assert words in page, words
    assert "先做一张核对卡" in (await first.get(f"{DESK}/new")).text
    identity = await make_card(first)
    path = await begin(first)
    page = (await anybody.get(path)).text
    assert "请召开临时业主大会，\n讨论更换物业公司。" in page
    assert "不到5户" in page
    assert "401" not in page
    assert "等第二位录入的纸：1张" in (await second.get(f"/work{path}")).text
    answer = await second.post(f"/work{path}/paper", data={"home": "3-2-401", "serial": "a-001"}, follow_redirects=True)
    assert "两遍一样，算进去了" in answer.text
    assert "401" not in answer.text
    assert "签名够了，请核对" in (await first.get("/work")).text
    assert "签名够了" not in (await member.get("/work")).text
    assert "核对卡上的那一行" in (await first.get(f"/work{path}/check")).text
    (sealed,) = (await first.get(f"{API}/{path[-14:]}/signers")).json()["signers"]
    signer = json.loads(pyrage.decrypt(base64.b64decode(sealed["sealed"]), [identity]))
    assert (signer["homes"], signer["serial"]) == (["3幢2单元401室"], "A-001")
    photo = await first.get(f"{API}/{path[-14:]}/photos/1")
    assert pyrage.decrypt(photo.content, [identity]) == PHOTO
    body = {"seen": [1], "strikes": [], "due_on": "2027-02-28"}
    twice = await first.post(f"{API}/{path[-14:]}/check", json={**body, "seen": [1, 1]})
    assert twice.status_code == 400
    assert (await first.post(f"{API}/{path[-14:]}/check", json=body)).json() == {"served": True}
    page = (await anybody.get(path)).text
    for words in ("已送达业委会，等答复", "2027年2月28日", "第15条", "20.0%", "80.00", "12.5%"):
        assert words in page, words
    assert "前要答复" in (await member.get("/work")).text
    assert "20.0%" in (await anybody.get(PETITIONS)).text
    assert "现在不收签名了" in (await first.get(f"/work{path}")).text
    assert "现在不收签名了" in (await first.get(f"/work{path}/check")).text
    draft = Draft(RecordKind.NOTICE, {"title": "召开临时会议的通知", "day": "2027-01-20", "content": "2月20日。"})
    record = await preliminary.platform.services["records"].publish(ESTATE, draft, Actor(Role.STAFF))
    assert "召开临时会议的通知" in (await member.get(path)).text
    refused = await member.post(f"{path}/answer", data={"record": "1" * 14})
    assert refused.status_code == 404
    assert (await member.post(f"{path}/answer", data={"record": record})).status_code == 303
    page = (await anybody.get(path)).text
    assert "已答复" in page
    assert f"/records/{record}" in page
    assert "业主联名要办的" not in (await member.get("/work")).text


async def test_a_recall_has_the_members_reply_beside_it(desk):
    first, _, member, anybody = desk
    await make_card(first)
    missing = await first.post(
        f"{DESK}/new",
        data={"number": "1" * 14, "kind": "recall", "text": "罢免", "home": "3-2-101", "serial": "B-1"},
        files={"photo": ("a.jpg", PHOTO)},
    )
    assert missing.status_code == 400
    assert "罢免要写明是哪位委员" in missing.text
    path = await begin(first, kind="recall", member="张三（主任）")
    page = (await anybody.get(path)).text
    assert "还没有回应" in page
    assert "登委员的回应" not in page
    too_long = await member.post(f"{path}/reply", data={"reply": "字" * 2001})
    assert too_long.status_code == 422
    assert (await member.post(f"{path}/reply", data={"reply": "账目都\r\n公示过。"})).status_code == 303
    page = (await anybody.get(path)).text
    assert "账目都\n公示过。" in page
    again = await member.post(f"{path}/reply", data={"reply": "再说一遍。"})
    assert again.status_code == 409
    listed = (await anybody.get(PETITIONS)).text
    assert "张三（主任）" in listed


async def test_the_desk_takes_back_and_ends(preliminary, desk):
    first, second, _, anybody = desk
    await make_card(first)
    path = await begin(first)
    wrong = await second.post(f"/work{path}/paper", data={"home": "9幢999室", "serial": "A-001"})
    assert wrong.status_code == 422
    assert "清册上没有找到这一户" in wrong.text
    other = await second.post(f"/work{path}/paper", data={"home": "3-2-101", "serial": "A-001"})
    assert other.status_code == 409
    entered = await second.post(
        f"/work{path}/paper", data={"home": "3-2-101", "serial": "A-002"}, files={"photo": ("a.jpg", PHOTO)}
    )
    assert entered.headers["location"].endswith("done=paper-waiting")
    for client, done in ((first, "back-waiting"), (second, "back")):
        answer = await client.post(f"/work{path}/take-back", data={"home": "3-2-401"})
        assert answer.headers["location"].endswith(f"done={done}")
    refused = await first.post(f"/work{path}/end", data={"home": "3-2-101"})
    assert refused.status_code == 403
    assert (await first.post(f"/work{path}/end", data={"home": "3-2-401"})).status_code == 303
    assert "发起人撤回了" in (await anybody.get(path)).text
    found = await preliminary.platform.services["petitions"].get(ESTATE, path[-14:])
    assert found.state is PetitionState.WITHDRAWN


async def test_without_a_finished_election_the_pages_lead_to_the_desk(desk):
    first, *_, anybody = desk
    await make_card(first)
    assert (await anybody.get(f"{PETITIONS}/new")).headers["location"].endswith("/petitions")
    assert (await anybody.get(f"{PETITIONS}/new?kind=meeting")).status_code == 409
    path = await begin(first)
    assert (await anybody.get(f"{path}/sign")).headers["location"].endswith(path)
    assert '/sign"' not in (await anybody.get(path)).text
    assert (await anybody.get(f"{PETITIONS}/{'9' * 14}")).status_code == 404
    assert "已经有一张卡" in (await first.get(f"/work/estates/{ESTATE}/petition-card")).text
    for other in ("/check", ""):
        assert (await anybody.get(f"/work{path}{other}")).status_code == 303
