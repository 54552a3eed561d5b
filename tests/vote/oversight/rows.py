"""Rows of the tables of records, duties and books, as `tests/vote/rows.py` and `tests/vote/bad_rows.py` have them."""

from collections.abc import Mapping
from typing import Any

NOON, LATER = "2026-11-24 12:00:00+00:00", "2026-12-24 12:00:00+00:00"

GOOD: Mapping[str, Mapping[str, Any]] = {
    "record": {
        "uuid": "r",
        "estate_id": "e",
        "kind": "decision",
        "day": "2026-11-20",
        "published_at": NOON,
        "published_by_id": 1,
        "supersedes_id": None,
    },
    "record_redaction": {
        "record_id": 1,
        "article": "deletion",
        "office": "committee",
        "redacted_at": LATER,
        "redacted_by_id": 1,
    },
    "record_field": {
        "record_id": 1,
        "name": "title",
        "value": '"电梯"',
        "salt": b"s" * 32,
        "commitment": b"c" * 32,
        "redaction_id": None,
    },
    "record_file": {
        "record_id": 1,
        "number": 1,
        "media_type": "application/pdf",
        "size": 1,
        "content": b"p",
        "redaction_id": None,
    },
    "duty_estate": {"estate_id": "e", "since": "2026-11-01", "managed": 1},
    "duty_happening": {
        "estate_id": "e",
        "event": "committee-decided",
        "day": "2026-11-20",
        "name": "r",
        "recorded_at": NOON,
    },
    "duty_fulfilment": {"record_id": 1, "duty": "publish-decision/r"},
    "duty_overdue": {"estate_id": "e", "duty": "publish-decision/r", "due": "2026-11-23", "told_at": LATER},
    "book_posting": {
        "estate_id": "e",
        "number": 1,
        "day": "2026-11-20",
        "voucher_id": 1,
        "attachment": 1,
        "decision_id": 1,
        "reverses_id": None,
        "words": "电梯钢丝绳",
        "salt": b"s" * 32,
        "commitment": b"c" * 32,
        "entered_at": NOON,
        "entered_by_id": 1,
    },
    "book_line": {"posting_id": 1, "account": "expenses:repair", "fen": 100},
    "book_redaction": {
        "posting_id": 1,
        "article": "deletion",
        "office": "committee",
        "redacted_at": LATER,
        "redacted_by_id": 1,
    },
    "bank_statement": {
        "estate_id": "e",
        "account": "Assets:Common:Bank",
        "lines": 1,
        "imported_at": NOON,
        "imported_by_id": 1,
    },
    "bank_line": {
        "statement_id": 1,
        "estate_id": "e",
        "digest": "d",
        "occurrence": 1,
        "row": 2,
        "day": "2026-11-20",
        "fen": -100,
        "sealed": None,
        "posting_id": 1,
        "settled_at": NOON,
    },
    "voucher_mark": {"voucher_id": 1, "attachment": 1, "home": "h", "marked_at": NOON},
}
"""In an order in which each finds its parents; before them stand those of estates and accounts."""

BAD: Mapping[str, tuple[str, tuple[Mapping[str, Any], ...]]] = {
    "record_supersedes": ("record", ({"id": 7, "supersedes_id": 7},)),
    "record_field_gone": (
        "record_field",
        (
            {"value": None},
            {"salt": None},
            {"value": None, "salt": None},
            {"redaction_id": 1},
            {"value": None, "redaction_id": 1},
        ),
    ),
    "record_file_number": ("record_file", ({"number": 0}, {"size": 0}, {"size": -1})),
    "record_file_gone": ("record_file", ({"content": None}, {"redaction_id": 1})),
    "duty_happening_event": ("duty_happening", ({"event": "rained"},)),
    "book_posting_number": (
        "book_posting",
        ({"number": 0}, {"attachment": 0}, {"id": 7, "reverses_id": 7}),
    ),
    "book_posting_gone": ("book_posting", ({"words": None}, {"salt": None})),
    "book_line_fen": ("book_line", ({"fen": 0},)),
    "bank_statement_lines": ("bank_statement", ({"lines": 0},)),
    "bank_line_fen": ("bank_line", ({"fen": 0}, {"occurrence": 0}, {"row": 0})),
    "bank_line_settled": (
        "bank_line",
        (
            {"sealed": b"x"},
            {"settled_at": None},
            {"posting_id": None, "settled_at": None},
            {"sealed": b"x", "settled_at": None},
        ),
    ),
    "voucher_mark_attachment": ("voucher_mark", ({"attachment": 0},)),
}
"""By the name of the CHECK: its table, and what makes a good row one that only this CHECK refuses."""

APPEND_ONLY = (
    "bank_statement",
    "book_line",
    "book_redaction",
    "duty_estate",
    "duty_fulfilment",
    "duty_happening",
    "duty_overdue",
    "record",
    "record_redaction",
    "voucher_mark",
)

FIXED: Mapping[str, Mapping[str, Any]] = {
    "record_field": {
        "record_id": 2,
        "name": "day",
        "value": '"x"',
        "salt": b"x",
        "commitment": b"x",
        "redaction_id": 1,
    },
    "record_file": {
        "record_id": 2,
        "number": 2,
        "media_type": "x",
        "size": 2,
        "content": b"x",
        "redaction_id": 1,
    },
    "book_posting": {
        "estate_id": "x",
        "number": 2,
        "day": "2026-11-21",
        "voucher_id": 2,
        "attachment": 2,
        "decision_id": None,
        "reverses_id": 1,
        "words": "x",
        "salt": b"x",
        "commitment": b"x",
        "entered_at": LATER,
        "entered_by_id": None,
    },
    "bank_line": {
        "statement_id": 2,
        "estate_id": "x",
        "digest": "x",
        "occurrence": 2,
        "row": 3,
        "day": "2026-11-21",
        "fen": 7,
        "sealed": b"x",
        "posting_id": None,
        "settled_at": None,
    },
}
"""Each with another value than its good row."""
