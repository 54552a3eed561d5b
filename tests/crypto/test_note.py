"""A note has one spelling, and counts for those who signed it."""

import base64
import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.errors import MalformedError, VerificationError
from crypto.group import IDENTITY
from crypto.note import (
    MAX_NOTE_BYTES,
    KeyType,
    Note,
    NoteSignature,
    VerifierKey,
    decode_note,
    decode_verifier_key,
    encode_note,
    encode_verifier_key,
    read_signature_line,
    sign_note,
    signature_line,
    signers_of,
)
from crypto.signature import SigningKey
from tests.crypto.logs import LOG, LOG_KEY, ORIGIN, PQ, W1

TEXT = "善治\nsecond line\n"
SIGNATURE = sign_note(TEXT, ORIGIN, LOG_KEY)
DATA = encode_note(Note(TEXT, (SIGNATURE,)))

# The example of signed-note, with its key.
POEM = """Ognuno sta solo sul cuor della terra
trafitto da un raggio di sole:

ed è subito sera.

— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=
"""

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\x7f\x85")).map("{}\n".format)
names = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"], exclude_characters="+"), min_size=1)
signatures = st.builds(NoteSignature, names, st.binary(min_size=4, max_size=4), st.binary(min_size=1, max_size=80))


@given(st.builds(Note, texts, st.lists(signatures, min_size=1, max_size=4).map(tuple)))
@settings(max_examples=100, deadline=None)
def test_a_note_is_read_as_it_was_written(note: Note) -> None:
    assert decode_note(encode_note(note)) == note


@given(
    st.builds(
        VerifierKey,
        names,
        st.just(KeyType.ED25519),
        st.binary(min_size=32, max_size=32).map(lambda seed: SigningKey(seed).public),
    )
)
@settings(max_examples=30, deadline=None)
def test_a_verifier_key_is_read_as_it_was_written(key: VerifierKey) -> None:
    assert decode_verifier_key(encode_verifier_key(key)) == key


def test_the_example_of_the_specification_is_read() -> None:
    note = decode_note(POEM.encode())
    assert note.text == POEM[: POEM.index("\n— ")]
    assert [signature.name for signature in note.signatures] == ["quasimodo.example/salvatore"]
    assert encode_note(note) == POEM.encode()


def test_a_key_id_is_the_hash_of_name_line_feed_type_and_key() -> None:
    assert LOG.key_id == hashlib.sha256(b"log.example/1\n\x01" + LOG.public).digest()[:4]
    assert W1.key_id == hashlib.sha256(b"w1.example\n\x04" + W1.public).digest()[:4]
    assert PQ.key_id == hashlib.sha256(b"pq.example\n\x06" + PQ.public).digest()[:4]


def test_text_and_signatures_are_parted_at_the_last_empty_line() -> None:
    text = f"one\n\n— {ORIGIN} AAAAAAAA\n\n\n"
    note = decode_note(encode_note(Note(text, (sign_note(text, ORIGIN, LOG_KEY),))))
    assert (note.text, len(note.signatures)) == (text, 1)
    assert signers_of(note, [LOG]) == (LOG,)


def test_str_splitlines_would_split_at_u2028_and_u0085_but_a_note_does_not() -> None:
    text = "a\u2028b\u0085c\n"
    assert decode_note(encode_note(Note(text, (SIGNATURE,)))).text == text
    with pytest.raises(MalformedError, match="blanks"):
        decode_note(DATA.replace(ORIGIN.encode(), "log\u2028example".encode()))


@pytest.mark.parametrize("control", ["\r", "\t", "\x00", "\x1f", "\x0b"])
def test_crlf_and_other_control_characters_are_refused(control: str) -> None:
    with pytest.raises(MalformedError, match="control character"):
        decode_note(DATA.replace(b"\nsecond", f"{control}\nsecond".encode()))
    with pytest.raises(MalformedError, match="control character"):
        encode_note(Note(f"a{control}\n", (SIGNATURE,)))


def test_a_missing_final_line_feed_is_refused() -> None:
    with pytest.raises(MalformedError, match="ended by a line feed"):
        decode_note(DATA[:-1])
    with pytest.raises(MalformedError, match="ends with a line feed"):
        encode_note(Note("a", (SIGNATURE,)))


@pytest.mark.parametrize("name", ["", "a+b", "a b", "a\u00a0b", "a\u3000b", "a\u0085b", "a\u2029b"])
def test_names_with_plus_or_blanks_are_refused(name: str) -> None:
    with pytest.raises(MalformedError, match="neither blanks nor"):
        VerifierKey(name, KeyType.ED25519, LOG.public)
    with pytest.raises(MalformedError):
        decode_note(f"a\n\n— {name} {base64.b64encode(bytes(68)).decode()}\n".encode())
    with pytest.raises(MalformedError):
        encode_note(Note(TEXT, (NoteSignature(name, bytes(4), bytes(64)),)))


@pytest.mark.parametrize(
    "line",
    [
        "— log.example/1",
        "— log.example/1 ",
        "- log.example/1 AAAAAAA=",
        "—log.example/1 AAAAAAA=",
        "—  log.example/1 AAAAAAA=",
        " — log.example/1 AAAAAAA=",
        "— log.example/1 AAAAAAA= ",
        "— log.example/1 AAAA",
        "— log.example/1 AAAAAA==",
    ],
)
def test_a_line_that_is_no_signature_is_refused(line: str) -> None:
    with pytest.raises(MalformedError):
        read_signature_line(line)


@pytest.mark.parametrize("encoded", ["AAAA*AAA=", "AAAAAAB=", "AAAAAAA", "AAAA_AAA", "AAAA\u00a0AAA="])
def test_b64decode_dropping_foreign_characters_and_loose_trailing_bits_is_not_ours(encoded: str) -> None:
    with pytest.raises(MalformedError, match="standard Base64"):
        read_signature_line(f"— log.example/1 {encoded}")


@pytest.mark.parametrize(
    "data", [b"", b"\n\n", b"a\n", b"a\n\n", b"a\n\n\n", b"\xff" + DATA, DATA + b"\n", DATA.replace(b"\n\n", b"\n")]
)
def test_what_is_no_note_is_refused(data: bytes) -> None:
    with pytest.raises(MalformedError):
        decode_note(data)


def test_sixteen_signatures_are_read_and_a_hundred_and_one_are_not() -> None:
    assert len(decode_note(encode_note(Note(TEXT, (SIGNATURE,) * 16))).signatures) == 16
    with pytest.raises(MalformedError, match="more than 100"):
        encode_note(Note(TEXT, (SIGNATURE,) * 101))


def test_a_note_of_a_megabyte_is_refused() -> None:
    with pytest.raises(MalformedError, match="bytes"):
        decode_note(b"a" * MAX_NOTE_BYTES + DATA)


@pytest.mark.parametrize("text", ["\udc00\n", "a\ud800b\n"])
def test_half_a_surrogate_pair_is_never_written(text: str) -> None:
    with pytest.raises(MalformedError, match="surrogate"):
        encode_note(Note(text, (SIGNATURE,)))
    with pytest.raises(MalformedError, match="surrogate"):
        VerifierKey(text.strip(), KeyType.ED25519, LOG.public)


def test_a_key_id_of_another_length_is_not_written() -> None:
    with pytest.raises(MalformedError, match="read differently"):
        encode_note(Note(TEXT, (NoteSignature(ORIGIN, b"abc", b"defg"),)))


def test_an_unknown_key_is_ignored_even_with_the_name_or_the_id_of_a_known_one() -> None:
    same_name = NoteSignature(ORIGIN, bytes(4), bytes(64))
    same_id = NoteSignature("other.example", LOG.key_id, bytes(64))
    note = Note(TEXT, (same_name, same_id, SIGNATURE))
    assert signers_of(note, [LOG]) == (LOG,)
    assert signers_of(Note(TEXT, (same_name, same_id)), [LOG]) == ()


@pytest.mark.parametrize("blob", [bytes(64), SIGNATURE.blob[:-1], SIGNATURE.blob + b"\x00", b"\x00"])
def test_a_known_key_whose_signature_fails_refuses_the_note(blob: bytes) -> None:
    bad = NoteSignature(ORIGIN, LOG.key_id, blob)
    for lines in [(bad,), (SIGNATURE, bad), (bad, SIGNATURE)]:
        with pytest.raises(VerificationError, match=r"signature of log\.example/1 is not"):
            signers_of(Note(TEXT, lines), [LOG])


def test_a_key_counts_once_however_often_it_signed_or_is_given() -> None:
    assert signers_of(Note(TEXT, (SIGNATURE, SIGNATURE)), [LOG, LOG]) == (LOG,)


def test_a_signature_does_not_hold_for_another_text() -> None:
    with pytest.raises(VerificationError):
        signers_of(Note(TEXT + "more\n", (SIGNATURE,)), [LOG])


def test_a_log_does_not_pass_for_a_witness() -> None:
    key = VerifierKey(ORIGIN, KeyType.COSIGNATURE, LOG.public)
    forged = NoteSignature(ORIGIN, key.key_id, bytes(8) + SIGNATURE.blob)
    with pytest.raises(VerificationError):
        signers_of(Note(TEXT, (forged,)), [key])


def test_two_keys_with_one_name_and_id_are_not_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    other = VerifierKey(ORIGIN, KeyType.ED25519, W1.public)
    monkeypatch.setattr(VerifierKey, "key_id", b"same")
    with pytest.raises(MalformedError, match="two keys"):
        signers_of(Note(TEXT, (SIGNATURE,)), [LOG, other])


def test_a_key_that_anybody_could_sign_for_is_refused() -> None:
    key = VerifierKey(ORIGIN, KeyType.ED25519, IDENTITY)
    with pytest.raises(VerificationError, match="public key"):
        decode_verifier_key(encode_verifier_key(key))
    # For the identity as key, R = B and s = 1 hold for every text.
    base = bytes.fromhex("5866666666666666666666666666666666666666666666666666666666666666")
    forged = NoteSignature(ORIGIN, key.key_id, base + (1).to_bytes(32, "little"))
    with pytest.raises(VerificationError):
        signers_of(Note(TEXT, (forged,)), [key])


@pytest.mark.parametrize("length", [0, 31, 33, 1312])
def test_a_key_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(MalformedError, match="another length"):
        VerifierKey(ORIGIN, KeyType.ED25519, bytes(length))
    with pytest.raises(MalformedError, match="another length"):
        VerifierKey(ORIGIN, KeyType.ML_DSA_44, bytes(length + 1))


VKEY = encode_verifier_key(LOG)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "log.example/1",
        VKEY.replace("+", " ", 1),
        VKEY.replace(LOG.key_id.hex(), LOG.key_id.hex().upper()),
        VKEY.replace(LOG.key_id.hex(), "00000000"),
        VKEY[:-1],
        VKEY + "=",
        VKEY + "\n",
        "a" + VKEY,
        f"{ORIGIN}+00000000+=",
        f"{ORIGIN}+00000000+" + base64.b64encode(b"\x02" + LOG.public).decode(),
    ],
)
def test_what_is_no_verifier_key_is_refused(text: str) -> None:
    with pytest.raises(MalformedError, match="verifier key"):
        decode_verifier_key(text)


def test_a_line_below_a_note_ends_with_a_line_feed() -> None:
    assert signature_line(SIGNATURE).endswith("\n")
    assert DATA.endswith(signature_line(SIGNATURE).encode())
