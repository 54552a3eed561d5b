"""An owner asks, the committee answers or does not, everybody sees how it stands, and the log holds it."""

import json
from datetime import timedelta

import httpx

from crypto.commitment import verify_commitment
from tests.vote.account.signing_in import anonymous, signed_in
from tests.vote.assembly import ESTATE, Assembly, phone_of
from vote.log.kinds import require_entry
from vote.log.store import LogStore
from vote.oversight.record.kinds import RecordKind
from vote.oversight.record.service import Draft
from vote.role import Actor, Role, Scope

INQUIRIES = f"/estates/{ESTATE}/inquiries"
COMMITTEE = Scope(estate=ESTATE, role=Role.COMMITTEE)
QUESTION = {"text": "电梯广告收入去年是多少？", "manner": "named", "signature": "3幢一位业主", "agree": "yes"}


async def entries(kind: str) -> list[bytes]:
    found = [each for each in await LogStore().bodies(ESTATE) if json.loads(each)["kind"] == kind]
    for each in found:
        require_entry(each, kind)
    return found


async def ask(assembly: Assembly, owner: int = 1, **fields: str) -> httpx.Response:
    """Ask with letter and code, as owners do."""
    sent = {**QUESTION, "letter": assembly.people.numbers[owner], **fields}
    async with anonymous(assembly.platform) as browser:
        first = await browser.post(f"{INQUIRIES}/new", data=sent)
        assert first.status_code == 200, first.text
        assert "已发到尾号" in first.text
        code = assembly.platform.phones.code(f"+86{phone_of(owner)}")
        return await browser.post(f"{INQUIRIES}/new", data={**sent, "code": code})


async def asked(assembly: Assembly, owner: int = 1, **fields: str) -> str:
    answer = await ask(assembly, owner, **fields)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].partition("?")[0]


async def read(assembly: Assembly, path: str) -> str:
    async with anonymous(assembly.platform) as browser:
        answer = await browser.get(path)
        assert answer.status_code == 200, answer.text
        return answer.text


async def test_an_owner_asks_and_everybody_reads_question_and_answer(opened):
    path = await asked(opened)
    assert "等待答复" in await read(opened, path)
    member = await signed_in(opened.platform, COMMITTEE, name="张三")
    answer = await member.post(f"{path}/answer", data={"answer": "去年12,000元，\r\n明细见账目。"})
    assert answer.status_code == 303, answer.text
    shown = await read(opened, path)
    for words in ("电梯广告收入去年是多少？", "3幢一位业主", "去年12,000元，\n明细见账目。", "已答复"):
        assert words in shown, words
    for page in (f"/estates/{ESTATE}", INQUIRIES):
        assert "电梯广告收入去年是多少？" in await read(opened, page)
    (raised,), (answered,) = await entries("inquiry:raised"), await entries("inquiry:answered")
    public = json.loads((await opened.platform.http.get(f"{path}.json")).content)
    bound = json.loads(raised)["commitments"] | json.loads(answered)["commitments"]
    for name, piece in (public["question"] | public["answer"]).items():
        payload = json.dumps(piece["value"], ensure_ascii=False).encode()
        verify_commitment(bytes.fromhex(bound[name]), f"inquiry/{name}/1", bytes.fromhex(piece["salt"]), payload)
    assert bound.keys() == {"asker", "signature", "text_a", "answer_a"}
    for secret in ("电梯", "一位业主", "12,000", "101"):
        assert secret.encode() not in raised + answered


async def test_an_unseen_question_is_read_by_the_committee_and_who_asked_by_the_office_alone(opened):
    path = await asked(opened, manner="unseen", signature="", agree="")
    member = await signed_in(opened.platform, COMMITTEE, name="张三")
    clerk = await signed_in(opened.platform, Scope(estate=ESTATE))
    public = (await opened.platform.http.get(f"{path}.json")).text
    for everybody in (await read(opened, path), await read(opened, INQUIRIES), public):
        assert "电梯" not in everybody
    assert "业主选择不公开" in await read(opened, path)
    assert '"salt"' not in public
    inside = (await member.get(path)).text
    assert "电梯广告收入去年是多少？" in inside
    assert "看是哪一户" not in inside
    assert (await member.get(f"{path}/asker")).status_code == 403
    who = await clerk.get(f"{path}/asker")
    assert "3幢2单元101室" in who.text
    assert [row for row in opened.platform.contents()["account_event"] if "asker:seen" in row]
    assert b"signature" not in (await entries("inquiry:raised"))[0]
    held = opened.platform.contents()["inquiry_piece"]
    assert not [row for row in held if "电梯".encode().hex() in str(row) or "电梯" in str(row)]


async def test_programs_answer_too_and_say_that_somebody_looked(opened):
    path = await asked(opened)
    phone = {"answer": "请打物业0573-84123457。", "looked": False}
    refused = await opened.platform.ask("POST", f"/api{path}/answer", json=phone)
    assert refused.status_code == 400, refused.text
    await opened.platform.post(f"/api{path}/answer", json={**phone, "looked": True})
    assert "0573-84123457" in await read(opened, path)
    assert len(await entries("inquiry:answered")) == 1


async def test_nobody_answers_in_time_and_everybody_sees_it(opened):
    """Asked on 20 December: 15 days later is 4 January, the first day without an answer is the 5th."""
    path = await asked(opened)
    first = opened.platform.clock.now
    opened.platform.clock.now = first + timedelta(days=15)
    assert "等待答复" in await read(opened, path)
    opened.platform.clock.now = first + timedelta(days=16)
    shown = await read(opened, path)
    assert "逾期未答复" in shown
    assert "应当答复，没有答复" in shown
    member = await signed_in(opened.platform, COMMITTEE, name="张三")
    assert (await member.post(f"{path}/answer", data={"answer": "修好了。"})).status_code == 303
    assert "逾期后答复" in await read(opened, path)
    again = await member.post(f"{path}/answer", data={"answer": "又修好了。"})
    assert (again.status_code, "已经答复过了" in again.text) == (409, True)


async def test_what_may_be_somebodys_waits_for_a_look_and_is_hidden_with_the_law(opened):
    path = await asked(opened, text="物业的人说打13800138000就修，没有人接。")
    member = await signed_in(opened.platform, COMMITTEE, name="张三")
    before = await read(opened, path)
    assert "13800138000" not in before
    assert "核对后公开" in before
    form = (await member.get(f"{path}/hide")).text
    assert 'value="text_b" checked' in form
    missing = await member.post(f"{path}/hide", data={"fields": "text_b"})
    assert missing.status_code == 422
    sent = {"fields": "text_b", "article": "personal", "office": "community", "sure": "yes"}
    assert (await member.post(f"{path}/hide", data=sent)).status_code == 303
    shown = await read(opened, path)
    for words in ("物业的人说打<strong>【已隐去】</strong>就修，没有人接。", "《民法典》第1034条", "社区居民委员会"):
        assert words in shown, words
    assert "13800138000" not in (await member.get(path)).text
    (raised,), (hidden,) = await entries("inquiry:raised"), await entries("inquiry:redacted")
    assert json.loads(hidden)["fields"] == ["text_b"]
    public = json.loads((await opened.platform.http.get(f"{path}.json")).content)
    assert public["question"]["text_b"]["commitment"] == json.loads(raised)["commitments"]["text_b"]
    assert public["question"]["text_b"]["redacted"]["article"] == "personal"
    twice = await member.post(f"{path}/hide", data=sent)
    assert (twice.status_code, "已经隐去的不用再选" in twice.text) == (400, True)
    assert (await member.post(f"{path}/hide", data={**sent, "fields": "signature"})).status_code == 303
    assert "3幢一位业主" not in await read(opened, path)


async def test_a_question_that_was_held_without_need_is_shown_as_it_is(opened):
    path = await asked(opened, text="物业电话0573-84123456打不通。")
    member = await signed_in(opened.platform, COMMITTEE, name="张三")
    assert (await member.post(f"{path}/release")).status_code == 303
    assert "0573-84123456" in await read(opened, path)
    again = await member.post(f"{path}/release")
    assert (again.status_code, "已经有人看过了" in again.text) == (409, True)
    refused = await member.post(f"{path}/answer", data={"answer": "请打0573-84123457。"})
    assert (refused.status_code, "单位公开的号码" in refused.text) == (422, True)
    sent = {"answer": "请打0573-84123457。", "looked": "yes"}
    assert (await member.post(f"{path}/answer", data=sent)).status_code == 303


async def test_at_the_desk_the_home_is_written_down_and_a_home_waits_after_three(opened):
    clerk = await signed_in(opened.platform, Scope(estate=ESTATE))
    sent = {**QUESTION, "home": "3-2-201"}
    unknown = await clerk.post(f"{INQUIRIES}/new", data={**sent, "home": "9-9-999"})
    assert (unknown.status_code, "清册上没有找到这一户" in unknown.text) == (422, True)
    for _ in range(3):
        assert (await clerk.post(f"{INQUIRIES}/new", data=sent)).status_code == 303
    fourth = await clerk.post(f"{INQUIRIES}/new", data=sent)
    assert (fourth.status_code, "您家有3条询问还没有答复" in fourth.text) == (429, True)
    assert opened.platform.count("inquiry") == 3
    assert (await clerk.post(f"{INQUIRIES}/new", data={**sent, "home": "3-2-101"})).status_code == 303
    assert len([row for row in opened.platform.contents()["account_event"] if "inquiry:raised" in row]) == 4


async def test_letter_and_code_must_be_the_owners(opened):
    number = opened.people.numbers[1]
    async with anonymous(opened.platform) as browser:
        for changes, status, words in (
            ({"letter": ""}, 422, "这一栏要填"),
            ({"letter": "0000-0000"}, 404, "没有这个编号"),
            ({"letter": number, "agree": ""}, 422, "要您同意才能登"),
            ({"letter": number, "text": ""}, 422, "这一栏要填"),
            ({"letter": number, "code": "123456"}, 403, "还没有发过验证码"),
        ):
            answer = await browser.post(f"{INQUIRIES}/new", data={**QUESTION, **changes})
            assert (answer.status_code, words in answer.text) == (status, True), (changes, answer.text)
        await browser.post(f"{INQUIRIES}/new", data={**QUESTION, "letter": number})
        code = opened.platform.phones.code(f"+86{phone_of(1)}")
        wrong = f"{(int(code) + 1) % 1_000_000:06}"
        answer = await browser.post(f"{INQUIRIES}/new", data={**QUESTION, "letter": number, "code": wrong})
        assert (answer.status_code, "验证码不对" in answer.text) == (403, True)
        assert opened.platform.count("inquiry") == 0
        right = {**QUESTION, "letter": number, "code": code}
        assert (await browser.post(f"{INQUIRIES}/new", data=right)).status_code == 303
        used = await browser.post(f"{INQUIRIES}/new", data=right)
        assert (used.status_code, "已经用过了" in used.text) == (403, True)


async def test_an_owner_is_known_after_the_vote_closed_too(opened):
    await opened.close()
    await asked(opened)


async def test_a_question_about_a_record_stands_there_and_goes_to_the_meeting_once(opened):
    values = {"title": "更换门禁", "day": "2026-11-20", "content": "更换。", "in_favour": 5, "against": 0}
    draft = Draft(RecordKind.DECISION, {**values, "signed": ["李四"]})
    record = await opened.platform.services["records"].publish(ESTATE, draft, Actor(Role.STAFF))
    assert "更换门禁" in await read(opened, f"{INQUIRIES}/new?about={record}")
    path = await asked(opened, about=record)
    assert "电梯广告收入" in await read(opened, f"/estates/{ESTATE}/records/{record}")
    assert "更换门禁" in await read(opened, path)
    assert json.loads((await entries("inquiry:raised"))[0])["about"] == record
    assert "清单上还没有询问" in await read(opened, f"/estates/{ESTATE}/agenda")
    member = await signed_in(opened.platform, COMMITTEE, name="张三")
    assert (await member.post(f"{path}/table")).status_code == 303
    again = await member.post(f"{path}/table")
    assert (again.status_code, "已经列入下次会议" in again.text) == (409, True)
    assert "电梯广告收入" in await read(opened, f"/estates/{ESTATE}/agenda")
    assert len(await entries("inquiry:tabled")) == 1
    listed = (await opened.platform.http.get(f"/api/estates/{ESTATE}/inquiries")).json()
    assert [each["answered"] for each in listed["inquiries"]] == [False]
    async with anonymous(opened.platform) as browser:
        assert (await browser.get(f"{INQUIRIES}/AAAAAAAAAAAAA2")).status_code == 404
