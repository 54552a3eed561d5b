"""The programs of an installation that go on until they are stopped: `vote serve`, `vote worker`."""

import asyncio
import signal
from typing import Annotated

import typer
import uvicorn

from vote.ballot.checking import start_processes
from vote.config import get_settings
from vote.db import database_now, open_database
from vote.jobs.service import ALIVE_SECONDS
from vote.jobs.store import JobStore
from vote.web.services import build_services

KEEP_ALIVE_SECONDS = 30


def serve() -> None:
    """Serve pages and programming interface until stopped."""
    settings = get_settings()
    uvicorn.run(
        "vote.web.app:create_app",
        factory=True,
        host=settings.host,
        port=settings.port,
        # Addresses hold trackers and are nobody's business.
        access_log=False,
        log_level="warning",
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
    )


def worker(
    *, check: Annotated[bool, typer.Option("--check", help="只问：最近有没有在工作；没有则退出码为 1")] = False
) -> None:
    """Do what is due, until stopped."""
    settings = get_settings()
    if check:
        raise typer.Exit(asyncio.run(_check(settings.db)))
    asyncio.run(_work())


async def _check(url: str) -> int:
    async with open_database(url):
        return 0 if await JobStore().is_alive(await database_now(), ALIVE_SECONDS) else 1


async def _work() -> None:
    settings = get_settings()
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    with start_processes(settings.checkers) as executor:
        async with open_database(settings.db):
            await build_services(settings, executor).worker.work(stop)
