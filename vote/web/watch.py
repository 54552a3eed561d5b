"""Watches every request: a number for it, a line in the journal, a count in the metrics.

* The number is ours, never the caller's, and stands in the answer as `X-Request-Id`: an owner who is told that something
  went wrong can name it, and the operator finds the line.
* Neither address nor path nor query of a request is kept; see `vote.operation.journal`.
"""

import secrets
from time import perf_counter
from typing import Any

import structlog
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vote.operation.journal import tell, tell_error
from vote.operation.metrics import NO_ROUTE, Metrics
from vote.web.problems import REFUSAL

HEADER = "X-Request-Id"
FAULT = 500


class Watch:
    """Watches what the application inside answers."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer through the application inside."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        number, began, status = secrets.token_hex(8), perf_counter(), FAULT

        async def send_numbered(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = number
            await send(message)

        with structlog.contextvars.bound_contextvars(request=number):
            try:
                await self.app(scope, receive, send_numbered)
            except Exception as error:
                tell_error("request.failed", error)
                raise
            finally:
                self._keep(scope, status, perf_counter() - began)

    def _keep(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path_format", NO_ROUTE)
        reason = scope.get(REFUSAL)
        self.metrics.count_request(scope["method"], route, status, seconds, reason)
        facts: dict[str, Any] = {"reason": reason} if reason else {}
        tell("request", method=scope["method"], route=route, status=status, ms=round(seconds * 1000, 1), **facts)
