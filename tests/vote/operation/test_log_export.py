"""Public logs are copied: by the worker as soon as they grow, and by whoever types `vote log export`."""

from pathlib import Path

import pytest

from crypto.note import decode_verifier_key
from tests.vote.log.signed import NOON, SignedLog, told
from tests.vote.operation.test_log_command import Operator, operator
from vote.config import Settings
from vote.errors import ContradictionError, UnavailableError
from vote.log.log_store import LogRows
from vote.log.models import LogAlarm
from vote.operation.log_places import open_exporter
from vote.operation.logs import open_logs
from vote.verifier.log_audit import audited_entries, open_signed, read_policy
from vote.verifier.log_folder import LogFolder

__all__ = ["operator"]
pytestmark = pytest.mark.database


def size_in(folder: Path) -> int:
    """Return how many entries an exported log has, all of them verified."""
    files = LogFolder(folder)
    checkpoint = open_signed(files.get("checkpoint") or b"", read_policy(files.get("policy") or b""))
    assert sum(map(len, audited_entries(checkpoint, files))) == checkpoint.size
    return checkpoint.size


def test_a_log_is_copied_by_a_command(operator: Operator) -> None:
    operator.happen()
    copy = operator.folder / "copy"
    done = operator.type("export", str(copy))
    assert (done.exit_code, "5 files are new" in done.output) == (0, True), done.output
    assert size_in(copy / "log" / "e1") == 1
    operator.happen()
    assert operator.type("export", str(copy), "--estate", "e1").exit_code == 0
    assert size_in(copy / "log" / "e1") == 2
    assert "0 files are new" in operator.type("export", str(copy), "--whole").output


def test_a_copy_goes_where_the_settings_say(operator: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
    operator.happen()
    refused = operator.type("export")
    assert (refused.exit_code, "VOTE_LOG_EXPORT" in refused.output) == (2, True)
    monkeypatch.setenv("VOTE_LOG_EXPORT", str(operator.folder / "named"))
    assert operator.type("export").exit_code == 0
    assert size_in(operator.folder / "named" / "log" / "e1") == 1


def test_what_cannot_be_copied_is_told(operator: Operator) -> None:
    operator.happen()
    assert operator.type("export", str(operator.folder / "copy"), "--estate", "nowhere").exit_code == 2
    assert operator.type("export", str(operator.folder / "copy")).exit_code == 0
    tile = next((operator.folder / "copy/log/e1/tile/0").rglob("1"))
    tile.write_bytes(bytes(32))
    refused = operator.type("export", str(operator.folder / "copy"), "--whole")
    assert (refused.exit_code, "tile/0/000.p/1" in refused.output) == (1, True)


def test_a_copy_that_is_ahead_keeps_the_log_from_being_signed(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a restored backup, where nobody watches: the export knows better."""
    monkeypatch.setenv("VOTE_LOG_EXPORT", str(operator.folder / "copy"))
    operator.happen()
    settings = Settings()

    async def fall_behind() -> None:
        exporter = open_exporter(settings)
        assert exporter is not None
        logs = open_logs(settings, exporter)
        exporter.doubters.append(logs.gate.look_again)
        log = await LogRows().find("e1")
        assert log is not None
        await exporter.export()
        await logs.gate.require(log)
        ahead = logs.sequencer._sign(log.origin, 2, bytes(32), NOON).note
        with exporter.storage.alone():
            exporter.storage.put("log/e1/checkpoint", ahead, lasting=False)
        exporter.done.clear()
        with pytest.raises(ContradictionError, match="this database has not"):
            await exporter.export()
        with pytest.raises(ContradictionError, match="only read"):
            await logs.gate.require(log)
        await logs.close()
        assert [row.kind for row in await LogAlarm.all()] == ["export-ahead"]

    operator.do(fall_behind)


async def test_the_worker_copies_what_grew(platform, tmp_path: Path) -> None:
    log = await (await SignedLog().open()).grow([told(1)])
    worker = platform.services["worker"]
    assert (await worker.export_once(), await worker.stamp_once()) == (0, 0)
    exporter = open_exporter(platform.settings, str(tmp_path / "copy"))
    object.__setattr__(worker, "exporter", exporter)
    assert await worker.export_once() == 5
    assert await worker.export_once() == 0
    assert size_in(tmp_path / "copy" / "log" / "e1") == 1
    assert decode_verifier_key((tmp_path / "copy/log/e1/key").read_text().strip()) == log.verifier_key


async def test_a_place_that_is_away_holds_up_nothing(platform, tmp_path: Path) -> None:
    await (await SignedLog().open()).grow([told(1)])
    (tmp_path / "copy").mkdir()
    exporter = open_exporter(platform.settings, str(tmp_path / "copy"))
    assert exporter is not None
    (tmp_path / "copy" / "log").write_bytes(b"")
    with pytest.raises(UnavailableError):
        await exporter.export()
