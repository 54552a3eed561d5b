"""How a page is declared: its path, its view, what it is for, who may open it.

 * A page that not everybody may open looks for a signed-in visitor who may; without one it leads to signing in.
 * Whoever may open it is judged by the address: `{election}` by the duties held in that election and by the estate it
   belongs to, `{estate}` and `{roll}` by the estate, and without any of them by any role of the kind.

Not here: who a visitor is and what they may do (`vote.account`), the programming interface (`vote.http`).
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from vote.role import Role

PageView = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Page:
    """A declared page, as the reference lists it."""

    method: str
    summary: str
    roles: tuple[Role, ...]
    """Who may open it; empty for everybody."""


def page(path: str, view: PageView, *, summary: str, roles: tuple[Role, ...] = (), method: str = "GET") -> Route:
    """Declare a page, or what one of its forms sends.

    Args:
        path: the route; see the module about what its parameters mean for who may open it.
        view: gets the request; `vote.http.actor_of` says who is acting where `roles` is not empty.
        summary: one line for the reference.
        roles: who may open it; empty for everybody.
        method: GET for a page, POST for a form.
    """

    async def endpoint(request: Request) -> Response:
        return await view(request)

    endpoint.page = Page(method, summary, roles)  # type: ignore[attr-defined]
    endpoint.__name__ = view.__name__
    return Route(path, endpoint, methods=[method], name=f"{view.__module__}:{view.__name__}")
