"""Speaks with whoever types `vote db`: makes, checks, backs up, restores the database, takes a restored copy into use.

* Exit 0 done; 1 refused, or the check found something; 2 a file or the database cannot be reached.
* What is done can be typed while the application runs, but `restore` and `adopt`.
"""

import asyncio
import json
import secrets
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from crypto.envelope import derive_key
from vote.config import Settings, make_missing_keys
from vote.db import has_rolls, open_database, upgrade_database
from vote.election.outline_store import OutlineStore
from vote.election.paper_service import PaperService
from vote.election.store import ElectionStore
from vote.errors import Reason, RefusedError
from vote.estate.store import EstateStore
from vote.log.store import LogStore
from vote.offline import REFUSED, telling
from vote.operation.backup import key_digests, make_backup
from vote.operation.check import Report, check
from vote.operation.outage import UNREACHABLE, is_outage
from vote.operation.restore import restore
from vote.operation.service import CopyService
from vote.operation.start import require_settings
from vote.operation.store import OperationStore
from vote.phone.checking import PhoneCheck
from vote.roll.service import RollService
from vote.roll.store import RollStore
from vote.terminal import shown

Found = TypeVar("Found")
KEYS_ZH = {
    "data": "资料钥匙 VOTE_DATA_KEY_FILE",
    "signing": "签名钥匙 VOTE_SIGNING_KEY_FILE",
    "log": "公开记录钥匙 VOTE_LOG_KEY_FILE",
}

app = typer.Typer(no_args_is_help=True, help="数据库：建立、核对、备份、恢复。")


@app.callback()
def database() -> None:
    """Group the database commands."""


@app.command(help="建立或更新数据库；缺少的钥匙文件会一并生成。")
def upgrade() -> None:
    """Make the database and missing keys, or bring them up to date."""
    settings = require_settings(keys=False, database=False)
    with telling_operator():
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


@app.command("check", help="核对数据库：完整、约束、清册、选举、选票、日志是否相符；可在投票进行时运行。")
def check_command(*, as_json: Annotated[bool, typer.Option("--json", help="给程序读的结果")] = False) -> None:
    """Check the database while it is used."""
    settings = require_settings(keys=False)
    with telling_operator():
        report = _run(settings.db, lambda: _check_with(settings))
    if as_json:
        typer.echo(json.dumps(report.as_json(), ensure_ascii=False))
        raise typer.Exit(REFUSED if report.damages else 0)
    counted = report.checked
    typer.echo(
        f"核对了 {counted['rolls']} 份清册、{counted['elections']} 场选举、{counted['ballots']} 张选票"
        f"：{'有问题' if report.damages else '相符'}"
    )
    for damage in report.damages:
        typer.echo(shown(f"{damage.place}: {damage.detail}."), err=True)
    if report.damages:
        typer.echo("先停下来，保留一切，不要继续投票和计票；再看 docs/operators.md。", err=True)
        raise typer.Exit(REFUSED)


@app.command("backup", help="备份数据库，可在投票进行时运行；钥匙文件不在其中。")
def backup_command(out: Annotated[Path, typer.Option(help="备份写到哪个文件", show_default=False)]) -> None:
    """Back up the database while it is used."""
    settings = require_settings(keys=False)
    with telling_operator():
        contents = _run(settings.db, lambda: make_backup(out, key_digests(settings)))
    rows = sum(table.rows for table in contents.tables.values())
    typer.echo(f"备份已写入 {out}：{len(contents.tables)} 张表，{rows} 行，{out.stat().st_size} 字节")
    typer.echo(f"编号 {contents.id}，数据截至 {contents.made_at}")
    typer.echo("钥匙文件不在备份里：请与备份分开保存。/ The key files are not in it: keep them apart from it.")


@app.command("restore", help="从备份恢复到一个空数据库；恢复出的是副本，启用前不收票。")
def restore_command(
    file: Annotated[Path, typer.Argument(help="备份文件", show_default=False)],
    into: Annotated[str | None, typer.Option(help="空数据库的地址；不写则用 VOTE_DB", show_default=False)] = None,
) -> None:
    """Restore a backup into an empty database."""
    settings = require_settings(keys=False, database=False)
    with telling_operator():
        restored = asyncio.run(restore(file, into or settings.db, key_digests(settings)))
    rows = sum(table.rows for table in restored.contents.tables.values())
    typer.echo(f"已恢复 {len(restored.contents.tables)} 张表，{rows} 行，数据截至 {restored.contents.made_at}")
    for name in restored.other_keys:
        typer.echo(f"注意：{KEYS_ZH.get(name, shown(name))} 不是这份备份所用的钥匙，请先放回原来的文件。", err=True)
    typer.echo(
        "这是一个副本：备份之后给过回执的选票可能不在其中。先运行 vote db check；确定要用它，再运行 vote db adopt。\n"
        "This is a copy: ballots acknowledged after the backup may be missing. Run `vote db check`, then `vote db adopt` to use it."
    )


@app.command(help="启用恢复出的副本；公开日志会记下数据库恢复过。")
def adopt(reason: Annotated[str, typer.Option(help="为什么启用：发生了什么", show_default=False)]) -> None:
    """Take a restored copy into use."""
    copies = CopyService(OperationStore(), ElectionStore(), LogStore())
    with telling_operator():
        told = _run(require_settings(keys=False).db, lambda: copies.adopt(reason))
    typer.echo("副本已启用。" + (f"{len(told)} 场投票的公开日志已记下数据库恢复过：" if told else ""))
    for uuid in told:
        typer.echo(uuid)
    typer.echo("请公告：备份之后投票的业主查一下回执，查不到的请再投一次。")
    typer.echo(
        "有公开记录的小区要各自另起一本：vote log new-origin 小区代号 --reason '…'\n"
        "Every estate that has a public log needs a new one: `vote log new-origin ESTATE --reason '…'`"
    )


@contextmanager
def telling_operator() -> Iterator[None]:
    """Turn a refusal, or a database that cannot be used, into a sentence on the screen and an exit code."""
    with telling():
        try:
            yield
        except Exception as error:
            if is_outage(error):
                raise RefusedError(Reason.NOT_FOUND, UNREACHABLE) from None
            raise


class _NoPhones:
    """A check freezes nothing, so no phone is taken over."""

    async def take(self, roll: int, written: Mapping[int, Sequence[str]], now: datetime) -> None:
        """Take nothing."""


async def _check_with(settings: Settings) -> Report:
    """Check with the keys that are at hand."""
    rolls = _open_rolls(settings)
    if rolls is None:
        return await check(None)
    key = settings.data_key().get_secret_value()
    papers = PaperService(OutlineStore(), derive_key(key, "paper"))
    return await check(rolls, papers, PhoneCheck(derive_key(key, "phone"), derive_key(key, "phone-digest")))


def _open_rolls(settings: Settings) -> RollService | None:
    """Return what opens the salts of rolls, if the data key is at hand."""
    try:
        key = derive_key(settings.data_key().get_secret_value(), "roll")
    except RefusedError as error:
        typer.echo(f"清册的盐没有核对：{error.detail}", err=True)
        return None
    return RollService(
        store=RollStore(), estates=EstateStore(), log=LogStore(), phones=_NoPhones(), key=key, rng=secrets.token_bytes
    )


def _run(url: str, act: Callable[[], Awaitable[Found]]) -> Found:
    """Do something with the database open."""

    async def run() -> Found:
        async with open_database(url):
            return await act()

    return asyncio.run(run())
