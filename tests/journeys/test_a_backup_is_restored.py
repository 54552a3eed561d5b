"""The disk breaks while ballots are cast: the copy says so, and what was acknowledged before its backup is in it."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from crypto.audit import audit_archive
from tests import databases
from tests.journeys.published import assert_verified, fetch
from tests.journeys.servers import counted, opened, serving
from tests.vote.assembly import Assembly
from tests.vote.platform import Clock

AREAS = tuple(range(8000, 8008))
ROUNDS = 3
Ballots = Sequence[bytes]


@pytest.fixture
async def assembly(_migrated: str, tmp_path: Path, clock: Clock) -> tuple[Assembly, Ballots]:
    async with opened(_migrated, tmp_path, clock, AREAS) as people:
        owners = range(1, len(AREAS) + 1)
        return people, [await people.ballot(owner, [[1, 0, 0]]) for _ in range(ROUNDS) for owner in owners]


def operate(database: str, folder: Path, *arguments: str) -> str:
    """Type `vote db` with the keys in `folder`; what it printed."""
    environment = os.environ | {
        "VOTE_DB": database,
        "VOTE_DATA_KEY_FILE": str(folder / "data.key"),
        "VOTE_SIGNING_KEY_FILE": str(folder / "signing.key"),
        "VOTE_LOG_KEY_FILE": str(folder / "log.key"),
        "VOTE_STAFF_TOKEN_FILE": str(folder / "staff.token"),
    }
    command = [sys.executable, "-m", "vote", "db", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


async def send(http: httpx.AsyncClient, url: str, ballot: bytes) -> httpx.Response:
    return await http.post(url, content=ballot, headers={"Content-Type": "application/json"})


async def cast_until_death(url: str, ballots: Ballots, receipts: dict[bytes, bytes], begun: asyncio.Event) -> None:
    """Cast one ballot after the other; keep the receipts."""
    async with httpx.AsyncClient(timeout=60) as http:
        with suppress(httpx.TransportError):
            for ballot in ballots:
                answer = await send(http, url, ballot)
                assert answer.status_code == 201, answer.text
                receipts[ballot] = answer.content
                begun.set()


@pytest.mark.drill
async def test_a_copy_holds_what_was_acknowledged_before_its_backup(
    assembly: tuple[Assembly, Ballots], tmp_path: Path, clock: Clock
) -> None:
    people, ballots = assembly
    database, path = people.platform.settings.db, f"{people.api}/ballots"
    receipts: dict[bytes, bytes] = {}
    begun = asyncio.Event()
    with serving(database, tmp_path) as server:
        casting = asyncio.create_task(cast_until_death(f"{server.url}{path}", ballots, receipts, begun))
        await begun.wait()
        before = dict(receipts)
        await asyncio.to_thread(operate, database, tmp_path, "backup", "--out", f"{tmp_path}/backup")
        server.kill()
        await casting
    (tmp_path / "new").mkdir()
    copy = databases.new(tmp_path / "new")
    operate(database, tmp_path, "restore", f"{tmp_path}/backup", "--into", copy)
    checked = json.loads(operate(copy, tmp_path, "check", "--json"))
    assert checked["sound"], checked
    held = checked["checked"]["ballots"]
    assert len(before) <= held <= len(receipts) + 1
    with serving(copy, tmp_path) as server:
        async with httpx.AsyncClient(timeout=60) as http:
            refused = await send(http, f"{server.url}{path}", ballots[0])
            assert (refused.status_code, refused.json()["reason"]) == (503, "restored-copy")
            assert people.uuid in operate(copy, tmp_path, "adopt", "--reason", "the disk broke")
            answers = [await send(http, f"{server.url}{path}", ballot) for ballot in ballots]
    known = [ballot for ballot, answer in zip(ballots, answers, strict=True) if answer.status_code == 200]
    assert len(known) == held
    assert before.keys() <= set(known)
    assert all(
        answer.content == receipts[ballot]
        for ballot, answer in zip(ballots, answers, strict=True)
        if ballot in known and ballot in receipts
    )
    people.platform = replace(people.platform, settings=people.platform.settings.model_copy(update={"db": copy}))
    async with counted(people, tmp_path, clock) as after:
        archive = await after.read_archive()
        assert sorted(archive.ballots) == sorted(ballots)
        audit_archive(archive)
        kept = {f"owner-{number}": answer.content for number, answer in enumerate(answers)}
        assert_verified(await fetch(after, tmp_path / "published", kept))
