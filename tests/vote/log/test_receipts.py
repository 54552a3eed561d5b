"""The receipt of a ballot in the public log, as any C2SP client reads it."""

from urllib.parse import quote

import pytest

from crypto.ballot import tracker as tracker_of
from crypto.checkpoint import decode_checkpoint
from crypto.log_policy import LogPolicy, decode_log_policy
from crypto.log_proof import decode_log_proof, verify_log_proof
from crypto.note import decode_note
from tests.vote.assembly import ESTATE, Assembly
from tests.vote.log.signed import NOON, UUID, SignedLog, told
from tests.vote.log.test_policy import FIRST, text
from vote.errors import Reason, RefusedError
from vote.log.log_store import LogRows
from vote.log.policy import published_policy, read_policy
from vote.log.published_store import PublishedStore
from vote.log.reading import LogReader
from vote.log.rules import Kind, encode_entry
from vote.log.tree_store import TreeStore
from vote.log.witness_store import WitnessStore
from vote.verifier.log_receipt import verify_receipt

YES, NO = [1, 0, 0], [0, 1, 0]
SLASHED = "/+" * 21 + "A"
READER = LogReader(LogRows(), PublishedStore(), TreeStore(), WitnessStore())


def accepted(tracker: str, election: str = UUID) -> bytes:
    return encode_entry(Kind.BALLOT_ACCEPTED, {"election": election, "tracker": tracker, "commitment": "0" * 64})


async def test_a_ballot_has_its_receipt_when_the_log_that_has_it_is_published(closed: Assembly) -> None:
    platform = closed.platform
    trackers = (await platform.http.get(f"{closed.pages}/box.json")).json()["trackers"]
    address = f"{closed.api}/ballots/{quote(trackers[0], safe='')}.tlog-proof"
    early = await platform.http.get(address)
    assert (early.status_code, early.json()["reason"]) == (409, "wrong-state")
    assert "ask again in a few seconds" in early.json()["detail"]
    await platform.services["worker"].log_once()
    policy = decode_log_policy((await platform.http.get(f"/log/{ESTATE}/policy")).text)
    for tracker in trackers:
        answer = await platform.http.get(f"{closed.api}/ballots/{quote(tracker, safe='')}.tlog-proof")
        assert answer.status_code == 200
        ballot = verify_receipt(answer.content, policy, tracker)
        assert (ballot.election, ballot.tracker) == (closed.uuid, tracker)
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert answer.headers["content-disposition"] == 'attachment; filename="ballot.tlog-proof"'
        assert answer.headers["access-control-allow-origin"] == "*"
        plain = tracker.replace("+", "-").replace("/", "_")
        assert (await platform.http.get(f"{closed.api}/ballots/{plain}.tlog-proof")).content == answer.content


async def test_a_ballot_in_its_pool_has_none_yet(opened: Assembly) -> None:
    ballot = await opened.cast(1, [YES, [1, 0, 0, 0]])
    await opened.platform.services["worker"].log_once()
    tracker = tracker_of(ballot).translate(str.maketrans("+/", "-_"))
    answer = await opened.platform.http.get(f"{opened.api}/ballots/{tracker}.tlog-proof")
    assert (answer.status_code, answer.json()["reason"]) == (404, "not-found")
    assert "at most a day after casting" in answer.json()["detail"]


@pytest.fixture
async def log(database: str) -> SignedLog:
    made = await SignedLog().open()
    return await made.grow([told(1), accepted("A" * 43), accepted(SLASHED)])


async def _size(receipt: bytes, policy: LogPolicy) -> int:
    proof = decode_log_proof(receipt)
    assert proof.extra is not None
    verify_log_proof(receipt, proof.extra, policy)
    return decode_checkpoint(decode_note(proof.checkpoint).text).size


async def test_a_receipt_has_the_newest_checkpoint_that_the_quorum_saw(log: SignedLog) -> None:
    alone = decode_log_policy(published_policy(log.verifier_key, None).decode())
    await log.grow([told(2)])
    assert await _size(await READER.receipt("e1", UUID, SLASHED), alone) == 4
    await WitnessStore().put_policy("e1", read_policy(text(FIRST, "quorum li")), NOON)
    assert await _size(await READER.receipt("e1", UUID, SLASHED), alone) == 4
    watched = decode_log_policy((await READER.policy(await READER.get("e1"))).decode())
    await log.cosign("w1.example", 3, name="li")
    assert await _size(await READER.receipt("e1", UUID, SLASHED), watched) == 3
    await log.cosign("w1.example", 4, name="li")
    assert await _size(await READER.receipt("e1", UUID, SLASHED), watched) == 4


async def test_another_elections_ballot_has_none_here(log: SignedLog) -> None:
    for estate, election, tracker in (
        ("e1", "AAAAAAAAAAAAAAAAA3", SLASHED),
        ("e1", UUID, "B" * 43),
        ("e2", UUID, SLASHED),
    ):
        with pytest.raises(RefusedError) as caught:
            await READER.receipt(estate, election, tracker)
        assert caught.value.reason is Reason.NOT_FOUND
