"""Two servers on one database, at the end of voting: owners cast at both until they are refused, staff close at both."""

import asyncio
import base64
import itertools
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from tests.journeys.published import assert_verified, fetch
from tests.journeys.servers import counted, opened, serving
from tests.vote.platform import STAFF
from vote.ballot.rules import decode_promise

AREAS = tuple(range(8000, 8012))
ROUNDS = 4
HOURS = timedelta(seconds=8)
"""Voting is over so soon after preparing has begun."""
BEFORE = timedelta(seconds=1)
"""Owners come so late."""
JSON = {"Content-Type": "application/json"}


@pytest.fixture
async def assembly(_migrated, tmp_path, clock):
    closes_at = datetime.now(UTC) + HOURS
    async with opened(_migrated, tmp_path, clock, AREAS, HOURS) as people:
        owners = [owner for _ in range(ROUNDS) for owner in range(1, len(AREAS) + 1)]
        ballots = [(owner, await people.ballot(owner, [[1, 0, 0]])) for owner in owners]
    return people, ballots, closes_at


async def test_two_processes_close_at_once(assembly, tmp_path, clock):
    people, ballots, closes_at = assembly
    database = people.platform.settings.db
    promised, refused = {}, set()
    with serving(database, tmp_path) as one, serving(database, tmp_path) as other:
        servers = itertools.cycle([one.url, other.url])
        async with httpx.AsyncClient(timeout=60) as http:

            async def cast(waiting):
                for owner, ballot in waiting:
                    answer = await http.post(f"{next(servers)}{people.api}/ballots", content=ballot, headers=JSON)
                    if answer.status_code == 201:
                        number = decode_promise(base64.b64decode(answer.json()["promise"])).sequence
                        promised[f"{owner}-{number}"] = ballot, answer.content
                    else:
                        assert (answer.status_code, answer.json()["reason"]) == (409, "polls-closed"), answer.text
                        refused.add(ballot)

            async def close(server):
                headers = {"Authorization": f"Bearer {STAFF}"}
                while True:
                    answer = await http.post(f"{server.url}{people.api}/close", headers=headers)
                    if answer.is_success or "closed" in answer.json()["detail"]:
                        return answer.is_success
                    assert answer.status_code == 409, answer.text
                    await asyncio.sleep(0.02)

            await asyncio.sleep(max(0, (closes_at - BEFORE - datetime.now(UTC)).total_seconds()))
            waiting = iter(ballots)
            *_, first, second = await asyncio.gather(*(cast(waiting) for _ in range(4)), close(one), close(other))
    assert sorted([first, second]) == [False, True]
    async with counted(people, tmp_path, clock, closed=True) as after:
        archive = await after.read_archive()
        assert sorted(archive.ballots) == sorted(ballot for ballot, _ in promised.values())
        assert not refused & set(archive.ballots)
        receipts = {name: receipt for name, (_, receipt) in promised.items()}
        assert_verified(await fetch(after, tmp_path / "published", receipts))
