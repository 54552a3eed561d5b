"""What is shown of owners is written down, whichever way the page came: a form that was refused shows it again."""

import pytest

from tests.vote.account.signing_in import account_of, as_duty, signed_in
from vote.role import Scope

DRAFT = "1,1,101,张三,33042119800101001X,89.37\n1,1,102,李四,330421198001010028,80\n"
HEADER = "楼幢,单元,室号,业主姓名,证件号码,登记面积\n"


async def kinds(platform, browser):
    events = await platform.services["events"].of_account(account_of(browser), 100)
    return [event.kind for event in reversed(events)]


async def test_a_row_that_was_not_mended_was_seen_all_the_same(sealed):
    clerk = await signed_in(sealed.platform, Scope(estate="xinyuan"))
    files = {"file": ("roll.csv", (HEADER + DRAFT).encode())}
    roll = (await clerk.post("/work/estates/xinyuan/rolls/new", files=files)).headers["location"]
    before = await kinds(sealed.platform, clerk)
    answer = await clerk.post(f"{roll}/rows/2", data={"version": "77", "cell-3": "x"})
    assert answer.status_code == 409
    assert "33042119800101001X" in answer.text
    assert await kinds(sealed.platform, clerk) == [*before, "roll:seen"]


async def test_objections_to_a_roll_were_read_though_an_answer_was_refused(sealed):
    clerk = await signed_in(sealed.platform, Scope(estate="xinyuan"))
    files = {"file": ("roll.csv", (HEADER + DRAFT).encode())}
    roll = (await clerk.post("/work/estates/xinyuan/rolls/new", files=files)).headers["location"]
    await clerk.post(f"{roll}/objections", data={"text": "面积写错了。"})
    before = await kinds(sealed.platform, clerk)
    for path, status in ((f"{roll}/objections", 422), (f"{roll}/objections/999/answer", 422)):
        answer = await clerk.post(path, data={})
        assert (answer.status_code, "面积写错了。" in answer.text) == (status, True)
    assert (await clerk.post(f"{roll}/objections/999/answer", data={"answer": "好"})).status_code == 404
    assert await kinds(sealed.platform, clerk) == [*before, *["objection:seen"] * 3]


@pytest.mark.parametrize(("outcome", "status"), [("", 422), ("kept", 409)])
async def test_a_dispute_was_read_though_it_was_not_settled(opened, outcome, status):
    checks = opened.platform.services["checks"]
    await checks.dispute(opened.uuid, "roll", 1, 1, "我家面积不对。")
    organiser = await as_duty(opened, "organiser")
    before = await kinds(opened.platform, organiser)
    answer = await organiser.post(f"{opened.pages}/finish/disputes/1", data={"outcome": outcome, "answer": "x"})
    assert (answer.status_code, "我家面积不对。" in answer.text) == (status, True)
    assert await kinds(opened.platform, organiser) == [*before, "dispute:seen"]


async def test_an_objection_to_the_result_was_read_though_it_was_not_answered(preliminary):
    objections = preliminary.platform.services["objections"]
    await objections.object(preliminary.uuid, 1, "计票", None, "票数不对。")
    organiser = await as_duty(preliminary, "organiser")
    before = await kinds(preliminary.platform, organiser)
    for path in ("answer", "merge"):
        answer = await organiser.post(f"{preliminary.pages}/finish/objections/1/{path}", data={})
        assert (answer.status_code, "票数不对。" in answer.text) == (422, True)
    assert await kinds(preliminary.platform, organiser) == [*before, *["objection:seen"] * 2]


async def test_proposed_telephones_were_seen_though_nothing_was_decided(sealed):
    first, second = await as_duty(sealed, "phones"), await as_duty(sealed, "phones", 2)
    page = f"/work/elections/{sealed.uuid}/phones"
    said = {"number": "13900000001", "how": "desk", "home": "1幢1单元101室"}
    (home, *_) = (await sealed.platform.services["checks"].homes(sealed.uuid))[1]
    assert (await first.post(f"{page}/propose", data={**said, "home": home})).status_code == 303
    before = await kinds(sealed.platform, second)
    for path in (f"{page}/propose", f"{page}/999/accept", f"{page}/999/refuse"):
        answer = await second.post(path, data={})
        assert answer.status_code in {404, 422}
        assert "13900000001" in answer.text
    assert await kinds(sealed.platform, second) == [*before, *["phone:seen"] * 3]
