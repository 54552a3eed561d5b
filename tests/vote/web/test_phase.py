"""Where an election stands for those who look."""

from datetime import datetime, timedelta

import pytest

from tests.vote.platform import CLOSES, OPENS
from vote.election.rules import State
from vote.web.phase import STEPS, Phase, Progress, count_steps, phase_of

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


def test_a_result_whose_certificate_was_revoked_is_not_called_certified() -> None:
    times = {"opens_at": OPENS, "closes_at": CLOSES, "now": CLOSES}
    assert phase_of(State.CERTIFIED, **times, revoked=True) is Phase.REVOKED


def test_it_goes_on_step_by_step_to_the_certificate() -> None:
    rows = {phase: "".join(step.progress[0] for step in count_steps(phase)) for phase in STEPS}
    assert rows == {
        Phase.CLOSING: "nlllll",
        Phase.CHECKING: "dnllll",
        Phase.ADDING: "ddnlll",
        Phase.OPENING: "dddnll",
        Phase.PRELIMINARY: "ddddnl",
        Phase.CERTIFIED: "dddddd",
    }
    assert {Progress.DONE[0], Progress.NOW[0], Progress.LATER[0]} == set("dnl")


@pytest.mark.parametrize("phase", [phase for phase in Phase if phase not in STEPS])
def test_nothing_is_counted_before_voting_ends_nor_after_it_was_given_up(phase: Phase) -> None:
    assert phase in {
        Phase.ANNOUNCED,
        Phase.NOTICED,
        Phase.HELD_UP,
        Phase.ABOUT_TO_OPEN,
        Phase.OPEN,
        Phase.REVOKED,
        Phase.ANNULLED,
    }
    assert count_steps(phase) == ()
