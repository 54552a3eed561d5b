"""A signature holds its key to one payload in one domain."""

import base64

import nacl.signing
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto import group, signature
from crypto.errors import MalformedError, VerificationError
from crypto.signature import (
    SigningKey,
    decode_public_key,
    decode_signature,
    decode_signing_key,
    encode_public_key,
    encode_signature,
    encode_signing_key,
    generate_signing_key,
    sign,
    verify_signature,
)

KEY = SigningKey(bytes(range(32)))
SIGNED = sign(KEY, "ballot/promise/1", b"payload")


def test_a_public_key_is_that_of_rfc_8032() -> None:
    """RFC 8032 section 7.1, test 1."""
    key = decode_signing_key("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    assert encode_public_key(key.public) == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"


def test_a_signature_is_what_the_specification_says() -> None:
    """libsodium makes the same."""
    framed = b"shanzhi-signature-1\n" + b"\x00\x00\x00\x00\x00\x00\x00\x10ballot/promise/1" + b"payload"
    assert nacl.signing.SigningKey(KEY.seed).sign(framed).signature == SIGNED


@given(st.binary(min_size=32, max_size=32), st.text(max_size=20), st.binary(max_size=60))
@settings(max_examples=30, deadline=None)
def test_what_was_signed_verifies(seed: bytes, domain: str, payload: bytes) -> None:
    key = generate_signing_key(lambda _: seed)
    verify_signature(key.public, domain, payload, sign(key, domain, payload))


@pytest.mark.parametrize(
    ("public", "domain", "payload", "signed"),
    [
        (SigningKey(bytes(32)).public, "ballot/promise/1", b"payload", SIGNED),
        (KEY.public, "ballot/promise/2", b"payload", SIGNED),
        (KEY.public, "ballot/promise", b"/1payload", SIGNED),
        (KEY.public, "ballot/promise/1", b"another", SIGNED),
        (KEY.public, "ballot/promise/1", b"payload", SIGNED[:-1]),
        (KEY.public, "ballot/promise/1", b"payload", SIGNED + b"\0"),
        (KEY.public, "ballot/promise/1", b"payload", b""),
    ],
)
def test_anything_changed_is_refused(public: bytes, domain: str, payload: bytes, signed: bytes) -> None:
    with pytest.raises(VerificationError, match="not by this key for this payload"):
        verify_signature(public, domain, payload, signed)


@given(st.integers(0, 511))
@settings(max_examples=40, deadline=None)
def test_a_flipped_bit_is_refused(bit: int) -> None:
    flipped = (int.from_bytes(SIGNED, "little") ^ 1 << bit).to_bytes(64, "little")
    with pytest.raises(VerificationError):
        verify_signature(KEY.public, "ballot/promise/1", b"payload", flipped)


def test_a_response_that_is_not_reduced_is_refused() -> None:
    """RFC 8032 section 5.1.7: S is below the order; S + q would be a second signature of the same payload."""
    response = int.from_bytes(SIGNED[32:], "little") + group.ORDER
    with pytest.raises(VerificationError):
        verify_signature(KEY.public, "ballot/promise/1", b"payload", SIGNED[:32] + response.to_bytes(32, "little"))


@pytest.mark.parametrize(
    "public",
    [
        group.IDENTITY,
        bytes(32),
        (group.FIELD - 1).to_bytes(32, "little"),
        (group.FIELD + 1).to_bytes(32, "little"),
        (2).to_bytes(32, "little"),
        b"",
        bytes(31),
        bytes(33),
    ],
)
def test_a_key_that_would_sign_anything_is_refused(public: bytes) -> None:
    with pytest.raises(VerificationError, match="public key"):
        verify_signature(public, "ballot/promise/1", b"payload", SIGNED)
    with pytest.raises((VerificationError, MalformedError), match="public key"):
        decode_public_key(public.hex())


@given(st.binary(min_size=32, max_size=32))
@settings(max_examples=20, deadline=None)
def test_keys_are_read_back_as_they_were_written(seed: bytes) -> None:
    key = SigningKey(seed)
    assert decode_signing_key(encode_signing_key(key)) == key
    assert decode_public_key(encode_public_key(key.public)) == key.public


@pytest.mark.parametrize(
    "text", ["", "0" * 63, "0" * 65, "A" * 64, "0" * 63 + "\n", "0" * 64 + "\n", "g" * 64, None, 7]
)
def test_another_spelling_of_a_key_is_refused(text: object) -> None:
    with pytest.raises(MalformedError, match="signing key: 64 lowercase hex digits"):
        decode_signing_key(text)
    with pytest.raises(MalformedError, match="public key: 64 lowercase hex digits"):
        decode_public_key(text)


@given(st.binary(min_size=64, max_size=64))
@settings(max_examples=40, deadline=None)
def test_signatures_are_read_back_as_they_were_written(signed: bytes) -> None:
    assert decode_signature(encode_signature(signed)) == signed


WRITTEN = base64.b64encode(b"\xff" * 64).decode()


@pytest.mark.parametrize(
    "text",
    [
        "",
        WRITTEN.rstrip("="),
        WRITTEN + "\n",
        WRITTEN.replace("/", "_"),
        WRITTEN[:-3] + "x==",
        base64.b64encode(bytes(63)).decode(),
        base64.b64encode(bytes(65)).decode(),
        WRITTEN[:40] + " " + WRITTEN[41:],
        None,
        b"",
    ],
)
def test_another_spelling_of_a_signature_is_refused(text: object) -> None:
    with pytest.raises(MalformedError, match="standard Base64"):
        decode_signature(text)


def test_a_private_key_is_not_shown() -> None:
    assert KEY.seed.hex() not in repr(KEY)
    assert repr(KEY.seed) not in repr(KEY)


def test_key_and_signature_have_the_sizes_of_the_rfc() -> None:
    assert (signature.KEY_BYTES, signature.SIGNATURE_BYTES) == (32, 64)
    assert len(SIGNED) == 64
