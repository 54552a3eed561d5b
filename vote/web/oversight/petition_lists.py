"""What petitions ask of whoever begins a day of work: signers to check, answers that are due, and those that did not come.

* The committee is told of what was served on it; the office besides of what waits to be checked, and of what to report.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from starlette.requests import Request

from vote.oversight.petition.rules import PetitionState
from vote.oversight.petition.service import Standing
from vote.oversight.petition.views import petitions_of

CHECK = "check"


@dataclass(frozen=True, slots=True)
class Todo:
    """A petition that somebody has to see to."""

    estate: str
    found: Standing
    what: str
    """`check`, or how the petition stands: `served`, `lapsed`."""


def todo_of(estate: str, found: Standing, *, office: bool) -> Todo | None:
    """Return what is to be done about a petition, if anything is."""
    if found.state is PetitionState.COLLECTING:
        return Todo(estate, found, CHECK) if office and found.reached else None
    if found.state in {PetitionState.SERVED, PetitionState.LAPSED}:
        return Todo(estate, found, str(found.state))
    return None


async def todos_of(request: Request, offices: Iterable[str], committees: Iterable[str]) -> list[Todo]:
    """Return what is to be done in the estates whose office, or on whose committee, somebody is."""
    petitions, ours = petitions_of(request), set(offices)
    found = []
    for estate in dict.fromkeys((*ours, *committees)):
        for each in await petitions.listed(estate):
            todo = todo_of(estate, each, office=estate in ours)
            if todo is not None:
                found.append(todo)
    return found
