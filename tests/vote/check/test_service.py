"""Between closing and counting: who took part, what is disputed, how it ends, and what the totals would disclose."""

import json
from datetime import timedelta

import pytest

from crypto.ballot import tracker
from tests.vote.assembly import Assembly
from tests.vote.conftest import NO, VOTES, YES
from tests.vote.platform import CHECKS, CLOSES, STAFF, assert_refused

SAID = "我没有投过票"


async def raise_dispute(assembly: Assembly, kind: str, raised_by: int, about: int):
    body = {"kind": kind, "raised_by": raised_by, "about": about, "text": SAID}
    key = assembly.people.keys["desk"][0]
    return await assembly.platform.ask("POST", f"{assembly.api}/disputes", key=key, json=body)


async def settle(assembly: Assembly, number: int, outcome: str, **more: object):
    key = assembly.people.keys["organiser"][0]
    body = {"outcome": outcome, "answer": "已当面核实。", **more}
    return await assembly.platform.ask("POST", f"{assembly.api}/disputes/{number}/settle", key=key, json=body)


async def check(assembly: Assembly, *, accept: bool = True):
    key = assembly.people.keys["organiser"][0]
    body = {"accept_disclosure": accept}
    return await assembly.platform.ask("POST", f"{assembly.api}/check", key=key, json=body)


async def published(assembly: Assembly, name: str):
    return json.loads(await assembly.platform.get(f"{assembly.pages}/{name}", key=None))


async def test_who_took_part_is_public_by_room_when_voting_has_ended(voted: Assembly):
    path = f"{voted.pages}/participation.json"
    assert_refused(await voted.platform.ask("GET", path, key=None), 404, "not-found", "when voting has ended")
    await voted.close()
    shown = await published(voted, "participation.json")
    assert shown["cast"] == {"heads": 4, "area_dm2": 56000}
    assert [each["places"] for each in shown["participants"]] == [
        ["3幢2单元101室"],
        ["3幢2单元201室"],
        ["3幢2单元301室"],
        ["3幢2单元501室"],
    ]
    assert all(each.keys() == {"places"} for each in shown["participants"])


async def test_whoever_settles_disputes_sees_areas_and_nobody_else(closed: Assembly):
    path = f"{closed.api}/participation"
    assert_refused(await closed.platform.ask("GET", path, key=STAFF), 403, "not-allowed", "key")
    shown = json.loads(await closed.platform.get(path, key=closed.people.keys["organiser"][0]))
    assert [each["area_dm2"] for each in shown["participants"]] == [9000, 12000, 15000, 20000]


async def test_an_impersonated_ballot_is_set_aside_and_the_owner_did_not_take_part(closed: Assembly):
    assert (await raise_dispute(closed, "impersonation", 5, 5)).json() == {"dispute": 1}
    assert (await settle(closed, 1, "set-aside")).status_code == 204
    closed.at(CHECKS)
    assert (await check(closed)).status_code == 204
    found = await published(closed, "check.json")
    assert found["cast"] == {"heads": 3, "area_dm2": 36000}
    assert found["quorum"] is False  # 3 of 5 heads, 360 of 640 m2: below two thirds
    assert found["set_aside"] == 1
    assert found["disputes"] == [
        {"number": 1, "kind": "impersonation", "outcome": "set-aside", "answer": "已当面核实。"}
    ]
    await closed.sum()
    for trustee in (1, 3):
        opened = await closed.contribute(trustee)
    assert opened
    result = await published(closed, "result.json")
    assert result["cast"] == {"heads": 3, "area_dm2": 36000}
    assert result["questions"][0]["choices"][1] == {"text": "反对", "heads": 0, "area_dm2": 0}


async def test_an_earlier_ballot_of_the_owner_counts_again_when_only_the_last_is_set_aside(closed: Assembly):
    await raise_dispute(closed, "impersonation", 1, 1)
    assert (await settle(closed, 1, "set-aside", latest=1)).status_code == 204
    await closed.check()
    archive = await closed.read_archive()
    box = await published(closed, "box.json")
    taken = await published(closed, "set-aside.json")
    assert len(archive.ballots) == len(VOTES) - 1
    assert [tracker(ballot) for ballot in archive.ballots] == [
        each for each in box["trackers"] if each != taken["set_aside"][0]["tracker"]
    ]
    assert taken["set_aside"][0]["kind"] == "impersonation"
    await closed.sum()
    for trustee in (1, 2):
        await closed.contribute(trustee)
    result = await published(closed, "result.json")
    assert result["cast"] == {"heads": 4, "area_dm2": 56000}
    assert result["questions"][0]["choices"][0] == {"text": "同意", "heads": 2, "area_dm2": 27000}
    assert result["questions"][0]["choices"][1] == {"text": "反对", "heads": 2, "area_dm2": 29000}


async def test_a_ballot_that_was_set_aside_can_be_looked_up(opened: Assembly):
    first, second = await opened.cast(1, [YES, [0] * 4]), await opened.cast(1, [NO, [0] * 4])
    await opened.close()
    await raise_dispute(opened, "impersonation", 1, 1)
    await settle(opened, 1, "set-aside", latest=1)
    for ballot, effective, taken in ((first, True, False), (second, False, True)):
        answer = await opened.platform.ask("GET", f"{opened.api}/ballot", params={"tracker": tracker(ballot)}, key=None)
        shown = answer.json()
        assert (shown["effective"], shown["set_aside"], shown["count"]) == (effective, taken, 2)


async def test_counting_waits_for_the_days_and_for_every_dispute(closed: Assembly):
    assert_refused(await check(closed), 409, "wrong-state", "until 2027-01-02 16:00 UTC")
    await raise_dispute(closed, "double", 2, 3)
    closed.at(CHECKS)
    assert_refused(await check(closed), 409, "wrong-state", "the first is number 1")
    assert (await settle(closed, 1, "contested")).status_code == 204
    assert (await check(closed)).status_code == 204
    found = await published(closed, "check.json")
    assert found["contested"] == [{"kind": "double", "heads": 1, "area_dm2": 15000}]
    assert found["cast"] == {"heads": 4, "area_dm2": 56000}


async def test_counting_waits_until_somebody_accepts_what_the_totals_give_away(closed: Assembly):
    closed.at(CHECKS)
    assert_refused(await check(closed, accept=False), 403, "not-allowed", "of 200 simulated outcomes")
    assert await closed.state() == "closed"
    assert (await check(closed)).status_code == 204
    disclosure = (await published(closed, "check.json"))["disclosure"]
    assert (disclosure["simulations"], disclosure["accepted"]) == (200, True)


async def test_an_empty_box_discloses_nothing(opened: Assembly):
    await opened.close()
    await opened.check()
    found = await published(opened, "check.json")
    assert (found["cast"], found["disclosure"]) == ({"heads": 0, "area_dm2": 0}, None)


async def test_staff_sees_beforehand_what_totals_would_disclose(sealed: Assembly):
    path = f"{sealed.api}/disclosure"
    shown = (await sealed.platform.ask("GET", path, params={"turnout": "80"})).json()
    assert (shown["participants"], shown["simulations"], shown["warn"]) == (4, 200, True)
    for wrong in ("0", "101", "x", "٣"):
        assert_refused(
            await sealed.platform.ask("GET", path, params={"turnout": wrong}), 400, "malformed", "from 1 to 100"
        )


@pytest.mark.parametrize(
    ("kind", "raised_by", "about", "status", "reason", "words"),
    [
        ("theft", 1, 1, 400, "malformed", "one of impersonation, double, proxy, roll"),
        ("impersonation", 1, 2, 403, "not-allowed", "only that owner can say"),
        ("double", 1, 6, 403, "not-eligible", "on this election's roll"),
        ("roll", 0, 1, 403, "not-eligible", "on this election's roll"),
    ],
)
async def test_only_owners_in_scope_dispute_what_can_be_disputed(  # noqa: PLR0917 - one case
    closed: Assembly, kind, raised_by, about, status, reason, words
):
    assert_refused(await raise_dispute(closed, kind, raised_by, about), status, reason, words)
    assert closed.platform.count("dispute") == 0


@pytest.mark.parametrize(
    ("outcome", "more", "status", "reason", "words"),
    [
        ("gone", {}, 400, "malformed", "one of set-aside, kept, contested"),
        ("set-aside", {"latest": 3}, 400, "malformed", "set aside 1 to 2"),
        ("kept", {"latest": 1}, 400, "malformed", "set aside 1 to 2"),
        ("set-aside", {"answer": "  "}, 400, "malformed", "1 to 2000 characters"),
    ],
)
async def test_a_dispute_ends_in_one_of_three_ways(  # noqa: PLR0917 - one case
    closed: Assembly, outcome, more, status, reason, words
):
    await raise_dispute(closed, "proxy", 2, 1)
    assert_refused(await settle(closed, 1, outcome, **more), status, reason, words)
    assert (await published(closed, "disputes.json"))["disputes"][0]["outcome"] is None
    assert closed.platform.count("set_aside") == 0


async def test_a_dispute_is_settled_once_and_nothing_is_set_aside_twice(closed: Assembly):
    await raise_dispute(closed, "proxy", 2, 2)
    assert (await settle(closed, 1, "set-aside")).status_code == 204
    assert_refused(await settle(closed, 1, "kept"), 409, "conflict", "settled already")
    await raise_dispute(closed, "roll", 2, 2)
    assert_refused(await settle(closed, 2, "set-aside"), 409, "conflict", "nothing to set aside")
    assert_refused(await settle(closed, 3, "kept"), 404, "not-found", "no dispute of this number")
    assert_refused(await settle(closed, 0, "kept"), 404, "not-found", "no dispute of this number")


async def test_after_checking_nothing_is_disputed_or_taken_out_any_more(closed: Assembly):
    await raise_dispute(closed, "proxy", 2, 2)
    await settle(closed, 1, "kept")
    await closed.check()
    assert_refused(await raise_dispute(closed, "proxy", 2, 2), 409, "wrong-state", "checked")
    assert_refused(await settle(closed, 1, "set-aside"), 409, "wrong-state", "checked")
    assert_refused(await check(closed), 409, "wrong-state", "cannot become checked")


async def test_what_an_owner_said_is_sealed_and_read_by_the_organiser_alone(closed: Assembly):
    await raise_dispute(closed, "roll", 2, 2)
    path = f"{closed.api}/disputes/1"
    shown = await closed.platform.get(path, key=closed.people.keys["organiser"][0])
    assert json.loads(shown) == {"text": SAID}
    assert_refused(await closed.platform.ask("GET", path, key=STAFF), 403, "not-allowed", "key")
    everything = repr(closed.platform.contents()).encode()
    assert SAID.encode() not in everything


async def test_a_correction_of_the_roll_changes_the_quorums_whole_and_is_contested(voted: Assembly):
    await voted.organise("correct", heads=2, area_dm2=30000)
    await voted.close()
    await voted.check()
    found = await published(voted, "check.json")
    assert found["electorate"] == {"heads": 7, "area_dm2": 94000}
    assert found["quorum"] is False  # 4 of 7 heads
    assert found["contested"] == [{"kind": "late-roll-error", "heads": 2, "area_dm2": 30000}]


async def test_a_dispute_settled_while_the_check_computes_stops_it(closed: Assembly, monkeypatch: pytest.MonkeyPatch):
    await raise_dispute(closed, "proxy", 2, 2)
    await settle(closed, 1, "kept")
    closed.at(CHECKS)
    checks = closed.platform.services["checks"]
    disclose = type(checks)._disclose

    async def meanwhile(self, stored, ground):
        await raise_dispute(closed, "proxy", 3, 3)
        await settle(closed, 2, "set-aside")
        return await disclose(self, stored, ground)

    monkeypatch.setattr(type(checks), "_disclose", meanwhile)
    assert_refused(await check(closed), 409, "conflict", "meanwhile")
    assert await closed.state() == "closed"


async def test_disputes_are_taken_while_voting_goes_on_and_settled_afterwards(voted: Assembly):
    assert (await raise_dispute(voted, "impersonation", 1, 1)).status_code == 201
    assert_refused(await settle(voted, 1, "set-aside"), 409, "wrong-state", "open")
    voted.at(CLOSES + timedelta(seconds=1))
    await voted.platform.post(f"{voted.api}/close")
    assert (await settle(voted, 1, "set-aside")).status_code == 204
