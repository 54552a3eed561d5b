"""Refusals: a page for people, a problem document for programs."""

from concurrent.futures.process import BrokenProcessPool

import httpx
import pytest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from crypto.errors import MalformedError
from tests.vote.serving import client
from tests.vote.web.markup import HTML, read_page
from vote.errors import ContradictionError, Reason, RefusedError, UnavailableError
from vote.web.headers import STRICT
from vote.web.problems import STATUS, TITLE_ZH, handlers
from vote.web.words import TEXTS

ERRORS: dict[str, tuple[Exception, int]] = {
    **{str(reason): (RefusedError(reason, "This is why."), STATUS[reason]) for reason in Reason},
    "unavailable": (UnavailableError("later"), 503),
    "contradiction": (ContradictionError("a secret of the operator"), 500),
}
TOLD = {"unavailable": "later", "contradiction": "a secret of the operator"}
"""What the operator's log says of it."""


async def _raise(request: Request) -> Response:
    name = request.path_params["name"]
    if name == "crypto":
        raise MalformedError("ballot: it is not JSON")
    if name.isdigit():
        raise HTTPException(int(name))
    raise ERRORS[name][0]  # of "bug" there is none


ROUTES = [Route("/{name}", _raise)]


def test_every_reason_has_a_status_and_a_title() -> None:
    assert set(STATUS) == set(TITLE_ZH) == set(Reason)


@pytest.mark.parametrize("name", ERRORS)
async def test_a_program_gets_a_problem_document(name: str, caplog: pytest.LogCaptureFixture) -> None:
    async with client(ROUTES, {}) as http:
        answer = await http.get(f"/{name}", headers={"Accept": "*/*"})
    assert [record.getMessage() for record in caplog.records] == [
        f"{name}: {TOLD[name]}" for name in {name} & TOLD.keys()
    ]
    assert answer.status_code == ERRORS[name][1]
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert (body["status"], body["reason"]) == (answer.status_code, name)
    assert "secret" not in answer.text


@pytest.mark.parametrize("name", ERRORS)
@pytest.mark.parametrize("language", ["zh-CN", "en"])
async def test_a_person_gets_one_sentence_and_a_way_back(name: str, language: str) -> None:
    async with client(ROUTES, {}) as http:
        answer = await http.get(f"/{name}", headers={**HTML, "Accept-Language": language})
    assert answer.status_code == ERRORS[name][1]
    page = read_page(answer, language)
    text = TEXTS[f"refusal.{name}"]
    assert (text.zh if language == "zh-CN" else text.en) in page.text
    assert "/" in [link["href"] for link in page.attributes("a")]
    assert "secret" not in answer.text


@pytest.mark.parametrize(("name", "status"), [("404", 404), ("413", 413), ("405", 405), ("crypto", 400)])
async def test_other_refusals_have_the_same_two_shapes(name: str, status: int) -> None:
    async with client(ROUTES, {}) as http:
        document = await http.get(f"/{name}")
        page = await http.get(f"/{name}", headers=HTML)
    assert document.status_code == page.status_code == status
    assert document.json()["reason"] in set(Reason)
    read_page(page)


async def test_processes_that_died_decided_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ERRORS, "dead", (BrokenProcessPool("one was killed"), 503))
    async with client(ROUTES, {}) as http:
        answer = await http.get("/dead")
    assert (answer.status_code, answer.json()["reason"]) == (503, "unavailable")


@pytest.mark.parametrize("headers", [{}, HTML])
async def test_a_mistake_of_ours_is_admitted_and_not_explained(headers: dict[str, str]) -> None:
    app = Starlette(routes=ROUTES, exception_handlers=handlers)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as http:
        answer = await http.get("/bug", headers=headers)
    assert answer.status_code == 500
    assert {name: answer.headers[name] for name in STRICT} == STRICT
    assert "KeyError" not in answer.text
    if headers:
        assert "出错了，请过一会儿再试" in read_page(answer).text
    else:
        assert answer.json()["reason"] == "fault"


@pytest.mark.parametrize("headers", [{}, HTML])
async def test_whoever_lacks_a_key_is_told_which_kind(headers: dict[str, str]) -> None:
    async with client(ROUTES, {}) as http:
        answer = await http.get("/not-signed-in", headers=headers)
    assert answer.headers["www-authenticate"] == "Bearer"
