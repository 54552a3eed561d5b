"""The server dies at a random moment of casting; whoever has a receipt is counted, whoever has none casts again."""

import asyncio
import random
import time
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from crypto.audit import audit_archive
from tests.databases import find_damage
from tests.journeys.published import assert_verified, fetch
from tests.journeys.servers import counted, opened, serving

AREAS = tuple(range(8000, 8020))
ROUNDS = 3
AT_ONCE = 4


@pytest.fixture
async def assembly(_migrated, tmp_path, clock):
    async with opened(_migrated, tmp_path, clock, AREAS) as people:
        ballots = [
            (owner, await people.ballot(owner, [[1, 0, 0]]))
            for _ in range(ROUNDS)
            for owner in range(1, len(AREAS) + 1)
        ]
    return people, ballots


def children(pid):
    """Return the processes that `pid` started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            number, _, rest = stat.read_text().partition(" ")
            if int(rest.rpartition(")")[2].split()[1]) == pid:
                found.append(int(number))
    return found


def wait_until_gone(processes):
    """Return when none of the processes runs any more."""
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{pid}").exists() for pid in processes):
        assert time.monotonic() < deadline, processes
        time.sleep(0.05)


async def cast_until_death(url, ballots):
    """Cast ballots in order, a few at a time; return the receipts that came."""
    receipts, waiting = {}, iter(ballots)
    async with httpx.AsyncClient(timeout=60) as http:

        async def cast():
            for _, ballot in waiting:
                answer = await http.post(url, content=ballot, headers={"Content-Type": "application/json"})
                assert answer.status_code == 201, answer.text
                receipts[ballot] = answer.content

        with suppress(httpx.TransportError):
            await asyncio.gather(*(cast() for _ in range(AT_ONCE)))
    return receipts


async def test_every_acknowledged_ballot_survives_the_servers_death(assembly, tmp_path, clock):
    people, ballots = assembly
    seed = random.SystemRandom().randrange(2**32)
    moment = random.Random(seed)
    with serving(people.platform.settings.db, tmp_path) as server:
        started = time.monotonic()
        casting = asyncio.create_task(cast_until_death(f"{server.url}{people.api}/ballots", ballots))
        await asyncio.sleep(moment.uniform(0.03, 0.35))
        server.kill()
        receipts = await casting
        told = f"seed {seed}, killed after {time.monotonic() - started:.3f} s with {len(receipts)} receipts"
    assert find_damage(people.platform.settings.db) == [], told
    with serving(people.platform.settings.db, tmp_path) as server:
        async with httpx.AsyncClient(timeout=60) as http:
            all_receipts = {}
            for owner, ballot in ballots:
                answer = await http.post(
                    f"{server.url}{people.api}/ballots", content=ballot, headers={"Content-Type": "application/json"}
                )
                if ballot in receipts:
                    assert (answer.status_code, answer.content) == (200, receipts[ballot]), told
                assert answer.status_code in {200, 201}, told
                all_receipts[f"{owner}-{len(all_receipts)}"] = answer.content
    async with counted(people, tmp_path, clock) as after:
        archive = await after.read_archive()
        assert sorted(archive.ballots) == sorted(ballot for _, ballot in ballots), told
        audit_archive(archive)
        assert_verified(await fetch(after, tmp_path / "published", all_receipts))


def test_the_processes_that_check_ballots_die_with_their_server(assembly, tmp_path):
    people, _ = assembly
    with serving(people.platform.settings.db, tmp_path) as server:
        checking = children(server.process.pid)
        assert checking
        server.process.kill()
        server.process.wait()
        wait_until_gone(checking)
