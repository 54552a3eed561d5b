"""Views about role keys."""

from datetime import datetime
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from vote.account.replacement import Replacement
from vote.account.replacing import ReplacingService
from vote.account.separation import NEEDED
from vote.account.service import AccountService
from vote.errors import Reason, RefusedError
from vote.http import Strict, actor_of, operation
from vote.role import Role


class KeyAnswer(Strict):
    """A new role key; it is shown this once."""

    key: str


class KeyRequestBody(Strict):
    """That a new role key is asked for in a sealed election."""

    duty: str
    slot: int
    asked_at: datetime
    agreed: bool
    """Whether a second person has agreed."""
    ready_at: datetime
    """From when on the same call hands the key out."""


class KeyRequests(Strict):
    """The new role keys that are asked for."""

    requests: list[KeyRequestBody]


class EventCounts(Strict):
    """How often each kind of event happened."""

    counts: dict[str, int]


async def count_events(request: Request, _: None) -> EventCounts:
    """Return how often personal data was looked at and what others rely on was changed."""
    accounts: AccountService = request.state["authority"]
    return EventCounts(counts=dict(await accounts.count_events(request.path_params["election"])))


async def replace_trustee_key(request: Request, _: None) -> Response:
    """Ask for a new key for a trustee, or hand it out when it may be."""
    return await _replace(request, Role.TRUSTEE, request.path_params["trustee"])


async def replace_key(request: Request, _: None) -> Response:
    """Ask for a new key for another duty, or hand it out when it may be."""
    return await _replace(request, _duty(request), request.path_params["slot"])


async def list_requests(request: Request, _: None) -> KeyRequests:
    """Return the places of an election for which a new key is asked."""
    election = request.path_params["election"]
    found = (await _replacing(request).open_in([election])).get(election, ())
    return KeyRequests(requests=[_body(each) for each in found])


async def agree(request: Request, _: None) -> Response:
    """Agree to a new key as the second person."""
    role, slot = _named(request), request.path_params["slot"]
    await _replacing(request).agree(request.path_params["election"], role, slot, actor_of(request))
    return Response(status_code=HTTPStatus.NO_CONTENT)


async def stop(request: Request, _: None) -> Response:
    """Let a place stay with whoever has it."""
    role, slot = _named(request), request.path_params["slot"]
    await _replacing(request).stop(request.path_params["election"], role, slot, actor_of(request))
    return Response(status_code=HTTPStatus.NO_CONTENT)


async def _replace(request: Request, role: Role, slot: int) -> Response:
    found = await _replacing(request).ask(request.path_params["election"], role, slot, actor_of(request))
    if isinstance(found, str):
        return JSONResponse(KeyAnswer(key=found).model_dump(exclude_none=True), HTTPStatus.CREATED)
    return JSONResponse(_body(found).model_dump(mode="json"), HTTPStatus.ACCEPTED)


def _body(found: Replacement) -> KeyRequestBody:
    return KeyRequestBody(
        duty=str(found.role),
        slot=found.slot,
        asked_at=found.asked_at,
        agreed=found.agreed_at is not None,
        ready_at=found.ready_at,
    )


def _duty(request: Request) -> Role:
    role = request.path_params["duty"]
    if role not in NEEDED:
        raise RefusedError(Reason.NOT_FOUND, f"There is no duty of this name: it is one of {', '.join(NEEDED)}.")
    return Role(role)


def _named(request: Request) -> Role:
    return Role.TRUSTEE if request.path_params["duty"] == Role.TRUSTEE else _duty(request)


def _replacing(request: Request) -> ReplacingService:
    service: ReplacingService = request.state["replacing"]
    return service


_DUTY = "/api/elections/{election}/duties/{duty}/{slot:number}/key"
_DUTIES = (*NEEDED, Role.TRUSTEE)

routes = [
    operation(
        "/api/elections/{election}/event-counts",
        count_events,
        answer=EventCounts,
        summary="Count looks at personal data and changes, by kind",
    ),
    operation(
        "/api/elections/{election}/trustees/{trustee:number}/key",
        replace_trustee_key,
        method="POST",
        role=Role.STAFF,
        answer=KeyAnswer,
        status=201,
        waits=KeyRequestBody,
        summary="Replace a trustee's lost role key, or ask for that",
    ),
    operation(
        _DUTY,
        replace_key,
        method="POST",
        role=Role.STAFF,
        answer=KeyAnswer,
        status=201,
        waits=KeyRequestBody,
        summary="Replace the lost role key of another duty, or ask for that",
    ),
    operation(
        "/api/elections/{election}/key-requests",
        list_requests,
        role=Role.STAFF,
        also=_DUTIES,
        answer=KeyRequests,
        summary="List the new role keys that are asked for",
    ),
    operation(
        f"{_DUTY}/agree",
        agree,
        method="POST",
        role=Role.STAFF,
        also=_DUTIES,
        status=204,
        summary="Agree to a new role key as the second person",
    ),
    operation(
        f"{_DUTY}/stop",
        stop,
        method="POST",
        role=Role.STAFF,
        also=_DUTIES,
        status=204,
        summary="Let a place stay as it is",
    ),
]
