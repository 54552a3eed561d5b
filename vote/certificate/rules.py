"""Composes a certificate from the sealed manifest, the result and what was recorded on the way; checks one in hand.

 * Whatever follows from manifest and result is taken from them and nowhere else, so whoever is asked to sign can have
   it composed again and compare.
 * Extensions are those that the manifest allows: as many, announced before voting would have closed, and no longer.
 * A certificate is issued after the time for objections, and answers every objection.

Follows product.md §4, rulebook §9a.2, §9a.5, §9a.10. Not here: margins and disclosure (`vote.check`), the archive.
"""

from dataclasses import dataclass, fields, replace
from datetime import datetime

from crypto.encoding import hex_digest
from crypto.errors import MalformedError, VerificationError
from vote.certificate.content import (
    CERTIFICATE,
    VERSION,
    Certificate,
    certificate_value,
    portion,
    read_certificate,
    told,
)
from vote.certificate.parts import (
    Change,
    Channel,
    Disclosure,
    Disputes,
    Estate,
    Evidence,
    Extension,
    Heading,
    Keeping,
    Measures,
    Objection,
    Records,
    Times,
    Trustees,
)
from vote.certificate.published import Published, decode_published
from vote.certificate.questions import Weighed, rules_of
from vote.certificate.record import spell_prose
from vote.clock import CHINA
from vote.election.manifest import Manifest, decode_manifest
from vote.errors import ContradictionError, Reason, RefusedError


@dataclass(frozen=True, slots=True)
class Issue:
    """Which certificate of an election this is."""

    issued_at: datetime
    kind: str = CERTIFICATE
    number: int = 1
    replaces: str | None = None
    """`certificate_digest` of the one it replaces."""
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What neither manifest nor result tells: what happened, what was counted by channel, what was objected."""

    archive_sha256: str
    fingerprint: str
    address: str
    """Of the election's page."""
    sheet: str
    """What typesets the certificate (`sheet.SHEET`)."""
    offices: tuple[str, ...]
    """The names of organiser, community and sub-district."""
    times: Times
    extensions: tuple[Extension, ...]
    changes: tuple[Change, ...]
    channels: tuple[Channel, ...]
    """With every area; those that may not be told are left out here."""
    opened: tuple[int, ...]
    """The trustees who opened the totals."""
    weighed: tuple[Weighed, ...]
    """One a question."""
    contested: Measures
    disputes: Disputes
    objections: tuple[Objection, ...]
    disclosure: Disclosure | None
    """None if nobody took part."""
    records: Records
    retention: tuple[Keeping, ...]


def compose_certificate(manifest: bytes, result: bytes, facts: Facts, issue: Issue) -> Certificate:
    """Return the certificate of an election.

    Args:
        manifest: `manifest.json`, as sealed.
        result: `result.json`, as published.
        facts: what was recorded.
        issue: which certificate it is, and when.

    Raises:
        RefusedError: it would contradict itself, or the manifest; the sentence says where.
        ContradictionError: the rule profile at hand is not the one that the manifest was sealed with.
    """
    try:
        sealed, found = decode_manifest(manifest), decode_published(result)
    except MalformedError as error:
        raise RefusedError(Reason.MALFORMED, f"{error}.", zh="结果的内容不合适，请刷新后重新做。") from None
    asked = [(question.text, tuple(choice.text for choice in question.choices)) for question in found.questions]
    if found.election != sealed.uuid or asked != [(ask.text, ask.choices) for ask in sealed.questions]:
        raise RefusedError(
            Reason.MALFORMED,
            "The result is not that of this manifest: take both from one election.",
            zh="结果和这次投票对不上，请从投票的页面重新做。",
        )
    corrected = found.electorate != Measures(**sealed.electorate._asdict())
    if corrected and not any(change.kind == "correction" for change in facts.changes):
        raise RefusedError(
            Reason.MALFORMED,
            "The electorate is not the sealed one, and no correction of the roll is named: name it.",
            zh="总人数或面积和定下来的不一样，又没有写明更正。请先登记清册的更正。",
        )
    if len(facts.weighed) != len(sealed.questions):
        raise RefusedError(
            Reason.MALFORMED,
            "The margins are not those of this election: one set a question is needed.",
            zh="结果的题数和这次投票对不上，请刷新后重新做。",
        )
    certificate = _compose(sealed, found, facts, issue, (hex_digest(manifest), hex_digest(result)))
    try:
        read_certificate(certificate_value(certificate))
    except MalformedError as error:
        raise RefusedError(Reason.MALFORMED, f"{error}.", zh="结果的内容不合适，请刷新后重新做。") from None
    _require_extensions(sealed, certificate)
    if issue.issued_at < certificate.times.objections_until:
        raise RefusedError(
            Reason.WRONG_STATE,
            "The time for objections is not over: issue the certificate after it.",
            zh="异议期还没有过，请等异议期过后再出结果。",
        )
    return certificate


def verify_composed(certificate: Certificate, manifest: bytes, result: bytes) -> None:
    """Raise unless a certificate says what manifest and result say, and nothing that contradicts them.

    Raises:
        VerificationError: it does not; the sentence names the first field that differs.
    """
    try:
        composed = compose_certificate(manifest, result, _facts_of(certificate), _issue_of(certificate))
    except (RefusedError, ContradictionError) as error:
        raise VerificationError(f"certificate: {str(error).removesuffix('.')}") from None
    for each in fields(Certificate):
        if getattr(composed, each.name) != getattr(certificate, each.name):
            raise VerificationError(f"certificate, {each.name}: it is not what manifest and result say")


def verify_replaces(certificate: Certificate, earlier: Certificate, digest: str) -> None:
    """Raise unless a correction or revocation replaces `earlier`.

    Raises:
        VerificationError: it is of another election, names another one, or its number does not follow.
    """
    if certificate.election.uuid != earlier.election.uuid:
        raise VerificationError("certificate: it is of another election than the one it replaces")
    if (certificate.replaces, certificate.number) != (digest, earlier.number + 1):
        raise VerificationError("certificate: it does not replace the one before it")


def _compose(manifest: Manifest, found: Published, facts: Facts, issue: Issue, digests: tuple[str, str]) -> Certificate:
    rules = rules_of(manifest)
    electorate, cast = found.electorate, found.cast
    return Certificate(
        version=VERSION,
        kind=issue.kind,
        number=issue.number,
        replaces=issue.replaces,
        reason=issue.reason,
        issued_at=issue.issued_at,
        sheet=facts.sheet,
        demo=manifest.demo,
        election=Heading(uuid=manifest.uuid, title=manifest.title, secrecy=manifest.secrecy, address=facts.address),
        estate=Estate(**manifest.estate),
        offices=facts.offices,
        evidence=Evidence(
            manifest_sha256=digests[0],
            result_sha256=digests[1],
            archive_sha256=facts.archive_sha256,
            fingerprint=facts.fingerprint,
            roll_root=manifest.roll_root,
            electorate_root=manifest.electorate_root,
        ),
        law=rules.law(),
        times=facts.times,
        extensions=facts.extensions,
        changes=facts.changes,
        electorate=electorate,
        cast=portion(cast, electorate),
        channels=_told_channels(facts.channels),
        trustees=Trustees(
            names=tuple(manifest.trustees["names"]), threshold=manifest.trustees["threshold"], opened=facts.opened
        ),
        quorum=rules.quorum(),
        questions=tuple(
            rules.question(number, ask, question, cast, weighed)
            for number, (ask, question, weighed) in enumerate(
                zip(manifest.questions, found.questions, facts.weighed, strict=True), start=1
            )
        ),
        contested=facts.contested,
        disputes=facts.disputes,
        objections=tuple(
            replace(each, topic=each.topic.strip(), answer=spell_prose(each.answer)) for each in facts.objections
        ),
        disclosure=facts.disclosure,
        records=facts.records,
        separation=manifest.separation,
        remedies=rules.remedies(facts.offices, issue.issued_at.astimezone(CHINA).date()),
        retention=facts.retention,
    )


def _told_channels(channels: tuple[Channel, ...]) -> tuple[Channel, ...]:
    kept = told([each.counted for each in channels])
    return tuple(each if tell else replace(each, area_dm2=None) for each, tell in zip(channels, kept, strict=True))


def _require_extensions(manifest: Manifest, certificate: Certificate) -> None:
    allowed, times = manifest.changes.extension, certificate.times
    closes_at = datetime.fromisoformat(manifest.closes_at)
    if times.closes_at != closes_at:
        raise RefusedError(
            Reason.MALFORMED,
            "The certificate does not say when voting was to close: give closes_at.",
            zh="没有写投票原定什么时候截止，请补上。",
        )
    if certificate.extensions and (
        allowed is None
        or len(certificate.extensions) > allowed.times
        or certificate.extensions[-1].closes_at > allowed.latest
    ):
        raise RefusedError(
            Reason.NOT_ALLOWED,
            "Voting was extended further than the sealed manifest allows.",
            zh="投票延长得比定好的规则更久，请核对延长的记录。",
        )
    for extension in certificate.extensions:
        if not extension.announced_at < closes_at < extension.closes_at:
            raise RefusedError(
                Reason.NOT_ALLOWED,
                "An extension is announced before voting closes, and ends later: check its times.",
                zh="延长要在截止以前公告，而且要更晚截止。请核对延长的时间。",
            )
        closes_at = extension.closes_at
    if not closes_at <= times.closed_at:
        raise RefusedError(
            Reason.MALFORMED,
            "The box was closed before voting ended: check closed_at.",
            zh="票箱在投票截止以前就关了，请核对关箱的时间。",
        )


def _facts_of(certificate: Certificate) -> Facts:
    return Facts(
        archive_sha256=certificate.evidence.archive_sha256,
        fingerprint=certificate.evidence.fingerprint,
        address=certificate.election.address,
        sheet=certificate.sheet,
        offices=certificate.offices,
        times=certificate.times,
        extensions=certificate.extensions,
        changes=certificate.changes,
        channels=certificate.channels,
        opened=certificate.trustees.opened,
        weighed=tuple(Weighed(each.margins, each.stands, each.without_paper) for each in certificate.questions),
        contested=certificate.contested,
        disputes=certificate.disputes,
        objections=certificate.objections,
        disclosure=certificate.disclosure,
        records=certificate.records,
        retention=certificate.retention,
    )


def _issue_of(certificate: Certificate) -> Issue:
    return Issue(certificate.issued_at, certificate.kind, certificate.number, certificate.replaces, certificate.reason)
