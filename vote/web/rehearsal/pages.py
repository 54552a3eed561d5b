"""The page of the demonstration that hands out letters, phones and offices' keys of made-up people.

* Only under `vote demo` with its file of messages; anywhere else these addresses are not found.
* What is shown here is secret in earnest: letters lie with owners, keys with offices.
"""

import json
from pathlib import Path
from typing import Any, NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from vote.config import Settings
from vote.message.rules import decode_message
from vote.web.page import page
from vote.web.rendering import render

GUESTS = "guests.json"
LATEST = 5
"""Messages that are shown of a phone, the newest first."""
_FILE = "file:"


class Phone(NamedTuple):
    """A made-up owner's phone."""

    number: str
    messages: list[str]


async def hall(request: Request) -> Response:
    """Show what a visitor may be: one of some owners, or the offices that sign."""
    folder = _folder(request)
    guests = json.loads((folder / GUESTS).read_bytes())
    numbers = [f"+86{letter['phone']}" for letter in guests["letters"]]
    phones = _read_phones(_messages(request), numbers)
    letters = [
        {**letter, "messages": phones[number]} for letter, number in zip(guests["letters"], numbers, strict=True)
    ]
    return render(request, "rehearsal/hall.html", {"guests": guests, "letters": letters, "demo": True})


async def office_key(request: Request) -> Response:
    """Hand out a made-up office's key file."""
    folder, office = _folder(request), request.path_params["office"]
    guests = json.loads((folder / GUESTS).read_bytes())
    if office not in guests["counted"]["offices"]:
        raise HTTPException(404)
    file = folder / guests["counted"]["folder"] / guests["counted"]["offices"][office]["file"]
    headers = {"Content-Disposition": f'attachment; filename="{office}.key"', "Cache-Control": "no-store"}
    return Response(file.read_bytes(), media_type="application/octet-stream", headers=headers)


def _messages(request: Request) -> Path:
    settings: Settings = request.state["settings"]
    if not settings.demo or not settings.messages.startswith(_FILE):
        raise HTTPException(404)
    return Path(settings.messages.removeprefix(_FILE))


def _folder(request: Request) -> Path:
    folder = _messages(request).parent
    if not (folder / GUESTS).is_file():
        raise HTTPException(404)
    return folder


def _read_phones(file: Path, numbers: list[str]) -> dict[str, list[str]]:
    """Return the latest messages of each number, the newest first."""
    found: dict[str, list[str]] = {number: [] for number in numbers}
    if file.exists():
        for line in file.read_bytes().splitlines():
            fields: dict[str, Any] = json.loads(line)
            if fields["number"] in found:
                said = json.dumps({"kind": fields["kind"], "blanks": fields["blanks"]}).encode()
                found[fields["number"]].insert(0, decode_message(said).text)
    return {number: texts[:LATEST] for number, texts in found.items()}


routes: list[BaseRoute] = [
    page("/demo", hall, summary="Of the demonstration only: letters, phones and keys of made-up people"),
    page("/demo/keys/{office}", office_key, summary="Of the demonstration only: a made-up office's key file"),
]
