"""The box closes at its time, waits for what came in time, and its ballots are published in an order drawn by lot."""

import asyncio
import base64
import json
from datetime import timedelta

import pytest

from crypto.audit import audit_archive
from crypto.encoding import hex_digest
from tests.strategies import seeded
from tests.vote.assembly import ESTATE
from tests.vote.conftest import VOTES, YES
from tests.vote.platform import CLOSES, assert_refused
from vote.ballot.models import Ballot, BallotIntake
from vote.ballot.rules import decode_promise
from vote.ballot.service import BallotService
from vote.ballot.store import BallotStore
from vote.election.store import ElectionStore
from vote.errors import RefusedError
from vote.log.store import LogStore

MOMENT, SECOND = timedelta(microseconds=1), timedelta(seconds=1)
CHOICES = [YES, [1, 0, 0, 0]]


async def test_the_box_is_closed_by_staff_or_worker_at_its_time(voted):
    voted.at(CLOSES - MOMENT)
    answer = await voted.platform.ask("POST", f"{voted.api}/close")
    assert_refused(answer, 409, "wrong-state", "Voting goes on until 2026-12-30 10:00:00 UTC")
    ballots: BallotService = voted.platform.services["ballots"]
    assert await ballots.close_due() == []
    voted.at(CLOSES)
    assert await ballots.close_due() == [voted.uuid]
    assert await ballots.close_due() == []
    assert await voted.state() == "closed"
    entries = [json.loads(body) for body in await LogStore().bodies(ESTATE)]
    box = await voted.platform.get(f"{voted.pages}/box.json", key=None)
    assert entries[-2:] == [
        {"version": 1, "kind": "pool:released", "election": voted.uuid, "pool": 1, "ballots": 5},
        {"version": 1, "kind": "election:closed", "election": voted.uuid, "ballots": 5, "box": hex_digest(box)},
    ]


async def test_the_archive_holds_every_ballot_in_an_order_that_keeps_each_owners_own(opened):
    cast = [await opened.cast(owner, CHOICES) for owner in (1, 2, 1, 3, 5, 1, 2, 5)]
    await opened.close()
    await opened.check()
    archive = await opened.read_archive()
    assert archive.ended
    assert sorted(archive.ballots) == sorted(cast)

    def of_owner(ballots, secret):
        public = json.loads(cast[secret])["credential"]
        return [ballot for ballot in ballots if json.loads(ballot)["credential"] == public]

    for first in (0, 1, 3, 4):
        assert of_owner(archive.ballots, first) == of_owner(cast, first)
    audit_archive(archive)


async def test_the_order_of_the_archive_is_drawn_by_lot(voted):
    """Five ballots of which two are one owner's have 60 orders; that four draws are all alike happens once in 216,000."""
    drawn = set()
    accepted = [number for number, _ in await BallotStore().unplaced(voted.uuid)]
    for seed in range(4):
        object.__setattr__(voted.platform.services["ballots"], "rng", seeded(seed))
        ballots: BallotService = voted.platform.services["ballots"]
        voted.at(CLOSES)
        placed = []

        async def release(_, __, order, ___, placed=placed):
            placed.extend(order)
            raise InterruptedError

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(BallotStore, "release", release)
            with pytest.raises(InterruptedError):
                await ballots.close(voted.uuid)
        assert sorted(placed) == accepted
        drawn.add(tuple(placed))
    assert len(accepted) == len(VOTES)
    assert len(drawn) > 1
    assert await voted.state() == "open"


async def test_an_empty_box_closes_too(opened):
    await opened.close()
    box = json.loads(await opened.platform.get(f"{opened.pages}/box.json", key=None))
    assert box == {"version": 1, "election": opened.uuid, "trackers": []}
    assert opened.platform.count("ballot_pool") == 0
    await opened.check()
    archive = await opened.read_archive()
    assert (archive.ballots, archive.ended) == ((), True)


async def test_more_ballots_than_a_page_are_all_published(opened, monkeypatch):
    monkeypatch.setattr("vote.ballot.store.PAGE", 3)
    for count in range(6):
        await opened.cast(1 + count % 5, CHOICES)
    await opened.close()
    await opened.check()
    assert len((await opened.read_archive()).ballots) == 6


class Slow:
    """Lets the check of one ballot wait until the test lets it go."""

    def __init__(self, patch):
        self.begun, self.go = asyncio.Event(), asyncio.Event()
        patch.setattr("vote.ballot.checking.BallotChecker.credential_of", self._wait)

    async def _wait(self, _, ballot):
        self.begun.set()
        await self.go.wait()
        return str(json.loads(ballot)["credential"])


@pytest.fixture
def slow(monkeypatch):
    return Slow(monkeypatch)


async def test_closing_waits_for_a_ballot_that_is_being_checked(opened, slow):
    ballots: BallotService = opened.platform.services["ballots"]
    ballot = await opened.ballot(2, CHOICES)
    opened.at(CLOSES - MOMENT)
    casting = asyncio.create_task(opened.send(ballot))
    await slow.begun.wait()
    for late in (timedelta(0), 59 * SECOND):
        opened.at(CLOSES + late)
        with pytest.raises(RefusedError, match="1 ballots that came in time"):
            await ballots.close(opened.uuid)
        assert await ballots.close_due() == []
    slow.go.set()
    answer = await casting
    assert answer.status_code == 201
    promise = decode_promise(base64.b64decode(answer.json()["promise"]))
    assert promise.received_at == "2026-12-30T09:59:59.999Z"
    await ballots.close(opened.uuid)
    await opened.check()
    assert (await opened.read_archive()).ballots == (ballot,)


async def test_closing_waits_no_longer_than_a_minute(opened, slow):
    ballots: BallotService = opened.platform.services["ballots"]
    ballot = await opened.ballot(2, CHOICES)
    opened.at(CLOSES - MOMENT)
    casting = asyncio.create_task(opened.send(ballot))
    await slow.begun.wait()
    opened.at(CLOSES + 60 * SECOND)
    await ballots.close(opened.uuid)
    slow.go.set()
    assert_refused(await casting, 409, "polls-closed", "too late")
    await opened.check()
    assert (await opened.read_archive()).ballots == ()
    assert opened.platform.count("ballot") == 0
    assert opened.platform.count("ballot_intake") == 0


async def test_a_note_left_by_a_dead_process_does_not_count_for_ever(voted):
    ballots: BallotService = voted.platform.services["ballots"]
    await BallotIntake.create(election_id=voted.uuid, received_at=CLOSES - 61 * SECOND)
    voted.at(CLOSES)
    await ballots.close(voted.uuid)
    assert await voted.state() == "closed"


async def test_a_note_of_another_election_holds_up_nothing(voted):
    first = voted.uuid
    await voted.prepare()
    await BallotIntake.create(election_id=voted.uuid, received_at=CLOSES - MOMENT)
    voted.at(CLOSES)
    await voted.platform.services["ballots"].close(first)


async def test_a_close_that_cannot_be_logged_does_not_happen(voted, monkeypatch):
    async def fail(*_):
        raise OSError("disk full")

    voted.at(CLOSES)
    await ElectionStore().end(voted.uuid, CLOSES)
    before = voted.platform.contents()
    monkeypatch.setattr(LogStore, "append", fail)
    with pytest.raises(OSError, match="disk full"):
        await voted.platform.services["ballots"].close(voted.uuid)
    assert voted.platform.contents() == before


async def test_whoever_closes_second_finds_it_done(voted):
    voted.at(CLOSES)
    ballots: BallotService = voted.platform.services["ballots"]
    outcomes = await asyncio.gather(*(ballots.close(voted.uuid) for _ in range(3)), return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType", "RefusedError", "RefusedError"]
    assert voted.platform.count("ballot_position") == len(VOTES)
    assert voted.platform.count("ballot_pool") == 1


async def test_no_moment_of_casting_leaves_the_box(voted):
    await voted.close()
    await voted.check()
    times = [row.received_at.strftime(form).encode() for row in await Ballot.all() for form in ("%Y-%m-%d", "%s")]
    public = [await voted.archive(), await voted.platform.get(f"{voted.pages}/box.json", key=None)]
    assert not [text for text in times for data in public if text in data]
