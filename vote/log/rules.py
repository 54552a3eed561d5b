"""What the public log of an estate records: a closed list of kinds, each entry canonical JSON.

* An entry holds no name, flat, phone, free text or choice. What must be bound without being shown is a salted
commitment or a fingerprint.
* Entries are RFC 8785 JSON, so one fact has one spelling.
"""

from collections.abc import Mapping
from enum import StrEnum

import rfc8785

Facts = Mapping[str, str | int]


class Kind(StrEnum):
    """`subject:act`, the act in the past tense. Add to it, never rename: logs are permanent."""

    ROLL_FROZEN = "roll:frozen"
    ELECTION_SEALED = "election:sealed"
    ELECTION_OPENED = "election:opened"
    BALLOT_ACCEPTED = "ballot:accepted"
    ELECTION_CLOSED = "election:closed"
    TALLY_SUMMED = "tally:summed"
    TALLY_SHARED = "tally:shared"
    TALLY_OPENED = "tally:opened"


def encode_entry(kind: Kind, facts: Facts) -> bytes:
    """Return the bytes of an entry: `facts` with their kind and the format's version."""
    return rfc8785.dumps({"version": 1, "kind": str(kind), **facts})
