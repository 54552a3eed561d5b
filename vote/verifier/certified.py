"""Decides whether a certificate says what an election's other files say, and whether the three offices signed it.

 * Each office signed with the key that the sealed manifest names.
 * What follows from manifest and result is composed again and compared; archive, box, check, disputes and lawful changes
   are those in hand; the margins come out again for the weight that it calls contested.
 * That weight is at least what was contested before counting: objections come afterwards.

Follows product.md §4. Not here: the PDF (`vote.certificate.pades`), what was objected (`objections`), what happened when.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from crypto.encoding import hex_digest
from crypto.errors import CryptoError, VerificationError
from vote.certificate.content import Certificate
from vote.certificate.parts import Disclosure, Measures
from vote.certificate.questions import Weighed
from vote.certificate.rules import verify_composed
from vote.certificate.signed import decode_signed, verify_certificate_signatures
from vote.certificate.weighing import weigh
from vote.check.rules import DisputeOutcome
from vote.election.change import Change, Prolonged, Withdrawn, effects_of
from vote.election.manifest import Manifest
from vote.verifier.bundle import CERTIFICATE
from vote.verifier.checked import LATE_ROLL_ERROR, PublishedCheck

PAPER = "paper"


class Evidence(NamedTuple):
    """What a certificate is held against."""

    manifest: bytes
    result: bytes
    archive: bytes
    fingerprint: str
    """Of the election."""
    opened: tuple[int, ...]
    """The trustees whose shares are in the archive, in order."""
    changes: tuple[Change, ...]
    box: int
    """How many ballots were in it."""
    set_aside: int
    check: PublishedCheck


def read_certificate(data: bytes, manifest: Manifest) -> Certificate:
    """Return a certificate that all three offices signed.

    Args:
        data: `certificate.json`.
        manifest: it names their keys.

    Raises:
        MalformedError: it is none, or in another spelling.
        VerificationError: a signature is missing, another key's, or for something else.
    """
    with telling(CERTIFICATE):
        signed = decode_signed(data)
        verify_certificate_signatures(signed, manifest.offices)
    return signed.certificate


def verify_certificate(certificate: Certificate, manifest: Manifest, evidence: Evidence) -> None:
    """Raise unless a certificate says what the other files say.

    Raises:
        VerificationError: it does not; the sentence names the field.
    """
    with telling(CERTIFICATE):
        verify_composed(certificate, evidence.manifest, evidence.result)
        named = certificate.evidence
        _require("evidence archive_sha256", named.archive_sha256, hex_digest(evidence.archive))
        _require("evidence fingerprint", named.fingerprint, evidence.fingerprint)
        _require("trustees opened", certificate.trustees.opened, evidence.opened)
        _require_changes(certificate, manifest, evidence.changes)
        _require_ballots(certificate, evidence)
        _require_check(certificate, evidence.check)
        _require_weighed(certificate, manifest, evidence)


@contextmanager
def telling(name: str) -> Iterator[None]:
    """Name the file in any refusal inside.

    Raises:
        CryptoError: the one that was raised inside, of the same class, or a moment cannot be turned into a day.
    """
    try:
        yield
    except CryptoError as error:
        sentence = str(error)
        rest = sentence.removeprefix("certificate, PDF").removeprefix("certificate")
        raise type(error)(f"{name}: {sentence}" if rest == sentence else f"{name}{rest}") from None
    except OverflowError:
        raise VerificationError(f"{name}: a moment in it is beyond the calendar") from None


def _require_changes(certificate: Certificate, manifest: Manifest, changes: Sequence[Change]) -> None:
    extended = [change.closes_at for change in changes if isinstance(change, Prolonged)]
    _require("extensions", [each.closes_at for each in certificate.extensions], extended)
    others = [
        ("withdrawal", change.question + 1, manifest.questions[change.question].choices[change.choice])
        if isinstance(change, Withdrawn)
        else ("correction", None, None)
        for change in changes
        if not isinstance(change, Prolonged)
    ]
    _require("changes", [(each.kind, each.question, each.candidate) for each in certificate.changes], others)


def _require_ballots(certificate: Certificate, evidence: Evidence) -> None:
    # Paper ballots are in no box; where there are any, the others' numbers are theirs all the same.
    sealed = [each for each in certificate.channels if each.channel != PAPER]
    _require("channels returned", sum(each.returned for each in sealed), evidence.box)
    _require("channels set_aside", sum(each.set_aside for each in sealed), evidence.set_aside)


def _require_check(certificate: Certificate, check: PublishedCheck) -> None:
    ended = [each.outcome for each in check.disputes]
    told = certificate.disputes
    _require(
        "disputes",
        (told.raised, told.set_aside, told.kept, told.contested),
        (len(ended), *map(ended.count, (DisputeOutcome.SET_ASIDE, DisputeOutcome.KEPT, DisputeOutcome.CONTESTED))),
    )
    figure = check.disclosure
    found = (
        Disclosure(simulations=0, permyriad=0, exact=True, outliers=0, accepted=False)
        if figure is None
        else Disclosure(
            simulations=figure.simulations,
            permyriad=figure.permyriad,
            exact=figure.exact,
            outliers=figure.outliers,
            accepted=check.accepted,
        )
    )
    _require("disclosure", certificate.disclosure, found)


def _require_weighed(certificate: Certificate, manifest: Manifest, evidence: Evidence) -> None:
    """Raise unless the margins come out again, for at least the weight that was contested before counting."""
    late = effects_of(evidence.changes).doubtful
    ballots = Measures(
        heads=certificate.contested.heads - late.heads, area_dm2=certificate.contested.area_dm2 - late.area_dm2
    )
    before = [each for each in evidence.check.contested if each.kind != LATE_ROLL_ERROR]
    if ballots.heads < sum(each.heads for each in before) or ballots.area_dm2 < sum(each.area_dm2 for each in before):
        raise VerificationError("certificate, contested: it is less than what was contested before counting")
    weighed = weigh(manifest, evidence.result, ballots, late)
    _require("contested", certificate.contested, weighed.contested)
    # What the outcome would be without paper ballots, only their own count tells.
    paper = any(each.channel == PAPER for each in certificate.channels)
    for question, again in zip(certificate.questions, weighed.questions, strict=True):
        said = Weighed(question.margins, question.stands, None if paper else question.without_paper)
        _require(f"question {question.number}, margins", said, again)


def _require(field: str, said: object, found: object) -> None:
    if said != found:
        raise VerificationError(f"certificate, {field}: it is not what the other files say")
