"""An estate, somebody on its committee."""

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.vote.account.signing_in import anonymous, signed_in
from tests.vote.assembly import PLACE
from tests.vote.oversight.book.made import COMMITTEE
from tests.vote.platform import Platform


@pytest.fixture
async def owner(platform: Platform) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who has not signed in."""
    await platform.post("/api/estates", json=PLACE)
    async with anonymous(platform) as client:
        yield client


@pytest.fixture
async def member(platform: Platform, owner: httpx.AsyncClient) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody on the committee."""
    async with await signed_in(platform, COMMITTEE, name="张三") as client:
        yield client
