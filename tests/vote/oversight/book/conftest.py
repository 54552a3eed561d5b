"""An estate, somebody on its committee, and files that are looked at in this process."""

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.vote.account.signing_in import anonymous, signed_in
from tests.vote.assembly import PLACE
from tests.vote.oversight.book.made import COMMITTEE
from tests.vote.platform import Platform
from vote.oversight.record.media import look_at
from vote.roll.reader import read_sheets


@pytest.fixture
def _look_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vote.oversight.record.service.look_apart", lambda files: [look_at(each) for each in files])
    monkeypatch.setattr("vote.oversight.book.importing.open_apart", read_sheets)


@pytest.fixture
async def owner(platform: Platform, _look_here: None) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who has not signed in."""
    await platform.post("/api/estates", json=PLACE)
    async with anonymous(platform) as client:
        yield client


@pytest.fixture
async def member(platform: Platform, owner: httpx.AsyncClient) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody on the committee."""
    async with await signed_in(platform, COMMITTEE, name="张三") as client:
        yield client
