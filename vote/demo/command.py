"""The command `vote demo`."""

import os
import secrets
import signal
import tempfile
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from vote.demo.guests import invite
from vote.demo.story import Options, play, stage
from vote.election.rules import Secrecy

OWN_ROLL = Path(__file__).with_name("roll-566.xlsx")


def demo(
    roll: Annotated[Path, typer.Option(help="业主清册，xlsx、xls 或 csv", show_default="自带的566户清册")] = OWN_ROLL,
    out: Annotated[
        Path | None, typer.Option(help="结果文件夹，须为空或不存在", show_default="var/demo/ 下新建")
    ] = None,
    secrecy: Annotated[Secrecy, typer.Option(help="named 记名；secret 无记名")] = Secrecy.NAMED,
    turnout: Annotated[int, typer.Option(min=1, max=100, help="参加投票的百分比")] = 85,
    seed: Annotated[int | None, typer.Option(help="同一个数讲同一个故事", show_default="随机")] = None,
    *,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="做完即退出，不留着网页")] = False,
) -> None:
    """Hold a whole election of made-up owners; exit 0 only if everything verified."""
    console = Console(highlight=False)
    folder = _new_folder(out)
    for name in (signal.SIGTERM, signal.SIGHUP):
        # As Ctrl-C: or server and worker would go on without us.
        signal.signal(name, signal.default_int_handler)
    options = Options(
        roll=roll,
        out=folder,
        secrecy=secrecy,
        turnout=turnout,
        seed=secrets.randbelow(2**32) if seed is None else seed,
        database=os.environ.get("VOTE_DEMO_DB"),
        tell=lambda line: console.print(f"· {line}", markup=False),
    )
    try:
        with stage(options) as scene:
            uuid = play(options, scene)
            console.print(f"全部核验通过，结果在 {folder}", markup=False)
            if not no_serve:
                options.tell("再准备两场小的，留给您自己试：一场正在投票，一场等着办证明（约一分钟）")
                invite(options, scene)
                _stay(console, scene.url, uuid)
    except (RuntimeError, OSError) as error:
        Console(stderr=True).print(f"演示没有完成：{error}", markup=False)
        raise typer.Exit(1) from None


def _new_folder(out: Path | None) -> Path:
    if out is None:
        parent = Path("var/demo")
        parent.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(dir=parent)).resolve()
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        Console(stderr=True).print(f"{out} 不是空文件夹；请另选一个。", markup=False)
        raise typer.Exit(2)
    out.mkdir(parents=True, exist_ok=True)
    return out.resolve()


def _stay(console: Console, url: str, uuid: str) -> None:
    console.print(f"这一场的网页：{url}/elections/{uuid}", markup=False)
    console.print(f"您来试试：{url}/demo（按 Ctrl-C 结束）", markup=False)
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        console.print("已结束。")
