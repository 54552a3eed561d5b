import pytest

from tests.vote.assembly import PLACE
from tests.vote.platform import assert_refused

ESTATES, XINYUAN = "/api/estates", "/api/estates/xinyuan"


async def test_staff_add_an_estate_and_everybody_sees_it(platform):
    answer = await platform.ask("POST", ESTATES, json=PLACE)
    assert (answer.status_code, answer.json()) == (201, PLACE)
    answer = await platform.ask("GET", XINYUAN, key=None)
    assert (answer.status_code, answer.json()) == (200, PLACE)


@pytest.mark.parametrize(("key", "status", "reason"), [(None, 401, "not-signed-in"), ("guess", 403, "not-allowed")])
async def test_nobody_else_adds_one(platform, key, status, reason):
    before = platform.contents()
    answer = await platform.ask("POST", ESTATES, key=key, json=PLACE)
    assert_refused(answer, status, reason, "key")
    assert answer.headers.get("www-authenticate") == ("Bearer" if status == 401 else None)
    assert platform.contents() == before


async def test_a_taken_id_is_a_conflict(platform):
    await platform.post(ESTATES, json=PLACE)
    assert_refused(await platform.ask("POST", ESTATES, json=PLACE), 409, "conflict", "choose another id")


async def test_an_unknown_estate_is_not_found(platform):
    assert_refused(await platform.ask("GET", XINYUAN, key=None), 404, "not-found", "no estate of this id")
