"""Views about role keys."""

from starlette.requests import Request

from vote.account.separation import NEEDED
from vote.account.service import AccountService
from vote.errors import Reason, RefusedError
from vote.http import Strict, actor_of, operation
from vote.role import Role


class KeyAnswer(Strict):
    """A new role key; it is shown this once."""

    key: str


class EventCounts(Strict):
    """How often each kind of event happened."""

    counts: dict[str, int]


async def count_events(request: Request, _: None) -> EventCounts:
    """Return how often personal data was looked at and what others rely on was changed."""
    accounts: AccountService = request.state["authority"]
    return EventCounts(counts=dict(await accounts.count_events(request.path_params["election"])))


async def replace_trustee_key(request: Request, _: None) -> KeyAnswer:
    """Hand a trustee a new key in the place of a lost one."""
    accounts: AccountService = request.state["authority"]
    path = request.path_params
    return KeyAnswer(key=await accounts.replace_key(path["election"], Role.TRUSTEE, path["trustee"], actor_of(request)))


async def replace_key(request: Request, _: None) -> KeyAnswer:
    """Hand whoever has a duty a new key in the place of a lost one."""
    accounts: AccountService = request.state["authority"]
    path = request.path_params
    role = path["duty"]
    if role not in NEEDED:
        raise RefusedError(Reason.NOT_FOUND, f"There is no duty of this name: it is one of {', '.join(NEEDED)}.")
    return KeyAnswer(key=await accounts.replace_key(path["election"], Role(role), path["slot"], actor_of(request)))


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
        summary="Replace a trustee's lost role key",
    ),
    operation(
        "/api/elections/{election}/duties/{duty}/{slot:number}/key",
        replace_key,
        method="POST",
        role=Role.STAFF,
        answer=KeyAnswer,
        status=201,
        summary="Replace the lost role key of another duty",
    ),
]
