"""Decides which steps lead from closing to the certificate, how far each is, until when it takes, and whose turn it is.

 * One step is under way at a time. What the law gives days for stays under way until they are over.
 * Whoever has nothing to do at a step looks on.

Follows product.md §4. Not here: the articles (`vote.law`), the words (`road_words.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from vote.election.terms import OFFICES
from vote.role import Role
from vote.web.phase import COUNTED, Phase, Progress


class Name(StrEnum):
    """The steps, in order."""

    CLOSING = "closing"
    ROOMS = "rooms"
    DISPUTES = "disputes"
    CHECK = "check"
    OPENING = "opening"
    RESULT = "result"
    OBJECTIONS = "objections"
    COMPOSING = "composing"
    SIGNING = "signing"
    DONE = "done"


LAW: dict[Name, str] = {
    Name.ROOMS: "dispute_period",
    Name.DISPUTES: "dispute_period",
    Name.CHECK: "quorum",
    Name.RESULT: "result_publication",
    Name.OBJECTIONS: "result_objection_period",
    Name.COMPOSING: "result_objection_period",
    Name.SIGNING: "result_publication",
}
"""Which value of the rule profile a step rests on."""
PAGES: dict[Name, str] = {
    Name.CLOSING: "",
    Name.ROOMS: "/finish/rooms",
    Name.DISPUTES: "/finish/disputes",
    Name.CHECK: "/finish/check",
    Name.OPENING: "/finish/opening",
    Name.RESULT: "/finish/result",
    Name.OBJECTIONS: "/finish/objections",
    Name.COMPOSING: "/finish/certificate",
    Name.SIGNING: "/finish/certificate",
    Name.DONE: "/record",
}
"""Where a step is done or looked at, below the election's own page."""
DID: dict[Name, str] = {
    Name.CHECK: "election:checked",
    Name.COMPOSING: "certificate:composed",
}
"""Which entry or act of the election's life a step comes down to, where one person does it."""
_ACTORS: dict[Name, tuple[Role, ...]] = {
    Name.CLOSING: (),
    Name.ROOMS: (Role.STAFF, Role.DESK),
    Name.DISPUTES: (Role.ORGANISER, Role.DESK),
    Name.CHECK: (Role.ORGANISER,),
    Name.OPENING: (Role.TRUSTEE,),
    Name.RESULT: (Role.STAFF, Role.DESK),
    Name.OBJECTIONS: (Role.ORGANISER, Role.DESK),
    Name.COMPOSING: (Role.ORGANISER,),
    Name.SIGNING: (Role.ORGANISER, Role.COMMUNITY, Role.SUB_DISTRICT),
    Name.DONE: (),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """Where an election stands after voting."""

    phase: Phase
    now: datetime
    closes_at: datetime
    closed_at: datetime | None = None
    checked_at: datetime | None = None
    opened_at: datetime | None = None
    """When the totals were opened."""
    ends: datetime | None = None
    """When the days for disputes, then for objections, are over."""
    waiting: int = 0
    """Disputes, then objections, without an end."""
    composed_at: datetime | None = None
    signed: Sequence[datetime] = ()
    """When each office has signed what is composed."""
    issued_at: datetime | None = None


class Step(NamedTuple):
    """A step of the road."""

    name: Name
    progress: Progress
    at: datetime | None = None
    """When it was done."""
    until: datetime | None = None
    """Until when it goes on, or when it is due."""
    turn: tuple[Role, ...] = ()
    """Who has to act."""


def steps_of(facts: Facts) -> tuple[Step, ...]:
    """Return every step; none while voting is open, or where nothing is counted."""
    here = current(facts)
    if here is None:
        return ()
    names = tuple(Name)
    place = names.index(here)
    return tuple(
        _step(name, facts, here, Progress.DONE if index < place else Progress.NOW if index == place else Progress.LATER)
        for index, name in enumerate(names)
    )


def current(facts: Facts) -> Name | None:
    """Return the step that is under way; None before voting ends, and where it was given up."""
    if facts.phase is Phase.CLOSING:
        return Name.CLOSING
    if facts.phase is Phase.CHECKING:
        return Name.DISPUTES if facts.waiting or _runs(facts) else Name.CHECK
    if facts.phase in {Phase.ADDING, Phase.OPENING}:
        return Name.OPENING
    if facts.phase is Phase.PRELIMINARY:
        if facts.composed_at:
            return Name.SIGNING
        return Name.OBJECTIONS if facts.waiting or _runs(facts) else Name.COMPOSING
    return Name.DONE if facts.phase in COUNTED else None


def turn_of(name: Name, signed: int = 0) -> tuple[Role, ...]:
    """Return who has to act at a step; for signing, after `signed` offices have signed."""
    if name is Name.SIGNING:
        return (Role(OFFICES[signed]),) if signed < len(OFFICES) else ()
    return _ACTORS[name]


def act_of(name: Name, roles: frozenset[Role], signed: int = 0) -> str:
    """Return the name of the button for somebody with `roles`: what they do at a step, or that they look on."""
    mine = [role for role in turn_of(name, signed) if role in roles]
    return f"{name}.{mine[0]}" if mine else f"{name}.look"


def _runs(facts: Facts) -> bool:
    return facts.ends is not None and facts.now < facts.ends


def _step(name: Name, facts: Facts, here: Name, progress: Progress) -> Step:
    at = _done_at(name, facts) if progress is Progress.DONE else None
    until = _until(name, facts) if name is here else None
    turn = turn_of(name, len(facts.signed)) if progress is Progress.NOW else ()
    return Step(name, progress, at, until, turn)


def _done_at(name: Name, facts: Facts) -> datetime | None:
    return {
        Name.CLOSING: facts.closed_at,
        Name.ROOMS: facts.closed_at,
        Name.CHECK: facts.checked_at,
        Name.OPENING: facts.opened_at,
        Name.RESULT: facts.opened_at,
        Name.COMPOSING: facts.composed_at,
        Name.SIGNING: facts.issued_at,
    }.get(name)


def _until(name: Name, facts: Facts) -> datetime | None:
    if name is Name.CLOSING:
        return facts.closes_at
    return facts.ends if name in {Name.DISPUTES, Name.OBJECTIONS} and _runs(facts) else None
