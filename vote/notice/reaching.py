"""Decides whether an owner was reached by a notice in person, and who is still to be called on.

 * Reached is whoever took it in hand, signed a receipt for it, authorised in writing whoever took it, or has a confirmed
   telephone to which it went. A mailbox or a tenant is a try (rulebook §9a.4).
 * For whoever cannot be reached it is posted in the estate, after a try; that is said apart and is not a delivery.
 * Lines are only added: a mistake takes back the line before.

Not here: letters of an election, whose lines `vote.delivery` keeps and which count here too.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from vote.errors import Reason, RefusedError


class Channel(StrEnum):
    """By which way a notice goes to an owner."""

    LETTER = "letter"
    HAND = "hand"
    SMS = "sms"
    POST = "post"
    POSTED = "posted"
    """Posted in the estate for whoever cannot be reached."""


class Came(StrEnum):
    """What came of it: the kind of proof, or why there is none."""

    SIGNATURE = "signature"
    RECEIPT = "receipt"
    """Signed for at the post office, or a slip that came back signed."""
    AUTHORITY = "authority"
    """Taken by whoever has the owner's written authority."""
    PHONE = "phone"
    """Sent to a telephone that the owner confirmed."""
    PHOTO = "photo"
    MAILBOX = "mailbox"
    TENANT = "tenant"
    NOBODY = "nobody"
    RETURNED = "returned"
    REFUSED = "refused"
    MISTAKEN = "mistaken"


class State(StrEnum):
    """Where a notice to one owner is."""

    WAITING = "waiting"
    TRIED = "tried"
    POSTED = "posted"
    DELIVERED = "delivered"


_PERSONAL = (Came.SIGNATURE, Came.AUTHORITY, Came.TENANT, Came.NOBODY, Came.REFUSED)
FITTING: Mapping[Channel, tuple[Came, ...]] = {
    Channel.LETTER: (Came.RECEIPT, Came.SIGNATURE, Came.AUTHORITY, Came.MAILBOX, Came.TENANT, Came.NOBODY),
    Channel.HAND: _PERSONAL,
    Channel.SMS: (Came.PHONE,),
    Channel.POST: (Came.RECEIPT, Came.RETURNED, Came.REFUSED),
    Channel.POSTED: (Came.PHOTO,),
}
"""What can come of each way; a mistake can be of any."""
DELIVERING = frozenset({Came.SIGNATURE, Came.RECEIPT, Came.AUTHORITY, Came.PHONE})


@dataclass(frozen=True, slots=True)
class Line:
    """What somebody noted of a notice to an owner."""

    channel: Channel
    came: Came
    on: date
    noted_at: datetime
    noted_by: str
    """The role."""


@dataclass(frozen=True, slots=True)
class Owner:
    """An owner of the roll and what was noted."""

    row: int
    """The entitlement's row."""
    number: int
    """Its number in the roll."""
    building: str
    homes: tuple[str, ...]
    area_dm2: int
    lines: tuple[Line, ...]
    by_letter: bool = False
    """Whether the letter of the election that belongs to the notice was delivered."""

    @property
    def state(self) -> State:
        """Where the notice is."""
        return State.DELIVERED if self.by_letter else state_of(self.lines)

    @property
    def last(self) -> Line | None:
        """The line that counts."""
        return find_last(self.lines)


@dataclass(frozen=True, slots=True)
class Count:
    """How many owners, with how much area."""

    heads: int
    area_dm2: int


def kept(lines: Sequence[Line]) -> list[Line]:
    """Return the lines that were not taken back."""
    found: list[Line] = []
    for line in lines:
        if line.came is not Came.MISTAKEN:
            found.append(line)
        elif found:
            found.pop()
    return found


def find_last(lines: Sequence[Line]) -> Line | None:
    """Return the line that counts: a delivery is not undone by a later try."""
    found = kept(lines)
    delivered = [line for line in found if line.came in DELIVERING]
    return (delivered or found or [None])[-1]


def state_of(lines: Sequence[Line]) -> State:
    """Return where a notice to one owner is."""
    found = kept(lines)
    if any(line.came in DELIVERING for line in found):
        return State.DELIVERED
    if any(line.channel is Channel.POSTED for line in found):
        return State.POSTED
    return State.TRIED if found else State.WAITING


def count(owners: Iterable[Owner]) -> dict[State, Count]:
    """Return how many owners are where, by heads and area (dm²)."""
    found = {state: Count(0, 0) for state in State}
    for owner in owners:
        before = found[owner.state]
        found[owner.state] = Count(before.heads + 1, before.area_dm2 + owner.area_dm2)
    return found


def work_list(owners: Iterable[Owner]) -> dict[str, list[Owner]]:
    """Return who is not reached yet, by building, both in the order given."""
    found: dict[str, list[Owner]] = {}
    for owner in owners:
        if owner.state is not State.DELIVERED:
            found.setdefault(owner.building, []).append(owner)
    return found


def require_line(
    channel: Channel, came: Came, on: date, owners: Sequence[Owner], *, posted_on: date, today: date, phones: set[int]
) -> None:
    """Raise unless a line can be noted of owners.

    Args:
        channel: the way.
        came: what came of it.
        on: the day.
        owners: those ticked off.
        posted_on: when the notice was posted.
        today: the day in China.
        phones: rows of owners with a confirmed telephone.

    Raises:
        RefusedError: nobody is ticked, the proof does not fit the way, the day cannot be, a telephone is not confirmed,
            nothing was tried before it was posted, or there is nothing to take back.
    """
    if not owners:
        raise RefusedError(
            Reason.MALFORMED, "Nobody is ticked: tick at least one home.", zh="还没有勾选，请至少勾一户。"
        )
    if came is not Came.MISTAKEN and came not in FITTING[channel]:
        raise RefusedError(
            Reason.MALFORMED,
            "This cannot come of this way: choose way and proof that belong together.",
            zh="送达方式和凭据对不上，请重新选。",
        )
    if not posted_on <= on <= today:
        raise RefusedError(
            Reason.MALFORMED,
            "The day lies before the notice or is to come: give the day on which it happened.",
            zh="日期早于公示那天，或者还没有到，请填实际那一天。",
        )
    for owner in owners:
        _require_fits(channel, came, owner, phones)


def _require_fits(channel: Channel, came: Came, owner: Owner, phones: set[int]) -> None:
    if came is Came.MISTAKEN:
        if not kept(owner.lines):
            raise RefusedError(
                Reason.CONFLICT,
                f"Nothing is noted of owner {owner.number} that could be taken back.",
                zh=f"清册第{owner.number}号没有可以撤回的登记。",
            )
    elif channel is Channel.SMS and owner.row not in phones:
        raise RefusedError(
            Reason.CONFLICT,
            f"Owner {owner.number} has no confirmed telephone: reach them by hand or letter.",
            zh=f"清册第{owner.number}号没有确认过的手机号，请当面或书面送达。",
        )
    elif channel is Channel.POSTED and not kept(owner.lines):
        raise RefusedError(
            Reason.CONFLICT,
            f"Nothing was tried with owner {owner.number}: call on them first, then post it.",
            zh=f"清册第{owner.number}号还没有上门或寄送过，请先送一次，送不到再张贴。",
        )
