"""What signs and watches logs on an open database, as an installation has it, for tests with several databases."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx

from crypto.note import encode_verifier_key
from tests.vote.witness.programs import WitnessProgram
from vote.db import database_now, open_database
from vote.errors import ContradictionError
from vote.estate.service import EstateService
from vote.estate.store import EstatePlace, EstateStore
from vote.log.continuing import Continuing
from vote.log.gate import Gate
from vote.log.keys import LogKeys
from vote.log.log_store import LogRows, StoredLog
from vote.log.policy import read_policy
from vote.log.publishing import Publisher
from vote.log.rules import Kind
from vote.log.sequencing import Sequencer
from vote.log.store import LogStore
from vote.log.tree_store import TreeStore
from vote.log.watching import Watching
from vote.log.witness_store import WitnessStore
from vote.log.witnessing import Witnesses

NOON = datetime(2026, 12, 1, 4, tzinfo=UTC)
UUID = "AAAAAAAAAAAAAAAAA2"
KEYS = LogKeys(b"k" * 32, "vote.example")
ORIGIN = KEYS.origin("e1", 1)


@dataclass
class Folder:
    """The checkpoint as it was published, as the export has it."""

    path: Path

    async def checkpoint(self, log: StoredLog) -> bytes | None:
        path = self.path / str(log.number)
        return path.read_bytes() if path.exists() else None

    async def put(self, log: StoredLog, note: bytes) -> None:
        self.path.mkdir(exist_ok=True)
        (self.path / str(log.number)).write_bytes(note)


def policy_text(*programs: WitnessProgram) -> str:
    names = [each.key.name.partition(".")[0] for each in programs]
    lines = [
        f"witness {name} {encode_verifier_key(each.key)} {each.url}" for name, each in zip(names, programs, strict=True)
    ]
    return "".join(
        f"{line}\n" for line in [*lines, f"group quorum-of-all all {' '.join(names)}", "quorum quorum-of-all"]
    )


@dataclass
class Installation:
    """One process on one database."""

    sequencer: Sequencer
    gate: Gate
    watching: Watching
    publisher: Publisher
    continuing: Continuing
    folder: Folder | None

    async def found(self, policy: str | None) -> None:
        await EstateService(EstateStore()).found(EstatePlace("e1", "馨苑", "桥东", "魏塘", "嘉善"))
        if policy:
            await WitnessStore().put_policy("e1", read_policy(policy.encode()), await database_now())

    async def happen(self, count: int, ballots: int = 20) -> None:
        """Let something be written down, and let the log grow by it, be seen and be published."""
        facts = [{"election": UUID, "pool": each + 1, "ballots": ballots} for each in range(count)]
        await LogStore().append_all("e1", Kind.POOL_RELEASED, facts, NOON)
        await self.sequencer.sequence_due()
        await self.publisher.publish_due()
        log = await self.log()
        head = await self.sequencer.rows.published(log.id)
        if self.folder and head:
            await self.folder.put(log, head.note)

    async def log(self) -> StoredLog:
        log = await self.sequencer.rows.find("e1")
        assert log is not None
        return log

    async def size(self) -> int:
        return (await self.sequencer.rows.head((await self.log()).id)).size

    async def refusal(self) -> str:
        """Return why the log is not signed; nothing must have been."""
        before = await self.size()
        try:
            await self.happen(1)
        except ContradictionError as error:
            assert await self.size() == before
            return str(error)
        raise AssertionError("the log was signed")


@asynccontextmanager
async def installation(url: str, folder: Path | None = None) -> AsyncIterator[Installation]:
    """Open a database, as a process that begins."""
    async with open_database(url), httpx.AsyncClient(trust_env=False) as client:
        rows, trees, store = LogRows(), TreeStore(), WitnessStore()
        witnesses = Witnesses(client, call_seconds=5)
        exported = Folder(folder) if folder else None
        gate = Gate(rows, trees, store, witnesses, exported, keys=KEYS)
        watching = Watching(store, rows, trees, witnesses)
        sequencer = Sequencer(rows, EstateStore(), KEYS, gate)
        yield Installation(
            sequencer,
            gate,
            watching,
            Publisher(rows, watching),
            Continuing(rows, store, sequencer, witnesses, exported),
            exported,
        )
