"""The certificate of a simulated election, signed by three offices, and the bundle that holds it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import rfc8785

from crypto.encoding import hex_digest
from tests.disputed import Disputed
from tests.simulator import UUID, ElectionSimulator
from tests.vote.certificate.keys import SIGNED_AT, pdf_key, sealed, secrets_of
from tests.vote.certificate.sample import FACTS
from tests.vote.terms import LATEST
from tests.vote.verifier.bundles import bundle_of
from vote.certificate.content import Certificate
from vote.certificate.pades import sign_sheet
from vote.certificate.parts import Change, Channel, Disclosure, Disputes, Extension, Measures, Times
from vote.certificate.rules import Facts, Issue, compose_certificate
from vote.certificate.sheet import render_sheet, sheet_name
from vote.certificate.signed import SignedCertificate, encode_signed, sign_certificate
from vote.certificate.weighing import weigh
from vote.check.rules import DisputeKind
from vote.election.change import Corrected, Prolonged, Withdrawn, effects_of
from vote.election.manifest import decode_manifest
from vote.election.terms import OFFICES
from vote.verifier.bundle import CERTIFICATE, CERTIFICATE_PDF, OBJECTIONS, Bundle

ELECTION = ElectionSimulator(
    disputed=Disputed({3: DisputeKind.IMPERSONATION}, {2: DisputeKind.DOUBLE}),
    changes=(Prolonged(LATEST), Withdrawn(0, 2), Corrected(0, -4252)),
    alter=lambda manifest: replace(manifest, offices=sealed()),
)
"""Entitlement 1's second ballot was set aside, entitlement 2 stays contested."""
CONTESTED = Measures(heads=1, area_dm2=10312)


def _moment(month: int, day: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, 10, tzinfo=UTC)


LATE = effects_of(ELECTION.changes).doubtful
WEIGHED = weigh(decode_manifest(ELECTION.manifest), ELECTION.result, CONTESTED, LATE)
HONEST_FACTS = Facts(
    archive_sha256=hex_digest(ELECTION.archive),
    fingerprint=ELECTION.setup.election.fingerprint,
    address="https://shanzhi.example/elections/DQB53CqA1UtMwz",
    sheet=sheet_name(),
    offices=FACTS.offices,
    times=Times(
        noticed_at=_moment(11, 14),
        opened_at=datetime(2026, 12, 6, 1, tzinfo=UTC),
        closes_at=_moment(12, 20),
        closed_at=LATEST,
        checked_at=_moment(12, 31),
        preliminary_at=_moment(12, 31),
        objections_until=_moment(1, 8, 2027),
    ),
    extensions=(Extension(announced_at=_moment(12, 19), closes_at=LATEST),),
    changes=(
        Change(kind="withdrawal", question=1, candidate="王五", note=None, at=_moment(12, 9)),
        Change(kind="correction", question=None, candidate=None, note="面积-42.52㎡", at=_moment(12, 21)),
    ),
    channels=(
        Channel(
            channel="online",
            issued=None,
            returned=4,
            superseded=0,
            void=0,
            set_aside=1,
            counted=3,
            area_dm2=ELECTION.cast.area_dm2,
        ),
    ),
    opened=(1, 3),
    weighed=WEIGHED.questions,
    contested=WEIGHED.contested,
    disputes=Disputes(raised=2, set_aside=1, kept=0, contested=1),
    objections=(),
    disclosure=Disclosure(simulations=200, permyriad=50, exact=False, outliers=0, accepted=False),
    records=FACTS.records,
    retention=FACTS.retention,
)
NOTHING_OBJECTED = rfc8785.dumps({"version": 1, "election": UUID, "objections": []})
ISSUE = Issue(_moment(1, 9, 2027))
_SET: Callable[[Certificate], bytes] = cache(render_sheet)


def certificate_of(issue: Issue = ISSUE, **facts: object) -> Certificate:
    """Return the election's certificate with some facts changed."""
    return compose_certificate(ELECTION.manifest, ELECTION.result, replace(HONEST_FACTS, **facts), issue)


def signed(certificate: Certificate, *offices: str) -> bytes:
    """Return `certificate.json` with the signatures of these offices, or of all."""
    signatures = [sign_certificate(secrets_of(office).signing, office, certificate) for office in offices or OFFICES]
    return encode_signed(SignedCertificate(certificate, tuple(signatures)))


@cache
def printed(certificate: Certificate, number: int = len(OFFICES)) -> bytes:
    """Return `certificate.pdf` with the signatures of the first offices."""
    pdf = _SET(certificate)
    for office in OFFICES[:number]:
        pdf = sign_sheet(pdf, certificate, office, pdf_key(office), SIGNED_AT)
    return pdf


def objections_of(*objections: Mapping[str, object]) -> bytes:
    """Return `objections.json`."""
    return rfc8785.dumps({"version": 1, "election": UUID, "objections": list(objections)})


def certified(json: bytes | None, pdf: bytes | None, objections: bytes | None = NOTHING_OBJECTED) -> Bundle:
    """Return the election's bundle with a certificate."""
    bundle = bundle_of(ELECTION)
    files = {CERTIFICATE: json, CERTIFICATE_PDF: pdf, OBJECTIONS: objections}
    return replace(bundle, parts={**bundle.parts, **{name: data for name, data in files.items() if data is not None}})
