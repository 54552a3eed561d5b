import os
import stat

import pytest
import typer

from crypto.errors import MalformedError, ThresholdError, VerificationError
from vote.errors import Reason, RefusedError, UnavailableError
from vote.offline import (
    create_secret,
    read_file,
    replace_secret,
    require_absent,
    require_apart,
    telling,
    write_file,
)


@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_a_secret_is_readable_by_its_owner_alone_whatever_the_umask(tmp_path, umask):
    before = os.umask(umask)
    try:
        create_secret(tmp_path / "new", b"1")
        (tmp_path / "old").write_bytes(b"1")
        replace_secret(tmp_path / "old", b"2")
    finally:
        os.umask(before)
    assert [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("new", "old")] == [0o600, 0o600]
    assert (tmp_path / "old").read_bytes() == b"2"
    assert len(list(tmp_path.iterdir())) == 2


def test_a_new_secret_never_replaces_a_file(tmp_path):
    (tmp_path / "a").write_bytes(b"1")
    with pytest.raises(RefusedError, match="exists already") as refusal:
        create_secret(tmp_path / "a", b"2")
    assert refusal.value.reason is Reason.CONFLICT
    assert (tmp_path / "a").read_bytes() == b"1"
    with pytest.raises(RefusedError, match="exists already"):
        require_absent(tmp_path / "b", tmp_path / "a")
    require_absent(tmp_path / "b")


@pytest.mark.parametrize("write", [create_secret, replace_secret, write_file])
def test_a_file_that_cannot_be_written_is_a_refusal(tmp_path, write):
    with pytest.raises(RefusedError, match="cannot be written") as refusal:
        write(tmp_path / "no such folder" / "a", b"1")
    assert refusal.value.reason is Reason.NOT_ALLOWED


def test_a_replacement_that_fails_leaves_the_old_file_and_no_other(tmp_path):
    folder = tmp_path / "a"
    folder.mkdir()
    (folder / "inside").write_bytes(b"1")
    with pytest.raises(RefusedError, match="cannot be written"):
        replace_secret(folder, b"2")
    assert list(tmp_path.iterdir()) == [folder]


def test_a_file_that_cannot_be_read_is_a_refusal(tmp_path):
    with pytest.raises(RefusedError, match="missing or cannot be read") as refusal:
        read_file(tmp_path / "a")
    assert refusal.value.reason is Reason.NOT_FOUND


def test_two_spellings_of_one_name_are_one_file(tmp_path):
    require_apart(tmp_path / "a", tmp_path / "b")
    with pytest.raises(RefusedError, match="the same one"):
        require_apart(tmp_path / "a", tmp_path / "b" / ".." / "a")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (RefusedError(Reason.CONFLICT, "No."), 1),
        (RefusedError(Reason.NOT_FOUND, "No."), 2),
        (MalformedError("No"), 1),
        (VerificationError("No"), 1),
        (ThresholdError("No"), 3),
        (UnavailableError("No"), 1),
    ],
)
def test_a_refusal_is_one_sentence_and_an_exit_code(capsys, error, code):
    with pytest.raises(typer.Exit) as ended, telling():
        raise error
    assert ended.value.exit_code == code
    assert capsys.readouterr().err.splitlines()[1:] == ["No."]
