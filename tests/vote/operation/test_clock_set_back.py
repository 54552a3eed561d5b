"""The database's clock is set back: what is over stays over, what comes first stays first, and whoever is too early waits."""

import base64
import json
from datetime import timedelta

import pytest

from crypto.archive_reader import read_archive
from crypto.audit import audit_archive
from tests.databases import connect
from tests.vote.assembly import Assembly, People
from tests.vote.conftest import AREAS, ASKS, NO, YES
from tests.vote.platform import CHECKS, CLOSES, NOON, OPENS, Platform, assert_refused
from vote.ballot.models import BallotIntake
from vote.ballot.rules import Promise, decode_promise
from vote.ballot.service import BallotService
from vote.election.store import ElectionStore
from vote.jobs.service import ALIVE_SECONDS, WorkerService
from vote.operation.health import Health

CHOICES, OTHERS = [YES, [1, 0, 0, 0]], [NO, [0, 1, 0, 0]]
SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
TOO_LATE = "this ballot is too late"


def _worker(assembly: Assembly) -> WorkerService:
    worker: WorkerService = assembly.platform.services["worker"]
    return worker


def _ballots(assembly: Assembly) -> BallotService:
    ballots: BallotService = assembly.platform.services["ballots"]
    return ballots


def _ended(assembly: Assembly) -> object:
    with connect(assembly.platform.settings.db) as connection:
        [(ended,)] = connection.execute("SELECT ended_at FROM election")
    return ended


async def test_between_notice_and_opening_nothing_opens_early_and_no_notice_is_given_twice(sealed: Assembly) -> None:
    await sealed.notice()
    before = sealed.platform.contents()
    sealed.at(NOON - 30 * DAY)
    assert await _worker(sealed).elections.open_due() == []
    answer = await sealed.platform.ask("POST", f"{sealed.api}/open")
    assert_refused(answer, 409, "wrong-state", "Voting opens at 2026-12-20 00:00:00 UTC.")
    assert (await sealed.platform.ask("POST", f"{sealed.api}/notice")).status_code == 409
    assert sealed.platform.contents() == before
    sealed.at(OPENS)
    assert await _worker(sealed).elections.open_due() == [sealed.uuid]


async def test_ballots_keep_their_order_and_the_last_one_counts(opened: Assembly) -> None:
    first = await opened.ballot(1, OTHERS)
    earlier = await opened.send(first)
    opened.at(OPENS + MINUTE)
    second = await opened.ballot(1, CHOICES)
    later = await opened.send(second)
    promises = [_promise(answer.content) for answer in (earlier, later)]
    assert [promise.sequence for promise in promises] == [1, 2]
    assert promises[1].received_at < promises[0].received_at
    again = await opened.send(first)
    assert (again.status_code, again.content) == (200, earlier.content)
    await opened.close()
    await opened.check()
    archive = read_archive(await opened.archive())
    assert archive.ballots == (first, second)
    audit_archive(archive)
    found = await opened.platform.ask("GET", f"{opened.api}/ballot", key=None, params={"tracker": promises[1].tracker})
    assert found.json() == {"sequence": 2, "effective": True, "count": 2, "set_aside": False}


async def test_before_opening_by_the_clock_a_ballot_waits_and_none_is_lost(voted: Assembly) -> None:
    ballot = await voted.ballot(4, CHOICES)
    before = voted.platform.contents()
    voted.at(OPENS - SECOND)
    assert_refused(await voted.send(ballot), 409, "polls-not-open", "cast the ballot then")
    assert voted.platform.contents() == before
    voted.at(OPENS + HOUR)
    assert (await voted.send(ballot)).status_code == 201


async def test_whoever_came_too_late_is_not_in_time_when_the_clock_is_set_back(voted: Assembly) -> None:
    """Without a worker nobody has closed the box yet; the refusal itself is what is remembered."""
    ballot = await voted.ballot(4, CHOICES)
    assert _ended(voted) is None
    voted.at(CLOSES + SECOND)
    assert_refused(await voted.send(ballot), 409, "polls-closed", TOO_LATE)
    ended = _ended(voted)
    assert ended is not None
    voted.at(CLOSES - HOUR)
    for late in (ballot, await voted.ballot(2, OTHERS)):
        assert_refused(await voted.send(late), 409, "polls-closed", TOO_LATE)
    assert (await voted.send_code(3)).json()["reason"] == "polls-closed"
    assert _ended(voted) == ended
    # The box is closed at once, by worker or staff, and not before its time.
    assert await _ballots(voted).close_due() == [voted.uuid]
    assert (await voted.show())["state"] == "closed"


async def test_a_box_that_had_to_wait_is_not_open_again(voted: Assembly) -> None:
    """A ballot is being checked at the end: closing waits, and the clock is set back meanwhile."""
    ballot = await voted.ballot(4, CHOICES)
    note = await BallotIntake.create(election_id=voted.uuid, received_at=CLOSES - SECOND)
    voted.at(CLOSES)
    assert await _worker(voted).ballots.close_due() == []
    voted.at(CLOSES - 10 * MINUTE)
    assert_refused(await voted.send(ballot), 409, "polls-closed", TOO_LATE)
    assert await _ballots(voted).close_due() == []
    await note.delete()
    assert await _ballots(voted).close_due() == [voted.uuid]


async def test_voting_that_was_over_is_not_extended(platform: Platform) -> None:
    assembly = Assembly(platform, People(AREAS, ASKS))
    await assembly.import_roll()
    await assembly.prepare(extension={"times": 1, "latest": (CLOSES + DAY).isoformat()})
    await assembly.make_key()
    await assembly.issue_credentials()
    await assembly.bring_offices()
    await assembly.seal()
    await assembly.open()
    assembly.at(CLOSES)
    await ElectionStore().end(assembly.uuid, CLOSES)
    assembly.at(CLOSES - HOUR)
    answer = await platform.ask(
        "POST",
        f"{assembly.api}/extend",
        key=assembly.people.keys["organiser"][0],
        json={"closes_at": (CLOSES + DAY).isoformat()},
    )
    assert_refused(answer, 409, "wrong-state", "Voting is over")


async def test_a_closed_box_stays_closed_and_disputes_run_as_long_as_they_should(closed: Assembly) -> None:
    ballot = await closed.ballot(2, OTHERS)
    before = closed.platform.contents()
    for back in (CLOSES - SECOND, OPENS, OPENS - DAY):
        closed.at(back)
        assert_refused(await closed.send(ballot), 409, "polls-closed", TOO_LATE)
        for path in ("open", "close", "notice"):
            assert (await closed.platform.ask("POST", f"{closed.api}/{path}")).status_code == 409
        assert await _ballots(closed).close_due() == []
        answer = await closed.platform.ask(
            "POST", f"{closed.api}/check", key=closed.people.keys["organiser"][0], json={"accept_disclosure": True}
        )
        assert answer.status_code == 409
    assert closed.platform.contents() == before
    closed.at(CHECKS)
    await closed.check()


async def test_the_operator_is_told_and_a_sign_of_life_from_the_future_is_none(
    voted: Assembly, caplog: pytest.LogCaptureFixture
) -> None:
    worker = _worker(voted)
    await worker.work_once()
    assert await worker.is_alive()
    voted.at(voted.platform.clock.now - HOUR)
    assert not await worker.is_alive()
    await worker.work_once()
    assert "the database's clock was set back by 3600 seconds" in caplog.text
    assert await worker.is_alive()
    caplog.clear()
    voted.at(voted.platform.clock.now - timedelta(seconds=ALIVE_SECONDS))
    await worker.work_once()
    assert caplog.text == ""


async def test_health_takes_no_sign_from_the_future(voted: Assembly, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vote.operation.health.database_now", voted.platform.clock)
    health: Health = voted.platform.services["health"]
    await _worker(voted).work_once()
    assert [each.what for each in await health.troubles()] == []
    voted.at(voted.platform.clock.now - HOUR)
    assert [each.what for each in await health.troubles()] == ["worker"]


def _promise(receipt: bytes) -> Promise:
    return decode_promise(base64.b64decode(json.loads(receipt)["promise"]))
