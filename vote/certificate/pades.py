"""Signs the PDF of a certificate for an office, and finds out whether a PDF is the certificate and who signed it.

 * A signature only adds to the file. It begins with what `sheet.py` makes of the certificate, byte for byte, with
   three empty fields. Each revision after that fills the next office's field, its stamp lying in that office's
   frame, and adds nothing else.
 * The three offices sign in order, each with the X.509 certificate that the sealed manifest names. It was pinned before
   anybody voted, so no authority is asked; it has to be valid on the certificate's day.
 * Keys are RSA-3072: every reader knows RSA (ISO 32000-1), older ones know neither ECDSA nor Ed25519.
 * Where the key is in a browser, the file is prepared here with zeros for the signature, which is all that is written there.

Follows ETSI EN 319 142-1 (PAdES B-B). Not here: the words that are signed as JSON (`signed.py`), making keys
(`vote.office`). To load this takes 0.4 s.
"""

import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from asn1crypto import cms, keys, x509  # type: ignore[import-untyped]
from pyhanko.pdf_utils.generic import IndirectObject, Reference
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, SuspiciousModification
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer, SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from crypto.errors import VerificationError
from vote.certificate.content import Certificate
from vote.certificate.sheet import render_sheet, sheet_name
from vote.certificate.signature_fields import FIELD_NAMES
from vote.certificate.stamp import stamp_style
from vote.election.terms import OFFICES, OfficeKeys

REASONS: Mapping[str, str] = dict(zip(OFFICES, ("确认结果", "见证程序", "签收"), strict=True))
_UNSIGNED = 2
"""Revisions: the sheet, and its empty fields."""


@dataclass(frozen=True, slots=True)
class PDFKey:
    """An office's key for PDF signatures; its `repr` does not show it."""

    certificate: bytes
    """X.509, DER."""
    private: bytes = field(repr=False)
    """PKCS #8, DER."""


def sign_sheet(pdf: bytes, certificate: Certificate, office: str, key: PDFKey, signed_at: datetime) -> bytes:
    """Return the PDF with an office's signature added.

    Args:
        pdf: from `render_sheet`, or with the signatures of the offices before; verified by the caller.
        certificate: what the PDF says.
        office: whose turn it is.
        key: of the office.
        signed_at: what the signature and its stamp tell.
    """
    signer = SimpleSigner(
        signing_cert=x509.Certificate.load(key.certificate),
        signing_key=keys.PrivateKeyInfo.load(key.private),
        cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
    )
    return _add_signature(pdf, certificate, office, signer, signed_at)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A PDF that lacks nothing but the signature of an office whose key is elsewhere."""

    pdf: bytes
    """With zeros in the place of the signature."""
    attributes: bytes
    """What is to be signed: the signed attributes of CMS (RFC 5652 §5.4), DER, which hold the digest of the PDF."""
    place: int
    """Where in the PDF the signature goes, in upper-case hex."""


def prepare_sheet(pdf: bytes, certificate: Certificate, office: str, x509_der: bytes, signed_at: datetime) -> Prepared:
    """Return the PDF with everything of an office's signature but the signature itself.

    Whoever has the key signs `attributes` with RSASSA-PKCS1-v1_5 and SHA-256 and writes the signature over the zeros:
    then the file is what `sign_sheet` would have made.

    Args:
        pdf: from `render_sheet`, or with the signatures of the offices before; verified by the caller.
        certificate: what the PDF says.
        office: whose turn it is.
        x509_der: the office's X.509 certificate.
        signed_at: what the signature and its stamp tell.
    """
    signer = _AbsentSigner(x509_der)
    signed = _add_signature(pdf, certificate, office, signer, signed_at)
    last = PdfFileReader(io.BytesIO(signed)).embedded_signatures[-1]
    _, start, _, _ = map(int, last.byte_range)
    # The signature is the last thing in its container, as nothing is added that it does not cover.
    written = len(cms.ContentInfo.load(last.pkcs7_content).dump()) - len(signer.zeros)
    return Prepared(signed, signer.attributes, start + len("<") + 2 * written)


def verify_sheet(pdf: bytes, certificate: Certificate, offices: Mapping[str, OfficeKeys]) -> tuple[str, ...]:
    """Return which offices signed a PDF, after checking that it is the certificate, their signatures and nothing else.

    Args:
        pdf: with the signatures it has so far.
        certificate: what it should say.
        offices: from the manifest.

    Raises:
        VerificationError: it says something else, was changed, or a signature is another key's; or another release set
            it and this one cannot tell.
    """
    if certificate.sheet != sheet_name():
        raise VerificationError(
            f"certificate, PDF: it was set by another release ({certificate.sheet}), which has to be used to compare it"
        )
    first = render_sheet(certificate)
    if not pdf.startswith(first):
        raise VerificationError("certificate, PDF: what is on it is not what the certificate says")
    if len(pdf) == len(first):
        return ()
    with _told_plainly():
        reader = PdfFileReader(io.BytesIO(pdf))
        found = reader.embedded_signatures
        signed = OFFICES[: len(found)]
        if not found or [each.field_name for each in found] != [FIELD_NAMES[office] for office in signed]:
            raise VerificationError("certificate, PDF: its signatures are not those of the offices in their order")
        _verify_revisions(reader, len(found))
        for office, signature in zip(signed, found, strict=True):
            _verify_signature(signature, office, certificate, offices[office].x509_sha256)
    return signed


def verify_signed_sheet(pdf: bytes, certificate: Certificate, offices: Mapping[str, OfficeKeys]) -> None:
    """Raise unless a PDF is the certificate, signed by all three offices.

    Raises:
        VerificationError: as `verify_sheet`, or a signature is missing.
    """
    signed = verify_sheet(pdf, certificate, offices)
    if signed != OFFICES:
        missing = ", ".join(OFFICES[len(signed) :])
        raise VerificationError(f"certificate, PDF: the signature of {missing} is missing")


def _add_signature(pdf: bytes, certificate: Certificate, office: str, signer: Signer, signed_at: datetime) -> bytes:
    meta = PdfSignatureMetadata(
        field_name=FIELD_NAMES[office],
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=certificate.offices[OFFICES.index(office)],
        reason=REASONS[office],
        location=certificate.estate.county,
    )
    shown = signer.signing_cert
    assert shown is not None
    out = io.BytesIO()
    signing = _DatedSigner(meta, signer=signer, stamp_style=stamp_style(office, signed_at, shown.dump()))
    signing.signed_at = signed_at
    signing.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), existing_fields_only=True, output=out)
    return out.getvalue()


class _AbsentSigner(Signer):
    """A signer whose key is elsewhere: leaves zeros, and keeps what would be signed."""

    def __init__(self, x509_der: bytes) -> None:
        super().__init__(
            signing_cert=x509.Certificate.load(x509_der),
            cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
        )
        assert self.signing_cert is not None
        self.zeros = bytes(self.signing_cert.public_key.byte_size)
        self.attributes = b""

    async def async_sign_raw(
        self,
        data: bytes,
        digest_algorithm: str,  # noqa: ARG002 - as it is declared there
        dry_run: bool = False,  # noqa: FBT001, FBT002 - as it is declared there
    ) -> bytes:
        """Keep what is to be signed."""
        if not dry_run:
            self.attributes = data
        return self.zeros


class _DatedSigner(PdfSigner):
    """A signer that is told what time it is."""

    signed_at: datetime

    def init_signing_session(
        self,
        pdf_out: BasePdfFileWriter,
        existing_fields_only: bool = False,  # noqa: FBT001, FBT002 - as it is declared there
    ) -> PdfSigningSession:
        """Begin to sign at the moment given."""
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.signed_at
        return session


@contextmanager
def _told_plainly() -> Iterator[None]:
    try:
        yield
    except VerificationError:
        raise
    except Exception:  # noqa: BLE001 - a reader of PDFs fails in many ways on what is none
        raise VerificationError("certificate, PDF: what was added to it cannot be read") from None


def _verify_revisions(reader: PdfFileReader, signatures: int) -> None:
    """Raise unless each revision after those of `render_sheet` filled a field and did nothing else."""
    if reader.xrefs.total_revisions != _UNSIGNED + signatures:
        raise VerificationError("certificate, PDF: something was added that no office signed")
    for number in range(signatures):
        old, new = (reader.get_historical_resolver(_UNSIGNED + each) for each in (number - 1, number))
        try:
            DEFAULT_DIFF_POLICY.apply(old, new)
        except SuspiciousModification:
            raise VerificationError(
                f"certificate, PDF: the signature of {OFFICES[number]} changed what is on the sheet"
            ) from None
    # A field more would be allowed, and its picture could lie anywhere.
    fields = _references(reader.root["/AcroForm"]["/Fields"])
    shown = [_annotations(reader, page) for page in range(int(reader.root["/Pages"]["/Count"]))]
    if len(fields) != len(OFFICES) or shown[0] != fields or any(shown[1:]):
        raise VerificationError("certificate, PDF: something lies on it that is no stamp of an office")


def _annotations(reader: PdfFileReader, number: int) -> list[Reference]:
    page, _ = reader.find_page_for_modification(number)  # type: ignore[no-untyped-call]
    return _references(page.get_object().get("/Annots", ()))


def _references(objects: Iterable[IndirectObject]) -> list[Reference]:
    return [each.reference for each in objects]


def _verify_signature(signature: EmbeddedPdfSignature, office: str, certificate: Certificate, x509_sha256: str) -> None:
    what, signer = f"certificate, PDF, {office}", signature.signer_cert
    if sha256(signer.dump()).hexdigest() != x509_sha256:
        raise VerificationError(f"{what}: it is not signed with the X.509 certificate that the sealed manifest names")
    # A certificate that is trusted by itself is not asked for its dates.
    validity = signer["tbs_certificate"]["validity"]
    if not validity["not_before"].native <= certificate.issued_at <= validity["not_after"].native:
        raise VerificationError(f"{what}: its X.509 certificate is not valid on the certificate's day")
    context = ValidationContext(trust_roots=[signer], moment=certificate.issued_at, allow_fetching=False)
    status = validate_pdf_signature(signature, context)
    last = signature.signed_revision == signature.reader.xrefs.total_revisions - 1
    whole = SignatureCoverageLevel.ENTIRE_FILE if last else SignatureCoverageLevel.ENTIRE_REVISION
    sound = status.intact and status.valid and status.trusted and status.coverage >= whole
    if not (sound and _is_spelt(signature)):
        raise VerificationError(f"{what}: the signature is not for this file")


def _is_spelt(signature: EmbeddedPdfSignature) -> bool:
    """Whether the one place that a signature cannot cover, its own, holds it and nothing but zeros after it."""
    _, start, end, _ = map(int, signature.byte_range)
    stream = signature.reader.stream
    stream.seek(start)
    written = stream.read(end - start)
    content = cms.ContentInfo.load(signature.pkcs7_content).dump().hex().upper().encode()
    return bool(written == b"<" + content.ljust(len(written) - 2, b"0") + b">")
