"""Banks' statements, made up; each bank has its own words."""

import io
from datetime import date

import pytest
import xlsxwriter

from vote.oversight.book.bank import BankLine, Column, match_header, read_statement
from vote.roll.reader import read_sheets
from vote.roll.refusal import SheetRefusedError
from vote.roll.sheet import Sheet, make_sheet


def sheet(*rows: list[object]) -> list[Sheet]:
    return [make_sheet("流水", list(rows))]


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("交易日期", Column.DAY),
        ("记账 日期", Column.DAY),
        ("贷方发生额（元）", Column.IN),
        ("借方发生额（元）", Column.OUT),
        ("交易金额", Column.AMOUNT),
        ("借贷标志", Column.SIDE),
        ("对方户名", Column.PAYEE),
        ("对方账号", None),
        ("账户余额", None),
        ("摘要", Column.NOTE),
        ("客户附言", Column.NOTE),
        ("网点", None),
    ],
)
def test_what_a_header_means(header: str, column: Column | None) -> None:
    assert match_header(header) is column


def test_two_columns_below_a_title() -> None:
    lines = read_statement(
        sheet(
            ["某银行账户明细"],
            ["交易日期", "借方发生额", "贷方发生额", "账户余额", "对方户名", "摘要"],
            ["2026-03-02", "", "1,200.50", "5,000.00", "甲停车公司", "三月停车"],
            ["20260305", "800", "0.00", "4200", "乙维修队", "修门"],
            ["合计", "800", "1,200.50"],
        )
    )
    assert lines == (
        BankLine(3, date(2026, 3, 2), 120_050, "甲停车公司", "三月停车"),
        BankLine(4, date(2026, 3, 5), -80_000, "乙维修队", "修门"),
    )


@pytest.mark.parametrize(
    ("rows", "fen"),
    [
        ([["日期", "金额"], ["2026年3月2日", "-5.5"]], -550),
        ([["日期", "金额"], ["2026/3/2 10:20:30", "+5"]], 500),
        ([["日期", "金额", "借贷标志"], ["2026.03.02", "5.00", "贷"]], 500),
        ([["日期", "金额", "借贷标志"], ["46083", "¥5.00元", "借"]], -500),
        ([["日期", "收入", "支出"], ["2026-03-02", "-", "-5.00"]], -500),
    ],
)
def test_days_and_amounts_as_banks_write_them(rows: list[list[object]], fen: int) -> None:
    (line,) = read_statement(sheet(*rows))
    assert (line.on, line.fen, line.payee) == (date(2026, 3, 2), fen, "")


def test_a_bank_with_words_of_its_own_is_mapped_by_hand() -> None:
    rows = sheet(["成交日", "数额"], ["2026-03-02", "7"])
    with pytest.raises(SheetRefusedError, match="map the columns"):
        read_statement(rows)
    with pytest.raises(SheetRefusedError, match="map the columns"):
        read_statement(rows, {Column.DAY: "没有", Column.AMOUNT: "数额"})
    (line,) = read_statement(rows, {Column.DAY: "成交日", Column.AMOUNT: "数额"})
    assert line.fen == 700


def test_the_first_of_two_columns_for_one_thing_is_taken() -> None:
    (line,) = read_statement(sheet(["交易日期", "记账日期", "金额"], ["2026-03-02", "2026-03-03", "7"]))
    assert line.on == date(2026, 3, 2)


@pytest.mark.parametrize(
    "row",
    [
        ["2026-03-02", "七元", ""],
        ["2026-02-30", "7", ""],
        ["2026-03-02", "", ""],
        ["2026-03-02", "7", "8"],
        ["2026-03-02", "7", "八"],
        ["2026-03-02", "99999999999999", ""],
    ],
)
def test_a_line_that_cannot_be_read_is_told_by_its_number(row: list[object]) -> None:
    with pytest.raises(SheetRefusedError, match="row 3") as refused:
        read_statement(sheet(["日期", "收入", "支出"], ["2026-03-01", "7", ""], row))
    assert "第 3 行" in refused.value.detail_zh


def test_a_side_that_says_neither_is_refused() -> None:
    with pytest.raises(SheetRefusedError, match="row 2"):
        read_statement(sheet(["日期", "金额", "方向"], ["2026-03-01", "7", "？"]))


def test_a_file_without_movements_is_refused() -> None:
    with pytest.raises(SheetRefusedError, match="no movement"):
        read_statement(sheet(["日期", "金额"], ["合计", ""]))
    with pytest.raises(SheetRefusedError, match="map the columns"):
        read_statement(sheet(["日期", "", "收入"], ["2026-03-01", "", "3"]))


def test_csv_and_xlsx_as_banks_give_them() -> None:
    table = [["交易日期", "收入金额", "支出金额", "对方户名"], ["2026-03-02", "12.00", "", "甲"]]
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        page = book.add_worksheet("明细")
        for number, row in enumerate(table):
            page.write_row(number, 0, row)
    csv = "\r\n".join(",".join(row) for row in table).encode("gb18030")
    expected = (BankLine(2, date(2026, 3, 2), 1200, "甲", ""),)
    assert read_statement(read_sheets(written.getvalue())) == expected
    assert read_statement(read_sheets(csv)) == expected
