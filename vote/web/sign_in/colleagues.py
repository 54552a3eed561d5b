"""The page on which staff see who else is staff in their area, invite others and take tasks back."""

import segno
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from vote.account.invitations import GOOD_FOR, InvitationService
from vote.account.sessions import require_fresh
from vote.config import Settings
from vote.errors import RefusedError
from vote.law.citation import Text
from vote.role import Role, Scope
from vote.web.form import FormError, form_of, read_form
from vote.web.page import page
from vote.web.problems import STATUS, said
from vote.web.rendering import render
from vote.web.sign_in.beginning import once
from vote.web.sign_in.own import own

PATH = "/staff"
_CHOOSE = Text("请从列出的里面选一项。", "Choose one of those listed.")


class InviteForm(BaseModel):
    """Who is invited, and where."""

    name: str
    scope: str


async def show(request: Request) -> Response:
    """Show who is staff."""
    return await _page(request, {})


async def invite(request: Request) -> Response:
    """Show a link by which somebody becomes staff, once."""
    invitations: InvitationService = request.state["invitations"]
    settings: Settings = request.state["settings"]
    visitor = own(request)
    try:
        require_fresh(visitor)
        form = await read_form(request, InviteForm)
        scope = {scope_value(each): each for each, _ in await invitations.scopes(visitor)}.get(form.scope)
        if scope is None:
            return await _page(request, {"scope": _CHOOSE}, 400)
        word = await invitations.invite(form.name, scope, visitor)
    except FormError as error:
        return await _page(request, error.errors, 400)
    except RefusedError as error:
        return await _page(request, {"": said(error)}, STATUS[error.reason])
    address = f"{settings.public_url}/join#{word}"
    values = {
        "name": form.name,
        "where": await invitations.names(scope),
        "address": address,
        "picture": segno.make(address, error="m").svg_data_uri(scale=5, border=3, light="white"),
        "days": GOOD_FOR.days,
    }
    return once(render(request, "sign_in/invited.html", values))


async def revoke(request: Request) -> Response:
    """Let somebody be staff no longer."""
    invitations: InvitationService = request.state["invitations"]
    visitor = own(request)
    try:
        require_fresh(visitor)
        await invitations.revoke(visitor, request.path_params["grant"])
    except RefusedError as error:
        return await _page(request, {"": said(error)}, STATUS[error.reason])
    return RedirectResponse(PATH, 303)


def scope_value(scope: Scope) -> str:
    """Return a scope as the form sends it."""
    if scope.role is Role.COMMITTEE:
        return f"c:{scope.estate}"
    return f"e:{scope.estate}" if scope.estate is not None else f"d:{scope.division}" if scope.division else "*"


async def _page(request: Request, errors: dict[str, Text] | object, status: int = 200) -> Response:
    invitations: InvitationService = request.state["invitations"]
    visitor = own(request)
    typed = await form_of(request) if request.method == "POST" else {}
    scopes = [(scope_value(scope), names) for scope, names in await invitations.scopes(visitor)]
    values = {
        "me": visitor,
        "errors": errors,
        "name": typed.get("name", ""),
        "scope": typed.get("scope", scopes[0][0] if len(scopes) == 1 else ""),
        "scopes": scopes,
        "colleagues": await invitations.colleagues(visitor),
    }
    return render(request, "sign_in/staff.html", values, status)


routes: list[BaseRoute] = [
    page(PATH, show, summary="Who is staff in one's area", roles=(Role.STAFF,)),
    page(
        "/staff/invite", invite, summary="Invite staff into one's area", roles=(Role.STAFF,), method="POST", status=200
    ),
    page(
        "/staff/grants/{grant:number}/revoke",
        revoke,
        summary="Let somebody be staff no longer",
        roles=(Role.STAFF,),
        method="POST",
    ),
]
