"""Rows of the tables of notices, as `tests/vote/rows.py` and `tests/vote/bad_rows.py` have them."""

from collections.abc import Mapping
from typing import Any

from tests.vote.oversight.rows import LATER, NOON

GOOD: Mapping[str, Mapping[str, Any]] = {
    "notice": {
        "uuid": "n",
        "estate_id": "e",
        "kind": "meeting",
        "title": "t",
        "text": "t",
        "digest": "d",
        "days": 15,
        "until": "2026-12-16",
        "roll_id": None,
        "election_id": None,
        "posted_at": NOON,
        "posted_by": "staff",
    },
    "notice_place": {"notice_id": 1, "place": "p", "media": "", "photo": b"", "noted_at": NOON},
    "notice_end": {"notice_id": 1, "kind": "down", "day": "2026-12-02", "noted_at": LATER},
    "notice_delivery": {
        "notice_id": 1,
        "entitlement_id": 1,
        "channel": "hand",
        "came": "signature",
        "day": "2026-12-02",
        "noted_at": LATER,
        "noted_by": "staff",
    },
    "notice_objection": {
        "uuid": "o",
        "notice_id": 1,
        "about": "roll",
        "sealed": b"s",
        "raised_at": NOON,
        "raised_by": "",
        "due": "2026-12-08",
    },
    "notice_answer": {
        "objection_id": 1,
        "outcome": "answered",
        "reserved_to": "",
        "text": "t",
        "answered_at": LATER,
    },
}
"""In an order in which each finds its parents; before them stand those of estates and rolls."""

BAD: Mapping[str, tuple[str, tuple[Mapping[str, Any], ...]]] = {
    "notice_kind": ("notice", ({"uuid": "m", "kind": "party"},)),
    "notice_days": ("notice", ({"uuid": "m", "days": 0},)),
    "notice_end_kind": ("notice_end", ({"kind": "gone"},)),
    "notice_delivery_channel": ("notice_delivery", ({"channel": "dove"},)),
    "notice_objection_about": ("notice_objection", ({"uuid": "q", "about": "weather"},)),
    "notice_answer_outcome": ("notice_answer", ({"outcome": "lost"},)),
    "notice_answer_reserved": ("notice_answer", ({"reserved_to": "court"}, {"outcome": "reserved"})),
}
APPEND_ONLY = ("notice", "notice_place", "notice_end", "notice_delivery", "notice_objection", "notice_answer")
