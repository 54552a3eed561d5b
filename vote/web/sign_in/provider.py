"""Signing in through a provider, and linking one's account to it."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from vote.account.allowances import Tried
from vote.account.provider import RETURN, ProviderService
from vote.account.sessions import require_fresh
from vote.config import Settings
from vote.errors import Reason, RefusedError
from vote.web.page import page
from vote.web.problems import STATUS, said
from vote.web.rendering import render
from vote.web.sign_in.beginning import ACCOUNT, allow, begin_session, next_path
from vote.web.sign_in.own import own
from vote.web.visit import cookie_name

_COOKIE = "provider"


async def send(request: Request) -> Response:
    """Lead to the provider."""
    await allow(request, Tried.SIGN_IN)
    return await _send(request, next_path(request.query_params.get("next", "")), None)


async def link(request: Request) -> Response:
    """Lead to the provider, to link one's account to it."""
    visitor = own(request)
    require_fresh(visitor)
    # Led here from elsewhere, somebody would link an account that they were signed in to there without knowing it.
    if request.headers.get("sec-fetch-site") != "same-origin":
        raise RefusedError(Reason.NOT_ALLOWED, "请在“我的账号”里点【关联】。 Begin on your account’s page.")
    return await _send(request, ACCOUNT, visitor.account)


async def unlink(request: Request) -> Response:
    """Let the provider sign one in no longer."""
    visitor = own(request)
    require_fresh(visitor)
    providers: ProviderService = request.state["provider"]
    await providers.unlink(visitor.account)
    return RedirectResponse(ACCOUNT, 303)


async def come_back(request: Request) -> Response:
    """Take whoever comes back from the provider in."""
    providers: ProviderService = request.state["provider"]
    settings: Settings = request.state["settings"]
    query = request.query_params
    try:
        await allow(request, Tried.SIGN_IN)
        word = request.cookies.get(cookie_name(settings, _COOKIE), "")
        back = await providers.finish(query.get("state", ""), query.get("code", ""), word)
    except RefusedError as error:
        values = {"next": "", "errors": {}, "provider": settings.oidc_name, "refusal": said(error)}
        return render(request, "sign_in/sign-in.html", values, STATUS[error.reason])
    answer = RedirectResponse(back.next, 303)
    answer.delete_cookie(
        cookie_name(settings, _COOKIE), path="/", secure=settings.secure, httponly=True, samesite="lax"
    )
    if not back.linked:
        await begin_session(request, answer, back.account, "provider")
    return answer


async def _send(request: Request, onward: str, account: int | None) -> Response:
    providers: ProviderService = request.state["provider"]
    settings: Settings = request.state["settings"]
    sent = await providers.send(onward, account)
    answer = RedirectResponse(sent.address, 303)
    answer.set_cookie(
        cookie_name(settings, _COOKIE),
        sent.word,
        max_age=600,
        path="/",
        secure=settings.secure,
        httponly=True,
        samesite="lax",
    )
    return answer


routes: list[BaseRoute] = [
    page("/sign-in/provider", send, summary="Lead to the provider that signs people in", status=303),
    page(RETURN, come_back, summary="Take whoever comes back from the provider in", status=303),
    page(
        "/account/provider",
        link,
        summary="Lead to the provider, to link one’s account to it",
        signed_in=True,
        status=303,
    ),
    page("/account/provider/unlink", unlink, summary="Unlink one’s account from it", method="POST", signed_in=True),
]
