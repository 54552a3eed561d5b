"""Queries about records."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from tortoise.expressions import Q, Subquery

from vote.db import fits
from vote.errors import Reason, RefusedError
from vote.oversight.record.kinds import DAY, RecordKind
from vote.oversight.record.models import Record, RecordField, RecordFile, RecordRedaction
from vote.oversight.record.rules import FILES, Article, CommittedField, Office, PublicRecord, Redaction, china_day


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A record with where it stands among others."""

    id: int
    public: PublicRecord
    day: date
    superseded_by: str | None


@dataclass(frozen=True, slots=True)
class StoredFile:
    """An attachment."""

    media_type: str
    content: bytes | None
    """None once it is hidden."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which records are looked for."""

    kind: RecordKind | None = None
    year: int | None = None
    words: str = ""
    all: bool = False
    """Also those that were superseded."""


class RecordStore:
    """Records in the database."""

    async def add(
        self, record: PublicRecord, files: Sequence[tuple[str, bytes]], supersedes: int | None, by: int | None
    ) -> None:
        """Keep a record with its fields, and media type and bytes of its attachments."""
        day = next(str(each.value) for each in record.fields if each.name == DAY)
        row = await Record.create(
            uuid=record.uuid,
            estate_id=record.estate,
            kind=record.kind,
            day=date.fromisoformat(day),
            published_at=record.published_at,
            published_by_id=by,
            supersedes_id=supersedes,
        )
        await RecordField.bulk_create(
            RecordField(
                record_id=row.id,
                name=each.name,
                value=json.dumps(each.value, ensure_ascii=False),
                salt=each.salt,
                commitment=each.commitment,
            )
            for each in record.fields
        )
        await RecordFile.bulk_create(
            RecordFile(record_id=row.id, number=number, media_type=media_type, size=len(content), content=content)
            for number, (media_type, content) in enumerate(files, 1)
        )

    async def find(self, estate: str, uuid: str) -> StoredRecord | None:
        """Return a record of an estate."""
        if not (fits(Record, "estate_id", estate) and fits(Record, "uuid", uuid)):
            return None
        found = await self._read(Record.filter(estate_id=estate, uuid=uuid))
        return found[0] if found else None

    async def get(self, estate: str, uuid: str) -> StoredRecord:
        """Return a record of an estate.

        Raises:
            RefusedError: it has none of this number.
        """
        found = await self.find(estate, uuid)
        if found is None:
            raise RefusedError(
                Reason.NOT_FOUND, "This estate has no such record.", zh="没有这份记录，请从小区的页面重新点进来。"
            )
        return found

    async def is_taken(self, uuid: str) -> bool:
        """Whether any estate has a record of this number."""
        return await Record.filter(uuid=uuid).exists()

    async def listed(
        self, estate: str, wanted: Wanted, *, first: int = 0, most: int | None = None
    ) -> list[StoredRecord]:
        """Return records of an estate, those of the latest day first."""
        rows = Record.filter(_sought(estate, wanted)).order_by("-day", "-id").offset(first)
        return await self._read(rows if most is None else rows.limit(most))

    async def published(self, estate: str, first: int, most: int) -> list[StoredRecord]:
        """Return records of an estate in the order in which they were published, without the first ones."""
        return await self._read(Record.filter(estate_id=estate).order_by("id").offset(first).limit(most))

    async def versions(self, record: StoredRecord) -> list[StoredRecord]:
        """Return what a record corrects and what corrects it, the earliest first, without itself."""
        before, after = record.public.supersedes, record.superseded_by
        found: list[StoredRecord] = []
        while before is not None:
            found.insert(0, await self.get(record.public.estate, before))
            before = found[0].public.supersedes
        while after is not None:
            found.append(await self.get(record.public.estate, after))
            after = found[-1].superseded_by
        return found

    async def count(self, estate: str, wanted: Wanted) -> int:
        """Return how many records are looked for."""
        return await Record.filter(_sought(estate, wanted)).count()

    async def years(self, estate: str) -> list[int]:
        """Return the years of an estate's records, the latest first."""
        rows = await Record.filter(estate_id=estate).distinct().values("day")
        return sorted({row["day"].year for row in rows}, reverse=True)

    async def file(self, record: int, number: int) -> StoredFile | None:
        """Return an attachment of a record."""
        row = await RecordFile.get_or_none(record_id=record, number=number)
        return StoredFile(row.media_type, bytes(row.content) if row.content is not None else None) if row else None

    async def redact(
        self, record: int, names: Sequence[str], redaction: Redaction, now: datetime, *, by: int | None
    ) -> None:
        """Take values, salts and attachments away for ever."""
        row = await RecordRedaction.create(
            record_id=record, article=redaction.article, office=redaction.office, redacted_at=now, redacted_by_id=by
        )
        files = [number for number, name in enumerate(FILES, 1) if name in names]
        await RecordField.filter(record_id=record, name__in=list(names)).update(
            value=None, salt=None, redaction_id=row.id
        )
        await RecordFile.filter(record_id=record, number__in=files).update(content=None, redaction_id=row.id)

    async def _read(self, rows: object) -> list[StoredRecord]:
        records: list[Record] = await rows.select_related("supersedes")  # type: ignore[attr-defined]
        ids = [each.id for each in records]
        fields: dict[int, list[CommittedField]] = {}
        for row in await RecordField.filter(record_id__in=ids).order_by("id").select_related("redaction"):
            fields.setdefault(row.record_id, []).append(_field(row))  # type: ignore[attr-defined]
        later = await Record.filter(supersedes_id__in=ids).values_list("supersedes_id", "uuid")
        followed: Mapping[int, str] = dict(later)
        return [
            StoredRecord(
                each.id,
                PublicRecord(
                    each.uuid,
                    each.estate_id,  # type: ignore[attr-defined]
                    RecordKind(each.kind),
                    each.published_at.astimezone(UTC),
                    each.supersedes.uuid if each.supersedes else None,
                    tuple(fields[each.id]),
                ),
                each.day,
                followed.get(each.id),
            )
            for each in records
        ]


def _field(row: RecordField) -> CommittedField:
    redaction = None
    if row.redaction is not None:
        by = row.redaction
        redaction = Redaction(Article(by.article), Office(by.office), china_day(by.redacted_at))
    value = None if row.value is None else json.loads(row.value)
    return CommittedField(
        row.name, bytes(row.commitment), value, None if row.salt is None else bytes(row.salt), redaction
    )


def _sought(estate: str, wanted: Wanted) -> Q:
    found = Q(estate_id=estate)
    if not wanted.all:
        found &= Q(superseded_by__id__isnull=True)
    if wanted.kind is not None:
        found &= Q(kind=wanted.kind)
    if wanted.year is not None:
        found &= Q(day__gte=date(wanted.year, 1, 1), day__lte=date(wanted.year, 12, 31))
    for word in wanted.words.split():
        found &= Q(id__in=Subquery(RecordField.filter(value__icontains=word).values("record_id")))
    return found
