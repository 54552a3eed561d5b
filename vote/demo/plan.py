"""What made-up owners do: who votes, who changes their mind, what each marks. One seed, one story.

Only `vote demo` and the benchmarks use it; its randomness is no secret.
"""

import random
from collections.abc import Sequence
from typing import NamedTuple

from vote.election.ask import MOTION_CHOICES, Ask, AskKind, election, motion

SECOND_THOUGHTS = 0.03
"""Share of voters who vote again."""
MOTION_LEANING = ((0.80, 0.12, 0.08), (0.72, 0.18, 0.10))
"""How likely 同意, 反对 and 弃权 are, motion by motion."""
EMPTY_BALLOT, ABSTAINS = 0.03, 0.05
FEWER_NAMES = (0.8, 0.15, 0.05)
"""How likely it is that none, one or two of the names allowed are left out."""
FAME = 0.8
"""How much less known each next candidate is."""


class PlannedVote(NamedTuple):
    """One ballot to be cast; `choices` as `seal_ballot` takes them."""

    entitlement: int
    choices: list[list[int]]


def demo_questions() -> list[Ask]:
    """Return what the demonstration asks: rules, covenant, and a committee of five out of seven."""
    candidates = tuple(f"候选人{letter}" for letter in "甲乙丙丁戊己庚")
    return [
        motion("1", "是否通过《业主大会议事规则》"),
        motion("2", "是否通过《管理规约》"),
        election("3", "选举第一届业主委员会委员（从7名候选人中选5名以内）", candidates, 5, 2, (0,)),
    ]


def plan_votes(asks: Sequence[Ask], entitlements: Sequence[int], turnout_percent: int, seed: int) -> list[PlannedVote]:
    """Return the ballots in the order in which they are cast; a second ballot of an owner comes after the first.

    Args:
        asks: the questions.
        entitlements: who may vote.
        turnout_percent: how many of a hundred do.
        seed: the story.
    """
    chance = random.Random(seed)  # noqa: S311 - a story, not a secret
    voters = sorted(chance.sample(list(entitlements), len(entitlements) * turnout_percent // 100))
    chance.shuffle(voters)
    again = [voter for voter in voters if chance.random() < SECOND_THOUGHTS]
    return [
        PlannedVote(voter, [_mark(ask, index, chance) for index, ask in enumerate(asks)]) for voter in voters + again
    ]


def _mark(ask: Ask, index: int, chance: random.Random) -> list[int]:
    marks = [0] * len(ask.choices)
    if ask.kind is AskKind.MOTION:
        leaning = MOTION_LEANING[index % len(MOTION_LEANING)]
        marks[chance.choices(range(len(MOTION_CHOICES)), leaning)[0]] = 1
        return marks
    mood = chance.random()
    if mood < EMPTY_BALLOT:
        return marks
    if mood < EMPTY_BALLOT + ABSTAINS:
        marks[-1] = 1
        return marks
    names = list(range(len(ask.choices) - 1))
    for _ in range(max(1, ask.maximum - chance.choices((0, 1, 2), FEWER_NAMES)[0])):
        # The first candidates are the better known ones.
        name = chance.choices(names, [FAME**place for place in names])[0]
        names.remove(name)
        marks[name] = 1
    return marks
