"""Two of three trustees by commands alone, on real files; the test itself plays the server."""

import dataclasses
import json
import stat

import pytest

from crypto.archive_reader import read_archive
from crypto.audit import audit_setup
from crypto.ceremony import assemble_trustees
from crypto.ceremony_post import decode_post
from crypto.encoding import read_json
from crypto.group import multiply_base
from crypto.result import combine_shares, open_tally
from crypto.share import verify_extra_proof, verify_share
from crypto.trustees import decode_trustees
from tests.vote.trustee.desks import Desk, copy_of, election_of
from tests.vote.trustee.elections import AREAS, BASE, OTHER_UUID, UUID
from vote.trustee.handed_share import decode_handed_share
from vote.trustee.memory import decode_memory
from vote.trustee.opening import recount


def test_two_of_three_trustees_make_a_key_and_open_a_total_by_commands_alone(desk):
    trustees = desk.finish()
    assert decode_trustees(trustees).keys[1].name == "社区乙"
    for index in (1, 2, 3):
        answer = desk.check(index)
        assert (answer.exit_code, "核对无误" in answer.stdout) == (0, True)
    election = election_of(desk)
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
    desk = copy_of(finished, tmp_path)
    desk.publish(dataclasses.replace(desk.board, posts=desk.board.posts[:-1]))
    answer = desk.next(1)
    assert (answer.exit_code, "第 3 位" in answer.stderr) == (3, True)
    assert desk.check(1).exit_code == 3


def test_a_step_may_be_repeated_before_its_post_arrives(finished, tmp_path):
    desk = copy_of(finished, tmp_path)
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
    desk = copy_of(finished, tmp_path)
    other = Desk(tmp_path / "other", OTHER_UUID)
    other.finish()
    desk.path("board.json").write_bytes(other.path("board.json").read_bytes())
    answer = desk.next(1) if command == "next" else desk.check(1)
    assert answer.exit_code == 1
    assert "another" in answer.stderr


def test_trustees_of_another_ceremony_are_refused(finished, tmp_path):
    desk = copy_of(finished, tmp_path)
    other = Desk(tmp_path / "other")
    desk.path("trustees.json").write_bytes(other.finish())
    answer = desk.check(1)
    assert (answer.exit_code, "not those of this ceremony" in answer.stderr) == (1, True)
    assert decode_memory(desk.state(1).read_bytes()).trustees is None


def test_no_secret_is_shown_on_the_screen(desk):
    shown = desk.begin(1).output
    state = decode_memory(desk.state(1).read_bytes()).state
    assert str(state.signing_secret) not in shown
