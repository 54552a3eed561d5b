"""Views about public logs, as C2SP tlog-tiles lays them out: whoever can fetch files can copy and verify one.

* Nothing is cached but tiles and bundles, which never change.
* A restored copy that was taken into use begins a further log, with its number behind the estate's.
"""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from crypto.encoding import hex_digest
from vote.http import operation
from vote.log.reading import LogReader, PublishedLog
from vote.log.stamp_store import FOLDER

TEXT, BYTES = "text/plain; charset=utf-8", "application/octet-stream"
AGAIN = "no-cache"
FOR_GOOD = "public, max-age=31536000, immutable"
READER = "log_reader"
"""Where in the application's state stands the reader of public logs."""
_LOG, _FURTHER = "/log/{estate}", "/log/{estate}/{number:number}"

View = Callable[[Request, PublishedLog], Awaitable[Response]]


async def checkpoint(request: Request, published: PublishedLog) -> Response:
    """Return the newest checkpoint with what witnesses signed below it."""
    return _file(request, published.checkpoint.note, TEXT, AGAIN)


async def part(request: Request, published: PublishedLog) -> Response:
    """Return a tile or a bundle of entries."""
    data = await reader_of(request).part(published, f"tile/{request.path_params['part']}")
    return _file(request, data, BYTES, FOR_GOOD)


async def anchor(request: Request, published: PublishedLog) -> Response:
    """Return a time stamp of a checkpoint, or what was stamped."""
    data = await reader_of(request).anchor(published, f"{FOLDER}/{request.path_params['anchor']}")
    return _file(request, data, BYTES, FOR_GOOD)


async def policy(request: Request, published: PublishedLog) -> Response:
    """Return whose signatures count."""
    return _file(request, await reader_of(request).policy(published), TEXT, AGAIN)


async def key(request: Request, published: PublishedLog) -> Response:
    """Return the log's verifier key."""
    return _file(request, f"{published.log.verifier_key}\n".encode(), TEXT, AGAIN)


def reader_of(request: Request) -> LogReader:
    """Return the reader of public logs."""
    reader: LogReader = request.state[READER]
    return reader


def _file(request: Request, data: bytes, media: str, caching: str) -> Response:
    tag = f'"{hex_digest(data)[:32]}"'
    headers = {"Cache-Control": caching, "ETag": tag}
    known = [each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")]
    if tag in known or known == ["*"]:
        return Response(status_code=304, headers=headers)
    return Response(data, media_type=media, headers=headers)


def _routes(path: str, view: View, summary: str, media: str) -> list[Route]:
    """Declare a file of an estate's first log, and of those behind it."""

    async def first(request: Request, _: None) -> Response:
        return await view(request, await reader_of(request).get(request.path_params["estate"]))

    async def further(request: Request, _: None) -> Response:
        parameters = request.path_params
        return await view(request, await reader_of(request).get_further(parameters["estate"], parameters["number"]))

    first.__name__, further.__name__ = view.__name__, f"further_{view.__name__}"
    return [
        operation(f"{_LOG}/{path}", first, summary=summary, answer=media),
        operation(f"{_FURTHER}/{path}", further, summary=f"{summary}, of a further log", answer=media),
    ]


routes = [
    *_routes("checkpoint", checkpoint, "The newest checkpoint of an estate's public log", TEXT),
    *_routes("tile/{part:path}", part, "A tile or a bundle of entries of a public log", BYTES),
    *_routes(f"{FOLDER}/{{anchor}}", anchor, "A time stamp of a checkpoint, or what was stamped", BYTES),
    *_routes("policy", policy, "Whose signatures a public log needs", TEXT),
    *_routes("key", key, "The verifier key of a public log", TEXT),
]
