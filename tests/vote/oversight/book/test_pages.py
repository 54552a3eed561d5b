"""The pages of the books: what a member fills in, what everybody sees, and how an owner says that a voucher was checked."""

import io
from datetime import timedelta

import httpx
import pypdfium2
import pytest
import python_calamine

from tests.vote.account.signing_in import anonymous
from tests.vote.assembly import ESTATE, Assembly, phone_of
from tests.vote.oversight.book.made import BOOK, STAFF, entries, new, publish
from tests.vote.oversight.book.test_importing import MARCH
from vote.oversight.book.accounts import Account
from vote.oversight.book.rules import Voucher, payment, receipt

pytestmark = pytest.mark.database


def form(record: str, **changes: str) -> dict[str, str]:
    return {
        "on": "2026-11-21",
        "item": "repairs",
        "purse": "bank",
        "amount": "1,234.00",
        "payee": "乙公司",
        "credit_code": "",
        "note": "修3号楼的门",
        "voucher": f"{record}/1",
        "decision": record,
        "seen": "0",
        **changes,
    }


async def test_a_member_enters_by_form_and_everybody_sees_it_with_voucher_and_decision(platform, owner, member):
    record = await publish(platform)
    page = (await member.get(f"{BOOK}/new")).raise_for_status().text
    for words in ("修3号楼的门 · 发票.pdf", "公共收益 · 收入 · 停车收入", 'name="seen" value="0"'):
        assert words in page, words
    answer = await member.post(f"{BOOK}/new", data=form(record))
    assert (answer.status_code, answer.headers["location"]) == (303, f"{BOOK}/entries/1")
    again = await member.post(f"{BOOK}/new", data=form(record))
    assert again.headers["location"] == f"{BOOK}/entries/1"
    assert len(await entries("book:posted")) == 1
    shown = (await owner.get(f"{BOOK}/entries/1")).raise_for_status().text
    for words in (
        "-1,234.00",
        "乙公司",
        "修3号楼的门（2026-11-20）",
        "发票.pdf",
        f"/records/{record}",
        "还没有人核对过",
    ):
        assert words in shown, words
    assert "冲销" not in shown
    english = (await owner.get(f"{BOOK}/entries/1?lang=en")).text
    assert "Entry 1" in english
    assert "Repairs" in english


async def test_what_does_not_fit_is_said_at_the_field_and_kept(platform, owner, member):
    record = await publish(platform)
    answer = await member.post(
        f"{BOOK}/new", data=form(record, item="gold", amount="很多", voucher="", on="2026-02-30")
    )
    assert (answer.status_code, "请写日期" in answer.text) == (422, True)
    answer = await member.post(f"{BOOK}/new", data=form(record, item="gold", amount="很多", voucher="x"))
    assert answer.status_code == 422
    for words in ("请写金额", "请从列出的里面选一项", "修3号楼的门", 'value="很多"'):
        assert words in answer.text, words
    answer = await member.post(f"{BOOK}/new", data=form(record, item="allowances", decision=""))
    assert (answer.status_code, "这笔支出要有依据" in answer.text) == (400, True)
    answer = await member.post(f"{BOOK}/new", data=form(record, on="2027-01-01"))
    assert "日期还没有到" in answer.text
    assert platform.count("book_posting") == 0


async def test_without_a_voucher_the_form_says_what_to_do_first(owner, member):
    assert "先把发票" in (await member.get(f"{BOOK}/new")).text


async def test_a_member_takes_back_and_hides_and_others_may_not(platform, owner, member):
    record = await publish(platform)
    await platform.services["books"].enter(ESTATE, new(record), STAFF)
    for path in ("new", "bank", "entries/1/take-back", "entries/1/hide"):
        assert (await owner.get(f"{BOOK}/{path}")).headers["location"].startswith("/sign-in"), path
    assert "1,234.00" in (await member.get(f"{BOOK}/entries/1/take-back")).text
    assert (await member.post(f"{BOOK}/entries/1/take-back", data={"note": ""})).status_code == 422
    answer = await member.post(f"{BOOK}/entries/1/take-back", data={"note": "金额看错"})
    assert answer.headers["location"] == f"{BOOK}/entries/2"
    assert (await member.get(f"{BOOK}/entries/1/take-back")).status_code == 409
    assert "已被第2笔冲销" in (await owner.get(f"{BOOK}/entries/1")).text
    hiding = {"article": "privacy", "office": "court", "sure": "yes"}
    assert (await member.post(f"{BOOK}/entries/2/hide", data={**hiding, "sure": ""})).status_code == 422
    assert (await member.post(f"{BOOK}/entries/2/hide", data=hiding)).status_code == 303
    shown = (await owner.get(f"{BOOK}/entries/2")).text
    assert "第1032条" in shown
    assert "金额看错" not in shown


async def test_a_bank_s_file_is_read_assigned_and_confirmed(platform, owner, member):
    record = await publish(platform)
    files = {"file": ("流水.csv", MARCH.encode("gbk"))}
    answer = await member.post(f"{BOOK}/bank/file", data={"account": "bank"}, files=files)
    assert answer.status_code == 303, answer.text
    assert "new=4&known=0" in answer.headers["location"]
    page = (await member.get(answer.headers["location"])).text
    for words in (
        "新读出4笔",
        "还有4笔没有记账",
        "+1,200.50",
        "-1,234.00",
        "银行写的：张三　张三停车费",
        'value="个人停车费"',
    ):
        assert words in page, words
    assert "4笔流水等着记账" in (await member.get(BOOK)).text
    assert "等着记账" not in (await owner.get(BOOK)).text
    first, second, third, fourth = [each.id for each in await platform.services["imports"].waiting(ESTATE)]
    sent = {
        "movement": [str(each) for each in (first, second, third, fourth)],
        f"do-{first}": "enter",
        f"item-{first}": "parking",
        f"voucher-{first}": f"{record}/1",
        f"note-{first}": "二月停车",
        f"do-{second}": "enter",
        f"do-{third}": "aside",
        f"do-{fourth}": "later",
    }
    answer = await member.post(f"{BOOK}/bank", data=sent)
    assert answer.status_code == 422
    assert answer.text.count("请从列出的里面选一项") >= 2
    assert platform.count("book_posting") == 0
    right = {
        f"item-{second}": "repairs",
        f"voucher-{second}": f"{record}/1",
        f"note-{second}": "修门",
        f"decision-{second}": record,
    }
    answer = await member.post(f"{BOOK}/bank", data=sent | right)
    assert answer.status_code == 303, answer.text
    page = (await member.get(answer.headers["location"])).text
    assert "记账2笔" in page
    assert "还有1笔没有记账" in page
    assert (
        "二月停车" in (await owner.get(BOOK)).text or "二月停车" in (await owner.get(f"{BOOK}/entries?year=2026")).text
    )
    nothing = await member.post(f"{BOOK}/bank", data={"movement": str(fourth), f"do-{fourth}": "later"})
    assert (nothing.status_code, "一笔都还没有选" in nothing.text) == (422, True)


@pytest.mark.parametrize(
    ("data", "files", "words"),
    [
        ({"account": "bank"}, {}, "请先选一个文件"),
        ({"account": "cash"}, {"file": ("a.csv", MARCH.encode())}, "请从列出的里面选一项"),
        ({"account": "bank"}, {"file": ("a.csv", b"\0")}, "读不出表格"),
        ({"account": "bank"}, {"file": ("a.csv", "甲,乙\n1,2\n".encode())}, "没有找到有“交易日期”"),
    ],
)
async def test_a_file_that_cannot_be_read_is_said(owner, member, data, files, words):
    answer = await member.post(f"{BOOK}/bank/file", data=data, files=files or {"other": ("", b"")})
    assert answer.status_code in (400, 422)
    assert words in answer.text


async def test_notices_come_as_page_paper_and_sheet(platform, owner):
    record, books = await publish(platform), platform.services["books"]
    await books.enter_all(
        ESTATE,
        [
            new(record, lines=receipt(Account.PARKING, 500_000), decision=""),
            new(record),
            new(record, lines=payment(Account.FUND, 700)),
        ],
        STAFF,
    )
    query = {"pool": "common", "time": "2026Q4"}
    page = (await owner.get(f"{BOOK}/notice", params=query)).raise_for_status().text
    for words in (
        "公共收益公示表",
        "2026年第四季度",
        "收入：停车收入",
        "5,000.00",
        "3,766.00",
        "本期记账2笔，凭证1张",
        "本期还没有结束",
    ):
        assert words in page, words
    paper = (await owner.get(f"{BOOK}/notice.pdf", params=query)).raise_for_status()
    assert paper.headers["content-type"] == "application/pdf"
    text = pypdfium2.PdfDocument(paper.content)[0].get_textpage().get_text_bounded()
    assert "5,000.00" in text
    sheet = (await owner.get(f"{BOOK}/notice.xlsx", params={"pool": "fund", "time": "2026"})).raise_for_status()
    rows = (
        python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(sheet.content))
        .get_sheet_by_name("每一笔")
        .to_python()
    )
    assert rows[1][4] == 7.0
    assert "发票.pdf" in rows[1][8]
    assert (await owner.get(f"{BOOK}/notice")).status_code == 200
    assert (await owner.get(f"{BOOK}/notice?time=2026Q9")).status_code == 404
    assert (await owner.get(f"{BOOK}/notice?pool=other&time=2026&lang=en")).status_code == 200


async def test_entries_are_shown_fifty_at_a_time(platform, owner):
    record, books = await publish(platform), platform.services["books"]
    many = [new(record, lines=receipt(Account.PARKING, fen), decision="") for fen in range(1, 61)]
    await books.enter_all(ESTATE, many, STAFF)
    first = (await owner.get(f"{BOOK}/entries?year=2026")).text
    assert "共60笔" in first
    assert first.count("/book/entries/") >= 50
    assert f'{BOOK}/entries/10"' not in first
    assert f'{BOOK}/entries/10"' in (await owner.get(f"{BOOK}/entries?year=2026&from=50")).text
    assert "还没有记过账" in (await owner.get(f"{BOOK}/entries?pool=fund&from=x&year=x")).text
    assert (await owner.get(f"{BOOK}/entries/61")).status_code == 404


async def _mark(assembly: Assembly, owner: int, **more: str) -> httpx.Response:
    """Say with letter and code that the voucher of the first entry was checked."""
    path, sent = f"{BOOK}/entries/1/checked", {"letter": assembly.people.numbers[owner]}
    async with anonymous(assembly.platform) as browser:
        first = await browser.post(path, data=sent)
        assert first.status_code == 200, first.text
        assert "尾号" in first.text
        code = assembly.platform.phones.code(f"+86{phone_of(owner)}")
        return await browser.post(path, data={**sent, "code": code, **more})


async def test_an_owner_known_by_letter_and_code_marks_a_voucher_once(opened):
    platform = opened.platform
    record, books = await publish(platform), platform.services["books"]
    await books.enter(ESTATE, new(record), STAFF)
    async with anonymous(platform) as owner:
        assert "只公开一共几户" in (await owner.get(f"{BOOK}/entries/1/checked")).text
        wrong = await owner.post(f"{BOOK}/entries/1/checked", data={"letter": "2222-2222-2222"})
        assert (wrong.status_code, "请对照信" in wrong.text) == (422, True)
    assert (await _mark(opened, 1, code="000000")).status_code == 422
    assert await books.marks(ESTATE) == {}
    platform.clock.now += timedelta(hours=2)
    for who, homes in ((1, 1), (2, 2)):
        answer = await _mark(opened, who)
        assert answer.headers["location"] == f"{BOOK}/entries/1?marked=yes"
        assert await books.marks(ESTATE) == {Voucher(record, 1): homes}
    platform.clock.now += timedelta(hours=2)
    await _mark(opened, 1)
    async with anonymous(platform) as owner:
        assert "2户核对过这张凭证" in (await owner.get(f"{BOOK}/entries/1?marked=yes")).text
    assert not any(b"101" in bytes(str(row), "utf-8") for row in platform.contents()["voucher_mark"])
