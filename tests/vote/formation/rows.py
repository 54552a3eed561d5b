"""Rows of the tables of cases, as `tests/vote/rows.py` and `tests/vote/bad_rows.py` have them."""

from collections.abc import Mapping
from typing import Any

from tests.vote.oversight.rows import LATER, NOON

GOOD: Mapping[str, Mapping[str, Any]] = {
    "formation_case": {
        "uuid": "f",
        "estate_id": "e",
        "procedure": "forming",
        "profile": "cn@2026-11-26",
        "digest": "d",
        "begun_on": "2026-11-24",
        "term_ends": None,
        "begun_at": NOON,
    },
    "case_happening": {"case_id": 1, "name": "h", "word": "group-formed", "day": "2026-11-24", "noted_at": NOON},
    "case_withdrawal": {"happening_id": 1, "withdrawn_at": LATER},
    "case_election": {"case_id": 1, "election_id": "u"},
    "formation_wish": {
        "estate_id": "e",
        "mark": "m",
        "sealed": b"s",
        "notices": 1,
        "wished_at": NOON,
        "withdrawn_at": None,
    },
}
"""In an order in which each finds its parents; before them stand those of estates and elections."""

BAD: Mapping[str, tuple[str, tuple[Mapping[str, Any], ...]]] = {
    "formation_case_procedure": ("formation_case", ({"procedure": "party"},)),
    "formation_wish_gone": ("formation_wish", ({"sealed": None}, {"withdrawn_at": LATER})),
}
APPEND_ONLY = ("formation_case", "case_happening", "case_withdrawal", "case_election")
FIXED: Mapping[str, Mapping[str, Any]] = {"formation_wish": {"estate_id": "x", "mark": "x", "wished_at": LATER}}
"""Each with another value than its good row."""
