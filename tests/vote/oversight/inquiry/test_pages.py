"""An owner asks, the committee answers or does not, everybody sees how it stands, and the log holds it."""

import json

import httpx

from crypto.commitment import verify_commitment
from tests.vote.account.signing_in import anonymous, signed_in
from tests.vote.assembly import ESTATE, Assembly, phone_of
from vote.log.kinds import require_entry
from vote.log.store import LogStore
from vote.role import Role, Scope

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
