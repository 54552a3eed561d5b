"""From the sealed sum to the result, over HTTP, with the archive read by `crypto` at every stage."""

import json
from itertools import pairwise

import pytest

from crypto.archive_reader import read_archive
from crypto.audit import audit_archive
from crypto.encoding import hex_digest
from tests.vote.assembly import ESTATE, Assembly
from tests.vote.conftest import AREAS, VOTES
from tests.vote.platform import assert_refused
from vote.log.store import LogStore
from vote.tally import summing
from vote.tally.models import EncryptedTally

OTHER = "Ddp2RtfN1U8EFV"


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


async def test_many_slices_make_the_same_sum(checked, monkeypatch):
    monkeypatch.setattr(summing, "SLICE", 2)
    await checked.sum()
    audit_archive(await checked.read_archive())


async def test_an_empty_box_has_a_sum_and_a_result(opened):
    await opened.close()
    await opened.check()
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
    [
        ("sealed", 0, False),
        ("opened", 0, False),
        ("voted", 0, False),
        ("closed", 0, False),
        ("checked", 5, True),
        ("tallied", 5, True),
    ],
    indirect=["staged"],
)
async def test_until_the_check_the_archive_is_the_set_up_and_then_it_is_whole(staged, ballots, ended):
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
    await sealed.check()
    stages.append(await sealed.archive())
    await sealed.sum()
    stages.append(await sealed.archive())
    for trustee in (3, 1):
        await sealed.contribute(trustee)
        stages.append(await sealed.archive())
    assert stages[0] == stages[1] == stages[2]
    events = [read_archive(stage) for stage in stages]
    assert {event.setup for event in events} == {events[0].setup}
    for before, after in pairwise(stages[2:]):
        body = before.rstrip(b"\x00")
        assert after.startswith(body)
        assert len(after) > len(before)


@pytest.mark.parametrize("staged", ["closed", "checked", "tallied"], indirect=True)
async def test_an_annulled_election_takes_nothing_back_that_was_published(staged):
    names = [f"{staged.uuid}.bel", "box.json", "set-aside.json", "share-proofs.json"]
    paths = [f"{staged.pages}/{name}" for name in names]
    before = [(await staged.platform.ask("GET", path, key=None)).content for path in paths]
    await staged.organise("annul", reason="procedure-broken")
    assert [(await staged.platform.ask("GET", path, key=None)).content for path in paths] == before


async def test_the_archive_is_found_under_its_own_name_only(sealed):
    answer = await sealed.platform.ask("GET", f"{sealed.pages}/{OTHER}.bel", key=None)
    assert_refused(answer, 404, "not-found", "named after it")
