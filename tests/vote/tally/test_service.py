"""From the sealed sum to the result, over HTTP, with the archive read by `crypto` at every stage."""

import asyncio
import json
from itertools import pairwise

import pytest

from crypto.archive_reader import read_archive
from crypto.audit import audit_archive
from crypto.encoding import compact_json, hex_digest
from crypto.tally import decode_tally
from tests.vote.assembly import ESTATE, Assembly
from tests.vote.conftest import AREAS, VOTES
from tests.vote.platform import assert_refused
from vote.election.manifest import decode_manifest
from vote.errors import ContradictionError
from vote.log.store import LogStore
from vote.tally import summing
from vote.tally.models import EncryptedTally
from vote.tally.models import Share as ShareRow
from vote.tally.service import TallyService
from vote.tally.store import TallyStore

OTHER = "Ddp2RtfN1U8EFV"
FORBIDDEN, MALFORMED = (403, "not-allowed"), (400, "malformed")
CONFLICT, WRONG_STATE = (409, "conflict"), (409, "wrong-state")


def expected_totals():
    """Return heads and area per question and choice, from what owners marked last."""
    last = dict(VOTES)
    totals = []
    for question in range(2):
        size = len(next(iter(last.values()))[question])
        totals.append(
            [
                (
                    sum(choices[question][choice] for choices in last.values()),
                    sum(AREAS[owner - 1] for owner, choices in last.items() if choices[question][choice]),
                )
                for choice in range(size)
            ]
        )
    return totals


async def finish(assembly: Assembly) -> dict:
    await assembly.contribute(1)
    await assembly.contribute(2)
    return json.loads(await assembly.platform.get(f"{assembly.pages}/result.json", key=None))


async def test_the_sum_is_that_of_the_ballots_that_count(tallied):
    archive = await tallied.read_archive()
    record = archive.encrypted_tally
    assert record is not None
    last = dict(VOTES)
    assert record.num_tallied == len(last)
    assert record.total_weight == sum(AREAS[owner - 1] for owner in last) * 10 + len(last)
    audit_archive(archive)
    entry = json.loads((await LogStore().bodies(ESTATE))[-1])
    row = await EncryptedTally.get()
    assert entry == {
        "version": 1,
        "kind": "tally:summed",
        "election": tallied.uuid,
        "tally": hex_digest(bytes(row.body)),
        "ballots": 4,
    }


async def test_many_slices_make_the_same_sum(closed, monkeypatch):
    monkeypatch.setattr(summing, "SLICE", 2)
    await closed.sum()
    audit_archive(await closed.read_archive())


async def test_an_empty_box_has_a_sum_and_a_result(opened):
    await opened.close()
    await opened.sum()
    result = await finish(opened)
    assert result["cast"] == {"heads": 0, "area_dm2": 0}
    assert {question["outcome"] for question in result["questions"]} == {"QUORUM_NOT_MET"}
    audit_archive(await opened.read_archive())


async def test_the_result_is_what_owners_marked_last(tallied):
    result = await finish(tallied)
    assert [
        [(choice["heads"], choice["area_dm2"]) for choice in question["choices"]] for question in result["questions"]
    ] == expected_totals()
    assert result["election"] == tallied.uuid
    assert result["electorate"] == {"heads": 5, "area_dm2": 64000}
    assert result["cast"] == {"heads": 4, "area_dm2": 56000}


async def test_the_law_is_applied_by_hand(tallied):
    """4 of 5 heads and 56,000 of 64,000 dm2 take part; more than 2 heads and 28,000 dm2 are needed.

    Yes has 3 and 36,000; 甲 has 3 and 36,000; 乙 has 2 and 21,000; 丙 has none after owner 1 changed their mind.
    """
    result = await finish(tallied)
    rules, committee = result["questions"]
    assert rules["outcome"] == "ADOPTED"
    assert committee["takes_effect"] is True
    assert [choice.get("outcome") for choice in committee["choices"]] == [
        "elected",
        "not-elected",
        "not-elected",
        None,
    ]
    assert (committee["seats"], committee["open_seats"], committee["tied_seats"]) == (2, 1, 0)


@pytest.mark.parametrize("pair", [(1, 2), (3, 1), (2, 3)])
async def test_any_two_trustees_open_the_same_totals(tallied, pair):
    first, second = pair
    assert not await tallied.contribute(first)
    assert await tallied.state() == "tallied"
    answer = await tallied.platform.ask("GET", f"{tallied.pages}/result.json", key=None)
    assert_refused(answer, 404, "not-found", "no result yet")
    assert await tallied.contribute(second)
    assert await tallied.state() == "preliminary"
    audit = audit_archive(await tallied.read_archive())
    assert audit.totals == tuple(tuple(area * 10 + heads for heads, area in question) for question in expected_totals())


async def test_shares_and_result_are_written_in_the_log(tallied):
    await finish(tallied)
    entries = [json.loads(body) for body in await LogStore().bodies(ESTATE)][-3:]
    archive = await tallied.read_archive()
    result = await tallied.platform.get(f"{tallied.pages}/result.json")
    assert entries == [
        *(
            {
                "version": 1,
                "kind": "tally:shared",
                "election": tallied.uuid,
                "trustee": share.owner,
                "share": hex_digest(share.payload),
            }
            for share in archive.shares
        ),
        {"version": 1, "kind": "tally:opened", "election": tallied.uuid, "result": hex_digest(result)},
    ]


async def test_the_extra_proofs_stand_beside_the_archive(tallied):
    path = f"{tallied.pages}/share-proofs.json"
    assert json.loads(await tallied.platform.get(path, key=None)) == {
        "version": 1,
        "election": tallied.uuid,
        "proofs": [],
    }
    await finish(tallied)
    published = json.loads(await tallied.platform.get(path, key=None))
    assert [proof["trustee"] for proof in published["proofs"]] == [1, 2]
    proofs = {each["trustee"]: each["proof"].encode() for each in published["proofs"]}
    assert audit_archive(await tallied.read_archive(), proofs).totals is not None


@pytest.mark.parametrize(
    ("staged", "ballots", "ended"),
    [("sealed", 0, False), ("opened", 0, False), ("voted", 0, False), ("closed", 5, True), ("tallied", 5, True)],
    indirect=["staged"],
)
async def test_until_closing_the_archive_is_the_set_up_and_then_it_is_whole(staged, ballots, ended):
    answer = await staged.platform.ask("GET", f"{staged.pages}/{staged.uuid}.bel", key=None)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/x-tar")
    assert answer.headers["cache-control"] == "no-cache"
    archive = read_archive(answer.content)
    assert (len(archive.ballots), archive.ended, archive.shares) == (ballots, ended, ())
    audit = audit_archive(archive)
    assert audit.totals is None


async def test_an_archive_only_grows(sealed):
    """Whoever holds an earlier one can see that the later one begins with it."""
    stages = [await sealed.archive()]
    await sealed.open()
    for owner, choices in VOTES:
        await sealed.cast(owner, choices)
    stages.append(await sealed.archive())
    await sealed.close()
    stages.append(await sealed.archive())
    await sealed.sum()
    stages.append(await sealed.archive())
    for trustee in (3, 1):
        await sealed.contribute(trustee)
        stages.append(await sealed.archive())
    assert stages[0] == stages[1]
    events = [read_archive(stage) for stage in stages]
    assert {event.setup for event in events} == {events[0].setup}
    for before, after in pairwise(stages[1:]):
        body = before.rstrip(b"\x00")
        assert after.startswith(body)
        assert len(after) > len(before)


async def test_the_archive_is_found_under_its_own_name_only(sealed):
    answer = await sealed.platform.ask("GET", f"{sealed.pages}/{OTHER}.bel", key=None)
    assert_refused(answer, 404, "not-found", "named after it")


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


@pytest.mark.parametrize("staged", ["sealed", "opened", "voted", "closed"], indirect=True)
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
async def test_what_cannot_be_logged_does_not_happen(closed, monkeypatch, step):
    if step == "share":
        await closed.sum()
    share = await closed.share(1)
    before = closed.platform.contents()

    async def fail(*_):
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(LogStore, "append", fail)
        with pytest.raises(OSError, match="disk full"):
            await (closed.sum() if step == "sum" else closed.bring(1, share))
    assert closed.platform.contents() == before


async def test_whoever_sums_second_finds_it_done(closed):
    tallies: TallyService = closed.platform.services["tallies"]
    outcomes = await asyncio.gather(*(tallies.sum(closed.uuid) for _ in range(3)), return_exceptions=True)
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
