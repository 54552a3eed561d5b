"""The page that an owner votes with, or who supplies it, learns or changes the choices."""

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


async def test_pages_of_this_platform_run_no_script_and_load_nothing_from_elsewhere(voted):
    """So they cannot seal a ballot at all: owners vote with a program of their own, whose files can be compared."""
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
