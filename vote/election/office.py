"""Reads what an office hands in before sealing: its name and public keys, as `vote office keygen` wrote them.

>>> document = encode_office(Office("community", "某某社区", OfficeKeys("a" * 64, hex_digest(b"x"), "0b" * 32), b"x"))
>>> decode_office(document).keys.hpke == "0b" * 32
True

Not here: the secret keys, which never leave the office (`vote.office`).
"""

import base64
from dataclasses import dataclass

import rfc8785

from crypto.blame import about
from crypto.encoding import hex_digest, read_json, require_base64, require_digest, require_fields, require_text
from crypto.errors import MalformedError
from crypto.sealed_list import decode_office_public_key, encode_office_public_key
from vote.canonical import spells
from vote.election.terms import CERTIFYING, OFFICES, OfficeKeys

VERSION = 1
_WHAT = "the office's keys"
MAX_NAME = 100


@dataclass(frozen=True, slots=True)
class Office:
    """An office that signs the certificate."""

    office: str
    """One of `OFFICES`."""
    name: str
    keys: OfficeKeys
    x509: bytes
    """DER of the certificate for PDF signatures."""


def encode_office(office: Office) -> bytes:
    """Write the document."""
    keys = office.keys
    return rfc8785.dumps(
        {
            "version": VERSION,
            "office": office.office,
            "name": office.name,
            "signing": keys.signing,
            "x509_sha256": keys.x509_sha256,
            "x509": base64.b64encode(office.x509).decode(),
            **({"hpke": keys.hpke} if keys.hpke is not None else {}),
        }
    )


def decode_office(data: bytes) -> Office:
    """Read the document.

    Raises:
        MalformedError: it is none, its parts do not go together, or it is in another spelling.
        VerificationError: with its key for named ballots nothing would be secret.
    """
    names = "version", "office", "name", "signing", "x509_sha256", "x509"
    fields = require_fields(read_json(data, _WHAT), names, _WHAT, ("hpke",))
    name, office = require_text(fields["name"], f"{_WHAT}, name"), require_text(fields["office"], f"{_WHAT}, office")
    if office not in OFFICES:
        raise MalformedError(f"{_WHAT}: the office is one of {', '.join(OFFICES)}")
    if not name.strip() or len(name) > MAX_NAME or not name.isprintable():
        raise MalformedError(f"{_WHAT}, name: one line of 1 to {MAX_NAME} characters is expected")
    if ("hpke" in fields) != (office == CERTIFYING):
        raise MalformedError(f"{_WHAT}: the {CERTIFYING} has a key for named ballots, and no other office has")
    x509 = require_base64(fields["x509"], f"{_WHAT}, x509")
    keys = OfficeKeys(
        require_digest(fields["signing"], f"{_WHAT}, signing"),
        hex_digest(x509),
        _hpke(fields["hpke"]) if "hpke" in fields else None,
    )
    decoded = Office(office, name, keys, x509)
    if not spells(data, lambda: encode_office(decoded)):
        raise MalformedError(
            f"{_WHAT}: not in canonical spelling (RFC 8785), of an unknown version, or x509_sha256 is not that of x509"
        )
    return decoded


def _hpke(text: object) -> str:
    """Return a key to which ballots can be sealed; with another one nobody could open a named ballot."""
    with about(f"{_WHAT}, hpke"):
        return encode_office_public_key(decode_office_public_key(text))
