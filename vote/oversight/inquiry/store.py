"""Queries about inquiries."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import rfc8785

from crypto.envelope import seal, unseal
from crypto.errors import CryptoError
from crypto.randomness import Randomness
from vote.db import fits
from vote.errors import ContradictionError, Reason, RefusedError
from vote.oversight.inquiry import rules
from vote.oversight.inquiry.models import Inquiry, InquiryAnswer, InquiryHiding, InquiryPiece, InquiryTabling
from vote.oversight.inquiry.personal import order_pieces
from vote.oversight.inquiry.rules import ANSWER, QUESTION, SIGNATURE, Manner, Piece
from vote.oversight.record.models import Record
from vote.oversight.record.rules import Article, Office, Redaction, china_day
from vote.roll.models import Roll


@dataclass(frozen=True, slots=True)
class StoredInquiry:
    """An inquiry with where it stands among others."""

    id: int
    entitlement: int
    """The row of whoever asked: for the office alone."""
    public: rules.Inquiry


@dataclass(frozen=True, slots=True)
class InquiryStore:
    """Inquiries in the database; what people wrote is sealed."""

    key: bytes = field(repr=False)
    rng: Randomness

    async def add(self, inquiry: rules.Inquiry, asker: Piece, *, entitlement: int, home: str, by: int | None) -> None:
        """Keep a question; `home` is the digest of the asker's homes."""
        row = await Inquiry.create(
            uuid=inquiry.uuid,
            estate_id=inquiry.estate,
            about_id=await self._record(inquiry.about),
            manner=inquiry.manner,
            entitlement_id=entitlement,
            home=home,
            raised_at=inquiry.raised_at,
            raised_by_id=by,
            due=inquiry.due,
            held=inquiry.held,
        )
        pieces = [asker, *inquiry.question, *([inquiry.signature] if inquiry.signature else [])]
        await self._add_pieces(row.id, inquiry.uuid, pieces)

    async def answer(self, stored: StoredInquiry, pieces: Sequence[Piece], now: datetime, *, by: int | None) -> None:
        """Keep an answer."""
        await InquiryAnswer.create(inquiry_id=stored.id, answered_at=now, answered_by_id=by)
        await self._add_pieces(stored.id, stored.public.uuid, pieces)

    async def release(self, inquiry: int) -> None:
        """Note that somebody looked at a question."""
        await Inquiry.filter(id=inquiry, held=True).update(held=False)

    async def hide(
        self, inquiry: int, names: Sequence[str], redaction: Redaction, now: datetime, *, by: int | None
    ) -> None:
        """Take pieces and their salts away for ever."""
        row = await InquiryHiding.create(
            inquiry_id=inquiry, article=redaction.article, office=redaction.office, hidden_at=now, hidden_by_id=by
        )
        await InquiryPiece.filter(inquiry_id=inquiry, name__in=list(names)).update(sealed=None, hiding_id=row.id)

    async def table(self, inquiry: int, now: datetime, *, by: int | None) -> None:
        """Put an inquiry on the list of the next meeting."""
        await InquiryTabling.create(inquiry_id=inquiry, tabled_at=now, tabled_by_id=by)

    async def get(self, estate: str, uuid: str, *, lock: bool = False) -> StoredInquiry:
        """Return an inquiry of an estate.

        Raises:
            RefusedError: it has none of this number.
        """
        if fits(Inquiry, "estate_id", estate) and fits(Inquiry, "uuid", uuid):
            if lock:
                await Inquiry.filter(estate_id=estate, uuid=uuid).select_for_update().first()
            if found := await self._read(Inquiry.filter(estate_id=estate, uuid=uuid)):
                return found[0]
        raise RefusedError(
            Reason.NOT_FOUND, "This estate has no such inquiry.", zh="没有这条询问，请从小区的页面重新点进来。"
        )

    async def listed(self, estate: str, *, about: str = "", tabled: bool = False) -> list[StoredInquiry]:
        """Return inquiries of an estate, the latest first: all, those about a record, those for the next meeting."""
        if not fits(Inquiry, "estate_id", estate):
            return []
        rows = Inquiry.filter(estate_id=estate)
        if about:
            rows = rows.filter(about__uuid=about)
        if tabled:
            rows = rows.filter(tabling__id__isnull=False)
        return await self._read(rows.order_by("-id"))

    async def count_open(self, home: str) -> int:
        """Return how many questions of a home wait for an answer."""
        return await Inquiry.filter(home=home, answer__id__isnull=True).count()

    async def count_since(self, home: str, since: datetime) -> int:
        """Return how many questions a home asked after a moment."""
        return await Inquiry.filter(home=home, raised_at__gt=since).count()

    async def roll(self, estate: str) -> int | None:
        """Return the row of the roll by which an estate's owners are known: the one frozen last."""
        row = await Roll.filter(estate_id=estate, frozen_at__isnull=False).order_by("-frozen_at", "-id").first()
        return row.id if row else None

    async def _record(self, uuid: str) -> int | None:
        if not uuid:
            return None
        return (await Record.get(uuid=uuid)).id

    async def _add_pieces(self, inquiry: int, uuid: str, pieces: Iterable[Piece]) -> None:
        rows = []
        for each in pieces:
            assert each.salt is not None
            plain = rfc8785.dumps([each.value, each.salt.hex()])
            sealed = seal(self.key, _context(uuid, each.name), plain, self.rng)
            rows.append(InquiryPiece(inquiry_id=inquiry, name=each.name, sealed=sealed, commitment=each.commitment))
        await InquiryPiece.bulk_create(rows)

    async def _read(self, rows: object) -> list[StoredInquiry]:
        found: list[Inquiry] = await rows.select_related("about")  # type: ignore[attr-defined]
        ids = [each.id for each in found]
        uuids = {each.id: each.uuid for each in found}
        pieces: dict[int, dict[str, Piece]] = {each: {} for each in ids}
        for row in await InquiryPiece.filter(inquiry_id__in=ids).select_related("hiding"):
            inquiry = row.inquiry_id  # type: ignore[attr-defined]
            pieces[inquiry][row.name] = self._piece(uuids[inquiry], row)
        answered = dict(await InquiryAnswer.filter(inquiry_id__in=ids).values_list("inquiry_id", "answered_at"))
        tabled = dict(await InquiryTabling.filter(inquiry_id__in=ids).values_list("inquiry_id", "tabled_at"))
        return [_stored(each, pieces[each.id], answered.get(each.id), tabled.get(each.id)) for each in found]

    def _piece(self, uuid: str, row: InquiryPiece) -> Piece:
        if row.hiding is not None:
            by = row.hiding
            redaction = Redaction(Article(by.article), Office(by.office), china_day(by.hidden_at))
            return Piece(row.name, bytes(row.commitment), None, None, redaction)
        try:
            value, salt = json.loads(unseal([self.key], _context(uuid, row.name), bytes(row.sealed or b"")))
        except CryptoError:
            raise ContradictionError(f"piece {row.id} of an inquiry cannot be opened") from None
        return Piece(row.name, bytes(row.commitment), value, bytes.fromhex(salt))


def _stored(
    row: Inquiry, pieces: Mapping[str, Piece], answered: datetime | None, tabled: datetime | None
) -> StoredInquiry:
    public = rules.Inquiry(
        row.uuid,
        row.estate_id,  # type: ignore[attr-defined]  # tortoise adds the column's name
        row.about.uuid if row.about else "",
        Manner(row.manner),
        row.raised_at.astimezone(UTC),
        row.due,
        row.held,
        _text(pieces, QUESTION),
        pieces.get(SIGNATURE),
        _text(pieces, ANSWER),
        answered.astimezone(UTC) if answered else None,
        tabled.astimezone(UTC) if tabled else None,
    )
    return StoredInquiry(row.id, row.entitlement_id, public)  # type: ignore[attr-defined]


def _text(pieces: Mapping[str, Piece], prefix: str) -> tuple[Piece, ...]:
    return tuple(pieces[name] for name in order_pieces([each for each in pieces if each.startswith(f"{prefix}_")]))


def _context(uuid: str, name: str) -> str:
    return f"inquiry/{uuid}/{name}"
