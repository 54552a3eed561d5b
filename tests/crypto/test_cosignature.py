"""A cosignature holds for one checkpoint at one time, and no signature passes for one of another kind."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.checkpoint import Checkpoint, sign_checkpoint
from crypto.cosignature import cosign, cosigned_at, with_signatures
from crypto.cosigned_message import ed25519_message, join_cosignature, ml_dsa_message, split_cosignature
from crypto.encoding import MAX_INT64
from crypto.errors import MalformedError, VerificationError
from crypto.ml_dsa import MLDSAKey, sign_ml_dsa, verify_ml_dsa
from crypto.note import KeyType, Note, NoteSignature, VerifierKey, decode_note, encode_note, signers_of
from crypto.signature import SigningKey
from tests.crypto.logs import AT, LOG, LOG_KEY, ML_DSA_KEY, ORIGIN, PQ, W1, W2, WITNESS_KEYS

NOTE = decode_note(sign_checkpoint(Checkpoint(ORIGIN, 600, bytes(range(32))), LOG_KEY))
OTHER = decode_note(sign_checkpoint(Checkpoint(ORIGIN, 601, bytes(range(32))), LOG_KEY))
KEYS: dict[str, SigningKey | MLDSAKey] = {**WITNESS_KEYS, "pq.example": ML_DSA_KEY}
COSIGNATURES = {name: cosign(NOTE, name, key, AT) for name, key in KEYS.items()}
VERIFIERS = {"w1.example": W1, "w2.example": W2, "pq.example": PQ}

times = st.integers(0, MAX_INT64)


@given(times, st.binary(min_size=1, max_size=70))
@settings(max_examples=50, deadline=None)
def test_a_cosignature_is_read_as_it_was_written(at: int, signature: bytes) -> None:
    assert split_cosignature(join_cosignature(at, signature)) == (at, signature)


@given(times)
@settings(max_examples=30, deadline=None)
def test_a_cosignature_of_any_time_holds(at: int) -> None:
    signature = cosign(NOTE, "w1.example", WITNESS_KEYS["w1.example"], at)
    assert cosigned_at(signature) == at
    assert signers_of(with_signatures(NOTE, [signature]), [W1]) == (W1,)


def test_all_cosigners_of_a_checkpoint_are_found_beside_its_log() -> None:
    note = decode_note(encode_note(with_signatures(NOTE, COSIGNATURES.values())))
    assert signers_of(note, [LOG, PQ, W2, W1]) == (LOG, PQ, W2, W1)
    assert {cosigned_at(signature) for signature in note.signatures[1:]} == {AT}


def test_the_message_of_an_ed25519_cosignature_has_time_and_text() -> None:
    assert ed25519_message(NOTE.text, 7) == b"cosignature/v1\ntime 7\n" + NOTE.text.encode()


def test_the_message_of_an_ml_dsa_cosignature_has_name_time_origin_size_and_root() -> None:
    assert ml_dsa_message("pq.example", NOTE.text, 7) == (
        b"subtree/v1\n\x00\x0apq.example"
        + bytes(7)
        + b"\x07\x0dlog.example/1"
        + bytes(8)
        + bytes(6)
        + b"\x02\x58"
        + bytes(range(32))
    )


@pytest.mark.parametrize("name", VERIFIERS)
def test_a_cosignature_does_not_hold_for_another_time_or_checkpoint(name: str) -> None:
    signature = COSIGNATURES[name]
    later = replace(signature, blob=join_cosignature(AT + 1, split_cosignature(signature.blob)[1]))
    for text, line in [(NOTE.text, later), (OTHER.text, signature)]:
        with pytest.raises(VerificationError, match=name):
            signers_of(Note(text, (line,)), [VERIFIERS[name]])


def test_a_cosignature_of_ml_dsa_does_not_hold_under_another_name() -> None:
    other = VerifierKey("pq2.example", KeyType.ML_DSA_44, PQ.public)
    line = NoteSignature(other.name, other.key_id, COSIGNATURES["pq.example"].blob)
    with pytest.raises(VerificationError, match="pq2"):
        signers_of(Note(NOTE.text, (line,)), [other])


def test_a_cosignature_does_not_pass_for_the_signature_of_a_log() -> None:
    log = VerifierKey("w1.example", KeyType.ED25519, W1.public)
    line = NoteSignature(log.name, log.key_id, split_cosignature(COSIGNATURES["w1.example"].blob)[1])
    with pytest.raises(VerificationError):
        signers_of(Note(NOTE.text, (line,)), [log])


@pytest.mark.parametrize("name", VERIFIERS)
def test_a_cosignature_that_is_cut_or_longer_does_not_hold(name: str) -> None:
    for blob in (COSIGNATURES[name].blob[:-1], COSIGNATURES[name].blob + b"\x00", COSIGNATURES[name].blob[:9]):
        with pytest.raises(VerificationError):
            signers_of(Note(NOTE.text, (replace(COSIGNATURES[name], blob=blob),)), [VERIFIERS[name]])


def test_a_time_that_is_no_u64_of_63_bits_is_refused() -> None:
    for at in (-1, MAX_INT64 + 1, 1 << 64):
        with pytest.raises(MalformedError, match="a time from 0"):
            cosign(NOTE, "w1.example", WITNESS_KEYS["w1.example"], at)
        with pytest.raises(MalformedError, match="a time from 0"):
            cosign(NOTE, "pq.example", ML_DSA_KEY, at)
    for blob in (b"\x80" + bytes(71), b"\xff" * 72):
        with pytest.raises(MalformedError, match="a time from 0"):
            cosigned_at(replace(COSIGNATURES["w1.example"], blob=blob))


@pytest.mark.parametrize("blob", [b"\x00", bytes(8)])
def test_a_signature_without_time_is_no_cosignature(blob: bytes) -> None:
    with pytest.raises(MalformedError, match="eight bytes of time"):
        cosigned_at(replace(COSIGNATURES["w1.example"], blob=blob))


@pytest.mark.parametrize("name", VERIFIERS)
def test_only_a_checkpoint_is_cosigned(name: str) -> None:
    with pytest.raises(MalformedError, match="checkpoint"):
        cosign(Note("hello\n", NOTE.signatures), name, KEYS[name], AT)


def test_names_above_255_bytes_do_not_fit_an_ml_dsa_cosignature() -> None:
    with pytest.raises(MalformedError, match="255 bytes"):
        cosign(NOTE, "善" * 86, ML_DSA_KEY, AT)
    assert len(ml_dsa_message("善" * 85, NOTE.text, AT)) == 12 + 1 + 255 + 8 + 1 + len(ORIGIN) + 16 + 32


def test_a_signature_that_is_there_is_not_added_again() -> None:
    line = COSIGNATURES["w1.example"]
    note = with_signatures(NOTE, [line, line, NOTE.signatures[0]])
    assert note.signatures == (NOTE.signatures[0], line)


def test_a_key_of_ml_dsa_signs_each_time_anew_and_shows_nothing() -> None:
    first, second = sign_ml_dsa(ML_DSA_KEY, b"m"), sign_ml_dsa(ML_DSA_KEY, b"m")
    assert (first != second, len(first)) == (True, 2420)
    verify_ml_dsa(PQ.public, b"m", first)
    assert "x04" not in repr(ML_DSA_KEY)
    for message, signature in [(b"n", first), (b"m", bytes(2420)), (b"m", b"")]:
        with pytest.raises(VerificationError, match="ML-DSA-44"):
            verify_ml_dsa(PQ.public, message, signature)
