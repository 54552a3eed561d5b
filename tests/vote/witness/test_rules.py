"""What a witness answers: its cases by hand, the dialogue of the vectors, and a key file."""

import json
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from crypto.checkpoint import Checkpoint, sign_checkpoint
from crypto.cosignature import cosign, cosigned_at
from crypto.errors import MalformedError
from crypto.merkle import EMPTY_ROOT, consistency_proof, root
from crypto.note import (
    KeyType,
    NoteSignature,
    VerifierKey,
    decode_note,
    encode_note,
    encode_verifier_key,
    signers_of,
)
from crypto.signature import SigningKey
from tests.crypto.logs import LOG, LOG_KEY, ML_DSA_KEY, ORIGIN, W1, WITNESS_KEYS, entries
from vote.witness.key_file import WitnessKey, decode_key_file, encode_key_file
from vote.witness.rules import (
    MAX_PROOF_LINES,
    Latest,
    Refusal,
    Status,
    Submission,
    find_refusal,
    read_logs,
    read_submission,
    signing_time,
)
from vote.witness.service import WitnessService
from vote.witness.state import State

VECTORS = Path(__file__).parents[2] / "vectors" / "tlog"
LOGS = {ORIGIN: [LOG]}
LEAVES = entries(9)


def note(size: int, leaves: list[bytes] = LEAVES) -> bytes:
    return sign_checkpoint(Checkpoint(ORIGIN, size, root(leaves[:size])), LOG_KEY)


def request(old: int, proof: tuple[bytes, ...], checkpoint: bytes) -> bytes:
    lines = "".join(f"{b64encode(each).decode()}\n" for each in proof)
    return f"old {old}\n{lines}\n".encode() + checkpoint


def growing(old: int, size: int, leaves: list[bytes] = LEAVES) -> bytes:
    return request(old, consistency_proof(leaves[:size], old), note(size, leaves))


def status(data: bytes, latest: Latest | None = None) -> Status:
    """Return the answer to a request, given the last checkpoint."""
    submission = read_submission(data, LOGS)
    refusal = submission if isinstance(submission, Refusal) else find_refusal(submission, latest)
    return refusal.status if refusal else Status.COSIGNED


def seen(size: int) -> Latest:
    return Latest(note(size), 0)


def test_the_first_checkpoint_continues_the_empty_log() -> None:
    assert status(growing(0, 5)) is Status.COSIGNED
    assert status(growing(0, 0)) is Status.COSIGNED
    assert status(growing(0, 5), seen(0)) is Status.COSIGNED
    assert status(growing(3, 5)) is Status.NOT_LATEST


def test_a_log_grows_and_may_be_seen_again() -> None:
    assert status(growing(5, 9), seen(5)) is Status.COSIGNED
    assert status(growing(5, 5), seen(5)) is Status.COSIGNED


@pytest.mark.parametrize(("old", "size"), [(0, 9), (4, 9), (8, 9), (0, 5), (0, 0), (4, 4)])
def test_another_size_than_the_last_is_told_the_last(old: int, size: int) -> None:
    submission = read_submission(growing(old, size), LOGS)
    assert isinstance(submission, Submission)
    refusal = find_refusal(submission, seen(5))
    assert refusal
    assert (refusal.status, refusal.size) == (Status.NOT_LATEST, 5)
    assert not refusal.two_stories


def test_another_root_at_the_same_size_proves_two_stories() -> None:
    """Also with an old size that is not the last: the client is told the size, and here it is kept."""
    forged = [*LEAVES[:4], b"another"]
    for old, expected in ((5, Status.INCONSISTENT), (0, Status.NOT_LATEST), (3, Status.NOT_LATEST)):
        submission = read_submission(request(old, (), note(5, forged)), LOGS)
        assert isinstance(submission, Submission)
        refusal = find_refusal(submission, seen(5))
        assert refusal
        assert (refusal.status, refusal.size, refusal.two_stories) == (expected, 5, True)


def test_what_is_not_shown_to_continue_is_refused_and_proves_nothing() -> None:
    forged = [*LEAVES[:2], b"another", *LEAVES[3:]]
    for data in (growing(5, 9, forged), request(5, (), note(9)), request(5, (bytes(32),) * 3, note(9))):
        submission = read_submission(data, LOGS)
        assert isinstance(submission, Submission)
        refusal = find_refusal(submission, seen(5))
        assert refusal
        assert (refusal.status, refusal.two_stories) == (Status.INCONSISTENT, False)


def test_a_proof_from_nothing_is_empty() -> None:
    assert status(request(0, (bytes(32),), note(5))) is Status.INCONSISTENT
    assert status(request(5, (bytes(32),), note(5)), seen(5)) is Status.INCONSISTENT


def test_a_log_does_not_shrink() -> None:
    assert status(request(9, (), note(5)), seen(9)) is Status.MALFORMED
    assert status(request(5, (), note(4)), seen(5)) is Status.MALFORMED


def test_a_proof_has_at_most_63_lines() -> None:
    assert status(request(5, (bytes(32),) * MAX_PROOF_LINES, note(9)), seen(5)) is Status.INCONSISTENT
    assert status(request(5, (bytes(32),) * (MAX_PROOF_LINES + 1), note(9)), seen(5)) is Status.MALFORMED


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"old 0\n",
        b"old 0\n\n",
        note(5),
        b"old 00\n\n" + note(5),
        b"old +0\n\n" + note(5),
        b"old  0\n\n" + note(5),
        b"old \xd9\xa0\n\n" + note(5),
        b"old \xff\n\n" + note(5),
        b"old 0\r\n\r\n" + note(5),
        b"Old 0\n\n" + note(5),
        b"old 9223372036854775808\n\n" + note(5),
        b"old 0\nAA==\n\n" + note(5),
        b"old 0\n" + b64encode(bytes(31)) + b"\n\n" + note(5),
        b"old 0\n" + b64encode(bytes(32)).replace(b"=", b"") + b"\n\n" + note(5),
        b"old 0\n\n" + note(5)[:-1],
        b"old 0\n\n\n" + note(5),
        b"old 0\n\n" + note(5).replace(b"\n5\n", b"\n05\n"),
        b"old 0\n\n" + f"{ORIGIN}\n0\n{b64encode(bytes(32)).decode()}\n\n— a AAAAAAA=\n".encode(),
    ],
)
def test_what_cannot_be_read_is_malformed(data: bytes) -> None:
    assert status(data) is Status.MALFORMED


def test_only_logs_that_are_watched_are_answered() -> None:
    other = sign_checkpoint(Checkpoint("other.example/1", 0, EMPTY_ROOT), LOG_KEY)
    assert status(request(0, (), other)) is Status.UNKNOWN


def test_only_what_the_log_signed_is_cosigned() -> None:
    """A stranger's key with the log's name, a damaged signature of the log, and a witness's word alone."""
    stranger = sign_checkpoint(Checkpoint(ORIGIN, 5, root(LEAVES[:5])), SigningKey(bytes(31) + b"\x09"))
    signed = decode_note(note(5))
    damaged = replace(signed, signatures=(NoteSignature(ORIGIN, LOG.key_id, bytes(64)),))
    alone = replace(signed, signatures=(cosign(signed, "w1.example", WITNESS_KEYS["w1.example"], 1),))
    for each in (stranger, encode_note(damaged), encode_note(alone)):
        assert status(request(0, (), each)) is Status.NOT_SIGNED


def test_a_time_never_goes_back() -> None:
    assert signing_time(100, 0) == 100
    assert signing_time(1000, 1000) == 1000
    assert signing_time(700, 1000) == 1000
    refusal = signing_time(699, 1000)
    assert isinstance(refusal, Refusal)
    assert refusal.status is Status.CLOCK


def test_the_list_of_logs_has_a_key_a_line() -> None:
    second = VerifierKey(ORIGIN, KeyType.ML_DSA_44, ML_DSA_KEY.public)
    text = f"# ours\n\n{encode_verifier_key(LOG)}  # the first\r\n{encode_verifier_key(second)}\n"
    assert read_logs(text) == {ORIGIN: [LOG, second]}
    assert read_logs("") == {}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("nothing", 1),
        (f"\n{encode_verifier_key(LOG)}\n{encode_verifier_key(LOG)}\n", 3),
        (encode_verifier_key(W1), 1),
    ],
)
def test_a_wrong_line_is_named(text: str, line: int) -> None:
    with pytest.raises(MalformedError, match=f"line {line}:"):
        read_logs(text)


@pytest.mark.one_database
def test_the_dialogue_of_the_vectors(tmp_path: Path) -> None:
    keys = json.loads((VECTORS / "keys.json").read_text())
    key = WitnessKey("witness.example/w9", SigningKey(b"\x09" * 32))
    state = State(tmp_path / "witness.db")
    state.create(encode_verifier_key(key.verifier))
    service = WitnessService(key, read_logs(keys["log"]), state, clock=lambda: 1_795_000_000)
    for case in json.loads((VECTORS / "witness.json").read_text()):
        answer = service.add(case["request"].encode())
        assert (answer.status if isinstance(answer, Refusal) else 200) == case["status"], case["name"]
        if isinstance(answer, NoteSignature):
            assert cosigned_at(answer) == 1_795_000_000
            found = service.find(_digest(keys["origin"]))
            assert found
            assert signers_of(decode_note(found), [key.verifier]) == (key.verifier,)
    assert state.conflicts(keys["origin"]) == []


def _digest(origin: str) -> str:
    return sha256(origin.encode()).hexdigest()


def test_a_key_file_is_read_as_it_was_written() -> None:
    key = WitnessKey("李家.example/w", SigningKey(b"\x05" * 32))
    assert decode_key_file(encode_key_file(key)) == key
    assert "05" not in repr(key)


@pytest.mark.parametrize("data", [b"", b"name", b"name 00", b"\xff 00", b" " + b"00" * 32, b"a+b " + b"00" * 32])
def test_another_file_is_no_key_file(data: bytes) -> None:
    with pytest.raises(MalformedError) as caught:
        decode_key_file(data)
    assert "00" not in str(caught.value)
