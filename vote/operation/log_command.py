"""Speaks with whoever types `vote log`: who watches an estate's public log, what they saw, and where a new one begins.

* Exit 0 done; 1 refused, or `witnesses` found an alarm; 2 a file or the database cannot be reached.
* All of it can be typed while the application runs.
"""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from crypto.note import encode_verifier_key
from vote.clock import CHINA
from vote.db import open_database
from vote.errors import ContradictionError, Reason, RefusedError
from vote.estate.store import EstateStore
from vote.log.export import Exporter
from vote.log.witness_answer import AlarmKind
from vote.log.witness_store import WitnessStore
from vote.offline import REFUSED, read_file
from vote.operation.command import telling_operator
from vote.operation.log_places import open_exporter
from vote.operation.logs import Logs, open_logs
from vote.operation.start import require_settings
from vote.terminal import shown

Found = TypeVar("Found")

ALARMS = {
    AlarmKind.SPLIT_VIEW: ("同样多的条数，内容却不同", "another tree of the same size was signed"),
    AlarmKind.WITNESS_AHEAD: ("见证人手里的记录比数据库里的多", "a witness has more entries than this database"),
    AlarmKind.EXPORT_AHEAD: ("已公布的记录比数据库里的多", "more entries were published than this database has"),
    AlarmKind.EDGE: ("数据库里的记录和签过的不一样", "this database does not have what it signed last"),
}

Estate = Annotated[str, typer.Argument(help="小区代号", show_default=False)]

app = typer.Typer(no_args_is_help=True, help="公开记录：谁来见证、他们看到哪里、另起一本。")


@app.callback()
def log() -> None:
    """Group the commands about public logs."""


@app.command(help="定下由谁见证一个小区的公开记录；公开记录会写下这件事。")
def policy(
    estate: Estate,
    file: Annotated[Path, typer.Argument(help="写着见证人的文件（tlog-policy）", show_default=False)],
    *,
    no_property_firm: Annotated[
        bool, typer.Option("--no-property-firm", help="声明：算数的见证人里没有物业公司的人，也没有运营本平台的人")
    ] = False,
) -> None:
    """Put in force who watches an estate's log."""
    with telling_operator():
        data = read_file(file)
        done = _run(lambda logs: logs.announcing.announce(estate, data, without_property_firm=no_property_firm))
    for sign, lines in (("-", done.gone), ("+", done.come)):
        for line in lines:
            typer.echo(shown(f"{sign} {line}"))
    typer.echo(
        f"已生效，公开记录会写下来。算数的见证人：{shown('、'.join(done.counted))}\n"
        f"In force; the public log will say so. Witnesses that count: {shown(', '.join(done.counted))}\n\n"
        "把下面这一行交给每位见证人：\nGive this line to each witness:\n"
    )
    typer.echo(encode_verifier_key(done.key))


@app.command(help="看看每位见证人签到了哪里、什么时候、有什么麻烦。")
def witnesses(estate: Estate) -> None:
    """Show who cosigned what and when, and every alarm; each witness is asked now."""
    with telling_operator():
        alarmed = _run(lambda logs: _show(logs, estate))
    if alarmed:
        raise typer.Exit(REFUSED)


@app.command(help="把公布的记录复制到文件夹或存储桶；随时可以再做，只添不改。")
def export(
    place: Annotated[
        str, typer.Argument(help="文件夹，或 s3://桶/前缀；不写则用 VOTE_LOG_EXPORT", show_default=False)
    ] = "",
    *,
    estate: Annotated[str, typer.Option(help="只复制这个小区的；不写则全部", show_default=False)] = "",
    whole: Annotated[bool, typer.Option("--whole", help="每个文件都比一比，也比以前复制的")] = False,
) -> None:
    """Copy what is published of logs to a folder or bucket."""
    settings = require_settings(keys=False)
    with telling_operator():
        exporter = open_exporter(settings, place or None)
        if exporter is None:
            raise RefusedError(Reason.NOT_FOUND, "Name a folder or s3://BUCKET/PREFIX, or set VOTE_LOG_EXPORT.")
        try:
            new = asyncio.run(_export(settings.db, exporter, estate or None, whole=whole))
        except ContradictionError as error:
            typer.echo(f"那里的记录和数据库里的对不上，什么也没有改：\n{shown(str(error))}", err=True)
            raise typer.Exit(REFUSED) from None
    typer.echo(f"已复制，新写了 {new} 个文件。 Copied; {new} files are new.")


async def _export(url: str, exporter: Exporter, estate: str | None, *, whole: bool) -> int:
    async with open_database(url):
        if estate is not None:
            await EstateStore().get_estate(estate)
        return await exporter.export(estate, whole=whole)


@app.command("new-origin", help="另起一本公开记录：原来的不能再签时用；要写原因，原因会公布。")
def new_origin(
    estate: Estate, reason: Annotated[str, typer.Option(help="为什么：发生了什么", show_default=False)]
) -> None:
    """Begin a log under a further origin."""
    with telling_operator():
        done = _run(lambda logs: logs.continuing.begin(estate, reason))
    typer.echo(
        f"另起的公开记录：{done.log.origin}。原来的一本最后知道有 {done.before.size} 条，仍然可以看。\n"
        f"The new log: {done.log.origin}. The one before is known to have {done.before.size} entries and stays readable.\n"
        "小区的页面上会写明原因。见证人要换上下面这一行：\n"
        "The estate's page tells the reason. Each witness adds this line:\n"
    )
    typer.echo(done.log.verifier_key)


async def _show(logs: Logs, estate: str) -> bool:
    store, rows = WitnessStore(), logs.rows
    await EstateStore().get_estate(estate)
    log, decided = await rows.find(estate), await store.find_policy(estate)
    if log is None:
        raise RefusedError(Reason.NOT_FOUND, f"The estate {estate} has no public log yet: nothing has happened in it.")
    size, head = (await rows.head(log.id)).size, await rows.published(log.id)
    alarms = await store.alarms(estate)
    typer.echo(f"{shown(log.origin)}  {size} 条 entries  {'只读 read only' if await rows.is_alarmed(log.id) else ''}")
    if decided is None:
        typer.echo("没有定下见证人：vote log policy\nNobody watches yet: `vote log policy`")
    else:
        if head and not await rows.is_alarmed(log.id):
            await logs.watching.ask(head)
        words, troubles = await store.last_words(log.id), logs.watching.troubles.get(log.id, {})
        for each in decided.witnesses:
            seen, came = words.get(each.name, (0, None))
            when = f"{came.astimezone(CHINA):%Y-%m-%d %H:%M:%S}" if came else "—"
            typer.echo(shown(f"{each.name}  {seen} 条  {when}  {troubles.get(each.name, '')}".rstrip()))
        typer.echo(f"够数的见证人看到了 {await logs.watching.seen(log)} 条。 The quorum has seen that many entries.")
        alarms = await store.alarms(estate)
    for alarm in alarms:
        zh, en = ALARMS[alarm.kind]
        who = f" {alarm.witness}" if alarm.witness else ""
        typer.echo(shown(f"警报（第 {alarm.log} 本{who}，{alarm.size} 条）：{zh}。 Alarm: {en}."), err=True)
        typer.echo("".join(f"    {shown(line)}\n" for line in alarm.evidence.decode().split("\n")[:-1]), err=True)
    return bool(alarms)


def _run(act: Callable[[Logs], Awaitable[Found]]) -> Found:
    settings = require_settings()

    async def run() -> Found:
        async with open_database(settings.db):
            logs = open_logs(settings, open_exporter(settings))
            try:
                return await act(logs)
            finally:
                await logs.close()

    return asyncio.run(run())
