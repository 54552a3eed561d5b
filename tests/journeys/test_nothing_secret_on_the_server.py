"""Registrar, trustees and owners keep their secrets: no process, file, row or line of the server's ever holds one."""

import asyncio
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from crypto.ballot import tracker
from tests import databases
from tests.journeys.memory import family, find_in_bytes, find_in_files, find_in_process, spellings
from tests.vote.assembly import Assembly, People
from tests.vote.platform import STAFF, Clock, Platform
from vote.config import Settings
from vote.credential.statement import Reissued, Why, encode_reissued
from vote.demo.household import free_port, running, tool, wait_until_up
from vote.election.ask import motion
from vote.message.rules import Kind

AREAS = (9000, 12000, 15000, 8000)
ASKS = (motion("4", "是否续聘物业服务人"),)
YES, NO = [1, 0, 0], [0, 1, 0]
VOTING = timedelta(seconds=30)
"""From preparing to closing, by the real clock."""


class Letterbox:
    """Owners' phones, for the carrier that writes into a file."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def messages(self):
        return [json.loads(line) for line in self.file.read_text().splitlines()]

    def code(self, number):
        codes = [
            each["blanks"]["code"] for each in self.messages() if (each["number"], each["kind"]) == (number, "code")
        ]
        return codes[-1]


@dataclass(frozen=True)
class Installation:
    """A server and a worker, the folder of their data, and what people reach over HTTP."""

    platform: Platform
    folder: Path
    server: int
    worker: int

    def processes(self) -> dict[str, int]:
        """Return every process of it, checking ones included."""
        started = {"server": family(self.server), "worker": family(self.worker)}
        return {f"{name} {index}": pid for name, pids in started.items() for index, pid in enumerate(pids)}

    def find(self, needles: Mapping[str, bytes]) -> dict[str, set[str]]:
        """Return what stands in each process, in the files, and in the rows of the database."""
        found = {name: find_in_process(pid, needles) for name, pid in self.processes().items()}
        kept = databases.kept_bytes(self.platform.settings.db)
        return {
            **found,
            "files": find_in_files((path for path in self.folder.rglob("*") if path.is_file()), needles),
            "database": find_in_bytes(kept, needles),
        }


@pytest.fixture
async def installation(tmp_path):
    folder, letterbox = tmp_path / "data", tmp_path / "messages.jsonl"
    folder.mkdir()
    database = databases.new(folder)
    (folder / "staff.token").write_text(STAFF)
    keys = {
        "VOTE_DB": database,
        "VOTE_DATA_KEY_FILE": str(folder / "data.key"),
        "VOTE_SIGNING_KEY_FILE": str(folder / "signing.key"),
        "VOTE_LOG_KEY_FILE": str(folder / "log.key"),
        "VOTE_STAFF_TOKEN_FILE": str(folder / "staff.token"),
    }
    tool("db", "upgrade", environment=keys)
    # Asked for as late as can be: a free port is nobody's until the server has it.
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    environment = {
        **keys,
        "VOTE_PORT": str(port),
        "VOTE_PUBLIC_URL": url,
        "VOTE_CHECKERS": "1",
        "VOTE_DEMO": "true",
        "VOTE_MESSAGES": f"file:{letterbox}",
    }
    output = folder / "server.txt"
    with (
        running(["serve"], environment, output) as server,
        running(["worker"], environment, folder / "worker.txt") as worker,
    ):
        wait_until_up(url, server, output)
        async with httpx.AsyncClient(base_url=url, timeout=60, trust_env=False) as http:
            platform = Platform(http, None, {}, Settings(db=database), Clock(), Letterbox(letterbox))
            yield Installation(platform, folder, server.pid, worker.pid)


async def wait_for(people: Assembly, state: str) -> None:
    """Return when the worker has brought the election into a state."""
    async with asyncio.timeout(90):
        while await people.state() != state:  # noqa: ASYNC110 - the worker knows nothing of this test
            await asyncio.sleep(0.2)


async def until_open(people: Assembly, closes_at: datetime) -> None:
    """Do everything that comes before the first ballot; the worker opens the polls."""
    await people.import_roll()
    opens_at = closes_at - VOTING
    times = {"opens_at": opens_at.isoformat(), "closes_at": closes_at.isoformat()}
    await people.prepare(title="DEMO 2026年业主大会", **times)
    await people.make_key()
    await people.issue_credentials()
    await people.bring_offices()
    await people.seal()
    await people.notice()
    await wait_for(people, "open")


async def reissue(people: Assembly, owner: int, number: str) -> None:
    """Let the registrars make an owner's letter anew."""
    said = encode_reissued(Reissued(people.uuid, owner, number, Why.LOST))
    path = f"{people.api}/registrar/reissued"
    await people.platform.post(path, key=people.people.registrar_key, content=said)
    people.people.numbers[owner] = number


def secrets_of(people: Assembly) -> dict[str, bytes]:
    """Return every secret that is not the server's, in every spelling."""
    found = {}
    for owner, credential in people.people.credentials.items():
        found[f"letter {owner}"] = credential.encode()
        found |= spellings(f"letter part {owner}", people.letter_secret(owner))
    for owner in people.people.parts:
        found |= spellings(f"whole key {owner}", people.secret(owner))
    for index, state in people.people.trustees.items():
        found |= spellings(f"trustee {index}, signing", state.signing_secret)
        found |= spellings(f"trustee {index}, encryption", state.encryption_secret)
        found |= spellings(f"trustee {index}, decryption", state.decryption_secret)
    return found


@pytest.mark.database
async def test_nothing_secret_is_on_the_server(installation):
    people = Assembly(installation.platform, People(AREAS, ASKS))
    closes_at = datetime.now(UTC).replace(microsecond=0) + VOTING
    await until_open(people, closes_at)
    await people.open_part(1, "000000")
    await reissue(people, 2, "ZZZZ-ZZZZ")
    ballots = [await people.cast(owner, [choice]) for owner, choice in ((1, YES), (2, NO), (3, YES), (1, NO))]

    needles = secrets_of(people)
    assert len(needles) == len(AREAS) * 7 + 3 * 6 + 3 * 3 * 6
    # What a search must find, or it would find no secret either.
    planted = {
        "staff": STAFF.encode(),
        "election": people.uuid.encode(),
        "tracker": tracker(ballots[-1]).encode(),
        "ballot": ballots[0][:200],
    }
    during = installation.find({**needles, **planted})
    assert {"server 0", "server 1", "worker 0", "worker 1", "files", "database"} <= during.keys()
    assert "staff" in during["server 0"] & during["worker 0"]
    assert "election" in during["server 0"]
    assert {"tracker", "ballot"} <= during["database"]
    assert all(found <= planted.keys() for found in during.values()), during
    assert find_in_process(os.getpid(), needles) == needles.keys()

    await wait_for(people, "closed")
    await people.organise("check", accept_disclosure=True)
    await wait_for(people, "tallied")
    assert [await people.contribute(trustee) for trustee in (1, 2)] == [False, True]
    result = json.loads(await people.platform.get(f"{people.pages}/result.json", key=None))
    assert result["cast"] == {"heads": 3, "area_dm2": sum(AREAS[:3])}
    told = [each["kind"] for each in people.platform.phones.messages()]
    assert (told.count(Kind.CODE), told.count(Kind.LETTER_REISSUED)) == (3, 1)
    assert told.count(Kind.BALLOT_ACCEPTED) == len(ballots)

    after = installation.find({**needles, **planted})
    assert all(found <= planted.keys() for found in after.values()), after
    assert "tracker" in after["database"]
