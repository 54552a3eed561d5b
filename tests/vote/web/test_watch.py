"""Every request gets a number and a line, and no line names anybody."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from tests.vote.assembly import SURNAMES, Assembly, People
from tests.vote.conftest import AREAS, ASKS, STEPS
from tests.vote.operation.journals import kept, lines
from tests.vote.platform import STAFF, Platform
from vote.operation.journal import KEYS
from vote.operation.metrics import Metrics
from vote.web.watch import HEADER, Watch


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """The journal of one test."""
    with kept() as written:
        yield written


async def _show(request: Request) -> Response:
    if request.path_params["name"] == "fault":
        raise KeyError("张三 13900000000")
    return PlainTextResponse("shown")


def _client() -> httpx.AsyncClient:
    app = Starlette(routes=[Route("/owners/{name}", _show)], middleware=[Middleware(Watch, metrics=Metrics())])
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://test")


async def test_a_request_is_told_by_its_route_with_the_number_that_the_answer_carries(stream: io.StringIO) -> None:
    async with _client() as http:
        answer = await http.get("/owners/zhangsan?tracker=abc", headers={HEADER: "from outside"})
        missing = await http.get("/zhangsan")
    shown, none = lines(stream)
    assert shown["ms"] >= 0
    assert {name: shown[name] for name in ("event", "method", "route", "status", "request")} == {
        "event": "request",
        "method": "GET",
        "route": "/owners/{name}",
        "status": 200,
        "request": answer.headers[HEADER],
    }
    assert (none["route"], none["status"]) == ("(none)", 404)
    assert missing.headers[HEADER] != answer.headers[HEADER] != "from outside"
    assert len(answer.headers[HEADER]) == 16
    assert "zhangsan" not in stream.getvalue()
    assert "abc" not in stream.getvalue()


async def test_a_fault_is_told_with_its_place_and_counted(stream: io.StringIO) -> None:
    async with _client() as http:
        answer = await http.get("/owners/fault")
    assert answer.status_code == 500
    failed, told = lines(stream)
    assert (failed["event"], failed["error"], failed["level"]) == ("request.failed", "builtins.KeyError", "error")
    assert failed["where"][-1].startswith("tests.vote.web.test_watch:")
    assert failed["request"] == told["request"]
    assert (told["event"], told["status"]) == ("request", 500)
    assert "张三" not in stream.getvalue()


async def test_a_refusal_is_told_with_its_reason(platform: Platform, stream: io.StringIO) -> None:
    await platform.ask("GET", "/elections/nobody")
    await platform.ask("POST", "/api/estates", key="wrong")
    assert [(line["status"], line["reason"]) for line in lines(stream)] == [
        (404, "not-found"),
        (403, "not-allowed"),
    ]


def _texts(value: object) -> Iterator[str]:
    """Yield every text that somebody keeps."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, Sequence):
        for each in value:
            yield from _texts(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))


async def test_a_whole_election_names_nobody_in_the_journal(platform: Platform, stream: io.StringIO) -> None:
    assembly = Assembly(platform, People(AREAS, ASKS))
    for step in STEPS.values():
        await step(assembly)
    await platform.ask("GET", f"{assembly.pages}?tracker=abc", headers={"Accept": "text/html"})
    for path in ("result", "archive"):
        await platform.ask("GET", f"{assembly.pages}/{path}", headers={"Accept": "text/html"})
    told = lines(stream)
    assert len(told) > 40
    assert {name for line in told for name in line} <= KEYS
    journal = stream.getvalue()
    people = assembly.people
    secrets = {text for text in _texts([getattr(people, field.name) for field in fields(people)]) if len(text) > 5}
    secrets -= {text for ask in ASKS for text in _texts(ask)}
    assert len(secrets) >= 15
    box = platform.contents()["ballot"]
    trackers = {value for row in box for value in row if isinstance(value, str) and len(value) == 43}
    assert len(trackers) == 5
    personal = {f"{surname}一" for surname in SURNAMES} | {"1990000", "E100000", "楼", "tracker", people.uuid, STAFF}
    assert [each for each in (*secrets, *trackers, *personal) if each in journal] == []
