"""Speaks HTTP for a witness: takes checkpoints from logs, and shows monitors the ones cosigned last.

* A body is read up to its limit and for a limited time.
* What a log did wrong is also said on the screen of the one who runs the witness.
"""

import asyncio
from collections.abc import Callable

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from crypto.note import encode_verifier_key, signature_line
from vote.errors import UnavailableError
from vote.witness.rules import MAX_REQUEST_BYTES, Refusal, Status
from vote.witness.service import WitnessService

SIZE_MEDIA = "text/x.tlog.size"
BODY_SECONDS = 10
_OK, _TOO_SLOW, _TOO_LARGE, _AWAY = 200, 408, 413, 503


def create_app(service: WitnessService, tell: Callable[[str], None]) -> Starlette:
    """Return the application of a witness; `tell` shows a sentence to the one who runs it."""
    app = Starlette(
        routes=[
            Route("/", home),
            Route("/add-checkpoint", add_checkpoint, methods=["POST"]),
            Route("/{digest}/checkpoint", show_checkpoint),
        ],
        exception_handlers={UnavailableError: be_away},
    )
    app.state.service, app.state.tell = service, tell
    return app


async def add_checkpoint(request: Request) -> Response:
    """POST /add-checkpoint."""
    try:
        async with asyncio.timeout(BODY_SECONDS):
            data = await _read(request)
    except (TimeoutError, ClientDisconnect):
        return _say("the request took too long", _TOO_SLOW)
    if data is None:
        return _say(f"more than {MAX_REQUEST_BYTES} bytes", _TOO_LARGE)
    answer = await run_in_threadpool(_service(request).add, data)
    return _refuse(request, answer) if isinstance(answer, Refusal) else PlainTextResponse(signature_line(answer))


async def show_checkpoint(request: Request) -> Response:
    """GET /DIGEST/checkpoint, the digest being the SHA-256 of a log's origin in hex."""
    found = await run_in_threadpool(_service(request).find, request.path_params["digest"])
    if found is None:
        return _say("no checkpoint of this log was cosigned here", Status.UNKNOWN)
    return PlainTextResponse(found, headers={"Cache-Control": "no-store"})


async def home(request: Request) -> Response:
    """GET /: the key by which others know this witness."""
    return _say(encode_verifier_key(_service(request).key.verifier), _OK)


async def be_away(request: Request, error: Exception) -> Response:
    """Answer that nothing was signed, since nothing can be kept."""
    request.app.state.tell(f"记不下来，所以没有签名。\nNothing was signed: {error}.")
    return _say(str(error), _AWAY)


def _refuse(request: Request, refusal: Refusal) -> Response:
    if refusal.two_stories:
        request.app.state.tell(
            f"注意：一个日志签了两份不同的内容（都是 {refusal.size} 条），证据已存下，见 vote witness show。\n"
            f"Attention: a log signed two different trees of {refusal.size} entries; see `vote witness show`."
        )
    if refusal.status is Status.NOT_LATEST:
        # Given as a header, since a media type of text would get a charset.
        return Response(f"{refusal.size}\n", refusal.status, {"Content-Type": SIZE_MEDIA})
    return _say(refusal.sentence, refusal.status)


async def _read(request: Request) -> bytes | None:
    data = bytearray()
    async for part in request.stream():
        data += part
        if len(data) > MAX_REQUEST_BYTES:
            return None
    return bytes(data)


def _service(request: Request) -> WitnessService:
    service: WitnessService = request.app.state.service
    return service


def _say(sentence: str, status: int) -> Response:
    return PlainTextResponse(f"{sentence}\n", status)
