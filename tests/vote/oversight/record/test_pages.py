"""A committee publishes, corrects and hides; everybody reads, and holds what is shown against the log."""

import base64
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from crypto.errors import VerificationError
from tests.vote.account.signing_in import anonymous, signed_in
from tests.vote.assembly import ESTATE, PLACE
from tests.vote.oversight.record.made import jpeg, pdf, png
from tests.vote.platform import Platform, assert_refused
from vote.log.store import LogStore
from vote.oversight.record.verifying import verify_attachment, verify_record
from vote.role import Role, Scope

RECORDS = f"/estates/{ESTATE}/records"
DECISION = {
    "kind": "decision",
    "title": "更换3号楼电梯钢丝绳",
    "day": "2026-11-20",
    "content": "请乙公司更换，\r\n两周内完成。",
    "in_favour": "5",
    "against": "0",
    "signed": "张三\n李四",
    "budget": "12,345.60",
    "responsible": "李四",
}
COMMITTEE = Scope(estate=ESTATE, role=Role.COMMITTEE)


@pytest.fixture
async def member(platform: Platform) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody on the committee."""
    await platform.post("/api/estates", json=PLACE)
    async with await signed_in(platform, COMMITTEE, name="张三") as client:
        yield client


async def _publish(client: httpx.AsyncClient, *files: tuple[str, bytes], **fields: str) -> str:
    sent = [("files", (name, content)) for name, content in files]
    answer = await client.post(f"{RECORDS}/new", data={**DECISION, **fields}, files=sent or None)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


async def _entries(kind: str) -> list[bytes]:
    return [each for each in await LogStore().bodies(ESTATE) if json.loads(each)["kind"] == kind]


async def test_a_decision_with_an_attachment_is_on_the_estates_page_and_in_the_log(platform, member):
    path = await _publish(member, ("钢丝绳 报价.PDF", pdf()))
    async with anonymous(platform) as owner:
        assert "更换3号楼电梯钢丝绳" in (await owner.get(f"/estates/{ESTATE}")).text
        shown = (await owner.get(path)).text
        data = (await owner.get(f"{path}.json")).content
        file = await owner.get(f"{path}/files/1")
    for words in ("请乙公司更换，\n两周内完成。", "12,345.60", "张三、李四", "2026年11月20日", "钢丝绳 报价.pdf"):
        assert words in shown, words
    record = json.loads(data)
    assert record["fields"]["budget"]["value"] == 1234560
    assert len(record["fields"]["budget"]["salt"]) == 64
    (entry,) = await _entries("record:published")
    assert verify_record(data, ESTATE, entry) == record
    verify_attachment(file.content, record["fields"]["file_a"]["value"], "file_a")
    assert file.content == pdf()
    assert file.headers["content-type"] == "application/pdf"
    assert file.headers["x-content-type-options"] == "nosniff"
    assert file.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%E9")
    assert "sandbox" in file.headers["content-security-policy"]
    for secret in ("张三", "电梯", "12345", "1234560", "报价"):
        assert secret.encode() not in entry
    assert [row for row in platform.contents()["account_event"] if "record:published" in row]


async def test_a_form_sent_twice_publishes_once(platform, member):
    page = (await member.get(f"{RECORDS}/new", params={"kind": "decision"})).text
    number = page.split('name="number" value="')[1].split('"')[0]
    assert await _publish(member, number=number) == await _publish(member, number=number) == f"{RECORDS}/{number}"
    assert platform.count("record") == 1


async def test_what_does_not_fit_is_said_at_the_field_and_nothing_is_published(platform, member):
    wrong = {**DECISION, "budget": "很多", "day": "2026-02-30", "signed": ""}
    answer = await member.post(f"{RECORDS}/new", data=wrong, files=[("files", ("a.exe", b"MZ\x90\0"))])
    assert answer.status_code == 422
    for words in ("请写金额", "请写日期", "这一栏要填。", "更换3号楼电梯钢丝绳", "附件要重新选一次"):
        assert words in answer.text, words
    answer = await member.post(f"{RECORDS}/new", data=DECISION, files=[("files", ("a.exe", b"MZ\x90\0"))])
    assert (answer.status_code, "只能公布PDF" in answer.text) == (422, True)
    answer = await member.post(f"{RECORDS}/new", data={"kind": "gossip"})
    assert (answer.status_code, "公布哪一类" in answer.text) == (422, True)
    assert platform.count("record") == 0
    assert await _entries("record:published") == []


async def test_a_correction_stands_in_the_place_of_the_record_which_stays_readable(platform, member):
    first = await _publish(member, ("照片.jpg", jpeg()))
    form = (await member.get(f"{first}/correct")).text
    assert "12,345.60" in form
    assert "原来的附件照样附上" in form
    sent = {**DECISION, "budget": "12,000", "keep": "yes"}
    second = (await member.post(f"{first}/correct", data=sent)).headers["location"]
    again = await member.post(f"{first}/correct", data=sent)
    assert (again.status_code, "已经更正过了" in again.text) == (409, True)
    async with anonymous(platform) as owner:
        listed = (await owner.get(RECORDS)).text
        old, new = (await owner.get(first)).text, (await owner.get(second)).text
        assert (await owner.get(f"{second}/files/1")).content == jpeg()
        data = (await owner.get(f"{second}.json")).content
    assert (second in listed, first in listed) == (True, False)
    assert "这份记录已经更正" in old
    assert second in old
    assert first in new
    assert "12,000.00" in new
    assert first in (await member.get(f"{second}/redact")).text
    assert second in (await member.get(f"{first}/redact")).text
    assert json.loads(data)["supersedes"] == first.rpartition("/")[2]
    verify_record(data, ESTATE, (await _entries("record:published"))[1])


async def test_what_is_hidden_is_gone_for_ever_and_everybody_sees_that_and_why(platform, member):
    path = await _publish(member, ("名单.png", png()))
    before = (await platform.http.get(f"{path}.json")).content
    sent = {"fields": ["signed", "file_a"], "article": "deletion", "office": "sub-district", "sure": "yes"}
    answer = await member.post(f"{path}/redact", data=sent)
    assert answer.status_code == 303, answer.text
    async with anonymous(platform) as owner:
        shown = (await owner.get(path)).text
        after = (await owner.get(f"{path}.json")).content
        gone = await owner.get(f"{path}/files/1")
    assert shown.count("已隐去") == 2
    assert "《个人信息保护法》第47条（删除）" in shown
    assert "街道办事处" in shown
    assert "张三" not in shown
    assert gone.status_code == 404
    record = json.loads(after)
    assert record["fields"]["signed"].keys() == {"commitment", "redacted"}
    assert record["fields"]["signed"]["commitment"] == json.loads(before)["fields"]["signed"]["commitment"]
    (published,), redactions = await _entries("record:published"), await _entries("record:redacted")
    verify_record(after, ESTATE, published, redactions)
    with pytest.raises(VerificationError, match=r"field (signed|file_a): it is hidden, and no entry"):
        verify_record(after, ESTATE, published, [])
    everything = repr([platform.contents()[table] for table in ("record", "record_field", "record_file")])
    assert "张三" not in everything
    assert repr(png())[2:-1] not in everything
    again = await member.post(f"{path}/redact", data=sent)
    assert (again.status_code, "已经隐去的不用再选" in again.text) == (400, True)
    unsure = await member.post(f"{path}/redact", data={**sent, "sure": "", "article": "gossip"})
    assert unsure.status_code == 422


async def test_records_are_found_by_kind_year_and_words(platform, member):
    await _publish(member)
    await _publish(member, kind="notice", title="停电通知", day="2025-06-01", content="6月3日停电")
    async with anonymous(platform) as owner:

        async def found(**asked: str) -> tuple[bool, bool]:
            page = (await owner.get(RECORDS, params=asked)).text
            return "电梯钢丝绳" in page, "停电通知" in page

        assert await found() == (True, True)
        assert await found(kind="notice") == (False, True)
        assert await found(year="2026") == (True, False)
        assert await found(q="乙公司 两周") == (True, False)
        assert await found(q="6月3日") == (False, True)
        assert await found(q="没有的词", year="20x6", kind="gossip") == (False, False)
        english = (await owner.get(RECORDS, params={"lang": "en", "from": "x"})).text
    assert "What the committee publishes" in english
    assert 'lang="zh-CN">停电通知' in english


async def test_many_records_come_in_pages(platform, member):
    for number in range(32):
        await _publish(member, kind="notice", title=f"通知{number:02}", day="2026-01-01", content="无")
    async with anonymous(platform) as owner:
        first = (await owner.get(RECORDS, params={"kind": "notice"})).text
        second = (await owner.get(RECORDS, params={"kind": "notice", "from": "30"})).text
    assert ("通知31" in first, "通知01" in first, "通知01" in second) == (True, False, True)
    assert "kind=notice&amp;from=30" in first
    assert "上一页" in second


async def test_members_of_other_committees_and_passers_by_publish_nothing(platform, member):
    await platform.post("/api/estates", json={**PLACE, "id": "bieyuan", "name": "别苑"})
    path = await _publish(member)
    async with await signed_in(platform, Scope(estate="bieyuan", role=Role.COMMITTEE)) as other:
        for each in (f"{RECORDS}/new", f"{path}/correct", f"{path}/redact"):
            assert (await other.get(each)).status_code == 403, each
        assert "公布一份记录" not in (await other.get(RECORDS)).text
        assert (await other.get(f"/work/estates/{ESTATE}")).status_code == 403
    async with anonymous(platform) as owner:
        assert (await owner.get(f"{RECORDS}/new")).status_code == 303
        assert (await owner.get(f"{RECORDS}/ABCDEFGHJKLMNP")).status_code == 404
        assert (await owner.get("/estates/bieyuan/records/" + path.rpartition("/")[2])).status_code == 404
    today = (await member.get("/work")).text
    assert "馨苑业委会" in today.replace("\n", "")
    assert f"{RECORDS}/new" in today


async def test_a_member_is_invited_by_staff_of_the_estate_and_taken_back(platform, member):
    from vote.account.invitations import InvitationService  # noqa: PLC0415
    from vote.account.sessions import SessionService  # noqa: PLC0415

    invitations: InvitationService = platform.services["invitations"]
    sessions: SessionService = platform.services["sessions"]
    async with await signed_in(platform, Scope(estate=ESTATE)) as staff:
        page = (await staff.get("/staff")).text
        assert "馨苑 业主委员会" in page
        visitor = (await sessions.find(staff.cookies["session"], write=False)).visitor
        word = await invitations.invite("王五", COMMITTEE, visitor)
    account = await platform.services["accounts"].add("王五")
    invited = await invitations.accept(word, account)
    assert invited.scope == COMMITTEE
    assert await platform.services["accounts"].store.committees(account) == (ESTATE,)
    assert await platform.services["accounts"].store.grants(account) == ()


async def test_programs_publish_and_hide_through_the_interface(platform, member):
    values: dict[str, Any] = {
        "title": "合同",
        "day": "2026-11-01",
        "party": "乙公司",
        "content": "电梯维保",
        "amount": 5_000_00,
    }
    file = {"name": "../合同.pdf", "content": base64.b64encode(pdf()).decode()}
    body = {"kind": "contract", "values": values, "files": [file]}
    uuid = (await platform.post(f"/api{RECORDS}", json=body))["record"]
    answer = await platform.ask("GET", f"/api{RECORDS}", key=None)
    listed = answer.json()["records"]
    assert [(each["record"], each["kind"], each["day"], each["superseded_by"]) for each in listed] == [
        (uuid, "contract", "2026-11-01", None)
    ]
    assert answer.headers["access-control-allow-origin"] == "*"
    for asked in ("-1", "x", "1" * 10, "٣"):
        assert_refused(await platform.ask("GET", f"/api{RECORDS}?from={asked}"), 400, "malformed", "from")
    assert json.loads(await platform.get(f"{RECORDS}/{uuid}.json"))["fields"]["file_a"]["value"]["name"] == "合同.pdf"
    hiding = {"fields": ["party"], "article": "privacy", "office": "court"}
    assert await platform.post(f"/api{RECORDS}/{uuid}/redactions", json=hiding) is None
    refused = await platform.ask("POST", f"/api{RECORDS}", json={**body, "files": []})
    assert_refused(refused, 400, "malformed", "files")
    refused = await platform.ask("POST", f"/api{RECORDS}", json={**body, "values": {**values, "amount": 1.5}})
    assert_refused(refused, 400, "malformed", "amount")
    refused = await platform.ask("POST", f"/api{RECORDS}", json={**body, "files": [{"name": "a", "content": "*"}]})
    assert_refused(refused, 400, "malformed", "Base64")
    refused = await platform.ask("POST", f"/api{RECORDS}", json={**body, "number": "x"})
    assert_refused(refused, 400, "malformed", "number")
    refused = await platform.ask(
        "POST", f"/api{RECORDS}", json={**body, "kind": "decision", "supersedes": uuid, "files": []}
    )
    assert_refused(refused, 400, "malformed", "field")
    assert_refused(await platform.ask("GET", f"{RECORDS}/{uuid}/files/2"), 404, "not-found", "attachment")
