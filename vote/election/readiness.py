"""Decides what is still missing before an election can be sealed, and who has to do it.

 * Roll, key-holders' common key, letters' public keys, the three offices' public keys: each is done or not.
 * Sealing after the closing time is impossible, and sealing so late that notice comes too late is pointless: both are said.

Not here: finding out how far each is (`vote.web.preparing`), sealing (`service.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vote.election.plan import Calendar
from vote.election.terms import OFFICES
from vote.role import Role


class Task(StrEnum):
    """What has to be there before sealing."""

    ROLL = "roll"
    KEYS = "keys"
    LETTERS = "letters"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing on the list."""

    task: Task
    role: Role
    """Whose turn it is."""
    slot: int
    """Which of them; 0 for all."""
    done: bool
    reached: int = 0
    """How far it is, of `whole`, where that can be counted."""
    whole: int = 0


@dataclass(frozen=True, slots=True)
class Stage:
    """How far preparing is."""

    frozen: bool
    posts: Sequence[int]
    """How many of their rounds each key-holder has done."""
    rounds: int
    key: bool
    """Whether the common key stands."""
    credentials: int
    heads: int
    offices: frozenset[str]


def list_items(stage: Stage) -> tuple[Item, ...]:
    """Return everything that has to be there, in the order of work."""
    return (
        Item(Task.ROLL, Role.STAFF, 0, stage.frozen),
        *(
            Item(
                Task.KEYS,
                Role.TRUSTEE,
                number,
                stage.key or done >= stage.rounds,
                min(done, stage.rounds),
                stage.rounds,
            )
            for number, done in enumerate(stage.posts, start=1)
        ),
        Item(
            Task.LETTERS,
            Role.REGISTRAR,
            0,
            0 < stage.heads == stage.credentials,
            min(stage.credentials, stage.heads),
            stage.heads,
        ),
        *(Item(Task.OFFICE, Role(office), 1, office in stage.offices) for office in OFFICES),
    )


def is_ready(stage: Stage) -> bool:
    """Whether the election can be sealed, as far as the list goes."""
    return stage.key and all(item.done for item in list_items(stage))


def days_left(today: date, opens_on: date, notice_days: int) -> int:
    """Return how many days remain until the last day of notice; 0 on that day, negative when it is too late."""
    return (opens_on - Calendar(today, notice_days).earliest).days
