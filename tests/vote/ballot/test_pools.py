"""Ballots are shown pool by pool; the box is closed with the list of all of them."""

import json
from datetime import timedelta
from typing import Any

import pytest

from crypto.ballot import tracker
from crypto.commitment import commit
from crypto.encoding import hex_digest
from tests.vote.assembly import ESTATE, Assembly
from tests.vote.conftest import VOTES
from tests.vote.platform import CLOSES, OPENS, assert_refused
from vote.ballot.models import Ballot, BallotPosition, BallotSalt
from vote.log.store import LogStore

FEW = [[1, 0, 0], [1, 1, 0, 0]]


async def _turnout(assembly: Assembly) -> tuple[int, int]:
    shown = (await assembly.platform.ask("GET", f"{assembly.api}/turnout")).json()
    return shown["heads_permille"], shown["area_permille"]


async def _release(assembly: Assembly) -> int:
    return await assembly.platform.services["ballots"].release_due()


async def test_a_ballot_is_not_shown_before_its_pool(voted: Assembly):
    assert await _release(voted) == 0
    assert await _turnout(voted) == (0, 0)
    voted.at(OPENS + timedelta(hours=13))  # nine in the evening in China, eight has passed
    assert await _release(voted) == 1
    assert await _turnout(voted) == (800, 875)  # 4 of 5 heads, 560 of 640 m2
    assert await _release(voted) == 0


async def test_nobody_waits_longer_than_a_day(opened: Assembly):
    await opened.cast(1, FEW)
    opened.at(OPENS + timedelta(hours=24, minutes=59))
    assert await _release(opened) == 0
    opened.at(OPENS + timedelta(hours=25))
    assert await _release(opened) == 1
    assert await _turnout(opened) == (200, 140)  # 90 of 640 m2


async def test_an_owners_ballots_in_two_pools_keep_their_order(opened: Assembly):
    first = await opened.cast(1, FEW)
    opened.at(OPENS + timedelta(hours=26))
    assert await _release(opened) == 1
    second = await opened.cast(1, FEW)
    await opened.close()
    box = json.loads(await opened.platform.get(f"{opened.pages}/box.json", key=None))
    assert box == {"version": 1, "election": opened.uuid, "trackers": [tracker(first), tracker(second)]}
    assert opened.platform.count("ballot_pool") == 2


async def test_the_log_binds_the_box_when_voting_ends(voted: Assembly):
    assert_refused(
        await voted.platform.ask("GET", f"{voted.pages}/box.json", key=None), 404, "not-found", "when voting has ended"
    )
    await voted.close()
    box = await voted.platform.get(f"{voted.pages}/box.json", key=None)
    assert len(json.loads(box)["trackers"]) == len(VOTES)
    rows = voted.platform.contents()["log_pending_entry"]
    entries = [json.loads(value) for row in rows for value in row if isinstance(value, bytes)]
    (closed,) = [entry for entry in entries if entry["kind"] == "election:closed"]
    assert (closed["ballots"], closed["box"]) == (5, hex_digest(box))


async def test_the_archive_holds_ballots_only_once_they_are_checked(closed: Assembly):
    assert (await closed.read_archive()).ballots == ()
    assert_refused(
        await closed.platform.ask("GET", f"{closed.pages}/set-aside.json", key=None), 404, "not-found", "checked"
    )
    await closed.check()
    box = json.loads(await closed.platform.get(f"{closed.pages}/box.json", key=None))
    assert [tracker(ballot) for ballot in (await closed.read_archive()).ballots] == box["trackers"]
    set_aside = json.loads(await closed.platform.get(f"{closed.pages}/set-aside.json", key=None))
    assert set_aside["set_aside"] == []


async def test_a_pool_that_is_due_after_closing_is_shown_by_closing(voted: Assembly):
    voted.at(CLOSES)
    await voted.platform.post(f"{voted.api}/close")
    assert await _release(voted) == 0
    assert voted.platform.count("ballot_position") == 5


async def _told(assembly: Assembly) -> list[dict[str, Any]]:
    entries = [json.loads(body) for body in await LogStore().bodies(ESTATE)]
    return [entry for entry in entries if entry["kind"] == "ballot:accepted"]


async def test_the_log_has_a_ballot_with_its_pool_and_commits_to_how_it_came(voted: Assembly) -> None:
    assert await _told(voted) == []
    voted.at(OPENS + timedelta(hours=13))
    assert await _release(voted) == 1
    told = await _told(voted)
    contents = voted.platform.contents()
    trackers = {row[0]: row for row in await Ballot.all().values_list("id", "tracker")}
    places = await BallotPosition.all().order_by("position").values_list("ballot_id", flat=True)
    salts = dict(await BallotSalt.all().values_list("ballot_id", "salt"))
    said = b'{"batch":"","channel":"phone","operators":[],"photo":"","serial":""}'
    assert told == [
        {
            "version": 1,
            "kind": "ballot:accepted",
            "election": voted.uuid,
            "tracker": trackers[ballot][1],
            "commitment": commit("ballot/intake/1", bytes(salts[ballot]), said).hex(),
        }
        for ballot in places
    ]
    assert len(told) == len(contents["ballot"])
    assert len({bytes(salt) for salt in salts.values()}) == len(told)


async def test_a_pool_that_cannot_be_logged_is_not_shown(voted: Assembly, monkeypatch: pytest.MonkeyPatch) -> None:
    voted.at(OPENS + timedelta(hours=13))
    before = voted.platform.contents()

    async def fail(*_: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(LogStore, "append_all", fail)
        with pytest.raises(OSError, match="disk full"):
            await _release(voted)
    assert voted.platform.contents() == before
    assert await _release(voted) == 1
