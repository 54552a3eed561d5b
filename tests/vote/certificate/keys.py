"""Keys of three offices, drawn once, and what a manifest says about them."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256

from tests.vote.certificate.sample import FACTS, MANIFEST
from vote.certificate.pades import PDFKey
from vote.certificate.sheet import sheet_name
from vote.election.terms import OFFICES, OfficeKeys
from vote.office.key_file import OfficeSecrets, new_secrets
from vote.office.x509 import certify_self, new_private_key

MADE_AT = datetime(2026, 11, 1, tzinfo=UTC)
SIGNED_AT = datetime(2027, 1, 9, 3, 5, tzinfo=UTC)
SET_HERE = replace(FACTS, sheet=sheet_name())
"""As this installation sets it."""


@cache
def secrets_of(office: str) -> OfficeSecrets:
    """Return an office's keys."""
    place = OFFICES.index(office)
    private, name = new_private_key(), FACTS.offices[place]
    return new_secrets(office, name, private, certify_self(private, name, MADE_AT), lambda n: bytes([place + 1]) * n)


def pdf_key(office: str) -> PDFKey:
    """Return an office's key for PDF signatures."""
    found = secrets_of(office)
    return PDFKey(found.x509, found.x509_key)


def sealed() -> dict[str, OfficeKeys]:
    """Return the offices as a manifest has them."""
    return {office: secrets_of(office).public.keys for office in OFFICES}


def manifest_of(**changes):
    """Return a manifest that names these offices."""
    return replace(MANIFEST, offices=sealed(), **changes)


def digest_of(certificate: bytes) -> str:
    """Return how a manifest names an X.509 certificate."""
    return sha256(certificate).hexdigest()
