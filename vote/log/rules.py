"""What the public log of an estate records: a closed list of kinds, each entry canonical JSON.

* An entry holds no name, flat, phone, free text or choice. What must be bound without being shown is a salted
commitment or a fingerprint.
* Entries are RFC 8785 JSON, so one fact has one spelling.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum

import rfc8785

Facts = Mapping[str, str | int | Sequence[str] | Mapping[str, str]]


class Kind(StrEnum):
    """`subject:act`, the act in the past tense. Add to it, never rename: logs are permanent."""

    ROLL_FROZEN = "roll:frozen"
    ELECTION_SEALED = "election:sealed"
    ELECTION_NOTICED = "election:noticed"
    ELECTION_OPENED = "election:opened"
    ELECTION_EXTENDED = "election:extended"
    CANDIDATE_WITHDRAWN = "candidate:withdrawn"
    ROLL_CORRECTED = "roll:corrected"
    PHONE_CHANGED = "phone:changed"
    KEY_REPLACED = "key:replaced"
    KEY_ASKED = "key:asked"
    KEY_KEPT = "key:kept"
    LETTER_REISSUED = "letter:reissued"
    BALLOT_ACCEPTED = "ballot:accepted"
    POOL_RELEASED = "pool:released"
    ELECTION_CLOSED = "election:closed"
    DISPUTE_RAISED = "dispute:raised"
    DISPUTE_SETTLED = "dispute:settled"
    ELECTION_CHECKED = "election:checked"
    TALLY_SUMMED = "tally:summed"
    TALLY_SHARED = "tally:shared"
    TALLY_OPENED = "tally:opened"
    OBJECTION_RAISED = "objection:raised"
    OBJECTION_ANSWERED = "objection:answered"
    OPENING_REQUESTED = "opening:requested"
    CERTIFICATE_COMPLETED = "certificate:completed"
    CERTIFICATE_ISSUED = "certificate:issued"
    ELECTION_ANNULLED = "election:annulled"
    TRUSTEE_DESTROYED = "trustee:destroyed"
    LETTERS_DESTROYED = "letters:destroyed"
    DATABASE_RESTORED = "database:restored"
    RECORD_PUBLISHED = "record:published"
    RECORD_REDACTED = "record:redacted"
    BOOK_POSTED = "book:posted"
    BOOK_REDACTED = "book:redacted"
    DUTY_OVERDUE = "duty:overdue"
    INQUIRY_RAISED = "inquiry:raised"
    INQUIRY_ANSWERED = "inquiry:answered"
    INQUIRY_REDACTED = "inquiry:redacted"
    INQUIRY_TABLED = "inquiry:tabled"
    INTEREST_DECLARED = "interest:declared"
    INTEREST_PUBLISHED = "interest:published"
    PETITION_STARTED = "petition:started"
    PETITION_SERVED = "petition:served"
    PETITION_ANSWERED = "petition:answered"
    PETITION_LAPSED = "petition:lapsed"
    PETITION_EXPIRED = "petition:expired"
    PETITION_WITHDRAWN = "petition:withdrawn"
    CASE_BEGUN = "case:begun"
    CASE_HAPPENED = "case:happened"
    CASE_TAKEN_BACK = "case:taken-back"
    POLICY_ANNOUNCED = "policy:announced"
    LOG_CONTINUED = "log:continued"


def encode_entry(kind: Kind, facts: Facts) -> bytes:
    """Return the bytes of an entry: `facts` with their kind and the format's version."""
    return rfc8785.dumps({"version": 1, "kind": str(kind), **facts})
