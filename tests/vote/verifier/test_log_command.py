"""`vote verify` on public logs and their receipts."""

import json
from pathlib import Path

import pytest

from tests.vote.verifier.log_folders import POLICY, accepted, announced, ballots, receipt_of, write_log
from tests.vote.verifier.running import run
from vote.log.rules import Kind, encode_entry

ENTRIES = ballots(301)
STEPS = (3, 255, 256, 300)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return write_log(tmp_path / "log/estate", ENTRIES, STEPS)


@pytest.fixture
def seen(tmp_path: Path) -> Path:
    return tmp_path / "seen.json"


def test_a_log_is_verified_from_its_folder(log: Path, seen: Path) -> None:
    done = run(log, "--seen", str(seen))
    assert done.exit_code == 0, done.stdout
    lines = done.stdout.splitlines()
    assert lines[0] == "✓ 19. 公开日志的签名和旁证：log.example/1，301条，旁证2个"
    assert lines[2] == "✓ 21. 日志的每个文件和每条记录：301条，其中300张票"
    assert lines[-1] == "验证通过"
    assert f"已把这次看到的日志记在 {seen}" in done.stdout
    report = json.loads(run(log, "--json", "--forget").stdout)
    assert [each["size"] for each in report["facts"]["logs"]] == [301]


def test_one_altered_byte_in_any_file_is_found_and_named(log: Path) -> None:
    files = sorted(each for each in log.rglob("*") if each.is_file())
    assert len(files) == 14
    for file in files:
        data, path = file.read_bytes(), file.relative_to(log).as_posix()
        for at in {0, len(data) // 2, len(data) - 1}:
            file.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
            done = run(log, "--forget", "--lang", "en")
            assert done.exit_code == 1, (path, at)
            named = path.split("/")[0] if path in {"checkpoint", "policy", "key"} else path
            last = done.stdout.splitlines()[-1]
            if path == "policy":
                assert any(word in last for word in ("policy", "checkpoint", "verifier key")), last
            else:
                assert named in last or (path == "checkpoint" and "note" in last), (path, at, last)
        file.write_bytes(data)
    assert run(log, "--forget").exit_code == 0


def test_each_missing_file_of_the_latest_size_is_named(log: Path) -> None:
    for path in ("tile/0/000", "tile/0/001.p/45", "tile/1/000.p/1", "tile/entries/000", "tile/entries/001.p/45"):
        data = (log / path).read_bytes()
        (log / path).unlink()
        done = run(log, "--forget", "--lang", "en")
        assert (done.exit_code, path in done.stdout.splitlines()[-1]) == (1, True), done.stdout
        (log / path).write_bytes(data)
    (log / "checkpoint").unlink()
    assert run(log, "--forget").exit_code == 1


def test_a_log_must_continue_what_was_seen_before(tmp_path: Path, seen: Path) -> None:
    first = write_log(tmp_path / "first", ENTRIES[:200])
    later = write_log(tmp_path / "later", ENTRIES, (200,))
    other = write_log(tmp_path / "other", [*ENTRIES[:150], accepted(9999), *ENTRIES[151:]])
    assert run(first, "--seen", str(seen)).exit_code == 0
    done = run(later, "--seen", str(seen))
    assert done.exit_code == 0
    assert "✓ 20. 日志和上次看到的相接：上次看到的200条都在" in done.stdout
    for fork, sentence in ((first, "but 301 were seen before"), (other, "two versions of it were shown")):
        done = run(fork, "--seen", str(seen), "--lang", "en")
        assert (done.exit_code, sentence in done.stdout.splitlines()[-1]) == (1, True), done.stdout
    assert run(other, "--forget").exit_code == 0
    assert run(later, "--seen", str(seen)).exit_code == 0


def test_what_was_rejected_is_not_kept(log: Path, seen: Path) -> None:
    (log / "tile/0/000").unlink()
    assert run(log, "--seen", str(seen)).exit_code == 1
    assert not seen.exists()


def test_without_an_option_it_is_kept_in_the_state_folder_and_said(
    log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    done = run(log)
    assert done.exit_code == 0
    assert str(tmp_path / "state/shanzhi/checkpoints.json") in done.stdout
    assert "log.example/1" in json.loads((tmp_path / "state/shanzhi/checkpoints.json").read_text())["checkpoints"]


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        (b"text", "entry 1: JSON: it is not JSON in UTF-8"),
        (encode_entry(Kind.ELECTION_OPENED, {"election": "AAAAAAAAAAAAAAAAA2", "name": "x"}), "unknown field 'name'"),
        (accepted(1).replace(b"ballot:accepted", b"ballot:eaten"), "none of those in docs/log-entries.md"),
        (accepted(1).replace(b'","', b'", "', 1), "not in canonical spelling"),
        (encode_entry(Kind.ELECTION_OPENED, {"election": "幸福小区"}), "election has not the shape"),
    ],
)
def test_an_entry_that_is_none_is_named(tmp_path: Path, entry: bytes, sentence: str) -> None:
    done = run(write_log(tmp_path / "log", [announced(), entry]), "--forget", "--lang", "en")
    assert done.exit_code == 1
    assert "entry 1" in done.stdout.splitlines()[-1]
    assert sentence in done.stdout.splitlines()[-1]


def test_another_policy_than_the_announced_is_refused(tmp_path: Path) -> None:
    log = write_log(tmp_path / "log", [announced(POLICY + b"\n")])
    done = run(log, "--forget", "--lang", "en")
    assert done.exit_code == 1
    assert "policy: it is not the one that the log announced last" in done.stdout.splitlines()[-1]


def test_a_log_without_a_policy_says_nothing(log: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").write_bytes((log / "policy").read_bytes())
    (log / "policy").unlink()
    assert run(log, "--forget").exit_code == 2
    assert run(log, "--forget", "--policy", str(tmp_path / "mine")).exit_code == 0
    assert run(log, "--forget", "--policy", str(tmp_path / "nowhere")).exit_code == 2


def test_what_is_ahead_or_foreign_is_told(log: Path) -> None:
    (log / "tile/0/001.p/46").write_bytes(bytes(32 * 46))
    (log / "readme").write_text("x")
    done = run(log, "--forget")
    assert done.exit_code == 0
    assert "有1个文件比 checkpoint 新，没有核对（tile/0/001.p/46）" in done.stdout
    assert "有1个文件不是日志的，没有核对（readme）" in done.stdout


def test_a_receipt_is_verified_by_a_policy(log: Path, tmp_path: Path) -> None:
    receipt = tmp_path / "mine.tlog-proof"
    receipt.write_bytes(receipt_of(log, ENTRIES, 7))
    policy = str(log / "policy")
    done = run(receipt, "--policy", policy)
    assert done.exit_code == 0, done.stdout
    assert done.stdout.splitlines()[0].startswith("✓ 23. 收录凭证：log.example/1第7条，选票")
    assert run(receipt).exit_code == 2
    data = receipt.read_bytes()
    for at in range(0, len(data), 7):
        receipt.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert run(receipt, "--policy", policy).exit_code == 1, at


def test_a_receipt_of_no_ballot_or_without_its_entry_is_none(log: Path, tmp_path: Path) -> None:
    receipt = tmp_path / "mine.tlog-proof"
    receipt.write_bytes(receipt_of(log, ENTRIES, 0))
    done = run(receipt, "--policy", str(log / "policy"), "--lang", "en")
    assert (done.exit_code, "it proves policy:announced, not a ballot" in done.stdout) == (1, True)
    lines = receipt_of(log, ENTRIES, 7).split(b"\n")
    receipt.write_bytes(b"\n".join(lines[:1] + lines[2:]))
    done = run(receipt, "--policy", str(log / "policy"), "--lang", "en")
    assert (done.exit_code, "not in its extra line" in done.stdout) == (1, True)
