"""A process that writes entries, sequences them and shows checkpoints until it is killed; it tells what was acknowledged.

python -m tests.drills.sequencing DATABASE SEED

    wrote POOL           an entry is in the database for good
    signed SIZE ROOT     a checkpoint was shown
"""

import asyncio
import random
import sys
from datetime import UTC, datetime

from crypto.checkpoint import decode_checkpoint
from crypto.note import decode_note
from vote.db import open_database
from vote.errors import UnavailableError
from vote.estate.store import EstateStore
from vote.log.keys import LogKeys
from vote.log.log_store import LogRows, StoredLog
from vote.log.publishing import Publisher
from vote.log.rules import Kind
from vote.log.sequencing import Sequencer
from vote.log.store import LogStore

ESTATE, UUID = "e1", "AAAAAAAAAAAAAAAAA2"
KEYS = LogKeys(b"k" * 32, "vote.example")


class Opened:
    """A gate that forbids nothing: it is not what is tried here."""

    async def require(self, log: StoredLog) -> None:
        """Let it be signed."""


def tell(line: str) -> None:
    """Say what whoever kills this process may rely on."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


async def write(chance: random.Random) -> None:
    """Write a few entries, each marked by a number that nobody else draws."""
    pools = [chance.randrange(10**14) for _ in range(chance.randint(1, 40))]
    facts = [{"election": UUID, "pool": pool, "ballots": 1} for pool in pools]
    await LogStore().append_all(ESTATE, Kind.POOL_RELEASED, facts, datetime.now(UTC))
    for pool in pools:
        tell(f"wrote {pool}")


async def show(publisher: Publisher) -> None:
    """Show the newest checkpoint, and tell which one everybody can read."""
    await publisher.publish_due()
    log = await publisher.rows.find(ESTATE)
    head = await publisher.rows.published(log.id) if log else None
    if head:
        checkpoint = decode_checkpoint(decode_note(head.note).text)
        tell(f"signed {checkpoint.size} {checkpoint.root.hex()}")


async def main(database: str, seed: str) -> None:
    """Go on for ever."""
    chance, rows = random.Random(seed), LogRows()
    sequencer, publisher = Sequencer(rows, EstateStore(), KEYS, Opened()), Publisher(rows)
    async with open_database(database):
        tell("begins")
        while True:
            try:
                await write(chance)
                await sequencer.sequence_due()
                await show(publisher)
            except UnavailableError:
                continue


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
