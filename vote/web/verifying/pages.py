"""The page on which visitors check a receipt, a result and the whole archive in their own browser.

* The script fetches the public files and checks them; nothing is asked of the server but these files.
* Without a script the page says which commands check the same.
"""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from vote.ballot.receipt_words import FIRST, SECOND
from vote.config import Settings
from vote.log.reading import LogReader, Telling
from vote.verifier.bundle import ARCHIVE_SUFFIX, BOX, MANIFEST, RESULT, SET_ASIDE, SHARE_PROOFS
from vote.web.assets import asset_path
from vote.web.files import list_files
from vote.web.page import page
from vote.web.rendering import reader_of, render
from vote.web.seen import Seen, get_seen
from vote.web.verifying.words import SAID

STEPS = ("archive", "setup", "manifest", "box", "sum", "shares", "result", "published", "own", "ballots")
"""In the order in which the script goes through them."""
RECORD_STEPS = ("signed", "kept", "entries", "ballots", "receipt")
"""The same of an estate's public record."""
IS_PUBLISHED = "log_is_published"
"""Where in the application's state stands who knows whether an estate's record is published."""
_BESIDE = (MANIFEST, SHARE_PROOFS, RESULT, BOX, SET_ASIDE)


async def check(request: Request) -> Response:
    """Show how to check this vote, and check it in the browser."""
    seen = await get_seen(request)
    settings: Settings = request.state["settings"]
    reader, uuid = reader_of(request), seen.stored.uuid
    there = {file.name for file in await list_files(request, seen) if file.digest}
    address = f"{settings.public_url.rstrip('/')}/elections/{uuid}"
    data: dict[str, object] = {
        "worker": asset_path("worker/check.js"),
        "base": f"/elections/{uuid}",
        "archive": f"{uuid}{ARCHIVE_SUFFIX}",
        "there": [name for name in _BESIDE if name in there],
        "page": f"{address}/check",
        "words": {key: reader.pick(text) for key, text in SAID.items()},
        "receipts": {"first": FIRST, "second": SECOND},
        "record": None,
    }
    telling = await _telling_of(request, seen)
    if telling:
        log = f"/log/{seen.manifest.estate['id']}" + (f"/{telling.number}" if telling.number > 1 else "")
        # Ballots that lie in several logs are compared by the command alone.
        election = uuid if telling.whole else None
        data["record"] = {"worker": asset_path("worker/log.js"), "address": log, "election": election}
    values = {
        "seen": seen,
        "data": data,
        "steps": STEPS,
        "record_steps": RECORD_STEPS,
        "address": address,
        "telling": telling,
    }
    return render(request, "verifying/check.html", values)


async def _telling_of(request: Request, seen: Seen) -> Telling | None:
    """Return which public record of the estate tells of the vote; None while there is none."""
    is_published: Callable[[str], Awaitable[bool]] | None = request.scope["state"].get(IS_PUBLISHED)
    estate = seen.manifest.estate["id"]
    if is_published is None or not await is_published(estate):
        return None
    reader: LogReader = request.state["log_reader"]
    return await reader.telling(estate, seen.stored.uuid)


routes: list[BaseRoute] = [
    page("/elections/{election}/check", check, summary="A page that checks receipt, result and archive in the browser"),
]
