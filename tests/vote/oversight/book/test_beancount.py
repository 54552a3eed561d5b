"""The exported books, byte for byte and by Beancount's own program."""

import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.vote.oversight.book.ledger import DECISION, VOUCHER, entered, year
from vote.oversight.book.accounts import Account
from vote.oversight.book.beancount import encode_book
from vote.oversight.book.rules import Posting, Words, receipt

TODAY = date(2026, 11, 24)
TITLE = '试验小区 "一期" 公共收益'
BEAN_CHECK = shutil.which("bean-check", path=str(Path(sys.executable).parent)) or shutil.which("bean-check")


def bean_check(book: bytes, folder: Path) -> subprocess.CompletedProcess[str]:
    assert BEAN_CHECK, "Beancount is one of the packages for development: install them"
    file = folder / "book.beancount"
    file.write_bytes(book)
    return subprocess.run([BEAN_CHECK, str(file)], capture_output=True, text=True, check=False, timeout=60)


def test_a_posting_as_it_is_written() -> None:
    posting = Posting(
        2,
        date(2026, 1, 15),
        receipt(Account.PARKING, 250_050),
        VOUCHER,
        Words('甲"公司', "91330421MA00000000", "一月\\停车"),
        DECISION,
    )
    text = encode_book("试", [posting], today=TODAY).decode()
    assert text.startswith(
        'option "title" "试"\noption "operating_currency" "CNY"\n\n2026-01-15 open Assets:Common:Bank CNY\n'
    )
    assert text.endswith(f"""
2026-01-15 * "甲\\"公司" "一月\\\\停车"
  number: "2"
  voucher: "{"a" * 32}/1"
  decision: "{DECISION}"
  credit-code: "91330421MA00000000"
  Assets:Common:Bank                    2500.50 CNY
  Income:Common:Parking                -2500.50 CNY

2026-01-16 balance Assets:Common:Bank                    2500.50 CNY
""")


def test_the_same_postings_give_the_same_bytes_in_whatever_order_they_come() -> None:
    assert encode_book(TITLE, year(), today=TODAY) == encode_book(TITLE, list(reversed(year())), today=date(2030, 1, 1))


def test_redacted_words_are_not_there_and_said_to_be_so() -> None:
    postings = [replace(posting, words=None) for posting in year()]
    text = encode_book(TITLE, postings, today=TODAY).decode()
    assert "乙维修队" not in text
    assert text.count("  redacted: TRUE\n") == len(postings)


def test_beancount_accepts_a_year_a_redacted_year_and_an_empty_book(tmp_path: Path) -> None:
    for postings in (year(), [replace(posting, words=None) for posting in year()], []):
        checked = bean_check(encode_book(TITLE, postings, today=TODAY), tmp_path)
        assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", "")


def test_beancount_finds_an_altered_fen(tmp_path: Path) -> None:
    book = encode_book(TITLE, year(), today=TODAY)
    altered = book.replace(b"2500.50 CNY\n", b"2500.51 CNY\n", 1)
    assert altered != book
    assert bean_check(altered, tmp_path).returncode == 1


def test_beancount_finds_a_posting_left_out(tmp_path: Path) -> None:
    lines = encode_book(TITLE, year(), today=TODAY).decode().split("\n\n")
    without = "\n\n".join(part for part in lines if 'number: "2"' not in part)
    assert bean_check(without.encode(), tmp_path).returncode == 1


def test_whatever_is_typed_stays_inside_its_quotes(tmp_path: Path) -> None:
    nasty = ['"', "\\", '\\"', '" "x" ; 2026-01-01 open Assets:Evil', "#tag ^link", "{}[]@*!", "'", "；", "\\n"]
    postings = [
        replace(entered(number, TODAY, receipt(Account.PARKING, 1)), words=Words(text, text, text))
        for number, text in enumerate(nasty, 1)
    ]
    checked = bean_check(encode_book(nasty[3], postings, today=TODAY), tmp_path)
    assert (checked.returncode, checked.stderr) == (0, "")
