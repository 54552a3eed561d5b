"""An account's own page: tasks, ways to sign in, signed-in devices, what was done in one's name."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute

from vote.account.events import EventService
from vote.account.invitations import InvitationService
from vote.account.passkeys import PasskeyService
from vote.account.people import PeopleService
from vote.account.provider import ProviderService
from vote.account.recoveries import RecoveryService
from vote.account.sessions import SessionService, require_fresh
from vote.account.task import Task
from vote.config import Settings
from vote.errors import RefusedError
from vote.law.citation import Text
from vote.role import Role, Visitor
from vote.web.page import page, visitor_of
from vote.web.problems import STATUS, said
from vote.web.rendering import render
from vote.web.sign_in.answers import read_answer
from vote.web.sign_in.beginning import ACCOUNT, once

EVENTS = 50
"""How many of the latest are shown."""


async def show(request: Request) -> Response:
    """Show one's account."""
    return await _account_page(request)


async def ask_passkey(request: Request) -> Response:
    """Hand a script what another device needs to sign this account in."""
    passkeys: PasskeyService = request.state["passkeys"]
    people: PeopleService = request.state["accounts"]
    visitor = own(request)
    require_fresh(visitor)
    handle = await people.handle(visitor.account)
    return Response(await passkeys.ask_for_new(handle, visitor.name, visitor.account), media_type="application/json")


async def add_passkey(request: Request) -> Response:
    """Add a passkey."""
    passkeys: PasskeyService = request.state["passkeys"]
    visitor = own(request)
    require_fresh(visitor)
    body = await read_answer(request)
    await passkeys.add(visitor, body.credential, body.label)
    return JSONResponse({"next": ACCOUNT})


async def remove_passkey(request: Request) -> Response:
    """Remove a passkey."""
    passkeys: PasskeyService = request.state["passkeys"]
    visitor = own(request)
    try:
        require_fresh(visitor)
        await passkeys.remove(visitor, request.path_params["passkey"])
    except RefusedError as error:
        return await _account_page(request, said(error), STATUS[error.reason])
    return RedirectResponse(ACCOUNT, 303)


async def renew_codes(request: Request) -> Response:
    """Show new codes, once; older ones are worthless from then on."""
    recoveries: RecoveryService = request.state["recoveries"]
    visitor = own(request)
    try:
        require_fresh(visitor)
        codes = await recoveries.renew(visitor)
    except RefusedError as error:
        return await _account_page(request, said(error), STATUS[error.reason])
    return once(render(request, "sign_in/codes.html", {"codes": codes, "name": visitor.name}))


async def end_session(request: Request) -> Response:
    """Sign a device out."""
    sessions: SessionService = request.state["sessions"]
    visitor = own(request)
    try:
        await sessions.end(visitor.account, request.path_params["session"])
    except RefusedError as error:
        return await _account_page(request, said(error), STATUS[error.reason])
    return RedirectResponse(ACCOUNT, 303)


async def end_other_sessions(request: Request) -> Response:
    """Sign every other device out."""
    sessions: SessionService = request.state["sessions"]
    visitor = own(request)
    await sessions.end_others(visitor.account, visitor.session)
    return RedirectResponse(ACCOUNT, 303)


def own(request: Request) -> Visitor:
    """Return who is signed in, on a page that nobody else may open."""
    visitor = visitor_of(request)
    assert visitor is not None
    return visitor


async def _account_page(request: Request, refusal: Text | None = None, status: int = 200) -> Response:
    visitor = own(request)
    people: PeopleService = request.state["accounts"]
    passkeys: PasskeyService = request.state["passkeys"]
    recoveries: RecoveryService = request.state["recoveries"]
    sessions: SessionService = request.state["sessions"]
    events: EventService = request.state["events"]
    invitations: InvitationService = request.state["invitations"]
    providers: ProviderService = request.state["provider"]
    settings: Settings = request.state["settings"]
    tasks = await people.tasks(visitor.account)
    values = {
        "me": visitor,
        "is_new": "new" in request.query_params,
        "refusal": refusal,
        "tasks": [(task, task_path(task)) for task in tasks],
        "scopes": [await invitations.names(scope) for scope in visitor.grants],
        "passkeys": await passkeys.all(visitor.account),
        "codes_left": await recoveries.left(visitor.account),
        "sessions": await sessions.all(visitor.account),
        "events": await events.of_account(visitor.account, EVENTS),
        "provider": settings.oidc_name if settings.oidc_issuer else "",
        "linked": await providers.is_linked(visitor.account),
    }
    return render(request, "sign_in/account.html", values, status)


def task_path(task: Task) -> str:
    """Return where a duty is done."""
    return TASK_PATHS[task.duty.role].format(task.duty.election)


TASK_PATHS: Mapping[Role, str] = {
    Role.REGISTRAR: "/holders/{}/letters",
    Role.TRUSTEE: "/holders/{}",
    Role.PHONES: "/work/elections/{}/phones",
    Role.DESK: "/work/elections/{}/phones",
    Role.ORGANISER: "/work/elections/{}",
    Role.COMMUNITY: "/work/elections/{}",
    Role.SUB_DISTRICT: "/work/elections/{}/finish",
}
"""Where each duty begins, by the election's number."""

routes: list[BaseRoute] = [
    page("/account", show, summary="One's own account: tasks, ways to sign in, devices, events", signed_in=True),
    page(
        "/account/passkeys/challenge",
        ask_passkey,
        summary="What another device needs to sign one in",
        method="POST",
        signed_in=True,
        status=200,
    ),
    page("/account/passkeys", add_passkey, summary="Add a passkey", method="POST", signed_in=True, status=200),
    page(
        "/account/passkeys/{passkey:number}/remove",
        remove_passkey,
        summary="Remove a passkey",
        method="POST",
        signed_in=True,
    ),
    page(
        "/account/codes",
        renew_codes,
        summary="Show new recovery codes, once",
        method="POST",
        signed_in=True,
        status=200,
    ),
    page(
        "/account/sessions/{session:number}/end",
        end_session,
        summary="Sign a device out",
        method="POST",
        signed_in=True,
    ),
    page(
        "/account/sessions/end-others",
        end_other_sessions,
        summary="Sign every other device out",
        method="POST",
        signed_in=True,
    ),
]
