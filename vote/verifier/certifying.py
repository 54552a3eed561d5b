"""Verifies the certificate, step `CERTIFICATE`: its words, its signatures, its PDF.

 * It answers every objection that is published.
 * A PDF that another release has set cannot be compared byte for byte; that is said, and the words are verified.
 * A correction or a revocation is said to be one: the certificate before it is in no bundle.

Not here: what it is held against (`certified`, `objections`).
"""

from vote.certificate.content import CORRECTION, REVOCATION, Certificate
from vote.law.citation import Text
from vote.verifier.bundle import CERTIFICATE, CERTIFICATE_PDF, CHECK, MANIFEST, OBJECTIONS, RESULT
from vote.verifier.counting import Ballots
from vote.verifier.opening import Opened
from vote.verifier.progress import LONE, Progress
from vote.verifier.report import Step

_KIND = {CORRECTION: Text("更正", "a correction"), REVOCATION: Text("撤销", "a revocation")}


def certify(opened: Opened, ballots: Ballots, progress: Progress) -> None:
    """Verify `certificate.json` and `certificate.pdf`, if they are there.

    Args:
        opened: from `open_bundle`.
        ballots: from `verify_count`.
        progress: hears of the step.

    Raises:
        StoppedError: something is wrong with them.
    """
    manifest, parts, archive = opened.manifest, opened.bundle.parts, opened.archive
    if manifest is None or CERTIFICATE not in parts:
        progress.skip(LONE if manifest is None else Text("还没有证书", "there is none yet"), Step.CERTIFICATE)
        return
    # What sets and signs a PDF takes longer to load than all the rest.
    from vote.certificate.pades import verify_signed_sheet  # noqa: PLC0415
    from vote.certificate.sheet import sheet_name  # noqa: PLC0415
    from vote.verifier import certified, checked, objections  # noqa: PLC0415

    with progress.step(Step.CERTIFICATE) as details:
        certificate = certified.read_certificate(parts[CERTIFICATE], manifest)
        evidence = certified.Evidence(
            manifest=parts[MANIFEST],
            result=parts[RESULT],
            archive=opened.bundle.archive or b"",
            fingerprint=opened.setup.election.fingerprint,
            opened=tuple(sorted(share.owner for share in archive.shares)),
            changes=opened.changes,
            box=len(ballots.box or ()),
            set_aside=len(ballots.set_aside),
            check=checked.decode_check(parts[CHECK], manifest.uuid),
        )
        certified.verify_certificate(certificate, manifest, evidence)
        objected = objections.decode_objections(parts[OBJECTIONS], manifest.uuid)
        objections.verify_answered(objected, certificate.objections)
        comparable = certificate.sheet == sheet_name()
        if comparable:
            with certified.telling(CERTIFICATE_PDF):
                verify_signed_sheet(parts[CERTIFICATE_PDF], certificate, manifest.offices)
        details.append(Text(f"第{certificate.number}号，三方签名", f"number {certificate.number}, signed by all three"))
    progress.facts["certificate"] = {"number": certificate.number, "kind": certificate.kind}
    if not comparable:
        progress.warn(
            f"certificate.pdf 是另一个版本排的版（{certificate.sheet}），没有逐字节核对；certificate.json 核对过了",
            f"certificate.pdf was set by another release ({certificate.sheet}) and was not compared; certificate.json was",
        )
    _warn_of_kind(certificate, progress)


def _warn_of_kind(certificate: Certificate, progress: Progress) -> None:
    kind = _KIND.get(certificate.kind)
    if kind is not None:
        progress.warn(
            f"这是第{certificate.number}号证书，是{kind.zh}：{certificate.reason}。前一号不在这里，未核对",
            f"certificate {certificate.number} is {kind.en}: {certificate.reason}; the one before it was not checked",
        )
