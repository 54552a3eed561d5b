"""What tests seal about time, offices, duties and lawful changes, where it does not matter to them."""

from datetime import UTC, datetime
from typing import Any

from vote.account.separation import Separation
from vote.election.terms import Changes, Extension, OfficeKeys, Periods, Pools

LATEST = datetime(2026, 12, 27, 10, tzinfo=UTC)
OFFICES = {
    "organiser": OfficeKeys("a1" * 32, "a2" * 32),
    "community": OfficeKeys("b1" * 32, "b2" * 32, "b3" * 32),
    "sub_district": OfficeKeys("c1" * 32, "c2" * 32),
}
TERMS: dict[str, Any] = {
    "credential_parts": 1,
    "credential_parts_sha256": None,
    "periods": Periods(notice_days=15, check_days=3, objection_days=7),
    "pools": Pools(),
    "offices": OFFICES,
    "separation": Separation((), (), owner_trustee=True),
    "changes": Changes(Extension(1, LATEST)),
}
"""Fields of a manifest whose keys have one part."""
