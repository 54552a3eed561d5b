"""Speaks the public keys of an office, as whoever prepares an election puts them into the manifest.

 * The SHA-256 of the X.509 certificate is that of the bytes beside it.
 * The certifying office, and no other, has a key to which named ballots are opened.
 * Canonical spelling only (RFC 8785).

Not here: the private keys (`key_file.py`).
"""

import base64
from dataclasses import dataclass

import rfc8785

from crypto.encoding import hex_digest, read_json, require_fields, require_text
from crypto.errors import MalformedError
from crypto.sealed_list import decode_office_public_key
from crypto.signature import decode_public_key
from vote.certificate.record import line, word
from vote.election.terms import CERTIFYING, OFFICES, OfficeKeys

_FIELDS = ("office", "name", "signing", "x509_sha256", "x509")


@dataclass(frozen=True, slots=True)
class PublicOffice:
    """An office and its public keys."""

    office: str
    name: str
    keys: OfficeKeys
    x509: bytes
    """Its certificate for PDF signatures, DER."""


def public_office(office: str, name: str, signing: str, x509: bytes, hpke: str | None) -> PublicOffice:
    """Return an office with its public keys.

    Args:
        office: organiser, community or sub_district.
        name: of the body that is the office.
        signing: Ed25519, 64 hex digits.
        x509: its certificate, DER.
        hpke: X25519, 64 hex digits, of the certifying office.
    """
    return PublicOffice(office, name, OfficeKeys(signing, hex_digest(x509), hpke), x509)


def encode_public_office(public: PublicOffice) -> bytes:
    """Write the public keys of an office."""
    keys = public.keys
    return rfc8785.dumps(
        {
            "office": public.office,
            "name": public.name,
            "signing": keys.signing,
            "x509_sha256": keys.x509_sha256,
            "x509": base64.b64encode(public.x509).decode(),
            **({} if keys.hpke is None else {"hpke": keys.hpke}),
        }
    )


def decode_public_office(data: bytes) -> PublicOffice:
    """Read the public keys of an office.

    Raises:
        MalformedError: they are none, do not belong together, or the spelling is not canonical.
        VerificationError: a key is none.
    """
    value = read_json(data, "office")
    fields = require_fields(value, _FIELDS, "office", ("hpke",))
    office = word(*OFFICES)(fields["office"], "office, office")
    if (office == CERTIFYING) != ("hpke" in fields):
        raise MalformedError(f"office: {CERTIFYING} has a key hpke for named ballots, the others have none")
    decode_public_key(fields["signing"])
    if "hpke" in fields:
        decode_office_public_key(fields["hpke"])
    public = public_office(
        office,
        line(fields["name"], "office, name"),
        fields["signing"],
        decode_base64(fields["x509"], "office, x509"),
        fields.get("hpke"),
    )
    if encode_public_office(public) != data:
        raise MalformedError("office: not in canonical spelling (RFC 8785), or x509_sha256 is of another certificate")
    return public


def decode_base64(value: object, what: str) -> bytes:
    """Read standard Base64.

    Raises:
        MalformedError: it is none.
    """
    try:
        return base64.b64decode(require_text(value, what), validate=True)
    except ValueError as error:
        reason = str(error) if isinstance(error, MalformedError) else f"{what}: standard Base64 is expected"
        raise MalformedError(reason) from None
