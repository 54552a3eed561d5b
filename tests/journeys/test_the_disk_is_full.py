"""The disk of a running server is full while ballots are cast: nobody holds a receipt in vain, and with room it goes on by itself."""

from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pytest

from crypto.audit import audit_archive
from tests import databases
from tests.databases import find_damage
from tests.full_disk import full_for, full_in
from tests.journeys.published import assert_verified, fetch
from tests.journeys.servers import Server, counted, opened, serving
from tests.vote.assembly import Assembly
from tests.vote.platform import Clock

AREAS = tuple(range(8000, 8012))
ROOM = 300_000
"""Bytes of SQLite's journal, which some ballots fit into."""
JSON = {"Content-Type": "application/json"}


@pytest.fixture
async def assembly(_migrated: str, tmp_path: Path, clock: Clock) -> tuple[Assembly, list[bytes]]:
    async with opened(_migrated, tmp_path, clock, AREAS) as people:
        return people, [await people.ballot(owner, [[1, 0, 0]]) for owner in range(1, len(AREAS) + 1)]


def full(server: Server, database: str) -> AbstractContextManager[None]:
    """Leave the server little room or none."""
    return full_for(server.process.pid, ROOM) if databases.SQLITE else full_in(database, "ballot")


def told_by_servers(folder: Path) -> str:
    """Return the journals of all servers."""
    return "".join(path.read_text() for path in folder.glob("server-*.txt"))


async def test_the_disk_is_full(assembly: tuple[Assembly, list[bytes]], tmp_path: Path, clock: Clock) -> None:
    people, ballots = assembly
    database = people.platform.settings.db
    receipts: dict[bytes, bytes] = {}
    with serving(database, tmp_path) as server:
        async with httpx.AsyncClient(timeout=60) as http:

            async def send(ballot: bytes) -> httpx.Response:
                return await http.post(f"{server.url}{people.api}/ballots", content=ballot, headers=JSON)

            first, *others = ballots
            receipts[first] = (await send(first)).content
            with full(server, database):
                for ballot in others:
                    answer = await send(ballot)
                    if answer.status_code == 201:
                        receipts[ballot] = answer.content
                        continue
                    assert (answer.status_code, answer.json()["detail"]) == (503, "Try again in a minute.")
                    assert answer.headers["retry-after"] == "30"
                refused = set(ballots) - receipts.keys()
                assert refused
                # Nothing need be written for whoever asks again.
                assert (await send(first)).status_code in {200, 503}
            assert "the database cannot be used: its disk " in told_by_servers(tmp_path)
            assert find_damage(database) == []
            # With room again the same server goes on.
            for ballot in ballots:
                answer = await send(ballot)
                assert answer.status_code == (201 if ballot in refused else 200), answer.text
                assert receipts.setdefault(ballot, answer.content) == answer.content
    async with counted(people, tmp_path, clock) as after:
        archive = await after.read_archive()
        assert sorted(archive.ballots) == sorted(ballots)
        audit_archive(archive)
        kept = {f"owner-{number}": receipt for number, receipt in enumerate(receipts.values(), start=1)}
        assert_verified(await fetch(after, tmp_path / "published", kept))
