"""Speaks with whoever types `vote trustee`: makes the key with the other trustees, and opens the total after voting.

 * Files only, no network: a trustee may work on a machine that never was on one.
 * The trustee's own file is stored before anything is handed over, and is readable by its owner alone.
 * Exit 0 done; 1 something is wrong and nothing was handed over; 2 a file is missing; 3 others have to act first.

Not here: what a step does (`crypto.ceremony`), what may be opened (`opening`).
"""

import os
import secrets
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from crypto.archive_reader import read_archive
from crypto.ceremony import Step, begin, commit, finish, reveal, verify_assembled
from crypto.ceremony_board import ROUNDS, Board, decode_board
from crypto.ceremony_post import Post, Round, encode_post
from crypto.ceremony_state import TrusteeState
from crypto.characters import read_characters
from crypto.encoding import compact_json
from crypto.errors import ThresholdError
from crypto.opening_list import SLICE
from crypto.recovery import recover as recover_state
from crypto.tally import PartialSum
from crypto.trial import make_trial
from crypto.trustees import decode_trustees
from vote.election.manifest import find_base
from vote.election.packing import unpack
from vote.errors import Reason, RefusedError
from vote.offline import (
    WAIT,
    create_secret,
    destroy_secret,
    read_file,
    replace_secret,
    require_absent,
    require_apart,
    telling,
    write_file,
)
from vote.recount.counted import counted_trackers
from vote.recount.workers import workers
from vote.roll.area import write_area
from vote.terminal import shown
from vote.trustee.destruction import destroy_own, encode_destruction
from vote.trustee.handed_share import encode_handed_share
from vote.trustee.invitation import decode_invitation
from vote.trustee.memory import (
    Memory,
    decode_memory,
    encode_memory,
    holds_own_key,
    own_secret,
    remember_opening,
    remember_trustees,
)
from vote.trustee.named import require_office, seal_own_list
from vote.trustee.opening import audit_own_setup, open_total, recount, require_over

StateFile = Annotated[Path, typer.Option("--state", help="您自己的钥匙文件，不交给任何人", show_default=False)]
PostFile = Annotated[Path, typer.Option("--post", help="要交给工作人员的文件", show_default=False)]
BoardFile = Annotated[Path, typer.Option("--board", help="工作人员发来的公告板文件", show_default=False)]

AGREED = "是"
STEPS = {Round.COMMITMENTS: commit, Round.REVEALS: reveal, Round.KEYS: finish}
STEPS_ZH = {
    Round.CERTIFICATES: "登记",
    Round.COMMITMENTS: "第一步（共三步）：封存",
    Round.REVEALS: "第二步（共三步）：亮出",
    Round.KEYS: "第三步（共三步）：成钥",
}
AFTERWARDS_ZH = {
    Round.COMMITMENTS: "等所有开箱人都做完这一步，取回新的公告板文件，再运行一次 vote trustee next。",
    Round.REVEALS: "等所有开箱人都做完这一步，取回新的公告板文件，再运行一次 vote trustee next。",
    Round.KEYS: "钥匙已做成：请把钥匙文件另存一份，妥善保管到开箱之日。收到 trustees.json 后运行 vote trustee check。",
}
PROOFS_SKIPPED_ZH = (
    "注意：没有检查每张票的零知识证明。只有刚才在这台电脑上用 vote verify 核对过同一个文件，这样做才安全；"
    "否则别人可能借您的钥匙看到单张票。不确定时请去掉 --skip-proofs 重新运行。"
)

NO_RESULT_ZH = (
    "注意：这个档案里还没有结果。若各位都在开箱之前销毁，这次表决就再也开不出来；只有表决已经作废才该继续。\n"
)

app = typer.Typer(no_args_is_help=True, help="开箱人：做钥匙、开箱。只读写文件，不联网。")


@app.command("begin", help="登记为开箱人，生成自己的钥匙文件。")
def begin_command(
    invitation: Annotated[Path, typer.Option(help="工作人员发来的邀请文件", show_default=False)],
    state: StateFile,
    post: PostFile,
) -> None:
    """Take a place in a ceremony."""
    with telling():
        require_apart(invitation, state, post)
        require_absent(state)
        place = decode_invitation(read_file(invitation))
        begun, certificate = begin(
            secrets.token_bytes,
            index=place.index,
            size=place.size,
            threshold=place.threshold,
            name=place.name,
            context=place.election,
        )
        create_secret(state, encode_memory(Memory(begun)))
        _hand_over(post, certificate)
    typer.echo(
        f"已登记为第 {place.index} 位开箱人（共 {place.size} 位，任意 {place.threshold} 位到场即可开箱）。\n"
        f"请把 {post} 交给工作人员；{state} 是您的钥匙文件，只留在您自己手里。\n"
        "等所有开箱人都登记后，取回公告板文件，运行 vote trustee next。"
    )


@app.command("next", help="做三步中该做的那一步。")
def next_command(state: StateFile, board: BoardFile, post: PostFile) -> None:
    """Take the step that is due."""
    with telling():
        require_apart(state, board, post)
        memory, shown = _read_memory(state), decode_board(read_file(board))
        due = next((each for each in STEPS if shown.find(each, memory.state.index) is None), None)
        if due is None:
            _tell_finished(memory.state, shown)
            return
        new, message = _take(due, memory.state, shown)
        replace_secret(state, encode_memory(replace(memory, state=new)))
        _hand_over(post, message)
    typer.echo(f"{STEPS_ZH[due]}，已完成。\n请把 {post} 交给工作人员。{AFTERWARDS_ZH[due]}")


@app.command(help="封定选举之前，核对其中的钥匙就是大家一起做的那把。")
def check(
    state: StateFile,
    board: BoardFile,
    trustees: Annotated[Path, typer.Option(help="选举用的 trustees.json", show_default=False)],
) -> None:
    """Check that `trustees.json` is what this trustee took part in, and remember it."""
    with telling():
        memory, document = _read_memory(state), read_file(trustees)
        verify_assembled(memory.state, decode_board(read_file(board)), document)
        replace_secret(state, encode_memory(remember_trustees(memory, document)))
    typer.echo("核对无误：选举用的就是各位开箱人一起做的钥匙，其中有您的一份。")


@app.command("try", help="封定选举之前，试一次能不能开箱：写出一份证明，交给工作人员或直接送到系统。")
def try_command(
    state: StateFile,
    trustees: Annotated[Path, typer.Option(help="选举用的 trustees.json", show_default=False)],
    trial: Annotated[Path, typer.Option(help="要交给工作人员的证明", show_default=False)],
) -> None:
    """Show that this trustee can open."""
    with telling():
        require_apart(state, trustees, trial)
        memory, document = _read_memory(state), read_file(trustees)
        if not holds_own_key(memory, decode_trustees(document)):
            raise RefusedError(Reason.NOT_ALLOWED, "These trustees are not those of your ceremony with your key.")
        secret, place = own_secret(memory), memory.state
        write_file(trial, make_trial(place.context, document, place.index, secret, secrets.token_bytes))
    typer.echo(f"您的钥匙开得了：请把 {trial} 交给工作人员。")


@app.command(help="用卡上的十二个字和公告板，重新做出自己的钥匙文件（在网页上保管的开箱人）。")
def recover(
    board: BoardFile,
    state: StateFile,
    characters: Annotated[
        str | None, typer.Option(help="卡上的十二个字；不写则另行询问，不显示在屏幕上", show_default=False)
    ] = None,
) -> None:
    """Make a trustee's file from the characters on a card."""
    with telling():
        require_apart(board, state)
        require_absent(state)
        typed = characters or typer.prompt("请输入卡上的十二个字", hide_input=True)
        found = recover_state(read_characters(typed), decode_board(read_file(board)), secrets.token_bytes)
        create_secret(state, encode_memory(Memory(found)))
    typer.echo(
        f"已做出第 {found.index} 位开箱人（{shown(found.name)}）的钥匙文件 {state}，只留在您自己手里。\n"
        "卡上写着开过箱的，不要再开另一份档案。请接着运行 vote trustee check。"
    )


@app.command(help="开箱：重新核对全部选票、自己加出总数，只打开这一个总数。")
def decrypt(
    state: StateFile,
    archive: Annotated[Path, typer.Option(help="投票结束后的选举档案（.bel）", show_default=False)],
    share: Annotated[Path, typer.Option(help="要交给工作人员的开箱文件", show_default=False)],
    *,
    manifest: Annotated[Path | None, typer.Option(help="封存的表决方案 manifest.json", show_default=False)] = None,
    skip_proofs: Annotated[
        bool, typer.Option("--skip-proofs", help="不检查每张票的零知识证明：仅当本机刚用 vote verify 核对过同一文件")
    ] = False,
) -> None:
    """Count an archive again and make the share of its total."""
    with telling():
        require_apart(state, archive, share, *([] if manifest is None else [manifest]))
        memory, content = _read_memory(state), read_archive(read_file(archive))
        sealed = None if manifest is None else read_file(manifest)
        setup = audit_own_setup(memory, content, sealed)
        if sealed is not None:
            require_over(sealed, datetime.now(UTC))
        if skip_proofs:
            typer.echo(PROOFS_SKIPPED_ZH, err=True)
        typer.echo(f"正在核对“{shown(setup.election.name)}”的 {len(content.ballots)} 张票……")
        total = recount(setup, content, skip_proofs=skip_proofs, processes=os.cpu_count() or 1)
        typer.echo(_count_zh(total, find_base(setup.election.description)))
        # Read again: in the minutes of counting another window may have opened something.
        counted = counted_trackers(content.ballots, setup.weights)
        memory = remember_opening(_read_memory(state), setup.election, total.tally, counted)
        handed = encode_handed_share(open_total(memory, setup, total.tally, secrets.token_bytes))
        replace_secret(state, encode_memory(memory))
        write_file(share, handed)
    typer.echo(f"开箱文件已写好：请把 {share} 交给工作人员。钥匙文件仍由您自己保管。")


@app.command("open-lists", help="记名表决：把每张票中自己的那一份封给社区，供其在有人依规定申请时打开单张票。")
def open_lists(
    state: StateFile,
    archive: Annotated[Path, typer.Option(help="刚才开箱用的那个选举档案（.bel）", show_default=False)],
    manifest: Annotated[Path, typer.Option(help="封存的表决方案 manifest.json", show_default=False)],
    out: Annotated[Path, typer.Option(help="要交给社区的文件", show_default=False)],
) -> None:
    """Open the single ballots of a named election to the certifying office."""
    with telling():
        require_apart(state, archive, manifest, out)
        memory, content, sealed = _read_memory(state), read_archive(read_file(archive)), read_file(manifest)
        setup = audit_own_setup(memory, content, sealed)
        require_office(setup.election, sealed)
        # Other processes get the key in any case, as they work with it.
        with workers(len(content.ballots) // SLICE, os.cpu_count()) as run:
            write_file(out, seal_own_list(memory, setup, content, sealed, secrets.token_bytes, run))
    typer.echo(f"已封好，只有社区能打开：请把 {out} 交给社区。它不进公开的档案。")


@app.command(help="争议期过后销毁自己的钥匙：先写下一句签了名的话，再覆盖并删除钥匙文件。")
def destroy(
    state: StateFile,
    archive: Annotated[Path, typer.Option(help="选举档案（.bel）", show_default=False)],
    word: Annotated[Path, typer.Option(help="要交给工作人员的声明文件", show_default=False)],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="不再询问")] = False,
) -> None:
    """Destroy this trustee's key."""
    with telling():
        require_apart(state, archive, word)
        memory, content = _read_memory(state), read_archive(read_file(archive))
        declared = destroy_own(memory, content, secrets.token_bytes)
        warning = NO_RESULT_ZH if content.result is None else ""
        if not yes and typer.prompt(f"{warning}销毁之后，这把钥匙再也打不开任何东西。要销毁请输入：是") != AGREED:
            raise RefusedError(Reason.NOT_ALLOWED, "Nothing was destroyed.")
        write_file(word, encode_destruction(declared))
        destroy_secret(state)
    typer.echo(f"钥匙文件已覆盖并删除。请把 {word} 交给工作人员；另存的副本也请一并销毁。")


def _read_memory(path: Path) -> Memory:
    return decode_memory(read_file(path))


def _hand_over(path: Path, post: Post) -> None:
    write_file(path, compact_json(encode_post(post)))


def _take(due: Round, state: TrusteeState, board: Board) -> Step:
    try:
        return STEPS[due](state, board, secrets.token_bytes)
    except ThresholdError:
        _wait(board, ROUNDS[ROUNDS.index(due) - 1])


def _tell_finished(state: TrusteeState, board: Board) -> None:
    if board.context != state.context:
        raise RefusedError(Reason.NOT_ALLOWED, "The board is of another election than your key: ask for the right one.")
    if board.missing(Round.KEYS):
        _wait(board, Round.KEYS)
    typer.echo("三步都已做完，各位开箱人的也都齐了。收到 trustees.json 后运行 vote trustee check。")


def _wait(board: Board, round_: Round) -> NoReturn:
    missing = "、".join(map(str, board.missing(round_)))
    typer.echo(f"还要等第 {missing} 位开箱人完成“{STEPS_ZH[round_]}”；之后取回新的公告板文件再运行一次。", err=True)
    raise typer.Exit(WAIT)


def _count_zh(total: PartialSum, base: int | None) -> str:
    counted = f"核对完毕：{total.num_tallied} 票计入"
    if base is None:
        return f"{counted}。"
    return f"{counted}，面积合计 {write_area(unpack(total.total_weight, base).area_dm2)} ㎡；请与公布的参与情况对照。"
