"""The commands of an installation: `vote serve`, `vote worker`, `vote db upgrade`."""

import asyncio
import signal
from typing import Annotated

import typer
import uvicorn

from vote.ballot.checking import start_processes
from vote.config import get_settings, make_missing_keys
from vote.db import database_now, has_rolls, open_database, upgrade_database
from vote.jobs.service import ALIVE_SECONDS
from vote.jobs.store import JobStore
from vote.web.services import build_services

KEEP_ALIVE_SECONDS = 30

db = typer.Typer(no_args_is_help=True, help="数据库。")


@db.callback(help="数据库。")
def database() -> None:
    """Group the database commands."""


@db.command(help="建立或更新数据库；缺少的钥匙文件会一并生成。")
def upgrade() -> None:
    """Make the database and missing keys, or bring them up to date."""
    settings = get_settings()
    if not settings.data_key_file.exists() and asyncio.run(has_rolls(settings.db)):
        typer.echo(
            f"数据库里有用旧钥匙加密的业主资料，而 {settings.data_key_file} 不见了：请先放回备份的钥匙文件。\n"
            f"The database holds data sealed with a key, and {settings.data_key_file} is missing: restore that file first.",
            err=True,
        )
        raise typer.Exit(1)
    for path in make_missing_keys(settings):
        typer.echo(f"已生成 {path}，请另存一份")
    asyncio.run(upgrade_database(settings.db))
    typer.echo("数据库已是最新")


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
