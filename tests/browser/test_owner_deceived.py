"""What an owner's page does when the server that made it says one thing and seals another."""

import json

import pytest
from playwright.async_api import Page, Route, expect

from crypto.credential import derive_secret, public_credential
from tests.browser.loopback import on_loopback
from tests.browser.test_owner import COUNTED, answer, cast, letter_of, press, sign_in
from tests.browser.test_verifying import answer_instead
from tests.vote.assembly import Assembly


def _swap(page: bytes) -> bytes:
    """Let the first two candidates change places on the page, not in the election."""
    for first, second in ((">甲<".encode(), ">乙<".encode()), (rb'"\u7532"', rb'"\u4e59"')):
        assert first in page
        page = page.replace(first, b"\0").replace(second, first).replace(b"\0", second)
    return page


async def test_candidates_in_another_order_than_in_the_election_are_not_sealed(opened: Assembly, page: Page) -> None:
    await answer_instead(page, "**/vote", _swap)
    async with on_loopback(opened.platform) as address:
        await page.goto(address + letter_of(opened, 1))
        await sign_in(page, opened, 1)
        await answer(page, "同意", "甲")
        await press(page, "确认投票")
        await expect(page.get_by_text("网页给的题目和公告的对不上，先不要投。")).to_be_visible()
    assert opened.platform.count("ballot") == 0


async def test_no_other_agreement_than_the_one_on_the_screen_is_signed(opened: Assembly, page: Page) -> None:
    await answer_instead(page, "**/agreement-text", lambda _: "同意卖掉我的房子。".encode())
    async with on_loopback(opened.platform) as address:
        await page.goto(address + letter_of(opened, 1))
        await sign_in(page, opened, 1)
        await answer(page, "同意", "甲")
        await cast(page)
    assert opened.platform.count("ballot") == 1


async def test_a_ballot_that_nobody_signed_for_is_not_called_counted(opened: Assembly, page: Page) -> None:
    async def swallow(route: Route) -> None:
        await route.fulfill(status=201, body="{}", content_type="application/json")

    await page.route("**/ballots", swallow)
    async with on_loopback(opened.platform) as address:
        await page.goto(address + letter_of(opened, 1))
        await sign_in(page, opened, 1)
        await answer(page, "同意", "甲")
        await press(page, "确认投票")
        await expect(page.get_by_role("button", name="继续交票")).to_be_visible()
        assert opened.platform.count("ballot") == 0
        await page.unroute("**/ballots")
        await press(page, "继续交票")
        await expect(page.get_by_role("heading", name=COUNTED)).to_be_visible()
    assert opened.platform.count("ballot") == 1


async def test_no_ballot_is_sealed_with_a_key_that_is_on_no_list(opened: Assembly, page: Page) -> None:
    secret = derive_secret(opened.uuid, opened.people.credentials[1])

    def make_up(body: bytes) -> bytes:
        made = {"part": "5", "public": public_credential(5), "credential": public_credential(secret + 5)}
        return json.dumps({**json.loads(body), **made}).encode()

    await answer_instead(page, "**/part", make_up)
    async with on_loopback(opened.platform) as address:
        await page.goto(address + letter_of(opened, 1))
        with pytest.raises(AssertionError, match="算1位业主"):
            await sign_in(page, opened, 1)
        await expect(page.get_by_text("这封信不是这次投票的，或者已经作废。")).to_be_visible()
