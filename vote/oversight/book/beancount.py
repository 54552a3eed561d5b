"""Writes the books as a Beancount file: the same postings give the same bytes.

 * Accounts are opened on the day of the first posting, postings stand in the order of their numbers, and each account of
   money ends with a balance that the program checks.
 * Voucher, decision and reversed posting stand as metadata; a redacted posting has no words and says so.
 * Text is one line; quotes and backslashes are escaped.

Beancount itself is called as a program of its own, `bean-check`, never imported here.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from vote.oversight.book.accounts import Account
from vote.oversight.book.rules import Posting
from vote.oversight.book.statement import balances

CURRENCY = "CNY"
_WIDTH = max(map(len, Account))
_AMOUNT = 18


def encode_book(title: str, postings: Sequence[Posting], *, today: date) -> bytes:
    """Return the books as Beancount's text, UTF-8.

    Args:
        title: the estate's name and what the books are of.
        postings: all of them.
        today: the day of a book without postings.
    """
    ordered = sorted(postings, key=lambda posting: posting.number)
    return "".join(f"{line}\n" for line in _lines(title, ordered, today)).encode()


def _lines(title: str, postings: Sequence[Posting], today: date) -> Iterator[str]:
    days = [posting.on for posting in postings] or [today]
    yield f'option "title" {_quoted(title)}'
    yield f'option "operating_currency" "{CURRENCY}"'
    yield ""
    for account in Account:
        yield f"{min(days)} open {account} {CURRENCY}"
    for posting in postings:
        yield ""
        yield from _posting(posting)
    found = balances(postings)
    if found:
        yield ""
    for account, fen in found.items():
        yield f"{max(days) + timedelta(days=1)} balance {account:<{_WIDTH}} {_amount(fen)} {CURRENCY}"


def _posting(posting: Posting) -> Iterator[str]:
    words = posting.words
    payee, note = ("", "") if words is None else (words.payee, words.note)
    yield f"{posting.on} * {_quoted(payee)} {_quoted(note)}"
    yield f'  number: "{posting.number}"'
    yield f'  voucher: "{posting.voucher.record}/{posting.voucher.number}"'
    if posting.decision:
        yield f'  decision: "{posting.decision}"'
    if posting.reverses is not None:
        yield f'  reverses: "{posting.reverses}"'
    if words is None:
        yield "  redacted: TRUE"
    elif words.credit_code:
        yield f"  credit-code: {_quoted(words.credit_code)}"
    for line in posting.lines:
        yield f"  {line.account:<{_WIDTH}} {_amount(line.fen)} {CURRENCY}"


def _amount(fen: int) -> str:
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100}.{abs(fen) % 100:02}".rjust(_AMOUNT)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
