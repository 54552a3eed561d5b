"""The election of a drill: prepared in this process, held by real ones."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.vote.assembly import Assembly, People
from tests.vote.certificate.keys import secrets_of
from tests.vote.platform import Clock, open_platform, read_here
from vote.demo.plan import demo_questions, plan_votes
from vote.election.office import encode_office
from vote.election.terms import OFFICES
from vote.office.certifying import Papers, check_papers, sign_papers

NOTICE, HOURS = timedelta(days=20), timedelta(hours=1)
"""More than what must lie between notice and opening; how long voting goes on."""


class Planned(NamedTuple):
    """A sealed ballot, and what is in it."""

    owner: int
    choices: list[list[int]]
    ballot: bytes


class Certified(Assembly):
    """An assembly whose offices have real keys."""

    async def bring_offices(self) -> None:
        """Hand in the offices' public keys."""
        for name in OFFICES:
            await self.platform.post(f"{self.api}/offices", content=encode_office(secrets_of(name).public))

    async def papers(self) -> Papers:
        """Return what an office is given to sign now."""
        get, pages = self.platform.get, self.pages
        return Papers(
            draft=await get(f"{pages}/certificate-draft.json", key=None),
            manifest=await get(f"{pages}/manifest.json", key=None),
            result=await get(f"{pages}/result.json", key=None),
            archive=await get(f"{pages}/{self.uuid}.bel", key=None),
            pdf=await get(f"{pages}/certificate-draft.pdf", key=None),
        )

    async def sign(self, office: str, now: datetime) -> tuple[bytes, bytes]:
        """Return an office's signature and signed PDF."""
        papers, secrets = await self.papers(), secrets_of(office)
        # The PDF library runs a loop of its own.
        return await asyncio.to_thread(lambda: sign_papers(check_papers(papers, secrets), secrets, now))


class Prepared(NamedTuple):
    """An election whose polls are open, in a database that nobody has open."""

    database: str
    assembly: Certified
    ballots: Sequence[Planned]
    closes_at: datetime


async def prepare(migrated: str, folder: Path, owners: int, seed: int) -> Prepared:
    """Prepare an election up to open polls, by the real time, and seal two ballots of each owner."""
    areas = tuple(range(8000, 8000 + owners))
    now = datetime.now(UTC).replace(microsecond=0)
    clock = Clock()
    with pytest.MonkeyPatch.context() as patch:
        read_here(patch)
        clock.rule(patch).now = now - NOTICE
        async with open_platform(migrated, folder, clock, keep=True) as platform:
            assembly = Certified(platform, People(areas, tuple(demo_questions())))
            await assembly.import_roll()
            hours = {"opens_at": now.isoformat(), "closes_at": (now + HOURS).isoformat()}
            await assembly.prepare(secrecy="named", **hours)
            await assembly.make_key()
            await assembly.issue_credentials()
            await assembly.bring_offices()
            await assembly.seal()
            await assembly.notice()
            clock.now = now
            await platform.post(f"{assembly.api}/open")
            ballots = [
                Planned(vote.entitlement, vote.choices, await assembly.ballot(vote.entitlement, vote.choices))
                for story in (seed, seed + 1)
                for vote in plan_votes(assembly.people.asks, range(1, owners + 1), 100, story)
            ]
    return Prepared(platform.settings.db, assembly, ballots, now + HOURS)
