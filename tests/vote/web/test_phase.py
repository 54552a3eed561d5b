"""Where an election stands for those who look."""

from datetime import datetime, timedelta

import pytest

from tests.vote.platform import CLOSES, OPENS
from vote.election.rules import State
from vote.web.phase import COUNTED, COUNTING, Phase, Progress, count_steps, phase_of

BEFORE, DURING = OPENS - timedelta(seconds=1), OPENS + timedelta(hours=1)


@pytest.mark.parametrize(
    ("state", "now", "phase"),
    [
        (State.SEALED, BEFORE, Phase.ANNOUNCED),
        (State.SEALED, OPENS, Phase.HELD_UP),
        (State.SEALED, CLOSES, Phase.HELD_UP),
        (State.NOTICED, BEFORE, Phase.NOTICED),
        (State.NOTICED, OPENS, Phase.ABOUT_TO_OPEN),
        (State.NOTICED, CLOSES, Phase.CLOSING),
        (State.OPEN, OPENS, Phase.OPEN),
        (State.OPEN, DURING, Phase.OPEN),
        (State.OPEN, CLOSES, Phase.CLOSING),
        (State.CLOSED, CLOSES, Phase.CHECKING),
        (State.CHECKED, CLOSES, Phase.ADDING),
        (State.TALLIED, CLOSES, Phase.OPENING),
        (State.PRELIMINARY, CLOSES, Phase.PRELIMINARY),
        (State.CERTIFIED, CLOSES, Phase.CERTIFIED),
        (State.ANNULLED, BEFORE, Phase.ANNULLED),
    ],
)
def test_state_and_time_give_the_phase(state: State, now: datetime, phase: Phase) -> None:
    assert phase_of(state, opens_at=OPENS, closes_at=CLOSES, now=now) is phase


def test_the_count_goes_on_step_by_step() -> None:
    done, now, later = Progress.DONE, Progress.NOW, Progress.LATER
    rows = {phase: [step.progress for step in count_steps(phase)] for phase in (*COUNTING, *COUNTED)}
    assert rows == {
        Phase.CLOSING: [now, later, later, later],
        Phase.CHECKING: [done, now, later, later],
        Phase.ADDING: [done, done, now, later],
        Phase.OPENING: [done, done, done, now],
        Phase.PRELIMINARY: [done, done, done, done],
        Phase.CERTIFIED: [done, done, done, done],
    }


@pytest.mark.parametrize("phase", [phase for phase in Phase if phase not in {*COUNTING, *COUNTED}])
def test_nothing_is_counted_before_voting_ends(phase: Phase) -> None:
    assert phase in {
        Phase.ANNOUNCED,
        Phase.NOTICED,
        Phase.HELD_UP,
        Phase.ABOUT_TO_OPEN,
        Phase.OPEN,
        Phase.ANNULLED,
    }
    assert count_steps(phase) == ()
