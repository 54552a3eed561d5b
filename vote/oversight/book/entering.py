"""Turns what a person fills in into the lines of a posting: one item says what it was for, one amount how much.

 * An item is an income, a spending, a balance with which the books began, or money moved between bank and cash.
 * The amount is typed in yuan and above zero; which side it stands on follows from the item.

Not here: whether the posting may stand (`rules.py`).
"""

import re
from collections.abc import Mapping
from typing import Final

from vote.errors import Reason, RefusedError
from vote.law.citation import Text
from vote.oversight.book.accounts import LABELS, Account, Pool, Side
from vote.oversight.book.rules import Line, payment, receipt
from vote.oversight.record.fields import Field, FieldType, read_typed

DEPOSIT, WITHDRAWAL = "deposit", "withdrawal"
_AMOUNT = Field("amount", Text("金额", "Amount"), FieldType.MONEY)
_SIGNS: Final[Mapping[Side, Text]] = {
    Side.INCOME: Text("收入", "Income"),
    Side.EXPENSES: Text("支出", "Spending"),
    Side.EQUITY: Text("建账", "Beginning"),
}
_POOLS: Final[Mapping[Pool, Text]] = {
    Pool.COMMON: Text("公共收益", "Common income"),
    Pool.FUND: Text("维修资金", "Maintenance fund"),
}


def _items() -> dict[str, Text]:
    found = {}
    for pool in Pool:
        for side in (Side.INCOME, Side.EXPENSES, Side.EQUITY):
            for account in Account:
                if account.pool is pool and account.side is side:
                    sign, name, whose = _SIGNS[side], LABELS[account], _POOLS[pool]
                    found[account.name.lower()] = Text(
                        f"{whose.zh} · {sign.zh} · {name.zh}", f"{whose.en} · {sign.en} · {name.en}"
                    )
    return found | {
        DEPOSIT: Text("公共收益 · 现金存入银行", "Common income · Cash taken to the bank"),
        WITHDRAWAL: Text("公共收益 · 从银行取现金", "Common income · Cash taken from the bank"),
    }


ITEMS: Final[Mapping[str, Text]] = _items()
"""What a posting may be for, by what a form sends."""


def read_amount(typed: str) -> int | Text:
    """Return an amount in fen that was typed in yuan, or why it is none."""
    found = read_typed(_AMOUNT, typed)
    if isinstance(found, Text):
        return found
    if not isinstance(found, int) or found <= 0:
        return Text(
            "请写大于零的金额，单位是元，例如1,200.50。", "Write an amount above zero in yuan, such as 1,200.50."
        )
    return found


def lines_of(item: str, fen: int, purse: Account = Account.BANK) -> tuple[Line, ...]:
    """Return the lines of a posting.

    Args:
        item: one of `ITEMS`.
        fen: above zero.
        purse: where common income lies or is taken from, BANK or CASH; the fund has one account only.

    Raises:
        RefusedError: there is no such item, or no such purse.
    """
    if item not in ITEMS or purse not in (Account.BANK, Account.CASH):
        raise RefusedError(Reason.MALFORMED, "Choose what it was for from the list.", zh="请从列表里选一个项目。")
    if item == DEPOSIT:
        return Line(Account.BANK, fen), Line(Account.CASH, -fen)
    if item == WITHDRAWAL:
        return Line(Account.CASH, fen), Line(Account.BANK, -fen)
    account = Account[item.upper()]
    money = None if account.pool is Pool.FUND else purse
    if account.side is Side.EXPENSES:
        return payment(account, fen, out_of=money)
    return receipt(account, fen, into=money)


def fits_movement(item: str, fen: int, account: Account) -> bool:
    """Whether an item can be what a movement of a bank's account was: same pool, and money came or went."""
    if item not in ITEMS:
        return False
    found = [line.fen for line in lines_of(item, abs(fen)) if line.account is account]
    return found == [fen]


_ORGANISATION = re.compile(
    "公司|银行|信用社|中心|部|店|厂|所|局|院|社|队|站|委员会|协会|学校|基金|政府|办事处|超市|商行|工作室|事务所|集团|财政|税务|支行|分行"
)
PERSON = "个人"
"""What stands in the place of somebody's name: the books name firms and offices only."""
_GUESSES: Final[tuple[tuple[str, str], ...]] = (
    ("结息|利息", "interest"),
    ("停车|车位|泊位", "parking"),
    ("广告|电梯屏|灯箱", "advertising"),
    ("场地|摊位|租金|房租", "venue"),
    ("快递柜|基站|充电|售货机|设备占用", "facilities"),
    ("审计", "audit"),
    ("补贴|津贴", "allowances"),
    ("办公|打印|耗材|会议", "committee"),
    ("维修|修理|更换|疏通", "repairs"),
    ("手续费|工本费|电费|水费|保洁", "cost"),
)
_FUND_GUESSES: Final[tuple[tuple[str, str], ...]] = (
    ("结息|利息", "fund_interest"),
    ("维修|使用|拨付|工程", "fund"),
    ("交存|缴存|归集|补缴|续筹", "fund_raised"),
)


def public_words(payee: str, note: str) -> tuple[str, str]:
    """Return payee and note of a movement as they are offered for the books: who is no firm or office is not named."""
    if not payee or _ORGANISATION.search(payee):
        return payee, note
    return PERSON, note.replace(payee, PERSON)


def suggest_item(fen: int, account: Account, text: str) -> str:
    """Return the item that a movement's words point to, if one fits; else nothing."""
    guesses = _GUESSES if account.pool is Pool.COMMON else _FUND_GUESSES
    return next((item for words, item in guesses if fits_movement(item, fen, account) and re.search(words, text)), "")
