"""`vote trustee open-lists` and `destroy` on real files."""

import pytest
from typer.testing import CliRunner

from crypto.audit import audit_setup
from crypto.opening_list import decode_opening_list
from crypto.sealed_list import open_opening_list
from tests.vote.named import OFFICE_KEY, NamedElection, counted
from tests.vote.trustee.elections import ceremony
from vote.offline import REFUSED
from vote.trustee.command import app
from vote.trustee.destruction import decode_destruction, verify_destroyed
from vote.trustee.memory import Memory, decode_memory, encode_memory


def run(*words, answer=None):
    return CliRunner().invoke(app, [str(word) for word in words], input=answer)


@pytest.fixture(params=["named", "secret"])
def election(request):
    return counted(NamedElection(secrecy=request.param))


@pytest.fixture
def folder(tmp_path, election):
    (tmp_path / "2.key").write_bytes(encode_memory(Memory(ceremony().states[2])))
    (tmp_path / "e.bel").write_bytes(election.archive(upto="tally"))
    (tmp_path / "manifest.json").write_bytes(election.sealed.manifest)
    return tmp_path


def decrypt(folder):
    return run("decrypt", "--state", folder / "2.key", "--archive", folder / "e.bel",
               "--manifest", folder / "manifest.json", "--share", folder / "2.share")  # fmt: skip


def open_lists(folder):
    return run("open-lists", "--state", folder / "2.key", "--archive", folder / "e.bel",
               "--manifest", folder / "manifest.json", "--out", folder / "2.list")  # fmt: skip


def destroy(folder, *more, answer=None):
    return run("destroy", "--state", folder / "2.key", "--archive", folder / "e.bel", "--word", folder / "word.json",
               *more, answer=answer)  # fmt: skip


@pytest.mark.parametrize("election", ["named"], indirect=True)
def test_after_the_total_a_trustee_seals_a_list_to_the_office(folder, election):
    refused = open_lists(folder)
    assert (refused.exit_code, (folder / "2.list").exists()) == (REFUSED, False)
    assert "take the archive that `vote trustee decrypt` counted" in refused.stderr
    assert decrypt(folder).exit_code == 0
    # The archive has grown meanwhile by shares and result.
    (folder / "e.bel").write_bytes(election.archive())
    answer = open_lists(folder)
    assert answer.exit_code == 0, answer.stderr
    assert "只有社区能打开" in answer.stdout
    sealed = election.sealed.election
    content = open_opening_list(sealed, 2, OFFICE_KEY, (folder / "2.list").read_bytes())
    assert len(decode_opening_list(content, sealed).openings) == 3


@pytest.mark.parametrize("election", ["secret"], indirect=True)
def test_for_a_secret_election_the_command_refuses(folder):
    assert decrypt(folder).exit_code == 0
    answer = open_lists(folder)
    assert (answer.exit_code, answer.stdout, (folder / "2.list").exists()) == (REFUSED, "", False)
    assert "This election is secret: its ballots are opened to nobody, and no list is made." in answer.stderr


def test_the_key_file_says_nothing_new_after_a_list(folder):
    decrypt(folder)
    before = (folder / "2.key").read_bytes()
    open_lists(folder)
    assert (folder / "2.key").read_bytes() == before
    assert decode_memory(before).counted is not None


@pytest.mark.parametrize("election", ["named"], indirect=True)
def test_a_key_is_destroyed_only_when_its_holder_says_so(folder, election):
    (folder / "e.bel").write_bytes(election.archive())
    refused = destroy(folder, answer="好\n")
    assert refused.exit_code == REFUSED
    assert "还没有结果" not in refused.output
    assert sorted(path.name for path in folder.iterdir()) == ["2.key", "e.bel", "manifest.json"]
    done = destroy(folder, answer="是\n")
    assert done.exit_code == 0, done.output
    assert sorted(path.name for path in folder.iterdir()) == ["e.bel", "manifest.json", "word.json"]
    word = decode_destruction((folder / "word.json").read_bytes())
    assert word.fingerprint == election.sealed.election.fingerprint
    verify_destroyed(word, audit_setup(election.read().setup).trustees.verification_key(2))


@pytest.mark.parametrize("election", ["named"], indirect=True)
def test_before_the_count_the_holder_is_warned(folder):
    assert "还没有结果" in destroy(folder, answer="不\n").output
    assert (folder / "2.key").exists()
    assert destroy(folder, "--yes").exit_code == 0
    assert not (folder / "2.key").exists()
