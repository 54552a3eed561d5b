"""Queries about interests."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import rfc8785

from crypto.envelope import seal, unseal
from crypto.errors import CryptoError
from crypto.randomness import Randomness
from vote.db import fits
from vote.errors import ContradictionError, Reason, RefusedError
from vote.estate.models import Estate
from vote.oversight.book.models import BookPosting
from vote.oversight.interest.models import Interest, InterestHit, InterestPart
from vote.oversight.interest.rules import (
    CODE,
    EXPLANATION,
    HOLDER,
    NOTE,
    PARTY,
    RELATION,
    CommittedPart,
    Declaration,
    Handling,
    Hit,
    Nearness,
    Party,
    Relation,
    Seat,
    Source,
    Subject,
    commit_part,
)
from vote.oversight.record.kinds import RecordKind
from vote.oversight.record.models import Record, RecordField
from vote.role import Scope

PARTY_FIELDS: Mapping[RecordKind, str] = {
    RecordKind.CONTRACT: "party",
    RecordKind.DECISION: "contractor",
    RecordKind.MANAGER: "firm",
    RecordKind.AUDIT: "auditor",
}
"""In which field a kind of record names whom the estate deals with."""
_CREDIT_CODE = "credit_code"


@dataclass(frozen=True, slots=True)
class StoredInterest:
    """A declaration with where it meets somebody."""

    id: int
    uuid: str
    estate: str
    account: int | None
    declared_at: datetime
    declaration: Declaration
    parts: tuple[CommittedPart, ...]
    hits: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True)
class InterestStore:
    """Interests in the database; what people declare is sealed."""

    key: bytes = field(repr=False)
    rng: Randomness

    async def add(self, found: StoredInterest, *, by: int | None) -> int:
        """Keep a declaration; return its row."""
        row = await Interest.create(
            uuid=found.uuid,
            estate_id=found.estate,
            seat=found.declaration.seat,
            subject=found.declaration.subject,
            account_id=found.account,
            declared_at=found.declared_at,
            declared_by_id=by,
        )
        await InterestPart.bulk_create(
            [
                InterestPart(
                    interest_id=row.id,
                    name=each.name,
                    sealed=self._seal(found.uuid, each),
                    commitment=each.commitment,
                )
                for each in found.parts
            ]
        )
        return row.id

    async def listed(self, estate: str) -> list[StoredInterest]:
        """Return all declarations of an estate with their hits, the latest first."""
        if not fits(Interest, "estate_id", estate):
            return []
        rows = await Interest.filter(estate_id=estate).order_by("-id")
        ids = [each.id for each in rows]
        parts: dict[int, dict[str, CommittedPart]] = {each: {} for each in ids}
        uuids = {each.id: each.uuid for each in rows}
        for part in await InterestPart.filter(interest_id__in=ids).order_by("id"):
            interest = part.interest_id  # type: ignore[attr-defined]  # tortoise adds the column's name
            parts[interest][part.name] = self._open(uuids[interest], part.name, bytes(part.sealed))
        hits: dict[int, list[Hit]] = {each: [] for each in ids}
        for hit in await InterestHit.filter(interest_id__in=ids).order_by("id"):
            interest = hit.interest_id  # type: ignore[attr-defined]
            hits[interest].append(self._hit(uuids[interest], hit))
        return [_stored(each, parts[each.id], hits[each.id]) for each in rows]

    async def estates(self) -> list[str]:
        """Return the estates in which somebody declared something, by id."""
        return sorted(map(str, await Interest.all().distinct().values_list("estate_id", flat=True)))

    async def get(self, estate: str, hit: int) -> tuple[StoredInterest, Hit]:
        """Return a hit with its declaration, held until the transaction ends.

        Raises:
            RefusedError: this estate has none of this number.
        """
        await InterestHit.filter(id=hit).select_for_update().first()
        for each in await self.listed(estate):
            for one in each.hits:
                if one.id == hit:
                    return each, one
        raise RefusedError(
            Reason.NOT_FOUND, "This estate has no such interest.", zh="没有这一条，请从小区的页面重新点进来。"
        )

    async def add_hit(
        self, interest: int, party: Party, nearness: Nearness, now: datetime, publish_on: date | None
    ) -> None:
        """Keep where a declaration meets a party."""
        await InterestHit.create(
            interest_id=interest,
            source=party.source,
            reference=party.reference,
            records=" ".join(party.records),
            nearness=nearness,
            found_at=now,
            publish_on=publish_on,
        )

    async def decide(self, hit: int, publish_on: date | None, *, same: bool, by: int | None) -> None:
        """Note what the supervising body says of a near hit."""
        await InterestHit.filter(id=hit).update(confirmed=same, confirmed_by_id=by, publish_on=publish_on)

    async def publish(
        self, uuid: str, hit: int, handling: Handling, explanation: CommittedPart | None, now: datetime
    ) -> None:
        """Let everybody see a hit."""
        sealed = self._seal(f"{uuid}/{hit}", explanation) if explanation else None
        await InterestHit.filter(id=hit).update(handling=handling, explanation=sealed, published_at=now)

    async def parties(self, estate: str) -> list[Party]:
        """Return whom an estate pays or hires, as far as books and records tell."""
        return [*await self._of_records(estate), *await self._of_books(estate)]

    async def supervises(self, grants: Sequence[Scope], estate: str) -> bool:
        """Whether somebody acts for the sub-district or county of an estate."""
        row = await Estate.get(id=estate).select_related("community__parent__parent")
        above = {row.community.parent.id, row.community.parent.parent.id}
        return any(each.division in above for each in grants)

    async def _of_records(self, estate: str) -> list[Party]:
        wanted = Record.filter(estate_id=estate, kind__in=list(PARTY_FIELDS), superseded_by__id__isnull=True)
        kinds = {row.id: (row.uuid, RecordKind(row.kind)) for row in await wanted.order_by("id")}
        names = {*PARTY_FIELDS.values(), _CREDIT_CODE}
        values: dict[int, dict[str, str]] = {each: {} for each in kinds}
        for row in await RecordField.filter(record_id__in=list(kinds), name__in=names, value__not_isnull=True):
            values[row.record_id][row.name] = json.loads(str(row.value))  # type: ignore[attr-defined]
        return [
            Party(Source.RECORD, uuid, values[each][PARTY_FIELDS[kind]], values[each].get(_CREDIT_CODE, ""), (uuid,))
            for each, (uuid, kind) in kinds.items()
            if PARTY_FIELDS[kind] in values[each]
        ]

    async def _of_books(self, estate: str) -> list[Party]:
        rows = BookPosting.filter(estate_id=estate, words__not_isnull=True, reversed_by__id__isnull=True)
        found = []
        for row in await rows.order_by("number").select_related("voucher", "decision"):
            words = json.loads(str(row.words))
            records = dict.fromkeys(each.uuid for each in (row.voucher, row.decision) if each)
            if words["payee"]:
                found.append(
                    Party(Source.POSTING, str(row.number), words["payee"], words["credit_code"], tuple(records))
                )
        return found

    def _seal(self, place: str, part: CommittedPart) -> bytes:
        plain = rfc8785.dumps([part.value, part.salt.hex()])
        return seal(self.key, f"interest/{place}/{part.name}", plain, self.rng)

    def _open(self, place: str, name: str, sealed: bytes) -> CommittedPart:
        try:
            value, salt = json.loads(unseal([self.key], f"interest/{place}/{name}", sealed))
        except CryptoError:
            raise ContradictionError(f"the part {name} of an interest cannot be opened") from None
        return commit_part(name, value, bytes.fromhex(salt))

    def _hit(self, uuid: str, row: InterestHit) -> Hit:
        explanation = None
        if row.explanation is not None:
            explanation = self._open(f"{uuid}/{row.id}", EXPLANATION, bytes(row.explanation))
        return Hit(
            row.id,
            Source(row.source),
            row.reference,
            tuple(row.records.split()),
            Nearness(row.nearness),
            row.found_at.astimezone(UTC),
            row.publish_on,
            row.confirmed,
            Handling(row.handling) if row.handling else None,
            explanation,
            row.published_at.astimezone(UTC) if row.published_at else None,
        )


def _stored(row: Interest, parts: Mapping[str, CommittedPart], hits: Iterable[Hit]) -> StoredInterest:
    declaration = Declaration(
        Seat(row.seat),
        parts[HOLDER].value,
        Subject(row.subject),
        parts[PARTY].value,
        Relation(parts[RELATION].value),
        parts[CODE].value,
        parts[NOTE].value,
    )
    return StoredInterest(
        row.id,
        row.uuid,
        row.estate_id,  # type: ignore[attr-defined]
        row.account_id,  # type: ignore[attr-defined]
        row.declared_at.astimezone(UTC),
        declaration,
        tuple(parts.values()),
        tuple(hits),
    )
