"""A witness's memory: against a model, with broken files, when two write at once, and when it cannot be written."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from crypto.checkpoint import Checkpoint, sign_checkpoint
from crypto.cosignature import cosigned_at
from crypto.merkle import consistency_proof, root
from crypto.note import KeyType, NoteSignature, VerifierKey, decode_note, encode_verifier_key, signers_of
from crypto.signature import SigningKey
from tests.crypto.logs import LOG, LOG_KEY, ORIGIN, entries
from tests.vote.witness.test_rules import growing, note, request
from vote.errors import Reason, RefusedError, UnavailableError
from vote.witness.key_file import WitnessKey
from vote.witness.rules import Latest, Refusal, Status
from vote.witness.service import WitnessService
from vote.witness.state import MAX_CONFLICTS, State

pytestmark = pytest.mark.one_database

KEY = WitnessKey("li.example/w", SigningKey(b"\x07" * 32))
PUBLIC = encode_verifier_key(KEY.verifier)
NOON = 1_795_000_000
SECOND = VerifierKey("log.example/2", KeyType.ED25519, LOG_KEY.public)
TRUE = entries(12)
FORKED = [*TRUE[:4], b"another", *TRUE[5:]]
"""The same log up to four entries; then another story."""


def service(path: Path, now: int = NOON) -> WitnessService:
    return WitnessService(KEY, {ORIGIN: [LOG], SECOND.name: [SECOND]}, State(path), clock=lambda: now)


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    found = tmp_path / "witness.db"
    State(found).create(PUBLIC)
    yield found
    with closing(sqlite3.connect(found)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


class WitnessMachine(RuleBasedStateMachine):
    """A log that may tell two stories, a witness that is started anew at any time, and what it has to remember."""

    @initialize()
    def begin(self) -> None:
        self.folder = TemporaryDirectory()
        self.path = Path(self.folder.name) / "witness.db"
        State(self.path).create(PUBLIC)
        self.seen: list[tuple[int, bytes]] = []
        self.now = NOON
        self.signed = 0

    @rule(
        old=st.integers(0, 12) | st.none(),
        size=st.integers(0, 12),
        forked=st.booleans(),
        proved=st.booleans(),
        later=st.integers(-400, 400),
    )
    def submit(self, *, old: int | None, size: int, forked: bool, proved: bool, later: int) -> None:
        self.now += later
        leaves = (FORKED if forked else TRUE)[:size]
        last_size, last_root = self.seen[-1] if self.seen else (0, root([]))
        claimed = last_size if old is None else old
        proof = consistency_proof(leaves, claimed) if proved and claimed <= size else (bytes(32),)
        checkpoint = sign_checkpoint(Checkpoint(ORIGIN, size, root(leaves)), LOG_KEY)
        answer = service(self.path, self.now).add(request(claimed, proof, checkpoint))

        continues = last_root == root(leaves[:last_size])
        trivial = claimed in {0, size}
        if claimed > size:
            expected = Status.MALFORMED
        elif claimed != last_size:
            expected = Status.NOT_LATEST
        elif not continues or (not proved and (trivial or proof == (bytes(32),))):
            expected = Status.INCONSISTENT
        elif self.now < self.signed - 300:
            expected = Status.CLOCK
        else:
            expected = Status.COSIGNED
            self.seen.append((size, root(leaves)))
            self.signed = max(self.signed, self.now)
        if isinstance(answer, Refusal):
            assert answer.status is expected
            assert expected is not Status.NOT_LATEST or answer.size == last_size
        else:
            assert expected is Status.COSIGNED
            assert cosigned_at(answer) == self.signed

    @invariant()
    def only_one_story_is_remembered(self) -> None:
        if not hasattr(self, "path"):
            return
        latest = State(self.path).find(ORIGIN)
        assert (latest is None) == (not self.seen)
        if latest:
            assert (latest.checkpoint.size, latest.checkpoint.root) == self.seen[-1]
            assert signers_of(decode_note(latest.note), [KEY.verifier, LOG]) == (KEY.verifier, LOG)
        for (old, _), (new, _) in pairwise(self.seen):
            assert old <= new

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.folder.cleanup()


WitnessMachine.TestCase.settings = settings(max_examples=40, stateful_step_count=15, deadline=None)
TestWitness = WitnessMachine.TestCase


def test_each_log_is_remembered_by_itself(path: Path) -> None:
    assert isinstance(service(path).add(growing(0, 5)), NoteSignature)
    other = sign_checkpoint(Checkpoint(SECOND.name, 2, root(TRUE[:2])), LOG_KEY)
    assert isinstance(service(path).add(request(0, (), other)), NoteSignature)
    first, second = State(path).find(ORIGIN), State(path).find(SECOND.name)
    assert first
    assert second
    assert (first.checkpoint.size, second.checkpoint.size) == (5, 2)


def test_two_stories_are_kept_with_both_signatures(path: Path) -> None:
    assert isinstance(service(path).add(growing(0, 5)), NoteSignature)
    forged = sign_checkpoint(Checkpoint(ORIGIN, 5, root(FORKED[:5])), LOG_KEY)
    for _ in range(MAX_CONFLICTS + 5):
        assert isinstance(service(path).add(request(5, (), forged)), Refusal)
    kept = State(path).conflicts(ORIGIN)
    assert len(kept) == MAX_CONFLICTS
    latest = State(path).find(ORIGIN)
    assert latest
    assert (kept[0].ours, kept[0].theirs) == (latest.note, forged)
    for each in (kept[0].ours, kept[0].theirs):
        assert LOG in signers_of(decode_note(each), [LOG])


def test_threads_that_submit_at_once_leave_one_story(path: Path) -> None:
    """Each cosigned size is the beginning of the next; of two stories from size 4 on, one is cosigned."""
    assert isinstance(service(path).add(growing(0, 4)), NoteSignature)
    cosigned: list[tuple[int, bytes]] = []
    start = threading.Barrier(8)

    def submit(leaves: list[bytes], size: int) -> None:
        start.wait()
        if isinstance(service(path).add(growing(4, size, leaves)), NoteSignature):
            cosigned.append((size, root(leaves[:size])))

    threads = [
        threading.Thread(target=submit, args=(leaves, size)) for leaves in (TRUE, FORKED) for size in (5, 7, 9, 12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    latest = State(path).find(ORIGIN)
    assert latest
    assert cosigned == [(latest.checkpoint.size, latest.checkpoint.root)]


def test_nothing_is_cosigned_that_cannot_be_kept(path: Path) -> None:
    """While another holds the file, and while the disk takes nothing."""
    assert isinstance(service(path).add(growing(0, 4)), NoteSignature)
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("CREATE TRIGGER full BEFORE UPDATE ON latest BEGIN SELECT RAISE(ABORT, 'disk is full'); END")
    with pytest.raises(UnavailableError, match="disk is full"):
        service(path).add(growing(4, 9))
    latest = State(path).find(ORIGIN)
    assert latest
    assert latest.checkpoint.size == 4


def test_the_file_itself_takes_nothing_back(path: Path) -> None:
    assert isinstance(service(path).add(growing(0, 5)), NoteSignature)
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        for statement in ("UPDATE latest SET size = 4", "UPDATE latest SET at = 0", "DELETE FROM latest"):
            with pytest.raises(sqlite3.IntegrityError, match="not taken back"):
                database.execute(statement)
    with pytest.raises(UnavailableError, match="not taken back"):
        State(path).advance(ORIGIN, lambda _latest, _last: Latest(note(4), NOON))


def test_a_memory_that_is_gone_is_not_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "witness.db"
    with pytest.raises(RefusedError, match="must not sign again") as caught:
        State(path).require(PUBLIC)
    assert caught.value.reason is Reason.NOT_FOUND
    with pytest.raises(UnavailableError):
        State(path).find(ORIGIN)
    assert not path.exists()


def test_a_memory_of_another_key_is_refused(path: Path) -> None:
    State(path).require(PUBLIC)
    other = WitnessKey("li.example/w", SigningKey(b"\x08" * 32))
    with pytest.raises(RefusedError, match="another key"):
        State(path).require(encode_verifier_key(other.verifier))


@pytest.mark.parametrize("data", [b"", b"no database" * 100])
def test_a_damaged_memory_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "witness.db"
    path.write_bytes(data)
    with pytest.raises(RefusedError, match="cannot be read"):
        State(path).require(PUBLIC)


def test_a_memory_is_made_once(path: Path, tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="exists already"):
        State(path).create(PUBLIC)
    with pytest.raises(RefusedError, match="cannot be written"):
        State(tmp_path / "no folder" / "witness.db").create(PUBLIC)
