"""Speaks with whoever types `vote registrar`: makes keys for two people, issues credentials, opens them for printing.

 * Files only, no network. What is issued lies on the disk sealed for two people and in no other form.
 * `letters` is the one command that writes credentials in clear, for the printer, readable by its owner alone.
 * Exit 0 done; 1 something is wrong and nothing was issued; 2 a file is missing.

Not here: formats (`rules`, `letter`), sealing (`sealed_letters`).
"""

import secrets
from pathlib import Path
from typing import Annotated

import typer

from crypto.credential import derive_secret, generate_credential, public_credential
from vote.credential.letter import Letter, decode_letters, encode_letters
from vote.credential.rules import PublicLine, PublicList, Request, decode_request, encode_public_list
from vote.credential.sealed_letters import new_identity, open_letters, seal_letters
from vote.offline import create_secret, read_file, require_absent, require_apart, telling, write_file

app = typer.Typer(no_args_is_help=True, help="制信人：制作业主信件里的投票码。只读写文件，不联网。")


@app.command(help="生成自己的钥匙文件；两位制信人各做一次，各自保管。")
def keygen(out: Annotated[Path, typer.Option(help="钥匙文件，不交给任何人", show_default=False)]) -> None:
    """Make a key for one person."""
    with telling():
        secret, recipient = new_identity()
        create_secret(out, f"# public key: {recipient}\n{secret}\n".encode())
    typer.echo(recipient)


@app.command(help="为每份计票权制作一个投票码：公开部分交回，私密部分封存，须两位制信人同时到场才能打开。")
def issue(
    request: Annotated[Path, typer.Option(help="工作人员发来的申请文件", show_default=False)],
    recipient: Annotated[list[str], typer.Option(help="制信人的公开钥匙（age1…），写两次", show_default=False)],
    public: Annotated[Path, typer.Option(help="要交回的公开清单", show_default=False)],
    private: Annotated[Path, typer.Option(help="封存的投票码", show_default=False)],
) -> None:
    """Issue the credentials of an election."""
    with telling():
        require_apart(request, public, private)
        require_absent(public, private)
        asked = decode_request(read_file(request))
        listed, letters = _issue(asked)
        create_secret(private, seal_letters(encode_letters(letters), recipient))
        write_file(public, encode_public_list(listed))
    typer.echo(
        f"已为“{asked.title}”的 {len(letters)} 份计票权制作投票码。\n"
        f"请把 {public} 交给工作人员；{private} 已封存，须两位制信人的钥匙才能打开。"
    )


@app.command(help="用两位制信人的钥匙打开封存的投票码，供打印信件；打印后请删除写出的文件。")
def letters(
    private: Annotated[Path, typer.Option(help="封存的投票码", show_default=False)],
    identity: Annotated[list[Path], typer.Option(help="制信人的钥匙文件，写两次，先后不限", show_default=False)],
    out: Annotated[Path, typer.Option(help="供打印的文件", show_default=False)],
) -> None:
    """Open what was issued."""
    with telling():
        require_absent(out)
        keys = [read_file(path).decode(errors="replace") for path in identity]
        opened = open_letters(read_file(private), keys)
        count = len(decode_letters(opened))
        create_secret(out, opened)
    typer.echo(f"已打开 {count} 封信的投票码，写在 {out}。打印后请立即删除这个文件。")


def _issue(asked: Request) -> tuple[PublicList, list[Letter]]:
    public: list[PublicLine] = []
    issued: list[Letter] = []
    for line in asked.lines:
        credential = generate_credential(secrets.token_bytes)
        key = public_credential(derive_secret(asked.election, credential))
        public.append(PublicLine(line.entitlement, key))
        issued.append(Letter(asked.election, line.entitlement, credential, line.places, line.owner))
    return PublicList(asked.election, tuple(public)), issued
