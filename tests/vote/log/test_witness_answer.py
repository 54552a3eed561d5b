"""What answers of witnesses mean, case by case."""

import base64

import pytest

from crypto.checkpoint import Checkpoint
from crypto.cosignature import cosign
from crypto.errors import MalformedError
from crypto.note import NoteSignature, decode_note, signature_line
from tests.crypto.logs import AT, LOG, ML_DSA_KEY, ORIGIN, PQ, W1, W2, WITNESS_KEYS, entries
from tests.vote.log.trees import MemoryTree
from vote.log.witness_answer import (
    SIZE_MEDIA,
    Alarm,
    AlarmKind,
    Cosigned,
    Doubted,
    Told,
    Trouble,
    encode_request,
    find_alarm,
    read_answer,
    read_evidence,
    read_facts,
)

CHECKPOINT = MemoryTree(entries(5)).checkpoint()
NOTE = decode_note(CHECKPOINT)
FIRST = cosign(NOTE, "w1.example", WITNESS_KEYS["w1.example"], AT)
SECOND = cosign(NOTE, "w2.example", WITNESS_KEYS["w2.example"], AT)
BROKEN = NoteSignature(FIRST.name, FIRST.key_id, FIRST.blob[:-1] + bytes([FIRST.blob[-1] ^ 1]))


def lines(*signatures: NoteSignature) -> bytes:
    return "".join(map(signature_line, signatures)).encode()


def read(status: int, body: bytes = b"", media: str = SIZE_MEDIA) -> object:
    return read_answer(status, media, body, note=NOTE, key=W1, old=3)


def test_a_request_is_written_as_the_protocol_says() -> None:
    assert encode_request(0, (), b"note") == b"old 0\n\nnote"
    two = encode_request(12, (bytes(32), b"\xff" * 32), b"note")
    assert two == b"old 12\n" + b"A" * 43 + b"=\n" + base64.b64encode(b"\xff" * 32) + b"\n\nnote"


def test_the_line_of_the_key_that_was_asked_counts_and_others_are_left_out() -> None:
    assert read(200, lines(FIRST)) == Cosigned((FIRST,))
    assert read(200, lines(SECOND, FIRST)) == Cosigned((FIRST,))
    post_quantum = cosign(NOTE, "pq.example", ML_DSA_KEY, AT)
    answer = read_answer(200, "", lines(post_quantum), note=NOTE, key=PQ, old=3)
    assert answer == Cosigned((post_quantum,))


@pytest.mark.parametrize("body", [lines(SECOND), lines(BROKEN), lines(FIRST, BROKEN), lines(BROKEN, FIRST)])
def test_a_line_that_does_not_hold_is_no_cosignature(body: bytes) -> None:
    assert read(200, body) is Trouble.BAD_SIGNATURE


def test_a_cosignature_of_another_checkpoint_is_none() -> None:
    other = cosign(decode_note(MemoryTree(entries(6)).checkpoint()), "w1.example", WITNESS_KEYS["w1.example"], AT)
    assert read(200, lines(other)) is Trouble.BAD_SIGNATURE


@pytest.mark.parametrize("body", [b"\xff\n", b"hello\n", lines(FIRST)[:-1], lines(FIRST) + b"more", b"\n"])
def test_an_answer_of_another_form_is_unreadable(body: bytes) -> None:
    assert read(200, body) is Trouble.UNREADABLE


def test_nothing_is_no_cosignature() -> None:
    assert read(200, b"") is Trouble.BAD_SIGNATURE


def test_the_size_that_is_told_is_read() -> None:
    assert read(409, b"4\n") == Told(4)
    assert read(409, b"0\n", f"{SIZE_MEDIA}; charset=utf-8") == Told(0)


@pytest.mark.parametrize(
    ("body", "media"),
    [(b"4\n", "text/plain"), (b"4", SIZE_MEDIA), (b"04\n", SIZE_MEDIA), (b"\xff\n", SIZE_MEDIA), (b"-1\n", SIZE_MEDIA)],
)
def test_another_size_is_none(body: bytes, media: str) -> None:
    assert read(409, body, media) is Trouble.UNREADABLE


def test_another_root_is_doubt_by_either_status() -> None:
    assert read(422) == Doubted()
    assert read(409, b"3\n") == Doubted()


@pytest.mark.parametrize(
    ("status", "trouble"),
    [
        (403, Trouble.UNKNOWN_KEY),
        (404, Trouble.UNKNOWN_LOG),
        (400, Trouble.UNREADABLE),
        (301, Trouble.UNREADABLE),
        (503, Trouble.UNREADABLE),
    ],
)
def test_other_answers_are_trouble(status: int, trouble: Trouble) -> None:
    assert read(status, b"4\n") is trouble


def test_only_what_our_log_signed_is_evidence() -> None:
    found = read_evidence(CHECKPOINT, [LOG])
    assert found
    assert found.size == 5
    assert read_evidence(CHECKPOINT, []) is None
    assert read_evidence(CHECKPOINT, [W2]) is None
    assert read_evidence(b"nothing", [LOG]) is None
    assert read_evidence(CHECKPOINT.replace(b"\n5\n", b"\n6\n"), [LOG]) is None


def test_another_tree_or_a_longer_one_is_an_alarm() -> None:
    theirs = Checkpoint(ORIGIN, 5, b"\x01" * 32)
    assert find_alarm(theirs, b"\x01" * 32) is None
    assert find_alarm(theirs, b"\x02" * 32) is AlarmKind.SPLIT_VIEW
    assert find_alarm(theirs, None) is AlarmKind.WITNESS_AHEAD


def test_the_facts_of_an_alarm_hold_the_evidence() -> None:
    alarm = Alarm(AlarmKind.SPLIT_VIEW, "li", 5, CHECKPOINT)
    assert alarm.facts == {"witness": "li", "size": 5, "evidence": base64.b64encode(CHECKPOINT).decode()}


def test_the_facts_of_an_alarm_are_read_back_and_those_of_an_edge_are_empty() -> None:
    assert read_facts(b'{"evidence":"bm90ZQo=","size":9,"witness":"li"}') == ("li", 9, b"note\n")
    assert read_facts(b"{}") == ("", 0, b"")
    for data in (b"", b"[]", b'{"evidence":"?"}'):
        with pytest.raises(MalformedError, match="alarm"):
            read_facts(data)
