"""Notices of a time: figures by hand of the small book in `ledger.py`; paper and sheet are opened and read."""

import io
import zipfile
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
import python_calamine

from tests.vote.oversight.book.ledger import DECISION, VOUCHER, entered, year
from vote.errors import RefusedError
from vote.law.calendar import Span
from vote.law.citation import Text
from vote.oversight.book.accounts import Account, Pool
from vote.oversight.book.notice import Notice, Row, make_notice, purpose_of, read_time, times_of
from vote.oversight.book.printing import print_notice
from vote.oversight.book.rules import Line, Posting, Words, payment, receipt
from vote.oversight.book.workbook import write_workbook

TODAY = date(2027, 2, 1)
DECISIONS = {DECISION: "更换钢丝绳（2026-02-20）"}
ADDRESS = "https://vote.example/estates/fenhu-garden/book"


def notice(key: str, pool: Pool = Pool.COMMON, today: date = TODAY, postings: list[Posting] | None = None) -> Notice:
    time = read_time(key)
    assert time is not None
    return make_notice(postings or year(), pool, time, today)


@pytest.mark.parametrize(
    ("key", "first", "last", "zh"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "2026年"),
        ("2026Q1", date(2026, 1, 1), date(2026, 3, 31), "2026年第一季度"),
        ("2026Q4", date(2026, 10, 1), date(2026, 12, 31), "2026年第四季度"),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29), "2028年2月"),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31), "2026年12月"),
    ],
)
def test_a_time_by_its_key(key: str, first: date, last: date, zh: str) -> None:
    time = read_time(key)
    assert time is not None
    assert (time.span, time.name.zh) == (Span(first, last), zh)


@pytest.mark.parametrize("key", ["", "2026Q5", "2026-13", "2026-1", "1899", "2026q1", "２０２６", "2026-01-01"])
def test_no_other_key_is_a_time(key: str) -> None:
    assert read_time(key) is None


def test_a_year_has_itself_four_quarters_and_twelve_months() -> None:
    assert [time.key for time in times_of(2026)][:6] == ["2026", "2026Q1", "2026Q2", "2026Q3", "2026Q4", "2026-01"]
    assert len(times_of(2026)) == 17


def test_the_first_quarter_line_by_line() -> None:
    found = notice("2026Q1")
    assert found.title == Text("公共收益公示表", "Notice of common income")
    assert found.rows == (
        Row(Text("期初结余", "Balance before"), 1_000_000, total=True),
        Row(Text("收入：停车收入", "Income: Parking"), 250_050),
        Row(Text("收入合计", "All income"), 250_050, total=True),
        Row(Text("支出：专项维修", "Spending: Repairs"), 80_000, DECISION),
        Row(Text("支出：委员补贴", "Spending: Members’ allowances"), 60_000, DECISION),
        Row(Text("支出合计", "All spending"), 140_000, total=True),
        Row(Text("期末结余", "Balance after"), 1_110_050, total=True),
    )
    assert ([posting.number for posting in found.postings], found.vouchers, found.until) == ([1, 2, 3, 4], 1, None)


def test_a_time_that_is_not_over_says_until_when() -> None:
    assert notice("2026", today=date(2026, 12, 30)).until == date(2026, 12, 30)
    assert notice("2026", today=date(2026, 12, 31)).until is None


def test_the_fund_has_a_notice_of_its_own() -> None:
    found = notice("2026-05", Pool.FUND)
    assert (found.title.zh, found.statement.received, len(found.postings)) == ("维修资金公示表", 5_000_000, 1)


def test_what_a_posting_was_for() -> None:
    moved = (Line(Account.CASH, 5), Line(Account.BANK, -5))
    assert purpose_of(entered(1, TODAY, moved)).zh == "银行与现金互转"
    both = (Line(Account.BANK, 300), Line(Account.PARKING, -200), Line(Account.VENUE, -100))
    assert purpose_of(entered(1, TODAY, both)) == Text("停车收入、场地租金", "Parking, Rent of places")


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "".join(page.get_textpage().get_text_bounded() for page in document).replace(" ", "")


def test_the_paper_has_every_figure_and_is_the_same_each_time() -> None:
    pdf = print_notice(notice("2026Q1"), "试验小区", DECISIONS, ADDRESS)
    assert pdf == print_notice(notice("2026Q1"), "试验小区", DECISIONS, ADDRESS)
    text = text_of(pdf)
    for words in (
        "公共收益公示表",
        "试验小区",
        "2026年第一季度",
        "2026年1月1日至2026年3月31日",
        "10,000.00",
        "2,500.50",
        "800.00",
        "11,100.50",
        "更换钢丝绳",
        "本期记账4笔，凭证1张",
        ADDRESS,
    ):
        assert words in text, words
    assert "还没有结束" not in text
    assert "数字到2026年3月5日为止" in text_of(
        print_notice(notice("2026Q1", today=date(2026, 3, 5)), "试", DECISIONS, ADDRESS)
    )
    assert len(pypdfium2.PdfDocument(pdf)) == 1


def test_what_the_font_lacks_is_refused_by_name() -> None:
    with pytest.raises(RefusedError, match="U\\+1F600"):
        print_notice(notice("2026"), "试😀", DECISIONS, ADDRESS)


def test_a_hundred_kinds_of_spending_go_on_to_further_pages() -> None:
    postings = [
        entered(number, date(2026, 3, 1), payment(Account.REPAIRS, number), decision=f"{number:032}")
        for number in range(1, 101)
    ]
    pdf = print_notice(notice("2026", postings=postings), "试", {}, ADDRESS)
    assert len(pypdfium2.PdfDocument(pdf)) > 2
    assert text_of(pdf).count("支出：专项维修") == 100


def test_the_workbook_has_figures_and_every_posting() -> None:
    postings = year()
    postings[1] = replace(postings[1], words=None)
    found = notice("2026", postings=postings)
    book = python_calamine.CalamineWorkbook.from_filelike(
        io.BytesIO(write_workbook(found, "试验小区", DECISIONS, {tuple(VOUCHER): "发票.pdf"}))
    )
    assert book.sheet_names == ["公示表", "每一笔"]
    figures = book.get_sheet_by_name("公示表").to_python()
    assert figures[5] == ["期初结余", "", 10000.0]
    assert figures[6] == ["收入：停车收入", "", 2500.5]
    assert figures[8] == ["支出：专项维修", "更换钢丝绳（2026-02-20）", 800.0]
    rows = book.get_sheet_by_name("每一笔").to_python()
    assert len(rows) == 7
    assert rows[2] == [2.0, "2026-01-15", "停车收入", 2500.5, "", *["依法隐去"] * 3, "发票.pdf", "", ""]
    assert rows[3][3:5] == ["", 800.0]
    assert rows[6][10] == 5.0


def test_what_only_moved_stands_in_neither_column() -> None:
    moved = [entered(1, date(2026, 3, 1), (Line(Account.CASH, 5), Line(Account.BANK, -5)))]
    data = write_workbook(notice("2026", postings=moved), "试", {}, {})
    rows = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("每一笔").to_python()
    assert rows[1][2:5] == ["银行与现金互转", "", ""]


def test_nothing_that_was_typed_is_a_formula_or_a_link() -> None:
    nasty = ["=cmd|'/c calc'!A1", "+1+1", "-2", "@SUM(A1)", "http://evil.example", '=HYPERLINK("x")', "\t=1"]
    postings = [
        replace(entered(number, date(2026, 3, 1), receipt(Account.PARKING, 1)), words=Words(text, text, text))
        for number, text in enumerate(nasty, 1)
    ]
    data = write_workbook(notice("2026", postings=postings), "=1+1", {}, {tuple(VOUCHER): "=1+1"})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith((".xml", ".rels"))}
    assert not any("<f>" in part or "<hyperlink" in part for part in parts.values())
    rows = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("每一笔").to_python()
    assert [row[7] for row in rows[1:]] == nasty
