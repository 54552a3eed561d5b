"""Two of three trustees by commands alone, on real files; the test itself plays the server."""

import dataclasses
import json
import stat
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from crypto.archive_reader import read_archive
from crypto.audit import audit_setup
from crypto.ceremony import assemble_trustees
from crypto.ceremony_board import Board, encode_board
from crypto.ceremony_post import decode_post
from crypto.encoding import read_json
from crypto.group import multiply_base
from crypto.result import combine_shares, open_tally
from crypto.share import verify_extra_proof, verify_share
from crypto.trustees import decode_trustees
from tests.vote.trustee.elections import AREAS, BASE, OTHER_UUID, UUID, SmallElection
from vote.trustee.command import app
from vote.trustee.handed_share import decode_handed_share
from vote.trustee.invitation import Invitation, encode_invitation
from vote.trustee.memory import Memory, decode_memory, encode_memory
from vote.trustee.opening import recount

NAMES = "业主甲", "社区乙", "街道丙"


@dataclasses.dataclass
class Desk:
    """The folder in which the trustees' files lie, and the board of the server."""

    folder: Path
    uuid: str = UUID
    board: Board = dataclasses.field(init=False)

    def __post_init__(self) -> None:
        self.folder.mkdir(exist_ok=True)
        self.board = Board(self.uuid, 3, 2)
        self.publish(self.board)

    def path(self, name: str) -> Path:
        return self.folder / name

    def state(self, index: int) -> Path:
        return self.path(f"{index}.key")

    def publish(self, board: Board) -> None:
        self.path("board.json").write_bytes(encode_board(board))

    def run(self, command: str, index: int, **files: object) -> Result:
        """Run a command with the trustee's state; a True option has no value."""
        arguments = [command, "--state", str(self.state(index))]
        for name, value in files.items():
            arguments += [f"--{name.replace('_', '-')}"] if value is True else [f"--{name}", str(value)]
        return CliRunner().invoke(app, arguments)

    def begin(self, index: int) -> Result:
        invitation = Invitation(self.uuid, index, 3, 2, NAMES[index - 1])
        self.path("invitation.json").write_bytes(encode_invitation(invitation))
        return self.run("begin", index, invitation=self.path("invitation.json"), post=self.path("post.json"))

    def next(self, index: int) -> Result:
        return self.run("next", index, board=self.path("board.json"), post=self.path("post.json"))

    def send(self) -> None:
        """Take the post from the trustee to the server."""
        self.board = self.board.put(decode_post(read_json(self.path("post.json").read_bytes(), "the post")))
        self.path("post.json").unlink()
        self.publish(self.board)

    def finish(self) -> bytes:
        """Let all trustees do everything; return trustees.json."""
        for index in (1, 2, 3):
            assert self.begin(index).exit_code == 0
            self.send()
        for _ in range(3):
            for index in (3, 2, 1):
                assert self.next(index).exit_code == 0
                self.send()
        self.path("trustees.json").write_bytes(assemble_trustees(self.board))
        return assemble_trustees(self.board)

    def check(self, index: int) -> Result:
        return self.run("check", index, board=self.path("board.json"), trustees=self.path("trustees.json"))

    def decrypt(self, index: int, archive: bytes, **options: object) -> Result:
        self.path("e.bel").write_bytes(archive)
        self.path("manifest.json").write_bytes(_election(self).manifest)
        files = {"archive": self.path("e.bel"), "manifest": self.path("manifest.json")}
        return self.run("decrypt", index, share=self.path(f"{index}.share"), **files, **options)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A ceremony after its last step; what a test does to it must not spoil it for the next."""
    desk = Desk(tmp_path_factory.mktemp("ceremony"))
    desk.finish()
    return desk


def _election(desk: Desk) -> SmallElection:
    return SmallElection(desk.path("trustees.json").read_bytes(), desk.uuid)


def _copy(desk: Desk, folder: Path) -> Desk:
    """Return a desk with the files of another that a test may spoil."""
    for path in desk.folder.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    copy = dataclasses.replace(desk, folder=folder)
    copy.board = desk.board
    copy.publish(desk.board)
    return copy


def test_two_of_three_trustees_make_a_key_and_open_a_total_by_commands_alone(desk):
    trustees = desk.finish()
    assert decode_trustees(trustees).keys[1].name == "社区乙"
    for index in (1, 2, 3):
        answer = desk.check(index)
        assert (answer.exit_code, "核对无误" in answer.stdout) == (0, True)
    election = _election(desk)
    archive = read_archive(election.ended())
    setup = audit_setup(archive.setup)
    tally = recount(setup, archive).tally
    factors = {}
    for index in (1, 2):
        answer = desk.decrypt(index, election.ended())
        assert answer.exit_code == 0, answer.output
        assert "3 票计入，面积合计 360.00 ㎡" in answer.stdout
        share = decode_handed_share(desk.path(f"{index}.share").read_bytes())
        assert (share.election, share.trustee) == (UUID, index)
        key = setup.trustees.verification_key(index)
        factors[index] = verify_share(setup.election, key, tally, share.payload)
        verify_extra_proof(setup.election, index, key, tally, share.payload, share.extra_proof)
    opened = open_tally(tally, combine_shares(setup.trustees, factors))
    yes, no = (AREAS[0] + AREAS[1]) * BASE + 2, AREAS[2] * BASE + 1
    assert opened == ((multiply_base(yes), multiply_base(no), multiply_base(0)),)


def test_the_screen_says_which_step_it_was_and_what_comes_next(desk):
    begun = desk.begin(1)
    assert "第 1 位开箱人（共 3 位，任意 2 位到场即可开箱）" in begun.stdout
    desk.send()
    for index in (2, 3):
        desk.begin(index)
        desk.send()
    for words in ("第一步（共三步）：封存", "第二步（共三步）：亮出", "第三步（共三步）：成钥"):
        for index in (1, 2, 3):
            answer = desk.next(index)
            assert words in answer.stdout
            desk.send()
    done = desk.next(1)
    assert (done.exit_code, "三步都已做完" in done.stdout) == (0, True)
    assert not desk.path("post.json").exists()


def test_who_is_early_waits_and_learns_for_whom(desk):
    desk.begin(1)
    desk.send()
    early = desk.next(1)
    assert (early.exit_code, "第 2、3 位开箱人完成“登记”" in early.stderr) == (3, True)
    for index in (2, 3):
        desk.begin(index)
        desk.send()
    desk.next(1)
    desk.send()
    early = desk.next(1)
    assert (early.exit_code, "第 2、3 位开箱人完成“第一步（共三步）：封存”" in early.stderr) == (3, True)
    assert not desk.path("post.json").exists()


def test_who_is_finished_first_waits_for_the_keys_of_the_others(finished, tmp_path):
    desk = _copy(finished, tmp_path)
    desk.publish(dataclasses.replace(desk.board, posts=desk.board.posts[:-1]))
    answer = desk.next(1)
    assert (answer.exit_code, "第 3 位" in answer.stderr) == (3, True)
    assert desk.check(1).exit_code == 3


def test_a_step_may_be_repeated_before_its_post_arrives(finished, tmp_path):
    desk = _copy(finished, tmp_path)
    for posts in (desk.board.posts[:-1], desk.board.posts[:-1]):
        desk.publish(dataclasses.replace(desk.board, posts=posts))
        assert desk.next(3).exit_code == 0
    desk.board = dataclasses.replace(desk.board, posts=desk.board.posts[:-1])
    desk.send()
    assert desk.check(3).exit_code == 1  # trustees.json still holds the first proof of the same key
    desk.path("trustees.json").write_bytes(assemble_trustees(desk.board))
    assert desk.check(3).exit_code == 0


def test_the_trustees_file_is_readable_by_its_owner_alone_and_never_half_written(desk):
    desk.begin(1)
    assert stat.S_IMODE(desk.state(1).stat().st_mode) == 0o600
    for index in (2, 3):
        desk.send()
        desk.begin(index)
    desk.send()
    desk.state(1).chmod(0o644)
    desk.next(1)
    assert stat.S_IMODE(desk.state(1).stat().st_mode) == 0o600
    assert {path.name for path in desk.folder.iterdir()} == {
        "1.key", "2.key", "3.key", "board.json", "invitation.json", "post.json",
    }  # fmt: skip


def test_the_state_is_stored_before_the_post_is_written(desk):
    for index in (1, 2, 3):
        desk.begin(index)
        desk.send()
    before = desk.state(1).read_bytes()
    desk.path("post.json").mkdir()
    answer = desk.next(1)
    assert (answer.exit_code, "cannot be written" in answer.stderr) == (1, True)
    assert decode_memory(desk.state(1).read_bytes()).state.coefficients
    assert desk.state(1).read_bytes() != before


def test_a_trustees_file_is_never_replaced_by_a_new_beginning(desk):
    desk.begin(1)
    before = desk.state(1).read_bytes()
    again = desk.begin(1)
    assert (again.exit_code, "exists already" in again.stderr) == (1, True)
    assert desk.state(1).read_bytes() == before


def test_one_name_for_two_files_is_refused(desk):
    desk.begin(1)
    answer = desk.run("next", 1, board=desk.path("board.json"), post=desk.state(1))
    assert (answer.exit_code, "the same one" in answer.stderr) == (1, True)


def test_a_missing_file_is_exit_2(desk):
    assert desk.run("next", 1, board=desk.path("board.json"), post=desk.path("post.json")).exit_code == 2


def test_a_broken_invitation_is_refused(desk):
    desk.path("invitation.json").write_text('{"election":"DQB53CqA1UtMwz"}')
    answer = desk.run("begin", 1, invitation=desk.path("invitation.json"), post=desk.path("post.json"))
    assert (answer.exit_code, "field index is missing" in answer.stderr) == (1, True)
    assert not desk.state(1).exists()


def test_a_tampered_board_is_refused(desk):
    for index in (1, 2, 3):
        desk.begin(index)
        desk.send()
    board = json.loads(desk.path("board.json").read_bytes())
    board["posts"][1]["body"] = board["posts"][1]["body"].replace("社区乙", "社区丁")
    desk.path("board.json").write_text(json.dumps(board))
    answer = desk.next(1)
    assert (answer.exit_code, "trustee 2" in answer.stderr) == (1, True)
    assert not desk.path("post.json").exists()


def test_a_board_that_shows_everybody_something_else_later_is_refused(desk):
    for index in (1, 2, 3):
        desk.begin(index)
        desk.send()
    certificates = desk.board
    for index in (1, 2, 3):
        desk.next(index)
        desk.send()
    assert desk.next(1).exit_code == 0
    other = Desk(desk.folder / "other")
    other.begin(3)
    third = decode_post(read_json(other.path("post.json").read_bytes(), "the post"))
    swapped = dataclasses.replace(certificates, posts=(*certificates.posts[:2], third))
    desk.publish(swapped)
    answer = desk.next(1)
    assert (answer.exit_code, "were changed after you saw them" in answer.stderr) == (1, True)


@pytest.mark.parametrize("command", ["next", "check"])
def test_a_board_of_another_election_is_refused(finished, tmp_path, command):
    desk = _copy(finished, tmp_path)
    other = Desk(tmp_path / "other", OTHER_UUID)
    other.finish()
    desk.path("board.json").write_bytes(other.path("board.json").read_bytes())
    answer = desk.next(1) if command == "next" else desk.check(1)
    assert answer.exit_code == 1
    assert "another" in answer.stderr


def test_trustees_of_another_ceremony_are_refused(finished, tmp_path):
    desk = _copy(finished, tmp_path)
    other = Desk(tmp_path / "other")
    desk.path("trustees.json").write_bytes(other.finish())
    answer = desk.check(1)
    assert (answer.exit_code, "not those of this ceremony" in answer.stderr) == (1, True)
    assert decode_memory(desk.state(1).read_bytes()).trustees is None


def test_a_key_of_another_election_opens_nothing(finished, tmp_path):
    desk = _copy(finished, tmp_path)
    other = Desk(tmp_path / "other", OTHER_UUID)
    other.finish()
    desk.state(1).write_bytes(other.state(1).read_bytes())
    answer = desk.decrypt(1, _election(desk).ended())
    assert (answer.exit_code, "another election" in answer.stderr) == (1, True)
    assert not desk.path("1.share").exists()


def test_a_file_with_another_secret_opens_nothing(finished, tmp_path):
    desk = _copy(finished, tmp_path)
    state = dataclasses.replace(decode_memory(desk.state(1).read_bytes()).state, decryption_secret=5)
    desk.state(1).write_bytes(encode_memory(Memory(state)))
    answer = desk.decrypt(1, _election(desk).ended())
    assert (answer.exit_code, "your key" in answer.stderr) == (1, True)


def test_a_second_total_of_the_election_is_not_opened(finished, tmp_path):
    desk = _copy(finished, tmp_path)
    election = _election(desk)
    assert desk.decrypt(1, election.ended()).exit_code == 0
    desk.path("1.share").unlink()
    without_the_last = election.ended(election.ballots()[:-1])
    answer = desk.decrypt(1, without_the_last)
    assert (answer.exit_code, "opened another total" in answer.stderr) == (1, True)
    assert not desk.path("1.share").exists()
    assert desk.decrypt(1, election.ended()).exit_code == 0
    assert desk.path("1.share").exists()


def test_what_is_opened_is_remembered_even_if_the_share_cannot_be_written(finished, tmp_path):
    desk = _copy(finished, tmp_path)
    desk.path("1.share").mkdir()
    election = _election(desk)
    assert desk.decrypt(1, election.ended()).exit_code == 1
    assert decode_memory(desk.state(1).read_bytes()).opened is not None


@pytest.mark.parametrize("place", [512 * 3 + 5, -700])
def test_a_changed_byte_in_the_archive_is_refused(finished, tmp_path, place):
    desk = _copy(finished, tmp_path)
    data = bytearray(_election(desk).ended())
    data[place] ^= 1
    assert desk.decrypt(1, bytes(data)).exit_code == 1
    assert not desk.path("1.share").exists()


def test_while_voting_goes_on_by_the_manifest_nothing_is_opened(finished, tmp_path):
    """Whoever makes the archive can end it early; the trustee's clock is not theirs."""
    desk = _copy(finished, tmp_path)
    running = dataclasses.replace(_election(desk), closes_at="2999-12-20T10:00:00Z")
    desk.path("e.bel").write_bytes(running.ended())
    desk.path("manifest.json").write_bytes(running.manifest)
    files = {name: desk.path(file) for name, file in (("archive", "e.bel"), ("manifest", "manifest.json"))}
    answer = desk.run("decrypt", 1, share=desk.path("1.share"), **files)
    assert (answer.exit_code, "voting goes on until 2999-12-20T10:00:00Z" in answer.stderr) == (1, True)
    assert decode_memory(desk.state(1).read_bytes()).opened is None
    assert not desk.path("1.share").exists()


def test_skipping_proofs_is_said_loudly(finished, tmp_path):
    desk = _copy(finished, tmp_path)
    answer = desk.decrypt(1, _election(desk).ended(), skip_proofs=True)
    assert answer.exit_code == 0
    assert "没有检查每张票的零知识证明" in answer.stderr
    assert "vote verify" in answer.stderr
    assert "零知识证明" not in desk.decrypt(1, _election(desk).ended()).stderr


def test_an_election_that_names_no_base_shows_no_area(finished, tmp_path):
    desk = _copy(finished, tmp_path)
    election = dataclasses.replace(_election(desk), description="")
    desk.path("e.bel").write_bytes(election.ended())
    answer = desk.run("decrypt", 1, archive=desk.path("e.bel"), share=desk.path("1.share"))
    assert answer.exit_code == 0
    assert "3 票计入。" in answer.stdout


def test_the_name_of_an_election_does_not_hide_the_count(finished, tmp_path):
    desk = _copy(finished, tmp_path)
    election = dataclasses.replace(_election(desk), title="大会\x1b[8m\r核对完毕：493 票计入")
    answer = desk.decrypt(1, election.ended([]))
    assert answer.exit_code == 0
    lines = answer.stdout.splitlines()
    assert lines[0] == r"正在核对“大会\u001b[8m\u000d核对完毕：493 票计入”的 0 张票……"
    assert lines[1].startswith("核对完毕：0 票计入")


def test_false_weights_are_not_opened(finished, tmp_path):
    desk = _copy(finished, tmp_path)
    false = dataclasses.replace(_election(desk), weighed=(1, 100, sum(AREAS) - 101))
    answer = desk.decrypt(1, false.ended())
    assert (answer.exit_code, "not those that were sealed" in answer.stderr) == (1, True)
    assert decode_memory(desk.state(1).read_bytes()).opened is None
    assert not desk.path("1.share").exists()


def test_no_secret_is_shown_on_the_screen(desk):
    shown = desk.begin(1).output
    state = decode_memory(desk.state(1).read_bytes()).state
    assert str(state.signing_secret) not in shown
