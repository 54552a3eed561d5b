"""Keeps `certificate.json`: a certificate and the signatures of the offices that answer for it.

 * The organiser confirms the result, the community certifies the procedure, the sub-district acknowledges; each signs
   the certificate's own RFC 8785 bytes, in this order.
 * A certificate counts with all three signatures, by the keys that the sealed manifest names.

Follows product.md §4, SPEC.md §12. Not here: the signatures in the PDF (`pades.py`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import rfc8785

from crypto.encoding import read_json, require_fields, require_list
from crypto.errors import MalformedError, VerificationError
from crypto.signature import (
    SigningKey,
    decode_public_key,
    decode_signature,
    encode_public_key,
    encode_signature,
    sign,
    verify_signature,
)
from vote.canonical import spells
from vote.certificate.content import Certificate, certificate_value, encode_certificate, read_certificate
from vote.certificate.record import word
from vote.election.terms import OFFICES, OfficeKeys

DOMAIN = "certificate/1"


@dataclass(frozen=True, slots=True)
class OfficeSignature:
    """An office's signature of a certificate."""

    office: str
    key: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class SignedCertificate:
    """A certificate with the signatures it has so far."""

    certificate: Certificate
    signatures: tuple[OfficeSignature, ...]


def sign_certificate(key: SigningKey, office: str, certificate: Certificate) -> OfficeSignature:
    """Return an office's signature."""
    return OfficeSignature(office, key.public, sign(key, DOMAIN, encode_certificate(certificate)))


def encode_signed(signed: SignedCertificate) -> bytes:
    """Write `certificate.json`."""
    return rfc8785.dumps(
        {
            "certificate": certificate_value(signed.certificate),
            "signatures": [_signature_value(each) for each in signed.signatures],
        }
    )


def decode_signed(data: bytes) -> SignedCertificate:
    """Read `certificate.json`.

    Raises:
        MalformedError: it is none, a signature stands out of order, or the spelling is not canonical.
        VerificationError: a key is none.
    """
    fields = require_fields(read_json(data, "certificate"), ("certificate", "signatures"), "certificate")
    signatures = tuple(_read_signature(each) for each in require_list(fields["signatures"], "certificate, signatures"))
    require_order([each.office for each in signatures])
    signed = SignedCertificate(read_certificate(fields["certificate"]), signatures)
    if not spells(data, lambda: encode_signed(signed)):
        raise MalformedError("certificate: not in canonical spelling (RFC 8785)")
    return signed


def encode_office_signature(signature: OfficeSignature) -> bytes:
    """Write a signature as an office hands it over."""
    return rfc8785.dumps(_signature_value(signature))


def decode_office_signature(data: bytes) -> OfficeSignature:
    """Read a signature that an office hands over.

    Raises:
        MalformedError: it is none, or the spelling is not canonical.
        VerificationError: its key is none.
    """
    signature = _read_signature(read_json(data, "signature"))
    if encode_office_signature(signature) != data:
        raise MalformedError("signature: not in canonical spelling (RFC 8785)")
    return signature


def require_order(offices: Sequence[str]) -> None:
    """Raise unless offices signed one after the other, from the organiser on.

    Raises:
        MalformedError: one stands out of order.
    """
    if tuple(offices) != OFFICES[: len(offices)]:
        raise MalformedError(f"signatures: they stand in the order {', '.join(OFFICES)}, each once")


def verify_office_signature(
    signature: OfficeSignature, certificate: Certificate, offices: Mapping[str, OfficeKeys]
) -> None:
    """Raise unless a signature is that of its office for this certificate.

    Args:
        signature: of one office.
        certificate: what it should be for.
        offices: from the manifest.

    Raises:
        VerificationError: it is another key's, or for something else.
    """
    if encode_public_key(signature.key) != offices[signature.office].signing:
        raise VerificationError(f"certificate, {signature.office}: the key is not the one in the sealed manifest")
    try:
        verify_signature(signature.key, DOMAIN, encode_certificate(certificate), signature.signature)
    except VerificationError:
        raise VerificationError(f"certificate, {signature.office}: the signature is not for these words") from None


def verify_certificate_signatures(signed: SignedCertificate, offices: Mapping[str, OfficeKeys]) -> None:
    """Raise unless all three offices signed.

    Args:
        signed: from `decode_signed`.
        offices: from the manifest.

    Raises:
        VerificationError: a signature is missing, another key's, or for something else.
    """
    if len(signed.signatures) < len(OFFICES):
        missing = ", ".join(OFFICES[len(signed.signatures) :])
        raise VerificationError(f"certificate: it counts with all signatures only, and lacks that of {missing}")
    for signature in signed.signatures:
        verify_office_signature(signature, signed.certificate, offices)


def _signature_value(signature: OfficeSignature) -> dict[str, str]:
    return {
        "office": signature.office,
        "key": encode_public_key(signature.key),
        "signature": encode_signature(signature.signature),
    }


def _read_signature(value: object) -> OfficeSignature:
    fields = require_fields(value, ("office", "key", "signature"), "signature")
    return OfficeSignature(
        word(*OFFICES)(fields["office"], "signature, office"),
        decode_public_key(fields["key"]),
        decode_signature(fields["signature"]),
    )
