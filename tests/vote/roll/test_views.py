import json
from pathlib import Path

import pytest

from tests.vote.assembly import PLACE, write_sheet
from tests.vote.platform import assert_refused

DATA = Path(__file__).parents[2] / "data"
AREAS = (9000, 12000, 15000)


@pytest.fixture
async def roll(platform):
    await platform.post("/api/estates", json=PLACE)
    answer = await platform.post("/api/estates/xinyuan/rolls", content=write_sheet(AREAS))
    return f"/api/rolls/{answer['roll']}"


async def test_a_sheet_becomes_a_roll_with_its_report(platform):
    await platform.post("/api/estates", json=PLACE)
    sheet = (DATA / "roll-566.xlsx").read_bytes()
    answer = await platform.ask("POST", "/api/estates/xinyuan/rolls", content=sheet)
    expected = json.loads((DATA / "roll-566.expect.json").read_text())
    assert answer.status_code == 201
    assert {key: answer.json()["report"][key] for key in expected} == expected
    shown = json.loads(await platform.get(f"/api/rolls/{answer.json()['roll']}"))
    assert (shown["state"], shown["heads"], shown["area_dm2"]) == ("draft", 566, 6023496)
    assert shown["figures"]["units"] == 590
    assert "root" not in shown


async def test_the_sheet_to_be_read_can_be_named(platform):
    await platform.post("/api/estates", json=PLACE)
    sheet = (DATA / "roll-566.xlsx").read_bytes()
    path = "/api/estates/xinyuan/rolls"
    answer = await platform.ask("POST", path, content=sheet, params={"sheet": "业主清册"})
    assert answer.json()["report"]["sheet"] == "业主清册"
    answer = await platform.ask("POST", path, content=sheet, params={"sheet": "没有"})
    assert_refused(answer, 404, "not-found", "没有")


async def test_a_column_is_mapped_by_hand(platform):
    """A header nobody knows is refused by name, then told by the clerk."""
    await platform.post("/api/estates", json=PLACE)
    path = "/api/estates/xinyuan/rolls"
    sheet = write_sheet(AREAS).replace("室号".encode(), "门牌代码".encode())
    assert_refused(await platform.ask("POST", path, content=sheet), 400, "malformed", "室号")
    answer = await platform.ask("POST", path, content=sheet, params={"map": "室号=门牌代码"})
    assert (answer.status_code, answer.json()["report"]["units"]) == (201, 3)
    answer = await platform.ask("POST", path, content=sheet, params={"map": "什么=门牌代码"})
    assert_refused(answer, 400, "malformed", "什么=门牌代码")


async def test_objections_are_raised_listed_answered_and_the_roll_is_frozen(platform, roll):
    number = (await platform.post(f"{roll}/objections", json={"sheet_row": 2, "text": "面积不对"}))["objection"]
    other = (await platform.post(f"{roll}/objections", json={"text": "漏了一户"}))["objection"]
    assert_refused(await platform.ask("POST", f"{roll}/freeze"), 409, "wrong-state", "2 objections wait")
    answer = await platform.ask("POST", f"{roll}/objections/{number}/answer", json={"answer": "已核对"})
    assert (answer.status_code, answer.content) == (204, b"")
    listed = json.loads(await platform.get(f"{roll}/objections"))["objections"]
    assert listed == [
        {"objection": number, "sheet_row": 2, "text": "面积不对", "state": "answered", "answer": "已核对"},
        {"objection": other, "text": "漏了一户", "state": "open"},
    ]
    await platform.post(f"{roll}/objections/{other}/answer", json={"answer": "没有漏"})
    frozen = await platform.post(f"{roll}/freeze")
    assert json.loads(await platform.get(f"{roll}/public", key=None)) == frozen
    shown = json.loads(await platform.get(roll))
    assert (shown["state"], shown["root"]) == ("frozen", frozen["root"])
    proof = json.loads(await platform.get(f"{roll}/entitlements/3/proof"))
    assert (proof["entitlement"], proof["root"], proof["area_dm2"]) == (3, frozen["root"], 15000)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/api/estates/xinyuan/rolls"),
        ("GET", "/api/rolls/1"),
        ("POST", "/api/rolls/1/objections"),
        ("GET", "/api/rolls/1/objections"),
        ("POST", "/api/rolls/1/objections/1/answer"),
        ("POST", "/api/rolls/1/freeze"),
        ("GET", "/api/rolls/1/entitlements/1/proof"),
    ],
)
async def test_what_is_for_staff_is_for_nobody_else(platform, roll, method, path):
    before = platform.contents()
    assert_refused(await platform.ask(method, path, key=None), 401, "not-signed-in", "Authorization")
    assert_refused(await platform.ask(method, path, key="guess"), 403, "not-allowed", "key")
    assert platform.contents() == before


async def test_a_draft_is_not_public(platform, roll):
    assert_refused(await platform.ask("GET", f"{roll}/public", key=None), 409, "wrong-state", "not frozen")


async def test_a_sheet_beyond_the_limit_is_refused(platform):
    await platform.post("/api/estates", json=PLACE)
    before = platform.contents()
    answer = await platform.ask("POST", "/api/estates/xinyuan/rolls", content=b"1" * ((32 << 20) + 1))
    assert_refused(answer, 413, "too-large", "more than the 33554432 bytes")
    assert platform.contents() == before
