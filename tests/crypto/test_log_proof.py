"""A receipt proves one entry under a checkpoint that its policy accepts, and nothing else."""

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.encoding import MAX_INT64
from crypto.errors import CryptoError, MalformedError, VerificationError
from crypto.log_proof import LogProof, decode_log_proof, encode_log_proof, verify_log_proof
from crypto.merkle import leaf_hash
from tests.crypto.logs import BOTH, MadeUpLog, changed_bytes, entries, witnessed

LOG = MadeUpLog(entries(600))
ENTRY = b"entry-300"
DATA = LOG.proof(300)

hashes = st.binary(min_size=32, max_size=32)
proofs = st.builds(
    LogProof,
    st.none() | st.binary(min_size=1, max_size=100),
    st.integers(0, MAX_INT64),
    st.lists(hashes, max_size=63).map(tuple),
    st.binary(max_size=200),
)


@given(proofs)
@settings(max_examples=100, deadline=None)
def test_a_receipt_is_read_as_it_was_written(proof: LogProof) -> None:
    assert decode_log_proof(encode_log_proof(proof)) == proof


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 600])
def test_every_entry_has_a_receipt(size: int) -> None:
    log = MadeUpLog(entries(size))
    for index in {0, size // 2, size - 1}:
        verify_log_proof(log.proof(index), log.leaves[index], BOTH)


def test_the_extra_line_changes_nothing() -> None:
    data = LOG.proof(300, b"receipt 42")
    assert data.startswith(b"c2sp.org/tlog-proof@v1\nextra cmVjZWlwdCA0Mg==\nindex 300\n")
    assert decode_log_proof(data).extra == b"receipt 42"
    verify_log_proof(data, ENTRY, BOTH)


def test_a_receipt_is_for_one_entry() -> None:
    for entry in (b"entry-301", b"", leaf_hash(ENTRY)):
        with pytest.raises(VerificationError, match="leaf 300"):
            verify_log_proof(DATA, entry, BOTH)
    with pytest.raises(VerificationError, match="leaf 301"):
        verify_log_proof(DATA.replace(b"index 300", b"index 301"), ENTRY, BOTH)
    with pytest.raises(VerificationError, match="leaf 900 is beyond"):
        verify_log_proof(DATA.replace(b"index 300", b"index 900"), ENTRY, BOTH)


def test_a_receipt_without_the_quorum_is_refused() -> None:
    proof = decode_log_proof(DATA)
    data = encode_log_proof(LogProof(None, 300, proof.hashes, witnessed(LOG.checkpoint, ["w1.example"])))
    with pytest.raises(VerificationError, match="the quorum both"):
        verify_log_proof(data, ENTRY, BOTH)


def test_a_receipt_under_the_checkpoint_of_another_size_is_refused() -> None:
    other = witnessed(MadeUpLog(entries(599)).checkpoint)
    with pytest.raises(VerificationError, match="inclusion proof"):
        verify_log_proof(encode_log_proof(LogProof(None, 300, decode_log_proof(DATA).hashes, other)), ENTRY, BOTH)


def test_no_byte_of_a_receipt_can_be_changed() -> None:
    verify_log_proof(DATA, ENTRY, BOTH)
    accepted = []
    for change, changed in changed_bytes(DATA).items():
        try:
            verify_log_proof(changed, ENTRY, BOTH)
            accepted.append(change)
        except CryptoError:
            continue
    assert accepted == []


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_nothing_of_a_receipt_can_be_cut_or_added(data: st.DataObject) -> None:
    at, cut = data.draw(st.integers(0, len(DATA))), data.draw(st.integers(0, 60))
    changed = DATA[:at] + data.draw(st.binary(max_size=3)) + DATA[at + cut :]
    # An extra line is the one thing that may be added, by anybody; three bytes are not enough for one.
    if changed != DATA:
        with pytest.raises(CryptoError):
            verify_log_proof(changed, ENTRY, BOTH)


HASH = base64.b64encode(bytes(32)).decode()
HEAD = "c2sp.org/tlog-proof@v1\n"


@pytest.mark.parametrize(
    "head",
    [
        "",
        "index 0\n",
        HEAD,
        f"{HEAD}{HASH}\n",
        f"{HEAD}index\n",
        f"{HEAD}index 6_00\n",
        f"{HEAD}index  600\n",
        f"{HEAD}index +1\n",
        f"{HEAD}index 01\n",
        f"{HEAD}index ６\n",
        f"{HEAD}index {MAX_INT64 + 1}\n",
        f"{HEAD}index 0 \n",
        f"{HEAD}Index 0\n",
        f"{HEAD}index 0\nextra AAAA\n",
        f"{HEAD}extra AAAA\n",
        f"{HEAD}extra AAAA\nextra AAAA\nindex 0\n",
        f"{HEAD}extra \nindex 0\n",
        f"{HEAD}extra AAAA*\nindex 0\n",
        f"{HEAD}extra AAB=\nindex 0\n",
        f"{HEAD}index 0\n{HASH[:-2]}B=\n",
        f"{HEAD}index 0\n{HASH[:-4]}\n",
        f"{HEAD}index 0\n{HASH}{HASH}\n",
        f"{HEAD}index 0\n {HASH}\n",
        f"{HEAD}index 0\n{bytes(32).hex()}\n",
        f"{HEAD}index 0\n" + f"{HASH}\n" * 64,
        f"{HEAD}index 0\u2028{HASH}\n",
        f"\n{HEAD}index 0\n",
        HEAD.replace("v1", "v2") + "index 0\n",
        f"{HEAD}index 0\n".replace("\n", "\r\n"),
    ],
)
def test_what_is_no_receipt_is_refused(head: str) -> None:
    with pytest.raises(MalformedError):
        decode_log_proof(head.encode() + b"\n" + decode_log_proof(DATA).checkpoint)


@pytest.mark.parametrize("data", [b"", DATA.replace(b"\n\n", b"\n"), b"\xff\n\n", HEAD.encode()])
def test_what_has_no_parts_is_refused(data: bytes) -> None:
    with pytest.raises(MalformedError, match="receipt"):
        decode_log_proof(data)


@pytest.mark.parametrize(
    ("extra", "index", "row"),
    [(b"", 0, ()), (None, -1, ()), (None, MAX_INT64 + 1, ()), (None, 0, (bytes(31),)), (None, 0, (bytes(32),) * 64)],
)
def test_a_receipt_that_could_not_be_read_is_not_made(extra: bytes | None, index: int, row: tuple[bytes, ...]) -> None:
    with pytest.raises(MalformedError, match="receipt"):
        LogProof(extra, index, row, b"")
