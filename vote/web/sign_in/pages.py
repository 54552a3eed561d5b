"""The pages on which people sign in and out. Not here: invitations (`joining`), an account's own page (`own`)."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute

from vote.account.allowances import Tried
from vote.account.passkeys import PasskeyService
from vote.account.recoveries import RecoveryService
from vote.account.sessions import SessionService
from vote.config import Settings
from vote.errors import RefusedError
from vote.law.citation import Text
from vote.web.form import FormError, form_of, read_form
from vote.web.page import page, visitor_of
from vote.web.problems import STATUS, said
from vote.web.rendering import render
from vote.web.sign_in import colleagues, joining, own, provider
from vote.web.sign_in.answers import read_answer
from vote.web.sign_in.beginning import allow, begin_session, better_address, next_path
from vote.web.visit import sign_out_browser


class CodeForm(BaseModel):
    """A recovery code."""

    code: str
    next: str = ""


async def show_sign_in(request: Request) -> Response:
    """Show how to sign in; whoever is signed in goes on."""
    elsewhere = better_address(request)
    if elsewhere:
        return RedirectResponse(elsewhere, 303)
    if visitor_of(request) is not None and "again" not in request.query_params:
        return RedirectResponse(next_path(request.query_params.get("next", "")), 303)
    return _sign_in_page(request, request.query_params.get("next", ""))


async def ask_passkey(request: Request) -> Response:
    """Hand a script what the device has to answer."""
    await allow(request, Tried.SIGN_IN)
    passkeys: PasskeyService = request.state["passkeys"]
    return Response(await passkeys.ask_to_sign_in(), media_type="application/json")


async def sign_in_by_passkey(request: Request) -> Response:
    """Sign in with what a device answered; the answer says where to go on."""
    await allow(request, Tried.SIGN_IN)
    passkeys: PasskeyService = request.state["passkeys"]
    body = await read_answer(request)
    account = await passkeys.sign_in(body.credential)
    answer = JSONResponse({"next": next_path(body.next)})
    await begin_session(request, answer, account, "passkey")
    return answer


async def sign_in_by_code(request: Request) -> Response:
    """Sign in with a code on paper, which works without script."""
    recoveries: RecoveryService = request.state["recoveries"]
    try:
        form = await read_form(request, CodeForm)
        await allow(request, Tried.RECOVERY_CODE)
        account = await recoveries.sign_in(form.code)
    except FormError as error:
        return _sign_in_page(request, error.values.get("next", ""), error.errors, 400)
    except RefusedError as error:
        typed = (await form_of(request)).get("next", "")
        return _sign_in_page(request, str(typed), {"code": said(error)}, STATUS[error.reason])
    answer = RedirectResponse(next_path(form.next), 303)
    await begin_session(request, answer, account, "recovery")
    return answer


async def sign_out(request: Request) -> Response:
    """End this browser's session."""
    visitor = visitor_of(request)
    answer = RedirectResponse("/", 303)
    if visitor is not None:
        sessions: SessionService = request.state["sessions"]
        await sessions.end(visitor.account, visitor.session)
    sign_out_browser(request, answer)
    return answer


def _sign_in_page(
    request: Request, asked: str, errors: Mapping[str, Text] | None = None, status: int = 200
) -> Response:
    settings: Settings = request.state["settings"]
    shown = settings.oidc_name if settings.oidc_issuer else ""
    values: dict[str, Any] = {"next": asked, "errors": errors or {}, "provider": shown, "refusal": None}
    return render(request, "sign_in/sign-in.html", values, status)


routes: list[BaseRoute] = [
    page("/sign-in", show_sign_in, summary="Sign in with a passkey or a recovery code"),
    page("/sign-in/challenge", ask_passkey, summary="What a passkey has to answer", method="POST", status=200),
    page("/sign-in/passkey", sign_in_by_passkey, summary="Sign in with a passkey", method="POST", status=200),
    page("/sign-in", sign_in_by_code, summary="Sign in with a recovery code", method="POST"),
    page("/sign-out", sign_out, summary="Sign this browser out", method="POST"),
    *provider.routes,
    *joining.routes,
    *own.routes,
    *colleagues.routes,
]
