"""A checkpoint has one spelling, and is that of the log that is meant."""

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.checkpoint import Checkpoint, decode_checkpoint, encode_checkpoint, open_checkpoint, sign_checkpoint
from crypto.encoding import MAX_INT64
from crypto.errors import CryptoError, MalformedError, VerificationError
from crypto.merkle import EMPTY_ROOT
from crypto.note import KeyType, Note, VerifierKey, encode_note, sign_note
from tests.crypto.logs import BOTH, LOG, LOG_KEY, ORIGIN, W1, changed_bytes, witnessed

ROOT = bytes(range(32))
CHECKPOINT = Checkpoint(ORIGIN, 600, ROOT)
TEXT = encode_checkpoint(CHECKPOINT)

lines = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n"), min_size=1)
checkpoints = st.builds(
    Checkpoint,
    lines,
    st.integers(1, MAX_INT64),
    st.binary(min_size=32, max_size=32),
    st.lists(lines, max_size=3).map(tuple),
)


@given(checkpoints)
@settings(max_examples=100, deadline=None)
def test_a_checkpoint_is_read_as_it_was_written(checkpoint: Checkpoint) -> None:
    assert decode_checkpoint(encode_checkpoint(checkpoint)) == checkpoint


def test_a_checkpoint_has_three_lines() -> None:
    assert TEXT == "log.example/1\n600\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"


# int() would take each of these, as it takes 6_00 for 600.
@pytest.mark.parametrize(
    "size", ["6_00", " 600", "600 ", "+600", "-1", "６００", "٦٠٠", "0600", "00", "", "6e2", "0x1"]
)
def test_int_taking_underscores_blanks_signs_and_fullwidth_digits_is_not_ours(size: str) -> None:
    with pytest.raises(MalformedError, match="decimal number"):
        decode_checkpoint(TEXT.replace("600", size))


def test_a_size_above_63_bits_is_refused() -> None:
    assert decode_checkpoint(TEXT.replace("600", str(MAX_INT64))).size == MAX_INT64
    for size in (str(MAX_INT64 + 1), "1" + "0" * 30, "9" * 5000):
        with pytest.raises(MalformedError, match="decimal number"):
            decode_checkpoint(TEXT.replace("600", size))


ENCODED = base64.b64encode(ROOT).decode()


@pytest.mark.parametrize(
    "root",
    [
        ENCODED[:5] + "*" + ENCODED[5:],
        ENCODED[:5] + "\u0085" + ENCODED[5:],
        ENCODED[:-2] + "9=",
        ENCODED[:-1],
        ROOT.hex(),
    ],
)
def test_b64decode_dropping_foreign_characters_and_loose_trailing_bits_is_not_ours(root: str) -> None:
    with pytest.raises(MalformedError):
        decode_checkpoint(TEXT.replace(ENCODED, root))


def test_a_url_safe_root_is_refused() -> None:
    text = "log.example/1\n1\n" + base64.urlsafe_b64encode(b"\xff" * 32).decode() + "\n"
    assert "_" in text
    with pytest.raises(MalformedError, match="standard Base64"):
        decode_checkpoint(text)


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_a_root_of_31_bytes_is_refused(length: int) -> None:
    with pytest.raises(MalformedError, match="32 bytes"):
        decode_checkpoint(TEXT.replace(ENCODED, base64.b64encode(bytes(length)).decode()))
    with pytest.raises(MalformedError, match="32 bytes"):
        Checkpoint(ORIGIN, 600, bytes(length))


def test_the_empty_tree_has_one_root() -> None:
    assert decode_checkpoint(encode_checkpoint(Checkpoint(ORIGIN, 0, EMPTY_ROOT))).size == 0
    with pytest.raises(MalformedError, match="root of the empty tree"):
        decode_checkpoint(TEXT.replace("600", "0"))


def test_extension_lines_of_others_are_kept_and_ours_are_refused() -> None:
    foreign = Checkpoint(ORIGIN, 600, ROOT, ("one", "two\u2028\u0085"))
    text = encode_checkpoint(foreign)
    assert text == TEXT + "one\ntwo\u2028\u0085\n"
    data = encode_note(Note(text, (sign_note(text, ORIGIN, LOG_KEY),)))
    assert open_checkpoint(data, LOG) == foreign
    with pytest.raises(MalformedError, match="extension lines are not signed here"):
        sign_checkpoint(foreign, LOG_KEY)


@pytest.mark.parametrize("text", [TEXT + "\n", TEXT + "one\n\ntwo\n", "\n" + TEXT, TEXT.replace(ORIGIN, "")])
def test_empty_lines_are_refused(text: str) -> None:
    with pytest.raises(MalformedError):
        decode_checkpoint(text)


@pytest.mark.parametrize("text", ["", "\n", ORIGIN, TEXT[:-1], f"{ORIGIN}\n600\n", f"{ORIGIN}\n600"])
def test_a_missing_line_or_final_line_feed_is_refused(text: str) -> None:
    with pytest.raises(MalformedError, match="three lines"):
        decode_checkpoint(text)


def test_crlf_is_refused() -> None:
    with pytest.raises(MalformedError):
        decode_checkpoint(TEXT.replace("\n", "\r\n"))
    with pytest.raises(MalformedError, match="control character"):
        open_checkpoint(sign_checkpoint(CHECKPOINT, LOG_KEY).replace(b"\n", b"\r\n"), LOG)


@pytest.mark.parametrize("size", [-1, MAX_INT64 + 1])
def test_a_size_that_cannot_be_is_not_written(size: int) -> None:
    with pytest.raises(MalformedError, match="size from 0"):
        Checkpoint(ORIGIN, size, ROOT)


@pytest.mark.parametrize("line", ["", "a\nb"])
def test_an_origin_that_is_no_line_is_not_written(line: str) -> None:
    with pytest.raises(MalformedError, match="one line each"):
        Checkpoint(line, 600, ROOT)
    with pytest.raises(MalformedError, match="one line each"):
        Checkpoint(ORIGIN, 600, ROOT, (line,))


def test_an_origin_that_cannot_be_the_name_of_a_key_is_not_signed() -> None:
    with pytest.raises(MalformedError, match="name of a key"):
        sign_checkpoint(Checkpoint("our log", 600, ROOT), LOG_KEY)


def test_the_origin_is_not_left_to_the_caller() -> None:
    text = encode_checkpoint(Checkpoint("log.example/2", 600, ROOT))
    data = encode_note(Note(text, (sign_note(text, ORIGIN, LOG_KEY),)))
    with pytest.raises(VerificationError, match="another log"):
        open_checkpoint(data, LOG)


def test_a_checkpoint_that_the_log_did_not_sign_is_refused() -> None:
    data = encode_note(Note(TEXT, (sign_note(TEXT, "log.example/2", LOG_KEY),)))
    with pytest.raises(VerificationError, match="did not sign"):
        open_checkpoint(data, LOG)


def test_a_witness_of_the_same_name_is_not_the_log() -> None:
    with pytest.raises(VerificationError, match="did not sign"):
        open_checkpoint(sign_checkpoint(CHECKPOINT, LOG_KEY), VerifierKey(ORIGIN, KeyType.COSIGNATURE, W1.public))


def test_no_byte_of_a_checkpoint_can_be_changed() -> None:
    data = witnessed(CHECKPOINT)
    assert BOTH.open_checkpoint(data) == CHECKPOINT
    accepted = []
    for change, changed in changed_bytes(data).items():
        try:
            BOTH.open_checkpoint(changed)
            accepted.append(change)
        except CryptoError:
            continue
    assert accepted == []


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_nothing_of_a_checkpoint_can_be_cut_or_added(data: st.DataObject) -> None:
    whole = witnessed(CHECKPOINT)
    at = data.draw(st.integers(0, len(whole)))
    cut = data.draw(st.integers(0, 3))
    added = data.draw(st.binary(max_size=3))
    changed = whole[:at] + added + whole[at + cut :]
    if changed != whole:
        with pytest.raises(CryptoError):
            BOTH.open_checkpoint(changed)
