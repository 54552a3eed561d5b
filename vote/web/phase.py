"""Where an election stands for those who look at it, and which steps of the count are done.

* Time decides what is said before the worker has done what is due: after closing nobody reads “voting is open”.
* Without notice voting does not open, whatever the time.
* A draft is nobody's business, nor one that was given up before it was sealed.
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
    ANNULLED = "annulled"


class Progress(StrEnum):
    """How far a step of the count is."""

    DONE = "done"
    NOW = "now"
    LATER = "later"


class Step(NamedTuple):
    """One step of the count."""

    name: str
    progress: Progress


COUNTING = (Phase.CLOSING, Phase.CHECKING, Phase.ADDING, Phase.OPENING)
"""The steps of the count, in order; each is under way in the phase of its name."""
COUNTED = (Phase.PRELIMINARY, Phase.CERTIFIED)
"""When there is a result."""
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


def phase_of(state: State, *, opens_at: datetime, closes_at: datetime, now: datetime) -> Phase:
    """Return where a sealed election stands at `now`."""
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
    """Return the steps of the count; none before voting is over, or where nothing is counted."""
    if phase in COUNTED:
        return tuple(Step(str(step), Progress.DONE) for step in COUNTING)
    if phase not in COUNTING:
        return ()
    reached = COUNTING.index(phase)
    return tuple(
        Step(str(step), Progress.DONE if index < reached else Progress.NOW if index == reached else Progress.LATER)
        for index, step in enumerate(COUNTING)
    )
