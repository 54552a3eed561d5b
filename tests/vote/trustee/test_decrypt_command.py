"""What `vote trustee decrypt` opens and what it does not, on real files."""

import dataclasses

import pytest

from tests.vote.trustee.desks import Desk, copy_of, election_of
from tests.vote.trustee.elections import AREAS, OTHER_UUID
from vote.trustee.memory import Memory, decode_memory, encode_memory


def test_a_key_of_another_election_opens_nothing(finished, tmp_path):
    desk = copy_of(finished, tmp_path)
    other = Desk(tmp_path / "other", OTHER_UUID)
    other.finish()
    desk.state(1).write_bytes(other.state(1).read_bytes())
    answer = desk.decrypt(1, election_of(desk).ended())
    assert (answer.exit_code, "another election" in answer.stderr) == (1, True)
    assert not desk.path("1.share").exists()


def test_a_file_with_another_secret_opens_nothing(finished, tmp_path):
    desk = copy_of(finished, tmp_path)
    state = dataclasses.replace(decode_memory(desk.state(1).read_bytes()).state, decryption_secret=5)
    desk.state(1).write_bytes(encode_memory(Memory(state)))
    answer = desk.decrypt(1, election_of(desk).ended())
    assert (answer.exit_code, "your key" in answer.stderr) == (1, True)


def test_a_second_total_of_the_election_is_not_opened(finished, tmp_path):
    desk = copy_of(finished, tmp_path)
    election = election_of(desk)
    assert desk.decrypt(1, election.ended()).exit_code == 0
    desk.path("1.share").unlink()
    without_the_last = election.ended(election.ballots()[:-1])
    answer = desk.decrypt(1, without_the_last)
    assert (answer.exit_code, "opened another total" in answer.stderr) == (1, True)
    assert not desk.path("1.share").exists()
    assert desk.decrypt(1, election.ended()).exit_code == 0
    assert desk.path("1.share").exists()


def test_what_is_opened_is_remembered_even_if_the_share_cannot_be_written(finished, tmp_path):
    desk = copy_of(finished, tmp_path)
    desk.path("1.share").mkdir()
    election = election_of(desk)
    assert desk.decrypt(1, election.ended()).exit_code == 1
    assert decode_memory(desk.state(1).read_bytes()).opened is not None


@pytest.mark.parametrize("place", [512 * 3 + 5, -700])
def test_a_changed_byte_in_the_archive_is_refused(finished, tmp_path, place):
    desk = copy_of(finished, tmp_path)
    data = bytearray(election_of(desk).ended())
    data[place] ^= 1
    assert desk.decrypt(1, bytes(data)).exit_code == 1
    assert not desk.path("1.share").exists()


def test_while_voting_goes_on_by_the_manifest_nothing_is_opened(finished, tmp_path):
    """Whoever makes the archive can end it early; the trustee's clock is not theirs."""
    desk = copy_of(finished, tmp_path)
    running = dataclasses.replace(election_of(desk), closes_at="2999-12-20T10:00:00Z")
    desk.path("e.bel").write_bytes(running.ended())
    desk.path("manifest.json").write_bytes(running.manifest)
    files = {name: desk.path(file) for name, file in (("archive", "e.bel"), ("manifest", "manifest.json"))}
    answer = desk.run("decrypt", 1, share=desk.path("1.share"), **files)
    assert (answer.exit_code, "voting goes on until 2999-12-20T10:00:00Z" in answer.stderr) == (1, True)
    assert decode_memory(desk.state(1).read_bytes()).opened is None
    assert not desk.path("1.share").exists()


def test_skipping_proofs_is_said_loudly(finished, tmp_path):
    desk = copy_of(finished, tmp_path)
    answer = desk.decrypt(1, election_of(desk).ended(), skip_proofs=True)
    assert answer.exit_code == 0
    assert "没有检查每张票的零知识证明" in answer.stderr
    assert "vote verify" in answer.stderr
    assert "零知识证明" not in desk.decrypt(1, election_of(desk).ended()).stderr


def test_an_election_that_names_no_base_shows_no_area(finished, tmp_path):
    desk = copy_of(finished, tmp_path)
    election = dataclasses.replace(election_of(desk), description="")
    desk.path("e.bel").write_bytes(election.ended())
    answer = desk.run("decrypt", 1, archive=desk.path("e.bel"), share=desk.path("1.share"))
    assert answer.exit_code == 0
    assert "3 票计入。" in answer.stdout


def test_the_name_of_an_election_does_not_hide_the_count(finished, tmp_path):
    desk = copy_of(finished, tmp_path)
    election = dataclasses.replace(election_of(desk), title="大会\x1b[8m\r核对完毕：493 票计入")
    answer = desk.decrypt(1, election.ended([]))
    assert answer.exit_code == 0
    lines = answer.stdout.splitlines()
    assert lines[0] == r"正在核对“大会\u001b[8m\u000d核对完毕：493 票计入”的 0 张票……"
    assert lines[1].startswith("核对完毕：0 票计入")


def test_false_weights_are_not_opened(finished, tmp_path):
    desk = copy_of(finished, tmp_path)
    false = dataclasses.replace(election_of(desk), weighed=(1, 100, sum(AREAS) - 101))
    answer = desk.decrypt(1, false.ended())
    assert (answer.exit_code, "not those that were sealed" in answer.stderr) == (1, True)
    assert decode_memory(desk.state(1).read_bytes()).opened is None
    assert not desk.path("1.share").exists()
