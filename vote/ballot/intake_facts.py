"""Binds how a ballot came without showing it: the commitment in its log entry.

 * Committed to are the channel, the batch, who worked at the desk, a paper's serial number, and its photo. What does not
   apply is empty: a ballot by phone has a channel and nothing else.
 * Salt and facts stay with the platform. Whoever disputes a ballot is shown both, and nobody can have changed them.

Follows `docs/decisions/0022-public-log.md`.
"""

from dataclasses import asdict, dataclass

import rfc8785

from crypto.commitment import commit
from vote.credential.channel import Channel

DOMAIN = "ballot/intake/1"


@dataclass(frozen=True, slots=True)
class IntakeFacts:
    """How a ballot came."""

    channel: Channel
    batch: str = ""
    """Of paper ballots entered together."""
    operators: tuple[str, ...] = ()
    """Accounts of those who saw the owner at the desk, the first one first."""
    serial: str = ""
    """Of the paper."""
    photo: str = ""
    """SHA-256 of the paper's photo in hex."""


def intake_commitment(salt: bytes, facts: IntakeFacts) -> bytes:
    """Return the 32-byte commitment to how a ballot came.

    Raises:
        MalformedError: the salt has not 32 bytes.
    """
    fields = {**asdict(facts), "channel": str(facts.channel), "operators": list(facts.operators)}
    return commit(DOMAIN, salt, rfc8785.dumps(fields))
