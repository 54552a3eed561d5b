"""Who may call what, in one word; services speak of roles without knowing HTTP."""

from collections.abc import Mapping
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
    COMMITTEE = "committee"
    """Sits on the owners' committee of an estate: publishes what owners may see."""


ROLE_ZH: Mapping[Role, str] = {
    Role.PUBLIC: "任何人",
    Role.STAFF: "工作人员",
    Role.REGISTRAR: "制信人",
    Role.TRUSTEE: "开箱人",
    Role.PHONES: "电话登记员",
    Role.DESK: "窗口核验员",
    Role.ORGANISER: "组织者",
    Role.COMMUNITY: "社区确认人",
    Role.SUB_DISTRICT: "街道签收人",
    Role.COMMITTEE: "业委会成员",
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is calling, as the key or the session says."""

    role: Role
    slot: int = 0
    person: str = ""
    """A keyed digest; empty for the public and for staff."""
    account: int | None = None
    """Whose session it is; None where a key was sent."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Where staff may act: a whole installation, a county, sub-district or community, or one estate.

    A committee's scope is its estate.
    """

    division: int | None = None
    estate: str | None = None
    role: Role = Role.STAFF
    """STAFF or COMMITTEE."""

    @property
    def everywhere(self) -> bool:
        """Whether it is the whole installation."""
        return self.division is None and self.estate is None


@dataclass(frozen=True, slots=True)
class HeldDuty:
    """A place in an election that belongs to an account."""

    election: str
    role: Role
    slot: int
    person: str
    """A keyed digest."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who has signed in."""

    account: int
    name: str
    session: int
    grants: tuple[Scope, ...]
    """Where they are staff."""
    duties: tuple[HeldDuty, ...]
    committees: tuple[str, ...] = ()
    """The estates on whose committees they sit."""
    fresh: bool = False
    """Whether they signed in a short while ago, as is asked for before what opens an account is changed."""


@dataclass(frozen=True, slots=True)
class Place:
    """What an address or a body names; by it is judged whether somebody may act there."""

    election: str | None = None
    estate: str | None = None
    roll: int | None = None
    slot: int | None = None
    """A trustee's number."""
    divisions: tuple[str, str, str] | None = None
    """County, sub-district and community of an estate that is not there yet."""

    @property
    def nowhere(self) -> bool:
        """Whether nothing is named."""
        return self.election is None and self.estate is None and self.roll is None and self.divisions is None


@dataclass(frozen=True, slots=True)
class Keys:
    """The role keys handed out with a new draft, by duty and number; shown once."""

    by_role: Mapping[Role, tuple[str, ...]]
