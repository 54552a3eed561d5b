import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.errors import CryptoError, MalformedError, VerificationError
from crypto.group import ORDER, multiply_base
from crypto.sealed_share import (
    SealedShare,
    _cipher,
    decode_sealed_share,
    encode_sealed_share,
    open_share,
    seal_share,
)
from tests.strategies import seeded

SCALARS = st.integers(0, ORDER - 1)
SEALED = seal_share(42, multiply_base(7), b"context", seeded(1))


@settings(max_examples=30, deadline=None)
@given(SCALARS, SCALARS.filter(bool), st.binary(max_size=40), st.integers(0, 2**32))
def test_the_recipient_opens_what_was_sealed(share: int, secret: int, context: bytes, seed: int) -> None:
    sealed = seal_share(share, multiply_base(secret), context, seeded(seed))
    again = decode_sealed_share(encode_sealed_share(sealed), "share")
    assert again == sealed
    assert open_share(again, secret, context) == share


def test_two_seals_of_one_share_differ() -> None:
    rng = seeded(1)
    first, second = (seal_share(42, multiply_base(7), b"", rng) for _ in range(2))
    assert first.ephemeral != second.ephemeral
    assert first.sealed != second.sealed


@pytest.mark.parametrize(("secret", "context"), [(8, b"context"), (7, b"contexT"), (7, b"")])
def test_nobody_else_and_nowhere_else_it_opens(secret: int, context: bytes) -> None:
    with pytest.raises(VerificationError, match="cannot be opened"):
        open_share(SEALED, secret, context)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 47), st.integers(1, 255))
def test_a_changed_byte_is_noticed(position: int, flip: int) -> None:
    sealed = bytearray(SEALED.sealed)
    sealed[position] ^= flip
    with pytest.raises(VerificationError, match="cannot be opened"):
        open_share(SealedShare(SEALED.ephemeral, bytes(sealed)), 7, b"context")


def test_another_ephemeral_key_is_noticed() -> None:
    with pytest.raises(VerificationError, match="cannot be opened"):
        open_share(SealedShare(multiply_base(5), SEALED.sealed), 7, b"context")


def test_a_number_that_is_not_below_the_order_is_refused() -> None:
    cipher = _cipher(multiply_base(5), multiply_base(7), multiply_base(35), b"")
    sealed = SealedShare(multiply_base(5), cipher.encrypt(bytes(12), ORDER.to_bytes(32, "little"), b""))
    with pytest.raises(VerificationError, match="not below the order"):
        open_share(sealed, 7, b"")


@pytest.mark.parametrize(
    "change",
    [
        {"ephemeral": "0" * 63 + "1"},
        {"ephemeral": "0" * 64},
        {"sealed": "zz" * 48},
        {"sealed": "ab" * 47},
        {"sealed": "AB" * 48},
        {"sealed": "ab " * 48},
        {"sealed": 7},
        {"nonce": ""},
    ],
)
def test_another_spelling_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(CryptoError):
        decode_sealed_share(encode_sealed_share(SEALED) | change, "share")


def test_a_sealed_share_names_its_length() -> None:
    with pytest.raises(MalformedError, match=r"^share: 96 lowercase hex digits are expected"):
        decode_sealed_share(encode_sealed_share(SEALED) | {"sealed": ""}, "share")
