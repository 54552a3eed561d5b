"""Ballots that are put into the box while it closes: each is counted or refused, none is promised a place and lost.

On PostgreSQL both happen at the same time, each in its transaction; in SQLite one waits for the other.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.vote.assembly import Assembly
from tests.vote.conftest import YES
from tests.vote.platform import CLOSES, assert_refused
from vote.ballot.checking import BallotChecker
from vote.ballot.service import BallotService
from vote.ballot.store import BallotStore
from vote.election.store import ElectionStore

MOMENT, GRACE = timedelta(microseconds=1), timedelta(seconds=60)
CHOICES = [YES, [1, 0, 0, 0]]
LONG = 0.3
"""Seconds in which whoever does not have to wait is done."""
OWNERS, EACH = 5, 3
CLOSE_TO = 0.03
"""Seconds within which ballots are put and the box closes."""


class Held:
    """Lets everybody who has done one thing wait until the test lets them go."""

    def __init__(self, patch: pytest.MonkeyPatch, actor: type, name: str) -> None:
        self.begun, self.go = asyncio.Event(), asyncio.Event()
        self.waiting = asyncio.Semaphore(0)
        act: Callable[..., Awaitable[Any]] = getattr(actor, name)

        async def held(*arguments: Any, **named: Any) -> Any:
            done = await act(*arguments, **named)
            self.waiting.release()
            self.begun.set()
            await self.go.wait()
            return done

        patch.setattr(actor, name, held)


async def close(assembly: Assembly) -> None:
    """Close the box when ballots that are still being checked are not waited for any more."""
    ballots: BallotService = assembly.platform.services["ballots"]
    assembly.at(CLOSES + GRACE)
    await ballots.close(assembly.uuid)


async def test_the_box_does_not_close_over_a_ballot_that_is_being_put_into_it(
    opened: Assembly, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would wait for the ballot's note of intake, and the ballot for the row of the election: a deadlock."""
    put = Held(monkeypatch, BallotStore, "end_intake")
    ballot = await opened.ballot(2, CHOICES)
    opened.at(CLOSES - MOMENT)
    casting = asyncio.create_task(opened.send(ballot))
    await put.begun.wait()
    closing = asyncio.create_task(close(opened))
    await asyncio.wait({closing}, timeout=LONG)
    assert not closing.done()
    put.go.set()
    assert (await casting).status_code == 201
    await closing
    await opened.check()
    assert (await opened.read_archive()).ballots == (ballot,)


async def test_no_ballot_is_put_into_a_box_that_is_closing(opened: Assembly, monkeypatch: pytest.MonkeyPatch) -> None:
    checked, closed = Held(monkeypatch, BallotChecker, "credential_of"), Held(monkeypatch, ElectionStore, "close")
    ballot = await opened.ballot(2, CHOICES)
    opened.at(CLOSES - MOMENT)
    casting = asyncio.create_task(opened.send(ballot))
    await checked.begun.wait()
    closing = asyncio.create_task(close(opened))
    await closed.begun.wait()
    checked.go.set()
    await asyncio.wait({casting}, timeout=LONG)
    assert not casting.done()
    closed.go.set()
    await closing
    assert_refused(await casting, 409, "polls-closed", "too late")
    assert opened.platform.count("ballot") == 0


async def test_whoever_is_promised_a_place_is_in_the_archive(opened: Assembly, monkeypatch: pytest.MonkeyPatch) -> None:
    seed = random.SystemRandom().randrange(2**32)
    moments = random.Random(seed)
    checked = Held(monkeypatch, BallotChecker, "credential_of")
    ballots = [await opened.ballot(1 + number % OWNERS, CHOICES) for number in range(OWNERS * EACH)]

    async def at_some_moment(act: Callable[[], Awaitable[Any]]) -> Any:
        await checked.go.wait()
        await asyncio.sleep(moments.uniform(0, CLOSE_TO))
        return await act()

    put = BallotService._put
    monkeypatch.setattr(BallotService, "_put", lambda *values, **more: at_some_moment(lambda: put(*values, **more)))
    opened.at(CLOSES - MOMENT)
    casting = [asyncio.create_task(opened.send(ballot)) for ballot in ballots]
    for _ in ballots:
        await checked.waiting.acquire()
    closing = asyncio.create_task(at_some_moment(lambda: close(opened)))
    checked.go.set()
    answers = await asyncio.gather(*casting)
    await closing
    promised = [ballot for ballot, answer in zip(ballots, answers, strict=True) if answer.status_code == 201]
    assert {answer.status_code for answer in answers} <= {201, 409}, f"seed {seed}"
    await opened.check()
    assert sorted((await opened.read_archive()).ballots) == sorted(promised), f"seed {seed}"
