"""When totals may be opened, and how a trustee's contribution looks.

Follows SPEC.md §7; product.md §4 for the states.
"""

from dataclasses import dataclass

from crypto.encoding import read_json, require_fields, require_text, require_whole
from crypto.errors import MalformedError
from vote.errors import Reason, RefusedError

_FIELDS = ("election", "trustee", "payload", "extra_proof")


@dataclass(frozen=True, slots=True)
class Contribution:
    """A trustee's partial decryption with the extra proof beside it."""

    election: str
    trustee: int
    payload: bytes
    extra_proof: bytes


def decode_contribution(data: bytes) -> Contribution:
    """Read what `vote trustee decrypt` wrote.

    Raises:
        RefusedError: it is no such document.
    """
    try:
        fields = require_fields(read_json(data, "share"), _FIELDS, "share")
        return Contribution(
            require_text(fields["election"], "share, election"),
            require_whole(fields["trustee"], "share, trustee", 1),
            require_text(fields["payload"], "share, payload").encode(),
            require_text(fields["extra_proof"], "share, extra_proof").encode(),
        )
    except MalformedError as error:
        raise RefusedError(Reason.MALFORMED, f"{error}.") from None


def require_own(contribution: Contribution, election: str, trustee: int) -> None:
    """Raise unless a contribution was made for this election by the trustee who brings it.

    Raises:
        RefusedError: it was not.
    """
    if (contribution.election, contribution.trustee) != (election, trustee):
        raise RefusedError(Reason.CONFLICT, "This share was made for another election or by another trustee.")
