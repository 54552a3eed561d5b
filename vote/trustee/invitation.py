"""What staff hand to a trustee before the key ceremony: which election, which place, which name.

Not here: the role key, which travels apart.

>>> invitation = Invitation("DQB53CqA1UtMwz", 1, 3, 2, "业主甲")
>>> decode_invitation(encode_invitation(invitation)) == invitation
True
"""

from dataclasses import dataclass

from crypto.ceremony_board import require_ceremony
from crypto.ceremony_post import require_short
from crypto.election import require_uuid
from crypto.encoding import compact_json, read_json, require_fields, require_text, require_whole
from crypto.errors import MalformedError

_NAMES = ("election", "index", "size", "threshold", "name")


@dataclass(frozen=True, slots=True)
class Invitation:
    """One trustee's place in one election."""

    election: str
    index: int
    """The trustee's number, from 1."""
    size: int
    threshold: int
    name: str


def encode_invitation(invitation: Invitation) -> bytes:
    """Write an invitation."""
    return compact_json({name: getattr(invitation, name) for name in _NAMES})


def decode_invitation(data: bytes) -> Invitation:
    """Read an invitation.

    Raises:
        MalformedError: it is none, or its numbers do not go together.
    """
    what = "the invitation"
    fields = require_fields(read_json(data, what), _NAMES, what)
    invitation = Invitation(
        require_uuid(fields["election"]),
        require_whole(fields["index"], f"{what}, index", minimum=1),
        require_whole(fields["size"], f"{what}, size", minimum=1),
        require_whole(fields["threshold"], f"{what}, threshold", minimum=1),
        require_short(require_text(fields["name"], f"{what}, name"), f"{what}, name"),
    )
    require_ceremony(invitation.election, invitation.size, invitation.threshold)
    if invitation.index > invitation.size:
        raise MalformedError(f"{what}: there is no trustee {invitation.index}, only 1 to {invitation.size}")
    if 2 * invitation.threshold <= invitation.size:
        # Each of two groups would open another total, and what lies between the two tells a single ballot.
        raise MalformedError(
            f"{what}: {invitation.threshold} of {invitation.size} would let two groups open two totals, where only one may "
            "be opened: more than half of the trustees must be needed"
        )
    return invitation
