"""Keys, paths, methods and sizes that do not do get a problem document of one sentence."""

import json
from importlib.metadata import version

import pytest

from tests.vote.assembly import ESTATE, PLACE
from tests.vote.platform import STAFF, assert_refused
from vote.http import SMALL_BODY
from vote.web.app import ROUTES
from vote.web.openapi import describe

LONG = "x" * 200


@pytest.mark.parametrize("kind", [None, "text/plain", "application/x-www-form-urlencoded", "application/jsonp"])
async def test_json_is_sent_as_json(platform, kind):
    data = json.dumps(PLACE).encode()
    headers = {"Authorization": f"Bearer {STAFF}", **({"Content-Type": kind} if kind else {})}
    answer = await platform.http.post("/api/estates", content=data, headers=headers)
    assert_refused(answer, 400, "malformed", "Content-Type: application/json")


@pytest.mark.parametrize("kind", ["application/json", "Application/JSON; charset=utf-8", "application/json ;a=b"])
async def test_the_name_of_json_may_be_written_in_several_ways(platform, kind):
    headers = {"Content-Type": kind, "Authorization": f"Bearer {STAFF}"}
    answer = await platform.http.post("/api/estates", content=json.dumps(PLACE).encode(), headers=headers)
    assert answer.status_code == 201


@pytest.mark.parametrize("header", [f"Bearer {STAFF}", f"bearer {STAFF}", f"BEARER   {STAFF}  "])
async def test_a_key_is_sent_as_a_bearer_key(platform, header):
    answer = await platform.http.post("/api/estates", json=PLACE, headers={"Authorization": header})
    assert answer.status_code == 201


@pytest.mark.parametrize("header", ["", STAFF, "Bearer", "Bearer ", f"Basic {STAFF}", f"Token {STAFF}"])
async def test_without_a_bearer_key_nobody_is_signed_in(platform, header):
    answer = await platform.http.post("/api/estates", json=PLACE, headers={"Authorization": header})
    assert_refused(answer, 401, "not-signed-in", "Authorization: Bearer KEY")
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("header", [b"Bearer \xa0", b"Bearer \xe9\xa6\xa8", f"Bearer {STAFF[:-1]}".encode()])
async def test_another_key_opens_nothing(platform, header):
    answer = await platform.http.post("/api/estates", json=PLACE, headers=[(b"Authorization", header)])
    assert_refused(answer, 403, "not-allowed", "key")


async def test_a_body_of_just_the_limit_is_read(platform):
    data = json.dumps(PLACE).encode()
    answer = await platform.ask("POST", "/api/estates", content=data + b" " * (SMALL_BODY - len(data)))
    assert answer.status_code == 201
    answer = await platform.ask("POST", "/api/estates", content=data + b" " * (SMALL_BODY - len(data) + 1))
    assert_refused(answer, 413, "too-large", "more than the 65536 bytes")


async def test_a_body_that_does_not_say_how_long_it_is_is_cut_off_at_the_limit(platform):
    taken = 0

    async def pieces():
        nonlocal taken
        for _ in range(100):
            taken += 1
            yield b" " * 8192

    headers = {"Authorization": f"Bearer {STAFF}", "Content-Type": "application/json"}
    answer = await platform.http.post("/api/estates", content=pieces(), headers=headers)
    assert_refused(answer, 413, "too-large", "send less")


async def test_a_length_that_is_no_number_is_not_believed(platform):
    headers = {"Authorization": f"Bearer {STAFF}", "Content-Type": "application/json", "Content-Length": "many"}
    answer = await platform.http.post("/api/estates", content=json.dumps(PLACE).encode(), headers=headers)
    assert answer.status_code == 201


async def test_a_key_is_asked_for_before_a_body_is_read(platform):
    async def never():
        raise AssertionError("the body was read")
        yield b""

    answer = await platform.http.post("/api/estates", content=never())
    assert_refused(answer, 401, "not-signed-in", "key")


@pytest.mark.parametrize(("method", "path"), [("PUT", "/api/estates"), ("DELETE", f"/api/estates/{ESTATE}")])
async def test_another_method_is_told_which_ones_there_are(platform, method, path):
    answer = await platform.ask(method, path)
    assert_refused(answer, 405, "malformed", "Method Not Allowed")
    assert set(answer.headers["allow"].split(", ")) == ({"POST"} if path.endswith("estates") else {"GET", "HEAD"})


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/api/nothing",
        f"/api/estates/{LONG}",
        "/api/estates/%00",
        "/api/estates/a%00b",
        "/api/estates/..%2F..%2Fetc",
        "/api/estates/馨苑",
        f"/api/elections/{LONG}",
        "/api/elections/%00/turnout",
        f"/api/elections/{LONG}/board",
        f"/api/elections/{LONG}/registrar/request",
        f"/elections/{LONG}/manifest.json",
        f"/elections/{LONG}/{LONG}.bel",
        "/api/rolls/0",
        "/api/rolls/999999999",
        "/api/rolls/1000000000",
        "/api/rolls/9223372036854775808",
        f"/api/rolls/{'9' * 5000}",
        "/api/rolls/-1",
        "/api/rolls/٣",
        "/api/rolls/1e3/public",
    ],
)
async def test_an_address_of_nothing_is_no_servers_fault(platform, path):
    answer = await platform.ask("GET", path, headers={"Accept": "application/json"})
    assert answer.status_code in {403, 404} or path == "/"
    assert answer.status_code < 500
    if answer.status_code >= 400:
        assert_refused(answer, answer.status_code, answer.json()["reason"], "")


@pytest.mark.parametrize("election", ["%00", LONG, "DQB53CqA1UtMwz"])
@pytest.mark.parametrize(
    "step", ["ballots", "seal", "open", "close", "sum", "trustees/1/posts", "registrar/credentials"]
)
async def test_nothing_is_done_in_an_election_that_cannot_be(platform, election, step):
    answer = await platform.ask("POST", f"/api/elections/{election}/{step}", content=b"{}")
    assert answer.status_code in {403, 404}
    assert answer.headers["content-type"] == "application/problem+json"


async def test_the_document_is_served(platform):
    answer = await platform.ask("GET", "/openapi.json", key=None)
    assert (answer.status_code, answer.json()) == (200, describe(ROUTES, version("shanzhi")))
