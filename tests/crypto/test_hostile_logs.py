"""Whatever stands in a file of a log is read in its one spelling or refused, and nothing else happens."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.checkpoint import decode_checkpoint, encode_checkpoint
from crypto.errors import CryptoError
from crypto.log_policy import decode_log_policy, encode_log_policy
from crypto.log_proof import decode_log_proof, encode_log_proof
from crypto.note import decode_note, decode_verifier_key, encode_note, encode_verifier_key
from crypto.tile import Bundle, Tile, decode_bundle, encode_bundle, parse_tile_path, path_of
from tests.crypto.logs import BOTH, LOG, MadeUpLog, entries, witnessed

MADE_UP = MadeUpLog(entries(3))
NOTE = witnessed(MADE_UP.checkpoint)


def text_of(read: Callable[[str], Any]) -> Callable[[bytes], Any]:
    return lambda data: read(data.decode())


def bytes_of(write: Callable[[Any], str]) -> Callable[[Any], bytes]:
    return lambda value: write(value).encode()


FORMATS: dict[str, tuple[bytes, Callable[[bytes], Any], Callable[[Any], bytes]]] = {
    "note": (NOTE, decode_note, encode_note),
    "checkpoint": (
        encode_checkpoint(MADE_UP.checkpoint).encode(),
        text_of(decode_checkpoint),
        bytes_of(encode_checkpoint),
    ),
    "receipt": (MADE_UP.proof(1, b"extra"), decode_log_proof, encode_log_proof),
    "verifier key": (encode_verifier_key(LOG).encode(), text_of(decode_verifier_key), bytes_of(encode_verifier_key)),
    "path": (path_of(Tile(1, 1234, 5)).encode(), text_of(parse_tile_path), bytes_of(path_of)),
    "bundle": (MADE_UP.files[Bundle(0, 3)], lambda data: decode_bundle(data, 3), encode_bundle),
}


@pytest.mark.parametrize("name", FORMATS)
@given(st.data())
@settings(max_examples=150, deadline=None)
def test_a_document_has_one_spelling_or_is_refused(name: str, data: st.DataObject) -> None:
    document, read, write = FORMATS[name]
    at, cut = data.draw(st.integers(0, len(document))), data.draw(st.integers(0, 8))
    piece = data.draw(
        st.binary(max_size=4) | st.sampled_from([b"\n", b"\n\n", b" ", b"\r", "\u2028".encode(), b"_", b"0"])
    )
    changed = data.draw(st.just(document[:at] + piece + document[at + cut :]) | st.binary(max_size=50))
    with suppress(CryptoError, UnicodeDecodeError):
        assert write(read(changed)) == changed


@given(st.text(st.characters(codec="utf-8"), max_size=60) | st.data())
@settings(max_examples=150, deadline=None)
def test_a_policy_means_what_it_is_written_as_or_is_refused(data: Any) -> None:
    text = data
    if not isinstance(text, str):
        whole = encode_log_policy(BOTH)
        at, cut = data.draw(st.integers(0, len(whole))), data.draw(st.integers(0, 8))
        text = whole[:at] + data.draw(st.text(" \t\n#ab2", max_size=3)) + whole[at + cut :]
    with suppress(CryptoError):
        policy = decode_log_policy(text)
        assert decode_log_policy(encode_log_policy(policy)) == policy
