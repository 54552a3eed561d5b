"""Writes calls of the programming interface down as events, where their own views do not do it.

* A look is written down before the answer goes out: what cannot be written down is not shown.
* A change is written down in the transaction that makes it, so that neither is there without the other. What is refused
  leaves nothing.
* Pages say it themselves, as one page may show several things.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Final

from starlette.requests import Request

from vote.account.events import EventKind, EventService
from vote.db import together_with
from vote.http import CONCERNED, Operation, actor_of, place_of

_ROLL, _ELECTION = "/api/rolls/{roll:number}", "/api/elections/{election}"

RECORDED: Final[Mapping[tuple[str, str], EventKind]] = {
    ("POST", "/api/estates/{estate}/rolls"): EventKind.ROLL_IMPORTED,
    ("GET", f"{_ROLL}/objections"): EventKind.OBJECTION_SEEN,
    ("POST", f"{_ROLL}/objections"): EventKind.OBJECTION_WRITTEN,
    ("POST", f"{_ROLL}/objections/{{objection:number}}/answer"): EventKind.OBJECTION_ANSWERED,
    ("POST", f"{_ROLL}/phones"): EventKind.PHONE_CHANGED,
    ("POST", f"{_ROLL}/freeze"): EventKind.ROLL_FROZEN,
    ("GET", f"{_ROLL}/entitlements/{{entitlement:number}}/proof"): EventKind.ROLL_SEEN,
    ("GET", f"{_ELECTION}/registrar/request"): EventKind.ROLL_SEEN,
    ("POST", f"{_ELECTION}/phones/confirmations"): EventKind.PHONE_CHANGED,
    ("GET", f"{_ELECTION}/phones/changes"): EventKind.PHONE_SEEN,
    ("POST", f"{_ELECTION}/phones/changes"): EventKind.PHONE_CHANGED,
    ("POST", f"{_ELECTION}/phones/changes/{{change:number}}/accept"): EventKind.PHONE_CHANGED,
    ("POST", f"{_ELECTION}/phones/changes/{{change:number}}/refuse"): EventKind.PHONE_CHANGED,
    ("POST", f"{_ELECTION}/seal"): EventKind.ELECTION_SEALED,
    ("POST", f"{_ELECTION}/notice"): EventKind.ELECTION_NOTICED,
    ("POST", f"{_ELECTION}/extend"): EventKind.ELECTION_EXTENDED,
    ("POST", f"{_ELECTION}/withdraw"): EventKind.CANDIDATE_WITHDRAWN,
    ("POST", f"{_ELECTION}/correct"): EventKind.ROLL_CORRECTED,
    ("POST", f"{_ELECTION}/annul"): EventKind.ELECTION_ANNULLED,
}
"""By method and path as declared."""


@asynccontextmanager
async def record(request: Request, operation: Operation) -> AsyncIterator[None]:
    """Write down what is done inside, if it is one of `RECORDED`."""
    kind = RECORDED.get((operation.method, operation.path))
    if kind is None:
        yield
        return
    events: EventService = request.state["events"]
    place = place_of(request)

    async def write() -> None:
        owners = request.scope.get(CONCERNED)
        await events.record(
            actor_of(request),
            kind,
            estate=place.estate,
            election=place.election,
            roll=place.roll,
            owners=owners or (),
            count=1 if owners is None else len(owners),
        )

    if operation.method == "GET":
        yield
        await write()
        return
    async with together_with(write):
        yield
