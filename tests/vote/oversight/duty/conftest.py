"""A committee of an estate whose duties are kept."""

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.vote.account.signing_in import signed_in
from tests.vote.assembly import ESTATE, PLACE
from tests.vote.platform import Platform
from vote.role import Role, Scope


@pytest.fixture
async def member(platform: Platform) -> AsyncIterator[httpx.AsyncClient]:
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
