"""Decides whether an office may sign a certificate, and signs it: the words as JSON, and the PDF.

 * The draft says what the sealed manifest and the published result say; its archive is the one in the bundle.
 * The office is the one that the manifest names, by both its keys, and it is its turn.
 * The PDF is set here again; what was handed over has to be just that, with the earlier offices' signatures and nothing
   else.
 * What a correction replaces is the signed certificate before it.

Whether the archive's ballots and proofs are right, `vote verify` says. Not here: asking the person (`command.py`).
"""

from dataclasses import dataclass
from datetime import datetime

from crypto.archive_reader import read_archive
from crypto.election import decode_election
from crypto.encoding import hex_digest
from crypto.errors import ThresholdError, VerificationError
from vote.certificate.content import CERTIFICATE, Certificate, certificate_digest, decode_certificate
from vote.certificate.pades import PDFKey, sign_sheet, verify_sheet
from vote.certificate.rules import verify_composed, verify_replaces
from vote.certificate.sheet import render_sheet
from vote.certificate.signed import (
    decode_signed,
    encode_office_signature,
    sign_certificate,
    verify_certificate_signatures,
)
from vote.election.manifest import Manifest, decode_manifest, verify_description
from vote.election.terms import OFFICES
from vote.office.key_file import OfficeSecrets
from vote.office.x509 import is_demonstration, verify_own


@dataclass(frozen=True, slots=True)
class Papers:
    """What an office is given to sign."""

    draft: bytes
    """The certificate, RFC 8785."""
    manifest: bytes
    result: bytes
    archive: bytes
    pdf: bytes | None = None
    """With the signatures of the offices before; None for the first."""
    earlier: bytes | None = None
    """The signed certificate that a correction or revocation replaces."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A certificate that an office may sign."""

    certificate: Certificate
    pdf: bytes


def check_papers(papers: Papers, secrets: OfficeSecrets) -> Checked:
    """Return what an office may sign, after checking all of it.

    Raises:
        MalformedError: a paper is none, or not in canonical spelling.
        VerificationError: the papers do not belong together, or to this office.
        RefusedError: the certificate holds a character that cannot be printed.
        ThresholdError: an office before this one has to sign first.
    """
    certificate, manifest = decode_certificate(papers.draft), decode_manifest(papers.manifest)
    verify_composed(certificate, papers.manifest, papers.result)
    _verify_archive(certificate, manifest, papers)
    _verify_office(secrets, certificate, manifest)
    _verify_earlier(certificate, papers, manifest)
    pdf = render_sheet(certificate) if papers.pdf is None else papers.pdf
    signed = verify_sheet(pdf, certificate, manifest.offices)
    turn = OFFICES.index(secrets.office)
    if len(signed) > turn:
        raise VerificationError(f"certificate, PDF: {secrets.office} has signed it already")
    if len(signed) < turn:
        raise ThresholdError(f"certificate, PDF: {', '.join(OFFICES[len(signed) : turn])} signs first")
    return Checked(certificate, pdf)


def sign_papers(checked: Checked, secrets: OfficeSecrets, now: datetime) -> tuple[bytes, bytes]:
    """Return the office's signature file and the signed PDF."""
    signature = sign_certificate(secrets.signing, secrets.office, checked.certificate)
    key = PDFKey(secrets.x509, secrets.x509_key)
    return encode_office_signature(signature), sign_sheet(checked.pdf, checked.certificate, secrets.office, key, now)


def _verify_archive(certificate: Certificate, manifest: Manifest, papers: Papers) -> None:
    if hex_digest(papers.archive) != certificate.evidence.archive_sha256:
        raise VerificationError("certificate: the archive in the bundle is not the one that it names")
    election = decode_election(read_archive(papers.archive).setup.election)
    verify_description(election.description, papers.manifest, manifest.base)
    if election.fingerprint != certificate.evidence.fingerprint:
        raise VerificationError("certificate: its fingerprint is not that of the election in the archive")


def _verify_office(secrets: OfficeSecrets, certificate: Certificate, manifest: Manifest) -> None:
    own, sealed = secrets.public.keys, manifest.offices[secrets.office]
    if (own.signing, own.x509_sha256) != (sealed.signing, sealed.x509_sha256):
        raise VerificationError(f"key file: the sealed manifest names other keys for {secrets.office}")
    if certificate.offices[OFFICES.index(secrets.office)] != secrets.name:
        raise VerificationError(f"certificate, offices: the name of {secrets.office} is not the one in the key file")
    verify_own(secrets.x509, secrets.x509_key)
    if is_demonstration(secrets.x509) and not certificate.demo:
        raise VerificationError("key file: a demonstration's keys sign demonstrations only")


def _verify_earlier(certificate: Certificate, papers: Papers, manifest: Manifest) -> None:
    if certificate.kind == CERTIFICATE:
        return
    if papers.earlier is None:
        raise VerificationError("certificate: a correction or revocation needs the signed certificate it replaces")
    earlier = decode_signed(papers.earlier)
    verify_certificate_signatures(earlier, manifest.offices)
    verify_replaces(certificate, earlier.certificate, certificate_digest(earlier.certificate))
