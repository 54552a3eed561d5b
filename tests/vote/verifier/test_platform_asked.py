"""What owners asked of a platform, alone and together, and what members declared, is audited from outside over HTTP."""

from datetime import date, timedelta

import pytest

from tests.vote.account.signing_in import signed_in
from tests.vote.assembly import ESTATE, Assembly
from tests.vote.certificate.test_service import DONE, compose, issue
from tests.vote.oversight.petition.made import FIRST, UUID, Petitions, asked
from tests.vote.platform import Platform
from tests.vote.verifier.auditing import audited, grow, trouble
from vote.oversight.inquiry.rules import Inquiry, Manner, Question, encode_inquiry
from vote.oversight.interest.rules import encode_hit
from vote.oversight.petition.publishing import PublicPetition, encode_public
from vote.oversight.petition.service import Checked
from vote.oversight.record.kinds import RecordKind
from vote.oversight.record.service import Draft
from vote.role import Role, Scope
from vote.verifier.report import Status, Step, Verdict

FIRM = "嘉善恒通电梯有限公司"
VALUES = {
    "title": "更换钢丝绳",
    "day": "2026-11-20",
    "content": "请人更换。",
    "in_favour": 4,
    "against": 0,
    "signed": ["李四"],
    "contractor": FIRM,
}
TIE = {"seat": "member", "holder": "张三", "subject": "firm", "party": FIRM, "relation": "relative"}


@pytest.fixture
async def platform_asked(preliminary: Assembly) -> Platform:
    """An estate with a question that was answered, a tie that was explained, and a petition that was served."""
    preliminary.at(DONE)
    assert (await compose(preliminary)).status_code == 201
    await issue(preliminary)
    made = Petitions(preliminary)
    await made.make_card()
    preliminary.at(DONE + timedelta(days=1))
    await made.begin(1, asked())
    await made.say(2, asked())
    assert await made.service.check(ESTATE, UUID, Checked([1, 2], [], date(2027, 2, 28)), FIRST)
    platform = preliminary.platform
    record = await platform.services["records"].publish(ESTATE, Draft(RecordKind.DECISION, VALUES, []), FIRST)
    inquiries = platform.services["inquiries"]
    row = next(iter(await inquiries.homes(ESTATE)))
    for manner in Manner:
        question = Question("电梯为什么还没修？", manner, "一位业主" if manner is Manner.NAMED else "", record)
        uuid = await inquiries.ask(ESTATE, question, row, None)
    await inquiries.answer(ESTATE, uuid, "下周修好。", FIRST, looked=False)
    async with await signed_in(platform, Scope(estate=ESTATE, role=Role.COMMITTEE), name="张三") as member:
        api = f"/api/estates/{ESTATE}/interests"
        (hit,) = (await member.post(api, json=TIE)).json()["hits"]
        said = {"handling": "explain", "explanation": "没有参加讨论。"}
        assert (await member.post(f"{api}/{hit}/explanation", json=said)).status_code == 204
    await grow(platform)
    return platform


async def test_an_operator_who_shows_something_else_is_found_and_it_is_named(platform_asked, monkeypatch):
    report = await audited(platform_asked)
    assert (report.verdict, report.trouble) == (Verdict.VERIFIED, None)
    passed = {line.step for line in report.lines if line.status is Status.PASSED}
    assert {Step.ESTATE_INQUIRIES, Step.ESTATE_INTERESTS, Step.ESTATE_PETITIONS} <= passed
    assert (report.facts["inquiries"], report.facts["interests"], report.facts["petitions"]) == (2, 1, 1)

    def other(inquiry: Inquiry) -> bytes:
        return (
            encode_inquiry(inquiry)
            .replace("还没修".encode(), "已经修".encode())
            .replace("下周".encode(), "今天".encode())
        )

    def kinder(*args: object) -> bytes:
        return encode_hit(*args).replace("没有参加".encode(), "没有听到".encode())  # type: ignore[arg-type]

    def fewer(petition: PublicPetition) -> bytes:
        return encode_public(petition).replace(b'"area_dm2":21000,"heads":2', b'"area_dm2":21000,"heads":1')

    with monkeypatch.context() as lie:
        lie.setattr("vote.oversight.inquiry.views.encode_inquiry", other)
        assert "it is not what was published" in await trouble(platform_asked)
    with monkeypatch.context() as lie:
        lie.setattr("vote.oversight.interest.views.encode_hit", kinder)
        assert "part explanation: it is not what was published" in await trouble(platform_asked)
    with monkeypatch.context() as lie:
        lie.setattr("vote.oversight.petition.views.encode_public", fewer)
        assert await trouble(platform_asked) == f"petition {UUID}: signed is not what the log says"
