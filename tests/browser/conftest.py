"""A browser, visitors with a page each, and the stages of an election served on a real port."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page

from tests.browser.chromium import browsing, troubles_of, visit_as
from tests.vote.conftest import (  # noqa: F401 - fixtures
    _simple_stages,
    _stages,
    checked,
    clock,
    closed,
    opened,
    platform,
    preliminary,
    sealed,
    simple,
    staged,
    tallied,
    voted,
)
from tests.vote.web.conftest import _certified_stage, _pages_look_at_the_clock, certified, counted  # noqa: F401 - fixtures

LONGEST = tuple(
    f"tests/browser/test_{name}.py" for name in ("the_whole_way", "every_page", "holders_named", "holders", "preparing")
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs Chromium, and begin with what takes longest, so that nobody waits for it alone in the end."""
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker("chromium")
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with browsing() as running:
        yield running


@pytest.fixture
async def page(browser: Browser) -> AsyncIterator[Page]:
    """A phone in China; nothing may go wrong unseen on what it shows."""
    context = await visit_as(browser)
    visited = await context.new_page()
    troubles = troubles_of(visited)
    yield visited
    assert troubles == []
    await context.close()
