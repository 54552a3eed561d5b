"""Where an election stands for those who look at it, and which steps are done on the way to a certified result.

* Time decides what is said before the worker has done what is due: after closing nobody reads “voting is open”.
* Without notice voting does not open, whatever the time.
* A draft is nobody's business, nor one that was given up before it was sealed.
* A result whose certificate was revoked is not called certified.
"""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from vote.election.rules import State


class Phase(StrEnum):
    """Where an election stands, in the words of a page."""

    ANNOUNCED = "announced"
    NOTICED = "noticed"
    HELD_UP = "held-up"
    ABOUT_TO_OPEN = "about-to-open"
    OPEN = "open"
    CLOSING = "closing"
    CHECKING = "checking"
    ADDING = "adding"
    OPENING = "opening"
    PRELIMINARY = "preliminary"
    CERTIFIED = "certified"
    REVOKED = "revoked"
    ANNULLED = "annulled"


class Progress(StrEnum):
    """How far a step is."""

    DONE = "done"
    NOW = "now"
    LATER = "later"


class Step(NamedTuple):
    """One step on the way to a certified result."""

    name: str
    progress: Progress


COUNTING = (Phase.CLOSING, Phase.CHECKING, Phase.ADDING, Phase.OPENING)
"""The steps of the count, in order; each is under way in the phase of its name."""
COUNTED = (Phase.PRELIMINARY, Phase.CERTIFIED, Phase.REVOKED)
"""When there is a result."""
STEPS = (*COUNTING, Phase.PRELIMINARY, Phase.CERTIFIED)
"""The steps from closing to the certificate."""
CLOSED = (Phase.CHECKING, Phase.ADDING, Phase.OPENING, *COUNTED)
"""When the box is closed, and who took part is public."""
OVER = (Phase.CERTIFIED, Phase.REVOKED, Phase.ANNULLED)
"""When nothing more is due."""
VOTED = (Phase.OPEN, *COUNTING, *COUNTED)
"""When there may be ballots to look up."""

_BY_STATE = {
    State.CLOSED: Phase.CHECKING,
    State.CHECKED: Phase.ADDING,
    State.TALLIED: Phase.OPENING,
    State.PRELIMINARY: Phase.PRELIMINARY,
    State.CERTIFIED: Phase.CERTIFIED,
    State.ANNULLED: Phase.ANNULLED,
}


def phase_of(state: State, *, opens_at: datetime, closes_at: datetime, now: datetime, revoked: bool = False) -> Phase:
    """Return where a sealed election stands at `now`; `revoked` if its certificate was."""
    if state is State.CERTIFIED and revoked:
        return Phase.REVOKED
    if state in _BY_STATE:
        return _BY_STATE[state]
    if state is State.SEALED:
        return Phase.ANNOUNCED if now < opens_at else Phase.HELD_UP
    if now >= closes_at:
        return Phase.CLOSING
    if now < opens_at:
        return Phase.NOTICED
    return Phase.OPEN if state is State.OPEN else Phase.ABOUT_TO_OPEN


def count_steps(phase: Phase) -> tuple[Step, ...]:
    """Return the steps from closing on; none before voting is over, or where nothing is counted."""
    if phase not in STEPS:
        return ()
    reached = STEPS.index(phase) + (phase is Phase.CERTIFIED)
    return tuple(
        Step(str(step), Progress.DONE if index < reached else Progress.NOW if index == reached else Progress.LATER)
        for index, step in enumerate(STEPS)
    )
