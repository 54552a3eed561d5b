"""An installation under fire: one of its processes is killed while something goes on, everything is looked at, and it is mended."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from tests import databases
from tests.drills import asking
from tests.drills.installation import Installation
from tests.drills.ledger import Ledger
from tests.drills.remote import PAUSE, SECONDS, LostError, Owners, once
from tests.drills.strikes import LONGEST, Strike, Strikes

SAMPLE = 3
"""Acknowledged ballots that are sent again after each strike."""
Ask = Callable[[], Awaitable[httpx.Response]]
BACKENDS = """
SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
AND backend_type = 'client backend' ORDER BY state = 'idle', random() LIMIT 1
"""


async def until(is_done: Callable[[], Awaitable[bool]]) -> None:
    """Ask again and again until something is done."""
    while True:
        if await is_done():
            return
        await asyncio.sleep(PAUSE)


def _goes_on(task: asyncio.Task[bool]) -> bool:
    return not task.done()


class Fire:
    """Strikes on one installation."""

    def __init__(self, installation: Installation, ledger: Ledger, owners: Owners, strikes: Strikes) -> None:
        self.installation, self.ledger, self.owners, self.strikes = installation, ledger, owners, strikes
        self.chance = strikes.chance

    def draw(self) -> str:
        """Draw who is hit."""
        victims = {"server": 6, "server's checker": 2, "worker": 1, "worker's checker": 1, "everything": 1}
        if not databases.SQLITE:
            victims["database connection"] = 3
        return self.chance.choices(list(victims), list(victims.values()))[0]

    async def strike(self, phase: str, step: str, victim: str, within: Callable[[], bool]) -> None:
        """Kill somebody now; look at everything; start anew what is gone; ask for some receipts again."""
        went_on, acknowledged = within(), len(self.ledger.receipts)
        await asyncio.to_thread(self._kill, victim)
        # A worker does what is due by itself; here nobody waits for its answer.
        hit = went_on and "worker" not in victim
        self.strikes.record(Strike(phase, step, victim, hit, acknowledged))
        await self.recover()

    async def recover(self) -> None:
        """Look at everything, start anew what is gone, ask for some receipts again."""
        await asyncio.to_thread(self.ledger.inspect)
        await self.ledger.check()
        await asyncio.to_thread(self.installation.mend)
        known = list(self.ledger.receipts)
        await self.owners.ask_again(self.chance.sample(known, min(SAMPLE, len(known))))

    async def through(self, phase: str, step: str, ask: Ask, done: Callable[[], bool], strikes: int) -> None:
        """Ask for something, with strikes in between, again and again until it is done."""
        for _ in range(strikes):
            task = asyncio.create_task(self._ask(step, ask, done))
            await asyncio.sleep(self.strikes.delay(step))
            await self.strike(phase, step, self.draw(), partial(_goes_on, task))
            await task
            if await asyncio.to_thread(done):
                return
        async with asyncio.timeout(SECONDS):
            await until(lambda: self._ask(step, ask, done))

    async def worker_through(self, phase: str, step: str, done: Callable[[], bool]) -> None:
        """Kill the worker about when it does something by itself; a new one goes on."""
        await asyncio.sleep(self.chance.uniform(0, LONGEST))
        acknowledged = len(self.ledger.receipts)
        await asyncio.to_thread(self._kill, "worker")
        waits = not await asyncio.to_thread(done)
        self.strikes.record(Strike(phase, step, "worker", waits, acknowledged))
        await self.recover()
        async with asyncio.timeout(SECONDS):
            await until(lambda: asyncio.to_thread(done))

    async def kill_client(self, step: str, ballot: bytes, folder: Path) -> None:
        """Kill an owner's device between sending and answer; started anew it asks again with the same bytes."""
        file, receipt = folder / "ballot.json", folder / "receipt.json"
        receipt.unlink(missing_ok=True)
        file.write_bytes(ballot)
        address = urlsplit(self.chance.choice(self.installation.urls)).netloc
        command = [sys.executable, "-I", asking.__file__, address, self.owners.path, str(file), str(receipt)]
        device = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE)
        assert device.stdout is not None
        assert await device.stdout.readline() == b"sent\n"
        await asyncio.sleep(self.strikes.delay(step))
        with suppress(ProcessLookupError):
            device.kill()
        await device.communicate()
        within = not receipt.exists()
        self.strikes.record(Strike("casting", step, "owner's device", within, len(self.ledger.receipts)))
        if not within:
            self.ledger.acknowledge(ballot, receipt.read_bytes())
        again = await asyncio.create_subprocess_exec(*command, stdout=subprocess.DEVNULL)
        assert await again.wait() == 0
        self.ledger.acknowledge(ballot, receipt.read_bytes())
        await asyncio.to_thread(self.ledger.inspect)

    async def _ask(self, step: str, ask: Ask, done: Callable[[], bool]) -> bool:
        """Ask once; return whether it is done, also if somebody else did it."""
        began = time.perf_counter()
        try:
            answer = await once(ask)
        except LostError:
            return await asyncio.to_thread(done)
        # Done meanwhile, by somebody else or by a request whose answer was lost: the sentence says so.
        assert answer.is_success or answer.status_code in {404, 409}, answer.text
        if answer.is_success:
            self.strikes.note_duration(step, time.perf_counter() - began)
        return await asyncio.to_thread(done)

    def _kill(self, victim: str) -> None:
        server, worker = self.chance.choice(self.installation.servers), self.installation.worker
        assert worker is not None
        match victim:
            case "server":
                server.kill(group=self.chance.random() < 0.5)
            case "server's checker":
                server.kill_checker(self.chance)
            case "worker":
                worker.kill(group=self.chance.random() < 0.5)
            case "worker's checker":
                worker.kill_checker(self.chance)
            case "database connection":
                self._end_connection()
            case _:
                for program in self.installation.programs:
                    program.kill(group=True)

    def _end_connection(self) -> None:
        with databases.connect(self.installation.database) as connection:
            for (backend,) in connection.execute(BACKENDS):
                connection.execute("SELECT pg_terminate_backend(?)", [backend])
