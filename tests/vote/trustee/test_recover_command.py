"""A card becomes the command's file, and the command tries its key before sealing."""

from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from crypto.characters import write_characters
from crypto.trial import opens
from tests.front.holders_vectors import SEEDS, UUID, make
from vote.trustee.command import app
from vote.trustee.memory import decode_memory, own_secret

MADE = make()


def run(*words: object, typed: str | None = None) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], input=typed)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with the board and the finished trustees.json."""
    (tmp_path / "board.json").write_text(MADE["boards"][-1])
    (tmp_path / "trustees.json").write_text(MADE["trustees"])
    return tmp_path


def recover(desk: Path, number: int) -> Result:
    """Make the file of a key-holder of its card, which is typed when asked for."""
    characters = write_characters(SEEDS[number - 1])
    return run("recover", "--board", desk / "board.json", "--state", desk / f"{number}.state", typed=f"{characters}\n")


def test_a_card_becomes_a_file_that_is_checked_and_tried(desk: Path) -> None:
    trials = []
    for number in (1, 3):
        done = recover(desk, number)
        assert done.exit_code == 0, done.output
        assert f"第 {number} 位" in done.output
        assert write_characters(SEEDS[number - 1]) not in done.output
        state, trial = desk / f"{number}.state", desk / f"{number}.trial"
        assert state.stat().st_mode & 0o777 == 0o600
        assert own_secret(decode_memory(state.read_bytes())) == int(MADE["secrets"][number - 1])
        board, trustees = desk / "board.json", desk / "trustees.json"
        assert run("check", "--state", state, "--board", board, "--trustees", trustees).exit_code == 0
        assert run("try", "--state", state, "--trustees", trustees, "--trial", trial).exit_code == 0
        trials.append(trial.read_bytes())
    assert opens(UUID, MADE["trustees"].encode(), trials)


def test_a_wrong_card_or_an_existing_file_makes_nothing(desk: Path) -> None:
    wrong = run(
        "recover",
        "--board",
        desk / "board.json",
        "--state",
        desk / "new.state",
        "--characters",
        write_characters(bytes(16)),
    )
    assert wrong.exit_code == 1
    assert not (desk / "new.state").exists()
    (desk / "1.state").write_text("kept")
    assert recover(desk, 1).exit_code == 1
    assert (desk / "1.state").read_text() == "kept"


def test_trustees_without_the_own_key_are_not_tried(desk: Path) -> None:
    assert recover(desk, 1).exit_code == 0
    (desk / "trustees.json").write_text(
        '[["Single",' + MADE["trustees"].split('"verification_keys":[')[1].split("]}")[0].split('},{"pok"')[0] + "}]]"
    )
    done = run("try", "--state", desk / "1.state", "--trustees", desk / "trustees.json", "--trial", desk / "t")
    assert done.exit_code == 1
    assert not (desk / "t").exists()
