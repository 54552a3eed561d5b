"""The whole application in this process, asked over HTTP, on a database of its own; time stands until it is moved."""

from collections.abc import AsyncIterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from tests import databases
from tests.vote.impersonal import require_impersonal
from vote.config import Settings
from vote.message.rules import Kind, Message
from vote.oversight.record.media import look_at
from vote.roll.reader import read_sheets
from vote.roll.rules import read_roll
from vote.web.app import create_app

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
OPENS = datetime(2026, 12, 20, 0, 0, tzinfo=UTC)
CLOSES = datetime(2026, 12, 30, 10, 0, tzinfo=UTC)
CHECKS = datetime(2027, 1, 3, 0, 0, tzinfo=UTC)
"""The three days for disputes are over."""
STAFF = "staff-token-of-a-test"
URL = "http://vote.test"
CLOCKED = (
    *(f"vote.{area}.service" for area in ("roll", "election", "message", "phone", "credential")),
    *(f"vote.credential.{module}" for module in ("second_factor", "consent", "reissue", "desk_check", "recognising")),
    "vote.roll.drafting",
    "vote.phone.telling",
    *(f"vote.web.clerk.{module}" for module in ("today", "settling")),
    *(f"vote.{area}.service" for area in ("ballot", "check", "tally", "jobs")),
    *(f"vote.certificate.{module}" for module in ("keeping", "objecting", "service")),
    *(
        f"vote.account.{module}"
        for module in (
            "allowances",
            "events",
            "invitations",
            "passkeys",
            "people",
            "provider",
            "recoveries",
            "replacing",
            "service",
            "sessions",
        )
    ),
    "vote.delivery.service",
    *(f"vote.oversight.{area}.service" for area in ("duty", "book")),
    "vote.formation.service",
    "vote.oversight.duty.phones",
    "vote.oversight.duty.telling",
    "vote.oversight.book.importing",
    "vote.web.oversight.book_pages",
    "vote.oversight.record.service",
    "vote.oversight.summary.service",
    *(f"vote.oversight.{area}.service" for area in ("inquiry", "interest")),
    *(f"vote.oversight.petition.{module}" for module in ("service", "signing", "rounds")),
    "vote.log.sequencing",
    "vote.log.publishing",
    "vote.log.watching",
    "vote.election.outlining",
    "vote.election.rehearsing",
    *(f"vote.web.preparing.{module}" for module in ("asking", "links", "setup", "watching")),
)
"""Modules that ask the database for the time."""


class Clock:
    """Stands in for the database's clock."""

    def __init__(self) -> None:
        self.now = NOON

    async def __call__(self) -> datetime:
        return self.now

    def rule(self, patch: pytest.MonkeyPatch) -> "Clock":
        """Let every service ask this clock."""
        for module in CLOCKED:
            patch.setattr(f"{module}.database_now", self)
        return self


def read_here(patch: pytest.MonkeyPatch) -> None:
    """Let rolls, statements and attachments be read in this process, which is quicker than in one of their own."""
    patch.setattr("vote.roll.service.read_apart", lambda data, *choices: read_roll(read_sheets(data), *choices))
    for module in ("vote.roll.drafting", "vote.oversight.book.importing"):
        patch.setattr(f"{module}.open_apart", read_sheets)
    patch.setattr("vote.oversight.record.service.look_apart", lambda files: [look_at(each) for each in files])


class Phones:
    """Takes messages as a carrier does, and keeps them as phones do."""

    def __init__(self) -> None:
        self.messages: list[tuple[str, Message]] = []
        """Number and message, in the order taken."""

    async def send(self, number: str, message: Message, reference: str, *, again: bool = False) -> None:
        """Take a message."""
        self.messages.append((number, message))

    async def close(self) -> None:
        """Hold nothing."""

    def code(self, number: str) -> str:
        """Return the last code that came to a phone."""
        return next(
            message.blanks["code"]
            for to, message in reversed(self.messages)
            if to == number and message.kind is Kind.CODE
        )


@dataclass(frozen=True)
class Platform:
    """A running application."""

    http: httpx.AsyncClient
    app: ASGIApp
    """With its lifespan's state, for whoever calls it without `http`."""
    services: Mapping[str, Any]
    settings: Settings
    clock: Clock
    phones: Phones
    """Where messages to owners arrive."""

    async def ask(self, method: str, path: str, *, key: str | None = STAFF, **request: Any) -> httpx.Response:
        """Send a request with a bearer key; `content` is sent as JSON unless headers say otherwise."""
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        if "content" in request:
            headers["Content-Type"] = "application/json"
        return await self.http.request(method, path, headers={**headers, **request.pop("headers", {})}, **request)

    async def get(self, path: str, **request: Any) -> bytes:
        """Return what a page serves, which must be there."""
        return (await self.ask("GET", path, **request)).raise_for_status().content

    async def post(self, path: str, **request: Any) -> Any:
        """Post something that must be accepted; return the JSON answered, if there is any."""
        answer = await self.ask("POST", path, **request)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    def contents(self) -> dict[str, list[tuple[object, ...]]]:
        """Return every row of every table, read by another connection."""
        return databases.contents(self.settings.db)

    def count(self, table: str) -> int:
        """Return how many rows a table has."""
        return len(self.contents()[table])


@asynccontextmanager
async def open_platform(
    database: str, folder: Path, clock: Clock, *, demo: bool = False, keep: bool = False
) -> AsyncIterator[Platform]:
    """Run the application on a copy of the database at the URL `database`, with its keys in `folder`.

    With `keep`, the copy stays afterwards for whoever goes on from it.
    """
    secrets = {"data.key": "11" * 32, "signing.key": "22" * 32, "log.key": "33" * 32, "staff.token": STAFF}
    for name, text in secrets.items():
        (folder / name).write_text(text)
    with databases.copied(database, folder, keep=keep) as url:
        settings = Settings(
            db=url,
            data_key_file=folder / "data.key",
            signing_key_file=folder / "signing.key",
            log_key_file=folder / "log.key",
            staff_token_file=folder / "staff.token",
            public_url=URL,
            demo=demo,
        )
        async with _running(settings, clock) as platform:
            yield platform
        require_impersonal(url, {number for number, _ in platform.phones.messages})


@asynccontextmanager
async def _running(settings: Settings, clock: Clock) -> AsyncIterator[Platform]:
    phones = Phones()
    with ThreadPoolExecutor(1) as executor, pytest.MonkeyPatch.context() as patch:
        patch.setattr("vote.web.services.open_carrier", lambda *_, **__: phones)
        app = create_app(settings, executor)
        async with app.router.lifespan_context(app) as state:
            assert state is not None

            async def running(scope: Scope, receive: Receive, send: Send) -> None:
                await app({**scope, "state": dict(state)}, receive, send)

            transport = httpx.ASGITransport(running)
            async with httpx.AsyncClient(transport=transport, base_url=URL) as http:
                yield Platform(http, running, state, settings, clock, phones)


def assert_refused(answer: httpx.Response, status: int, reason: str, words: str) -> None:
    """Check that an answer is a problem document of one sentence that holds `words`."""
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem.keys() == {"type", "status", "reason", "title", "detail"}
    assert (answer.status_code, problem["status"], problem["reason"]) == (status, status, reason), problem
    assert words in problem["detail"], problem
    assert "\n" not in problem["detail"]
