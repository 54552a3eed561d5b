"""Views about the installation: alive, ready, the figures. Not for owners; nothing here names an election or a person."""

import hmac
from dataclasses import asdict

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from vote.config import Settings
from vote.errors import Reason, RefusedError
from vote.operation.health import Health
from vote.operation.metrics import MEDIA, Metrics

NO_STORE = {"Cache-Control": "no-store"}


async def alive(_: Request) -> Response:
    """Say that the program answers."""
    return JSONResponse({"status": "ok"}, headers=NO_STORE)


async def ready(request: Request) -> Response:
    """Say whether everything is there that voting needs, and what is not."""
    health: Health = request.state["health"]
    troubles = await health.troubles()
    body = {"status": "not ready" if troubles else "ready", "problems": [asdict(each) for each in troubles]}
    return JSONResponse(body, 503 if troubles else 200, headers=NO_STORE)


async def metrics(request: Request) -> Response:
    """Show the figures to whoever has the key to them."""
    settings: Settings = request.state["settings"]
    figures: Metrics = request.state["metrics"]
    health: Health = request.state["health"]
    if not settings.metrics:
        raise HTTPException(404)
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not hmac.compare_digest(key.strip().encode(), settings.metrics_token().encode()):
        raise RefusedError(Reason.NOT_SIGNED_IN, "The figures need their key: send it as `Authorization: Bearer KEY`.")
    return Response(await figures.write(health.store), media_type=MEDIA, headers=NO_STORE)


routes = [
    Route("/health", alive, name="health"),
    Route("/health/ready", ready, name="health:ready"),
    Route("/metrics", metrics, name="metrics"),
]
