"""Simulated ballots, against SHA-256 and percentages by hand."""

from hashlib import sha256

import numpy as np
import pytest

from vote.check.simulation import Leaning, answer_election, answer_motion, draws, require_leaning
from vote.election.ask import election
from vote.errors import RefusedError

SEATS = election("3", "选举", ("甲", "乙", "丙"), 2)


def test_draws_are_sha256_of_seed_place_and_counter() -> None:
    start = b"shanzhi simulated outcome 1|seed|3,0,7|"
    data = sha256(start + b"\0\0\0\0").digest() + sha256(start + b"\0\0\0\1").digest()
    expected = [data[at] * 256 + data[at + 1] for at in range(0, 34, 2)]
    assert draws(b"seed", (3, 0, 7), 17).tolist() == expected
    assert draws(b"seed", (3, 0, 7), 0).tolist() == []
    assert draws(b"seed", (3, 0, 8), 17).tolist() != expected


def test_an_answer_follows_from_its_number() -> None:
    """60 % of 65536 are 39321.6, 85 % are 55705.6."""
    drawn = np.array([0, 39321, 39322, 55705, 55706, 65535])
    assert answer_motion(drawn, Leaning()).tolist() == [0, 0, 1, 1, 2, 2]
    assert answer_motion(drawn, Leaning(yes=0, no=0, abstain=100)).tolist() == [2] * 6
    assert answer_motion(drawn, Leaning(yes=100, no=0, abstain=0)).tolist() == [0] * 6


def test_a_candidate_is_ticked_below_the_percentage_and_as_many_as_are_allowed() -> None:
    """60 % of 65536 are 39321.6; 15 % are 9830.4. Two may be ticked."""
    drawn = np.array(
        [
            *(39321, 39322, 65535, 9831),
            *(3, 1, 2, 9831),
            *(1, 2, 3, 9830),
            *(65535, 65535, 65535, 65535),
        ]
    )
    assert answer_election(drawn, SEATS, Leaning()).tolist() == [
        [True, False, False, False],
        [False, True, True, False],
        [False, False, False, True],
        [False, False, False, False],
    ]


def test_many_answers_come_near_the_leaning() -> None:
    answers = answer_motion(draws(b"", (), 100_000), Leaning())
    assert [round(share, 2) for share in np.bincount(answers) / 100_000] == [0.6, 0.25, 0.15]


@pytest.mark.parametrize(
    "leaning",
    [Leaning(yes=60, no=25, abstain=14), Leaning(yes=110, no=-10, abstain=0), Leaning(tick=101), Leaning(tick=-1)],
)
def test_a_leaning_is_made_of_percentages(leaning: Leaning) -> None:
    with pytest.raises(RefusedError, match="leaning"):
        require_leaning(leaning)


def test_the_usual_leaning_is_one() -> None:
    require_leaning(Leaning())
    require_leaning(Leaning(yes=0, no=0, abstain=100, tick=0))
