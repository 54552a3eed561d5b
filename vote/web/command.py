"""The programs of an installation that go on until they are stopped: `vote serve`, `vote worker`."""

import asyncio
import signal
from importlib.metadata import version
from typing import Annotated

import typer
import uvicorn

from vote.ballot.checking import start_processes
from vote.config import Settings
from vote.db import applied_migrations, database_now, known_migrations, open_database
from vote.election.store import ElectionStore
from vote.jobs.service import ALIVE_SECONDS
from vote.jobs.store import JobStore
from vote.log.store import LogStore
from vote.operation.journal import start_journal, tell, tell_error
from vote.operation.outage import is_outage
from vote.operation.rules import Copy, moment
from vote.operation.service import CopyService
from vote.operation.start import describe, require_settings
from vote.operation.store import OperationStore
from vote.web.services import build_services

KEEP_ALIVE_SECONDS = 30


def serve() -> None:
    """Serve pages and programming interface until stopped."""
    settings = require_settings()
    _begin("serve", settings)
    uvicorn.run(
        "vote.web.app:create_app",
        factory=True,
        host=settings.host,
        port=settings.port,
        # Addresses hold trackers and are nobody's business.
        access_log=False,
        log_config=None,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
    )


def worker(
    *, check: Annotated[bool, typer.Option("--check", help="只问：最近有没有在工作；没有则退出码为 1")] = False
) -> None:
    """Do what is due, until stopped."""
    settings = require_settings()
    if check:
        raise typer.Exit(asyncio.run(_check(settings.db)))
    _begin("worker", settings)
    asyncio.run(_work(settings))


def _begin(program: str, settings: Settings) -> None:
    """Start the journal, and end the program if the database is not of its version; wait for one that is away."""
    start_journal()
    tell(f"{program}.start", version=version("shanzhi"), **describe(settings))
    try:
        copy = asyncio.run(_look(settings.db))
    except Exception as error:
        if not is_outage(error):
            raise
        tell_error("database.away", error)
        return
    if copy is not None:
        tell("database.copy", sentence=copy.sentence, backup=copy.backup, made_at=moment(copy.made_at))


async def _look(url: str) -> Copy | None:
    async with open_database(url):
        if await applied_migrations() != known_migrations():
            typer.echo(
                "数据库不是这个版本的：先运行 vote db upgrade。\n"
                "The database is not of this program's version: run `vote db upgrade` first.",
                err=True,
            )
            raise typer.Exit(2)
        return await CopyService(OperationStore(), ElectionStore(), LogStore()).find()


async def _check(url: str) -> int:
    async with open_database(url):
        return 0 if await JobStore().is_alive(await database_now(), ALIVE_SECONDS) else 1


async def _work(settings: Settings) -> None:
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    with start_processes(settings.checkers) as executor:
        async with open_database(settings.db):
            services = build_services(settings, executor)
            try:
                await services.worker.work(stop)
            finally:
                await services.messages.close()
                await services.logs.close()
