"""Banks' statements on the platform: each movement once, and in the books only when somebody said what it was for."""

import asyncio
import io
import zipfile
from datetime import date

import pytest
import xlsxwriter

from tests.vote.assembly import ESTATE
from tests.vote.oversight.book.made import STAFF, entries, new, publish
from vote.errors import RefusedError
from vote.oversight.book.accounts import Account
from vote.oversight.book.bank import Column
from vote.oversight.book.importing import MAX_BYTES, Assignment, ImportService, Taken
from vote.oversight.book.rules import Voucher, Words, payment
from vote.roll.apart import open_apart
from vote.roll.refusal import SheetRefusedError

pytestmark = pytest.mark.database
HEAD = "交易日期,收入金额,支出金额,对方户名,摘要"
MARCH = f"""{HEAD}
2026-03-02,1200.50,,嘉善停车管理有限公司,二月停车
2026-03-05,,1234.00,乙维修队,修3号楼的门
2026-03-05,30,,张三,张三停车费
2026-03-05,30,,张三,张三停车费
"""


@pytest.fixture
def imports(platform, owner) -> ImportService:
    return platform.services["imports"]


async def take(imports, text: str, encoding: str = "utf-8") -> Taken:
    return await imports.take(ESTATE, Account.BANK, text.encode(encoding), STAFF)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
async def test_a_statement_waits_and_nothing_of_it_is_in_the_books(platform, imports, encoding):
    assert await take(imports, MARCH, encoding) == Taken(4, 0)
    first, second, third, _ = await imports.waiting(ESTATE)
    assert (first.on, first.fen, first.payee, first.item) == (
        date(2026, 3, 2),
        120_050,
        "嘉善停车管理有限公司",
        "parking",
    )
    assert (second.fen, second.offered, second.item) == (-123_400, Words("乙维修队", "", "修3号楼的门"), "repairs")
    assert (third.payee, third.offered) == ("张三", Words("个人", "", "个人停车费"))
    assert await entries("book:posted") == []
    assert not any("张三" in str(row) or "停车" in str(row) for row in platform.contents()["bank_line"])
    assert [row for row in platform.contents()["account_event"] if "book:imported" in row]


async def test_files_that_overlap_take_each_movement_once_and_two_alike_twice(imports):
    await take(imports, MARCH)
    assert await take(imports, MARCH) == Taken(0, 4)
    more = MARCH + "2026-03-05,30,,张三,张三停车费\n2026-03-09,7,,,结息\n"
    assert await take(imports, more) == Taken(2, 4)
    assert await imports.count(ESTATE) == 6


async def test_the_same_file_twice_at_once_is_taken_once(imports):
    taken = await asyncio.gather(*(take(imports, MARCH) for _ in range(4)))
    assert sorted(each.new for each in taken) == [0, 0, 0, 4]
    assert await imports.count(ESTATE) == 4


async def test_other_accounts_have_movements_of_their_own(imports):
    await take(imports, MARCH)
    assert await imports.take(ESTATE, Account.FUND_BANK, MARCH.encode(), STAFF) == Taken(4, 0)
    with pytest.raises(RefusedError, match="whose account"):
        await imports.take(ESTATE, Account.CASH, MARCH.encode(), STAFF)


async def test_what_somebody_confirms_is_in_the_books_and_its_words_at_the_bank_are_gone(platform, owner, imports):
    record, voucher = await publish(platform), None
    voucher = Voucher(record, 1)
    await take(imports, MARCH)
    first, second, third, fourth = [each.id for each in await imports.waiting(ESTATE)]
    numbers = await imports.settle(
        ESTATE,
        [
            Assignment(first, "parking", voucher, Words("嘉善停车管理有限公司", "", "二月停车")),
            Assignment(second, "repairs", voucher, Words("乙维修队", "", "修门"), record),
        ],
        STAFF,
        aside=[third],
    )
    assert numbers == [1, 2]
    assert [each.id for each in await imports.waiting(ESTATE)] == [fourth]
    books = platform.services["books"]
    one, two = [each.posting for each in await books.postings(ESTATE)]
    assert (one.on, one.total("Assets"), two.decision) == (date(2026, 3, 2), 0, record)
    assert [line.fen for line in one.lines] == [120_050, -120_050]
    assert [line.fen for line in two.lines] == [123_400, -123_400]
    assert len(await entries("book:posted")) == 2
    assert sum(row[-3] is None for row in platform.contents()["bank_line"]) in (0, 3)
    assert await take(imports, MARCH) == Taken(1, 3), "what was set aside is taken up by reading the file again"
    assert await imports.count(ESTATE) == 2


@pytest.mark.parametrize(
    ("item", "message"),
    [("repairs", "does not fit"), ("fund_raised", "does not fit"), ("gold", "does not fit")],
)
async def test_what_does_not_fit_is_refused_and_nothing_is_entered(platform, imports, item, message):
    record = await publish(platform)
    await take(imports, MARCH)
    first, second, *_ = [each.id for each in await imports.waiting(ESTATE)]
    good = Assignment(second, "repairs", Voucher(record, 1), Words("", "", "修"), "")
    wrong = Assignment(first, item, Voucher(record, 1), Words("", "", "停车"))
    with pytest.raises(RefusedError, match=message):
        await imports.settle(ESTATE, [good, wrong], STAFF)
    assert await imports.count(ESTATE) == 4
    assert platform.count("book_posting") == 0


async def test_two_who_confirm_the_same_movement_enter_it_once(platform, imports):
    record = await publish(platform)
    await take(imports, MARCH)
    first = (await imports.waiting(ESTATE))[0].id
    assignment = Assignment(first, "parking", Voucher(record, 1), Words("", "", "停车"))
    done = await asyncio.gather(
        *(imports.settle(ESTATE, [assignment], STAFF) for _ in range(3)), return_exceptions=True
    )
    assert [each for each in done if isinstance(each, list)] == [[1]]
    assert all("dealt with one" in str(each) for each in done if not isinstance(each, list))
    assert platform.count("book_posting") == 1


async def test_a_movement_that_was_entered_by_hand_is_found_and_not_entered_again(platform, imports):
    record, books = await publish(platform), platform.services["books"]
    by_hand = new(record, on=date(2026, 3, 4), lines=payment(Account.REPAIRS, 123_400))
    assert await books.enter(ESTATE, by_hand, STAFF) == 1
    far = new(record, on=date(2026, 1, 4), lines=payment(Account.REPAIRS, 123_400))
    assert await books.enter(ESTATE, far, STAFF) == 2
    await take(imports, MARCH)
    found = {each.fen: each for each in await imports.waiting(ESTATE)}
    assert {fen: each.entered for fen, each in found.items()} == {120_050: None, -123_400: 1, 3_000: None}
    movement = found[-123_400].id
    for wrong in ({movement: 2}, {found[120_050].id: 1}, {movement: 9}):
        with pytest.raises(RefusedError, match="not the same"):
            await imports.settle(ESTATE, [], STAFF, same=wrong)
    assert await imports.settle(ESTATE, [], STAFF, same={movement: 1}) == []
    assert await imports.count(ESTATE) == 3
    assert platform.count("book_posting") == 2


async def test_a_bank_with_words_of_its_own_is_read_by_a_mapping(imports):
    text = "成交日,数额\n2026-03-02,7\n"
    with pytest.raises(SheetRefusedError, match="map the columns"):
        await take(imports, text)
    mapping = {Column.DAY: "成交日", Column.AMOUNT: "数额"}
    assert await imports.take(ESTATE, Account.BANK, text.encode(), STAFF, mapping) == Taken(1, 0)


def workbook(rows: list[list[object]]) -> bytes:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        sheet = book.add_worksheet("明细")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return held.getvalue()


def bomb() -> bytes:
    """A workbook whose sheet is a gigabyte of nothing."""
    held = io.BytesIO(workbook([["交易日期", "收入金额", "支出金额"], ["2026-03-02", 7, ""]]))
    made = io.BytesIO()
    with zipfile.ZipFile(held) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as book:
        for name in old.namelist():
            book.writestr(name, old.read(name))
        book.writestr("xl/media/big.bin", b"\0" * (600 << 20))
    return made.getvalue()


async def test_hostile_files_are_refused_in_a_plain_sentence(imports, monkeypatch):
    monkeypatch.setattr("vote.oversight.book.importing.open_apart", open_apart)
    for data, message in (
        (b"", "no table"),
        (b"\0" * 100, "no table"),
        (b"PK\x03\x04broken", "no table"),
        (b"<html><table></table></html>", "no table"),
        (bomb(), "no table"),
        (b"x" * (MAX_BYTES + 1), "more than 8 MB"),
    ):
        with pytest.raises(SheetRefusedError, match=message) as refused:
            await imports.take(ESTATE, Account.BANK, data, STAFF)
        assert refused.value.detail_zh
        assert "清册" not in refused.value.detail_zh
    assert await imports.count(ESTATE) == 0


async def test_a_formula_stays_text_and_is_no_amount(imports):
    assert await take(imports, f'{HEAD}\n2026-03-02,7,,=cmd|\'/c calc\'!A1,"=HYPERLINK(""http://x"")"\n') == Taken(1, 0)
    (movement,) = await imports.waiting(ESTATE)
    assert movement.payee == "=cmd|'/c calc'!A1"
    with pytest.raises(SheetRefusedError, match="row 2"):
        await take(imports, f"{HEAD}\n2026-03-02,=1+1,,x,y\n")


async def test_too_many_movements_are_refused(imports):
    lines = "".join(f"2026-03-02,{number}.00,,甲公司,x\n" for number in range(1, 5003))
    with pytest.raises(SheetRefusedError, match="more than 5000 movements"):
        await take(imports, f"{HEAD}\n{lines}")
