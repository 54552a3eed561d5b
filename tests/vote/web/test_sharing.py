"""Pages of other hosts may read what anybody may fetch, and nothing else."""

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from vote.web.sharing import HEADER, Sharing


async def _answer(request: Request) -> Response:
    own = {HEADER: "https://one.example"} if "own" in request.query_params else {}
    return Response(status_code=404 if "gone" in request.query_params else 200, headers=own)


@pytest.fixture
def http() -> httpx.AsyncClient:
    methods = ["GET", "HEAD", "POST"]
    app = Starlette(routes=[Route("/{path:path}", _answer, methods=methods)], middleware=[Middleware(Sharing)])
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://vote.test")


@pytest.mark.parametrize(
    "path",
    [
        *("/log/e1/checkpoint", "/log/e1/2/tile/0/x001/x234/067.p/8", "/log/e1/anchors/9.tsr"),
        *(
            "/elections/U/box.json",
            "/elections/U/U.bel",
            "/elections/U/certificate.pdf",
            "/elections/U/certificates/2.json",
        ),
        *("/estates/e1/records/R.json", "/estates/e1/records/R/files/1", "/api/elections/U/ballots/a/b+.tlog-proof"),
    ],
)
async def test_what_anybody_checks_is_shared(http: httpx.AsyncClient, path: str) -> None:
    for method in ("GET", "HEAD"):
        assert (await http.request(method, path)).headers[HEADER] == "*"
    assert (await http.get(f"{path}?gone")).headers[HEADER] == "*"
    assert (await http.get(f"{path}?own")).headers[HEADER] == "https://one.example"
    assert HEADER not in (await http.post(path)).headers


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/elections/U/check", "/elections/U/a/box.json", "/work/elections/U/own.json", "/estates/e1/records"),
        *("/api/elections/U/ballots", "/api/elections/U/registrar/letters", "/log", "/sign-in"),
    ],
)
async def test_pages_and_what_needs_a_key_are_not(http: httpx.AsyncClient, path: str) -> None:
    assert HEADER not in (await http.get(path)).headers
