"""Writes a notice with all its postings as a workbook: the same notice gives the same figures, and no cell is a formula.

* What people typed is written as text, whatever it begins with.
* Amounts are numbers in yuan with two digits, which programs of spreadsheets add up exactly enough to show fen.

Not here: the figures (`notice.py`).
"""

import io
from collections.abc import Mapping
from datetime import UTC, datetime, time

import xlsxwriter

from vote.oversight.book.accounts import Side
from vote.oversight.book.notice import Notice, purpose_of

_MONEY = "#,##0.00"
_HIDDEN = "依法隐去"
_HEADS = (
    "编号",
    "日期",
    "项目",
    "收入（元）",
    "支出（元）",
    "对方",
    "统一社会信用代码",
    "摘要",
    "凭证",
    "依据的决定",
    "冲销第几笔",
)
_WIDTHS = (7, 12, 22, 14, 14, 24, 22, 30, 40, 40, 12)


def write_workbook(
    notice: Notice, estate: str, decisions: Mapping[str, str], vouchers: Mapping[tuple[str, int], str]
) -> bytes:
    """Return a notice as XLSX: the figures on the first sheet, every posting on the second.

    Args:
        notice: the figures.
        estate: its name.
        decisions: what the records are called on which spending rests.
        vouchers: what attachments are called, by their record and number.
    """
    held = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(held, options) as book:
        made = datetime.combine(notice.time.span.last, time.min, UTC).replace(tzinfo=None)
        book.set_properties({"title": f"{estate} {notice.title.zh} {notice.time.name.zh}", "created": made})
        _write_figures(book, notice, estate, decisions)
        _write_postings(book, notice, decisions, vouchers)
    return held.getvalue()


def _write_figures(book: xlsxwriter.Workbook, notice: Notice, estate: str, decisions: Mapping[str, str]) -> None:
    title, bold = book.add_format({"bold": True, "font_size": 16}), book.add_format({"bold": True})
    money, total = (book.add_format({"num_format": _MONEY, "bold": each}) for each in (False, True))
    sheet = book.add_worksheet("公示表")
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 44)
    sheet.set_column(2, 2, 18)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    span = notice.time.span
    sheet.write_string(0, 0, notice.title.zh, title)
    sheet.write_string(1, 0, estate)
    until = f"，数字到{notice.until.isoformat()}为止" if notice.until else ""
    sheet.write_string(2, 0, f"{notice.time.name.zh}（{span.first.isoformat()}至{span.last.isoformat()}{until}）")
    for column, head in enumerate(("项目", "依据的决定", "金额（元）")):
        sheet.write_string(4, column, head, bold)
    for number, row in enumerate(notice.rows, 5):
        sheet.write_string(number, 0, row.name.zh, bold if row.total else None)
        sheet.write_string(number, 1, decisions.get(row.decision, ""))
        sheet.write_number(number, 2, row.fen / 100, total if row.total else money)
    last = 5 + len(notice.rows)
    sheet.write_string(last + 1, 0, f"本期记账{len(notice.postings)}笔，凭证{notice.vouchers}张")


def _write_postings(
    book: xlsxwriter.Workbook,
    notice: Notice,
    decisions: Mapping[str, str],
    vouchers: Mapping[tuple[str, int], str],
) -> None:
    bold, money = book.add_format({"bold": True}), book.add_format({"num_format": _MONEY})
    sheet = book.add_worksheet("每一笔")
    sheet.freeze_panes(1, 0)
    for column, (head, width) in enumerate(zip(_HEADS, _WIDTHS, strict=True)):
        sheet.write_string(0, column, head, bold)
        sheet.set_column(column, column, width)
    for row, posting in enumerate(notice.postings, 1):
        came = posting.total(Side.ASSETS)
        words = posting.words
        texts = (_HIDDEN,) * 3 if words is None else (words.payee, words.credit_code, words.note)
        sheet.write_number(row, 0, posting.number)
        sheet.write_string(row, 1, posting.on.isoformat())
        sheet.write_string(row, 2, purpose_of(posting).zh)
        if came:
            sheet.write_number(row, 3 if came > 0 else 4, abs(came) / 100, money)
        for column, text in enumerate(texts, 5):
            sheet.write_string(row, column, text)
        sheet.write_string(row, 8, vouchers.get((posting.voucher.record, posting.voucher.number), _HIDDEN))
        sheet.write_string(row, 9, decisions.get(posting.decision, ""))
        if posting.reverses is not None:
            sheet.write_number(row, 10, posting.reverses)
