"""Speaks with whoever types `vote office open`: shows one named ballot on one request.

 * Nothing is written, and of all ballots that have to be opened nothing but the one asked for is shown.
 * Each further ballot takes a further request, which the platform logs and tells the owner of.
 * Exit 0 shown; 1 something is wrong and nothing was shown; 2 a file is missing; 3 other trustees' lists are needed.

Not here: what may be shown (`opening.py`).
"""

import json
from pathlib import Path
from typing import Annotated

import typer

from crypto.archive_reader import read_archive
from crypto.opening_list import SLICE
from vote.certificate.opening_request import OpeningReason
from vote.election.terms import decode_moment
from vote.message.rules import write_moment
from vote.office.opening import OpenedBallot, Sources, open_one
from vote.office.passphrase import open_secrets
from vote.offline import read_file, require_apart, telling
from vote.recount.workers import workers
from vote.terminal import shown

REASONS_ZH = {
    OpeningReason.OWNER_REQUEST: "业主本人要求",
    OpeningReason.OBJECTION: "处理对这张票的异议",
    OpeningReason.LAWFUL_DEMAND: "有机关依法调取",
}
NOTHING_ZH = "（没有选）"
TOLD_ZH = {
    True: "平台已给这位业主的手机发了短信，说这张票被拆开和拆开的原因。",
    False: "这位业主没有确认过的手机，平台没有发短信：请书面告知本人，说明拆开的原因。",
}
ONCE_ZH = "本次只拆这一张，已编号记入公开的记录。请只告诉该知道的人；再看别的票，要另外申请。"


def open_ballot(
    key: Annotated[Path, typer.Option("--key", help="社区的钥匙文件，不交给任何人", show_default=False)],
    archive: Annotated[Path, typer.Option(help="公布的选举档案（.bel），已有结果", show_default=False)],
    manifest: Annotated[Path, typer.Option(help="封存的表决方案 manifest.json", show_default=False)],
    lists: Annotated[
        list[Path], typer.Option("--list", help="开箱人交来的封好的文件；有几位写几次", show_default=False)
    ],
    request: Annotated[Path, typer.Option(help="平台签名的申请：一份申请拆一张票", show_default=False)],
    *,
    as_program: Annotated[bool, typer.Option("--json", help="给程序读的结果")] = False,
) -> None:
    """Show one named ballot."""
    with telling():
        require_apart(key, archive, manifest, request, *lists)
        sources = Sources(
            read_archive(read_file(archive)),
            read_file(manifest),
            tuple(map(read_file, lists)),
            read_file(request),
        )
        with workers(len(sources.archive.ballots) // SLICE) as run:
            # The key is read last, when no process is started any more that would get it.
            own, _ = open_secrets(read_file(key))
            opened = open_one(own.hpke, sources, run)
    if as_program:
        typer.echo(json.dumps(_fields(opened), ensure_ascii=False))
        return
    for line in _lines(opened):
        typer.echo(shown(line))


def _fields(opened: OpenedBallot) -> dict[str, object]:
    request = opened.request
    return {
        "election": request.election,
        "request": request.number,
        "tracker": request.tracker,
        "reason": request.reason,
        "requested_at": request.requested_at,
        "told": request.told,
        "questions": [{"text": ask.text, "marked": list(marked)} for ask, marked in opened.marked],
    }


def _lines(opened: OpenedBallot) -> list[str]:
    request = opened.request
    asked_at = write_moment(decode_moment(request.requested_at, "the request, requested_at"))
    return [
        f"“{opened.title}” 记名票拆开记录，第 {request.number} 号申请",
        f"回执编号：{request.tracker}",
        f"原因：{REASONS_ZH[request.reason]}（{asked_at}申请）",
        *(
            f"{number}. {ask.text}：{'、'.join(marked) or NOTHING_ZH}"
            for number, (ask, marked) in enumerate(opened.marked, start=1)
        ),
        TOLD_ZH[request.told],
        ONCE_ZH,
    ]
