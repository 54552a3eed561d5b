"""A committee of an estate whose duties are kept."""

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.vote.account.signing_in import signed_in
from tests.vote.assembly import ESTATE, PLACE
from tests.vote.platform import Platform
from vote.oversight.record.media import look_at
from vote.role import Role, Scope


@pytest.fixture
def look_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at attachments in this process, which is quicker."""
    monkeypatch.setattr("vote.oversight.record.service.look_apart", lambda files: [look_at(each) for each in files])


@pytest.fixture
async def member(platform: Platform, look_here: None) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody on the committee."""
    await platform.post("/api/estates", json=PLACE)
    scope = Scope(estate=ESTATE, role=Role.COMMITTEE)
    async with await signed_in(platform, scope, name="张三") as client:
        yield client


@pytest.fixture
async def clerk(platform: Platform, member: httpx.AsyncClient) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody of the community."""
    async with await signed_in(platform, Scope(estate=ESTATE), name="王五") as client:
        yield client
