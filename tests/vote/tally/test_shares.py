"""Shares of trustees over HTTP: which are taken, and when they open the totals."""

import asyncio
import json

import pytest

from crypto.audit import audit_archive
from crypto.encoding import compact_json
from crypto.tally import decode_tally
from tests.vote.assembly import Assembly
from tests.vote.platform import assert_refused
from vote.election.manifest import decode_manifest
from vote.errors import ContradictionError
from vote.log.store import LogStore
from vote.tally.models import EncryptedTally
from vote.tally.models import Share as ShareRow
from vote.tally.service import TallyService
from vote.tally.store import TallyStore

OTHER = "Ddp2RtfN1U8EFV"
FORBIDDEN, MALFORMED = (403, "not-allowed"), (400, "malformed")
CONFLICT, WRONG_STATE = (409, "conflict"), (409, "wrong-state")


async def finish(assembly: Assembly) -> dict:
    await assembly.contribute(1)
    await assembly.contribute(2)
    return json.loads(await assembly.platform.get(f"{assembly.pages}/result.json", key=None))


async def _refused(assembly, trustee, share, refusal, words, *, key=None):
    before = assembly.platform.contents()
    assert_refused(await assembly.bring(trustee, share, key), *refusal, words)
    assert assembly.platform.contents() == before


def changed(share, name, edit):
    """Return a share in which one text was edited."""
    document = json.loads(share)
    document[name] = edit(document[name])
    return compact_json(document)


async def test_a_share_needs_the_key_of_its_trustee(tallied):
    share = await tallied.share(1)
    keys = tallied.people.trustee_keys
    for key in (keys[1], tallied.people.registrar_key, "guess"):
        await _refused(tallied, 1, share, FORBIDDEN, "key", key=key)
    await _refused(tallied, 1, share, FORBIDDEN, "key", key=keys[2])


async def test_a_share_is_brought_by_the_trustee_who_made_it(tallied):
    share = await tallied.share(1)
    await _refused(tallied, 2, share, CONFLICT, "by another trustee")
    relabelled = changed(share, "trustee", lambda _: 2)
    await _refused(tallied, 2, relabelled, MALFORMED, "The share is false: ")


async def test_a_false_share_is_refused_and_names_its_trustee(tallied):
    share = await tallied.share(1)

    def other_number(payload):
        document = json.loads(payload)
        proof = document["decryption_proofs"][0][0]
        proof["response"] = str(int(proof["response"]) ^ 1)
        return compact_json(document).decode()

    def other_proof(text):
        document = json.loads(text)
        for proofs in document.values():
            if isinstance(proofs, list):
                first = proofs
                while isinstance(first, list):
                    container, first = first, first[0]
                container[0]["response"] = str(int(first["response"]) ^ 1)
        return compact_json(document).decode()

    for name, edit in (("payload", other_number), ("extra_proof", other_proof)):
        false = changed(share, name, edit)
        assert false != share
        await _refused(tallied, 1, false, MALFORMED, "业主甲")
    assert not await tallied.contribute(1)


async def test_a_share_for_another_election_is_refused(tallied):
    share = changed(await tallied.share(1), "election", lambda _: OTHER)
    await _refused(tallied, 1, share, CONFLICT, "another election")


@pytest.mark.parametrize("data", [b"", b"{}", b"share", b"\xff"])
async def test_what_is_no_share_is_refused(tallied, data):
    await _refused(tallied, 1, data, MALFORMED, "the trustee's share")


async def test_a_share_beyond_the_limit_is_refused(tallied):
    await _refused(tallied, 1, b"1" * ((4 << 20) + 1), (413, "too-large"), "4194304 bytes")


async def test_a_second_share_of_the_same_trustee_replaces_nothing(tallied):
    first, second = await tallied.share(1), await tallied.share(1)
    assert first != second
    assert (await tallied.bring(1, first)).status_code == 201
    await _refused(tallied, 1, second, CONFLICT, "another share already")
    before = tallied.platform.contents()
    again = await tallied.bring(1, first)
    assert (again.status_code, again.json()) == (201, {"opened": False})
    assert tallied.platform.contents() == before


async def test_a_share_that_comes_again_after_the_opening_changes_nothing(tallied):
    first, second = await tallied.share(1), await tallied.share(2)
    await tallied.bring(1, first)
    await tallied.bring(2, second)
    before = tallied.platform.contents()
    for trustee, share in ((1, first), (2, second)):
        answer = await tallied.bring(trustee, share)
        assert (answer.status_code, answer.json()) == (201, {"opened": True})
    assert tallied.platform.contents() == before


async def test_the_third_share_comes_too_late(tallied):
    third = await tallied.share(3)
    await finish(tallied)
    await _refused(tallied, 3, third, WRONG_STATE, "is preliminary")


@pytest.mark.parametrize("staged", ["sealed", "opened", "voted", "closed", "checked"], indirect=True)
async def test_there_is_nothing_to_open_before_the_sum(staged):
    share = compact_json({"election": staged.uuid, "trustee": 1, "payload": "{}", "extra_proof": "{}"})
    await _refused(staged, 1, share, WRONG_STATE, "only while it is tallied")


async def test_shares_that_come_at_once_open_the_totals_once(tallied):
    shares = {trustee: await tallied.share(trustee) for trustee in (1, 2, 3)}
    answers = await asyncio.gather(*(tallied.bring(trustee, share) for trustee, share in shares.items()))
    statuses = [answer.status_code for answer in answers]
    assert statuses.count(201) >= 2
    assert set(statuses) <= {201, 409}
    assert any(answer.json().get("opened") for answer in answers)
    assert await tallied.state() == "preliminary"
    assert tallied.platform.count("result") == 1
    archive = await tallied.read_archive()
    assert len(archive.shares) == statuses.count(201)
    assert audit_archive(archive).totals is not None


async def test_whoever_opens_second_finds_it_done(tallied):
    await finish(tallied)
    tallies: TallyService = tallied.platform.services["tallies"]
    stored = await tallies.elections.get(tallied.uuid)
    before = tallied.platform.contents()
    tally = await tallies.store.find_tally(tallied.uuid)
    await tallies._open(stored, tally, await tallies.store.shares(tallied.uuid))
    assert tallied.platform.contents() == before


async def test_the_same_share_twice_at_once_is_kept_once(tallied):
    share = await tallied.share(1)
    answers = await asyncio.gather(*(tallied.bring(1, share) for _ in range(3)))
    assert {answer.status_code for answer in answers} == {201}
    assert await ShareRow.all().count() == 1


async def test_an_archive_read_while_shares_come_never_has_a_result_without_them(tallied, monkeypatch):
    """The second share and the result come between the reader's two looks."""
    await tallied.contribute(1)
    share = await tallied.share(2)
    shares, find_result = TallyStore.shares, TallyStore.find_result
    looked = []

    def between(look):
        async def looking(store, uuid):
            found = await look(store, uuid)
            looked.append(look)
            if len(looked) == 1:
                assert (await tallied.bring(2, share)).json() == {"opened": True}
            return found

        return looking

    with monkeypatch.context() as patch:
        patch.setattr(TallyStore, "shares", between(shares))
        patch.setattr(TallyStore, "find_result", between(find_result))
        archive = await tallied.read_archive()
    audit_archive(archive)
    assert archive.result is None
    assert (await tallied.read_archive()).result is not None


async def test_an_opening_that_breaks_off_can_be_done_again(tallied, monkeypatch):
    await tallied.contribute(1)
    share = await tallied.share(2)

    async def fail(*_):
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(TallyStore, "add_result", fail)
        with pytest.raises(OSError, match="disk full"):
            await tallied.bring(2, share)
    assert await tallied.state() == "tallied"
    assert tallied.platform.count("result") == 0
    answer = await tallied.bring(2, share)
    assert (answer.status_code, answer.json()) == (201, {"opened": True})


@pytest.mark.parametrize("step", ["sum", "share"])
async def test_what_cannot_be_logged_does_not_happen(checked, monkeypatch, step):
    if step == "share":
        await checked.sum()
    share = await checked.share(1)
    before = checked.platform.contents()

    async def fail(*_):
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(LogStore, "append", fail)
        with pytest.raises(OSError, match="disk full"):
            await (checked.sum() if step == "sum" else checked.bring(1, share))
    assert checked.platform.contents() == before


async def test_whoever_sums_second_finds_it_done(checked):
    tallies: TallyService = checked.platform.services["tallies"]
    outcomes = await asyncio.gather(*(tallies.sum(checked.uuid) for _ in range(3)), return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType", "RefusedError", "RefusedError"]
    assert await EncryptedTally.all().count() == 1


async def test_a_tally_that_is_gone_is_a_contradiction(tallied, monkeypatch):
    share = await tallied.share(1)

    async def nothing(*_):
        return None

    monkeypatch.setattr(TallyStore, "find_tally", nothing)
    with pytest.raises(ContradictionError, match="has no tally"):
        await tallied.platform.services["tallies"].contribute(tallied.uuid, 1, share)
    answer = await tallied.bring(1, share)
    assert (answer.status_code, answer.json()["reason"]) == (500, "contradiction")
    assert "tally" not in answer.json()["detail"]


async def test_the_sealed_sum_can_be_read_by_anyone(tallied):
    row = await EncryptedTally.get()
    tally = decode_tally(bytes(row.body), await tallied.election())
    assert [len(question) for question in tally] == [3, 4]
    manifest = decode_manifest(await tallied.platform.get(f"{tallied.pages}/manifest.json", key=None))
    assert row.total_weight // manifest.base == 56000
