"""`vote account invite` as an operator runs it: a process of its own on a real database."""

import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests import databases
from tests.databases import connect
from vote.demo.household import free_port, wait_until_up


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    keys = {f"VOTE_{name}_FILE": str(tmp_path / "keys" / name) for name in ("DATA_KEY", "SIGNING_KEY", "STAFF_TOKEN")}
    return {
        "VOTE_DB": databases.new(tmp_path / "var"),
        "VOTE_PUBLIC_URL": "http://localhost:8000",
        "PATH": "/usr/bin:/bin",
        **keys,
    }


def run(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "vote", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.database
def test_the_first_of_the_staff_is_invited_by_a_link_that_works_once(
    environment: dict[str, str], tmp_path: Path
) -> None:
    assert run(environment, "db", "upgrade").returncode == 0
    made = run(environment, "account", "invite", "--name", "社区王敏", "--scope", "*")
    assert (made.returncode, made.stderr) == (0, "")
    said, link = made.stdout.splitlines()
    assert "社区王敏" in said
    assert "只能用一次" in said
    address, _, word = link.partition("#")
    assert address == "http://localhost:8000/join"
    with connect(environment["VOTE_DB"]) as database:
        rows = database.execute("SELECT digest, sealed_name, accepted_at FROM account_invitation")
    assert len(rows) == 1
    assert word not in str(rows)
    assert "王敏".encode() not in bytes(rows[0][1])
    port, output = free_port(), tmp_path / "serve.log"
    serving = {**environment, "VOTE_PORT": str(port), "VOTE_PUBLIC_URL": f"http://localhost:{port}"}
    with (
        output.open("wb") as log,
        subprocess.Popen(
            [sys.executable, "-m", "vote", "serve"], env=serving, stdout=subprocess.DEVNULL, stderr=log
        ) as server,
    ):
        try:
            wait_until_up(f"http://localhost:{port}", server, output)
            with httpx.Client(
                base_url=f"http://localhost:{port}", headers={"Sec-Fetch-Site": "same-origin"}
            ) as browser:
                answers = [
                    browser.post("/join/codes", data={"word": word, "name": "社区王敏"}).status_code for _ in range(2)
                ]
        finally:
            server.terminate()
            server.wait(30)
    assert answers[0] == 200
    assert answers[1] >= 400
    with connect(environment["VOTE_DB"]) as database:
        kinds = database.execute("SELECT kind, role FROM account_event ORDER BY id")
    assert ("account:signed-in", "staff") in [tuple(row) for row in kinds]


@pytest.mark.database
def test_nobody_is_invited_to_an_estate_that_is_not_there(environment: dict[str, str]) -> None:
    assert run(environment, "db", "upgrade").returncode == 0
    made = run(environment, "account", "invite", "--name", "社区王敏", "--scope", "estate:nowhere")
    assert made.returncode == 2
    assert "/join#" not in made.stdout
    with connect(environment["VOTE_DB"]) as database:
        assert database.execute("SELECT count(*) FROM account_invitation")[0][0] == 0


@pytest.mark.database
def test_a_county_that_is_not_there_is_made_only_if_it_is_said_to_be_new(environment: dict[str, str]) -> None:
    assert run(environment, "db", "upgrade").returncode == 0
    words = ("account", "invite", "--name", "社区王敏", "--scope", "嘉善县/魏糖街道")
    made = run(environment, *words)
    assert (made.returncode, made.stdout) == (2, "")
    assert "There is no 嘉善县/魏糖街道: compare the names" in made.stderr
    with connect(environment["VOTE_DB"]) as database:
        assert database.execute("SELECT count(*) FROM account_invitation")[0][0] == 0
        assert database.execute("SELECT count(*) FROM division")[0][0] == 0
    assert "/join#" in run(environment, *words, "--new").stdout
    assert "/join#" in run(environment, "account", "invite", "--name", "社区甲", "--scope", "嘉善县").stdout
    with connect(environment["VOTE_DB"]) as database:
        assert database.execute("SELECT count(*) FROM division")[0][0] == 2
