"""The code behind `vote verify` gives the verdicts that others gave on the same logs."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from crypto.errors import CryptoError, VerificationError
from crypto.log_policy import LogPolicy, PolicyGroup, PolicyLog, PolicyWitness
from crypto.log_proof import verify_log_proof
from crypto.note import decode_verifier_key
from vote.verifier import log_audit
from vote.verifier.log_folder import LogFolder

VECTORS = Path(__file__).parents[2] / "vectors/tlog"
KEYS = json.loads((VECTORS / "keys.json").read_text())
CASES = json.loads((VECTORS / "cases.json").read_text())
FORK = "fork-alone-is-selfconsistent"
"""Its overlay leaves narrower tiles of the log that it forked from beside its own."""


def policy_of(case: dict[str, Any]) -> LogPolicy:
    log = PolicyLog(decode_verifier_key(KEYS["log"]))
    witnesses = tuple(
        PolicyWitness(f"w{number}", decode_verifier_key(KEYS["witnesses"][number])) for number in case["witnesses"]
    )
    if not case["quorum"]:
        return LogPolicy((log,), witnesses, (), "none")
    group = PolicyGroup("enough", case["quorum"], tuple(each.name for each in witnesses))
    return LogPolicy((log,), witnesses, (group,), "enough")


def lay(case: dict[str, Any], folder: Path) -> LogFolder:
    shutil.copytree(VECTORS / "log", folder, dirs_exist_ok=True)
    overlay = VECTORS / "cases" / case["overlay"]
    if overlay.is_dir():
        shutil.copytree(overlay, folder, dirs_exist_ok=True)
    for path in case["delete"]:
        (folder / path).unlink()
    return LogFolder(folder)


def verdict(case: dict[str, Any], files: LogFolder) -> None:
    policy = policy_of(case)
    options = dict(zip(case["args"][::2], case["args"][1::2], strict=False))

    def file(name: str) -> bytes:
        return (VECTORS / name.removeprefix("@")).read_bytes()

    if case["cmd"] == "proof":
        return verify_log_proof(file(case["args"][-1]), file(options["-leaf"]), policy)
    checkpoint = log_audit.open_latest(files, policy)
    if case["cmd"] == "audit":
        assert sum(map(len, log_audit.audited_entries(checkpoint, files))) == checkpoint.size
        if case["overlay"] != FORK:
            assert not log_audit.verify_beside(checkpoint, files, ("checkpoint",)).foreign
    elif case["cmd"] == "entry":
        entry = log_audit.verified_entry(int(options["-index"]), checkpoint, files)
        if "-want" in options and entry != file(options["-want"]):
            raise VerificationError("another entry")
    elif case["cmd"] == "consistency":
        log_audit.verify_continued(log_audit.open_signed(file(options["-old"]), policy), checkpoint, files)
    else:
        assert case["cmd"] == "checkpoint"
    return None


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_case_has_the_verdict_that_others_gave(case: dict[str, Any], tmp_path: Path) -> None:
    files = lay(case, tmp_path)
    if case["ok"]:
        verdict(case, files)
    else:
        with pytest.raises(CryptoError):
            verdict(case, files)


def test_what_a_fork_left_of_the_true_log_gives_it_away(tmp_path: Path) -> None:
    case = next(each for each in CASES if each["name"] == FORK)
    files = lay(case, tmp_path)
    checkpoint = log_audit.open_latest(files, policy_of(case))
    with pytest.raises(VerificationError, match=r"^tile/0/000\.p/255: it is not the beginning"):
        log_audit.verify_beside(checkpoint, files, ("checkpoint",))


def test_all_of_them_are_there() -> None:
    assert len(CASES) == 52
