"""The command `vote bench`: figures for this machine."""

import json
import tempfile
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from vote.bench.spent import Spent
from vote.bench.trial import Figures, measure
from vote.election.rules import Secrecy


class Part(StrEnum):
    """What is measured."""

    VERIFY = "verify"
    CAST = "cast"
    TALLY = "tally"
    NAMED = "named"
    ALL = "all"


def bench(
    part: Annotated[
        Part,
        typer.Argument(
            help="verify 核验；cast 投票；tally 从结束到结果；named 记名计票多用的时间；all 全部，并与 belenios-tool 比较"
        ),
    ],
    n: Annotated[int, typer.Option("--n", min=3, max=20000, help="业主人数")] = 300,
    *,
    as_program: Annotated[bool, typer.Option("--json", help="给程序读的结果")] = False,
) -> None:
    """Measure one part, or all of them in one run."""
    console = Console(highlight=False)
    quiet = Console(stderr=True, highlight=False)
    with tempfile.TemporaryDirectory(prefix="vote-bench-") as folder:
        try:
            figures = measure(
                n,
                Path(folder),
                lambda line: quiet.print(f"· {line}", markup=False),
                opened=part is not Part.CAST,
                foreign=part is Part.ALL,
                secrecy=Secrecy.NAMED if part in {Part.NAMED, Part.ALL} else Secrecy.SECRET,
            )
        except (RuntimeError, OSError) as error:
            quiet.print(f"没有测成：{error}", markup=False)
            raise typer.Exit(1) from None
    if as_program:
        typer.echo(json.dumps({**asdict(figures), **ratios(figures)}))
    else:
        for line in _lines(figures):
            console.print(line, markup=False)


def ratios(figures: Figures) -> dict[str, float]:
    """Return the figures as ratios, which other machines can be compared by."""
    found: dict[str, float] = {"cast_per_second": round(figures.ballots / figures.cast_seconds, 1)}
    if figures.verify_seconds is None or figures.result is None:
        return found
    found["verified_per_second"] = round(figures.ballots / figures.verify_seconds, 1)
    found["cast_to_verify"] = round(figures.verify_seconds / figures.cast_seconds, 2)
    found["result_to_verify"] = round(figures.result.seconds / figures.verify_seconds, 2)
    if figures.named is not None:
        found["named_to_result"] = round(figures.named.seconds / figures.result.seconds, 2)
    if figures.belenios_seconds is not None:
        found["times_as_fast_as_belenios"] = round(figures.belenios_seconds / figures.verify_seconds, 2)
    return found


def _lines(figures: Figures) -> list[str]:
    found = ratios(figures)
    lines = [
        f"选票 {figures.ballots} 张；最大的进程 {figures.largest_mb} MB",
        f"投票：每秒 {found['cast_per_second']} 张",
    ]
    if figures.verify_seconds is not None and figures.result is not None:
        lines += [
            f"核验：每秒 {found['verified_per_second']} 张，共 {figures.verify_seconds:.1f} 秒",
            f"投票速度是核验的 {found['cast_to_verify']} 倍",
            f"从结束到结果：{_spent(figures.result)}，是核验的 {found['result_to_verify']} 倍",
        ]
        if figures.named is not None:
            lines.append(f"记名计票另用：{_spent(figures.named)}，是从结束到结果的 {found['named_to_result']:.0%}")
    if figures.belenios_seconds is not None:
        lines.append(
            f"belenios-tool：{figures.belenios_seconds:.1f} 秒，本系统是它的 {found['times_as_fast_as_belenios']} 倍快"
        )
    return lines


def _spent(spent: Spent) -> str:
    return f"{spent.seconds:.1f} 秒（各工具计算 {spent.computing:.1f} 秒，连同服务器，别的程序另占 {spent.others:.1f} 个处理器）"
