import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.elgamal import (
    Ciphertext,
    decode_ciphertext,
    encode_ciphertext,
    encrypt,
    multiply_ciphertexts,
    read_ciphertext,
)
from crypto.errors import MalformedError, VerificationError
from crypto.group import BASE, ORDER, add, encode_point, multiply, multiply_base, subtract
from tests.strategies import SMALL_ORDER, points, scalars, secrets

properties = settings(max_examples=40, deadline=None)


@properties
@given(secrets, st.integers(min_value=-3, max_value=1000), scalars)
def test_the_secret_opens_what_its_key_sealed(secret: int, message: int, nonce: int) -> None:
    alpha, beta = encrypt(multiply_base(secret), message, nonce)
    assert alpha == multiply_base(nonce)
    assert subtract(beta, multiply(alpha, secret)) == multiply_base(message)


@properties
@given(points, st.integers(0, 9), scalars, st.integers(0, 9), scalars)
def test_a_product_holds_the_sum(key: bytes, left: int, first: int, right: int, second: int) -> None:
    product = multiply_ciphertexts(encrypt(key, left, first), encrypt(key, right, second))
    assert product == encrypt(key, left + right, (first + second) % ORDER)


@properties
@given(st.builds(Ciphertext, points, points))
def test_a_ciphertext_is_written_and_read(ciphertext: Ciphertext) -> None:
    value = encode_ciphertext(ciphertext)
    assert decode_ciphertext(value, "choice") == read_ciphertext(value, "choice") == ciphertext


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {"alpha": encode_point(BASE)},
        {"beta": encode_point(BASE)},
        {"alpha": encode_point(BASE), "beta": encode_point(BASE), "gamma": 1},
        {"alpha": 1, "beta": encode_point(BASE)},
        {"alpha": encode_point(BASE), "beta": "F" * 64},
    ],
)
def test_anything_else_is_refused(value: object) -> None:
    for read in (decode_ciphertext, read_ciphertext):
        with pytest.raises(MalformedError, match=r"^choice 1"):
            read(value, "choice 1")


@pytest.mark.parametrize("place", ["alpha", "beta"])
@pytest.mark.parametrize("torsion", SMALL_ORDER)
def test_decoding_refuses_a_point_outside_the_group_and_reading_leaves_it_to_the_caller(
    place: str, torsion: bytes
) -> None:
    for point in (torsion, add(BASE, torsion)):
        value = encode_ciphertext(Ciphertext(BASE, BASE)) | {place: encode_point(point)}
        with pytest.raises(VerificationError, match=f"^choice 1, {place}: not an element"):
            decode_ciphertext(value, "choice 1")
        assert getattr(read_ciphertext(value, "choice 1"), place) == point


def test_a_key_outside_the_group_is_not_used() -> None:
    with pytest.raises(VerificationError):
        encrypt(add(BASE, SMALL_ORDER[0]), 1, 5)
