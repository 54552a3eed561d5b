"""Speaks with whoever types `vote registrar`: makes keys for two people, issues, checks, opens and destroys credentials.

* Files only, no network. What is issued lies on the disk sealed for two people and in no other form.
* `letters` and, for one owner, `reissue` write credentials in clear, for the printer, readable by their owner alone.
* Exit 0 done; 1 something is wrong and nothing was issued; 2 a file is missing.

Not here: what was sealed (`own_list`), formats (`rules`, `letter`, `statement`), sealing (`sealed_letters`).
"""

import os
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from crypto.archive_reader import read_archive
from crypto.credential import decode_public_credentials, derive_secret, generate_credential, public_credential
from crypto.credential_part import SLICE, Side, decode_parts, prove_part
from crypto.election import decode_election, require_uuid
from crypto.encoding import hex_digest
from vote.credential.letter import Letter, decode_letters, encode_letters
from vote.credential.letter_number import generate_letter_number
from vote.credential.own_list import verify_own_list
from vote.credential.rules import (
    PublicLine,
    PublicList,
    Request,
    decode_public_list,
    decode_request,
    encode_public_list,
)
from vote.credential.sealed_letters import new_identity, open_letters, seal_letters
from vote.credential.statement import Destroyed, Reissued, Why, encode_destroyed, encode_reissued
from vote.errors import Reason, RefusedError
from vote.offline import (
    create_secret,
    destroy_secret,
    read_file,
    require_absent,
    require_apart,
    telling,
    write_file,
)
from vote.recount.workers import workers

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
        # It holds the letters' numbers, which are for the server alone.
        create_secret(public, encode_public_list(listed))
    typer.echo(
        f"已为“{asked.title}”的 {len(letters)} 份计票权制作投票码。\n"
        f"请把 {public} 交给工作人员；{private} 已封存，须两位制信人的钥匙才能打开。"
    )


@app.command(help="封定之后、发信之前：核对封定的就是自己做的投票码，面积也没有换过。")
def check(
    request: Annotated[Path, typer.Option(help="当初的申请文件", show_default=False)],
    public: Annotated[Path, typer.Option(help="当初交回的公开清单", show_default=False)],
    archive: Annotated[Path, typer.Option(help="公布的选举档案（.bel）", show_default=False)],
    *,
    parts: Annotated[
        Path | None, typer.Option(help="公布的 parts.json；只有一半钥匙的选举没有", show_default=False)
    ] = None,
) -> None:
    """Check that what was sealed is what was issued."""
    with telling():
        asked, listed = decode_request(read_file(request)), decode_public_list(read_file(public))
        setup = read_archive(read_file(archive)).setup
        election = decode_election(setup.election)
        if {asked.election, listed.election} != {election.uuid}:
            raise RefusedError(Reason.MALFORMED, "The files are of different elections: give those of one.")
        made = None if parts is None else decode_parts(read_file(parts), election.uuid)
        with workers(len(listed.lines) // SLICE, os.cpu_count()) as run:
            verify_own_list(asked, listed, decode_public_credentials(setup.credentials), made, run)
    typer.echo(
        f"核对无误：封定的 {len(listed.lines)} 份投票码都是各位制信人做的，面积与申请一致。\n"
        f"请再对照公告上印的指纹：{election.fingerprint}"
    )


@app.command(help="用两位制信人的钥匙打开封存的投票码，供打印信件；打印后请删除写出的文件。")
def letters(
    private: Annotated[Path, typer.Option(help="封存的投票码", show_default=False)],
    identity: Annotated[list[Path], typer.Option(help="制信人的钥匙文件，写两次，先后不限", show_default=False)],
    out: Annotated[Path, typer.Option(help="供打印的文件", show_default=False)],
    *,
    site: Annotated[
        str, typer.Option(help="业主投票的网址（https://…），写了就给每封信加上二维码用的地址", show_default=False)
    ] = "",
) -> None:
    """Open what was issued."""
    with telling():
        require_absent(out)
        opened = _open(private, identity)
        create_secret(out, encode_letters(opened, site))
    typer.echo(f"已打开 {len(opened)} 封信的投票码，写在 {out}。打印后请立即删除这个文件。")


@app.command(help="给一位业主补一封信：投票码不变，编号换新，旧信作废。须两位制信人的钥匙。")
def reissue(  # noqa: PLR0917 - each is an option of the command
    private: Annotated[Path, typer.Option(help="封存的投票码", show_default=False)],
    identity: Annotated[list[Path], typer.Option(help="制信人的钥匙文件，写两次，先后不限", show_default=False)],
    entitlement: Annotated[int, typer.Option(help="业主在清册上的序号", show_default=False)],
    reason: Annotated[Why, typer.Option(help="lost 丢失，damaged 损坏，sale 房屋转让", show_default=False)],
    public: Annotated[Path, typer.Option(help="要交回的补信说明", show_default=False)],
    letter: Annotated[Path, typer.Option(help="供打印的新信", show_default=False)],
) -> None:
    """Make one letter anew."""
    with telling():
        require_apart(private, public, letter)
        require_absent(public, letter)
        found = _find(_open(private, identity), entitlement)
        renewed = found._replace(number=generate_letter_number(secrets.token_bytes))
        assert renewed.number is not None
        create_secret(letter, encode_letters([renewed]))
        create_secret(public, encode_reissued(Reissued(found.election, entitlement, renewed.number, reason)))
    typer.echo(
        f"已为第 {entitlement} 号业主补信，写在 {letter}，打印后请立即删除。\n"
        f"请把 {public} 交给系统：收到之前，新信还不能用，旧信还没有作废。"
    )


@app.command(help="异议期满后销毁封存的投票码，并写一份销毁说明。")
def destroy(
    private: Annotated[Path, typer.Option(help="封存的投票码", show_default=False)],
    election: Annotated[str, typer.Option(help="表决的编号", show_default=False)],
    statement: Annotated[Path, typer.Option(help="要交回的销毁说明", show_default=False)],
) -> None:
    """Destroy what was issued."""
    with telling():
        require_apart(private, statement)
        require_absent(statement)
        written = encode_destroyed(Destroyed(require_uuid(election), hex_digest(read_file(private))))
        destroy_secret(private)
        write_file(statement, written)
    typer.echo(f"已覆盖并删除 {private}。别处的副本（备份、U盘、打印用的文件）请自己销毁。请把 {statement} 交回。")


def _open(private: Path, identity: Sequence[Path]) -> tuple[Letter, ...]:
    keys = [read_file(path).decode(errors="replace") for path in identity]
    return decode_letters(open_letters(read_file(private), keys))


def _find(letters: Sequence[Letter], entitlement: int) -> Letter:
    found = next((letter for letter in letters if letter.entitlement == entitlement), None)
    if found is None:
        raise RefusedError(Reason.MALFORMED, f"There is no letter for entitlement {entitlement}: look at the roll.")
    if found.number is None:
        raise RefusedError(
            Reason.NOT_SUPPORTED, "The letters of this election have no numbers: print the old letter once more."
        )
    return found


def _issue(asked: Request) -> tuple[PublicList, list[Letter]]:
    public: list[PublicLine] = []
    issued: list[Letter] = []
    numbers: set[str] = set()
    for line in asked.lines:
        credential = generate_credential(secrets.token_bytes)
        secret = derive_secret(asked.election, credential)
        letter = Letter(asked.election, line.entitlement, credential, line.places, line.owner)
        if asked.credential_parts == 1:
            public.append(PublicLine(line.entitlement, public_credential(secret)))
        else:
            letter = letter._replace(number=_new_number(numbers))
            part = prove_part(asked.election, Side.LETTER, secret, secrets.token_bytes)
            public.append(PublicLine(line.entitlement, part.public, part.proof, letter.number))
        issued.append(letter)
    return PublicList(asked.election, tuple(public)), issued


def _new_number(numbers: set[str]) -> str:
    number = next(number for number in iter(_draw_number, "") if number not in numbers)
    numbers.add(number)
    return number


def _draw_number() -> str:
    return generate_letter_number(secrets.token_bytes)
