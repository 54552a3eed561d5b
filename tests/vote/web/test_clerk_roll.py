"""The roll on pages, from the upload to freezing, as a clerk goes through it."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from tests.vote.account.signing_in import again, signed_in
from tests.vote.platform import Platform, read_here
from vote.role import Scope

ROLL_566 = Path(__file__).parents[3] / "vote" / "demo" / "roll-566.xlsx"
HEADER = "楼幢,单元,室号,业主姓名,证件号码,登记面积,备用号,车牌\n"
SHEET = HEADER + (
    "1,1,101,张三,33042119800101001X,89.37,13800136721,浙F12345\n"
    "1,1,102,李四,330421198001010028,八十,13800136722,\n"
    "1,1,103,,330421198001010036,90.00,,\n"
    "1,1,104,赵六,330421198001010044,75.5,0573-84012345,\n"
)
ESTATE = {"id": "xinyuan", "name": "馨苑", "county": "嘉善", "sub_district": "魏塘", "community": "桥东"}


@pytest.fixture
async def here(platform: Platform, monkeypatch: pytest.MonkeyPatch) -> Platform:
    read_here(monkeypatch)
    return platform


@pytest.fixture
async def clerk(here: Platform) -> AsyncIterator[httpx.AsyncClient]:
    async with await signed_in(here) as client:
        client.headers["Accept"] = "text/html"
        client.headers["Accept-Language"] = "zh-CN"
        yield client


async def send(
    client: httpx.AsyncClient, path: str, data: dict[str, str] | None = None, **more: object
) -> httpx.Response:
    return await client.post(path, data=data or {}, headers={"Origin": str(client.base_url)}, **more)


async def upload(client: httpx.AsyncClient, content: bytes) -> str:
    answer = await send(client, "/work/estates/xinyuan/rolls/new", files={"file": ("roll.csv", content)})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


@pytest.fixture
async def estate(clerk: httpx.AsyncClient) -> httpx.AsyncClient:
    answer = await send(clerk, "/work/estates/new", ESTATE)
    assert answer.headers["location"] == "/work/estates/xinyuan", answer.text
    return clerk


async def see(client: httpx.AsyncClient, path: str) -> str:
    answer = await client.get(path)
    assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text[:300]}"
    return re.sub(r"\s+", " ", answer.text)


async def test_who_has_nothing_is_told_to_add_an_estate_first(clerk: httpx.AsyncClient) -> None:
    page = await see(clerk, "/work")
    assert "先添加一个小区" in page
    assert 'href="/work/estates/new"' in page


async def test_from_an_empty_estate_to_a_frozen_roll(  # noqa: PLR0915 - one journey
    here: Platform, estate: httpx.AsyncClient
) -> None:
    assert "上传业主清册" in await see(estate, "/work")
    place = await upload(estate, SHEET.encode())
    assert place == "/work/rolls/1"
    page = await see(estate, place)
    assert "改好退回的2行" in page
    assert "有2栏没用到" in page

    rows = await see(estate, f"{place}/rows")
    assert "面积不是数字：1行" in rows
    assert "缺权利人：1行" in rows
    assert "改第3行" in rows
    assert "李四" not in rows

    looked = await see(estate, f"{place}/rows?show=look")
    assert "没有用途栏，只能按室号识别车位和储藏间" in looked
    assert "证件号码校验位不符" in looked

    row = await see(estate, f"{place}/rows/3")
    assert "李四" in row
    assert [event["kind"] for event in events(here)][-1] == "roll:seen"
    version = re.search(r'name="version" value="(\d+)"', row)[1]
    still = await send(estate, f"{place}/rows/3", {"version": version, "cell-5": "八十一"})
    assert still.headers["location"] == f"{place}/rows/3?still=1"
    assert "还是没有采用" in await see(estate, still.headers["location"])
    stale = await send(estate, f"{place}/rows/3", {"version": version, "cell-5": "80.00"})
    assert stale.status_code == 409
    assert "刚才有人改过这份清册" in stale.text
    mended = await send(estate, f"{place}/rows/3", {"version": str(int(version) + 1), "cell-5": "80.00"})
    assert mended.headers["location"] == f"{place}/rows?mended=3"
    page = await see(estate, place)
    assert "改好退回的1行" in page
    assert "社区甲" in page
    assert "改了一行" in page

    columns = await see(estate, f"{place}/columns")
    assert "没认出来的栏" in columns
    assert "13800136721" not in columns
    version = re.search(r'name="version" value="(\d+)"', columns)[1]
    await send(estate, f"{place}/columns", {"version": version, "column-6": "phone"})
    page = await see(estate, place)
    assert "有1栏没用到" in page

    notice = await see(estate, f"{place}/notice")
    assert "业主清册公示7日" in notice
    form = {"place": "南门公告栏", "contact": "王五", "phone": "0573-84012345", "until": "2026-12-09"}
    assert (await send(estate, f"{place}/notice", form)).status_code == 303
    notice = await see(estate, f"{place}/notice")
    assert "请在2026年12月9日（星期三）18:00前向王五提出" in re.sub("<[^>]+>", "", notice)
    assert "张*" in await see(estate, f"{place}/printed")

    assert (
        await send(estate, f"{place}/objections", {"text": "面积不对，应为80.50", "sheet_row": "3"})
    ).status_code == 303
    page = await see(estate, f"{place}/objections")
    assert "面积不对" in page
    assert "12月9日" in page
    assert "答复1件清册异议" in await see(estate, "/work")
    assert "还有1件异议没有答复" in await see(estate, f"{place}/freeze")
    no = await send(estate, f"{place}/freeze", {"sure": "yes"})
    assert no.status_code == 409
    assert "还有1件异议没有答复，答复后才能定稿。" in no.text
    assert (await send(estate, f"{place}/objections/1/answer", {"answer": "已核对，登记为80.00。"})).status_code == 303

    assert (await send(estate, f"{place}/phones", {"home": "1-1-102", "number": "13900136722", "how": "desk"})).headers[
        "location"
    ] == f"{place}/phones?done=1"
    phones = await see(estate, f"{place}/phones")
    assert "…6722" in phones
    assert "13900136722" not in phones

    here.clock.now = datetime(2026, 12, 10, tzinfo=UTC)
    await again(here, estate)
    assert "公示期满，清册定稿" in await see(estate, "/work")
    assert (await send(estate, f"{place}/freeze", {"sure": "yes"})).headers["location"] == place
    page = await see(estate, place)
    assert "清册已定稿，不能再改。" in page
    assert "准备一次投票" in await see(estate, "/work")
    assert (await send(estate, f"{place}/rows/3", {"version": "3", "cell-5": "1"})).status_code in {404, 409}
    phones = await see(estate, f"{place}/phones")
    assert "…6721" in phones
    assert "座机" in phones
    kinds = [event["kind"] for event in events(here)]
    assert kinds.count("roll:frozen") == 1
    assert kinds.count("roll:edited") == 3


async def test_a_sheet_without_known_headers_is_read_once_its_columns_are_named(estate: httpx.AsyncClient) -> None:
    strange = "甲,乙,丙,丁,戊\n1,1,101,张三,89.37\n1,1,102,李四,90\n"
    place = await upload(estate, strange.encode())
    assert place.endswith("/columns")
    page = await see(estate, place)
    assert "还没有读出业主" in page
    assert "--map" not in page
    assert "说明清册各栏是什么" in await see(estate, "/work")
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    named = {
        f"column-{n}": column for n, column in enumerate(("building", "entrance", "room", "owner", "register_area"))
    }
    answer = await send(estate, place, {"version": version, **named})
    assert answer.headers["location"] == "/work/rolls/1"
    assert "2位业主" in await see(estate, "/work/rolls/1")
    again = await upload(estate, (strange + "1,1,103,王五,70\n").encode())
    assert again == "/work/rolls/2"
    compared = await see(estate, "/work/rolls/2/compare")
    assert "2套没有变" in compared
    assert "新增" in compared
    discarded = await send(estate, "/work/rolls/2/discard")
    assert discarded.headers["location"] == "/work/estates/xinyuan"
    assert "已作废" in await see(estate, "/work/estates/xinyuan")
    assert "业主资料已删除" in await see(estate, "/work/rolls/2")


async def test_the_report_is_a_table_without_formulas(estate: httpx.AsyncClient) -> None:
    sheet = HEADER + '1,1,101,"=HYPERLINK(""x"")",33042119800101001X,-1,,\n'
    await upload(estate, (SHEET + sheet.removeprefix(HEADER)).encode())
    answer = await estate.get("/work/rolls/1/report.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "表中行号,结果,房屋,权利人,原因,处理"
    assert lines[1].startswith("3,退回,1幢1单元102室,李*,面积不是数字")
    assert lines[-1].startswith("6,退回,1幢1单元101室,'=*,")


@pytest.mark.parametrize("content", [b"", b"<html>", b"PK\x03\x04xx"])
async def test_what_is_no_table_is_refused_in_chinese(content: bytes, estate: httpx.AsyncClient) -> None:
    answer = await send(estate, "/work/estates/xinyuan/rolls/new", files={"file": ("x.xlsx", content)})
    assert answer.status_code == 400
    assert "文件" in answer.text


async def test_without_a_file_the_form_says_so(estate: httpx.AsyncClient) -> None:
    answer = await send(estate, "/work/estates/xinyuan/rolls/new", files={"other": ("x", b"x")})
    assert answer.status_code == 422
    assert "请先选一个文件" in answer.text


async def test_another_estates_roll_is_out_of_reach(here: Platform, estate: httpx.AsyncClient) -> None:
    await upload(estate, SHEET.encode())
    assert (await send(estate, "/work/estates/new", {**ESTATE, "id": "other", "name": "别苑"})).status_code == 303
    async with await signed_in(here, Scope(estate="other"), name="社区乙") as other:
        other.headers["Accept"] = "text/html"
        for path in ("", "/rows", "/rows/3", "/columns", "/phones", "/objections", "/report.csv"):
            assert (await other.get(f"/work/rolls/1{path}")).status_code == 403
        assert "别苑" in await see(other, "/work")
        assert "馨苑" not in await see(other, "/work")


@pytest.mark.parametrize("language", ["zh-CN", "en"])
async def test_the_large_roll_can_be_looked_through(language: str, estate: httpx.AsyncClient) -> None:
    estate.headers["Accept-Language"] = language
    place = await upload(estate, ROLL_566.read_bytes())
    for path in (
        "",
        "/rows",
        "/rows?show=excluded",
        "/columns",
        "/compare",
        "/notice",
        "/printed",
        "/objections",
        "/phones",
    ):
        page = await see(estate, place + path)
        assert "clerk." not in page
    assert "566" in await see(estate, place)
    second = await see(estate, f"{place}/phones?page=2")
    assert ("第2页，共3页" if language == "zh-CN" else "Page 2 of 3") in second
    assert all(f"/phones?page={number}" in second for number in (1, 3))


def events(here: Platform) -> list[dict[str, object]]:
    names = ("id", "kind")
    return [dict(zip(names, row, strict=False)) for row in here.contents()["account_event"]]
