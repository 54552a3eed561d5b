import base64
import hmac
import json
from collections.abc import Callable
from typing import Any

import nacl.bindings
import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.encoding import compact_json
from crypto.errors import MalformedError, VerificationError
from crypto.group import FIELD
from crypto.sealed_list import (
    OfficeKey,
    decode_office_key,
    decode_office_public_key,
    encode_office_key,
    encode_office_public_key,
    generate_office_key,
    open_opening_list,
    seal_opening_list,
    sealed_owner,
)
from tests.crypto.elections import election_of
from tests.crypto.named_election import ELECTION
from tests.strategies import seeded

KEY = generate_office_key(seeded(1))
OTHER = generate_office_key(seeded(2))
PLAIN = b'{"ballots":"..."}'
SEALED = seal_opening_list(ELECTION, 2, KEY.public, PLAIN)
REFUSAL = (
    "the sealed opening list: it was not sealed to this office's key for this election and trustee, or it was changed"
)
SMALL_ORDER = (
    0,
    1,
    325606250916557431795983626356110631294008115727848805560023387167927233504,
    39382357235489614581723060781553021112529911719440698176882885853963445705823,
    FIELD - 1,
)
"""The coordinates u of small order on Curve25519 and its twist, as they were published with the curve."""


def _labeled_extract(suite: bytes, salt: bytes, label: bytes, material: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + material, "sha256")


def _labeled_expand(suite: bytes, key: bytes, label: bytes, info: bytes, length: int) -> bytes:
    """One block is enough for 32 bytes."""
    labeled = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
    return hmac.digest(key, labeled + b"\x01", "sha256")[:length]


def _open_by_hand(private: bytes, info: bytes, sealed: bytes, associated: bytes = b"") -> bytes:
    """RFC 9180 §4.1, §5.1 and §5.2 with libsodium's X25519 and ChaCha20-Poly1305."""
    enc, ciphertext = sealed[:32], sealed[32:]
    kem = b"KEM" + (0x20).to_bytes(2, "big")
    shared = nacl.bindings.crypto_scalarmult(private, enc)
    context = enc + nacl.bindings.crypto_scalarmult_base(private)
    extracted = _labeled_extract(kem, b"", b"eae_prk", shared)
    secret = _labeled_expand(kem, extracted, b"shared_secret", context, 32)
    suite = b"HPKE" + b"".join(number.to_bytes(2, "big") for number in (0x20, 1, 3))
    schedule = (
        b"\x00" + _labeled_extract(suite, b"", b"psk_id_hash", b"") + _labeled_extract(suite, b"", b"info_hash", info)
    )
    extracted = _labeled_extract(suite, secret, b"secret", b"")
    key = _labeled_expand(suite, extracted, b"key", schedule, 32)
    nonce = _labeled_expand(suite, extracted, b"base_nonce", schedule, 12)
    return nacl.bindings.crypto_aead_chacha20poly1305_ietf_decrypt(ciphertext, associated, nonce, key)


def test_the_hand_opens_the_first_message_of_rfc_9180() -> None:
    """RFC 9180 A.2.1."""
    private = bytes.fromhex("8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb")
    enc = bytes.fromhex("1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a")
    info = bytes.fromhex("4f6465206f6e2061204772656369616e2055726e")
    ciphertext = bytes.fromhex(
        "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28"
    )
    assert _open_by_hand(private, info, enc + ciphertext, b"Count-0") == b"Beauty is truth, truth beauty"


def test_a_sealed_list_is_what_the_specification_says() -> None:
    document = json.loads(SEALED)
    assert rfc8785.dumps(document) == SEALED
    sealed = base64.b64decode(document.pop("sealed"))
    assert document == {"election": ELECTION.uuid, "fingerprint": ELECTION.fingerprint, "owner": 2, "version": 1}
    assert len(sealed) == len(PLAIN) + 48
    info = f'["shanzhi opening list 1","{ELECTION.uuid}","{ELECTION.fingerprint}",2]'.encode()
    assert _open_by_hand(KEY.private, info, sealed) == PLAIN


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=80), st.integers(1, 64), st.integers(0, 2**32))
def test_the_office_opens_what_was_sealed_to_it(plain: bytes, owner: int, seed: int) -> None:
    key = generate_office_key(seeded(seed))
    sealed = seal_opening_list(ELECTION, owner, key.public, plain)
    assert sealed_owner(sealed, ELECTION) == owner
    assert open_opening_list(ELECTION, owner, key, sealed) == plain


def test_two_sealings_of_one_list_differ() -> None:
    assert seal_opening_list(ELECTION, 2, KEY.public, PLAIN) != SEALED


def _refused(key: OfficeKey, owner: int, document: bytes, election: Any = ELECTION) -> str:
    with pytest.raises(VerificationError) as refusal:
        open_opening_list(election, owner, key, document)
    assert refusal.value.__cause__ is None
    return str(refusal.value)


def _with(**changes: object) -> bytes:
    return compact_json(json.loads(SEALED) | changes)


def test_it_opens_nowhere_else() -> None:
    assert _refused(OTHER, 2, SEALED) == REFUSAL
    assert _refused(KEY, 1, SEALED) == "the sealed opening list: it is that of trustee 2, not 1"
    assert _refused(KEY, 1, _with(owner=1)) == REFUSAL
    for other in (election_of(*ELECTION.questions), election_of(*ELECTION.questions, name="another")):
        assert _refused(KEY, 2, SEALED, other) == "the sealed opening list: it was made for another election"
        moved = compact_json(json.loads(SEALED) | {"election": other.uuid, "fingerprint": other.fingerprint})
        assert _refused(KEY, 2, moved, other) == REFUSAL
    with pytest.raises(VerificationError, match="made for another election"):
        sealed_owner(_with(election="x"), ELECTION)
    with pytest.raises(VerificationError, match="made for another election"):
        sealed_owner(_with(fingerprint=None), ELECTION)


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_a_list_with_anything_changed_stays_shut(data: st.DataObject) -> None:
    sealed = base64.b64decode(json.loads(SEALED)["sealed"])
    place = data.draw(st.integers(0, len(sealed) - 1))
    changed = sealed[:place] + bytes([sealed[place] ^ data.draw(st.integers(1, 255))]) + sealed[place + 1 :]
    for each in (changed, sealed[:place], sealed + b"\x00"):
        assert _refused(KEY, 2, _with(sealed=base64.b64encode(each).decode())) == REFUSAL


def test_an_ephemeral_key_that_hides_nothing_is_refused_alike() -> None:
    sealed = base64.b64decode(json.loads(SEALED)["sealed"])
    for u in SMALL_ORDER:
        spoilt = u.to_bytes(32, "little") + sealed[32:]
        assert _refused(KEY, 2, _with(sealed=base64.b64encode(spoilt).decode())) == REFUSAL


CHANGES: list[tuple[Callable[[dict[str, Any]], object], str]] = [
    (lambda value: value.update(version=2), ": only version 1 is known"),
    (lambda value: value.update(version=None), ", version: a whole number"),
    (lambda value: value.update(note=1), ": unknown field 'note'"),
    (lambda value: value.pop("sealed"), ": field sealed is missing"),
    (lambda value: value.update(owner=0), ", owner: a whole number from 1"),
    (lambda value: value.update(sealed=1), ", sealed: standard Base64 is expected"),
    (lambda value: value.update(sealed="%"), ", sealed: standard Base64 is expected"),
    (lambda value: value.update(sealed=value["sealed"].rstrip("=")), ", sealed: standard Base64 is expected"),
]


@pytest.mark.parametrize(("change", "sentence"), CHANGES)
def test_what_is_no_sealed_list_is_refused(change: Callable[[dict[str, Any]], object], sentence: str) -> None:
    value = json.loads(SEALED)
    change(value)
    for read in (
        lambda data: sealed_owner(data, ELECTION),
        lambda data: open_opening_list(ELECTION, 2, KEY, data),
    ):
        with pytest.raises(MalformedError) as refusal:
            read(compact_json(value))
        assert str(refusal.value).startswith(f"the sealed opening list{sentence}")


@pytest.mark.parametrize(
    "data", [SEALED + b"\n", SEALED.replace(b":", b": ", 1), compact_json({"version": 1} | json.loads(SEALED))]
)
def test_another_spelling_is_refused(data: bytes) -> None:
    with pytest.raises(MalformedError, match="not in canonical spelling"):
        open_opening_list(ELECTION, 2, KEY, data)


def test_the_public_key_is_that_of_rfc_7748() -> None:
    """RFC 7748 §6.1, Alice."""
    key = decode_office_key("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a")
    assert encode_office_public_key(key.public) == "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"


def test_keys_are_written_and_read() -> None:
    assert decode_office_key(encode_office_key(KEY)) == KEY
    assert decode_office_public_key(encode_office_public_key(KEY.public)) == KEY.public
    assert KEY.private.hex() not in repr(KEY)


@pytest.mark.parametrize("text", [None, 5, "", "ab" * 31, "AB" * 32, "ab" * 32 + "\n", "zz" * 32])
def test_another_spelling_of_a_key_is_refused(text: object) -> None:
    with pytest.raises(MalformedError, match=r"^the office's private key: 64 lowercase hex digits are expected$"):
        decode_office_key(text)
    with pytest.raises(MalformedError, match=r"^the office's public key: 64 lowercase hex digits are expected$"):
        decode_office_public_key(text)


@pytest.mark.parametrize("number", [FIELD, FIELD + 9, 2**255 + 9, 2**256 - 1])
def test_a_public_key_is_below_p(number: int) -> None:
    with pytest.raises(MalformedError, match="it is not below p"):
        decode_office_public_key(number.to_bytes(32, "little").hex())


@pytest.mark.parametrize("u", SMALL_ORDER)
def test_a_public_key_with_which_nothing_is_secret_is_refused(u: int) -> None:
    public = u.to_bytes(32, "little")
    with pytest.raises(VerificationError, match="with this one nothing would be secret"):
        decode_office_public_key(public.hex())
    with pytest.raises(VerificationError, match="with this one nothing would be secret"):
        seal_opening_list(ELECTION, 2, public, PLAIN)
