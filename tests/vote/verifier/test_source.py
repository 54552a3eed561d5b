from pathlib import Path

import pytest

from tests.simulator import FILES, UUID
from tests.vote.verifier.bundles import HONEST
from vote.errors import Reason, RefusedError
from vote.verifier import source
from vote.verifier.source import read_source

NAME = f"{UUID}.bel"


def _refused(path: Path) -> str:
    with pytest.raises(RefusedError) as refusal:
        read_source(path)
    assert refusal.value.reason is Reason.NOT_FOUND
    return refusal.value.detail


def test_a_folder_is_read_as_a_bundle(tmp_path: Path) -> None:
    HONEST.write(tmp_path)
    (tmp_path / "votes.jsonl").write_text("{}")
    (tmp_path / "receipts").mkdir()
    (tmp_path / "receipts" / "b.json").write_bytes(b"2")
    (tmp_path / "receipts" / "a.json").write_bytes(b"1")
    (tmp_path / "receipts" / "note.txt").write_bytes(b"3")
    bundle = read_source(tmp_path)
    assert (bundle.archives, bundle.archive, bundle.lone) == ((NAME,), HONEST.archive, False)
    assert tuple(bundle.parts) == FILES[1:]
    assert bundle.receipts == {"receipts/a.json": b"1", "receipts/b.json": b"2"}


def test_a_file_is_read_alone(tmp_path: Path) -> None:
    bundle = read_source(HONEST.write(tmp_path) / NAME)
    assert (bundle.archives, bundle.archive, bundle.lone) == ((NAME,), HONEST.archive, True)


def test_a_folder_with_one_archive_is_a_lone_archive(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(HONEST.archive)
    assert read_source(tmp_path).lone


def test_several_archives_are_named(tmp_path: Path) -> None:
    HONEST.write(tmp_path)
    (tmp_path / "another.bel").write_bytes(HONEST.archive)
    bundle = read_source(tmp_path)
    assert (bundle.archives, bundle.archive) == ((NAME, "another.bel"), None)


def test_a_damaged_head_is_still_an_archive(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"X" + HONEST.archive[1:])
    assert read_source(tmp_path).archive is not None
    assert read_source(tmp_path / NAME).archive is not None


def test_a_manifest_without_its_archive_is_a_bundle(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_bytes(HONEST.manifest)
    assert read_source(tmp_path).archive is None


def test_an_archive_replaced_by_noise_leaves_a_bundle(tmp_path: Path) -> None:
    HONEST.write(tmp_path, archive=b"noise")
    assert read_source(tmp_path).archive == b"noise"


@pytest.mark.parametrize(
    "data", [b"", b"noise", bytes(range(256)) * 20, b"%PDF-1.7", b'{"name":"app","start_url":"/"}']
)
@pytest.mark.parametrize("name", [NAME, "manifest.json"])
def test_what_is_nothing_of_the_kind_is_said_so(tmp_path: Path, data: bytes, name: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert _refused(tmp_path / name).endswith("this is no archive, bundle, log or receipt")
    assert _refused(tmp_path).endswith("this is no archive, bundle, log or receipt")


def test_an_empty_folder_and_a_missing_path_are_said_so(tmp_path: Path) -> None:
    assert _refused(tmp_path).endswith("this is no archive, bundle, log or receipt")
    assert _refused(tmp_path / "nothing").endswith("there is no such file or folder; check the name")
    assert _refused(tmp_path / ("long" * 100)).endswith("it may not be read")


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "ARCHIVE_BYTES", 100)
    assert "too large" in _refused(HONEST.write(tmp_path))


def test_a_file_that_may_not_be_read_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError

    HONEST.write(tmp_path)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert _refused(tmp_path / NAME).endswith("it may not be read")


def test_a_receipt_is_read_with_the_bundle_around_it(tmp_path: Path) -> None:
    HONEST.write(tmp_path)
    (tmp_path / "receipts").mkdir()
    for folder in (tmp_path, tmp_path / "receipts"):
        (folder / "mine.json").write_bytes(HONEST.receipt(1))
        bundle = read_source(folder / "mine.json")
        assert (bundle.archive, bundle.receipts) == (HONEST.archive, {"receipts/mine.json": HONEST.receipt(1)})


def test_folders_with_the_names_of_files_are_passed_over(tmp_path: Path) -> None:
    HONEST.write(tmp_path)
    (tmp_path / "receipts" / "old.json").mkdir(parents=True)
    assert read_source(tmp_path).receipts == {}
    beside = tmp_path / "receipts" / "mine.json"
    beside.write_bytes(HONEST.receipt(1))
    (tmp_path / "receipts" / "old.bel").mkdir()
    assert read_source(beside).archive == HONEST.archive


def test_a_receipt_alone_is_read_alone(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "receipts"):
        folder.mkdir(exist_ok=True)
        (folder / "mine.json").write_bytes(HONEST.receipt(1))
        bundle = read_source(folder / "mine.json")
        assert (bundle.archives, bundle.archive, list(bundle.receipts)) == ((), None, ["receipts/mine.json"])


def test_a_receipt_is_never_long(tmp_path: Path) -> None:
    (tmp_path / "mine.json").write_bytes(HONEST.receipt(1) + b" " * source.RECEIPT_BYTES)
    assert _refused(tmp_path / "mine.json").endswith("this is no archive, bundle, log or receipt")
