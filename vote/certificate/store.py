"""Queries about objections, certificates, requests to open a ballot, and steps of retention."""

from dataclasses import dataclass
from datetime import UTC, datetime

from tortoise.expressions import Q
from tortoise.functions import Count

from vote.ballot.models import Ballot
from vote.certificate.models import Certificate, CertificateSignature, Objection, OpeningRequest, RetentionStep
from vote.certificate.objection import MERGED, StoredObjection
from vote.db import fits
from vote.errors import Reason, RefusedError


@dataclass(frozen=True, slots=True)
class StoredCertificate:
    """A certificate as the database has it."""

    id: int
    number: int
    kind: str
    body: bytes
    pdf: bytes | None
    """With the signatures so far."""
    issued_at: datetime | None
    signatures: tuple[tuple[str, str], ...]
    """Office and signature, in the order signed."""


@dataclass(frozen=True, slots=True)
class Signing:
    """How far the latest certificate is."""

    number: int
    kind: str
    composed_at: datetime
    signed: tuple[datetime, ...]
    """When each office signed, in their order."""
    issued_at: datetime | None


@dataclass(frozen=True, slots=True)
class EffectiveBallot:
    """A ballot that counts, and whose it is; both are rows."""

    ballot: int
    entitlement: int


@dataclass(frozen=True, slots=True)
class StoredRequest:
    """That a ballot is to be opened."""

    reason: str
    document: bytes
    """Signed by the platform."""
    requested_at: datetime


@dataclass(frozen=True, slots=True)
class BoxCounts:
    """What became of the ballots in the box."""

    returned: int
    set_aside: int
    counted: int


class CertificateStore:
    """Objections and certificates in the database."""

    async def add_objection(  # noqa: PLR0917 - the columns of one row
        self, election: str, raised_by: int, topic: str, question: int | None, sealed_text: bytes, now: datetime
    ) -> int:
        """Keep an objection; return its number."""
        await Objection.create(
            election_id=election,
            raised_by_id=raised_by,
            topic=topic,
            question=question,
            sealed_text=sealed_text,
            raised_at=now,
        )
        return await Objection.filter(election_id=election).count()

    async def objections(self, election: str) -> list[StoredObjection]:
        """Return the objections of an election, numbered from 1 in the order in which they were raised."""
        columns = (
            "id",
            "raised_by_id",
            "topic",
            "question",
            "merged_into_id",
            "outcome",
            "answer",
            "contested",
            "answered_at",
        )
        rows = await Objection.filter(election_id=election).order_by("id").values(*columns)
        numbers = {row["id"]: number for number, row in enumerate(rows, start=1)}
        return [
            StoredObjection(
                numbers[row["id"]],
                row["id"],
                row["raised_by_id"],
                row["topic"],
                row["question"],
                numbers.get(row["merged_into_id"]),
                row["outcome"],
                row["answer"],
                row["contested"],
                row["answered_at"] and row["answered_at"].astimezone(UTC),
            )
            for row in rows
        ]

    async def sealed_text(self, objection: int) -> bytes:
        """Return what was said in an objection (the row), sealed."""
        return bytes((await Objection.get(id=objection)).sealed_text)

    async def raised(self, election: str) -> list[tuple[int, datetime]]:
        """Return by whom (the entitlement's row) and when each objection was raised, in their order."""
        rows = await Objection.filter(election_id=election).order_by("id").values_list("raised_by_id", "raised_at")
        return [(by, at.astimezone(UTC)) for by, at in rows]

    async def objectors(self, objection: int) -> list[int]:
        """Return who raised an objection or one that is part of it (the rows of the entitlements)."""
        query = Objection.filter(Q(id=objection) | Q(merged_into_id=objection)).order_by("id")
        return [row["raised_by_id"] for row in await query.values("raised_by_id")]

    async def merge(self, objection: int, into: int, now: datetime) -> None:
        """Make an objection (the row) part of another one."""
        await self._end(objection, outcome=MERGED, merged_into_id=into, answered_at=now)

    async def answer(self, objection: int, outcome: str, answer: str, now: datetime, *, contested: bool) -> None:
        """Keep how an objection (the row) ended."""
        await self._end(objection, outcome=outcome, answer=answer, contested=contested, answered_at=now)

    async def box_counts(self, election: str) -> BoxCounts:
        """Return how many ballots there are, how many disputes took out, and how many count."""
        box = Ballot.filter(election_id=election)
        kept = box.filter(set_aside__isnull=True)
        counted = (
            await kept.annotate(number=Count("credential_id", distinct=True)).group_by("election_id").values("number")
        )
        returned = await box.count()
        return BoxCounts(returned, returned - await kept.count(), counted[0]["number"] if counted else 0)

    async def last(self, election: str, *, lock: bool = False) -> StoredCertificate | None:
        """Return the certificate with the highest number, signed or not."""
        query = Certificate.filter(election_id=election).order_by("-number")
        row = await (query.select_for_update() if lock else query).first()
        return await _stored(row) if row else None

    async def signing(self, election: str) -> Signing | None:
        """Return how far the certificate with the highest number is."""
        row = await Certificate.filter(election_id=election).order_by("-number").first()
        if row is None:
            return None
        signed = await CertificateSignature.filter(certificate_id=row.id).order_by("id")
        return Signing(
            row.number,
            row.kind,
            row.created_at.astimezone(UTC),
            tuple(each.signed_at.astimezone(UTC) for each in signed),
            row.issued_at and row.issued_at.astimezone(UTC),
        )

    async def complete(self, offices: int) -> list[str]:
        """Return the elections of which a certificate has the signatures of so many offices and is not issued."""
        rows = (
            await Certificate.filter(issued_at__isnull=True)
            .annotate(signed=Count("signatures"))
            .filter(signed=offices)
            .order_by("id")
            .values_list("election_id", flat=True)
        )
        return [str(row) for row in rows]

    async def find(self, election: str, number: int) -> StoredCertificate | None:
        """Return a certificate that was issued."""
        row = await Certificate.get_or_none(election_id=election, number=number, issued_at__isnull=False)
        return await _stored(row) if row else None

    async def last_issued(self, election: str) -> StoredCertificate | None:
        """Return the certificate that counts: the last one that all offices have signed."""
        row = await Certificate.filter(election_id=election, issued_at__isnull=False).order_by("-number").first()
        return await _stored(row) if row else None

    async def keep(self, election: str, number: int, kind: str, body: bytes, now: datetime) -> None:
        """Keep a composed certificate, in place of one of this number that nobody has signed."""
        await Certificate.update_or_create(
            election_id=election, number=number, defaults={"kind": kind, "body": body, "pdf": None, "created_at": now}
        )

    async def sign(self, certificate: int, office: str, signature: str, pdf: bytes, now: datetime) -> None:
        """Keep an office's signature, and the PDF that it signed."""
        await CertificateSignature.create(certificate_id=certificate, office=office, signature=signature, signed_at=now)
        await Certificate.filter(id=certificate).update(pdf=pdf)

    async def issue(self, certificate: int, now: datetime) -> None:
        """Let a certificate count; it is fixed from now on."""
        await Certificate.filter(id=certificate, issued_at__isnull=True).update(issued_at=now)

    async def find_effective(self, election: str, tracker: str) -> EffectiveBallot | None:
        """Return the ballot of a tracker, if it counts."""
        if not fits(Ballot, "tracker", tracker):
            return None
        kept = Ballot.filter(election_id=election, set_aside__isnull=True)
        row = await kept.filter(tracker=tracker).first().values("id", "credential_id", "credential__entitlement_id")
        if not row:
            return None
        last = await kept.filter(credential_id=row["credential_id"]).order_by("-sequence").first()
        if last is None or last.id != row["id"]:
            return None
        return EffectiveBallot(row["id"], row["credential__entitlement_id"])

    async def requests(self, election: str) -> list[StoredRequest]:
        """Return every request to open a ballot, in the order made."""
        rows = await OpeningRequest.filter(election_id=election).order_by("id")
        return [StoredRequest(row.reason, bytes(row.document), row.requested_at.astimezone(UTC)) for row in rows]

    async def count_requests(self, election: str) -> int:
        """Return how many ballots were asked to be opened."""
        return await OpeningRequest.filter(election_id=election).count()

    async def add_request(self, election: str, ballot: int, reason: str, document: bytes, now: datetime) -> None:
        """Keep a request to open a ballot (the row)."""
        await OpeningRequest.create(
            election_id=election, ballot_id=ballot, reason=reason, document=document, requested_at=now
        )

    async def add_step(self, election: str, kind: str, slot: int, body: bytes, now: datetime) -> bool:
        """Keep a step of retention; return whether it is new."""
        _, new = await RetentionStep.get_or_create(
            election_id=election, kind=kind, slot=slot, defaults={"body": body, "happened_at": now}
        )
        return new

    async def steps(self, election: str) -> list[tuple[str, int, datetime]]:
        """Return kind, number and moment of every step of retention."""
        rows = await RetentionStep.filter(election_id=election).order_by("id").values("kind", "slot", "happened_at")
        return [(row["kind"], row["slot"], row["happened_at"].astimezone(UTC)) for row in rows]

    async def _end(self, objection: int, **columns: object) -> None:
        if await Objection.filter(id=objection, outcome__isnull=True).update(**columns) != 1:
            raise RefusedError(
                Reason.CONFLICT,
                "This objection has ended already; nothing is changed.",
                zh="这条异议已经答复过了，什么都没有改。",
            )


async def _stored(row: Certificate) -> StoredCertificate:
    signatures = (
        await CertificateSignature.filter(certificate_id=row.id).order_by("id").values_list("office", "signature")
    )
    return StoredCertificate(
        row.id,
        row.number,
        row.kind,
        bytes(row.body),
        None if row.pdf is None else bytes(row.pdf),
        row.issued_at,
        tuple((office, signature) for office, signature in signatures),
    )
