"""Whether a book is what the log says, without any platform: made here byte by byte, then altered one thing at a time."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
import rfc8785

from crypto.commitment import commit
from crypto.errors import MalformedError, VerificationError
from tests.vote.oversight.book.ledger import DECISION, VOUCHER, year
from vote.log.rules import Kind, encode_entry
from vote.oversight.book.accounts import Account
from vote.oversight.book.beancount import encode_book
from vote.oversight.book.publishing import encode_page
from vote.oversight.book.rules import (
    COMMITMENT_DOMAIN,
    Line,
    Posting,
    Words,
    encode_facts,
    posted_facts,
    receipt,
    redacted_facts,
    words_payload,
)
from vote.oversight.book.verifying import verify_beancount, verify_book
from vote.oversight.record.rules import Article, Office, Redaction

ESTATE = "fenhu-garden"
REDACTION = Redaction(Article.PRIVACY, Office.COURT, date(2026, 11, 24))
RECORDS = {VOUCHER.record: {1}, DECISION: set[int]()}
Page = dict[str, Any]


@dataclass(frozen=True)
class Made:
    posting: Posting
    commitment: bytes
    salt: bytes | None
    redaction: Redaction | None = None


def made(postings: list[Posting]) -> list[Made]:
    found = []
    for posting in postings:
        salt = bytes([posting.number]) * 32
        assert posting.words is not None
        found.append(Made(posting, commit(COMMITMENT_DOMAIN, salt, words_payload(posting.words)), salt))
    return found


def log_of(found: list[Made], *hidden: int) -> list[bytes]:
    entries = [encode_entry(Kind.BOOK_POSTED, posted_facts(each.posting, each.commitment)) for each in found]
    return entries + [encode_entry(Kind.BOOK_REDACTED, redacted_facts(number, REDACTION)) for number in hidden]


def pages_of(found: list[Made], size: int = 3) -> list[bytes]:
    return [
        encode_page(ESTATE, len(found), first + 1, found[first : first + size]) for first in range(0, len(found), size)
    ] or [encode_page(ESTATE, 0, 1, [])]


def hide(found: list[Made], number: int) -> list[Made]:
    return [
        replace(each, posting=replace(each.posting, words=None), salt=None, redaction=REDACTION)
        if each.posting.number == number
        else each
        for each in found
    ]


def altered(change: Callable[[Page], None], page: int = 0) -> list[bytes]:
    pages = pages_of(made(year()))
    value = json.loads(pages[page])
    change(value)
    pages[page] = rfc8785.dumps(value)
    return pages


def test_the_facts_as_the_log_digests_them_by_hand() -> None:
    posting = Posting(1, date(2026, 1, 2), receipt(Account.PARKING, 5), VOUCHER, Words("甲", "", "乙"))
    assert encode_facts(posting) == (
        b'{"decision":"","lines":[["Assets:Common:Bank",5],["Income:Common:Parking",-5]],"number":1,'
        b'"on":"2026-01-02","reverses":null,"voucher":["' + b"a" * 32 + b'",1]}'
    )


def test_a_year_in_pages_is_what_was_entered() -> None:
    found = made(year())
    assert verify_book(pages_of(found), ESTATE, log_of(found), RECORDS) == tuple(year())
    assert verify_book(pages_of(found, 100), ESTATE, log_of(found)) == tuple(year())
    assert verify_book([encode_page(ESTATE, 0, 1, [])], ESTATE, []) == ()
    assert verify_book([], ESTATE, []) == ()


def test_a_hidden_posting_is_what_was_entered() -> None:
    found = hide(made(year()), 2)
    assert verify_book(pages_of(found), ESTATE, log_of(found, 2))[1].words is None
    with pytest.raises(VerificationError, match="posting 2: its words are hidden, and no entry"):
        verify_book(pages_of(found), ESTATE, log_of(found))
    with pytest.raises(VerificationError, match="posting 2: the log hides its words, and they are shown"):
        verify_book(pages_of(made(year())), ESTATE, log_of(found, 2))
    other = [
        replace(each, redaction=replace(REDACTION, on=date(2026, 11, 25))) if each.redaction else each for each in found
    ]
    with pytest.raises(VerificationError, match="posting 2: it is hidden for another reason"):
        verify_book(pages_of(other), ESTATE, log_of(found, 2))


@pytest.mark.parametrize("hidden", [(9,), (0,), (2, 2)])
def test_what_the_log_hides_is_in_it_and_once(hidden: tuple[int, ...]) -> None:
    found = hide(made(year()), 2)
    with pytest.raises(VerificationError, match="hidden before it is entered, or twice"):
        verify_book(pages_of(found), ESTATE, log_of(found, *hidden))


def _set(name: str, value: object) -> Callable[[Page], None]:
    return lambda page: page["postings"][1].update({name: value})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_set("on", "2026-01-16"), "posting 2: day, amounts"),
        (_set("decision", DECISION), "posting 2: day, amounts"),
        (_set("voucher", [VOUCHER.record, 2]), "posting 2: day, amounts"),
        (_set("reverses", 1), "posting 2: day, amounts"),
        (
            _set("lines", [["Assets:Common:Bank", 250051], ["Income:Common:Parking", -250051]]),
            "posting 2: day, amounts",
        ),
        (_set("commitment", "0" * 64), "posting 2: its commitment"),
        (_set("salt", "0" * 64), "posting 2: payee, credit code or note"),
        (_set("words", {"payee": "丙", "credit-code": "", "note": "x"}), "posting 2: payee, credit code or note"),
        (_set("number", 3), "posting 2: another number"),
        (lambda page: page.update(estate="other"), "estate is not the one"),
        (lambda page: page.update(first=2), "begins with posting 1 of 8"),
        (lambda page: page.update(size=9), "begins with posting 1 of 8"),
        (lambda page: page.update(next=5), "ends otherwise"),
        (lambda page: page["postings"].pop(), "ends otherwise"),
    ],
)
def test_what_is_altered_is_named(change: Callable[[Page], None], message: str) -> None:
    with pytest.raises(VerificationError, match=message):
        verify_book(altered(change), ESTATE, log_of(made(year())))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_set("on", "2026-1-16"), "is no day"),
        (_set("on", "20260116"), "is no day"),
        (_set("voucher", [VOUCHER.record]), "a voucher is a record and a number"),
        (_set("lines", [["Assets:Common:Bank", 1, 2]]), "a line is an account"),
        (_set("lines", [["Assets:Gold", 1]]), "a line is an account"),
        (_set("lines", [["Assets:Common:Bank", True]]), "a line is an account"),
        (_set("more", 1), "posting 2"),
        (lambda page: page.update(version=2), "version 1 is expected"),
        (lambda page: page.update(more=2), "book"),
        (lambda page: page["postings"].__setitem__(1, 7), "posting 2: an object is expected"),
    ],
)
def test_what_is_no_book_is_refused(change: Callable[[Page], None], message: str) -> None:
    with pytest.raises(MalformedError, match=message):
        verify_book(altered(change), ESTATE, log_of(made(year())))


def test_another_spelling_is_refused() -> None:
    found = made(year())
    first, *others = pages_of(found)
    with pytest.raises(MalformedError, match="one spelling"):
        verify_book([first.replace(b",", b", ", 1), *others], ESTATE, log_of(found))
    with pytest.raises(MalformedError, match="too large"):
        verify_book([first.replace(b'"size":8', b'"size":99999999999999999999'), *others], ESTATE, log_of(found))


def test_a_posting_left_out_of_book_or_log_is_named() -> None:
    found = made(year())
    log = log_of(found)
    with pytest.raises(VerificationError, match="posting 7 is in the log and not in the book"):
        verify_book(pages_of(found)[:2], ESTATE, log)
    with pytest.raises(VerificationError, match="posting 3 stands where posting 2 is expected"):
        verify_book(pages_of(found), ESTATE, [log[0], *log[2:]])
    with pytest.raises(MalformedError, match="kind book:posted"):
        verify_book(pages_of(found), ESTATE, [encode_entry(Kind.POLICY_ANNOUNCED, {"policy": "0" * 64})])


def test_a_book_that_does_not_add_up_is_found_though_the_log_has_it_so() -> None:
    wrong: list[tuple[Posting, str]] = [
        (
            Posting(
                2, date(2026, 1, 2), (Line(Account.BANK, 5), Line(Account.PARKING, -4)), VOUCHER, Words("", "", "x")
            ),
            "do not add up",
        ),
        (replace(year()[1], reverses=1), "other amounts than posting 1"),
        (replace(year()[1], reverses=2), "not before it"),
        (replace(year()[1], reverses=0), "not before it"),
    ]
    for posting, message in wrong:
        found = made([year()[0], posting])
        with pytest.raises(VerificationError, match=f"posting 2: .*{message}"):
            verify_book(pages_of(found), ESTATE, log_of(found))


def test_what_is_taken_back_twice_is_found() -> None:
    postings = year()
    again = replace(postings[5], number=7)
    back = replace(postings[4], number=7, reverses=6)
    for third in (again, back):
        found = made([*postings[:6], third])
        with pytest.raises(VerificationError, match=r"posting 7: posting (5|6) was taken back already"):
            verify_book(pages_of(found), ESTATE, log_of(found))


def test_vouchers_and_decisions_are_there() -> None:
    found = made(year())
    with pytest.raises(VerificationError, match="posting 1: its voucher is no attachment"):
        verify_book(pages_of(found), ESTATE, log_of(found), {VOUCHER.record: {2}, DECISION: ()})
    with pytest.raises(VerificationError, match="posting 3: its decision is no published record"):
        verify_book(pages_of(found), ESTATE, log_of(found), {VOUCHER.record: {1}})


def test_a_beancount_file_is_that_of_the_postings() -> None:
    data = encode_book('试"验\\小区', year(), today=date(2026, 1, 1))
    verify_beancount(data, year())
    verify_beancount(encode_book("试", [], today=date(2026, 5, 1)), [])
    altered_ = data.replace(b"2500.50 CNY\n", b"2500.51 CNY\n", 1)
    with pytest.raises(VerificationError, match=r"Beancount file: line \d+ is not"):
        verify_beancount(altered_, year())
    with pytest.raises(VerificationError, match="Beancount file: line"):
        verify_beancount(data + b"2027-01-01 open Assets:Evil CNY\n", year())
    with pytest.raises(VerificationError, match="Beancount file: line"):
        verify_beancount(data, year()[:-1])
    for nothing in (b"", b"\xff", b'option "title" "x"\n', data[5:]):
        with pytest.raises(MalformedError, match="Beancount file"):
            verify_beancount(nothing, year())
