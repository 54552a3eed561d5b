"""Some routes of the application over HTTP, in this process, with services of the test's choice."""

from collections.abc import Mapping, Sequence

import httpx
from starlette.applications import Starlette
from starlette.routing import BaseRoute
from starlette.types import Receive, Scope, Send

from vote.web.problems import handlers


def client(routes: Sequence[BaseRoute], services: Mapping[str, object]) -> httpx.AsyncClient:
    """Return a client of an application that has `routes` and hands `services` to them."""
    app = Starlette(routes=list(routes), exception_handlers=handlers)

    async def with_services(scope: Scope, receive: Receive, send: Send) -> None:
        await app({**scope, "state": dict(services)}, receive, send)

    return httpx.AsyncClient(transport=httpx.ASGITransport(with_services), base_url="http://test")
