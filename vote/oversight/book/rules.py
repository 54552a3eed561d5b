"""Decides whether a posting may stand in the books: whole fen, balanced, with a voucher, and a decision where one is due.

 * Money is counted in fen. Debits are above zero, credits below; the lines of a posting add up to nothing.
 * Nothing is altered or deleted: what is wrong is reversed by a posting of the same lines with the other sign, once, and
   entered again.
 * Amounts, days and accounts are public. Payee, their credit code and the note are committed to and can be redacted.

Follows JX 30 and CC 281 to 283; which spending names a decision stands in the profile (`spending_decided`).

Not here: the sums of a time (`statement.py`), the exported file (`beancount.py`).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

import rfc8785

from crypto.encoding import hex_digest
from vote.errors import Reason, RefusedError
from vote.law.profile import Profile
from vote.log.rules import Facts
from vote.oversight.book.accounts import Account, Pool, Side
from vote.oversight.record.rules import Redaction

MAX_FEN = 10**12
"""Ten thousand million yuan: more than an estate ever had."""
MAX_LINES = 20
MAX_POSTINGS = 1000
"""How many are entered at once."""
MAX_TEXT = 200
COMMITMENT_DOMAIN = "book/posting/1"


class Line(NamedTuple):
    """An amount on an account, in fen; below zero is a credit."""

    account: Account
    fen: int


class Voucher(NamedTuple):
    """An attachment of a record."""

    record: str
    number: int


@dataclass(frozen=True, slots=True)
class Words:
    """What a posting says in free text."""

    payee: str
    credit_code: str
    note: str


@dataclass(frozen=True, slots=True)
class Posting:
    """One transaction."""

    number: int
    """Counts from 1 in the estate's books, without a gap."""
    on: date
    lines: tuple[Line, ...]
    voucher: Voucher
    words: Words | None
    """None where it was redacted."""
    decision: str = ""
    """The uuid of the record that holds the decision; empty if none is named."""
    reverses: int | None = None
    """The posting whose amounts it takes back."""

    @property
    def pool(self) -> Pool:
        """Whose money it moves."""
        return self.lines[0].account.pool

    def total(self, side: Side) -> int:
        """Return what it adds on a side, in fen."""
        return sum(line.fen for line in self.lines if line.account.side is side)


def decided_accounts(profile: Profile, day: date) -> frozenset[Account]:
    """Return the accounts of spending that must name a decision."""
    names = profile.read(tuple, "spending_decided", on=day)
    return frozenset(Account[name] for name in names)


def require_posting(posting: Posting, decided: Collection[Account], *, today: date) -> None:
    """Raise unless a posting may be entered.

    Raises:
        RefusedError: it is not balanced, mixes the two pools, lacks a decision, lies ahead, or its words are too long.
    """
    require_lines(posting.lines)
    if posting.on > today:
        raise _refused(
            "A posting cannot lie in the future: give the day on the voucher.", "日期还没有到，请填凭证上的日期。"
        )
    if posting.reverses is None and not posting.decision and any(_spends(line, decided) for line in posting.lines):
        raise _refused(
            "This spending needs a decision: choose the one that it rests on.",
            "这笔支出要有依据，请选是哪个决定同意的。",
        )
    if posting.words is not None:
        _require_words(posting.words)


def reversal(posting: Posting, *, taken_back: bool, number: int, on: date, note: str) -> Posting:
    """Return the posting that takes back what another one did.

    Args:
        posting: what is wrong.
        taken_back: whether another posting has done so already.
        number: the new posting's.
        on: its day.
        note: why, in one line.

    Raises:
        RefusedError: it was taken back already, takes something back itself, or no reason is given.
    """
    if posting.reverses is not None or taken_back:
        raise _refused(
            "This posting was taken back already: enter the right one as a new posting.",
            "这一笔已经冲销过了，正确的请另记一笔。",
            Reason.CONFLICT,
        )
    if not note.strip():
        raise _refused("Say in one line why it is taken back.", "请用一句话写明为什么冲销。")
    words = Words("", "", note) if posting.words is None else replace(posting.words, note=note)
    return replace(
        posting,
        number=number,
        on=on,
        lines=tuple(Line(line.account, -line.fen) for line in posting.lines),
        words=words,
        reverses=posting.number,
    )


def receipt(account: Account, fen: int, *, into: Account | None = None) -> tuple[Line, ...]:
    """Return the lines of an income: what came, and where it lies."""
    return Line(into or _bank(account.pool), fen), Line(account, -fen)


def payment(account: Account, fen: int, *, out_of: Account | None = None) -> tuple[Line, ...]:
    """Return the lines of a spending: what it was for, and where it was taken from."""
    return Line(account, fen), Line(out_of or _bank(account.pool), -fen)


def words_json(words: Words) -> dict[str, str]:
    """Return a posting's words as JSON has them."""
    return {"payee": words.payee, "credit-code": words.credit_code, "note": words.note}


def words_payload(words: Words) -> bytes:
    """Return the bytes that a posting's words are committed to as."""
    return rfc8785.dumps(words_json(words))


def facts_json(posting: Posting) -> dict[str, Any]:
    """Return what is public of a posting for ever: number, day, lines, voucher, decision, what it reverses."""
    return {
        "number": posting.number,
        "on": posting.on.isoformat(),
        "lines": [[line.account.value, line.fen] for line in posting.lines],
        "voucher": [posting.voucher.record, posting.voucher.number],
        "decision": posting.decision,
        "reverses": posting.reverses,
    }


def encode_facts(posting: Posting) -> bytes:
    """Return the bytes of which the log holds the digest."""
    return rfc8785.dumps(facts_json(posting))


def posted_facts(posting: Posting, commitment: bytes) -> Facts:
    """Return what the log says of a posting: its number, the digest of its facts, the commitment to its words."""
    return {
        "posting": posting.number,
        "facts": hex_digest(encode_facts(posting)),
        "commitment": commitment.hex(),
    }


def redacted_facts(number: int, redaction: Redaction) -> Facts:
    """Return what the log says of a posting whose words are hidden."""
    return {
        "posting": number,
        "article": str(redaction.article),
        "office": str(redaction.office),
        "on": redaction.on.isoformat(),
    }


def _bank(pool: Pool) -> Account:
    return Account.BANK if pool is Pool.COMMON else Account.FUND_BANK


def _spends(line: Line, decided: Collection[Account]) -> bool:
    return line.account in decided and line.fen > 0


def require_lines(lines: Sequence[Line]) -> None:
    """Raise unless lines are balanced and stay in one pool.

    Raises:
        RefusedError: they are not; the sentence says what is wrong.
    """
    accounts = [line.account for line in lines]
    if not 1 < len(set(accounts)) == len(accounts) <= MAX_LINES:
        raise _refused(
            f"A posting has 2 to {MAX_LINES} lines, each account once.",
            f"一笔账要有2到{MAX_LINES}行，同一项目只写一行。",
        )
    if any(not 0 < abs(line.fen) <= MAX_FEN for line in lines):
        raise _refused(
            "An amount is zero or far too large: look at the voucher again.", "金额是零或者大得不对，请核对凭证。"
        )
    if sum(line.fen for line in lines):
        raise _refused("The lines do not add up: what comes in must go somewhere.", "这笔账不平，请核对每一行的金额。")
    if len({account.pool for account in accounts}) > 1:
        raise _refused(
            "Common income and the maintenance fund are kept apart: enter two postings.",
            "公共收益和维修资金要分开记账，请分两笔填。",
        )
    if not any(account.side is Side.ASSETS for account in accounts):
        raise _refused("Money comes from or goes to an account: name it.", "请写明钱进了或出了哪个账户。")


def _require_words(words: Words) -> None:
    for text in (words.payee, words.credit_code, words.note):
        if len(text) > MAX_TEXT or (text and not text.isprintable()):
            raise _refused(
                f"Payee, code and note are each one line of at most {MAX_TEXT} characters.",
                f"对方、信用代码、摘要各写一行，最多{MAX_TEXT}个字。",
            )
    if not words.note.strip():
        raise _refused("Say in one line what it was for.", "请用一句话写明用途。")


def _refused(detail: str, zh: str, reason: Reason = Reason.MALFORMED) -> RefusedError:
    return RefusedError(reason, detail, zh=zh)
