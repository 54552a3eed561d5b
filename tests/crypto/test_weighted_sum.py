import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.errors import VerificationError
from crypto.group import IDENTITY, ORDER, multiply_base
from crypto.weighted_sum import apply_plan, plan_sum

ANY = st.lists(st.integers(0, 2**46), max_size=12)
PACKED = st.lists(st.integers(1, 600000).map(lambda area: area * 10000 + 1), max_size=12)
FEW = st.lists(st.sampled_from([1, 2, 9, 1000, 2**30]), max_size=20)


@settings(max_examples=60, deadline=None)
@given(st.one_of(ANY, PACKED, FEW), st.data())
def test_the_sum_is_that_of_the_exponents(weights: list[int], data: st.DataObject) -> None:
    exponents = data.draw(st.lists(st.integers(0, ORDER - 1), min_size=len(weights), max_size=len(weights)))
    expected = sum(weight * exponent for weight, exponent in zip(weights, exponents, strict=True))
    assert apply_plan(plan_sum(weights), [multiply_base(each) for each in exponents]) == multiply_base(expected)


@pytest.mark.parametrize("window", range(1, 14))
def test_every_width_of_digits_gives_the_same_sum(window: int) -> None:
    """Gaps between occupied buckets are short in some widths and long in others."""
    weights = [5, 1, 4096, 4097, 4099, 5000, 999999]
    plan = plan_sum(weights)
    changed = type(plan)(plan.least, plan.step, plan.rests, plan.places, window)
    points = [multiply_base(each) for each in range(1, 8)]
    assert apply_plan(changed, points) == multiply_base(5 + 2 + 3 * 4096 + 4 * 4097 + 5 * 4099 + 6 * 5000 + 7 * 999999)


def test_packed_weights_are_summed_by_their_areas() -> None:
    plan = plan_sum([8937 * 10000 + 1, 9041 * 10000 + 1, 8937 * 10000 + 1, 9145 * 10000 + 1])
    assert (plan.least, plan.step, plan.rests, plan.places) == (89370001, 104 * 10000, (0, 1, 2), (0, 1, 0, 2))


def test_equal_weights_need_one_sum() -> None:
    plan = plan_sum([7, 7, 7])
    assert (plan.least, plan.step, plan.rests) == (7, 1, (0,))
    assert apply_plan(plan, [multiply_base(2)] * 3) == multiply_base(42)


def test_nothing_adds_up_to_the_identity() -> None:
    assert apply_plan(plan_sum([]), []) == IDENTITY


def test_a_point_outside_the_group_does_not_pass() -> None:
    """The point of order two, (0, -1)."""
    outside = ((1 << 255) - 20).to_bytes(32, "little")
    with pytest.raises(VerificationError):
        apply_plan(plan_sum([3, 5]), [multiply_base(1), outside])
