"""Who may call what, in one word; services speak of roles without knowing HTTP."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Who may call a view."""

    PUBLIC = "public"
    STAFF = "staff"
    REGISTRAR = "registrar"
    TRUSTEE = "trustee"
    PHONES = "phones"
    """Edits owners' phones; two people, of whom one proposes and the other confirms."""
    DESK = "desk"
    """Sees owners in person: checks who they are, writes down what they dispute."""
    ORGANISER = "organiser"
    """The preparatory group or committee that holds the election: settles disputes, confirms the result."""
    COMMUNITY = "community"
    """Certifies the procedure."""
    SUB_DISTRICT = "sub_district"
    """Acknowledges receipt."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is calling, as the key says."""

    role: Role
    slot: int = 0
    person: str = ""
    """A keyed digest; empty for the public and for staff."""
