"""A plugin of pytest for `make drill`: each property gets VOTE_DRILL_TIMES (50) times its examples, chosen anew each time."""

import os

import pytest
from hypothesis import settings

TIMES = int(os.environ.get("VOTE_DRILL_TIMES", "50"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        test = getattr(item, "obj", None)
        usual = getattr(test, "_hypothesis_internal_use_settings", None)
        if usual is not None:
            more = settings(usual, max_examples=usual.max_examples * TIMES, derandomize=False, deadline=None)
            test._hypothesis_internal_use_settings = more
