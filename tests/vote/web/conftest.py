"""An election at each stage, looked at through its pages."""

import pytest

from tests.vote.assembly import Assembly
from tests.vote.platform import Clock


@pytest.fixture(autouse=True)
def _pages_look_at_the_clock(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vote.web.pages.database_now", clock)


@pytest.fixture
async def counted(tallied: Assembly) -> Assembly:
    """The box is open: two of three key-holders came."""
    await tallied.contribute(3)
    assert await tallied.contribute(1)
    return tallied
