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

from tests import databases, postgresql
from tests.drills.election import Certified, prepare
from tests.drills.fire import Fire
from tests.drills.installation import installed
from tests.drills.ledger import Ledger
from tests.drills.remote import InTurn, Owners
from tests.drills.story import CHECK, Story
from tests.drills.strikes import PHASES, Strikes, tell
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
        once = dict.fromkeys(("device", "close", "sum", "share 2", "compose", chance.choice(SIGNING)), 1)
        return {"cast": 2, **once, "others": 0, "close by itself": chance.random() < 0.5, "sum by itself": 0}
    # A worker that has the time while somebody recovers from a strike adds up by itself.
    tally = chance.choices(({"sum": 0}, {"check": 0}, {"check": 0, "sum by itself": 1}), (1, 2, 2))[0]
    closing = {"close by itself": chance.random() < 0.4}
    return {"cast": 7, "device": 2, "others": 1, "sum by itself": 0, **closing, **tally}


async def nobody(*_: object) -> None:
    """Stand where an application in this process would."""
    raise AssertionError


async def hold_election(migrated: str, folder: Path, strikes: Strikes) -> None:
    """Hold an election under fire, on a database of its own."""
    prepared = await prepare(migrated, folder, OWNERS, strikes.seed)
    with ExitStack() as stack:
        if not databases.SQLITE:
            stack.callback(postgresql.drop, prepared.database)
        running = stack.enter_context(installed(prepared.database, folder, servers=1 if databases.SQLITE else 2))
        ledger = Ledger(prepared.database, prepared.assembly.uuid)
        async with httpx.AsyncClient(base_url=URL, transport=InTurn(running.urls), timeout=60) as http:
            settings = prepared.assembly.platform.settings
            clock = Clock()
            clock.now = prepared.closes_at + CHECK
            platform = Platform(http, nobody, {}, settings, clock, Phones())
            prepared = prepared._replace(assembly=Certified(platform, prepared.assembly.people))
            fire = Fire(running, ledger, Owners(http, f"{prepared.assembly.api}/ballots", ledger), strikes)
            story = Story(prepared, fire, folder, draw_plan(strikes.chance))
            try:
                await story.hold()
                await story.publish()
            except BaseException:
                tell(running.faults())
                raise
        operate(prepared.database, folder, "check")
        ledger.inspect()
        accepted = ledger.count("ballot")
        assert ledger.count("message", "kind = 'ballot-accepted'") == accepted == len(ledger.receipts)


@pytest.fixture
def empty(_migrated: str) -> str:
    """The URL of a database without any row."""
    return _migrated


@pytest.mark.drill
async def test_no_acknowledged_ballot_is_lost_whatever_is_killed(empty: str, tmp_path: Path) -> None:
    seed = int(os.environ.get("VOTE_DRILL_SEED") or random.SystemRandom().randrange(2**32))
    strikes = Strikes(seed)
    tell(f"\nkill drill on {databases.ENGINE}: VOTE_DRILL_SEED={seed}")
    for number in range(1, MOST_ELECTIONS + 1):
        (folder := tmp_path / str(number)).mkdir()
        await hold_election(empty, folder, strikes)
        if len(strikes.made) >= KILLS and (not FULL or all(map(strikes.within, PHASES))):
            break
    tell(f"{len(strikes.made)} kills in {number} elections\n{strikes.table()}")
    assert len(strikes.made) >= KILLS
    assert not FULL or [phase for phase in PHASES if not strikes.within(phase)] == []
