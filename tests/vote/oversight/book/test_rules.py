"""What may stand in the books; every number by hand."""

import hashlib
from dataclasses import replace
from datetime import date

import pytest

from tests.vote.oversight.book.ledger import DECISION, VOUCHER, entered, year
from vote.errors import RefusedError
from vote.law.library import load_profile
from vote.oversight.book.accounts import LABELS, Account, Pool, Side
from vote.oversight.book.rules import (
    MAX_FEN,
    Line,
    Posting,
    Words,
    decided_accounts,
    encode_facts,
    payment,
    posted_facts,
    receipt,
    require_posting,
    reversal,
    words_payload,
)

TODAY = date(2026, 11, 24)
JIASHAN = decided_accounts(load_profile("cn-zj-jiaxing-jiashan"), TODAY)


def try_posting(posting: Posting) -> None:
    require_posting(posting, JIASHAN, today=TODAY)


def test_every_account_has_words_a_side_and_a_pool() -> None:
    assert set(LABELS) == set(Account)
    assert Account.FUND.side is Side.EXPENSES
    assert (Account.FUND.pool, Account.PARKING.pool) == (Pool.FUND, Pool.COMMON)


def test_jiashan_asks_for_a_decision_for_fund_allowances_and_what_is_decided_together() -> None:
    """CC 278 ¶1(5); JX 20 and 30."""
    assert {Account.FUND, Account.ALLOWANCES, Account.DECIDED} == JIASHAN
    assert decided_accounts(load_profile("cn"), TODAY) == {Account.FUND}


@pytest.mark.parametrize(
    "lines",
    [
        receipt(Account.PARKING, 1),
        payment(Account.COMMITTEE, MAX_FEN),
        payment(Account.COMMITTEE, 500, out_of=Account.CASH),
        receipt(Account.INTEREST, 12, into=Account.CASH),
        receipt(Account.FUND_RAISED, 12),
        (Line(Account.CASH, 500), Line(Account.BANK, -500)),
        (Line(Account.BANK, 300), Line(Account.PARKING, -200), Line(Account.VENUE, -100)),
    ],
)
def test_what_is_balanced_may_stand(lines: tuple[Line, ...]) -> None:
    try_posting(entered(1, TODAY, lines))


def test_a_receipt_and_a_payment_have_their_two_sides() -> None:
    assert receipt(Account.PARKING, 120) == (Line(Account.BANK, 120), Line(Account.PARKING, -120))
    assert payment(Account.FUND, 120) == (Line(Account.FUND, 120), Line(Account.FUND_BANK, -120))


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ((), "2 to 20 lines"),
        ((Line(Account.BANK, 5),), "2 to 20 lines"),
        ((Line(Account.BANK, 5), Line(Account.BANK, -5)), "each account once"),
        ((Line(Account.BANK, 0), Line(Account.CASH, 0)), "zero or far too large"),
        (receipt(Account.PARKING, MAX_FEN + 1), "zero or far too large"),
        ((Line(Account.BANK, 5), Line(Account.PARKING, -4)), "do not add up"),
        ((Line(Account.FUND_BANK, 5), Line(Account.PARKING, -5)), "kept apart"),
        ((Line(Account.COMMITTEE, 5), Line(Account.PARKING, -5)), "name it"),
    ],
)
def test_what_is_not_balanced_or_mixed_is_refused(lines: tuple[Line, ...], message: str) -> None:
    with pytest.raises(RefusedError, match=message) as refused:
        try_posting(entered(1, TODAY, lines))
    assert refused.value.zh


def test_a_posting_of_tomorrow_is_refused() -> None:
    with pytest.raises(RefusedError, match="future"):
        try_posting(entered(1, date(2026, 11, 25), receipt(Account.PARKING, 1)))


@pytest.mark.parametrize("account", [Account.FUND, Account.ALLOWANCES, Account.DECIDED])
def test_spending_that_needs_a_decision_is_refused_without(account: Account) -> None:
    with pytest.raises(RefusedError, match="needs a decision"):
        try_posting(entered(1, TODAY, payment(account, 100)))
    try_posting(entered(1, TODAY, payment(account, 100), decision=DECISION))


def test_what_takes_spending_back_needs_no_decision_of_its_own() -> None:
    back = (Line(Account.BANK, 100), Line(Account.ALLOWANCES, -100))
    try_posting(entered(1, TODAY, back))
    spending = replace(entered(2, TODAY, payment(Account.ALLOWANCES, 100)), reverses=1)
    try_posting(spending)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (Words("", "", " "), "what it was for"),
        (Words("甲" * 201, "", "试"), "at most 200"),
        (Words("", "甲\n", "试"), "one line"),
    ],
)
def test_words_are_one_line_each_and_the_note_is_there(words: Words, message: str) -> None:
    with pytest.raises(RefusedError, match=message):
        try_posting(Posting(1, TODAY, receipt(Account.PARKING, 1), VOUCHER, words))


def test_redacted_words_are_not_asked_for() -> None:
    try_posting(Posting(1, TODAY, receipt(Account.PARKING, 1), VOUCHER, None))


def test_a_reversal_has_the_other_sign_the_same_voucher_and_a_reason() -> None:
    postings = year()
    taken = postings[5]
    assert taken.lines == (Line(Account.BANK, -99), Line(Account.ADVERTISING, 99))
    assert (taken.number, taken.reverses, taken.voucher) == (6, 5, postings[4].voucher)
    assert taken.words == Words("", "", "记错了")
    try_posting(taken)


def test_a_reversal_of_redacted_words_has_only_its_reason() -> None:
    posting = replace(year()[1], words=None)
    assert reversal(posting, taken_back=False, number=9, on=TODAY, note="重复").words == Words("", "", "重复")


def test_nothing_is_taken_back_twice_nor_is_what_takes_back() -> None:
    postings = year()
    for posting, taken_back in ((postings[4], True), (postings[5], False)):
        with pytest.raises(RefusedError, match="taken back already"):
            reversal(posting, taken_back=taken_back, number=9, on=TODAY, note="再来")


def test_a_reversal_without_a_reason_is_refused() -> None:
    with pytest.raises(RefusedError, match="why"):
        reversal(year()[1], taken_back=False, number=9, on=TODAY, note=" ")


def test_words_have_one_spelling() -> None:
    payload = words_payload(Words("甲", "", "乙"))
    assert payload == '{"credit-code":"","note":"乙","payee":"甲"}'.encode()


def test_what_the_log_says_of_a_posting_holds_no_words() -> None:
    posting = replace(year()[2], words=Words("乙维修队", "", "修门"))
    assert encode_facts(posting).decode() == (
        f'{{"decision":"{DECISION}","lines":[["Expenses:Common:Repairs",80000],["Assets:Common:Bank",-80000]],'
        f'"number":3,"on":"2026-03-02","reverses":null,"voucher":["{"a" * 32}",1]}}'
    )
    facts = posted_facts(posting, b"c" * 32)
    assert facts["posting"] == 3
    assert facts["commitment"] == "63" * 32
    assert facts["facts"] == hashlib.sha256(encode_facts(posting)).hexdigest()
