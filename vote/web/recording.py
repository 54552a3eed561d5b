"""Which calls of the programming interface are written down as events, where their own views do not do it.

Pages say it themselves, as one page may show several things.
"""

from collections.abc import Mapping
from typing import Final

from vote.account.events import EventKind

_ROLL, _ELECTION = "/api/rolls/{roll:number}", "/api/elections/{election}"

RECORDED: Final[Mapping[tuple[str, str], EventKind]] = {
    ("POST", "/api/estates/{estate}/rolls"): EventKind.ROLL_IMPORTED,
    ("GET", f"{_ROLL}/objections"): EventKind.OBJECTION_SEEN,
    ("POST", f"{_ROLL}/objections"): EventKind.OBJECTION_WRITTEN,
    ("POST", f"{_ROLL}/objections/{{objection:number}}/answer"): EventKind.OBJECTION_ANSWERED,
    ("POST", f"{_ROLL}/phones"): EventKind.PHONE_CHANGED,
    ("POST", f"{_ROLL}/freeze"): EventKind.ROLL_FROZEN,
    ("GET", f"{_ROLL}/entitlements/{{entitlement:number}}/proof"): EventKind.ROLL_SEEN,
    ("GET", f"{_ELECTION}/registrar/request"): EventKind.ROLL_SEEN,
    ("POST", f"{_ELECTION}/phones/confirmations"): EventKind.PHONE_CHANGED,
    ("GET", f"{_ELECTION}/phones/changes"): EventKind.PHONE_SEEN,
    ("POST", f"{_ELECTION}/phones/changes"): EventKind.PHONE_CHANGED,
    ("POST", f"{_ELECTION}/phones/changes/{{change:number}}/accept"): EventKind.PHONE_CHANGED,
    ("POST", f"{_ELECTION}/phones/changes/{{change:number}}/refuse"): EventKind.PHONE_CHANGED,
    ("POST", f"{_ELECTION}/seal"): EventKind.ELECTION_SEALED,
    ("POST", f"{_ELECTION}/notice"): EventKind.ELECTION_NOTICED,
    ("POST", f"{_ELECTION}/extend"): EventKind.ELECTION_EXTENDED,
    ("POST", f"{_ELECTION}/withdraw"): EventKind.CANDIDATE_WITHDRAWN,
    ("POST", f"{_ELECTION}/correct"): EventKind.ROLL_CORRECTED,
    ("POST", f"{_ELECTION}/annul"): EventKind.ELECTION_ANNULLED,
}
"""By method and path as declared."""
