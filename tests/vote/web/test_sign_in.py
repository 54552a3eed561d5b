"""Who may open what, and what a browser has to show for it."""

import pytest

from tests.vote.account.signing_in import anonymous, as_duty, scope_of, signed_in
from vote.role import Scope


async def test_a_browser_that_is_signed_in_calls_the_interface_without_a_key(sealed):
    clerk = await signed_in(sealed.platform)
    answer = await clerk.get(f"{sealed.api}/draft")
    assert answer.status_code == 200


async def test_staff_of_another_estate_may_not(sealed):
    await sealed.platform.post(
        "/api/estates",
        json={"id": "other", "name": "别苑", "community": "桥西社区", "sub_district": "魏塘街道", "county": "嘉善县"},
    )
    for scope, status in (
        (Scope(estate="other"), 403),
        (await scope_of(sealed.platform, "community", "other"), 403),
        (await scope_of(sealed.platform, "community"), 200),
        (await scope_of(sealed.platform, "sub-district", "other"), 200),
        (await scope_of(sealed.platform, "county", "other"), 200),
        (None, 403),
    ):
        clerk = await signed_in(sealed.platform, scope)
        assert (await clerk.get(f"{sealed.api}/draft")).status_code == status, scope


async def test_a_duty_opens_its_own_election(sealed):
    desk = await as_duty(sealed, "desk")
    assert (await desk.get(f"{sealed.api}/phones/changes")).status_code == 403
    editor = await as_duty(sealed, "phones", 2)
    assert (await editor.get(f"{sealed.api}/phones/changes")).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 201),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "http://vote.test"}, 201),
        ({"Origin": "http://other.test"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 403),
    ],
)
async def test_what_changes_something_comes_from_our_own_pages(platform, headers, status):
    clerk = await signed_in(platform)
    del clerk.headers["Sec-Fetch-Site"]
    place = {"id": "e", "name": "馨苑", "community": "桥东社区", "sub_district": "魏塘街道", "county": "嘉善县"}
    assert (await clerk.post("/api/estates", json=place, headers=headers)).status_code == status


async def test_the_page_of_signing_in_is_there(platform):
    assert (await anonymous(platform).get("/sign-in")).status_code == 200
    clerk = await signed_in(platform)
    answer = await clerk.post("/sign-out")
    assert answer.status_code == 303
    assert (await clerk.get("/api/elections/x/draft")).status_code == 401
