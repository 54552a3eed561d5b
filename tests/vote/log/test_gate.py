"""A database that fell behind what was published, or behind what a witness saw, signs nothing; nor does one that split."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from tests import databases
from tests.vote.log.installations import KEYS, NOON, ORIGIN, Folder, installation, policy_text
from tests.vote.witness.programs import WitnessProgram, make_witness, witnessing
from vote.db import database_now
from vote.errors import ContradictionError, UnavailableError
from vote.log.keys import LogKeys
from vote.log.log_store import LogRows
from vote.log.models import LogAlarm, LogCheckpoint
from vote.log.witness_answer import AlarmKind
from vote.log.witness_store import WitnessStore

pytestmark = pytest.mark.database


@pytest.fixture
def url(_migrated: str, tmp_path: Path) -> Iterator[str]:
    with databases.copied(_migrated, tmp_path) as url:
        yield url


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[WitnessProgram, WitnessProgram]]:
    """Two witnesses as processes, each with a folder of its own."""
    key = KEYS.verifier_key(ORIGIN)
    with ExitStack() as stack:
        first, second = (
            stack.enter_context(witnessing(home, make_witness(home, f"{home.name}.example/w", key)))
            for home in (tmp_path / "li", tmp_path / "wang")
        )
        yield first, second


@pytest.fixture
def old(url: str, tmp_path: Path) -> Iterator["_Copy"]:
    """A copy of the database, made when nobody is connected, as the test asks for it."""
    folder = tmp_path / "old"
    folder.mkdir()
    with ExitStack() as stack:
        yield _Copy(url, folder, stack)


class _Copy:
    def __init__(self, url: str, folder: Path, stack: ExitStack) -> None:
        self.url, self.folder, self.stack = url, folder, stack

    def make(self) -> str:
        return self.stack.enter_context(databases.copied(self.url, self.folder))


async def alarms() -> list[tuple[str, int]]:
    return [(each.kind, each.size) for each in await WitnessStore().alarms("e1")]


async def test_a_restored_old_database_does_not_sign_what_was_published_further(
    url: str, old: _Copy, tmp_path: Path
) -> None:
    folder = tmp_path / "export"
    async with installation(url, folder) as ours:
        await ours.found(None)
        await ours.happen(5)
    copy = old.make()
    async with installation(url, folder) as ours:
        await ours.happen(3)
    async with installation(copy, folder) as restored:
        assert await restored.size() == 5
        assert "only read" in await restored.refusal()
        assert await alarms() == [(AlarmKind.EXPORT_AHEAD, 8)]
        (alarm,) = await WitnessStore().alarms("e1")
        assert alarm.evidence == (folder / "1").read_bytes()
        # It stays so, for every process.
        (folder / "1").unlink()
        await restored.refusal()
    async with installation(copy) as restored:
        await restored.refusal()
        assert await LogAlarm.all().count() == 1
    async with installation(url, folder) as ours:
        await ours.happen(1)
        assert await ours.size() == 9


async def test_a_restored_old_database_does_not_sign_what_a_witness_saw_further(
    url: str, old: _Copy, two: tuple[WitnessProgram, WitnessProgram]
) -> None:
    async with installation(url) as ours:
        await ours.found(policy_text(*two))
        await ours.happen(5)
        assert await ours.watching.is_witnessed("e1", 5)
    copy = old.make()
    async with installation(url) as ours:
        await ours.happen(3)
        assert await ours.watching.is_witnessed("e1", 8)
        assert not await ours.watching.is_witnessed("e1", 9)
    # One that is away tells nothing, the other is enough.
    two[0].kill()
    async with installation(copy) as restored:
        await restored.refusal()
        (alarm,) = await WitnessStore().alarms("e1")
        assert (alarm.kind, alarm.witness, alarm.size, alarm.log) == (AlarmKind.WITNESS_AHEAD, "wang", 8, 1)
    async with installation(url) as ours:
        await ours.happen(1)
        assert await ours.size() == 9


async def test_two_witnesses_catch_two_databases_that_both_sign(
    url: str, old: _Copy, two: tuple[WitnessProgram, WitnessProgram]
) -> None:
    """The copy was looked at by nobody before it signed: its first checkpoint is caught when it is shown."""
    async with installation(url) as ours:
        await ours.found(policy_text(*two))
        await ours.happen(5)
    copy = old.make()
    async with installation(url) as ours:
        await ours.happen(2)
    async with installation(copy) as theirs:
        # As a process that passed the gate before the other database went on.
        theirs.gate.passed.add((await theirs.log()).id)
        await theirs.happen(3, ballots=21)
        assert await theirs.size() == 8
        assert await alarms() == [(AlarmKind.SPLIT_VIEW, 7)] * 2
        assert {each.witness for each in await WitnessStore().alarms("e1")} == {"li", "wang"}
        assert not await LogCheckpoint.filter(size=8, published_at__isnull=False).exists()
        await theirs.refusal()
    async with installation(url) as ours:
        await ours.happen(1)
        assert await alarms() == []
        assert await ours.watching.is_witnessed("e1", 8)


async def test_the_gate_is_passed_once_and_again_when_asked(url: str, tmp_path: Path) -> None:
    folder = tmp_path / "export"
    async with installation(url, folder) as ours:
        await ours.found(None)
        await ours.happen(2)
        log = await ours.log()
        (folder / "1").write_bytes(b"not a checkpoint\n")
        await ours.gate.require(log)
        ours.gate.look_again(log)
        with pytest.raises(UnavailableError, match="not signed by it"):
            await ours.gate.require(log)
        (folder / "1").unlink()
        await ours.gate.require(log)


async def test_another_log_under_the_same_file_is_no_checkpoint_of_ours(url: str, tmp_path: Path) -> None:
    async with installation(url, tmp_path / "export") as ours:
        await ours.found(None)
        await ours.happen(2)
        log = await ours.log()
        other = KEYS.origin("e2", 1)
        note = (await LogRows().head(log.id)).note.replace(log.origin.encode(), other.encode())
        await Folder(tmp_path / "export").put(log, note)
        ours.gate.look_again(log)
        with pytest.raises(UnavailableError):
            await ours.gate.require(log)


async def test_a_copy_that_was_taken_into_use_begins_a_new_log(url: str) -> None:
    async with installation(url) as ours:
        await ours.found(None)
        await ours.happen(2)
        restored = await database_now()

        async def restored_at() -> datetime:
            return restored

        gate = replace(ours.gate, restored_at=restored_at, passed=set())
        with pytest.raises(UnavailableError, match="new-origin e1"):
            await gate.require(await ours.log())
        continued = await ours.continuing.begin("e1", "备份恢复")
        await gate.require(continued.log)


async def test_another_key_signs_nothing(url: str) -> None:
    async with installation(url) as ours:
        await ours.found(None)
        await ours.happen(2)
        gate = replace(ours.gate, keys=LogKeys(b"j" * 32, "vote.example"), passed=set())
        with pytest.raises(UnavailableError, match="VOTE_LOG_KEY_FILE"):
            await gate.require(await ours.log())


async def test_an_alarm_of_another_process_is_obeyed_at_once(url: str) -> None:
    async with installation(url) as ours:
        await ours.found(None)
        await ours.happen(2)
        await LogAlarm.create(log_id=(await ours.log()).id, kind="edge", facts=b"{}", since=NOON)
        with pytest.raises(ContradictionError, match="only read"):
            await ours.gate.require(await ours.log())
        await ours.refusal()
        (alarm,) = await WitnessStore().alarms("e1")
        assert (alarm.kind, alarm.witness, alarm.size, alarm.evidence) == (AlarmKind.EDGE, "", 0, b"")
