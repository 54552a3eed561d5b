"""Speaks with whoever types `vote office`: makes the keys of an office, signs what it certifies, opens a named ballot.

 * Files only, no network: the keys never lie on the server.
 * What is about to be signed stands on the screen first, and is signed only when a person says so.
 * Exit 0 done; 1 something is wrong and nothing was signed; 2 a file is missing; 3 another office signs first.

Not here: what may be signed (`certifying.py`), opening named ballots (`opening_command.py`).
"""

import secrets
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from vote.certificate.content import Certificate, certificate_digest, decode_certificate
from vote.certificate.wording import summary_zh
from vote.election.office import encode_office
from vote.errors import Reason, RefusedError
from vote.office.key_file import (
    OfficeSecrets,
    decode_authority,
    encode_authority,
    encode_secrets,
    lock,
    new_secrets,
)
from vote.office.opening_command import open_ballot
from vote.office.passphrase import open_secrets
from vote.office.x509 import (
    DEMO_AUTHORITY,
    certify,
    certify_self,
    new_authority,
    new_private_key,
    read_certificate,
    request_certificate,
    verify_own,
)
from vote.offline import (
    REFUSED,
    create_secret,
    read_file,
    replace_secret,
    require_absent,
    require_apart,
    telling,
    write_file,
)
from vote.terminal import shown


class OfficeName(StrEnum):
    """The offices that certify."""

    ORGANISER = "organiser"
    COMMUNITY = "community"
    SUB_DISTRICT = "sub_district"


OFFICE_ZH = {OfficeName.ORGANISER: "组织者", OfficeName.COMMUNITY: "社区", OfficeName.SUB_DISTRICT: "街道"}
AGREED = "是"
NO_PDF = "none"

KeyFile = Annotated[Path, typer.Option("--key", help="本单位的钥匙文件，不交给任何人", show_default=False)]
PublicFile = Annotated[Path, typer.Option("--public", help="要交给工作人员的公开钥匙", show_default=False)]

app = typer.Typer(no_args_is_help=True, help="组织者、社区、街道：做钥匙、签署结果证明。只读写文件，不联网。")
app.command("open", help="社区拆开一张记名票：一份平台签名的申请拆一张，只显示，不保存。")(open_ballot)


@app.command(help="演示用：造一个给各单位发证书的根证书，名字里写明是演示。")
def ca(
    out: Annotated[Path, typer.Option(help="根证书的钥匙文件", show_default=False)],
    *,
    demo: Annotated[bool, typer.Option("--demo", help="确认只用于演示")] = False,
) -> None:
    """Make an authority for demonstrations."""
    with telling():
        if not demo:
            raise RefusedError(
                Reason.NOT_ALLOWED,
                "An authority is made for demonstrations only: add --demo, or bring a certificate of a licensed one.",
            )
        create_secret(out, encode_authority(new_authority(datetime.now(UTC))))
    typer.echo(f"已造好“{DEMO_AUTHORITY}”：{out}。它发的证书只能用于演示。")


@app.command(help="生成本单位的钥匙：签结果证明的、签 PDF 的，社区另有打开记名票的。")
def keygen(
    office: Annotated[OfficeName, typer.Option(help="哪一方", show_default=False)],
    name: Annotated[str, typer.Option(help="单位全称，会印在证明上", show_default=False)],
    out: Annotated[Path, typer.Option(help="钥匙文件，不交给任何人", show_default=False)],
    public: PublicFile,
    *,
    authority: Annotated[Path | None, typer.Option("--ca", help="演示用的根证书", show_default=False)] = None,
) -> None:
    """Make the keys of an office."""
    with telling():
        require_apart(out, public, *([] if authority is None else [authority]))
        require_absent(out, public)
        private, now = new_private_key(), datetime.now(UTC)
        if authority is None:
            x509 = certify_self(private, name, now)
        else:
            x509 = certify(decode_authority(read_file(authority)), private, name, now)
        made = new_secrets(office, name, private, x509, secrets.token_bytes)
        create_secret(out, encode_secrets(made))
        write_file(public, encode_office(made.public))
    typer.echo(
        f"已为“{shown(name)}”（{OFFICE_ZH[office]}）生成钥匙。\n"
        f"请把 {public} 交给工作人员；{out} 只留在本单位，请另存一份，妥善保管。"
    )


@app.command(help="向持牌认证机构申请证书：写出证书请求（CSR）。")
def csr(
    key: KeyFile,
    out: Annotated[Path, typer.Option(help="要交给认证机构的请求文件", show_default=False)],
) -> None:
    """Ask a licensed authority for a certificate."""
    with telling():
        require_apart(key, out)
        found = _read_secrets(key)
        write_file(out, request_certificate(found.x509_key, found.name))
    typer.echo(f"请求已写好：请把 {out} 交给认证机构；拿到证书后运行 vote office certificate。")


@app.command(help="换上持牌认证机构发的证书；要在封定选举之前做。")
def certificate(
    key: KeyFile,
    given: Annotated[Path, typer.Option("--certificate", help="认证机构发的证书", show_default=False)],
    public: PublicFile,
) -> None:
    """Put the certificate of a licensed authority in the place of the one made here."""
    with telling():
        require_apart(key, given, public)
        (found, passphrase), x509 = open_secrets(read_file(key)), read_certificate(read_file(given))
        verify_own(x509, found.x509_key)
        changed = OfficeSecrets(found.office, found.name, found.signing, found.x509_key, x509, found.hpke)
        written = encode_secrets(changed)
        replace_secret(key, written if passphrase is None else lock(written, passphrase))
        write_file(public, encode_office(changed.public))
    typer.echo(f"证书已换上。请把新的 {public} 交给工作人员；已封定的选举仍用原来的证书。")


@app.command("certify", help="核对并签署结果证明：证明文件和 PDF 各签一次。")
def certify_command(
    key: KeyFile,
    manifest: Annotated[Path, typer.Option(help="封存的表决方案 manifest.json", show_default=False)],
    *,
    bundle: Annotated[Path, typer.Option(help="公布的文件夹：选举档案（.bel）和 result.json", show_default=False)],
    draft: Annotated[Path, typer.Option("--certificate", help="待签的结果证明", show_default=False)],
    out_signature: Annotated[Path, typer.Option(help="要交给工作人员的签名文件", show_default=False)],
    out_pdf: Annotated[Path, typer.Option(help="要交给工作人员的 PDF", show_default=False)],
    pdf_in: Annotated[Path, typer.Option(help="前一方签过的 PDF；第一个签的写 none")] = Path(NO_PDF),
    earlier: Annotated[Path | None, typer.Option(help="更正、撤销时：被取代的那一份证明", show_default=False)] = None,
    yes: Annotated[bool, typer.Option("--yes", help="已看过内容，不再询问")] = False,
) -> None:
    """Check a certificate, show it, and sign it."""
    from vote.office.certifying import Papers, check_papers, sign_papers  # noqa: PLC0415 - loads a PDF library

    with telling():
        before = [] if pdf_in == Path(NO_PDF) else [pdf_in]
        replaced = [] if earlier is None else [earlier]
        require_apart(key, manifest, draft, out_signature, out_pdf, *before, *replaced)
        found, data = _read_secrets(key), read_file(draft)
        uuid = decode_certificate(data).election.uuid
        papers = Papers(
            draft=data,
            manifest=read_file(manifest),
            result=read_file(bundle / "result.json"),
            archive=read_file(bundle / f"{uuid}.bel"),
            pdf=read_file(before[0]) if before else None,
            earlier=read_file(replaced[0]) if replaced else None,
        )
        checked = check_papers(papers, found)
        _show(checked.certificate, found)
        if not yes and typer.prompt("核对无误，同意签署，请输入“是”", default="", show_default=False) != AGREED:
            typer.echo("没有签署。", err=True)
            raise typer.Exit(REFUSED)
        signature, pdf = sign_papers(checked, found, datetime.now(UTC))
        write_file(out_pdf, pdf)
        write_file(out_signature, signature)
    typer.echo(f"已签署。请把 {out_signature} 和 {out_pdf} 交给工作人员。")


def _read_secrets(path: Path) -> OfficeSecrets:
    found, _ = open_secrets(read_file(path))
    return found


def _show(certificate_: Certificate, found: OfficeSecrets) -> None:
    typer.echo(f"您将以“{shown(found.name)}”（{OFFICE_ZH[OfficeName(found.office)]}）的名义签署：")
    for each in summary_zh(certificate_):
        typer.echo(f"  {shown(each)}")
    typer.echo(f"  校验码 {certificate_digest(certificate_)}")
    typer.echo("数字已与表决方案、结果文件和选举档案对过；票对不对，请先用 vote verify 核对公布的文件夹。")
