"""Finds out who is signed in before a view is asked, and hands the browser its cookies.

* One cookie holds the session's word, another, made only where a form needs it, what the form's token is made from.
  Both are out of scripts' reach and stay on this site; under TLS their names say so to the browser (`__Host-`).
* In a restored copy nobody's use is written down.
"""

import hashlib
import secrets
from dataclasses import dataclass

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vote.account.sessions import SessionService
from vote.config import Settings
from vote.http import FORM_TOKEN, RECORDER, TOKEN_FIELD, VISITOR
from vote.role import Visitor
from vote.web.recording import record
from vote.web.rendering import COPY

WITHOUT_VISITOR = ("/health", "/metrics", "/static/", "/openapi.json")
SESSION, FORM = "session", "form"
_WORD_LENGTH = 64


def cookie_name(settings: Settings, name: str) -> str:
    """Return what a cookie is called: browsers hold `__Host-` cookies to TLS, this host and the whole site."""
    return f"__Host-{name}" if settings.secure else name


def sign_in_browser(request: Request, response: Response, word: str) -> None:
    """Give a browser the word of its session."""
    _set(response, request.state["settings"], SESSION, word)


def sign_out_browser(request: Request, response: Response) -> None:
    """Take it away."""
    settings: Settings = request.state["settings"]
    response.delete_cookie(
        cookie_name(settings, SESSION), path="/", secure=settings.secure, httponly=True, samesite="lax"
    )


def _set(response: Response, settings: Settings, name: str, value: str) -> None:
    response.set_cookie(
        cookie_name(settings, name), value, path="/", secure=settings.secure, httponly=True, samesite="lax"
    )


@dataclass(slots=True)
class FormToken:
    """The word that our forms carry; written into a template it is the form's hidden field."""

    _cookie: str
    """What it is made from; empty until a browser without it needs one."""
    fresh: bool = False
    """Whether the browser has to be given what it is made from."""

    @property
    def cookie(self) -> str:
        """What the browser keeps."""
        if not self._cookie:
            self._cookie, self.fresh = secrets.token_hex(32), True
        return self._cookie

    @property
    def value(self) -> str:
        """The word."""
        return hashlib.sha256(b"shanzhi form 1\n" + self.cookie.encode()).hexdigest()

    def __html__(self) -> str:
        return Markup('<input type="hidden" name="{}" value="{}">').format(TOKEN_FIELD, self.value)


class Visit:
    """Lets the application inside know who asks."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        if scope["type"] != "http" or scope["path"].startswith(WITHOUT_VISITOR):
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        settings: Settings = request.state["settings"]
        word = _read(request, cookie_name(settings, SESSION))
        visitor, renewed = await self._find(request, word)
        token = FormToken(self._form_word(request, visitor) or _read(request, cookie_name(settings, FORM)))
        scope[VISITOR], scope[FORM_TOKEN], scope[RECORDER] = visitor, token, record

        async def send_with_cookies(message: Message) -> None:
            if message["type"] == "http.response.start":
                carrier = Response()
                if renewed and not _signs(message, cookie_name(settings, SESSION)):
                    _set(carrier, settings, SESSION, renewed)
                if token.fresh:
                    _set(carrier, settings, FORM, token.cookie)
                cookies = [(name, value) for name, value in carrier.raw_headers if name == b"set-cookie"]
                message["headers"] = [*message["headers"], *cookies]
            await send(message)

        await self.app(scope, receive, send_with_cookies)

    def _form_word(self, request: Request, visitor: Visitor | None) -> str:
        sessions: SessionService = request.state["sessions"]
        return sessions.form_word(visitor) if visitor else ""

    async def _find(self, request: Request, word: str) -> tuple[Visitor | None, str | None]:
        if not word:
            return None, None
        sessions: SessionService = request.state["sessions"]
        found = await sessions.find(word, write=request.scope.get(COPY) is None)
        return (found.visitor, found.word) if found else (None, None)


def _read(request: Request, name: str) -> str:
    word = request.cookies.get(name, "")
    return word if len(word) == _WORD_LENGTH and word.isascii() and word.isalnum() else ""


def _signs(message: Message, name: str) -> bool:
    prefix = f"{name}=".encode()
    return any(key == b"set-cookie" and value.startswith(prefix) for key, value in message["headers"])
