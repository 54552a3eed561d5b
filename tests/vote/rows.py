"""A row for each table that its constraints allow, and rows that each CHECK must refuse. Written by hand, in SQL's words."""

from collections.abc import Mapping
from typing import Any

from tests.databases import Connection

NOON, LATER = "2026-11-24 12:00:00+00:00", "2026-12-24 12:00:00+00:00"
SEALED = {
    "state": "sealed",
    "manifest": b"m",
    "election_json": b"e",
    "trustees_json": b"t",
    "credentials_json": b"c",
    "fingerprint": "f",
}

GOOD: Mapping[str, Mapping[str, Any]] = {
    "division": {"kind": "county", "name": "嘉善县", "parent_id": None},
    "estate": {"id": "e", "name": "汾湖花园", "community_id": 1},
    "building": {"estate_id": "e", "name": "1"},
    "unit": {"building_id": 1, "entrance": "", "room": "101"},
    "roll": {
        "estate_id": "e",
        "state": "draft",
        "source_sha256": "0",
        "figures": "{}",
        "heads": 0,
        "area_dm2": 0,
        "root": None,
        "imported_at": NOON,
        "frozen_at": None,
    },
    "roll_finding": {"roll_id": 1, "sheet_row": 2, "verdict": "rejected", "reason": "no area", "reason_zh": "没有面积"},
    "entitlement": {
        "roll_id": 1,
        "number": 1,
        "developer": 0,
        "area_dm2": 8937,
        "masked_owner": "张*",
        "sealed": b"s",
        "sealed_salt": None,
        "leaf": None,
    },
    "entitlement_unit": {"roll_id": 1, "entitlement_id": 1, "unit_id": 1, "area_dm2": 8937, "area_source": "register"},
    "roll_objection": {
        "roll_id": 1,
        "sheet_row": None,
        "sealed_text": b"s",
        "state": "open",
        "answer": None,
        "raised_at": NOON,
        "answered_at": None,
    },
    "election": {
        "uuid": "u",
        "estate_id": "e",
        "roll_id": 1,
        "draft": "{}",
        "opens_at": NOON,
        "closes_at": LATER,
        "sealed_at": NOON,
        "closed_at": None,
        **SEALED,
    },
    "role_key": {"election_id": "u", "role": "trustee", "slot": 1, "digest": "d"},
    "board_message": {"election_id": "u", "round": "certificates", "trustee": 1, "body": b"b"},
    "credential": {"election_id": "u", "entitlement_id": 1, "public": "p", "weight": 89370001},
    "ballot_intake": {"election_id": "u", "received_at": NOON},
    "ballot": {
        "election_id": "u",
        "credential_id": 1,
        "sequence": 1,
        "supersedes_id": None,
        "tracker": "t",
        "data": b"d",
        "received_at": NOON,
        "promise": b"p",
    },
    "ballot_position": {"election_id": "u", "position": 0, "ballot_id": 1},
    "encrypted_tally": {"election_id": "u", "body": b"b", "num_tallied": 0, "total_weight": 0},
    "share": {"election_id": "u", "trustee": 1, "payload": b"p", "extra_proof": b"x"},
    "result": {"election_id": "u", "body": b"b", "finding": b"f", "opened_at": NOON},
    "log_pending_entry": {"estate_id": "e", "kind": "election:sealed", "body": b"{}", "happened_at": NOON},
    "worker_beat": {"beat_at": NOON},
}
"""In an order in which each finds its parents."""

BAD: Mapping[str, tuple[str, tuple[Mapping[str, Any], ...]]] = {
    "division_kind": ("division", ({"kind": "province", "parent_id": 1},)),
    "division_parent": ("division", ({"parent_id": 1}, {"kind": "community"})),
    "roll_state": ("roll", ({"state": "open"},)),
    "roll_frozen": (
        "roll",
        (
            {"state": "frozen"},
            {"state": "frozen", "root": "r"},
            {"state": "frozen", "frozen_at": NOON},
            {"root": "r", "frozen_at": NOON},
        ),
    ),
    "roll_counts": ("roll", ({"heads": -1}, {"area_dm2": -1})),
    "roll_objection_state": ("roll_objection", ({"state": "closed"},)),
    "roll_objection_answered": ("roll_objection", ({"state": "answered"}, {"answer": "已更正"})),
    "entitlement_area": ("entitlement", ({"area_dm2": 0}, {"area_dm2": -8937}, {"number": 0})),
    "entitlement_unit_area": ("entitlement_unit", ({"area_dm2": 0},)),
    "entitlement_unit_source": ("entitlement_unit", ({"area_source": "guess"},)),
    "role_key_role": ("role_key", ({"role": "staff"}, {"role": "public"}, {"slot": 0})),
    "election_state": ("election", ({"state": "certified"}, {"state": ""})),
    "election_times": ("election", ({"closes_at": NOON}, {"opens_at": LATER, "closes_at": NOON})),
    "election_sealed": ("election", tuple({name: None} for name in SEALED if name != "state")),
    "board_message_trustee": ("board_message", ({"trustee": 0},)),
    "credential_weight": ("credential", ({"weight": 0}, {"weight": -1})),
    "ballot_sequence": (
        "ballot",
        ({"sequence": 0}, {"sequence": 2}, {"supersedes_id": 1}, {"sequence": -1, "supersedes_id": 1}),
    ),
    "ballot_position_from_zero": ("ballot_position", ({"position": -1},)),
    "encrypted_tally_counts": ("encrypted_tally", ({"num_tallied": -1}, {"total_weight": -1})),
    "share_trustee": ("share", ({"trustee": 0},)),
}
"""By the name of the CHECK: its table, and what makes a good row one that only this CHECK refuses."""


def insert(connection: Connection, table: str, changed: Mapping[str, Any] | None = None, otherwise: str = "") -> None:
    """Insert the good row of `table`, but with what is `changed`; `otherwise` says what to do where it collides."""
    row = GOOD[table] | (changed or {})
    places = ", ".join("?" for _ in row)
    statement = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places}) {otherwise}"
    connection.execute(statement, tuple(row.values()))
