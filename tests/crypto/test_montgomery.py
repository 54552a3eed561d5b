"""The coordinates add as libsodium adds."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from crypto import group, montgomery
from crypto.errors import VerificationError

scalars = st.integers(1, group.ORDER - 1)


def coordinates(scalar: int) -> montgomery.Point:
    return montgomery.from_edwards(group.multiply_base(scalar))


def test_the_base_point_is_that_of_curve25519() -> None:
    """RFC 7748 section 4.1 gives U(P) = 9 for curve25519; the sign of V(P) is a matter of choice."""
    v = 14781619447589544791020593568409986887264606134616475288964881837755586237401
    point = montgomery.from_edwards(group.BASE)
    assert point.u == 9
    assert point.v in {v, group.FIELD - v}


@given(scalars)
@settings(max_examples=30, deadline=None)
def test_every_member_is_mapped_onto_the_curve(scalar: int) -> None:
    u, v = coordinates(scalar)
    assert (v * v - u * u * u - 486662 * u * u - u) % group.FIELD == 0


@given(scalars)
@settings(max_examples=30, deadline=None)
def test_a_point_and_its_inverse_share_u(scalar: int) -> None:
    point, inverse = coordinates(scalar), coordinates(-scalar)
    assert point == montgomery.Point(inverse.u, group.FIELD - inverse.v)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5, 17, 100])
def test_multiples_are_what_libsodium_says(count: int) -> None:
    assert montgomery.multiples(coordinates(12345), count) == [coordinates(12345 * k) for k in range(1, count + 1)]


@given(scalars, st.lists(scalars, max_size=5))
@settings(max_examples=30, deadline=None)
def test_one_point_is_added_to_each_of_many(scalar: int, others: list[int]) -> None:
    assume(all(scalar not in {other, group.ORDER - other} for other in others))
    sums = montgomery.add_to_each(coordinates(scalar), [coordinates(other) for other in others])
    assert sums == [coordinates(scalar + other) for other in others]


@given(scalars, st.lists(scalars, max_size=5))
@settings(max_examples=30, deadline=None)
def test_sums_and_differences_are_what_libsodium_says(scalar: int, others: list[int]) -> None:
    assume(all(scalar not in {other, group.ORDER - other} for other in others))
    sums, differences = montgomery.around(coordinates(scalar), [coordinates(other) for other in others])
    assert sums == [coordinates(scalar + other).u for other in others]
    assert differences == [coordinates(scalar - other).u for other in others]


@pytest.mark.parametrize("scalar", [7, -7])
def test_a_point_is_neither_added_to_itself_nor_to_its_inverse(scalar: int) -> None:
    with pytest.raises(ValueError, match="not invertible"):
        montgomery.around(coordinates(7), [coordinates(3), coordinates(scalar)])


def test_the_identity_is_refused() -> None:
    with pytest.raises(VerificationError, match="identity"):
        montgomery.from_edwards(group.IDENTITY)


@pytest.mark.parametrize(
    "point",
    [
        bytes(32),  # order 4
        (group.FIELD - 1).to_bytes(32, "little"),  # order 2
        (2).to_bytes(32, "little"),  # not on the curve
    ],
)
def test_points_outside_the_group_are_refused(point: bytes) -> None:
    with pytest.raises(VerificationError, match="not an element of the group"):
        montgomery.from_edwards(point)
