"""In a restored copy nothing is written; a database that is away is told as such, and is no fault."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from tests.vote.assembly import Assembly
from tests.vote.conftest import NO
from tests.vote.platform import Platform, assert_refused
from tests.vote.web.markup import HTML, read_page
from vote.errors import UnavailableError
from vote.operation.models import RestoredCopy
from vote.operation.rules import Copy
from vote.web import guard
from vote.web.guard import Guard
from vote.web.problems import handlers

MADE = datetime(2026, 12, 10, 8, 30, tzinfo=UTC)
COPY = Copy("b" * 32, MADE, MADE + timedelta(hours=1))


@pytest.fixture
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pages ask anew every time."""
    monkeypatch.setattr(guard, "SECONDS", 0)


async def _restore() -> None:
    await RestoredCopy.create(backup=COPY.backup, made_at=COPY.made_at, restored_at=COPY.restored_at)


@pytest.mark.usefixtures("_at_once")
async def test_a_copy_takes_no_ballot_until_it_is_adopted(opened: Assembly) -> None:
    platform = opened.platform
    ballot = await opened.ballot(1, [NO, [0, 0, 1, 0]])
    await _restore()
    answer = await opened.send(ballot)
    assert_refused(answer, 503, "restored-copy", "from a backup made at 2026-12-10 08:30:00 UTC")
    assert "vote db adopt" in answer.json()["detail"]
    assert platform.count("ballot") == platform.count("ballot_intake") == 0
    with pytest.raises(UnavailableError):
        await platform.services["worker"].work_once()
    (uuid,) = await platform.services["copies"].adopt("the disk broke")
    assert uuid == opened.uuid
    assert (await opened.send(ballot)).status_code == 201


@pytest.mark.usefixtures("_at_once")
async def test_staff_cannot_write_in_a_copy_either(platform: Platform) -> None:
    await _restore()
    before = platform.contents()
    answer = await platform.ask("POST", "/api/estates", json={})
    assert (answer.status_code, answer.json()["reason"]) == (503, "restored-copy")
    assert platform.contents() == before


@pytest.mark.usefixtures("_at_once")
@pytest.mark.parametrize(("language", "words"), [("zh-CN", "网站刚从备份恢复"), ("en", "restored from a backup")])
async def test_every_page_of_a_copy_says_so(opened: Assembly, language: str, words: str) -> None:
    headers = {**HTML, "Accept-Language": language}
    pages = ("/", opened.pages, f"{opened.pages}/archive", "/estates/xinyuan", "/elections/nobody")
    for page in pages:
        assert words not in (await opened.platform.ask("GET", page, headers=headers)).text
    await _restore()
    for page in pages:
        text = read_page(await opened.platform.ask("GET", page, headers=headers), language).text
        assert words in text
        assert "16:30" in text  # China's time of the backup
    answer = await opened.platform.ask("POST", f"{opened.api}/ballots", headers=headers)
    assert words in read_page(answer, language).text


async def test_pages_may_learn_of_it_late_but_writing_does_not(platform: Platform) -> None:
    await platform.ask("GET", "/", headers=HTML)
    await _restore()
    assert "网站刚从备份恢复" not in (await platform.ask("GET", "/", headers=HTML)).text
    assert (await platform.ask("POST", "/api/estates", json={})).status_code == 503
    assert "网站刚从备份恢复" in (await platform.ask("GET", "/", headers=HTML)).text


class _Copies:
    """Stands in for what looks into the database."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.asked = 0

    async def find(self) -> Copy | None:
        self.asked += 1
        if self.error:
            raise self.error
        return None


async def _view(request: Request) -> Response:
    name = request.path_params["name"]
    if name == "away":
        raise ConnectionRefusedError
    if name == "bug":
        raise KeyError
    if name == "half":

        def pieces() -> Iterator[str]:
            yield "the first half"
            raise ConnectionResetError

        return StreamingResponse(pieces())
    return PlainTextResponse("well")


def _client(copies: _Copies, *, told: bool = False) -> httpx.AsyncClient:
    routes = [Route("/static/{name}", _view), Route("/{name}", _view, methods=["GET", "POST"])]
    app = Starlette(routes=routes, middleware=[Middleware(Guard)], exception_handlers=handlers)

    async def with_copies(scope: Scope, receive: Receive, send: Send) -> None:
        await app({**scope, "state": {"copies": copies}}, receive, send)

    transport = httpx.ASGITransport(with_copies, raise_app_exceptions=told)
    return httpx.AsyncClient(transport=transport, base_url="http://test")


@pytest.mark.parametrize("path", ["/away", "/well"])
async def test_a_database_that_is_away_is_no_fault(path: str) -> None:
    copies = _Copies(ConnectionRefusedError() if path == "/well" else None)
    async with _client(copies) as http:
        answer = await http.get(path)
        page = await http.get(path, headers={**HTML, "Accept-Language": "zh-CN"})
    assert_refused(answer, 503, "unavailable", "Try again")
    assert answer.headers["retry-after"] == "30"
    assert page.status_code == 503
    assert "fault" not in read_page(page).text


async def test_a_mistake_of_ours_stays_one() -> None:
    async with _client(_Copies()) as http:
        answer = await http.get("/bug")
    assert (answer.status_code, answer.json()["reason"]) == (500, "fault")


async def test_an_answer_that_has_begun_is_broken_off() -> None:
    """Its status is sent: nothing else can be said any more."""
    async with _client(_Copies(), told=True) as http:
        with pytest.raises(ConnectionResetError):
            await http.get("/half")


async def test_what_needs_no_database_asks_none() -> None:
    copies = _Copies(ConnectionRefusedError())
    async with _client(copies) as http:
        for path in ("/static/well", "/health", "/metrics", "/openapi.json"):
            assert (await http.get(path)).text == "well"
    assert copies.asked == 0


async def test_whether_it_is_a_copy_is_not_asked_for_every_page() -> None:
    copies = _Copies()
    async with _client(copies) as http:
        for _ in range(5):
            await http.get("/well")
        assert copies.asked == 1
        await http.post("/well")
    assert copies.asked == 2
