"""A running application on an empty database; time stands until a journey moves it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.vote.platform import Clock, Platform, open_platform


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock().rule(monkeypatch)


@pytest.fixture
async def platform(_migrated: str, tmp_path: Path, clock: Clock) -> AsyncIterator[Platform]:
    async with open_platform(_migrated, tmp_path, clock) as running:
        yield running
