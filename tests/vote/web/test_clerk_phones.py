"""Telephones on pages: confirmed at the desk, changed by two people, covered for everybody else."""

import re

import httpx
import pytest

from tests.vote.account.signing_in import as_duty, signed_in
from tests.vote.assembly import Assembly
from vote.role import Scope

NUMBER, OTHER = "19900000001", "13800138000"


async def see(client: httpx.AsyncClient, path: str) -> str:
    answer = await client.get(path, headers={"Accept": "text/html", "Accept-Language": "zh-CN"})
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    return re.sub(r"\s+", " ", answer.text)


async def send(client: httpx.AsyncClient, path: str, **data: str) -> httpx.Response:
    return await client.post(path, data=data, headers={"Accept": "text/html", "Accept-Language": "zh-CN"})


async def home_of(assembly: Assembly, owner: int) -> str:
    rolls = assembly.platform.services["rolls"].store
    building, entrance, room = (await rolls.entitlements(1))[owner - 1].places[0]
    return f"{building}-{entrance}-{room}" if entrance else f"{building}-{room}"


async def test_two_people_change_a_number_and_nobody_alone(sealed: Assembly) -> None:
    path = f"/work/elections/{sealed.uuid}/phones"
    home = await home_of(sealed, 2)
    async with (
        await as_duty(sealed, "phones", 1, name="甲") as first,
        await as_duty(sealed, "phones", 2, name="乙") as second,
    ):
        assert "提出改号码" in await see(first, path)
        missing = await send(first, f"{path}/propose", home="99-99", number=OTHER, how="desk")
        assert missing.status_code == 422
        assert "清册里没有找到这一户" in missing.text
        assert OTHER in missing.text
        wrong = await send(first, f"{path}/propose", home=home, number="138", how="desk")
        assert wrong.status_code == 400
        done = await send(first, f"{path}/propose", home=home, number=OTHER, how="desk")
        assert done.headers["location"] == f"{path}?done=proposed"
        page = await see(first, path)
        assert "您提出的，要另一位来核对。" in page
        assert "/accept" not in page
        change = (await sealed.platform.services["phones"].proposals(sealed.uuid, ""))[0].change
        own = await send(first, f"{path}/{change}/accept")
        assert own.status_code == 403
        page = await see(second, path)
        assert OTHER in page
        accepted = await send(second, f"{path}/{change}/accept")
        assert accepted.headers["location"] == f"{path}?done=accepted"
        assert "已生效，旧号码会收到通知。" in await see(second, accepted.headers["location"])
    seen = [row for row in sealed.platform.contents()["account_event"] if "phone:seen" in row]
    changed = [row for row in sealed.platform.contents()["account_event"] if "phone:changed" in row and "phones" in row]
    assert len(seen) == 3, "the page that refused showed the number again"
    assert len(changed) == 2


async def test_a_proposal_can_be_refused(sealed: Assembly) -> None:
    path = f"/work/elections/{sealed.uuid}/phones"
    async with (
        await as_duty(sealed, "phones", 1, name="甲") as first,
        await as_duty(sealed, "phones", 2, name="乙") as second,
    ):
        await send(first, f"{path}/propose", home=await home_of(sealed, 2), number=OTHER, how="wish_form")
        change = (await sealed.platform.services["phones"].proposals(sealed.uuid, ""))[0].change
        assert (await send(second, f"{path}/{change}/refuse")).headers["location"] == f"{path}?done=refused"
        assert "没有等核对的。" in await see(second, path)


async def test_the_desk_confirms_only_the_number_on_record(sealed: Assembly) -> None:
    path = f"/work/elections/{sealed.uuid}/phones"
    home = await home_of(sealed, 2)
    async with await as_duty(sealed, "desk") as desk:
        page = await see(desk, path)
        assert "当面确认号码" in page
        assert "提出改号码" not in page
        done = await send(desk, f"{path}/confirm", home=home, number=NUMBER, how="desk")
        assert done.headers["location"] == f"{path}?done=confirmed"
        done = await send(desk, f"{path}/confirm", home=home, number=OTHER, how="desk")
        assert "没有确认" in await see(desk, done.headers["location"])
        assert (await send(desk, f"{path}/propose", home=home, number=OTHER, how="desk")).status_code == 403


async def test_staff_see_tails_and_counts_only(sealed: Assembly) -> None:
    async with await signed_in(sealed.platform, Scope(estate="xinyuan")) as clerk:
        page = await see(clerk, "/work/rolls/1/phones")
        assert "…0001" in page
        assert NUMBER not in page
        assert "已确认" in page
        counts = await see(clerk, f"/work/elections/{sealed.uuid}/phones")
        assert "提出改号码" not in counts
        assert NUMBER not in counts


async def test_somebody_with_duties_only_sees_them_on_the_page_of_the_day(sealed: Assembly) -> None:
    async with await as_duty(sealed, "desk") as desk:
        page = await see(desk, "/work")
        assert "您担任的工作" in page
        assert f'href="/work/elections/{sealed.uuid}/phones"' in page
        assert "添加小区" not in page
        assert (await desk.get("/work/estates/xinyuan")).status_code == 403


@pytest.mark.parametrize(
    ("duty", "path"),
    [
        ("registrar", "/holders/{}/letters"),
        ("trustee", "/holders/{}"),
        ("phones", "/work/elections/{}/phones"),
        ("organiser", "/work/elections/{}"),
        ("community", "/work/elections/{}"),
    ],
)
async def test_each_duty_leads_to_where_it_is_done(duty: str, path: str, sealed: Assembly) -> None:
    async with await as_duty(sealed, duty) as person:
        where = path.format(sealed.uuid)
        assert f'href="{where}"' in await see(person, "/work")
        assert (await person.get(where)).status_code == 200
