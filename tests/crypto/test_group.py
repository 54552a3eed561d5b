import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.errors import MalformedError, VerificationError
from crypto.group import (
    BASE,
    FIELD,
    IDENTITY,
    ORDER,
    add,
    decode_point,
    decode_scalar,
    encode_point,
    encode_scalar,
    hash_to_scalar,
    multiply,
    multiply_base,
    random_scalar,
    read_point,
    require_member,
    subtract,
)
from tests.strategies import SMALL_ORDER, points, scalars, seeded, seeds

OFF_CURVE = (2).to_bytes(32, "little")
"""No point has the coordinate y = 2."""
IDENTITY_WITH_SIGN = (1 + 2**255).to_bytes(32, "little")
properties = settings(max_examples=40, deadline=None)


def test_a_public_key_of_rfc_8032_is_the_base_raised_to_its_scalar() -> None:
    """RFC 8032 §7.1, test 1."""
    seed = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    digest = bytearray(hashlib.sha512(seed).digest()[:32])
    digest[0] &= 248
    digest[31] = digest[31] & 127 | 64
    public = multiply_base(int.from_bytes(digest, "little"))
    assert public.hex() == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"


def test_a_point_is_written_byte_reversed() -> None:
    """RFC 8032 §5.1: the base point has y = 4/5, in bytes 58 66 ... 66."""
    assert encode_point(BASE) == "66" * 31 + "58"
    assert encode_point(IDENTITY) == "0" * 63 + "1"


@properties
@given(points)
def test_a_member_is_written_and_read(point: bytes) -> None:
    assert decode_point(encode_point(point)) == read_point(encode_point(point)) == point


@pytest.mark.parametrize(
    "text",
    [
        None,
        1,
        b"66" * 32,
        "",
        "66" * 31 + "5",
        "66" * 31 + "588",
        "66" * 31 + "5G",
        ("a" * 64).upper(),
        "66" * 31 + "58\n",
        " " + "66" * 31 + "5",
        "0x" + "66" * 31,
        "６" * 64,
        f"{FIELD:064x}",
        f"{FIELD + 1:064x}",
        f"{2**255 + FIELD:064x}",
        "f" * 64,
    ],
)
def test_another_spelling_of_a_point_is_refused(text: object) -> None:
    for read in (read_point, decode_point):
        with pytest.raises(MalformedError):
            read(text)


@pytest.mark.parametrize(
    "point", [*SMALL_ORDER, IDENTITY_WITH_SIGN, OFF_CURVE, *(add(BASE, each) for each in SMALL_ORDER)]
)
@pytest.mark.parametrize("scalar", [0, 1, 8, ORDER - 1])
def test_a_point_outside_the_group_is_refused_where_it_is_decoded_or_multiplied(point: bytes, scalar: int) -> None:
    with pytest.raises(VerificationError, match="key: not an element of the group"):
        require_member(point, "key")
    if point[31] & 127 < 127 or point == SMALL_ORDER[0]:
        assert read_point(encode_point(point)) == point
    with pytest.raises(VerificationError, match="not an element of the group"):
        decode_point(encode_point(point))
    with pytest.raises(VerificationError, match="not an element of the group"):
        multiply(point, scalar)


def test_a_point_off_the_curve_cannot_be_added() -> None:
    for operation in (add, subtract):
        for left, right in ((BASE, OFF_CURVE), (OFF_CURVE, BASE)):
            with pytest.raises(VerificationError):
                operation(left, right)


@properties
@given(scalars, scalars)
def test_powers_of_the_base_add_up(left: int, right: int) -> None:
    assert add(multiply_base(left), multiply_base(right)) == multiply_base(left + right)
    assert subtract(multiply_base(left), multiply_base(right)) == multiply_base(left - right)
    assert multiply(multiply_base(left), right) == multiply_base(left * right)


@properties
@given(points)
def test_the_identity_changes_nothing(point: bytes) -> None:
    assert add(point, IDENTITY) == add(IDENTITY, point) == subtract(point, IDENTITY) == point
    assert multiply(point, 0) == multiply(point, ORDER) == subtract(point, point) == IDENTITY
    assert multiply(point, 1) == multiply(point, ORDER + 1) == point
    assert add(point, subtract(IDENTITY, point)) == IDENTITY


def test_the_identity_is_a_member_with_only_one_power() -> None:
    require_member(IDENTITY)
    assert decode_point("0" * 63 + "1") == IDENTITY
    assert multiply(IDENTITY, 5) == multiply(IDENTITY, 0) == multiply_base(0) == multiply_base(ORDER) == IDENTITY


@properties
@given(scalars)
def test_a_number_is_written_and_read(number: int) -> None:
    assert decode_scalar(encode_scalar(number)) == number


@pytest.mark.parametrize(
    "text",
    [
        None,
        5,
        "",
        "00",
        "05",
        "-1",
        "+1",
        "1 ",
        "1\n",
        "1.0",
        "1e3",
        "0x1",
        "１",
        "1_0",
        str(ORDER),
        str(2**256),
        "9" * 77,
        "9" * 9999,
    ],
)
def test_another_spelling_of_a_number_is_refused(text: object) -> None:
    with pytest.raises(MalformedError):
        decode_scalar(text)


def test_the_smallest_and_the_largest_number_are_read() -> None:
    assert decode_scalar("0") == 0
    assert decode_scalar(str(ORDER - 1)) == ORDER - 1


@properties
@given(seeds)
def test_random_numbers_are_below_the_order_and_not_zero(seed: int) -> None:
    rng = seeded(seed)
    first, second = random_scalar(rng), random_scalar(rng)
    assert 0 < first < ORDER
    assert first != second


def test_the_ends_of_what_randomness_gives_stay_in_range() -> None:
    assert random_scalar(bytes) == 1
    assert 0 < random_scalar(lambda size: b"\xff" * size) < ORDER


@properties
@given(st.text(st.characters(codec="utf-8"), max_size=20), st.lists(points, min_size=1, max_size=3))
def test_a_challenge_is_the_hash_of_the_prefix_and_the_points_with_commas(prefix: str, members: list[bytes]) -> None:
    text = prefix + ",".join(encode_point(member) for member in members)
    assert hash_to_scalar(prefix, members) == int(hashlib.sha256(text.encode()).hexdigest(), 16) % ORDER
