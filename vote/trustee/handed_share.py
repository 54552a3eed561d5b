"""What a trustee hands over after voting: the share for the archive, and the proof that stands beside it.

Both documents lie in it as text, because their bytes are hashed as they are (SPEC.md §7).

>>> share = HandedShare("DQB53CqA1UtMwz", 1, b'{"a":1}', b'{"b":2}')
>>> decode_handed_share(encode_handed_share(share)) == share
True
"""

from typing import NamedTuple

from crypto.election import require_uuid
from crypto.encoding import compact_json, read_json, require_fields, require_text, require_whole


class HandedShare(NamedTuple):
    """One trustee's part in opening one election."""

    election: str
    trustee: int
    """The trustee's number, from 1."""
    payload: bytes
    """The share, as the archive stores it."""
    extra_proof: bytes
    """SPEC.md §7.3."""


def encode_handed_share(share: HandedShare) -> bytes:
    """Write the document."""
    return compact_json(
        {
            "election": share.election,
            "trustee": share.trustee,
            "payload": share.payload.decode(),
            "extra_proof": share.extra_proof.decode(),
        }
    )


def decode_handed_share(data: bytes) -> HandedShare:
    """Read the document; whether the proofs hold is for `crypto.share`.

    Raises:
        MalformedError: it is none.
    """
    what = "the trustee's share"
    fields = require_fields(read_json(data, what), HandedShare._fields, what)
    return HandedShare(
        require_uuid(fields["election"]),
        require_whole(fields["trustee"], f"{what}, trustee", minimum=1),
        require_text(fields["payload"], f"{what}, payload").encode(),
        require_text(fields["extra_proof"], f"{what}, extra_proof").encode(),
    )
