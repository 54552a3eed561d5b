"""A small book, made up: a year with parking, a repair, an allowance, a mistake taken back."""

from datetime import date

from vote.oversight.book.accounts import Account
from vote.oversight.book.rules import Line, Posting, Voucher, Words, payment, receipt, reversal

VOUCHER = Voucher("a" * 32, 1)
DECISION = "d" * 32


def entered(
    number: int, on: date, lines: tuple[Line, ...], *, payee: str = "", note: str = "试", decision: str = ""
) -> Posting:
    return Posting(number, on, lines, VOUCHER, Words(payee, "", note), decision)


def year() -> list[Posting]:
    postings = [
        entered(1, date(2026, 1, 1), (Line(Account.BANK, 1_000_000), Line(Account.OPENING, -1_000_000))),
        entered(2, date(2026, 1, 15), receipt(Account.PARKING, 250_050), payee='甲"公司', note="一月\\停车"),
        entered(3, date(2026, 3, 2), payment(Account.REPAIRS, 80_000), decision=DECISION, payee="乙维修队"),
        entered(4, date(2026, 3, 5), payment(Account.ALLOWANCES, 60_000), decision=DECISION),
        entered(5, date(2026, 4, 1), receipt(Account.ADVERTISING, 99)),
    ]
    postings.append(reversal(postings[4], taken_back=False, number=6, on=date(2026, 4, 2), note="记错了"))
    postings.append(entered(7, date(2026, 5, 1), receipt(Account.FUND_RAISED, 5_000_000)))
    postings.append(entered(8, date(2027, 1, 3), receipt(Account.PARKING, 100)))
    return postings
