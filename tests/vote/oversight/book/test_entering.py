"""From what is typed to lines of a posting; every expectation by hand."""

import pytest

from vote.errors import RefusedError
from vote.law.citation import Text
from vote.oversight.book.accounts import Account
from vote.oversight.book.entering import (
    ITEMS,
    fits_movement,
    lines_of,
    public_words,
    read_amount,
    suggest_item,
)
from vote.oversight.book.rules import Line


def test_every_account_but_those_of_money_is_an_item_in_both_languages() -> None:
    money = {Account.BANK, Account.CASH, Account.FUND_BANK}
    assert set(ITEMS) == {each.name.lower() for each in Account if each not in money} | {"deposit", "withdrawal"}
    assert ITEMS["parking"] == Text("公共收益 · 收入 · 停车收入", "Common income · Income · Parking")
    assert ITEMS["fund"].zh == "维修资金 · 支出 · 使用维修资金"


@pytest.mark.parametrize(
    ("typed", "fen"),
    [("1200.5", 120_050), ("1,200.50", 120_050), ("0.01", 1), (" 8 ", 800), ("1，200", 120_000)],
)
def test_an_amount_is_typed_in_yuan_and_kept_in_fen(typed: str, fen: int) -> None:
    assert read_amount(typed) == fen


@pytest.mark.parametrize("typed", ["", "0", "0.00", "-5", "五", "1.005", "1e3", "=1+1", "12,34"])
def test_what_is_no_amount_above_zero_is_said(typed: str) -> None:
    assert isinstance(read_amount(typed), Text)


@pytest.mark.parametrize(
    ("item", "purse", "lines"),
    [
        ("parking", Account.BANK, (Line(Account.BANK, 5), Line(Account.PARKING, -5))),
        ("parking", Account.CASH, (Line(Account.CASH, 5), Line(Account.PARKING, -5))),
        ("repairs", Account.CASH, (Line(Account.REPAIRS, 5), Line(Account.CASH, -5))),
        ("fund", Account.CASH, (Line(Account.FUND, 5), Line(Account.FUND_BANK, -5))),
        ("fund_raised", Account.BANK, (Line(Account.FUND_BANK, 5), Line(Account.FUND_RAISED, -5))),
        ("opening", Account.BANK, (Line(Account.BANK, 5), Line(Account.OPENING, -5))),
        ("deposit", Account.BANK, (Line(Account.BANK, 5), Line(Account.CASH, -5))),
        ("withdrawal", Account.BANK, (Line(Account.CASH, 5), Line(Account.BANK, -5))),
    ],
)
def test_an_item_says_on_which_side_an_amount_stands(item: str, purse: Account, lines: tuple[Line, ...]) -> None:
    assert lines_of(item, 5, purse) == lines


@pytest.mark.parametrize(("item", "purse"), [("gold", Account.BANK), ("bank", Account.BANK), ("cost", Account.FUND)])
def test_no_other_item_or_purse(item: str, purse: Account) -> None:
    with pytest.raises(RefusedError, match="from the list"):
        lines_of(item, 5, purse)


@pytest.mark.parametrize(
    ("item", "fen", "account", "fits"),
    [
        ("parking", 100, Account.BANK, True),
        ("parking", -100, Account.BANK, False),
        ("repairs", -100, Account.BANK, True),
        ("repairs", 100, Account.BANK, False),
        ("parking", 100, Account.FUND_BANK, False),
        ("fund", -100, Account.FUND_BANK, True),
        ("deposit", 100, Account.BANK, True),
        ("withdrawal", -100, Account.BANK, True),
        ("withdrawal", 100, Account.BANK, False),
        ("gold", 100, Account.BANK, False),
    ],
)
def test_what_a_movement_of_the_bank_can_be(item: str, fen: int, account: Account, fits: bool) -> None:  # noqa: FBT001
    assert fits_movement(item, fen, account) is fits


@pytest.mark.parametrize(
    ("payee", "note", "shown"),
    [
        ("嘉善停车管理有限公司", "三月停车", ("嘉善停车管理有限公司", "三月停车")),
        ("张三", "张三3月停车费", ("个人", "个人3月停车费")),
        ("", "结息", ("", "结息")),
        ("欧阳修远", "退款", ("个人", "退款")),
    ],
)
def test_who_is_no_firm_or_office_is_not_named(payee: str, note: str, shown: tuple[str, str]) -> None:
    assert public_words(payee, note) == shown


@pytest.mark.parametrize(
    ("fen", "account", "text", "item"),
    [
        (500, Account.BANK, "某公司 三月停车费", "parking"),
        (500, Account.BANK, "一季度结息", "interest"),
        (500, Account.FUND_BANK, "一季度结息", "fund_interest"),
        (-500, Account.BANK, "电梯广告牌维修", "repairs"),
        (-500, Account.BANK, "停车", ""),
        (500, Account.BANK, "转账", ""),
    ],
)
def test_what_a_movements_words_point_to(fen: int, account: Account, text: str, item: str) -> None:
    assert suggest_item(fen, account, text) == item
