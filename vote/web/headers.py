"""Tells browsers what our pages may do, which is little: our own scripts where a page names them, nothing from elsewhere.

* A page without scripts may run none. A page with scripts may run those that carry its nonce, which is drawn for one answer.
* A file that is served may do nothing, so a worker, whose policy is that of its file, has no way out to any network.
* A view may set one of these headers itself; then its own stands.
* A site under TLS asks browsers never to come without it; nothing else of a page changes, as all that it loads is its own.
"""

import secrets

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "Content-Security-Policy"
STRICT = {
    POLICY: (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

UNDER_TLS = {"Strict-Transport-Security": "max-age=31536000"}
"""A year. Names below this site's are not ours to speak for."""


class Nonce:
    """What the scripts of one page carry; drawn only if the page has any."""

    def __init__(self) -> None:
        self._drawn: str | None = None

    def __html__(self) -> str:
        """Return it as templates write it."""
        if self._drawn is None:
            self._drawn = secrets.token_urlsafe(18)
        return self._drawn

    @property
    def headers(self) -> dict[str, str]:
        """What to say of a page that was written with it; nothing for a page without scripts."""
        if self._drawn is None:
            return {}
        scripts = f"script-src 'nonce-{self._drawn}'; worker-src 'self'; connect-src 'self'"
        return {POLICY: f"{STRICT[POLICY]}; {scripts}"}


class StrictHeaders:
    """Adds the headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer through the application inside."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_strictly(message: Message) -> None:
            if message["type"] == "http.response.start":
                tighten(MutableHeaders(scope=message), secure=scope["state"]["settings"].secure)
            await send(message)

        await self.app(scope, receive, send_strictly)


def tighten(headers: MutableHeaders, *, secure: bool = False) -> None:
    """Add the headers that an answer has not set itself; `secure` is whether the site is reached under TLS."""
    for name, value in (STRICT | UNDER_TLS if secure else STRICT).items():
        headers.setdefault(name, value)
