"""Files of a log against its checkpoint, and what is remembered of a log."""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256, sha512
from pathlib import Path

import pytest

from crypto.checkpoint import Checkpoint, decode_checkpoint
from crypto.errors import MalformedError, VerificationError
from crypto.note import decode_note
from tests.crypto.logs import BOTH, witnessed
from tests.vote.verifier.bundles import HONEST
from tests.vote.verifier.log_folders import ballots, write_log
from tests.vote.verifier.running import run
from vote.verifier import log_audit
from vote.verifier.last_seen import LastSeen
from vote.verifier.log_folder import FILE_BYTES, LogFolder

ENTRIES = ballots(10)


@pytest.fixture
def files(tmp_path: Path) -> LogFolder:
    return LogFolder(write_log(tmp_path / "log", ENTRIES))


def test_a_policy_is_text() -> None:
    with pytest.raises(MalformedError, match="policy: UTF-8 is expected"):
        log_audit.read_policy(b"\xff")


def test_a_checkpoint_that_no_log_of_the_policy_signed_says_nothing(tmp_path: Path) -> None:
    other = witnessed(Checkpoint("log.example/2", 1, bytes(32)))
    with pytest.raises(VerificationError, match="no log of this policy"):
        log_audit.open_signed(other, BOTH)
    lines = (write_log(tmp_path / "log", ENTRIES) / "checkpoint").read_text().split("\n")
    unsigned = "\n".join([*lines[:4], *lines[5:]]).encode()
    with pytest.raises(VerificationError, match="no log of this policy with its origin signed it"):
        log_audit.open_signed(unsigned, BOTH)


def test_another_log_does_not_continue_this_one(files: LogFolder) -> None:
    new = log_audit.open_latest(files, BOTH)
    with pytest.raises(VerificationError, match="the one seen before is of another log"):
        log_audit.verify_continued(replace(new, origin="log.example/2"), new, files)


def test_a_log_that_grew_is_taken_by_what_was_signed_last(files: LogFolder) -> None:
    assert log_audit.open_latest(files, BOTH) == decode_checkpoint(decode_note(files.get("checkpoint") or b"").text)
    assert log_audit.verified_entry(3, log_audit.open_latest(files, BOTH), files) == ENTRIES[3]


@pytest.mark.parametrize("path", ["tile/0/0", "tile/entries/000.p/0", "tile/64/000"])
def test_a_file_below_tile_that_no_log_has_is_foreign(files: LogFolder, tmp_path: Path, path: str) -> None:
    (tmp_path / "log" / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / "log" / path).write_bytes(b"x")
    beside = log_audit.verify_beside(log_audit.open_latest(files, BOTH), files, ("checkpoint", "policy", "key"))
    assert beside == ((), (path,))


def test_a_file_too_large_or_closed_to_us_is_none(files: LogFolder, tmp_path: Path) -> None:
    with (tmp_path / "log/policy").open("wb") as file:
        file.truncate(FILE_BYTES + 1)
    with pytest.raises(MalformedError, match="policy: too large for a file of a log"):
        files.get("policy")
    loop = tmp_path / "log/loop"
    loop.symlink_to(loop)
    with pytest.raises(MalformedError, match="loop: it may not be read"):
        files.get("loop")


def test_without_a_list_of_files_nothing_is_said_of_others(files: LogFolder) -> None:
    class Unlisted:
        get = staticmethod(files.get)

        def paths(self) -> None:
            """Nobody can list them."""

    assert log_audit.verify_beside(log_audit.open_latest(files, BOTH), Unlisted(), ()) == ((), ())


def test_what_is_kept_must_be_a_list_of_checkpoints(tmp_path: Path) -> None:
    for data in (b'{"version":2,"checkpoints":{}}', b'{"version":1,"checkpoints":[]}'):
        (tmp_path / "seen").write_bytes(data)
        with pytest.raises(MalformedError, match="this is no list of checkpoints"):
            LastSeen(tmp_path / "seen").get("log.example/1")
    with pytest.raises(MalformedError, match="it may not be read"):
        LastSeen(tmp_path).get("log.example/1")


def test_what_cannot_be_kept_is_said(tmp_path: Path) -> None:
    log = write_log(tmp_path / "log", ENTRIES)
    (tmp_path / "file").write_text("")
    done = run(log, "--seen", str(tmp_path / "file/seen"), "--lang", "en")
    assert (done.exit_code, "it may not be read" in done.stdout) == (1, True), done.stdout
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    done = run(log, "--seen", str(tmp_path / "nowhere/seen"), "--lang", "en")
    assert (done.exit_code, "cannot be written: nothing was kept" in done.stdout) == (0, True), done.stdout


def test_a_signature_by_somebody_else_is_told(tmp_path: Path) -> None:
    log = write_log(tmp_path / "log", ENTRIES)
    file = log / "checkpoint"
    file.write_bytes(file.read_bytes() + "— other.example AAAAAAAA\n".encode())
    done = run(log, "--forget")
    assert done.exit_code == 0, done.stdout
    assert "checkpoint 上有1个签名不是 policy 里的" in done.stdout


def test_a_log_that_announced_no_policy_is_told(tmp_path: Path) -> None:
    done = run(write_log(tmp_path / "log", ENTRIES[1:]), "--forget")
    assert done.exit_code == 0, done.stdout
    assert "日志里没有写它的 policy 是哪一份" in done.stdout


def test_a_log_without_a_policy_beside_an_election_says_nothing(tmp_path: Path) -> None:
    HONEST.write(tmp_path)
    write_log(tmp_path / "log/estate", ENTRIES)
    (tmp_path / "log/estate/policy").unlink()
    done = run(tmp_path, "--forget", "--lang", "en")
    assert done.exit_code == 1
    assert "log/estate: policy: it is missing, so nothing says whose signatures count" in done.stdout


@pytest.fixture
def anchored(tmp_path: Path) -> Path:
    """A log of ten entries whose checkpoints of five and of ten were stamped."""
    log = write_log(tmp_path / "anchored", ENTRIES, (5,))
    (log / "anchors").mkdir()
    for size, digest in ((5, sha512), (10, sha256)):
        note = (write_log(tmp_path / f"then-{size}", ENTRIES[:size]) / "checkpoint").read_bytes()
        (log / f"anchors/{size}.checkpoint").write_bytes(note)
        (log / f"anchors/{size}.tsr").write_bytes(b"token of " + digest(note).digest() + b" by somebody")
    return log


def test_time_stamps_beside_a_log_are_of_its_checkpoints(anchored: Path) -> None:
    (anchored / "anchors/11.tsr").write_bytes(b"x")
    done = run(anchored, "--forget", "--lang", "en")
    assert done.exit_code == 0, done.stdout
    assert "2 time stamps; who gave them was not checked" in done.stdout
    assert "1 files are none of a log's and were not checked (anchors/11.tsr)" in done.stdout


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            lambda folder: (folder / "5.checkpoint").unlink(),
            "anchors/5.tsr: the checkpoint that was stamped is missing",
        ),
        (
            lambda folder: (folder / "5.tsr").write_bytes(b"token"),
            "anchors/5.tsr: it is no time stamp of the checkpoint",
        ),
        (lambda folder: (folder / "5.checkpoint").rename(folder / "6.checkpoint"), "anchors/"),
        (lambda folder: (folder / "10.checkpoint").write_bytes(b"x"), "anchors/10.checkpoint: note"),
    ],
)
def test_a_time_stamp_of_something_else_is_named(
    anchored: Path, change: Callable[[Path], object], sentence: str
) -> None:
    change(anchored / "anchors")
    done = run(anchored, "--forget", "--lang", "en")
    assert (done.exit_code, sentence in done.stdout.splitlines()[-1]) == (1, True), done.stdout


def test_a_stamped_checkpoint_of_another_size_is_named(anchored: Path) -> None:
    (anchored / "anchors/5.tsr").unlink()
    (anchored / "anchors/5.checkpoint").rename(anchored / "anchors/6.checkpoint")
    done = run(anchored, "--forget", "--lang", "en")
    assert "anchors/6.checkpoint: its log has 5 entries" in done.stdout.splitlines()[-1]
