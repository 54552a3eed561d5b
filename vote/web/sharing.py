"""Tells browsers which files pages of other hosts may read: what anybody may fetch anyway, so that anybody can host a page that checks it.

* Public logs, and the files of an election and of an estate's records. Also that one of them is missing may be read.
* Nobody is recognised by what is sent along: no cookies are let through.
"""

import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SHARED = re.compile(
    r"/log/.*|/elections/[^/]+/(?:certificates/)?[^/]+\.(?:json|bel|pdf)|/estates/[^/]+/records(?:/[^/]+)?\.json|"
    r"/estates/[^/]+/records/[^/]+/files/[^/]+|/api/elections/[^/]+/ballots/.+\.tlog-proof"
)
HEADER = "Access-Control-Allow-Origin"


class Sharing:
    """Adds the header to what is shared."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer through the application inside."""
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"} or not _SHARED.fullmatch(scope["path"]):
            await self.app(scope, receive, send)
            return

        async def send_shared(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).setdefault(HEADER, "*")
            await send(message)

        await self.app(scope, receive, send_shared)
