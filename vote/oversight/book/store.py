"""Queries about the books."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from tortoise.functions import Count

from vote.estate.models import Estate
from vote.oversight.book.accounts import Account
from vote.oversight.book.models import BookLine, BookPosting, BookRedaction, VoucherMark
from vote.oversight.book.rules import Line, Posting, Voucher, Words
from vote.oversight.record.kinds import TITLE, RecordKind
from vote.oversight.record.models import Record, RecordField, RecordFile
from vote.oversight.record.rules import FILES, Article, Office, Redaction, china_day


@dataclass(frozen=True, slots=True)
class StoredPosting:
    """A posting with what binds it to the log."""

    posting: Posting
    commitment: bytes
    salt: bytes | None
    """None once its words are hidden."""
    redaction: Redaction | None = None
    reversed_by: int | None = None
    """The number of the posting that took it back."""


@dataclass(frozen=True, slots=True)
class NewRow:
    """A posting to be kept."""

    posting: Posting
    salt: bytes
    commitment: bytes


@dataclass(frozen=True, slots=True)
class Evidence:
    """A record on which postings may rest."""

    record: str
    kind: RecordKind
    on: date
    title: str
    """Empty once it is hidden."""
    files: Mapping[int, str]
    """Names of the attachments that everybody can see, by their numbers."""


class BookStore:
    """Books in the database."""

    async def hold(self, estate: str) -> None:
        """Let nobody else enter anything in an estate's books until this transaction ends."""
        await Estate.filter(id=estate).select_for_update(no_key=True).first()

    async def next_number(self, estate: str) -> int:
        """Return the number of the next posting."""
        last = await BookPosting.filter(estate_id=estate).order_by("-number").first()
        return last.number + 1 if last else 1

    async def add(self, estate: str, rows: Sequence[NewRow], *, now: datetime, by: int | None) -> None:
        """Keep postings with their lines."""
        postings = [row.posting for row in rows]
        named = {each.voucher.record for each in postings} | {each.decision for each in postings if each.decision}
        ids = dict(await Record.filter(estate_id=estate, uuid__in=named).values_list("uuid", "id"))
        reversed_ = await self._ids(estate, [each.reverses for each in postings if each.reverses is not None])
        await BookPosting.bulk_create(
            [
                BookPosting(
                    estate_id=estate,
                    number=row.posting.number,
                    day=row.posting.on,
                    voucher_id=ids[row.posting.voucher.record],
                    attachment=row.posting.voucher.number,
                    decision_id=ids.get(row.posting.decision),
                    reverses_id=None if row.posting.reverses is None else reversed_[row.posting.reverses],
                    words=_write_words(row.posting.words),
                    salt=row.salt,
                    commitment=row.commitment,
                    entered_at=now,
                    entered_by_id=by,
                )
                for row in rows
            ]
        )
        added = await self._ids(estate, [each.number for each in postings])
        await BookLine.bulk_create(
            [
                BookLine(posting_id=added[each.number], account=line.account, fen=line.fen)
                for each in postings
                for line in each.lines
            ]
        )

    async def count(self, estate: str) -> int:
        """Return how many postings an estate has."""
        return await BookPosting.filter(estate_id=estate).count()

    async def postings(self, estate: str, *, first: int = 1, most: int | None = None) -> list[StoredPosting]:
        """Return postings of an estate by number, from the number `first` on."""
        query = BookPosting.filter(estate_id=estate, number__gte=first)
        wanted = query if most is None else query.filter(number__lt=first + most)
        rows = await wanted.order_by("number").select_related("voucher", "decision", "reverses", "redaction")
        backs = dict(
            await BookPosting.filter(estate_id=estate, reverses_id__not_isnull=True).values_list(
                "reverses__number", "number"
            )
        )
        # All lines of the estate are read where most of them are wanted: a list of thousands of ids is slower.
        found = BookLine.filter(posting__estate_id=estate, posting__number__gte=first)
        if most is not None:
            found = found.filter(posting__number__lt=first + most)
        lines: dict[int, list[Line]] = {}
        for posting, account, fen in await found.order_by("id").values_list("posting_id", "account", "fen"):
            lines.setdefault(posting, []).append(Line(Account(account), fen))
        return [_stored(row, lines[row.id], backs.get(row.number)) for row in rows]

    async def posting(self, estate: str, number: int) -> StoredPosting | None:
        """Return one posting."""
        found = await self.postings(estate, first=number, most=1)
        return found[0] if found else None

    async def redact(self, estate: str, number: int, redaction: Redaction, now: datetime, *, by: int | None) -> None:
        """Take a posting's words and their salt away for ever."""
        row = await BookPosting.get(estate_id=estate, number=number)
        await BookRedaction.create(
            posting_id=row.id, article=redaction.article, office=redaction.office, redacted_at=now, redacted_by_id=by
        )
        await BookPosting.filter(id=row.id).update(words=None, salt=None)

    async def vouchers(self, estate: str, records: Collection[str]) -> set[Voucher]:
        """Return which attachments of records everybody can see."""
        rows = await RecordFile.filter(
            record__estate_id=estate, record__uuid__in=list(records), content__not_isnull=True
        ).values_list("record__uuid", "number")
        return {Voucher(*row) for row in rows}

    async def evidence(
        self,
        estate: str,
        records: Collection[str] | None = None,
        *,
        kinds: Collection[str] | None = None,
        most: int | None = None,
    ) -> list[Evidence]:
        """Return records of an estate, those of the latest day first; those without a file stand too.

        Args:
            estate: whose records.
            records: their numbers; by default all that nothing supersedes.
            kinds: of which kinds.
            most: how many at most.
        """
        query = Record.filter(estate_id=estate)
        if records is None:
            query = query.filter(superseded_by__id__isnull=True)
        else:
            query = query.filter(uuid__in=list(records))
        if kinds is not None:
            query = query.filter(kind__in=list(kinds))
        rows = await (query if most is None else query.limit(most)).order_by("-day", "-id")
        texts: dict[int, dict[str, Any]] = {row.id: {} for row in rows}
        for record, name, value in await RecordField.filter(
            record_id__in=list(texts), name__in=[TITLE, *FILES], value__not_isnull=True
        ).values_list("record_id", "name", "value"):
            texts[record][name] = json.loads(value)
        return [
            Evidence(
                row.uuid,
                RecordKind(row.kind),
                row.day,
                texts[row.id].get(TITLE, ""),
                {
                    number: str(texts[row.id][name]["name"])
                    for number, name in enumerate(FILES, 1)
                    if name in texts[row.id]
                },
            )
            for row in rows
        ]

    async def kinds(self, estate: str, records: Collection[str]) -> dict[str, str]:
        """Return the kinds of an estate's records by their numbers."""
        return dict(await Record.filter(estate_id=estate, uuid__in=list(records)).values_list("uuid", "kind"))

    async def is_used(self, estate: str, voucher: Voucher) -> bool:
        """Whether a posting rests on a voucher."""
        return await BookPosting.filter(
            estate_id=estate, voucher__uuid=voucher.record, attachment=voucher.number
        ).exists()

    async def mark(self, estate: str, voucher: Voucher, home: str, now: datetime) -> bool:
        """Keep that somebody of a home looked at a voucher; return whether it is new."""
        record = await Record.get(estate_id=estate, uuid=voucher.record)
        marks = VoucherMark.filter(voucher_id=record.id, attachment=voucher.number, home=home)
        if await marks.exists():
            return False
        await VoucherMark.create(voucher_id=record.id, attachment=voucher.number, home=home, marked_at=now)
        return True

    async def marks(self, estate: str) -> dict[Voucher, int]:
        """Return how many homes looked at each voucher."""
        rows = (
            await VoucherMark.filter(voucher__estate_id=estate)
            .annotate(homes=Count("id"))
            .group_by("voucher__uuid", "attachment")
            .values_list("voucher__uuid", "attachment", "homes")
        )
        return {Voucher(record, number): homes for record, number, homes in rows}

    async def _ids(self, estate: str, numbers: Sequence[int]) -> Mapping[int, int]:
        if not numbers:
            return {}
        return dict(
            await BookPosting.filter(estate_id=estate, number__gte=min(numbers), number__lte=max(numbers)).values_list(
                "number", "id"
            )
        )


def _write_words(words: Words | None) -> str:
    assert words is not None
    return json.dumps(asdict(words), ensure_ascii=False, sort_keys=True)


def _stored(row: BookPosting, lines: Sequence[Line], reversed_by: int | None) -> StoredPosting:
    redacted = row.redaction  # type: ignore[attr-defined]  # the other end of the redaction's own key
    return StoredPosting(
        Posting(
            row.number,
            row.day,
            tuple(lines),
            Voucher(row.voucher.uuid, row.attachment),
            None if row.words is None else Words(**json.loads(row.words)),
            row.decision.uuid if row.decision else "",
            row.reverses.number if row.reverses else None,
        ),
        bytes(row.commitment),
        None if row.salt is None else bytes(row.salt),
        Redaction(Article(redacted.article), Office(redacted.office), china_day(redacted.redacted_at))
        if redacted
        else None,
        reversed_by,
    )
