"""What is missing before sealing, and whose turn it is."""

from dataclasses import replace
from datetime import date

import pytest

from vote.election.readiness import Item, Stage, Task, days_left, is_ready, list_items
from vote.role import Role

DONE = Stage(
    frozen=True, posts=(4, 4, 4), rounds=4, key=True, credentials=566, heads=566,
    offices=frozenset({"organiser", "community", "sub_district"}),
)  # fmt: skip


def test_what_is_complete_can_be_sealed():
    assert is_ready(DONE)
    assert all(item.done for item in list_items(DONE))
    assert len(list_items(DONE)) == 8


@pytest.mark.parametrize(
    ("stage", "missing"),
    [
        (replace(DONE, frozen=False), [Item(Task.ROLL, Role.STAFF, 0, done=False)]),
        (replace(DONE, posts=(4, 1, 4), key=False), [Item(Task.KEYS, Role.TRUSTEE, 2, done=False, reached=1, whole=4)]),
        (replace(DONE, credentials=0), [Item(Task.LETTERS, Role.REGISTRAR, 0, done=False, whole=566)]),
        (replace(DONE, heads=0, credentials=0), [Item(Task.LETTERS, Role.REGISTRAR, 0, done=False)]),
        (
            replace(DONE, offices=frozenset({"organiser"})),
            [Item(Task.OFFICE, Role.COMMUNITY, 1, done=False), Item(Task.OFFICE, Role.SUB_DISTRICT, 1, done=False)],
        ),
    ],
)
def test_whatever_is_missing_names_whose_turn_it_is(stage, missing):
    assert [item for item in list_items(stage) if not item.done] == missing
    assert not is_ready(stage)


def test_without_the_common_key_nothing_is_sealed_though_everybody_posted():
    assert not is_ready(replace(DONE, key=False))


def test_days_are_counted_to_the_last_day_of_notice():
    """For the 17th with 15 full days notice is given on the 1st at the latest."""
    opens = date(2026, 12, 17)
    assert [days_left(date(2026, 11, 28), opens, 15), days_left(date(2026, 12, 1), opens, 15)] == [3, 0]
    assert days_left(date(2026, 12, 2), opens, 15) == -1
