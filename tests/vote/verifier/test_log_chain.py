"""An exported folder of an estate that began its log anew: both logs are verified, and that one continues the other."""

import json
import shutil
from pathlib import Path

import pytest

from crypto import merkle
from tests.crypto.logs import ORIGIN
from tests.vote.verifier.bundles import HONEST
from tests.vote.verifier.log_folders import accepted, announced, ballots, policy_of, write_log
from tests.vote.verifier.running import run
from tests.vote.verifier.told import told
from vote.log.rules import Facts, Kind, encode_entry

ENTRIES = ballots(301)
TOLD = told()


def continued(size: int, root: str, before: int = 1) -> bytes:
    facts: Facts = {"before": before, "size": size, "root": root, "reason": "0" * 64}
    return encode_entry(Kind.LOG_CONTINUED, facts)


def further(folder: Path, number: int, first: bytes, origin: str = ORIGIN) -> Path:
    """Write a further log into the folder of an estate's first."""
    own = f"{origin}/{number}"
    return write_log(folder / str(number), [first, announced(policy_of(own)), accepted(900 + number)], origin=own)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return write_log(tmp_path / "log/e1", ENTRIES, (3, 256))


def last(folder: Path) -> str:
    done = run(folder, "--forget", "--lang", "en")
    assert done.exit_code == 1, done.stdout
    return done.stdout.splitlines()[-1]


def root(size: int) -> str:
    return merkle.root(ENTRIES[:size]).hex()


def test_both_logs_of_a_folder_and_their_link_are_verified(log: Path, tmp_path: Path) -> None:
    further(log, 2, continued(300, root(300)))
    second = merkle.root([continued(300, root(300)), announced(policy_of(f"{ORIGIN}/2")), accepted(902)])
    further(log, 3, continued(3, second.hex(), 2))
    done = run(log, "--seen", str(tmp_path / "seen"))
    assert done.exit_code == 0, done.stdout
    lines = done.stdout.splitlines()
    assert lines[0].count("旁证2个") == 3
    assert lines[3] == f"✓ 24. 换过的日志前后相接：e1换过2次，前后相接；现在的一本是{ORIGIN}/3"
    assert "不是日志的" not in done.stdout
    report = json.loads(run(log, "--json", "--seen", str(tmp_path / "seen")).stdout)
    assert [(each["origin"], each["size"]) for each in report["facts"]["logs"]] == [
        (ORIGIN, 301), (f"{ORIGIN}/2", 3), (f"{ORIGIN}/3", 3),
    ]  # fmt: skip
    # One of them alone is a log too, and nothing is said of others.
    alone = run(log / "2", "--forget")
    assert (alone.exit_code, "24." in alone.stdout) == (0, False)


@pytest.mark.parametrize(
    ("first", "sentence"),
    [
        (continued(300, "0" * 64), "e1/2: entry 0 commits to another log than e1: checkpoint: the log does not begin"),
        (continued(302, "0" * 64), "e1/2: entry 0 commits to another log than e1: checkpoint: this log has 301"),
        (continued(300, root(300), 2), "e1/2: entry 0 does not say that it continues log 1"),
        (accepted(1), "e1/2: entry 0 does not say that it continues log 1"),
    ],
)
def test_a_log_that_continues_another_is_named(log: Path, first: bytes, sentence: str) -> None:
    further(log, 2, first)
    assert f"rejected: {sentence}" in last(log)


def test_a_log_that_was_left_out_is_named(log: Path) -> None:
    further(log, 3, continued(300, root(300), 2))
    assert "e1/3: entry 0 does not say that it continues log 1" in last(log)


def test_one_altered_byte_in_a_further_log_is_found_and_named(log: Path) -> None:
    inside = further(log, 2, continued(300, root(300)))
    for name in ("tile/0/000.p/3", "tile/entries/000.p/3", "checkpoint"):
        file = inside / name
        data = file.read_bytes()
        file.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
        assert "e1/2: " in last(log)
        file.write_bytes(data)


def test_only_numbers_are_further_logs(log: Path) -> None:
    further(log, 2, continued(300, root(300)))
    for name in ("1", "02", "copy"):
        shutil.copytree(log / "2", log / name)
    (log / "4").mkdir()
    done = run(log, "--forget", "--lang", "en")
    assert done.exit_code == 0, done.stdout
    assert "15 files are none of a log's" in done.stdout


def test_an_election_may_begin_in_one_log_and_end_in_the_next(tmp_path: Path) -> None:
    HONEST.write(tmp_path)
    ours = write_log(tmp_path / "log/e1", TOLD[:8])
    own = f"{ORIGIN}/2"
    first = continued(8, merkle.root(TOLD[:8]).hex())
    write_log(ours / "2", [first, announced(policy_of(own)), *TOLD[8:]], origin=own)
    done = run(tmp_path, "--forget", "--lang", "en")
    assert done.exit_code == 0, done.stdout
    assert "24. each further log continues the one before: log/e1 was begun anew 1 times" in done.stdout


def test_an_order_that_cannot_be_is_found_across_logs(tmp_path: Path) -> None:
    HONEST.write(tmp_path)
    early, own = [*TOLD[:2], *TOLD[3:]], f"{ORIGIN}/2"
    ours = write_log(tmp_path / "log/e1", early)
    first = continued(len(early), merkle.root(early).hex())
    write_log(ours / "2", [first, TOLD[2], announced(policy_of(own))], origin=own)
    assert "election:opened stands before what must come earlier" in last(tmp_path)
