"""Every route is asked by everybody: nobody signed in, staff here and elsewhere, each duty of this election and another.

What views do is left out, so that nothing changes on the way: whoever gets past the door gets the answer 299.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from types import CellType
from typing import Any

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.vote.account.signing_in import anonymous, scope_of, signed_in
from tests.vote.assembly import ESTATE, Assembly, write_sheet
from tests.vote.platform import STAFF
from tests.vote.web.who_may import read_table
from vote.role import Role, Scope
from vote.web.app import ROUTES, create_app

ADMITTED = 299
DUTIES = ("registrar", "trustee", "phones", "desk", "organiser", "community", "sub_district")
OTHER = {"id": "bieyuan", "name": "别苑", "community": "桥西社区", "sub_district": "魏塘街道", "county": "嘉善县"}
TABLE = read_table()
NEWCOMERS = {("POST", "/api/estates"), ("POST", "/api/elections")}
"""Judged by what their bodies name; see below."""


async def _admit(_: Request, *__: object) -> Response:
    return Response(status_code=ADMITTED)


def _declared() -> Iterator[tuple[tuple[str, str], Route]]:
    for route in ROUTES:
        assert isinstance(route, Route)
        for method in sorted((route.methods or set()) - {"HEAD"}):
            yield (method, route.path_format), route


def _view_of(route: Route) -> CellType | None:
    """Return where the endpoint of a declared route keeps its view."""
    cells = dict(zip(route.endpoint.__code__.co_freevars, route.endpoint.__closure__ or (), strict=True))
    return cells.get("view")


@contextmanager
def _nothing_done() -> Iterator[None]:
    """Let every view do nothing."""
    cells = [cell for _, route in _declared() if (cell := _view_of(route))]
    views = [cell.cell_contents for cell in cells]
    for cell in cells:
        cell.cell_contents = _admit
    try:
        yield
    finally:
        for cell, view in zip(cells, views, strict=True):
            cell.cell_contents = view


@pytest.fixture
async def elsewhere(sealed: Assembly) -> dict[str, list[str]]:
    """The keys of an election that is prepared in another estate."""
    await sealed.platform.post("/api/estates", json=OTHER)
    roll = (await sealed.platform.post("/api/estates/bieyuan/rolls", content=write_sheet(sealed.people.areas)))["roll"]
    await sealed.platform.post(f"/api/rolls/{roll}/freeze")
    answer = await sealed.platform.post("/api/elections", json=sealed.draft(estate="bieyuan", roll=roll))
    keys: dict[str, list[str]] = answer["keys"]
    return keys


def _address(assembly: Assembly, path: str) -> str:
    known = {"election": assembly.uuid, "estate": ESTATE, "roll": str(assembly.people.roll), "trustee": "1"}
    return re.sub(r"\{(\w+)\}", lambda found: known.get(found[1], "1"), path)


def _expected(who: tuple[str, ...], path: str, actor: str) -> bool:
    """Whether an actor may: `staff here`, `desk elsewhere`, `trustee 2 here`, `nobody`, `no task`."""
    if who == ("everybody",):
        return True
    if who == ("anybody signed in",):
        return actor != "nobody" and "key" not in actor
    role, _, where = actor.removesuffix(" key").rpartition(" ")
    bound = any(f"{{{name}}}" in path for name in ("election", "estate", "roll"))
    if role == "staff":
        return any(each.startswith("staff") for each in who) and (where in {"here", "everywhere"} or not bound)
    if role.startswith("staff and "):
        duty = role.removeprefix("staff and ")
        return duty in who or "staff" in who or any(each.startswith("staff but") and duty not in each for each in who)
    if role == "trustee 2" and "{trustee}" in path:
        return False
    return role.removesuffix(" 2") in who and (where == "here" or not bound)


def test_every_route_has_a_row() -> None:
    served = {
        (method, route.path_format)
        for route in create_app().routes
        if isinstance(route, Route)
        for method in _methods(route)
    }
    assert served == set(TABLE)


def _methods(route: Route) -> set[str]:
    return (route.methods or {"GET"}) - {"HEAD"}


async def test_everybody_may_what_the_table_says_and_nothing_else(sealed, elsewhere):
    platform, keys = sealed.platform, sealed.people.keys
    by_key = {"staff everywhere key": anonymous(platform, Authorization=f"Bearer {STAFF}")}
    for duty in DUTIES:
        by_key[f"{duty} here key"] = anonymous(platform, Authorization=f"Bearer {keys[duty][0]}")
        by_key[f"{duty} elsewhere key"] = anonymous(platform, Authorization=f"Bearer {elsewhere[duty][0]}")
    with _nothing_done():
        assert await _find_wrong(sealed, _asking(by_key)) == []
    # From here on the places have holders, and their keys act no more.
    actors: dict[str, httpx.AsyncClient] = {
        "nobody": anonymous(platform),
        "no task": await signed_in(platform, None),
        "staff here": await signed_in(platform, await scope_of(platform, "community")),
        "staff elsewhere": await signed_in(platform, Scope(estate="bieyuan")),
        "staff everywhere": await signed_in(platform),
        "committee here": await signed_in(platform, Scope(estate=ESTATE, role=Role.COMMITTEE)),
        "committee elsewhere": await signed_in(platform, Scope(estate="bieyuan", role=Role.COMMITTEE)),
        "trustee 2 here": await signed_in(platform, None, keys=[keys["trustee"][1]]),
    }
    for duty in DUTIES:
        actors[f"{duty} here"] = await signed_in(platform, None, keys=[keys[duty][0]])
        actors[f"{duty} elsewhere"] = await signed_in(platform, None, keys=[elsewhere[duty][0]])
    for duty in ("registrar", "phones"):
        scope = await scope_of(platform, "community")
        actors[f"staff and {duty} here"] = await signed_in(platform, scope, keys=[keys[duty][1]])
    with _nothing_done():
        assert await _find_wrong(sealed, _asking(actors)) == []


def _asking(actors: dict[str, httpx.AsyncClient]) -> dict[str, httpx.AsyncClient]:
    """Return the same actors, as programs that want no page for an answer."""
    for browser in actors.values():
        browser.headers["Accept"] = "application/json"
    return actors


async def _find_wrong(sealed: Assembly, actors: dict[str, httpx.AsyncClient]) -> list[str]:
    wrong = []
    for (method, path), route in _declared():
        if _view_of(route) is None or (method, path) in NEWCOMERS:
            continue
        operation = getattr(route.endpoint, "operation", None)
        for actor, browser in actors.items():
            if operation is None and actor.endswith("key") and TABLE[method, path] != ("everybody",):
                continue
            answer = await browser.request(method, _address(sealed, path), **_body(operation))
            admitted = _is_admitted(answer)
            if admitted is not _expected(TABLE[method, path], path, actor):
                wrong.append(f"{actor}: {method} {path} answers {answer.status_code}")
    return wrong


def _body(operation: Any) -> dict[str, Any]:
    if operation is None or operation.method == "GET":
        return {}
    return {"content": b"{}", "headers": {"Content-Type": "application/json"}}


def _is_admitted(answer: httpx.Response) -> bool:
    """A body that does not fit is found after the door."""
    if answer.status_code in {401, 403}:
        return False
    if answer.status_code == 303:
        assert answer.headers["location"].startswith("/sign-in?next=")
        return False
    assert answer.status_code == ADMITTED or answer.json()["reason"] == "malformed", answer.text
    return True


async def test_keys_open_no_page(sealed):
    """What a command holds is not typed into a browser."""
    for path in ("/staff", "/account", f"/work/elections/{sealed.uuid}"):
        answer = await anonymous(sealed.platform, Authorization=f"Bearer {STAFF}").get(path)
        assert (answer.status_code, answer.headers["location"][:9]) == (303, "/sign-in?"), path


@pytest.mark.parametrize(
    ("kind", "place", "status"),
    [
        ("estate", {}, 403),
        ("community", {}, 201),
        ("community", {"community": "桥西社区"}, 403),
        ("community", {"sub_district": "罗星街道"}, 403),
        ("sub-district", {"community": "新社区"}, 201),
        ("sub-district", {"sub_district": "罗星街道"}, 403),
        ("county", {"sub_district": "罗星街道", "community": "新社区"}, 201),
        ("county", {"county": "平湖市"}, 403),
    ],
)
async def test_staff_found_estates_in_their_own_area(sealed, kind, place, status):
    clerk = await signed_in(sealed.platform, await scope_of(sealed.platform, kind))
    body = {**OTHER, "community": "桥东社区", **place}
    answer = await clerk.post("/api/estates", json=body)
    assert answer.status_code == status, answer.text


async def test_staff_prepare_elections_in_their_own_area(sealed, elsewhere):
    for scope, status in ((Scope(estate="bieyuan"), 403), (await scope_of(sealed.platform, "estate"), 201)):
        clerk = await signed_in(sealed.platform, scope)
        assert (await clerk.post("/api/elections", json=sealed.draft())).status_code == status


async def test_a_key_that_was_replaced_takes_the_place_from_its_holder(sealed):
    desk = await signed_in(sealed.platform, None, keys=[sealed.people.keys["desk"][0]])
    path = f"/elections/{sealed.uuid}/finish"
    assert (await desk.get(path)).status_code != 403
    await sealed.platform.services["authority"].replace_key(sealed.uuid, Role.DESK)
    assert (await desk.get(path)).status_code == 403
    bodies = await sealed.platform.services["authority"].log.bodies(ESTATE)
    assert bodies[-1] == (
        f'{{"count":1,"duty":"desk","election":"{sealed.uuid}","kind":"key:replaced","version":1}}'.encode()
    )
