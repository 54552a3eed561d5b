"""Batches get into a log in the order written, once each; two sequencers sign no two heads of one size."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from crypto.checkpoint import open_checkpoint
from crypto.errors import MalformedError
from crypto.merkle import EMPTY_ROOT, root
from crypto.note import KeyType, VerifierKey, decode_note, decode_verifier_key, signers_of
from vote.errors import ContradictionError, UnavailableError
from vote.estate.service import EstateService
from vote.estate.store import EstatePlace, EstateStore
from vote.log.keys import LogKeys
from vote.log.log_store import Growth, Head, LogRows, StoredLog
from vote.log.models import Log, LogCheckpoint, LogEntry, LogHead, LogTile, PendingEntry
from vote.log.publishing import Publisher
from vote.log.rules import Kind
from vote.log.sequencing import BATCH, Floor, Gate, Sequencer
from vote.log.store import LogStore

NOON = datetime(2026, 12, 1, 4, tzinfo=UTC)
UUID = "AAAAAAAAAAAAAAAAA2"
KEYS = LogKeys(b"k" * 32, "vote.example")
EDGE = "does not go on"


class Opened:
    """A gate that forbids nothing."""

    async def require(self, log: StoredLog) -> None:
        """Let it be signed."""


def sequencer(keys: LogKeys = KEYS, gate: Gate | None = None) -> Sequencer:
    return Sequencer(LogRows(), EstateStore(), keys, gate or Opened())


async def write(count: int, estate: str = "e1", first: int = 1) -> None:
    facts = [{"election": UUID, "pool": first + each, "ballots": 20} for each in range(count)]
    await LogStore().append_all(estate, Kind.POOL_RELEASED, facts, NOON)


async def grown(estate: str = "e1") -> tuple[StoredLog, Head]:
    log = await LogRows().find(estate)
    assert log is not None
    return log, await LogRows().head(log.id)


async def require_whole(estate: str = "e1") -> int:
    """Compare everything that was signed with the entries, by the plain definition of the tree."""
    log, head = await grown(estate)
    rows = await LogEntry.filter(log_id=log.id).order_by("position").select_related("entry")
    leaves = [bytes(row.entry.body) for row in rows]
    assert [row.position for row in rows] == list(range(head.size))
    assert [row.entry.id for row in rows] == sorted({row.entry.id for row in rows})
    key = decode_verifier_key(log.verifier_key)
    for row in await LogCheckpoint.filter(log_id=log.id):
        signed = open_checkpoint(bytes(row.note), key)
        assert (signed.origin, signed.size) == (log.origin, row.size)
        assert signed.root == (root(leaves[: row.size]) if row.size else EMPTY_ROOT)
    return head.size


@pytest.fixture(autouse=True)
async def estates(database: str) -> None:
    for estate in ("e1", "e2"):
        await EstateService(EstateStore()).found(EstatePlace(estate, f"馨苑{estate}", "桥东", "魏塘", "嘉善"))


async def test_entries_get_in_by_batches_in_the_order_written() -> None:
    await write(BATCH + 50)
    await write(3, "e2")
    assert await sequencer().sequence_due() == BATCH + 53
    assert await require_whole() == BATCH + 50
    assert await require_whole("e2") == 3
    log, _ = await grown()
    assert await LogCheckpoint.filter(log_id=log.id).order_by("size").values_list("size", flat=True) == [
        0,
        BATCH,
        BATCH + 50,
    ]
    assert (log.origin, log.number) == ("vote.example/log/e1", 1)
    assert await sequencer().sequence_due() == 0
    await write(700)
    assert await sequencer().sequence_due() == 700
    assert await require_whole() == BATCH + 750


async def test_a_log_opens_with_the_first_entry_of_its_estate_only() -> None:
    assert await sequencer().sequence_due() == 0
    assert await Log.all().count() == 0
    await write(1, "e2")
    await sequencer().sequence_due()
    assert await LogRows().estates() == ["e2"]
    assert [log.origin for log in await LogRows().all_of("e2")] == ["vote.example/log/e2"]
    assert await LogRows().all_of("e1") == []


async def test_two_sequencers_at_once_lose_nothing_and_fork_nothing() -> None:
    await write(40 * 30)
    both = [sequencer(), sequencer()]
    counts = await asyncio.gather(*(each.sequence_due() for each in both))
    assert sum(counts) == 40 * 30
    assert await require_whole() == 40 * 30


async def test_two_that_open_a_log_at_once_open_one() -> None:
    await write(5)
    await asyncio.gather(*(sequencer().sequence_due() for _ in range(4)))
    assert await Log.all().count() == 1
    assert await require_whole() == 5


async def test_a_head_that_somebody_moved_is_not_moved_again() -> None:
    await write(5)
    await sequencer().sequence_due()
    log, head = await grown()
    other = Head(4, head.root, head.note, head.signed_at)
    after = Growth(Head(9, b"r" * 32, b"n", head.signed_at + timedelta(seconds=1)), [], {})
    with pytest.raises(ContradictionError, match="moved by somebody else"):
        await LogRows().grow(log.id, other, after)
    assert (await grown())[1] == head


async def test_tiles_of_another_root_stop_the_log_for_good() -> None:
    await write(5)
    await sequencer().sequence_due()
    log, head = await grown()
    # The only change that the database lets through: a longer tile that begins with what it was.
    tile = await LogTile.get(log_id=log.id)
    await LogHead.filter(log_id=log.id).update(
        size=head.size + 1, root=b"r" * 32, signed_at=head.signed_at + timedelta(seconds=1)
    )
    await LogTile.filter(id=tile.id).update(hashes=bytes(tile.hashes) + b"x" * 32)
    await write(1, first=6)
    with pytest.raises(ContradictionError, match=EDGE):
        await sequencer().sequence("e1")
    assert await LogRows().is_alarmed(log.id)
    with pytest.raises(ContradictionError, match="only read"):
        await sequencer().sequence("e1")
    assert await LogRows().unpublished() == []


async def test_a_missing_tile_stops_the_log() -> None:
    await write(5)
    await sequencer().sequence_due()
    log, head = await grown()
    await LogHead.filter(log_id=log.id).update(
        size=head.size + 300, root=b"r" * 32, signed_at=head.signed_at + timedelta(seconds=1)
    )
    await write(1, first=6)
    with pytest.raises(ContradictionError, match=f"{EDGE}: edge: the tile"):
        await sequencer().sequence("e1")


async def test_an_entry_that_no_kind_spells_so_gets_into_no_log() -> None:
    with pytest.raises(MalformedError, match="a new entry"):
        await LogStore().append("e1", Kind.POOL_RELEASED, {"election": UUID, "pool": 1}, NOON)
    assert await PendingEntry.all().count() == 0
    await PendingEntry.create(estate_id="e1", kind="x", body=b'{"name":"\xe5\xbc\xa0"}', happened_at=NOON)
    with pytest.raises(MalformedError, match="pending entry"):
        await sequencer().sequence("e1")
    assert (await grown())[1].size == 0


async def test_one_log_that_cannot_go_on_holds_up_no_other() -> None:
    await PendingEntry.create(estate_id="e1", kind="x", body=b"{}", happened_at=NOON)
    await write(2, "e2")
    with pytest.raises(MalformedError):
        await sequencer().sequence_due()
    assert await require_whole("e2") == 2
    await PendingEntry.create(estate_id="e2", kind="x", body=b"{}", happened_at=NOON)
    with pytest.raises(ExceptionGroup, match="cannot be continued") as caught:
        await sequencer().sequence_due()
    assert len(caught.value.exceptions) == 2


async def test_what_a_gate_forbids_is_not_signed() -> None:
    class Shut:
        async def require(self, log: StoredLog) -> None:
            raise UnavailableError("nobody could be asked")

    await write(2)
    with pytest.raises(UnavailableError):
        await sequencer(gate=Shut()).sequence("e1")
    assert (await grown())[1].size == 0


async def test_only_the_newest_checkpoint_is_shown_and_once() -> None:
    publisher, rows = Publisher(LogRows()), LogRows()
    await write(BATCH + 1)
    await sequencer().sequence_due()
    log, _ = await grown()
    assert await rows.published(log.id) is None
    assert await publisher.publish_due() == 1
    assert await publisher.publish_due() == 0
    shown = await rows.published(log.id)
    assert shown is not None
    assert (shown.size, shown.log) == (BATCH + 1, log)
    assert await LogCheckpoint.filter(published_at__isnull=True).count() == 2
    assert not await rows.publish(log.id, BATCH + 1, NOON)


async def test_a_second_signature_is_by_ml_dsa_if_wanted() -> None:
    keys = LogKeys(b"k" * 32, "vote.example", ml_dsa=True)
    await write(2)
    await sequencer(keys).sequence("e1")
    log, head = await grown()
    second = keys.second_key(log.origin)
    assert second is not None
    assert second.type is KeyType.ML_DSA_44
    note = decode_note(head.note)
    assert signers_of(note, [second]) == (second,)
    assert signers_of(note, [decode_verifier_key(log.verifier_key)])
    assert KEYS.second_key(log.origin) is None
    assert len(decode_note(KEYS.sign(open_checkpoint(head.note, first_key(log)), NOON)).signatures) == 1


def first_key(log: StoredLog) -> VerifierKey:
    return decode_verifier_key(log.verifier_key)


def test_every_origin_has_a_key_of_its_own() -> None:
    origins = [KEYS.origin("e1", 1), KEYS.origin("e1", 2), KEYS.origin("e2", 1)]
    assert origins == ["vote.example/log/e1", "vote.example/log/e1/2", "vote.example/log/e2"]
    assert len({KEYS.verifier_key(origin).public for origin in origins}) == 3
    assert "kkkk" not in repr(KEYS)


def test_the_floor_moves_when_what_was_placed_has_lain_and_all_is_looked_through_once_an_hour() -> None:
    floor = Floor()
    assert floor.begin(NOON) == 0
    floor.end(NOON, 100)
    assert floor.begin(NOON + timedelta(minutes=9)) == 0
    floor.end(NOON + timedelta(minutes=9), 200)
    assert floor.begin(NOON + timedelta(minutes=10)) == 0
    floor.end(NOON + timedelta(minutes=10), 300)
    assert floor.begin(NOON + timedelta(minutes=11)) == 100
    floor.end(NOON + timedelta(minutes=11), 400)
    assert floor.begin(NOON + timedelta(minutes=20)) == 100
    floor.end(NOON + timedelta(minutes=20), 400)
    assert floor.begin(NOON + timedelta(minutes=21)) == 300
    assert floor.begin(NOON + timedelta(minutes=60)) == 0
    floor.end(NOON + timedelta(minutes=60), 500)
    assert floor.begin(NOON + timedelta(minutes=61)) == 400


def test_the_floor_is_near_what_was_placed_from_the_second_round_on() -> None:
    floor = Floor(meanwhile=50)
    assert floor.begin(NOON) == 0
    floor.end(NOON, 600)
    assert floor.begin(NOON + timedelta(seconds=1)) == 550
    floor.end(NOON + timedelta(seconds=1), 700)
    assert floor.begin(NOON + timedelta(minutes=9)) == 550
    floor.end(NOON + timedelta(minutes=10), 800)
    assert floor.begin(NOON + timedelta(minutes=11)) == 600


def test_what_a_round_left_waiting_stays_above_the_floor() -> None:
    floor = Floor(meanwhile=50)
    assert floor.begin(NOON) == 0
    assert floor.begin(NOON + timedelta(seconds=1)) == 0
    floor.end(NOON + timedelta(seconds=1), 600)
    assert floor.begin(NOON + timedelta(minutes=61)) == 0
    assert floor.begin(NOON + timedelta(minutes=62)) == 550
