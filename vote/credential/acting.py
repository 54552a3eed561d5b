"""Who says that they act when a voting key is opened: the owner, somebody with a signed authority, or a helping hand.

* It is what somebody said, kept as evidence for whoever settles a dispute; it changes nothing of the ballot.
* It never leaves the platform: neither archive nor log nor any public page tells it.
"""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class Acting(StrEnum):
    """Who acts."""

    SELF = "self"
    """The owner."""
    PROXY = "proxy"
    """Somebody with the owner's signed authority (ZJ art. 9 ¶3), which is to be handed in."""
    HELP = "help"
    """Somebody beside the owner, who decides."""


class Said(NamedTuple):
    """What was said when a key was opened."""

    entitlement: int
    """Its number in the roll."""
    acting: Acting
    said_at: datetime
