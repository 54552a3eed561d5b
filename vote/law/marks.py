"""Decides what the marks on a paper ballot say.

 * One mark is that answer. None is an abstention: the paper was handed in, so its owner takes part (the profile may
   call it invalid instead). More than one is invalid, for that item only.
 * In an election, ticking nobody is a valid ballot that consents to nobody, which is not an abstention; more names
   than seats, or a name beside the abstention, is invalid. A name without a tick is no consent.

Not here: reading paper (`vote.paper`), whether an invalid answer takes part (`question.py`).
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class Answer(StrEnum):
    """What an item of a ballot says."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"
    INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class Picks:
    """What an election ballot says: the names consented to, none of them if it abstains."""

    names: frozenset[str]
    abstains: bool = False


def read_item(marked: Collection[Answer], *, unmarked: Answer = Answer.ABSTAIN) -> Answer:
    """Return what the marked boxes of one question say.

    Args:
        marked: the boxes with a mark, of yes, no and abstain.
        unmarked: what an item without a mark says (profile value `unmarked_item`).
    """
    answers = set(marked)
    if not answers:
        return unmarked
    return answers.pop() if len(answers) == 1 else Answer.INVALID


def read_names(ticked: Collection[str], seats: int, *, abstains: bool = False) -> Picks | None:
    """Return what an election ballot says, or None if it is invalid.

    Args:
        ticked: the candidates with a tick.
        seats: how many may be ticked at most.
        abstains: whether the box 弃权 has a tick.
    """
    names = frozenset(ticked)
    if len(names) > seats or (abstains and names):
        return None
    return Picks(names, abstains)
