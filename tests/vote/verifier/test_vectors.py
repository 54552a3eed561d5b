"""What `vote verify` says of every archive that others made, or that has one thing wrong."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from crypto.archive import Setup
from crypto.archive_reader import read_archive
from crypto.audit import audit_setup
from tests.crypto.archives import BY_TOOL, PACKED, VECTORS, load, load_negative
from tests.vote.verifier.running import run
from vote.recount.checking import check_slice, slice_ballots
from vote.recount.counted import credentials_of

CASES = json.loads((VECTORS / "negative" / "manifest.json").read_text())
BALLOTS = json.loads((VECTORS / "ballots" / "ed25519.json").read_text())
REFUSALS = {
    "bad_ballot_tallied": "有选票不成立（第9项“逐张核对选票”，第1张票，第1题，第1个选项）",
    "duplicate_credential_in_list": "开箱人的钥匙或凭证名单不成立（第3项“开箱人的钥匙和凭证名单”，归档第0个事件，名单第2行）",
    "chain_broken": "归档被改动，或次序不对（第2项“归档的字节和次序”，归档第7个事件）",
    "tally_drops_ballot": "密封的总和不是有效选票之和（第12项“密封的总和”）",
    "total_weight_field_wrong": "密封的总和不是有效选票之和（第12项“密封的总和”）",
    "data_hash_mismatch": "归档被改动，或次序不对（第2项“归档的字节和次序”，归档第7个成员）",
}


def _write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("name", "data", "ballots"),
    [("DQB53CqA1UtMwz.bel", load(BY_TOOL), 12), ("Ddp2RtfN1U8EFV.bel", load(PACKED), 24)],
)
def test_archives_of_others_are_verified_by_protocol(tmp_path: Path, name: str, data: bytes, ballots: int) -> None:
    path = _write(tmp_path, name, data)
    for place in (path, tmp_path):
        result = run(place, "--json")
        assert result.exit_code == 0
        report = json.loads(result.stdout)
        assert (report["verdict"], report["trouble"], report["facts"]["ballots"]) == ("verified", None, ballots)
        assert "a lone archive: manifest, roll and completeness were not checked" in report["warnings"]


def test_the_totals_of_the_foreign_tool_are_found_again(tmp_path: Path) -> None:
    """The numbers stand in the vectors' README."""
    path = _write(tmp_path, "DQB53CqA1UtMwz.bel", load(BY_TOOL))
    facts = json.loads(run(path, "--json").stdout)["facts"]
    assert facts["totals"] == [[67338, 41335, 29850, 31229, 8650], [49700, 0, 69874]]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_every_negative_archive_gets_its_verdict(tmp_path: Path, case: dict[str, str]) -> None:
    path = _write(tmp_path, "NegativeCaseUU.bel", load_negative(case["case"]))
    result = run(path)
    if case["our_verifier_should"].startswith("accept"):
        assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "验证通过")
    else:
        assert (result.exit_code, result.stdout.splitlines()[-1]) == (1, f"验证不通过：{REFUSALS[case['case']]}")
    assert ("第2位开箱人的份额有误" in result.stdout) == (case["case"] == "pd_threshold_one_bad")


@pytest.mark.parametrize("case", BALLOTS, ids=lambda case: case["name"])
def test_every_single_ballot_gets_its_verdict(case: dict[str, Any]) -> None:
    archive = read_archive(load(BY_TOOL))
    setup = audit_setup(Setup(*archive.setup.documents))
    ballots = [case["ballot"].encode()]
    [part] = slice_ballots(setup, ballots, credentials_of(ballots), size=9)
    troubles = check_slice(part).troubles
    assert (not troubles) == case["expect_valid"]
    assert all(re.match(r"event 1 \(Ballot\): ", sentence) for sentence in troubles)


def test_another_programs_result_file_beside_its_archive_makes_no_bundle() -> None:
    """The folder of belenios-tool holds a result.json of its own."""
    assert (VECTORS / "by-tool-ed25519" / "result.json").exists()
    result = run(VECTORS / "by-tool-ed25519", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["facts"]["ballots"] == 12
