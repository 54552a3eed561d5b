import pytest
from hypothesis import given
from hypothesis import strategies as st

from vote.election.packing import Measures, choose_base, pack, unpack


@pytest.mark.parametrize(("entitlements", "base"), [(1, 10), (9, 10), (10, 100), (99, 100), (566, 1000), (1000, 10000)])
def test_the_base_is_the_smallest_power_of_ten_above_the_entitlements(entitlements, base):
    assert choose_base(entitlements) == base


def test_a_weight_holds_one_head_and_the_area():
    assert pack(8937, 1000) == 8937001
    assert unpack(8937001, 1000) == Measures(1, 8937)


@given(st.lists(st.integers(1, 10**9), max_size=99))
def test_a_total_splits_into_heads_and_area(areas):
    base = choose_base(99)
    assert unpack(sum(pack(area, base) for area in areas), base) == Measures(len(areas), sum(areas))
