"""Speaks with whoever runs a witness at home: `vote witness key`, `serve`, `show`.

 * Everything of a witness lies in one folder: its key, its memory, and the list of the logs that it watches.
 * Nothing here knows a platform's database: a witness needs its folder, a clock and a port.

Not here: what is cosigned (`rules`).
"""

import secrets
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from crypto.errors import CryptoError
from crypto.note import encode_verifier_key
from crypto.signature import generate_signing_key
from vote.errors import Reason, RefusedError
from vote.offline import create_secret, read_file, require_absent, telling
from vote.terminal import shown
from vote.witness.key_file import WitnessKey, decode_key_file, encode_key_file
from vote.witness.rules import Logs, read_logs
from vote.witness.service import WitnessService
from vote.witness.state import State
from vote.witness.views import create_app

KEY, STATE, LOGS = "witness.key", "witness.db", "logs.txt"
KEEP_ALIVE_SECONDS = 30
MAX_CONNECTIONS = 200

_NO_LOGS = "# 一行一个日志的公钥。 One log's public key a line.\n"

Home = Annotated[Path, typer.Option(help="放见证人文件的文件夹")]

app = typer.Typer(no_args_is_help=True, help="见证人：在家里看着公开记录，只增不改才签名。")


@app.command("key", help="做一把见证人的钥匙和它的记事本，只做一次。")
def make_key(
    name: Annotated[str, typer.Argument(help="见证人的名字，例如 li.example/witness", show_default=False)],
    home: Home = Path("witness"),
) -> None:
    """Make the folder of a witness."""
    with telling():
        key = WitnessKey(name, generate_signing_key(secrets.token_bytes))
        data, public = encode_key_file(key), encode_verifier_key(key.verifier)
        try:
            home.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:
            raise RefusedError(Reason.NOT_ALLOWED, f"The folder {home} cannot be made: check its name.") from None
        require_absent(home / KEY, home / STATE)
        # The memory first: a key without one would be refused, but a memory without a key is no danger.
        State(home / STATE).create(public)
        create_secret(home / KEY, data)
        if not (home / LOGS).exists():
            (home / LOGS).write_text(_NO_LOGS, encoding="utf-8")
    typer.echo(
        f"钥匙做好了，在 {home} 里。这个文件夹不要复制，也不要从旧备份恢复。\n"
        f"The key is made, in {home}. Do not copy this folder, and never restore it from an old backup.\n\n"
        f"把下面这一行交给小区平台，再把平台给您的公钥写进 {home / LOGS}：\n"
        f"Give this line to the platform, and write the key that the platform gives you into {home / LOGS}:\n\n{public}"
    )


@app.command(help="开始见证，一直运行到停下为止。")
def serve(
    home: Home = Path("witness"),
    host: Annotated[str, typer.Option(help="在哪个地址上听；0.0.0.0 是所有地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口")] = 8070,
) -> None:
    """Run a witness."""
    with telling():
        service = open_witness(home)
        if not service.logs:
            raise RefusedError(
                Reason.NOT_FOUND, f"There is no log in {home / LOGS} yet: write the platform's key there, one a line."
            )
    typer.echo(
        f"见证人 {shown(service.key.name)} 开始工作，地址 http://{host}:{port}，看着 {len(service.logs)} 个日志。\n"
        "别人改不了已经签过的记录；请让这台电脑开着。按 Ctrl+C 停下，下次再开会接着记。\n"
        f"Witness {shown(service.key.name)} is at work on http://{host}:{port} and watches {len(service.logs)} log(s).\n"
        "What was signed cannot be taken back. Leave this computer on; Ctrl+C stops it, and it goes on next time."
    )
    uvicorn.run(
        create_app(service, lambda sentence: typer.echo(sentence, err=True)),
        host=host,
        port=port,
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        limit_concurrency=MAX_CONNECTIONS,
    )


@app.command(help="看看每个日志签到了哪里，有没有签过两份不同内容的证据。")
def show(home: Home = Path("witness")) -> None:
    """Tell what was cosigned, and print what proves that a log told two stories."""
    with telling():
        service = open_witness(home)
        typer.echo(f"{encode_verifier_key(service.key.verifier)}\n")
        for origin in service.logs:
            latest = service.state.find(origin)
            conflicts = service.state.conflicts(origin)
            at = f"{datetime.fromtimestamp(latest.at, UTC):%Y-%m-%dT%H:%M:%SZ}" if latest else "—"
            typer.echo(f"{shown(origin)}  {latest.checkpoint.size if latest else 0} 条 entries  {at}")
            for pair in conflicts:
                typer.echo("  两份不同的内容，都有日志的签名： Two different trees, both signed by the log:")
                for note in (pair.ours, pair.theirs):
                    typer.echo("".join(f"    {shown(line)}\n" for line in note.decode().split("\n")[:-1]))


def open_witness(home: Path) -> WitnessService:
    """Return the witness whose folder is `home`.

    Raises:
        RefusedError: a file is missing or wrong, or the key may be read by others.
        CryptoError: what a file says is no key.
    """
    path = home / KEY
    data = read_file(path)
    if path.stat().st_mode & 0o077:
        raise RefusedError(Reason.NOT_ALLOWED, f"Others may read {path}: run `chmod 600 {path}` and ask who did.")
    key = decode_key_file(data)
    state = State(home / STATE)
    state.require(encode_verifier_key(key.verifier))
    return WitnessService(key, _read_logs(home / LOGS), state, clock=lambda: int(time.time()))


def _read_logs(path: Path) -> Logs:
    try:
        return read_logs(read_file(path).decode())
    except UnicodeDecodeError:
        raise RefusedError(Reason.MALFORMED, f"{path}: a text in UTF-8 is expected.") from None
    except CryptoError as error:
        raise RefusedError(Reason.MALFORMED, f"{path}: {error}.") from None
