"""The folder of three trustees who type commands; the test itself plays the server."""

import dataclasses
from pathlib import Path

from click.testing import Result
from typer.testing import CliRunner

from crypto.ceremony import assemble_trustees
from crypto.ceremony_board import Board, encode_board
from crypto.ceremony_post import decode_post
from crypto.encoding import read_json
from tests.vote.trustee.elections import UUID, SmallElection
from vote.trustee.command import app
from vote.trustee.invitation import Invitation, encode_invitation

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
        self.path("manifest.json").write_bytes(election_of(self).manifest)
        files = {"archive": self.path("e.bel"), "manifest": self.path("manifest.json")}
        return self.run("decrypt", index, share=self.path(f"{index}.share"), **files, **options)


def election_of(desk: Desk) -> SmallElection:
    return SmallElection(desk.path("trustees.json").read_bytes(), desk.uuid)


def copy_of(desk: Desk, folder: Path) -> Desk:
    """Return a desk with the files of another that a test may spoil."""
    for path in desk.folder.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    copy = dataclasses.replace(desk, folder=folder)
    copy.board = desk.board
    copy.publish(desk.board)
    return copy
