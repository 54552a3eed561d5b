"""Two processes enter postings in the same books at the same time: every number once, none left out."""

import asyncio
import sys

import pytest

from tests.vote.assembly import ESTATE
from tests.vote.oversight.book.made import entries, publish
from vote.oversight.book.verifying import verify_book

pytestmark = pytest.mark.database
EACH = 10
PROGRAM = f"""
import asyncio, secrets, sys
from datetime import date
from vote.account.event_store import EventStore
from vote.account.events import EventService
from vote.db import open_database
from vote.estate.store import EstateStore
from vote.log.store import LogStore
from vote.oversight.book.accounts import Account
from vote.oversight.book.rules import Voucher, Words, receipt
from vote.oversight.book.service import BookService, NewPosting
from vote.oversight.book.store import BookStore
from vote.role import Actor, Role
from vote.roll.store import RollStore

async def enter(url, record, name):
    async with open_database(url):
        events = EventService(EventStore())
        books = BookService(
            BookStore(), EstateStore(), RollStore(), LogStore(), events, secrets.token_bytes, bytes(32)
        )
        for fen in range(1, {EACH + 1}):
            lines = receipt(Account.PARKING, fen)
            new = NewPosting(date(2026, 11, 21), lines, Voucher(record, 1), Words("", "", name))
            await books.enter("{ESTATE}", new, Actor(Role.STAFF))

asyncio.run(enter(*sys.argv[1:]))
"""


async def test_every_number_stands_once(platform, owner):
    record = await publish(platform)
    command = [sys.executable, "-c", PROGRAM, platform.settings.db, record]
    processes = [
        await asyncio.create_subprocess_exec(*command, name, stderr=asyncio.subprocess.PIPE) for name in ("甲", "乙")
    ]
    said = await asyncio.gather(*(each.communicate() for each in processes))
    assert [each.returncode for each in processes] == [0, 0], said
    page = (await owner.get(f"/api/estates/{ESTATE}/book")).content
    postings = verify_book([page], ESTATE, await entries("book:posted"))
    assert [each.number for each in postings] == list(range(1, 2 * EACH + 1))
    assert sorted(each.words.note for each in postings if each.words) == ["乙"] * EACH + ["甲"] * EACH
