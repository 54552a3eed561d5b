"""Writes down, from a page, who looked at personal data or changed what others rely on.

The place is the election that the address names, unless another one is given. Owners concerned are named by their numbers in the
roll; where nobody in particular is, `count` says how many owners or rows it was about.
"""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any

from starlette.requests import Request

from vote.account.events import EventKind, EventService
from vote.http import actor_of


async def note(
    request: Request,
    kind: EventKind,
    *,
    estate: str | None = None,
    election: str | None = None,
    roll: int | None = None,
    owners: Sequence[int] = (),
    count: int = 1,
) -> None:
    """Write down what the visitor did, or looks at: before it is shown."""
    place = _place(request, estate, election, roll)
    await _events(request).record(actor_of(request), kind, **place, owners=owners, count=count)


def noted(
    request: Request,
    kind: EventKind,
    *,
    estate: str | None = None,
    election: str | None = None,
    roll: int | None = None,
    owners: Sequence[int] = (),
    count: int = 1,
) -> AbstractAsyncContextManager[None]:
    """Write down what the visitor changes inside, in the same transaction."""
    place = _place(request, estate, election, roll)
    return _events(request).beside(actor_of(request), kind, **place, owners=owners, count=count)


def _place(request: Request, estate: str | None, election: str | None, roll: int | None) -> dict[str, Any]:
    if estate is None and election is None and roll is None:
        election = request.path_params["election"]
    return {"estate": estate, "election": election, "roll": roll}


def _events(request: Request) -> EventService:
    events: EventService = request.state["events"]
    return events
