"""Reads a bank's statement, so that its lines need only be given their purpose and voucher.

 * Headers are understood as those of the roll are: cleaned the same way, the longest name first, by hand where a bank has
   words of its own. The header may stand below titles.
 * Amounts stand in two columns, money in and money out, or in one with a sign or a column that says which.
 * A line that cannot be read is told by its number, and nothing of the file is taken until it is put right.
 * Lines that are none, such as totals and notes, have no day and no amount.

Not here: reading files (`vote.roll.reader`), entering postings (`service.py`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from vote.errors import Reason
from vote.oversight.book.rules import MAX_FEN, MAX_TEXT
from vote.roll.columns import clean_header
from vote.roll.headers import SEARCHED_ROWS
from vote.roll.refusal import SheetRefusedError
from vote.roll.sheet import Cells, Sheet, compact, plain


class Column(StrEnum):
    """What a column of a bank's statement holds."""

    DAY = "day"
    IN = "in"
    OUT = "out"
    AMOUNT = "amount"
    SIDE = "side"
    PAYEE = "payee"
    NOTE = "note"


TITLES: Mapping[Column, str] = {
    Column.DAY: "交易日期",
    Column.IN: "收入金额",
    Column.OUT: "支出金额",
    Column.AMOUNT: "交易金额",
    Column.SIDE: "借贷标志",
    Column.PAYEE: "对方户名",
    Column.NOTE: "摘要",
}
"""What a refusal calls a column."""

_SPELLINGS: Mapping[Column, str] = {
    Column.DAY: "交易日期 记账日期 入账日期 交易日 记账日 日期 交易时间 date",
    Column.IN: "收入金额 收入 贷方发生额 贷方金额 贷方 存入金额 存入 转入金额 转入 credit",
    Column.OUT: "支出金额 支出 借方发生额 借方金额 借方 支取金额 支取 转出金额 转出 debit",
    Column.AMOUNT: "交易金额 发生额 金额 amount",
    Column.SIDE: "借贷标志 借贷方向 收支方向 收支标志 借贷 收支 方向 借/贷 收/支",
    Column.PAYEE: "对方户名 对方账户名称 对方名称 对方单位名称 对方账户名 交易对方 对方单位 收付款人名称 对手方 对方 payee",
    Column.NOTE: "摘要 用途 附言 交易摘要 备注 交易附言 note",
}
_NAMES: Mapping[str, Column] = {
    clean_header(name): column for column, names in _SPELLINGS.items() for name in names.split()
}
_LONGEST_FIRST = sorted(_NAMES, key=len, reverse=True)
_SHORTEST_ENDING = 2
_FOREIGN = re.compile("账号|帐号|余额|币种|流水号|凭证号|开户|行号|柜员|balance", re.IGNORECASE)
_DAY = re.compile(r"((?:19|20)[0-9]{2})[-/.年]?([0-9]{1,2})[-/.月]?([0-9]{1,2})日?(?:[ T]?[0-9:时分秒.]*)")
_SERIAL = re.compile(r"[34][0-9]{4}")
_EPOCH = date(1899, 12, 30)
_MONEY = re.compile(r"([+-]?)[¥￥]?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]{1,2})0*)?元?")
_IN_WORDS, _OUT_WORDS = (
    frozenset({"贷", "收", "收入", "存入", "转入", "c", "cr"}),
    frozenset({"借", "支", "支出", "转出", "支取", "d", "dr"}),
)
_NOTHING = frozenset({"", "-", "--", "0", "0.0", "0.00"})


@dataclass(frozen=True, slots=True)
class BankLine:
    """One movement of the bank's account."""

    row: int
    """As the program on screen counts, from 1."""
    on: date
    fen: int
    """Above zero came in, below went out."""
    payee: str
    note: str


def read_statement(sheets: Sequence[Sheet], mapping: Mapping[Column, str] | None = None) -> tuple[BankLine, ...]:
    """Return the movements of a bank's statement in the order of the file.

    Args:
        sheets: the file's; the first one with a header is read.
        mapping: columns mapped by hand: the header's text.

    Raises:
        SheetRefusedError: no sheet has a header with day and amount, a line cannot be read, or there is none.
    """
    for sheet in sheets:
        for row, cells in enumerate(sheet.rows[:SEARCHED_ROWS]):
            columns = _understand(cells, mapping or {})
            if _complete(columns):
                lines = tuple(_lines(sheet, row, columns))
                if not lines:
                    raise _refused(
                        f"sheet {sheet.name}: no movement stands below the header", "表头下面没有一笔流水，请核对文件"
                    )
                return lines
    raise _refused(
        f"no header with a day and an amount was found in the first {SEARCHED_ROWS} rows; map the columns by hand",
        f"前 {SEARCHED_ROWS} 行里没有找到有“交易日期”和金额的表头，请补上表头，或者指定哪一栏是什么",
    )


def match_header(text: str) -> Column | None:
    """Return what a header means, or None if it means nothing here."""
    header = clean_header(text)
    if header in _NAMES:
        return _NAMES[header]
    if _FOREIGN.search(header):
        return None
    endings = (name for name in _LONGEST_FIRST if len(name) >= _SHORTEST_ENDING and header.endswith(name))
    return next((_NAMES[name] for name in endings), None)


def _understand(cells: Cells, mapping: Mapping[Column, str]) -> Mapping[Column, int]:
    cleaned = [clean_header(cell) for cell in cells]
    found: dict[Column, int] = {}
    for column, wanted in mapping.items():
        if clean_header(wanted) in cleaned:
            found[column] = cleaned.index(clean_header(wanted))
    for position, cell in enumerate(cells):
        meant = match_header(cell) if cell else None
        if meant is not None and meant not in found and position not in found.values():
            found[meant] = position
    return found


def _complete(columns: Mapping[Column, int]) -> bool:
    two = Column.IN in columns and Column.OUT in columns
    return Column.DAY in columns and (two or Column.AMOUNT in columns)


def _lines(sheet: Sheet, header: int, columns: Mapping[Column, int]) -> Iterator[BankLine]:
    for row, cells in enumerate(sheet.rows[header + 1 :], header + 2):
        texts = {column: compact(cells[position]) for column, position in columns.items()}
        day, fen = _day(plain(cells[columns[Column.DAY]])), _fen(texts)
        if day is None and (fen is None or not _is_number(texts[Column.DAY])):
            continue
        if day is None or not fen or abs(fen) > MAX_FEN:
            raise _refused(
                f"sheet {sheet.name}, row {row}: the day or the amount cannot be read; put it right in the file",
                f"工作表“{sheet.name}”第 {row} 行的日期或金额看不懂，请在文件里改好再导入",
            )
        yield BankLine(row, day, fen, _words(cells, columns, Column.PAYEE), _words(cells, columns, Column.NOTE))


def _is_number(text: str) -> bool:
    return bool(re.search("[0-9]", text))


def _words(cells: Cells, columns: Mapping[Column, int], column: Column) -> str:
    return plain(cells[columns[column]])[:MAX_TEXT] if column in columns else ""


def _day(text: str) -> date | None:
    if _SERIAL.fullmatch(text):
        return _EPOCH + timedelta(days=int(text))
    match = _DAY.fullmatch(text)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def _fen(texts: Mapping[Column, str]) -> int | None:
    """The amount of a line; None if there is no number, or it cannot be told whether it came or went."""
    if Column.IN in texts and Column.OUT in texts:
        came, went = _money(texts[Column.IN]), _money(texts[Column.OUT])
        if came is None or went is None or bool(came) is bool(went):
            return None
        return abs(came) - abs(went)
    amount = _money(texts[Column.AMOUNT])
    if amount is None or Column.SIDE not in texts:
        return amount
    side = texts[Column.SIDE].lower()
    if side in _IN_WORDS:
        return abs(amount)
    return -abs(amount) if side in _OUT_WORDS else None


def _money(text: str) -> int | None:
    if text in _NOTHING:
        return 0
    match = _MONEY.fullmatch(text)
    if match is None:
        return None
    sign, yuan, fen = match.groups()
    amount = int(yuan.replace(",", "")) * 100 + int((fen or "").ljust(2, "0"))
    return -amount if sign == "-" else amount


def _refused(detail: str, detail_zh: str) -> SheetRefusedError:
    return SheetRefusedError(detail, detail_zh, Reason.MALFORMED)
