"""What the database keeps of witnesses: policies, lines, alarms; each once."""

from datetime import UTC, datetime, timedelta

import pytest

from crypto.cosignature import cosign
from crypto.note import decode_note, encode_verifier_key, signature_line
from tests.crypto.logs import AT, LOG, ORIGIN, W1, W2, WITNESS_KEYS, entries
from tests.vote.log.test_policy import FIRST, SECOND, text
from tests.vote.log.trees import MemoryTree
from vote.estate.service import EstateService
from vote.estate.store import EstatePlace, EstateStore
from vote.log.models import Log, LogAlarm, LogCheckpoint, LogCosignature
from vote.log.policy import read_policy
from vote.log.witness_answer import Alarm, AlarmKind, Trouble
from vote.log.witness_store import WitnessStore
from vote.log.witnessing import Word

NOON = datetime(2026, 12, 1, 4, tzinfo=UTC)
POLICY = read_policy(text(FIRST, SECOND, "group two all li wang", "quorum two"))
TREE = MemoryTree(entries(9))


def word(witness: str, name: str, size: int, at: int = AT) -> Word:
    return Word(witness, (cosign(decode_note(TREE.checkpoint(size)), name, WITNESS_KEYS[name], at),))


@pytest.fixture
async def log(database: str) -> int:
    await EstateService(EstateStore()).found(EstatePlace("e1", "馨苑", "桥东", "魏塘", "嘉善"))
    row = await Log.create(
        estate_id="e1", number=1, origin=ORIGIN, verifier_key=encode_verifier_key(LOG), opened_at=NOON
    )
    for size in (5, 9):
        await LogCheckpoint.create(log=row, size=size, note=TREE.checkpoint(size), signed_at=NOON)
    return int(row.id)


async def test_the_last_policy_is_in_force(log: int) -> None:
    store = WitnessStore()
    assert await store.find_policy("e1") is None
    await store.put_policy("e1", POLICY, NOON)
    second = read_policy(text(FIRST, "quorum li"))
    await store.put_policy("e1", second, NOON + timedelta(days=1))
    assert await store.find_policy("e1") == second


async def test_lines_are_kept_once_and_tell_what_each_witness_has(log: int) -> None:
    store = WitnessStore()
    first = word("li", "w1.example", 5)
    await store.keep(log, 5, [first, Word("wang", trouble=Trouble.AWAY)], NOON)
    await store.keep(log, 5, [word("li", "w1.example", 5, AT + 9), word("wang", "w2.example", 5)], NOON)
    await store.keep(log, 9, [word("wang", "w2.example", 9)], NOON)
    lines = await store.lines(log, 5)
    assert len(lines) == 2
    assert lines[0] == signature_line(first.signatures[0]).encode()
    assert await store.sizes(log) == {"li": 5, "wang": 9}
    assert await store.missing(log, 9, POLICY) == ("li",)
    assert await store.missing(log, 5, POLICY) == ()
    assert await LogCosignature.all().count() == 3


async def test_an_alarm_is_kept_once_for_each_witness(log: int) -> None:
    store = WitnessStore()
    assert await store.alarms("e1") == []
    for name, later in (("li", 0), ("li", 1), ("wang", 2)):
        for kind in AlarmKind:
            alarm = Alarm(kind, name, 9, TREE.checkpoint())
            await store.keep(log, 9, [Word(name, alarm=alarm)], NOON + timedelta(hours=later))
    found = await store.alarms("e1")
    assert [(each.kind, each.witness) for each in found] == [
        (kind, name) for name in ("li", "wang") for kind in AlarmKind
    ]
    assert await LogAlarm.all().count() == 8
    assert (found[0].log, found[0].size, found[0].evidence, found[0].since) == (1, 9, TREE.checkpoint(), NOON)


def test_the_keys_of_the_policy_are_the_witnesses() -> None:
    assert [each.key for each in POLICY.witnesses] == [W1, W2]
