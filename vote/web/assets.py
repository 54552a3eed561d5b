"""Serves the few files that pages need, each under a name that holds its digest, so that browsers keep it for good."""

import hashlib
from functools import cache
from importlib.resources import files

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_MEDIA = {"site.css": "text/css; charset=utf-8", "icon.svg": "image/svg+xml"}
_YEAR = "public, max-age=31536000, immutable"


def asset_path(name: str) -> str:
    """Return where a file is served, as in `/static/site.0f3c….css`.

    Raises:
        KeyError: there is no such file.
    """
    return f"/static/{_published()[name]}"


async def asset(request: Request) -> Response:
    """Return a file under its present name; an outdated name is not found."""
    for name, published in _published().items():
        if published == request.path_params["name"]:
            return Response(_read(name), media_type=_MEDIA[name], headers={"Cache-Control": _YEAR})
    raise HTTPException(404)


@cache
def _published() -> dict[str, str]:
    names = {}
    for name in _MEDIA:
        stem, _, suffix = name.rpartition(".")
        names[name] = f"{stem}.{hashlib.sha256(_read(name)).hexdigest()[:16]}.{suffix}"
    return names


@cache
def _read(name: str) -> bytes:
    return (files("vote.web") / "static" / name).read_bytes()


routes = [Route("/static/{name}", asset, name="asset")]
