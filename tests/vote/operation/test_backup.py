"""A backup is whole, consistent and alike from both databases, or it is refused."""

import asyncio
import gzip
import io
import json
import os
import stat
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import databases
from tests.vote.assembly import Assembly
from tests.vote.conftest import NO
from tests.vote.operation.copies import ENGINES, KEYS, Copies, back_up, rows
from vote.db import known_migrations
from vote.errors import RefusedError
from vote.operation.backup_file import BackupWriter, read_contents


@pytest.fixture
def backup(voted_url: str, tmp_path: Path) -> Path:
    out = tmp_path / "backup"
    back_up(voted_url, out)
    return out


def _members(backup: Path) -> dict[str, bytes]:
    with tarfile.open(backup) as tar:
        found = {}
        for member in tar:
            opened = tar.extractfile(member)
            assert opened
            found[member.name] = opened.read()
        return found


def _write(backup: Path, members: dict[str, bytes]) -> None:
    with tarfile.open(backup, "w:gz") as tar:
        for name, data in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))


def test_a_backup_holds_every_row_of_every_table(voted_url: str, backup: Path) -> None:
    contents = read_contents(backup)
    found = rows(voted_url)
    assert {name: table.rows for name, table in contents.tables.items() if name != "restored_copy"} == {
        name: len(each) for name, each in found.items()
    }
    assert contents.tables["ballot"].rows == 5
    assert contents.migrations == known_migrations()
    assert contents.keys == KEYS


def test_a_backup_is_for_its_owner_alone_and_leaves_nothing_beside_it(backup: Path) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert list(backup.parent.glob("backup.part*")) == []


def test_nothing_is_overwritten(voted_url: str, backup: Path) -> None:
    before = backup.read_bytes()
    with pytest.raises(RefusedError, match=r"There is a file .* already: give another name"):
        back_up(voted_url, backup)
    assert backup.read_bytes() == before


def test_a_name_that_is_taken_while_the_backup_is_made_is_not_overwritten(
    voted_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    end = BackupWriter.end

    def take(writer: BackupWriter, **contents: object) -> object:
        (tmp_path / "late").write_text("mine")
        return end(writer, **contents)

    monkeypatch.setattr(BackupWriter, "end", take)
    with pytest.raises(RefusedError, match="already"):
        back_up(voted_url, tmp_path / "late")
    assert (tmp_path / "late").read_text() == "mine"
    assert list(tmp_path.glob("late.part*")) == []


def test_a_folder_that_is_not_there_is_named(voted_url: str, tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="no-folder/backup cannot be written: No such file"):
        back_up(voted_url, tmp_path / "no-folder" / "backup")


@pytest.mark.database
def test_a_database_of_another_version_is_not_backed_up(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="run `vote db upgrade` first"):
        back_up(databases.new(tmp_path), tmp_path / "backup")
    assert not (tmp_path / "backup").exists()


@pytest.mark.parametrize("first", ENGINES)
@pytest.mark.parametrize("second", ENGINES)
def test_a_backup_goes_from_each_database_into_each_and_back(
    copies: Copies, voted_url: str, tmp_path: Path, first: str, second: str
) -> None:
    made = back_up(voted_url, tmp_path / "0")
    there = copies.restore(tmp_path / "0", first)
    again = back_up(there, tmp_path / "1")
    here = copies.restore(tmp_path / "1", second)
    last = back_up(here, tmp_path / "2")
    assert [made.engine, again.engine, last.engine] == [databases.ENGINE, first, second]
    for name in made.tables.keys() - {"restored_copy"}:
        assert made.tables[name] == again.tables[name] == last.tables[name]
    if second == databases.ENGINE:
        assert rows(here) == rows(voted_url)


def test_what_is_written_meanwhile_is_not_in_it(
    voted_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = BackupWriter.begin

    def write_too(writer: BackupWriter, table: str, columns: list[str]) -> None:
        if table == "ballot":
            with databases.connect(voted_url) as other:
                other.execute("INSERT INTO division (kind, name, parent_id) VALUES ('county', '平湖市', NULL)")
        begin(writer, table, columns)

    monkeypatch.setattr(BackupWriter, "begin", write_too)
    before = len(databases.contents(voted_url)["division"])
    assert back_up(voted_url, tmp_path / "backup").tables["division"].rows == before
    assert len(databases.contents(voted_url)["division"]) == before + 1


async def test_ballots_are_cast_while_a_backup_is_made(opened: Assembly, tmp_path: Path) -> None:
    settings = opened.platform.settings
    environment = os.environ | {
        "VOTE_DB": settings.db,
        "VOTE_DATA_KEY_FILE": str(settings.data_key_file),
        "VOTE_SIGNING_KEY_FILE": str(settings.signing_key_file),
        "VOTE_LOG_KEY_FILE": str(settings.log_key_file),
        "VOTE_STAFF_TOKEN_FILE": str(settings.staff_token_file),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "vote", "db", "backup", "--out", str(tmp_path / "backup"),
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    cast = 0
    while process.returncode is None:
        await opened.cast(1 + cast % 4, [NO, [0, 0, 1, 0]])
        cast += 1
        await asyncio.sleep(0)
    out, err = await process.communicate()
    assert process.returncode == 0, err.decode()
    assert "钥匙文件不在备份里" in out.decode()
    contents = await asyncio.to_thread(read_contents, tmp_path / "backup")
    held = contents.tables["ballot"].rows
    assert 0 <= held <= cast
    assert cast > 0
    # A ballot that was shown is in it with its entry in the log, or neither is.
    entries = b"".join(data for name, data in _members(tmp_path / "backup").items() if "log_pending_entry" in name)
    assert entries.count(b'"ballot:accepted"') == contents.tables["ballot_position"].rows
    secret = settings.data_key_file.read_bytes().strip()
    assert secret not in gzip.decompress((tmp_path / "backup").read_bytes())


DAMAGES: dict[str, Callable[[dict[str, bytes]], object]] = {
    "its end is missing": lambda members: members.pop("backup.json"),
    "the rows of ballot are not the ones": lambda members: members.update(
        {"rows/ballot/000001.jsonl": members["rows/ballot/000001.jsonl"].replace(b"1", b"2", 1)}
    ),
    "the rows of credential are not the ones": lambda members: members.pop("rows/credential/000001.jsonl"),
    "the rows of nobody are not the ones": lambda members: members.update(
        {"rows/nobody/000001.jsonl": b"[]\n", "backup.json": members.pop("backup.json")}
    ),
    "a file that does not belong there": lambda members: members.update(
        {"rows/../x": b"", "backup.json": members.pop("backup.json")}
    ),
    "rows/ballot/000009.jsonl stands behind its end": lambda members: members.update({"rows/ballot/000009.jsonl": b""}),
    "backup.json is not as this program writes it": lambda members: members.update({"backup.json": b"{}"}),
    "it is of version 2, and this program reads 1": lambda members: members.update(
        {"backup.json": json.dumps({**json.loads(members["backup.json"]), "version": 2}).encode()}
    ),
}


@pytest.mark.parametrize("why", DAMAGES)
def test_a_backup_that_was_changed_is_refused(backup: Path, why: str) -> None:
    members = _members(backup)
    DAMAGES[why](members)
    _write(backup, members)
    with pytest.raises(RefusedError, match=r"^backup is no whole backup, as .*: take another one\.$") as refusal:
        read_contents(backup)
    assert why in refusal.value.detail


def test_a_backup_that_was_cut_off_or_has_a_wrong_bit_is_refused(backup: Path) -> None:
    whole = backup.read_bytes()
    for length in (0, 5, 100, len(whole) // 2, len(whole) - 9, len(whole) - 1):
        backup.write_bytes(whole[:length])
        with pytest.raises(RefusedError, match="no whole backup"):
            read_contents(backup)
    for place in range(10, len(whole), len(whole) // 20):
        backup.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(RefusedError, match="no whole backup"):
            read_contents(backup)


def test_a_backup_that_is_not_there_is_missing(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="There is no file"):
        read_contents(tmp_path / "backup")
