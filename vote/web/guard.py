"""Stands before every view: nothing is written in a restored copy, and a database that is away is no mistake of ours.

* Whether the database is a copy is asked anew for everything that writes; pages may learn of it some seconds late.
* The addresses that say how the installation is, and files that are always the same, are answered without asking.
"""

from time import monotonic

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vote.operation.outage import is_outage
from vote.operation.rules import Copy
from vote.operation.service import CopyService
from vote.web.problems import on_copy, on_outage
from vote.web.rendering import COPY

READS = frozenset({"GET", "HEAD", "OPTIONS"})
SECONDS = 5
"""How long pages rely on what was found."""
WITHOUT_DATABASE = ("/health", "/metrics", "/static/", "/assets.json", "/openapi.json")


class Guard:
    """Lets the application inside answer, or says why it cannot."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._copy: Copy | None = None
        self._asked_at = -float(SECONDS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        if scope["type"] != "http" or scope["path"].startswith(WITHOUT_DATABASE):
            await self.app(scope, receive, send)
            return
        begun = False

        async def send_begun(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        request = Request(scope, receive)
        try:
            scope[COPY] = await self._find(request)
            if scope[COPY] and scope["method"] not in READS:
                answer = await on_copy(request, scope[COPY])
                await answer(scope, receive, send)
                return
            await self.app(scope, receive, send_begun)
        except Exception as error:
            if begun or not is_outage(error):
                raise
            answer = await on_outage(request, error)
            await answer(scope, receive, send)

    async def _find(self, request: Request) -> Copy | None:
        if request.method not in READS or monotonic() - self._asked_at >= SECONDS:
            copies: CopyService = request.state["copies"]
            self._copy = await copies.find()
            self._asked_at = monotonic()
        return self._copy
