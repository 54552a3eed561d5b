"""Which part of a long list is shown."""

import pytest

from vote.web.clerk.leaf import leaf_of


@pytest.mark.parametrize(
    ("total", "asked", "expected"),
    [
        (0, "", (1, 1)),
        (100, "1", (1, 1)),
        (101, "2", (2, 2)),
        (101, "3", (1, 2)),
        (101, "0", (1, 2)),
        (101, "-1", (1, 2)),
        (101, "two", (1, 2)),
        (101, "²", (1, 2)),
        (1001, "11", (11, 11)),
        (101, "9" * 5000, (1, 2)),
    ],
)
def test_a_part_that_is_not_there_is_the_first(total: int, asked: str, expected: tuple[int, int]) -> None:
    assert leaf_of(total, asked, 100)[:2] == expected


def test_the_parts_hold_every_line_once() -> None:
    lines = list(range(250))
    assert [len(leaf_of(250, str(number), 100).of(lines)) for number in (1, 2, 3)] == [100, 100, 50]
    assert [line for number in (1, 2, 3) for line in leaf_of(250, str(number), 100).of(lines)] == lines
