"""From closing to the certificate on pages: what the desk, the organiser and the others see and do."""

import re
from collections.abc import Mapping

import httpx
import pytest

from tests.vote.account.signing_in import again, as_duty, leave, signed_in
from tests.vote.assembly import ESTATE, Assembly, phone_of
from tests.vote.certificate.test_service import DONE, issue
from tests.vote.platform import CHECKS, Clock
from vote.role import Scope

SEE_OTHER = 303


@pytest.fixture(autouse=True)
def _events_tell_the_same_time(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vote.account.events.database_now", clock)


async def read(browser: httpx.AsyncClient, path: str, status: int = 200) -> str:
    answer = await browser.get(path)
    assert answer.status_code == status, answer.text
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.text))


async def send(browser: httpx.AsyncClient, path: str, **fields: str) -> str:
    """Send a form that must be taken; return where it leads."""
    answer = await browser.post(path, data=fields)
    assert answer.status_code == SEE_OTHER, answer.text
    return answer.headers["location"]


async def test_staff_see_what_is_next_and_the_article(closed: Assembly) -> None:
    staff = await signed_in(closed.platform, Scope(estate=ESTATE))
    page = await read(staff, f"{closed.pages}/finish")
    assert "下一步：收、办对“谁投了票”的异议" in page
    assert "看异议" in page
    assert "依据" in page
    assert "2027年1月2日" in page
    assert "处理异议" not in page


@pytest.mark.parametrize("role", ["trustee", "phones", "registrar"])
async def test_who_has_another_duty_is_kept_out(closed: Assembly, role: str) -> None:
    browser = await as_duty(closed, role)
    assert (await browser.get(f"{closed.pages}/finish")).status_code == 403


async def test_a_dispute_goes_from_the_desk_to_its_end(closed: Assembly) -> None:
    desk, organiser = await as_duty(closed, "desk"), await as_duty(closed, "organiser", name="组长甲")
    disputes = f"{closed.pages}/finish/disputes"
    form = {"kind": "impersonation", "home": "3-2-101", "text": "我没有投过。"}
    assert (await send(desk, disputes, **form)).endswith("#dispute-1")
    page = await read(organiser, disputes)
    assert "3幢2单元101室" in page
    assert "我没有投过" not in page
    one = await read(organiser, f"{disputes}/1")
    assert "我没有投过。" in one
    assert "这一户箱里有2张票" in one
    await send(organiser, f"{disputes}/1", outcome="set-aside", latest="1", answer="核对过签字。")
    assert "已取出，不算" in await read(desk, disputes)
    assert (await desk.get(f"{disputes}/1")).status_code == 403


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"kind": "double", "home": "9-9-999", "text": "说"}, "清册上没有找到这一户"),
        ({"kind": "double", "home": "3-2-101", "about": "没有", "text": "说"}, "清册上没有找到这一户"),
        ({"kind": "double", "home": "3-2-101"}, "这一栏要填"),
        ({"kind": "impersonation", "home": "3-2-101", "about": "3-2-201", "text": "说"}, "只能由业主本人来说"),
    ],
)
async def test_what_does_not_fit_is_said_and_kept(closed: Assembly, form: Mapping[str, str], sentence: str) -> None:
    desk = await as_duty(closed, "desk")
    answer = await desk.post(f"{closed.pages}/finish/disputes", data=form)
    assert answer.status_code in {403, 422}
    assert sentence in answer.text
    assert 'value="3-2-101"' in answer.text or form["home"] in answer.text


async def test_the_organiser_checks_once_the_days_are_over(closed: Assembly) -> None:
    organiser = await as_duty(closed, "organiser")
    check = f"{closed.pages}/finish/check"
    assert "还不能核对" in await read(organiser, check)
    refused = await organiser.post(check, data={"seen": "yes"})
    assert refused.status_code == 409
    closed.platform.clock.now = CHECKS
    await again(closed.platform, organiser)
    page = await read(organiser, check)
    assert "参加的够了" in page
    assert "我知道这一点，仍然公布准确总数" in page
    assert "核对无误，准备开票" in page
    not_accepted = await organiser.post(check, data={"seen": "yes"})
    assert not_accepted.status_code == 403
    assert (await send(organiser, check, seen="yes", accept="yes")).endswith("/finish/opening")
    assert "已经核对完毕" in await read(organiser, check)
    road = await read(organiser, f"{closed.pages}/finish")
    assert "2027年1月3日（星期日）08:00 · 组织者（筹备组、业委会） · 社区甲" in road


async def test_the_opening_day_shows_who_came(tallied: Assembly) -> None:
    community = await as_duty(tallied, "community")
    opening = f"{tallied.pages}/finish/opening"
    page = await read(community, opening)
    assert "还差2位" in page
    await tallied.contribute(1)
    page = await read(community, opening)
    assert "还差1位" in page
    assert page.count("到了，已交") == 1


async def test_the_organiser_alone_sees_areas_and_that_is_written_down(closed: Assembly) -> None:
    organiser, desk = await as_duty(closed, "organiser"), await as_duty(closed, "desk")
    page = await read(organiser, f"{closed.pages}/finish/rooms")
    assert "200.00" in page
    assert (await desk.get(f"{closed.pages}/finish/rooms")).status_code == 403
    found = await closed.platform.services["events"].counts(election=closed.uuid)
    assert found["participation:seen"] == 1


async def test_objections_are_merged_and_answered_and_nobody_is_named(preliminary: Assembly) -> None:
    desk, organiser = await as_duty(preliminary, "desk"), await as_duty(preliminary, "organiser")
    objections = f"{preliminary.pages}/finish/objections"
    for home in ("3-2-101", "3-2-301"):
        await send(desk, objections, home=home, topic="参加人数", question="0", text="原话不公开")
    assert "3幢2单元301室" in await read(organiser, objections)
    assert "原话不公开" in await read(organiser, f"{objections}/2")
    await send(organiser, f"{objections}/2/merge", into="1")
    wrong = await organiser.post(
        f"{objections}/1/answer", data={"outcome": "answered", "contested": "yes", "answer": "房号都公布了。"}
    )
    assert wrong.status_code == 422
    assert "请不要勾这一项" in wrong.text
    await send(organiser, f"{objections}/1/answer", outcome="answered", answer="房号都公布了。")
    staff = await signed_in(preliminary.platform, Scope(estate=ESTATE))
    page = await read(staff, objections)
    assert "房号都公布了。" in page
    assert "并入第1件" in page
    assert "室" not in page


async def test_the_result_page_says_how_firmly_it_stands(preliminary: Assembly) -> None:
    staff = await signed_in(preliminary.platform, Scope(estate=ESTATE))
    page = await read(staff, f"{preliminary.pages}/finish/result")
    assert "没有仍有争议的票" in page
    assert "站得住" in page
    assert "离改变还差多少" in page


async def test_the_certificate_is_composed_and_each_office_sees_its_turn(preliminary: Assembly) -> None:
    organiser, community = await as_duty(preliminary, "organiser"), await as_duty(preliminary, "community")
    path = f"{preliminary.pages}/finish/certificate"
    assert "还不能拟证明" in await read(organiser, path)
    preliminary.at(DONE)
    for browser in (organiser, community):
        await again(preliminary.platform, browser)
    assert "证明由组织者拟" in await read(community, path)
    await send(organiser, path)
    page = await read(organiser, path)
    assert "现在轮到" in page
    assert "签字" in page
    assert "的名义签字" not in await read(community, path)
    await leave()
    await issue(preliminary)
    community = await as_duty(preliminary, "community")
    assert "三方都签了" in await read(community, path)
    assert "证明已出，全部办完" in await read(community, f"{preliminary.pages}/finish")


async def test_the_record_says_who_did_what_on_which_article(closed: Assembly) -> None:
    desk = await as_duty(closed, "desk", name="=窗口小王")
    form = {"kind": "double", "home": "3-2-101", "text": "房号和人都不公开"}
    await send(desk, f"{closed.pages}/finish/disputes", **form)
    page = await read(desk, f"{closed.pages}/record")
    assert "写下第1件对“谁投了票”的异议" in page
    assert "=窗口小王" in page
    assert "表决方案封存" in page
    assert "101室" not in page
    sheet = (await desk.get(f"{closed.pages}/record.csv")).text
    assert sheet.startswith("\ufeff时间,做了什么,职责")
    assert "'=窗口小王" in sheet
    found = (await desk.get(f"{closed.pages}/record.json")).json()
    step = next(each for each in found["steps"] if each["kind"] == "dispute:raised")
    assert (step["name"], step["duty"]) == ("=窗口小王", "desk")
    assert step["law"]
    assert "不公开" not in str(found)
    assert "ballot:accepted" not in str(found)


async def test_what_an_owner_said_alone_is_listed_as_the_owners(opened: Assembly) -> None:
    await opened.send_code(3)
    phone = f"+86{phone_of(3)}"
    given = (await opened.open_part(3, opened.platform.phones.code(phone))).json()
    body = {"owner_pass": given["owner_pass"], "kind": "roll", "text": "面积不对。"}
    await opened.platform.post(f"{opened.api}/owner/disputes", key=None, json=body)
    desk = await as_duty(opened, "desk")
    assert "清册不对" in await read(desk, f"{opened.pages}/finish/disputes")
    assert "业主凭信和验证码自己提出" in await read(desk, f"{opened.pages}/record")
    assert "业主凭信和验证码自己提出" in (await desk.get(f"{opened.pages}/record.csv")).text


async def test_keys_are_made_before_sealing_only(sealed: Assembly) -> None:
    organiser = await as_duty(sealed, "organiser")
    assert "方案已经封存" in await read(organiser, f"{sealed.pages}/office-keys")
