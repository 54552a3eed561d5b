"""What was sealed opens with its key in its place, and any other way fails alike."""

import hashlib
import hmac

import nacl.bindings
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.envelope import derive_key, key_id, keyed_digest, seal, unseal
from crypto.errors import MalformedError, VerificationError

MASTER = bytes(range(32))
KEY = derive_key(MASTER, "roll")
OTHER = derive_key(MASTER, "account")
PLACE = "roll/owner/17"


def nonce(count: int) -> bytes:
    return b"\x05" * count


def require_one_error(keys: list[bytes], context: str, envelope: bytes) -> None:
    with pytest.raises(VerificationError) as caught:
        unseal(keys, context, envelope)
    assert str(caught.value) == "sealed data: it was not sealed with these keys for this place, or it was changed"
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


def test_a_derived_key_is_that_of_rfc_5869() -> None:
    """Extract and expand by hand, one block: HMAC(HMAC(zeros, master), info | 0x01)."""
    extracted = hmac.digest(bytes(32), MASTER, "sha256")
    assert hmac.digest(extracted, b"shanzhi-key-1\nroll\x01", "sha256") == KEY


def test_each_purpose_has_its_own_key() -> None:
    assert len({KEY, OTHER, derive_key(MASTER, ""), derive_key(MASTER[::-1], "roll")}) == 4


def test_an_envelope_is_what_the_specification_says() -> None:
    """libsodium opens it."""
    envelope = seal(KEY, PLACE, b"13800000000", nonce)
    head, ciphertext = envelope[:21], envelope[21:]
    assert head == b"\x01" + hmac.digest(KEY, b"shanzhi-key-id-1\n", "sha256")[:8] + b"\x05" * 12
    associated = head + PLACE.encode()
    opened = nacl.bindings.crypto_aead_chacha20poly1305_ietf_decrypt(ciphertext, associated, b"\x05" * 12, KEY)
    assert opened == b"13800000000"


@given(st.binary(max_size=80), st.text(max_size=20), st.binary(min_size=12, max_size=12))
@settings(max_examples=40, deadline=None)
def test_what_was_sealed_is_what_is_opened(plaintext: bytes, context: str, drawn: bytes) -> None:
    envelope = seal(KEY, context, plaintext, lambda _: drawn)
    assert unseal([KEY], context, envelope) == plaintext
    assert len(envelope) == len(plaintext) + 37


def test_an_old_key_still_opens_and_is_named_in_the_envelope() -> None:
    envelope = seal(KEY, PLACE, b"text", nonce)
    assert unseal([OTHER, KEY], PLACE, envelope) == b"text"
    assert envelope[1:9] == key_id(KEY) != key_id(OTHER)


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_an_envelope_with_anything_changed_stays_shut(data: st.DataObject) -> None:
    envelope = seal(KEY, PLACE, b"text", nonce)
    place = data.draw(st.integers(0, len(envelope) - 1))
    changed = bytes([envelope[place] ^ data.draw(st.integers(1, 255))])
    require_one_error([KEY, OTHER], PLACE, envelope[:place] + changed + envelope[place + 1 :])
    require_one_error([KEY, OTHER], PLACE, envelope[:place])
    require_one_error([KEY, OTHER], PLACE, envelope + changed)


@pytest.mark.parametrize("context", ["roll/owner/18", "roll/owner/1", ""])
def test_an_envelope_does_not_open_in_another_place(context: str) -> None:
    require_one_error([KEY], context, seal(KEY, PLACE, b"text", nonce))


@pytest.mark.parametrize("keys", [[], [OTHER], [MASTER]])
def test_an_envelope_does_not_open_with_other_keys(keys: list[bytes]) -> None:
    require_one_error(keys, PLACE, seal(KEY, PLACE, b"text", nonce))


@pytest.mark.parametrize("length", [0, 31, 33])
def test_keys_of_another_length_are_refused(length: int) -> None:
    with pytest.raises(MalformedError, match=f"32 bytes are expected, there are {length}"):
        derive_key(bytes(length), "roll")
    with pytest.raises(MalformedError, match="32 bytes"):
        seal(bytes(length), PLACE, b"text", nonce)
    with pytest.raises(MalformedError, match="32 bytes"):
        keyed_digest(bytes(length), "roll", "text")


def test_a_keyed_digest_is_what_the_specification_says() -> None:
    framed = b"shanzhi-digest-1\n" + b"\x00\x00\x00\x00\x00\x00\x00\x0droll/identity" + "身份".encode()
    assert keyed_digest(KEY, "roll/identity", "身份") == hmac.new(KEY, framed, hashlib.sha256).digest()


def test_a_keyed_digest_depends_on_key_domain_and_text() -> None:
    digests = {
        keyed_digest(KEY, "ab", "c"),
        keyed_digest(KEY, "a", "bc"),
        keyed_digest(KEY, "ab", "d"),
        keyed_digest(OTHER, "ab", "c"),
    }
    assert len(digests) == 4
