"""How a page is declared: its path, its view, what it is for, who may open it.

 * A page that not everybody may open looks for a signed-in visitor who may; without one it leads to signing in.
 * Whoever may open it is judged by the address: `{election}` by the duties held in that election and by the estate it
   belongs to, `{estate}` and `{roll}` by the estate, and without any of them by any role of the kind.
 * What a form sends is taken from our own pages only: the browser says so, or the form's hidden token does.

Not here: who a visitor is and what they may do (`vote.account`), the programming interface (`vote.http`).
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from vote.errors import RefusedError
from vote.http import TOKEN_FIELD, TOKEN_HEADER, judge, place_of, require_own_page, signed_in
from vote.role import Role, Visitor
from vote.web.form import FORM_BYTES, close_form, form_of, limit_form
from vote.web.rendering import render

PageView = Callable[[Request], Awaitable[Response]]
SIGN_IN = "/sign-in"


@dataclass(frozen=True, slots=True)
class Page:
    """A declared page, as the reference lists it."""

    method: str
    summary: str
    roles: tuple[Role, ...]
    """Who may open it; empty for everybody."""
    signed_in: bool
    """Whether everybody who has signed in may, whatever their roles."""
    status: int
    """Of a success."""
    apart: tuple[Role, ...]
    """The duties with which one is not staff here."""

    @property
    def who(self) -> str:
        """Who may open it, in one line."""
        return ", ".join(self.roles) or ("signed in" if self.signed_in else "public")


def page(
    path: str,
    view: PageView,
    *,
    summary: str,
    roles: tuple[Role, ...] = (),
    method: str = "GET",
    signed_in: bool = False,
    max_bytes: int = FORM_BYTES,
    status: int | None = None,
    apart: tuple[Role, ...] = (),
) -> Route:
    """Declare a page, or what one of its forms sends.

    Args:
        path: the route; see the module about what its parameters mean for who may open it.
        view: gets the request; `vote.http.actor_of` says who is acting where `roles` is not empty.
        summary: one line for the reference.
        roles: who may open it; empty for everybody.
        method: GET for a page, POST for a form.
        signed_in: whether one has to be signed in, whatever one's roles.
        max_bytes: longer forms are refused.
        status: of a success; by default 200 for a page, and 303 for a form, which leads on to one.
        apart: the duties with which one is not staff here.
    """

    async def endpoint(request: Request) -> Response:
        limit_form(request, max_bytes)
        try:
            if method == "POST":
                await _require_own_form(request)
            refusal = await _admit(request, roles, apart) if roles or signed_in else None
            return refusal or await view(request)
        finally:
            await close_form(request)

    success = status or (HTTPStatus.OK if method == "GET" else HTTPStatus.SEE_OTHER)
    endpoint.page = Page(method, summary, roles, signed_in, success, apart)  # type: ignore[attr-defined]
    endpoint.__name__ = view.__name__
    return Route(path, endpoint, methods=[method], name=f"{view.__module__}:{view.__name__}")


def visitor_of(request: Request) -> Visitor | None:
    """Return who has signed in in the browser that asks; None if nobody has."""
    return signed_in(request)


def sign_in_path(request: Request) -> str:
    """Return where to sign in, and come back from."""
    query = request.url.query
    return f"{SIGN_IN}?{urlencode({'next': request.url.path + (f'?{query}' if query else '')})}"


async def _admit(request: Request, roles: tuple[Role, ...], apart: tuple[Role, ...]) -> Response | None:
    """Note as whom the visitor acts, or return the page that says why they may not."""
    visitor = visitor_of(request)
    if visitor is None:
        if request.method == "GET":
            return RedirectResponse(sign_in_path(request), HTTPStatus.SEE_OTHER)
        return render(request, "sign_in/signed-out.html", {}, HTTPStatus.UNAUTHORIZED)
    if roles:
        try:
            request.scope["actor"] = await judge(request, visitor, roles, place_of(request), apart)
        except RefusedError:
            values = {
                "apart": [str(role) for role in apart],
                "needed": [str(role) for role in roles],
                "name": visitor.name,
            }
            return render(request, "sign_in/not-allowed.html", values, HTTPStatus.FORBIDDEN)
    return None


async def _require_own_form(request: Request) -> None:
    token = request.headers.get(TOKEN_HEADER, "")
    if not token and "sec-fetch-site" not in request.headers and request.headers.get("origin", "null") == "null":
        token = str((await form_of(request)).get(TOKEN_FIELD, ""))
    require_own_page(request, token)
