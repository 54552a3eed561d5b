"""Speaks with whoever types `vote verify`: each step as it ends, warnings, and one last line with the verdict.

 * Exit 0 verified; 1 it is an archive, a bundle, a log or a receipt, but something is wrong; 2 there is nothing of the kind.
   3: nothing was decided, because a process died.
 * Chinese by default, `--lang en` for English; `--json` writes both languages and the same numbers.
 * What a hostile archive says of itself is shown without signs that a terminal would obey.
 * A path needs no network. An election's address is fetched into a folder that is removed afterwards; a log and an estate
   are read where they are.

Not here: verifying (`service`).
"""

import json
import tempfile
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from crypto.errors import CryptoError
from crypto.signature import decode_public_key
from vote.errors import RefusedError, UnavailableError
from vote.law.citation import Text
from vote.terminal import shown
from vote.verifier.bundle import Bundle
from vote.verifier.last_seen import LastSeen, default_path
from vote.verifier.log_audit import read_policy
from vote.verifier.report import STEP_TEXT, Line, Report, Status, Verdict
from vote.verifier.service import verify_bundle
from vote.verifier.source import read_bytes, read_source

EXIT = {Verdict.VERIFIED: 0, Verdict.REJECTED: 1, Verdict.NOT_FOUND: 2}
UNDECIDED = 3
_MARK = {Status.PASSED: "✓", Status.FAILED: "✗", Status.SKIPPED: "–"}
_VERIFIED = Text("验证通过", "verified")


class Language(StrEnum):
    """What people read."""

    ZH = "zh"
    EN = "en"


def verify(
    path: Annotated[
        str, typer.Argument(help="归档、文件夹、公开日志、回执，或网址", metavar="PATH|URL", show_default=False)
    ],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="给程序读的结果")] = False,
    lang: Annotated[Language, typer.Option("--lang", help="zh 或 en")] = Language.ZH,
    key: Annotated[str | None, typer.Option("--key", help="平台的公钥，用来核对回执的签名", show_default=False)] = None,
    disclosure: Annotated[bool, typer.Option("--disclosure", help="把“能否反推”的数字也重新算一遍，要几秒钟")] = False,
    policy: Annotated[
        Path | None, typer.Option("--policy", help="日志的 policy：谁的签名和旁证算数", show_default=False)
    ] = None,
    seen: Annotated[
        Path | None, typer.Option("--seen", help="记下看到的日志的文件，不写则在您的主文件夹里", show_default=False)
    ] = None,
    forget: Annotated[bool, typer.Option("--forget", help="不记下看到的日志，也不和上次的比")] = False,
    processes: Annotated[
        int | None, typer.Option("--processes", min=1, help="同时核对的进程数，不写则用全部处理器", show_default=False)
    ] = None,
) -> None:
    """Verify an archive, a bundle or a receipt from its files alone."""
    says: Callable[[Text], str] = (lambda text: text.zh) if lang is Language.ZH else (lambda text: text.en)

    def tell(line: Line) -> None:
        typer.echo(shown(_line(line, says)))

    try:
        brought = None if policy is None else read_bytes(policy)
        known = None if forget else LastSeen(seen or default_path())
        public = None if key is None else decode_public_key(key)
        hears = (lambda _: None) if as_json else tell

        def judge(bundle: Bundle) -> Report:
            return verify_bundle(
                bundle,
                key=public,
                processes=processes,
                disclosure=disclosure,
                policy=None if brought is None else read_policy(brought),
                seen=known,
                tell=hears,
            )

        if path.startswith(("http://", "https://")):
            report = _verify_address(path, brought, judge, Estate(processes, known, hears))
        else:
            report = judge(read_source(Path(path), brought))
    except (RefusedError, CryptoError) as error:
        report = Report(Verdict.NOT_FOUND, trouble=Text(f"没有可以核对的内容：{error}", f"nothing to verify: {error}"))
    except UnavailableError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(UNDECIDED) from None
    if as_json:
        typer.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
    else:
        _conclude(report, says)
    raise typer.Exit(EXIT[report.verdict])


class Estate(NamedTuple):
    """How an estate is verified."""

    processes: int | None
    seen: LastSeen | None
    tell: Callable[[Line], None]


def _verify_address(path: str, policy: bytes | None, judge: Callable[[Bundle], Report], how: Estate) -> Report:
    # An HTTP client takes longer to load than the rest, and files need none.
    import httpx  # noqa: PLC0415

    from vote.verifier.estate import verify_estate  # noqa: PLC0415
    from vote.verifier.estate_site import EstateSite, is_estate, log_at  # noqa: PLC0415
    from vote.verifier.fetching import fetch  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder, httpx.Client() as client:
        if is_estate(path):
            site = EstateSite(path, client, policy)
            return verify_estate(site, processes=how.processes, seen=how.seen, tell=how.tell)
        if (log := log_at(path, client, policy)) is not None:
            return judge(Bundle((), None, logs=(log,)))
        fetch(path, Path(folder), client)
        return judge(read_source(Path(folder), policy))


def _line(line: Line, says: Callable[[Text], str]) -> str:
    name = f"{_MARK[line.status]} {int(line.step):2}. {says(STEP_TEXT[line.step])}"
    # The sentence of a check is English and exact; the last line says it in the reader's language.
    detail = line.detail.en if line.status is Status.FAILED else says(line.detail)
    return f"{name}{says(Text('：', ': '))}{detail}" if detail else name


def _conclude(report: Report, says: Callable[[Text], str]) -> None:
    for warning in report.warnings:
        typer.echo(shown(says(Text(f"请看：{warning.zh}", f"note: {warning.en}"))))
    if report.trouble is None:
        typer.echo(says(_VERIFIED))
    elif report.verdict is Verdict.REJECTED:
        typer.echo(shown(says(Text(f"验证不通过：{report.trouble.zh}", f"rejected: {report.trouble.en}"))))
    else:
        typer.echo(shown(says(report.trouble)), err=True)
