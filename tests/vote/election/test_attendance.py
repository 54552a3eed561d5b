"""What a turnout still needs, by hand-made numbers, and how it adds up by building."""

import pytest

from vote.election.attendance import Group, Home, find_needs, group_homes, still_needed
from vote.election.packing import Measures
from vote.law.majority import OVER_HALF, TWO_THIRDS
from vote.law.measure import Share


@pytest.mark.parametrize(
    ("share", "part", "whole", "missing"),
    [
        (Share(2, 3), 20, 30, 0),
        (Share(2, 3), 19, 30, 1),
        (Share(2, 3), 0, 31, 21),
        (Share(2, 3), 31, 31, 0),
        (Share(1, 2, strict=True), 15, 30, 1),
        (Share(1, 2, strict=True), 15, 31, 1),
        (Share(1, 2, strict=True), 16, 31, 0),
        (Share(3, 4), 0, 1, 1),
    ],
)
def test_the_least_that_is_missing_is_enough_and_one_less_is_not(share, part, whole, missing):
    assert still_needed(share, part, whole) == missing
    assert share.met(part + missing, whole)
    assert missing == 0 or not share.met(part + missing - 1, whole)


def test_heads_and_area_are_told_each_against_its_own_line():
    heads, area = find_needs(TWO_THIRDS, Measures(30, 30000), Measures(20, 19999))
    assert (heads.kind, heads.part, heads.whole, heads.missing) == ("heads", 20, 30, 0)
    assert (area.kind, area.part, area.whole, area.missing) == ("area", 19999, 30000, 1)
    assert find_needs(OVER_HALF, Measures(2, 2), Measures(1, 1))[0].missing == 1


def test_homes_are_added_up_by_building_and_entrance_in_the_order_of_their_numbers():
    homes = [
        Home("10", "1", "101", 9000, voted=True),
        Home("2", "2", "101", 8000, voted=False),
        Home("2", "1", "101", 7000, voted=True),
        Home("2", "1", "102", 7500, voted=False),
        Home("商铺", "", "1", 100, voted=False),
    ]
    (shop, _), (second, entrances), (tenth, _) = group_homes(homes)
    assert shop == Group("商铺", "", 1, 0, 100, 0)
    assert second == Group("2", "", 3, 1, 22500, 7000)
    assert entrances == (Group("2", "1", 2, 1, 14500, 7000), Group("2", "2", 1, 0, 8000, 0))
    assert tenth == Group("10", "", 1, 1, 9000, 9000)
