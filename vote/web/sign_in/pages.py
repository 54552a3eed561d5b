"""The pages on which people sign in, accept an invitation and see what was done in their name."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from vote.account.sessions import SessionService
from vote.web.page import page, visitor_of
from vote.web.rendering import render
from vote.web.visit import sign_out_browser


async def show_sign_in(request: Request) -> Response:
    """Show how to sign in."""
    return render(request, "sign_in/sign-in.html", {})


async def sign_out(request: Request) -> Response:
    """End this browser's session."""
    visitor = visitor_of(request)
    answer = RedirectResponse("/", 303)
    if visitor is not None:
        sessions: SessionService = request.state["sessions"]
        await sessions.end(visitor.account, visitor.session)
    sign_out_browser(request, answer)
    return answer


routes: list[BaseRoute] = [
    page("/sign-in", show_sign_in, summary="Sign in with a passkey or a recovery code"),
    page("/sign-out", sign_out, summary="Sign this browser out", method="POST"),
]
