"""The page that an owner votes with, or who supplies it, learns or changes the choices."""

import hashlib
import re
from pathlib import Path

from typer.testing import CliRunner

from crypto.signature import SigningKey
from tests.vote.conftest import YES
from tests.vote.named import OFFICE_KEY, counted
from tests.vote.web.markup import Page
from vote.office.command import app
from vote.office.key_file import OfficeSecrets, encode_secrets
from vote.web.headers import STRICT

WANTED = ("反对", "癸")
"""What owner 2 saw on the screen; the page sealed something else."""


async def test_pages_that_everybody_reads_run_no_script_and_load_nothing_from_elsewhere(voted):
    for path in ("/", voted.pages, f"{voted.pages}/archive", f"{voted.pages}/result"):
        answer = await voted.platform.ask("GET", path, key=None)
        assert answer.headers["Content-Security-Policy"] == STRICT["Content-Security-Policy"]
        assert "script-src" not in answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        page = Page(answer.text)
        assert page.attributes("script") == page.attributes("iframe") == []
        for source in (*page.attributes("img"), *page.attributes("link")):
            address = source.get("src") or source.get("href") or ""
            assert address.startswith(("/", "data:")), address


async def test_the_voting_page_runs_only_files_that_everybody_can_compare(opened, clock, monkeypatch):
    """Their digests are public, and whoever has the sources builds the same bytes. What one telephone is served, only its owner sees."""
    monkeypatch.setattr("vote.web.seen.database_now", clock)
    platform = opened.platform
    answer = await platform.ask("GET", f"{opened.pages}/vote", key=None)
    assert answer.status_code == 200, answer.text
    policy = answer.headers["Content-Security-Policy"]
    (nonce,) = re.findall(r"script-src 'nonce-([^']{24})'", policy)
    assert "unsafe" not in policy
    assert "http" not in policy
    listed = (await platform.ask("GET", "/assets.json", key=None)).json()["assets"]
    digests = {each["path"]: each["sha256"] for each in listed}
    scripts = Page(answer.text).attributes("script")
    run = [script for script in scripts if script.get("type") != "application/json"]
    assert run
    assert [script["nonce"] for script in run] == [nonce] * len(run)
    (worker,) = [path for path in digests if path.startswith("/static/worker-seal.")]
    assert worker in answer.text
    for path in (*(script["src"] for script in run), worker):
        served = (await platform.ask("GET", path, key=None)).content
        assert hashlib.sha256(served).hexdigest() == digests[path]


async def test_another_program_of_the_same_protocol_casts_the_same_ballots(opened):
    """Nothing but public files and the own key goes into a ballot, so nobody needs the program that is served."""
    assert (await opened.send(await opened.ballot(4, [YES, [1, 0, 0, 0]]))).status_code == 201


def test_in_a_named_vote_an_owner_who_asks_sees_what_the_page_really_sealed(tmp_path: Path):
    secrets = OfficeSecrets("community", "community", SigningKey(b"s" * 32), b"unused", b"unused", OFFICE_KEY)
    files = {
        "key": encode_secrets(secrets),
        "archive": counted().archive(),
        "manifest": counted().sealed.manifest,
        "request": counted().request(1),
    }
    lists = [counted().sealed_list(trustee) for trustee in (1, 2)]
    words = []
    for name, data in (*files.items(), *(("list", each) for each in lists)):
        path = tmp_path / f"{name}-{len(words)}"
        path.write_bytes(data)
        words += [f"--{name}", str(path)]
    shown = CliRunner().invoke(app, ["open", *words])
    assert shown.exit_code == 0, shown.output
    assert "1. 是否同意管理规约：同意" in shown.stdout
    assert not any(word in shown.stdout for word in WANTED)
