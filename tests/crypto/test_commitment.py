"""A commitment opens to one thing, in one domain, with one salt."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.commitment import commit, new_salt, verify_commitment
from crypto.errors import MalformedError, VerificationError

SALT = b"abcdefghijklmnopqrstuvwxyz012345"
salts = st.binary(min_size=32, max_size=32)


def test_a_commitment_is_what_the_specification_says() -> None:
    """The expectation was made with printf and sha256sum."""
    expected = "6ba83b777ecf670d1bf7294e87202d519d27be54feb7b0630ea4ae35770ab3a2"
    assert commit("roll/entitlement/1", SALT, b'{"a":1}').hex() == expected


@given(st.text(max_size=9), salts, st.binary(max_size=40))
@settings(max_examples=40, deadline=None)
def test_a_commitment_opens_to_what_was_committed(domain: str, salt: bytes, payload: bytes) -> None:
    verify_commitment(commit(domain, salt, payload), domain, salt, payload)


@pytest.mark.parametrize(
    ("domain", "salt", "payload"),
    [
        ("b", SALT, b"payload"),
        ("a", SALT[::-1], b"payload"),
        ("a", SALT, b"another"),
        ("a", SALT, b""),
        ("", SALT, b"payload"),
    ],
)
def test_a_commitment_opens_to_nothing_else(domain: str, salt: bytes, payload: bytes) -> None:
    with pytest.raises(VerificationError, match="does not open"):
        verify_commitment(commit("a", SALT, b"payload"), domain, salt, payload)


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_salt_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(MalformedError, match=f"32 bytes, this one has {length}"):
        commit("a", bytes(length), b"payload")


@pytest.mark.parametrize("commitment", [b"", bytes(31), bytes(33)])
def test_a_commitment_of_another_length_is_refused(commitment: bytes) -> None:
    with pytest.raises(VerificationError):
        verify_commitment(commitment, "a", SALT, b"payload")


def test_a_salt_is_drawn_from_the_given_randomness() -> None:
    assert new_salt(lambda count: b"\x07" * count) == b"\x07" * 32
