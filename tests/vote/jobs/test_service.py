import asyncio
from datetime import timedelta

from crypto.audit import audit_archive
from tests.vote.platform import CLOSES, NOON, OPENS
from vote.election.rules import State
from vote.errors import ContradictionError
from vote.jobs.service import ALIVE_SECONDS, WorkerService

SECOND = timedelta(seconds=1)


async def idle(_):
    return 0


async def test_a_worker_does_what_is_due_when_it_is_due(sealed):
    worker: WorkerService = sealed.platform.services["worker"]
    assert await worker.work_once() == 0
    await sealed.notice()
    assert await worker.work_once() == 0
    sealed.at(OPENS)
    assert await worker.work_once() == 1
    assert await sealed.state() == "open"
    assert await worker.work_once() == 0
    await sealed.cast(2, [[1, 0, 0], [1, 0, 0, 0]])
    assert await worker.work_once() == 0
    sealed.at(OPENS + timedelta(days=1))
    assert await worker.work_once() == 1
    assert sealed.platform.count("ballot_pool") == 1
    sealed.at(CLOSES - SECOND)
    assert await worker.work_once() == 0
    sealed.at(CLOSES)
    assert await worker.work_once() == 1
    assert await sealed.state() == "closed"
    assert await worker.work_once() == 0
    await sealed.check()
    assert await worker.work_once() == 1
    assert await sealed.state() == "tallied"
    assert await worker.work_once() == 0
    audit_archive(await sealed.read_archive())


async def test_a_worker_that_was_away_catches_up_in_one_round(sealed):
    """It opens and closes; counting waits for the check, which people make."""
    worker: WorkerService = sealed.platform.services["worker"]
    await sealed.notice()
    sealed.at(CLOSES + timedelta(days=1))
    assert await worker.work_once() == 2
    assert await sealed.state() == "closed"


async def test_several_workers_do_everything_once(voted):
    worker: WorkerService = voted.platform.services["worker"]
    voted.at(CLOSES)
    shown_and_closed = 2
    assert sum(await asyncio.gather(*(worker.work_once() for _ in range(3)))) == shown_and_closed
    assert await voted.state() == "closed"
    assert voted.platform.count("ballot_pool") == 1
    await voted.check()
    assert sum(await asyncio.gather(*(worker.work_once() for _ in range(3)))) == 1
    assert await voted.state() == "tallied"
    assert voted.platform.count("encrypted_tally") == 1
    audit_archive(await voted.read_archive())


async def test_several_workers_show_a_pool_once(voted):
    worker: WorkerService = voted.platform.services["worker"]
    voted.at(OPENS + timedelta(days=1))
    assert sum(await asyncio.gather(*(worker.work_once() for _ in range(3)))) == 1
    assert voted.platform.count("ballot_pool") == 1
    assert voted.platform.count("ballot_position") == 5


async def test_several_workers_open_the_polls_once(sealed):
    worker: WorkerService = sealed.platform.services["worker"]
    await sealed.notice()
    sealed.at(OPENS)
    assert sum(await asyncio.gather(*(worker.work_once() for _ in range(3)))) == 1


async def test_a_worker_that_finds_the_sum_made_already_goes_on(tallied, monkeypatch):
    worker: WorkerService = tallied.platform.services["worker"]

    async def in_state(_, state):
        return [tallied.uuid] if state is State.CHECKED else []

    monkeypatch.setattr(type(worker.rows), "in_state", in_state)
    assert await worker.work_once() == 0


async def test_a_worker_is_alive_for_half_a_minute_after_its_last_sign(platform):
    worker: WorkerService = platform.services["worker"]
    assert not await worker.is_alive()
    await worker.work_once()
    assert await worker.is_alive()
    platform.clock.now = NOON + timedelta(seconds=ALIVE_SECONDS)
    assert await worker.is_alive()
    platform.clock.now += SECOND
    assert not await worker.is_alive()
    await worker.work_once()
    assert await worker.is_alive()
    assert platform.count("worker_beat") == 1


async def test_a_failure_keeps_neither_the_worker_nor_other_elections_from_going_on(checked, monkeypatch, caplog):
    """A database that is locked for a moment, or one damaged election, must not stop what is due elsewhere."""
    monkeypatch.setattr("vote.jobs.service.PERIOD_SECONDS", 0.01)
    worker: WorkerService = checked.platform.services["worker"]
    rounds, stop = 0, asyncio.Event()

    async def in_state(_, state):
        nonlocal rounds
        if state is not State.CHECKED:
            return []
        rounds += 1
        if rounds == 1:
            raise OSError("database is locked")
        if rounds == 3:
            stop.set()
        return ["damaged", checked.uuid]

    add_up = type(worker.tallies).sum

    async def add_up_or_fail(tallies, uuid):
        if uuid == "damaged":
            raise ContradictionError("damaged")
        await add_up(tallies, uuid)

    monkeypatch.setattr(type(worker.rows), "in_state", in_state)
    monkeypatch.setattr(type(worker.tallies), "sum", add_up_or_fail)
    monkeypatch.setattr(type(worker), "deliver_once", idle)
    async with asyncio.timeout(20):
        await worker.work(stop)
    assert await checked.state() == "tallied"
    assert [record.getMessage() for record in caplog.records] == [
        "a round of due work failed",
        *["election damaged cannot be added up"] * 2,
    ]


async def test_a_worker_works_until_it_is_told_to_stop(sealed, monkeypatch):
    monkeypatch.setattr("vote.jobs.service.PERIOD_SECONDS", 0.01)
    worker: WorkerService = sealed.platform.services["worker"]
    await sealed.notice()
    stop = asyncio.Event()
    working = asyncio.create_task(worker.work(stop))
    await asyncio.sleep(0.1)
    sealed.at(OPENS)
    async with asyncio.timeout(10):
        while await sealed.state() != "open":  # noqa: ASYNC110 - the worker knows nothing of this test
            await asyncio.sleep(0.01)
        stop.set()
        await working
    stop = asyncio.Event()
    stop.set()
    await worker.work(stop)


async def test_the_logs_have_a_round_at_once_when_something_was_done(voted, monkeypatch):
    monkeypatch.setattr("vote.jobs.service.PERIOD_SECONDS", 600)
    worker: WorkerService = voted.platform.services["worker"]
    stop, states = asyncio.Event(), []

    async def look(_):
        states.append(await voted.state())
        if len(states) > 1:
            stop.set()
        return 0

    monkeypatch.setattr(type(worker), "log_once", look)
    voted.at(CLOSES)
    async with asyncio.timeout(60):
        await worker.work(stop)
    assert states == ["open", "closed"]


async def test_a_slow_carrier_holds_up_no_election(voted, monkeypatch):
    monkeypatch.setattr("vote.jobs.service.PERIOD_SECONDS", 0.01)
    worker: WorkerService = voted.platform.services["worker"]
    stop, waiting = asyncio.Event(), asyncio.Event()

    async def wait_for_ever(*_, **__):
        waiting.set()
        await stop.wait()

    monkeypatch.setattr(voted.platform.phones, "send", wait_for_ever)
    working = asyncio.create_task(worker.work(stop))
    async with asyncio.timeout(10):
        await waiting.wait()
        voted.at(CLOSES)
        while await voted.state() != "closed":  # noqa: ASYNC110 - the worker knows nothing of this test
            await asyncio.sleep(0.01)
        stop.set()
        await working


async def test_what_cannot_be_announced_keeps_no_other_election_from_it(voted, monkeypatch, caplog):
    worker: WorkerService = voted.platform.services["worker"]

    async def in_state(_, state):
        return ["damaged", voted.uuid] if state is State.OPEN else []

    announce = type(worker.announcements)._announce

    async def announce_or_fail(announcements, uuid):
        if uuid == "damaged":
            raise ContradictionError("damaged")
        return await announce(announcements, uuid)

    monkeypatch.setattr(type(worker.rows), "in_state", in_state)
    monkeypatch.setattr(type(worker.announcements), "_announce", announce_or_fail)
    assert await worker.deliver_once() == 10
    assert [record.getMessage() for record in caplog.records] == ["ballots of election damaged cannot be announced"]
