"""Who may import whom: the contracts of pyproject.toml hold, and each of them notices when it is broken."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import crypto
import vote

ROOT = Path(__file__).parents[1]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]

PLANTED = {
    "crypto": [("crypto/elgamal.py", "import time"), ("crypto/tar.py", "import vote.errors")],
    "rules": [
        ("vote/account/rules.py", "import tortoise"),
        ("vote/law/rules.py", "import asyncio"),
        ("vote/roll/freeze.py", "import random"),
        ("vote/tally/finding.py", "import vote.config"),
    ],
    "area": [("vote/ballot/store.py", "import vote.ballot.service")],
    "areas": [
        ("vote/roll/service.py", "import vote.ballot.rules"),
        ("vote/trustee/service.py", "import vote.credential.rules"),
        ("vote/log/store.py", "import vote.election.rules"),
        ("vote/errors.py", "import vote.clock"),
    ],
    "web": [("vote/tally/service.py", "import starlette.requests"), ("vote/estate/store.py", "import vote.http")],
    "database": [("vote/ballot/views.py", "import tortoise"), ("vote/election/service.py", "import tortoise")],
    "offline": [
        ("vote/verifier/report.py", "import starlette.requests"),
        ("vote/trustee/command.py", "import vote.config"),
        ("vote/demo/plan.py", "import vote.election.store"),
    ],
    "witness": [("vote/witness/state.py", "import vote.db"), ("vote/witness/rules.py", "import vote.log.rules")],
    "light": [("vote/roll/command.py", "import httpx"), ("vote/law/library.py", "import crypto.group")],
    "demo": [("vote/web/app.py", "import vote.demo.plan")],
}
"""By contract: a file, and a line in it that would break the contract."""


def _lint(root: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    chosen = [word for each in contracts for word in ("--contract", each)]
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-logo", "--no-cache", *chosen],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sources in which a line may be planted."""
    root = tmp_path_factory.mktemp("copy")
    shutil.copy(ROOT / "pyproject.toml", root)
    for package in ("crypto", "vote"):
        shutil.copytree(ROOT / package, root / package, ignore=shutil.ignore_patterns("__pycache__"))
    return root


def test_crypto_and_vote_are_ours() -> None:
    """The package index has another `crypto`, and a folder of tests could hide ours."""
    assert Path(str(crypto.__file__)).parent == ROOT / "crypto"
    assert Path(str(vote.__file__)).parent == ROOT / "vote"


def test_the_contracts_hold(copy: Path) -> None:
    linted = _lint(copy)
    assert linted.returncode == 0, linted.stdout


def test_every_contract_has_something_planted() -> None:
    assert [contract["id"] for contract in CONTRACTS] == list(PLANTED)


@pytest.mark.parametrize(
    ("contract", "file", "line"), [(contract, *plant) for contract, plants in PLANTED.items() for plant in plants]
)
def test_a_forbidden_import_is_reported(copy: Path, contract: str, file: str, line: str) -> None:
    path = copy / file
    text = path.read_text()
    path.write_text(f"{text}\n\n{line}\n")
    try:
        linted = _lint(copy, contract)
    finally:
        path.write_text(text)
    assert linted.returncode == 1
    assert "BROKEN" in linted.stdout
    assert line.removeprefix("import ").partition(".")[0] in linted.stdout


def test_every_area_is_in_the_contracts() -> None:
    areas = {f"vote.{path.parent.name}" for path in ROOT.glob("vote/*/__init__.py")}
    (order,) = [contract["layers"] for contract in CONTRACTS if contract["id"] == "areas"]
    assert areas <= {name.strip(" ()") for layer in order for name in layer.split("|")}
    (inside,) = [contract["containers"] for contract in CONTRACTS if contract["id"] == "area"]
    assert {area for area in areas if list((ROOT / area.replace(".", "/")).glob("models.py"))} <= set(inside)
