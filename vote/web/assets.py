"""Serves the files that pages need, each under a name that holds its digest, so that browsers keep it for good.

* The style is every `static/*.css`, `site.css` first, as one file; scripts are those that `scripts/build_front.py` built.
* Everything is read once and kept, so a server goes on serving what its pages name while new files are built.
* `/assets.json` lists what is served, so that others can compare and keep it.
"""

import gzip
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from vote.web.headers import POLICY, STRICT

STYLE = "site.css"
FETCHING = "worker/log.js"
"""The one worker that fetches: a worker obeys the policy of its own file, not that of its page."""
BUILD = "scripts/build_front.py"
_MEDIA = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}
_YEAR = "public, max-age=31536000, immutable"


class NotBuiltError(Exception):
    """A page names a script that is not built."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is served."""

    file: str
    """Its name with the digest."""
    content: bytes
    sha256: str
    packed: Mapping[str, bytes]
    """The same by content coding, the best first."""

    @property
    def media(self) -> str:
        """Its media type."""
        return _MEDIA[self.file.rpartition(".")[2]]

    @property
    def path(self) -> str:
        """Where it is served."""
        return f"/static/{self.file}"


def asset_path(name: str) -> str:
    """Return where a file is served, as `/static/site.0f3c….css` for `site.css`.

    Raises:
        NotBuiltError: there is no such file, or it is a script that is not built.
    """
    try:
        return assets()[name].path
    except KeyError:
        raise NotBuiltError(f"{name} is not among the built files. Type: .venv/bin/python {BUILD}") from None


@cache
def assets() -> Mapping[str, Asset]:
    """Return everything that is served, by the names that templates use."""
    web = files("vote.web")
    static = web / "static"
    found = {STYLE: _named(STYLE, _style(static))}
    for each in static.iterdir():
        if each.name.endswith(".svg"):
            found[each.name] = _named(each.name, each.read_bytes())
    return {**found, **_built(web / "dist")}


async def asset(request: Request) -> Response:
    """Return a file under its present name; an outdated name is not found."""
    served = _by_file().get(request.path_params["name"])
    if served is None:
        raise HTTPException(404)
    headers = {"Cache-Control": _YEAR, "Vary": "Accept-Encoding"}
    if served is assets().get(FETCHING):
        headers[POLICY] = f"{STRICT[POLICY]}; connect-src 'self'"
    accepted = _codings(request.headers.get("accept-encoding", ""))
    for coding, content in served.packed.items():
        if coding in accepted:
            return Response(content, media_type=served.media, headers={**headers, "Content-Encoding": coding})
    return Response(served.content, media_type=served.media, headers=headers)


async def listing(_: Request) -> Response:
    """List what is served: path, size and SHA-256 of each file."""
    served = [
        {"name": name, "path": each.path, "bytes": len(each.content), "sha256": each.sha256}
        for name, each in sorted(assets().items())
    ]
    return JSONResponse({"version": 1, "assets": served}, headers={"Cache-Control": "no-cache"})


@cache
def _by_file() -> Mapping[str, Asset]:
    return {each.file: each for each in assets().values()}


def _style(static: Traversable) -> bytes:
    sheets = sorted((each for each in static.iterdir() if each.name.endswith(".css")), key=lambda each: each.name)
    return b"".join(each.read_bytes() for each in sorted(sheets, key=lambda each: each.name != STYLE))


def _named(name: str, content: bytes) -> Asset:
    stem, _, suffix = name.rpartition(".")
    sha256 = hashlib.sha256(content).hexdigest()
    return Asset(f"{stem}.{sha256[:16]}.{suffix}", content, sha256, {"gzip": gzip.compress(content, mtime=0)})


def _built(dist: Traversable) -> dict[str, Asset]:
    index = dist / "assets.json"
    if not index.is_file():
        return {}
    return {
        name: Asset(
            entry["file"],
            (dist / entry["file"]).read_bytes(),
            entry["sha256"],
            {"br": (dist / f"{entry['file']}.br").read_bytes(), "gzip": (dist / f"{entry['file']}.gz").read_bytes()},
        )
        for name, entry in json.loads(index.read_bytes()).items()
    }


def _codings(header: str) -> set[str]:
    """Return the content codings that a browser takes."""
    taken = set()
    for each in header.lower().split(","):
        coding, _, weight = each.partition(";")
        if weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}:
            taken.add(coding.strip())
    return taken


routes = [Route("/static/{name}", asset, name="asset"), Route("/assets.json", listing, name="assets")]
