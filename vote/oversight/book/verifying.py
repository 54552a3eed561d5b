"""Whether an estate's public book is what the log says was entered, and adds up; nothing of ours is believed.

* Postings stand by number from 1 without a gap, each with one entry `book:posted` of the same facts and commitment.
* What is shown opens its commitment; what is hidden was hidden by an entry of the log, for the same reason.
* Every posting is balanced in one pool. What takes another back has its amounts with the other sign, and does so once.
* Vouchers and decisions are attachments and records that there are, where those are handed over.

The message of an error names the posting.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import rfc8785

from crypto.commitment import verify_commitment
from crypto.encoding import (
    hex_digest,
    read_json,
    require_digest,
    require_fields,
    require_list,
    require_text,
    require_whole,
)
from crypto.errors import MalformedError, VerificationError
from vote.errors import RefusedError
from vote.log.kinds import read_entry
from vote.log.rules import Kind
from vote.oversight.book.accounts import Account
from vote.oversight.book.beancount import encode_book
from vote.oversight.book.publishing import VERSION
from vote.oversight.book.rules import (
    COMMITMENT_DOMAIN,
    Line,
    Posting,
    Voucher,
    Words,
    encode_facts,
    require_lines,
    words_payload,
)

_PAGE = ("version", "estate", "size", "first", "next", "postings")
_FACTS = ("number", "on", "lines", "voucher", "decision", "reverses", "commitment")
_WORDS = ("payee", "credit-code", "note")
_HIDDEN = {"article": "article", "by": "office", "on": "on"}
_HEAD = re.compile(r'option "title" "((?:[^"\\\n]|\\["\\])*)"\n', re.ASCII)
_OPEN = re.compile(r"^([0-9]{4}-[0-9]{2}-[0-9]{2}) open ", re.ASCII | re.MULTILINE)


def verify_book(
    pages: Sequence[bytes],
    estate: str,
    entries: Sequence[bytes],
    records: Mapping[str, Collection[int]] | None = None,
) -> tuple[Posting, ...]:
    """Return the postings of a book, if they are what was entered.

    Args:
        pages: the book's public JSON, in its order.
        estate: whose log it is.
        entries: the log's entries of kinds `book:posted` and `book:redacted`, in their order.
        records: the numbers of attachments by the estate's records; None if they are not looked at.

    Raises:
        MalformedError: it is no book, or in another spelling.
        VerificationError: something in it is not what was entered, not hidden as the log says, or does not add up.
    """
    posted, hidden = _entries(entries)
    found: list[Posting] = []
    for page in pages:
        for each in _read_page(page, estate, len(found) + 1, len(posted)):
            number = len(found) + 1
            what = f"posting {number}"
            posting = _read_posting(each, number, what)
            _verify_entry(each, posting, posted[number - 1], hidden.get(number), what)
            _verify_rules(posting, found, what)
            if records is not None:
                _verify_evidence(posting, records, what)
            found.append(posting)
    if len(found) != len(posted):
        raise VerificationError(f"book: posting {len(found) + 1} is in the log and not in the book")
    return tuple(found)


def verify_beancount(data: bytes, postings: Sequence[Posting]) -> None:
    """Raise unless a Beancount file holds a verified book's postings, and nothing else.

    Raises:
        MalformedError: it does not begin as such a file.
        VerificationError: it is not these postings' file.
    """
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise MalformedError("Beancount file: it is not UTF-8") from None
    head, opened = _HEAD.match(text), _OPEN.search(text)
    if head is None or opened is None:
        raise MalformedError("Beancount file: title or opened accounts are missing")
    title = re.sub(r'\\(["\\])', r"\1", head[1])
    expected = encode_book(title, postings, today=_day(opened[1], "Beancount file"))
    if expected != data:
        ours, theirs = expected.decode().split("\n"), text.split("\n")
        line = next((at for at, both in enumerate(zip(ours, theirs, strict=False), 1) if both[0] != both[1]), 0)
        raise VerificationError(
            f"Beancount file: line {line or min(len(ours), len(theirs)) + 1} is not of these postings"
        )


def _entries(entries: Sequence[bytes]) -> tuple[list[Mapping[str, Any]], dict[int, Mapping[str, Any]]]:
    posted: list[Mapping[str, Any]] = []
    hidden: dict[int, Mapping[str, Any]] = {}
    for data in entries:
        entry = read_entry(data, "log entry")
        number = entry.facts.get("posting")
        if entry.kind is Kind.BOOK_POSTED:
            if number != len(posted) + 1:
                raise VerificationError(f"log: posting {number} stands where posting {len(posted) + 1} is expected")
            posted.append(entry.facts)
        elif entry.kind is Kind.BOOK_REDACTED:
            if not isinstance(number, int) or not 1 <= number <= len(posted) or number in hidden:
                raise VerificationError(f"log: posting {number} is hidden before it is entered, or twice")
            hidden[number] = entry.facts
        else:
            raise MalformedError(f"log entry: one of kind {Kind.BOOK_POSTED} or {Kind.BOOK_REDACTED} is expected")
    return posted, hidden


def _read_page(data: bytes, estate: str, first: int, size: int) -> Sequence[Any]:
    page = read_json(data, "book")
    try:
        spelled = rfc8785.dumps(page)
    except rfc8785.CanonicalizationError:
        raise MalformedError("book: a number in it is too large") from None
    if spelled != data:
        raise MalformedError("book: it is not in the one spelling")
    require_fields(page, _PAGE, "book")
    if page["version"] != VERSION:
        raise MalformedError(f"book: version {VERSION} is expected")
    if page["estate"] != estate:
        raise VerificationError("book: estate is not the one of this log")
    if page["first"] != first or page["size"] != size:
        raise VerificationError(f"book: a page begins with posting {first} of {size}, this one says otherwise")
    postings = require_list(page["postings"], "book, postings")
    following = first + len(postings)
    if len(postings) > size - first + 1 or page["next"] != (following if postings and following <= size else None):
        raise VerificationError(f"book: the page from posting {first} ends otherwise than it says")
    return postings


def _read_posting(value: Any, number: int, what: str) -> Posting:  # noqa: ANN401 - JSON
    if not isinstance(value, dict):
        raise MalformedError(f"{what}: an object is expected")
    if value.get("number") != number:
        raise VerificationError(f"{what}: another number stands in its place")
    shown = "redacted" if "redacted" in value else "words"
    require_fields(value, (*_FACTS, shown, *(("salt",) if shown == "words" else ())), what)
    voucher = require_list(value["voucher"], f"{what}, voucher")
    if len(voucher) != 2:  # noqa: PLR2004 - a record and a number
        raise MalformedError(f"{what}: a voucher is a record and a number")
    words = None
    if shown == "words":
        texts = require_fields(value["words"], _WORDS, f"{what}, words")
        words = Words(*(require_text(texts[name], f"{what}, {name}") for name in _WORDS))
    reverses = value["reverses"]
    return Posting(
        number,
        _day(require_text(value["on"], f"{what}, on"), what),
        tuple(_line(each, what) for each in require_list(value["lines"], f"{what}, lines")),
        Voucher(require_text(voucher[0], what), require_whole(voucher[1], what)),
        words,
        require_text(value["decision"], f"{what}, decision"),
        None if reverses is None else require_whole(reverses, f"{what}, reverses"),
    )


def _line(value: Any, what: str) -> Line:  # noqa: ANN401 - JSON
    parts = require_list(value, f"{what}, line")
    if len(parts) != 2 or parts[0] not in set(Account) or type(parts[1]) is not int:  # noqa: PLR2004 - account and fen
        raise MalformedError(f"{what}: a line is an account and whole fen")
    return Line(Account(parts[0]), parts[1])


def _day(text: str, what: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise MalformedError(f"{what}: {text[:20]!r} is no day")
    return day


def _verify_entry(
    shown: Mapping[str, Any],
    posting: Posting,
    entry: Mapping[str, Any],
    hidden: Mapping[str, Any] | None,
    what: str,
) -> None:
    if hex_digest(encode_facts(posting)) != entry["facts"]:
        raise VerificationError(f"{what}: day, amounts, voucher, decision or what it reverses are not what was entered")
    if shown["commitment"] != entry["commitment"]:
        raise VerificationError(f"{what}: its commitment is not that of the log's entry")
    if posting.words is None:
        redacted = require_fields(shown["redacted"], tuple(_HIDDEN), f"{what}, redacted")
        if hidden is None:
            raise VerificationError(f"{what}: its words are hidden, and no entry of the log says so")
        if any(redacted[name] != hidden[there] for name, there in _HIDDEN.items()):
            raise VerificationError(f"{what}: it is hidden for another reason than the log's entry says")
        return
    if hidden is not None:
        raise VerificationError(f"{what}: the log hides its words, and they are shown")
    salt = bytes.fromhex(require_digest(shown["salt"], f"{what}, salt"))
    try:
        verify_commitment(bytes.fromhex(entry["commitment"]), COMMITMENT_DOMAIN, salt, words_payload(posting.words))
    except VerificationError:
        raise VerificationError(f"{what}: payee, credit code or note are not what was entered") from None


def _verify_rules(posting: Posting, earlier: Sequence[Posting], what: str) -> None:
    try:
        require_lines(posting.lines)
    except RefusedError as refusal:
        raise VerificationError(f"{what}: {refusal}") from None
    if posting.reverses is None:
        return
    if not 1 <= posting.reverses < posting.number:
        raise VerificationError(f"{what}: it takes back a posting that is not before it")
    taken = earlier[posting.reverses - 1]
    if [Line(line.account, -line.fen) for line in taken.lines] != list(posting.lines):
        raise VerificationError(f"{what}: it takes back other amounts than posting {taken.number} has")
    if taken.reverses is not None or any(each.reverses == taken.number for each in earlier):
        raise VerificationError(f"{what}: posting {taken.number} was taken back already, or takes back itself")


def _verify_evidence(posting: Posting, records: Mapping[str, Collection[int]], what: str) -> None:
    if posting.voucher.number not in records.get(posting.voucher.record, ()):
        raise VerificationError(f"{what}: its voucher is no attachment of a published record")
    if posting.decision and posting.decision not in records:
        raise VerificationError(f"{what}: its decision is no published record")
