"""The disk is full while ballots come: owners are told to try again; nothing is lost or half written; with room it goes on.

SQLite gets as many pages as it has; PostgreSQL fails with the error that it has for a full disk.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from tortoise.connection import get_connection

from tests import databases
from tests.full_disk import full_in
from tests.vote.assembly import Assembly
from tests.vote.conftest import VOTES, YES
from tests.vote.platform import CLOSES, assert_refused
from vote.operation.outage import FULL

CHOICES = [YES, [1, 0, 0, 0]]


@asynccontextmanager
async def full(assembly: Assembly, *tables: str) -> AsyncIterator[None]:
    """Leave no room for rows of `tables` inside the block; in SQLite for nothing at all."""
    if databases.SQLITE:
        connection = get_connection("default")
        [row] = await connection.execute_query_dict("PRAGMA page_count")
        await connection.execute_query(f"PRAGMA max_page_count = {row['page_count']}")
        yield
        await connection.execute_query("PRAGMA max_page_count = 1073741823")
        return
    with full_in(assembly.platform.settings.db, *tables):
        yield


async def test_a_ballot_that_finds_no_room_is_not_acknowledged_and_can_be_sent_again(
    voted: Assembly, caplog: pytest.LogCaptureFixture
) -> None:
    ballots = [await voted.ballot(owner, CHOICES) for owner in (1, 2, 3, 4, 5)]
    first = await voted.cast(4, CHOICES)
    answers = {}
    async with full(voted, "ballot"):
        before = voted.platform.contents()
        for ballot in ballots:
            answers[ballot] = await voted.send(ballot)
        known = await voted.send(first)
        after = voted.platform.contents()
    refused = [ballot for ballot, answer in answers.items() if answer.status_code == 503]
    assert refused
    for ballot in refused:
        assert_refused(answers[ballot], 503, "unavailable", "Try again in a minute.")
    assert f"the database cannot be used: {FULL}" in caplog.text
    # Some may have found a last free page: those are whole.
    new = len(ballots) - len(refused)
    for table in ("ballot", "log_pending_entry"):
        assert len(after[table]) == len(before[table]) + new
    assert known.status_code == 200
    for ballot in ballots:
        again = await voted.send(ballot)
        assert again.status_code == (201 if ballot in refused else 200)
        assert ballot in refused or again.content == answers[ballot].content
    assert voted.platform.count("ballot") == len(VOTES) + 1 + len(ballots)
    assert voted.platform.count("ballot_intake") == 0


async def test_a_box_that_finds_no_room_stays_open_until_there_is_some(voted: Assembly) -> None:
    for _ in range(3):
        await voted.cast(4, CHOICES)
    voted.at(CLOSES)
    async with full(voted, "ballot_position", "log_pending_entry"):
        # In SQLite small rows may still find a place; then closing is done, and whole.
        answer = await voted.platform.ask("POST", f"{voted.api}/close")
        state = await voted.state()
    assert (answer.status_code, state) in {(503, "open"), (204, "closed")}
    assert databases.SQLITE or state == "open"
    if state == "open":
        await voted.platform.post(f"{voted.api}/close")
    await voted.check()
    assert len((await voted.read_archive()).ballots) == len(VOTES) + 3
