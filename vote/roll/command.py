"""Speaks with whoever types `vote roll`: reads a roll without storing it, and shows what became of every row.

 * Exit 0 if the sheet was read, rejected rows or not; 2 if it was not, with one sentence saying why.
 * Names are masked on the screen and in JSON (rulebook §5.5).

Not here: importing into the database.
"""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from vote.roll.area import write_area
from vote.roll.columns import read_mapping
from vote.roll.reader import read_sheets
from vote.roll.refusal import SheetRefusedError
from vote.roll.report import FIGURES_ZH, OUTCOMES_ZH, as_json, columns_zh, done, figures, reasons, told_findings
from vote.roll.rules import RollReading, read_roll
from vote.roll.why import ZH, Outcome

NOT_READ = 2
"""The exit code when there is no roll to speak of."""
_SHOWN_ROWS = 8

app = typer.Typer(no_args_is_help=True, help="业主清册。")


@app.callback()
def roll() -> None:
    """Hold the commands about rolls together, even while there is one."""


@app.command(help="核对业主清册，不保存。")
def check(
    file: Annotated[Path, typer.Argument(help="xlsx、xls 或 csv 文件", show_default=False)],
    *,
    as_program: Annotated[bool, typer.Option("--json", help="给程序读的结果")] = False,
    sheet: Annotated[str | None, typer.Option(help="工作表名称", show_default=False)] = None,
    mapping: Annotated[
        list[str] | None, typer.Option("--map", help="手工指定栏目，如 室号=房间编号，可多次", show_default=False)
    ] = None,
) -> None:
    """Read a roll without storing it and say what became of every row."""
    try:
        reading = read_roll(read_sheets(_read_file(file)), sheet, read_mapping(mapping or []))
    except SheetRefusedError as refusal:
        if as_program:
            _write({"error": refusal.detail, "error_zh": refusal.detail_zh, "reason": refusal.reason.value})
        else:
            Console(stderr=True).print(f"{refusal.detail_zh}\n{refusal.detail}", markup=False, soft_wrap=True)
        raise typer.Exit(NOT_READ) from None
    if as_program:
        _write(as_json(reading))
    else:
        _show(reading)


def _read_file(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        raise SheetRefusedError(
            f"{file}: the file is missing or may not be read", f"{file}：文件不存在或无法读取"
        ) from None


def _write(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1))


def _show(reading: RollReading) -> None:
    console = Console()
    table = Table(title=f"业主清册核对：工作表“{reading.header.sheet.name}”，表头在第 {reading.header.last_row + 1} 行")
    table.add_column("项目")
    table.add_column("数", justify="right")
    for key, value in figures(reading).items():
        table.add_row(FIGURES_ZH[key], f"{write_area(value)} ㎡" if key.endswith("_dm2") else str(value))
    console.print(table)
    console.print(f"栏目：{columns_zh(reading)}", markup=False, soft_wrap=True)
    _show_findings(console, reading)
    for why, rows in reading.warnings.items():
        shown = "、".join(map(str, rows[:_SHOWN_ROWS])) + (" 等" if len(rows) > _SHOWN_ROWS else "")
        console.print(f"请看：{ZH[why]}，{len(rows)} 行（第 {shown} 行）", markup=False, soft_wrap=True)


def _show_findings(console: Console, reading: RollReading) -> None:
    table = Table(title="逐行结果（未列出的行照表采用）")
    for title in ("行", "结果", "房屋", "权利人", "原因", "处理"):
        table.add_column(title, overflow="fold")
    findings = list(told_findings(reading))
    for finding in sorted(findings, key=lambda finding: (finding.outcome is not Outcome.REJECTED, finding.row)):
        outcome = OUTCOMES_ZH[finding.outcome]
        row = (str(finding.row), outcome, finding.place, finding.masked_owner, reasons(finding)[1], done(finding)[1])
        table.add_row(*row)
    if findings:
        console.print(table)
