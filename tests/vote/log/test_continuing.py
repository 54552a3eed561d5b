"""A log goes on under a further origin, and its first entry says from where."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from crypto.checkpoint import decode_checkpoint
from crypto.note import decode_note
from tests import databases
from tests.vote.log.installations import KEYS, ORIGIN, Folder, installation, policy_text
from tests.vote.witness.programs import make_witness, witnessing
from vote.errors import RefusedError
from vote.log.log_store import LogRows
from vote.log.models import LogEntry
from vote.log.rules import Kind
from vote.log.store import LogStore
from vote.log.witness_store import WitnessStore

pytestmark = pytest.mark.database


@pytest.fixture
def url(_migrated: str, tmp_path: Path) -> Iterator[str]:
    with databases.copied(_migrated, tmp_path) as url:
        yield url


async def bodies(log: int) -> list[bytes]:
    rows = await LogEntry.filter(log_id=log).order_by("position").values_list("entry__body", flat=True)
    return [bytes(each) for each in rows]


async def test_the_first_entry_commits_to_the_last_known_checkpoint_of_the_log_before(url: str, tmp_path: Path) -> None:
    """The database knows 2 entries, what was published has 5, and the witness saw 9."""
    folder, home = tmp_path / "export", tmp_path / "li"
    (tmp_path / "old").mkdir()
    with witnessing(home, make_witness(home, "li.example/w", KEYS.verifier_key(ORIGIN))) as program:
        async with installation(url, folder) as ours:
            await ours.found(policy_text(program))
            await ours.happen(2)
        with databases.copied(url, tmp_path / "old") as copy:
            async with installation(url, folder) as ours:
                await ours.happen(3)
            published = (folder / "1").read_bytes()
            async with installation(url, folder) as ours:
                await ours.happen(4)
                seen = (await LogRows().head((await ours.log()).id)).note
            async with installation(copy, folder) as restored:
                await Folder(folder).put(await restored.log(), published)
                old = await restored.log()
                await restored.refusal()
                continued = await restored.continuing.begin("e1", "  从备份恢复了数据库 ")
                new = await restored.log()
                assert (new.number, new.origin) == (2, f"{ORIGIN}/2")
                assert new.verifier_key != old.verifier_key
                assert continued.before == decode_checkpoint(decode_note(seen).text)
                # What waited and could not be signed gets in behind it.
                assert await restored.sequencer.sequence_due() >= 1
                first, *rest = await bodies(new.id)
                assert json.loads(first) == {
                    "kind": "log:continued",
                    "version": 1,
                    "before": 1,
                    "size": 9,
                    "root": continued.before.root.hex(),
                    "reason": sha256("从备份恢复了数据库".encode()).hexdigest(),
                }
                assert [json.loads(each)["kind"] for each in rest] == ["pool:released", "policy:announced"]
                assert len(await bodies(old.id)) == 2
                (found,) = await WitnessStore().continuations("e1")
                assert (found.number, found.reason) == (2, "从备份恢复了数据库")
                assert decode_note(found.checkpoint).text == decode_note(seen).text


async def test_a_log_that_is_not_there_is_not_continued_nor_without_a_reason(url: str) -> None:
    async with installation(url) as ours:
        await ours.found(None)
        with pytest.raises(RefusedError, match="no log yet"):
            await ours.continuing.begin("e1", "为什么")
        await ours.happen(1)
        for reason in (" ", "x" * 1001):
            with pytest.raises(RefusedError, match="reason"):
                await ours.continuing.begin("e1", reason)


async def test_a_log_is_continued_as_often_as_needed(url: str) -> None:
    async with installation(url) as ours:
        await ours.found(None)
        await ours.happen(1)
        for number in (2, 3):
            continued = await ours.continuing.begin("e1", f"第{number}次")
            assert (continued.log.number, continued.before.size) == (number, 1)
            await ours.publisher.publish_due()
        await LogStore().append(
            "e1", Kind.KEY_KEPT, {"election": "AAAAAAAAAAAAAAAAA2", "duty": "trustee"}, continued.log.opened_at
        )
        assert await ours.sequencer.sequence_due() == 1
        assert [len(await bodies(log.id)) for log in await LogRows().all_of("e1")] == [1, 1, 2]
