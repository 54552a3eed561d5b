"""Processes are killed at random moments of whole elections; whoever has a receipt is counted, once, and all goes on.

    VOTE_DRILL_KILLS    how many kills at least, on each database: 8, with `make drill` 50
    VOTE_DRILL_SEED     draws again what was drawn; the machine's own moments are others all the same

Not here: power cuts, which lose what a disk only said that it kept.
"""

import os
import random
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from tests import databases
from tests.drills.election import Certified, prepare
from tests.drills.fire import Fire
from tests.drills.installation import installed
from tests.drills.ledger import Ledger
from tests.drills.remote import InTurn, Owners
from tests.drills.story import Story
from tests.drills.strikes import PHASES, Strikes
from tests.journeys.test_a_backup_is_restored import operate
from tests.vote.platform import URL, Clock, Phones, Platform
from vote.election.terms import OFFICES

KILLS = int(os.environ.get("VOTE_DRILL_KILLS", "8"))
FULL = KILLS >= 50
OWNERS = 40 if FULL else 10
SIGNING = [f"sign {office}" for office in OFFICES]
MOST_ELECTIONS = 12


def draw_plan(chance: random.Random) -> Mapping[str, int]:
    """Draw how often somebody is hit in each step of an election."""
    if not FULL:
        once = dict.fromkeys(("device", "close", "check", "sum", "share 2", chance.choice(SIGNING)), 1)
        return {"cast": 2, **once, "others": 0, "close by itself": chance.random() < 0.5, "sum by itself": 0}
    return {"cast": 7, "device": 2, "close by itself": chance.random() < 0.4,
            "sum by itself": chance.random() < 0.4, "others": 1}  # fmt: skip


async def hold_election(migrated: str, folder: Path, strikes: Strikes) -> None:
    """Hold an election under fire, on a database of its own."""
    folder.mkdir()
    prepared = await prepare(migrated, folder, OWNERS, strikes.seed)
    with ExitStack() as stack:
        if not databases.SQLITE:
            stack.callback(databases.postgresql.drop, prepared.database)
        running = stack.enter_context(installed(prepared.database, folder, servers=1 if databases.SQLITE else 2))
        ledger = Ledger(prepared.database, prepared.assembly.uuid)
        async with httpx.AsyncClient(base_url=URL, transport=InTurn(running.urls), timeout=60) as http:
            settings = prepared.assembly.platform.settings
            platform = Platform(http, http, {}, settings, Clock(), Phones())
            prepared = prepared._replace(assembly=Certified(platform, prepared.assembly.people))
            fire = Fire(running, ledger, Owners(http, f"{prepared.assembly.api}/ballots", ledger), strikes)
            story = Story(prepared, fire, folder, draw_plan(strikes.chance))
            await story.hold()
            await story.publish()
        operate(prepared.database, folder, "check")
        ledger.inspect()
        accepted = ledger.count("ballot")
        assert ledger.count("message", "kind = 'ballot-accepted'") == accepted == len(ledger.receipts)


@pytest.mark.drill
async def test_no_acknowledged_ballot_is_lost_whatever_is_killed(_migrated: str, tmp_path: Path) -> None:
    seed = int(os.environ.get("VOTE_DRILL_SEED") or random.SystemRandom().randrange(2**32))
    strikes = Strikes(seed)
    print(f"\nkill drill on {databases.ENGINE}: VOTE_DRILL_SEED={seed}", flush=True)
    for number in range(1, MOST_ELECTIONS + 1):
        await hold_election(_migrated, tmp_path / str(number), strikes)
        if len(strikes.made) >= KILLS and (not FULL or all(map(strikes.within, PHASES))):
            break
    print(f"{len(strikes.made)} kills in {number} elections\n{strikes.table()}", flush=True)
    assert len(strikes.made) >= KILLS
    assert not FULL or [phase for phase in PHASES if not strikes.within(phase)] == []
