"""What was added to an estate's public record since somebody looked: the list, and what lets their browser check it.

* The list needs no script. Whether the record continues what was seen before only the visitor's own browser can tell, which
  remembers the last checkpoint (`static/src/verifying/since.ts`).
* Only what is published is listed.
"""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from vote.log.kinds import read_entry
from vote.log.reading import LogReader
from vote.oversight.summary.changes import changes_of, read_since
from vote.web.assets import asset_path
from vote.web.oversight.place import place_of_estate
from vote.web.page import page
from vote.web.rendering import reader_of, render
from vote.web.verifying.words import SAID

SHOWN = 200
"""Entries on a page."""


async def since_of(request: Request, estate: str) -> dict[str, Any] | None:
    """Return what a script needs to hold an estate's record to what was seen before; None while nothing is published."""
    reader = reader_of(request)
    published = await _log(request).find(estate)
    if published is None:
        return None
    address = f"/log/{estate}" + (f"/{published.log.number}" if published.log.number > 1 else "")
    return {
        "record": {"worker": asset_path("worker/log.js"), "address": address, "election": None},
        "words": {key: reader.pick(text) for key, text in SAID.items() if key.startswith(("record-", "sentence"))},
    }


async def changes(request: Request) -> Response:
    """Show what was added since a size; without one, the latest."""
    place = await place_of_estate(request)
    log = _log(request)
    published = await log.find(place.id)
    size = published.checkpoint.size if published else 0
    since = read_since(request.query_params.get("since", ""))
    begin = max(size - SHOWN, 0) if since is None else min(since, size)
    end = min(begin + SHOWN, size)
    bodies = await log.trees.entries(published.log.id, begin, end) if published else ()
    found = [read_entry(body, f"entry {number}") for number, body in enumerate(bodies, begin)]
    values = {
        "place": place,
        "size": size,
        "since": since,
        "shorter": since is not None and since > size,
        # A record that was begun anew counts from one again; who saw the one before is no witness against it.
        "anew": published is not None and published.log.number > 1,
        "first": begin + 1,
        "last": end,
        "changes": changes_of(place.id, found, begin),
        "next": end if end < size else None,
    }
    return render(request, "oversight/estate-changes.html", values)


def _log(request: Request) -> LogReader:
    reader: LogReader = request.state["log_reader"]
    return reader


routes: list[BaseRoute] = [
    page("/estates/{estate}/changes", changes, summary="What was added to an estate’s public record since a size"),
]
