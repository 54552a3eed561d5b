"""What somebody has to do: a duty in an election, as a list shows it."""

from dataclasses import dataclass

from vote.role import HeldDuty


@dataclass(frozen=True, slots=True)
class Task:
    """A duty, with what its election is called."""

    duty: HeldDuty
    title: str
    estate: str
    """The estate's name."""
