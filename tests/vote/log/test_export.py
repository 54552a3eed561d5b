"""Logs are copied into a folder: the copy holds at every moment, and never takes anything back."""

import asyncio
import fcntl
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tortoise.connection import get_connection

from crypto.checkpoint import open_checkpoint
from crypto.log_policy import decode_log_policy
from crypto.note import encode_verifier_key
from crypto.tile import path_of
from crypto.tile_tree import verified_bundles
from tests.vote.log.signed import SignedLog, told
from vote.errors import ContradictionError, Reason, RefusedError, UnavailableError
from vote.log.export import Exporter
from vote.log.log_store import LogRows
from vote.log.models import LogEntry, LogTile, PendingEntry
from vote.log.published_store import PublishedStore
from vote.log.reading import LogReader
from vote.log.storage import FolderStorage, open_folder
from vote.log.tree_store import TreeStore
from vote.log.witness_store import WitnessStore
from vote.verifier.log_audit import verify_beside
from vote.verifier.log_folder import LogFolder


def exporter(folder: Path) -> Exporter:
    reader = LogReader(LogRows(), PublishedStore(), TreeStore(), WitnessStore())
    return Exporter(reader, FolderStorage(folder))


def entries_in(folder: Path, log: SignedLog) -> list[bytes]:
    """Return all entries of an exported log, each found to be under its checkpoint."""
    files = LogFolder(folder / "log" / log.origin.partition("/log/")[2])
    note = files.get("checkpoint")
    assert note is not None
    assert decode_log_policy((files.get("policy") or b"").decode()).open_checkpoint(note)
    checkpoint = open_checkpoint(note, log.verifier_key)
    beside = verify_beside(checkpoint, files, ("checkpoint", "policy", "key"))
    assert beside.foreign == ()
    found = verified_bundles(checkpoint.size, checkpoint.root, lambda part: files.get(path_of(part)))
    return [entry for entries in found for entry in entries]


def partial_folders(folder: Path) -> list[str]:
    return sorted(each.relative_to(folder).as_posix() for each in folder.rglob("*.p"))


def names_in(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


def killed_after(seconds: float, *arguments: str) -> bool:
    """Let the copying go on for a while and kill it; return whether it was still at it."""
    command = [sys.executable, "-c", LOOP, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(seconds)
        under_way = process.poll() is None
        process.kill()
        return under_way


@pytest.fixture
async def log(database: str) -> SignedLog:
    made = await SignedLog().open()
    return await made.grow([told(each) for each in range(300)])


async def test_the_copy_is_what_is_published(log: SignedLog, tmp_path: Path) -> None:
    await log.grow([told(1)], published=False)
    assert await exporter(tmp_path).export() == 8
    assert entries_in(tmp_path, log) == log.leaves[:300]
    copy = tmp_path / "log" / "e1"
    assert (copy / "key").read_text() == f"{encode_verifier_key(log.verifier_key)}\n"
    assert (copy / "checkpoint").stat().st_mode & 0o777 == 0o644
    assert names_in(tmp_path / "log") == {"e1"}


async def test_a_second_time_there_is_nothing_to_do(log: SignedLog, tmp_path: Path) -> None:
    await exporter(tmp_path).export()
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "log").rglob("*") if path.is_file()}
    assert await exporter(tmp_path).export() == 0
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "log").rglob("*") if path.is_file()} == before


async def test_a_cosignature_that_comes_later_comes_in(log: SignedLog, tmp_path: Path) -> None:
    await exporter(tmp_path).export()
    line = await log.cosign("w1.example")
    await exporter(tmp_path).export()
    assert (tmp_path / "log/e1/checkpoint").read_bytes().endswith(line)


async def test_a_copy_grows_and_sheds_what_it_outgrew(log: SignedLog, tmp_path: Path) -> None:
    for count in (100, 120, 600, 30):
        await exporter(tmp_path).export()
        await log.grow([told(each) for each in range(count)])
    await exporter(tmp_path).export("e1")
    assert entries_in(tmp_path, log) == log.leaves
    assert partial_folders(tmp_path / "log/e1") == ["tile/0/004.p", "tile/1/000.p", "tile/entries/004.p"]


async def test_logs_of_all_estates_and_numbers_are_copied(log: SignedLog, tmp_path: Path) -> None:
    further = await (await SignedLog(number=2).open()).grow([told(1)])
    other = await (await SignedLog(estate="e2").open()).grow([told(2), told(3)])
    await (await SignedLog(estate="e3").open()).grow([told(4)], published=False)
    await exporter(tmp_path).export()
    assert entries_in(tmp_path, further) == [told(1)]
    assert entries_in(tmp_path, other) == [told(2), told(3)]
    assert not (tmp_path / "log" / "e3").exists()


async def test_a_full_tile_is_never_replaced_by_other_bytes(log: SignedLog, tmp_path: Path) -> None:
    await exporter(tmp_path).export()
    for name in ("tile/0/000", "tile/entries/000", "tile/0/001.p/44"):
        file = tmp_path / "log/e1" / name
        right = file.read_bytes()
        file.write_bytes(right[:-1] + bytes([right[-1] ^ 1]))
        with pytest.raises(ContradictionError, match=name):
            await exporter(tmp_path).export(whole=True)
        assert file.read_bytes() != right
        file.write_bytes(right)
    (tmp_path / "log/e1/tile/0/000").unlink()
    assert await exporter(tmp_path).export(whole=True) == 1
    assert entries_in(tmp_path, log) == log.leaves


async def test_a_copy_that_is_ahead_or_another_is_not_written_over(log: SignedLog, tmp_path: Path) -> None:
    file = tmp_path / "log/e1/checkpoint"
    await exporter(tmp_path).export()
    for note in (log.note(301, bytes(32)), log.note(299, bytes(32))):
        file.write_bytes(note)
        with pytest.raises(ContradictionError, match="has not, or others"):
            await exporter(tmp_path).export()
        assert file.read_bytes() == note
    file.write_bytes(SignedLog(number=2).note(300, log.edge.root()))
    with pytest.raises(ContradictionError, match="not this log's"):
        await exporter(tmp_path).export()


async def test_what_the_database_lost_or_changed_is_not_published(
    log: SignedLog, tmp_path: Path, database: str
) -> None:
    """As when a disk flips a bit; triggers keep everybody else from it."""
    connection = get_connection("default")
    if connection.capabilities.dialect != "sqlite":
        triggers = [("log_pending_entry", "log_pending_entry_only_grows"), ("log_tile", "log_tile_fixed_update")]
        for table, trigger in triggers:
            await connection.execute_script(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
    else:
        for trigger in ("log_pending_entry_no_update", "log_tile_fixed_update"):
            await connection.execute_script(f"DROP TRIGGER {trigger}")
    row = await LogEntry.get(log_id=log.id, position=7)
    await PendingEntry.filter(id=row.entry_id).update(body=told(999))  # type: ignore[attr-defined]
    with pytest.raises(ContradictionError, match="entries/000 is not the one that was signed"):
        await exporter(tmp_path).export()
    assert not (tmp_path / "log/e1/checkpoint").exists()
    await LogTile.filter(log_id=log.id, level=0, position=1).update(hashes=bytes(44 * 32))
    with pytest.raises(ContradictionError, match="not the root of the checkpoint"):
        await exporter(tmp_path).export()


async def test_one_process_writes_at_a_time(log: SignedLog, tmp_path: Path) -> None:
    await exporter(tmp_path).export()
    with (tmp_path / ".export-lock").open("wb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(UnavailableError, match="another process"):
            await exporter(tmp_path).export()


async def test_what_was_left_half_written_is_cleared_away(log: SignedLog, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()
    (copy / ".export-99-1").write_bytes(b"half")
    await exporter(copy).export()
    assert names_in(copy) == {".export-lock", "log"}


def test_a_folder_that_cannot_be_used_is_an_outage(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(RefusedError) as caught:
        open_folder(tmp_path / "file")
    assert caught.value.reason is Reason.CONFLICT
    blocked = FolderStorage(tmp_path / "file")
    with pytest.raises(UnavailableError), blocked.alone():
        pass
    with pytest.raises(UnavailableError):
        blocked.put("a/b", b"", lasting=True)
    storage = open_folder(tmp_path)
    (tmp_path / "folder" / "below").mkdir(parents=True)
    assert storage.get("file/below") is None
    with pytest.raises(UnavailableError):
        storage.get("folder")
    with pytest.raises(UnavailableError):
        storage.drop("folder")


LOOP = """
import asyncio, sys
from pathlib import Path
from tests.vote.log.test_export import exporter
from vote.db import open_database
from vote.log.log_store import LogRows
from vote.log.models import LogCheckpoint
from vote.log.published_store import PublishedCheckpoint
from vote.log.reading import PublishedLog

async def main(url, folder):
    async with open_database(url):
        one = exporter(Path(folder))
        log = await LogRows().find("e1")
        sizes = await LogCheckpoint.filter(log_id=log.id).order_by("size").values_list("size", "note")
        print("ready", flush=True)
        for size, note in sizes:
            there = await one.checkpoint(log)
            if there is None or int(there.split(b"\\n")[1]) < size:
                with one.storage.alone():
                    await one.export_log(PublishedLog(log, PublishedCheckpoint(size, bytes(note), ())))

asyncio.run(main(*sys.argv[1:]))
"""


async def test_killed_at_any_moment_the_copy_holds(database: str, tmp_path: Path) -> None:
    log = await SignedLog().open()
    for start in range(0, 1400, 35):
        await log.grow([told(each) for each in range(start, start + 35)])
    folder, chance = tmp_path / "copy", random.Random(5)
    seen, killed = 0, 0
    while seen < 1400:
        killed += await asyncio.to_thread(killed_after, chance.uniform(0, 0.2), database, str(folder))
        if (folder / "log/e1/checkpoint").exists():
            found = entries_in(folder, log)
            assert found == log.leaves[: len(found)]
            assert len(found) >= seen
            seen = len(found)
    assert killed >= 3
    assert seen == 1400
