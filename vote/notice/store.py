"""Queries about notices, places, deliveries and objections."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import rfc8785

from crypto.encoding import read_json
from crypto.envelope import seal, unseal
from crypto.errors import CryptoError
from crypto.randomness import Randomness
from vote.clock import CHINA
from vote.db import fits
from vote.errors import ContradictionError, Reason, RefusedError
from vote.notice import models, rules
from vote.notice.models import NoticeAnswer, NoticeDelivery, NoticeEnd, NoticeObjection, NoticePlace
from vote.notice.objection import About, Answer, Objection, Outcome, ReservedTo
from vote.notice.reaching import Came, Channel, Line
from vote.notice.rules import Kind
from vote.roll.models import Roll

DOWN, CLOSED = "down", "closed"


@dataclass(frozen=True, slots=True)
class StoredPlace:
    """Where a notice hangs."""

    id: int
    place: str
    media: str
    """The photo's type; empty where there is none."""
    noted_at: datetime


@dataclass(frozen=True, slots=True)
class NewNotice:
    """What is announced."""

    kind: Kind
    title: str
    text: str
    days: int
    election: str | None = None
    """The vote whose letters bring this notice to owners too."""


@dataclass(frozen=True, slots=True)
class StoredNotice:
    """A notice as the database has it."""

    id: int
    uuid: str
    estate: str
    what: NewNotice
    digest: str
    until: date
    """The last day on which owners may object."""
    roll: int | None
    posted_at: datetime
    posted_by: str
    days: rules.Notice


@dataclass(frozen=True, slots=True)
class StoredObjection:
    """An objection with its row, for those who answer it."""

    id: int
    public: Objection


@dataclass(frozen=True, slots=True)
class Words:
    """Who objects, and in which words: sealed."""

    entitlement: int
    text: str


@dataclass(frozen=True, slots=True)
class NoticeStore:
    """Notices in the database."""

    key: bytes = field(repr=False)
    rng: Randomness

    async def add(
        self, estate: str, uuid: str, what: NewNotice, digest: str, rest: tuple[date, int | None, datetime, str]
    ) -> int:
        """Keep a notice and return its row; `rest`: last day for objections, the roll, when and by which role."""
        until, roll, posted_at, by = rest
        row = await models.Notice.create(
            uuid=uuid,
            estate_id=estate,
            kind=what.kind,
            title=what.title,
            text=what.text,
            digest=digest,
            days=what.days,
            until=until,
            roll_id=roll,
            election_id=what.election,
            posted_at=posted_at,
            posted_by=by,
        )
        return row.id

    async def add_place(self, notice: int, place: str, photo: tuple[str, bytes], now: datetime) -> None:
        """Keep where a notice hangs, with the photo's media type and bytes; both empty without one."""
        await NoticePlace.create(notice_id=notice, place=place, media=photo[0], photo=photo[1], noted_at=now)

    async def end(self, notice: int, kind: str, day: date, now: datetime) -> None:
        """Note that a notice was taken down or closed."""
        await NoticeEnd.create(notice_id=notice, kind=kind, day=day, noted_at=now)

    async def get(self, estate: str, uuid: str) -> StoredNotice:
        """Return a notice of an estate.

        Raises:
            RefusedError: it has none of this number.
        """
        if fits(models.Notice, "uuid", uuid):
            for found in await self.of_estate(estate):
                if found.uuid == uuid:
                    return found
        raise RefusedError(
            Reason.NOT_FOUND, "This estate has no such notice.", zh="没有这份公示，请从小区的页面重新点进来。"
        )

    async def of_estate(self, estate: str) -> list[StoredNotice]:
        """Return the notices of an estate, the latest first."""
        rows = await models.Notice.filter(estate_id=estate).order_by("-id")
        ends: dict[tuple[int, str], date] = {
            (row.notice_id, row.kind): row.day  # type: ignore[attr-defined]  # tortoise adds it
            for row in await NoticeEnd.filter(notice__estate_id=estate)
        }
        return [_stored(row, ends.get((row.id, DOWN)), ends.get((row.id, CLOSED))) for row in rows]

    async def places(self, notice: int) -> list[StoredPlace]:
        """Return where a notice hangs, in the order noted."""
        rows = await NoticePlace.filter(notice_id=notice).order_by("id").values("id", "place", "media", "noted_at")
        return [StoredPlace(row["id"], row["place"], row["media"], row["noted_at"].astimezone(UTC)) for row in rows]

    async def photo(self, notice: int, place: int) -> tuple[str, bytes]:
        """Return the media type and bytes of a photo.

        Raises:
            RefusedError: there is none.
        """
        row = await NoticePlace.filter(notice_id=notice, id=place).first()
        if row is None or not row.media:
            raise RefusedError(Reason.NOT_FOUND, "There is no such photo.", zh="没有这张照片。")
        return row.media, bytes(row.photo)

    async def roll(self, estate: str) -> int | None:
        """Return the row of the roll by which an estate's owners are known: the one frozen last."""
        row = await Roll.filter(estate_id=estate, frozen_at__isnull=False).order_by("-frozen_at", "-id").first()
        return row.id if row else None

    async def add_lines(self, notice: int, owners: Sequence[int], line: Line) -> None:
        """Note the same of several owners (rows of entitlements)."""
        await NoticeDelivery.bulk_create(
            [
                NoticeDelivery(
                    notice_id=notice,
                    entitlement_id=row,
                    channel=line.channel,
                    came=line.came,
                    day=line.on,
                    noted_at=line.noted_at,
                    noted_by=line.noted_by,
                )
                for row in owners
            ],
            batch_size=200,
        )

    async def lines(self, notice: int) -> dict[int, list[Line]]:
        """Return what was noted of each owner (the entitlement's row), in order."""
        found: dict[int, list[Line]] = {}
        for row in await NoticeDelivery.filter(notice_id=notice).order_by("id").values():
            line = Line(
                Channel(row["channel"]), Came(row["came"]), row["day"], row["noted_at"].astimezone(UTC), row["noted_by"]
            )
            found.setdefault(row["entitlement_id"], []).append(line)
        return found

    async def object(self, notice: int, objection: Objection, words: Words, now: datetime, by: str) -> None:
        """Keep an objection; who and what is sealed."""
        content = rfc8785.dumps({"entitlement": words.entitlement, "text": words.text})
        await NoticeObjection.create(
            uuid=objection.number,
            notice_id=notice,
            about=objection.about,
            sealed=seal(self.key, _context(objection.number), content, self.rng),
            raised_at=now,
            raised_by=by,
            due=objection.due,
        )

    async def answer(self, objection: int, answer: Answer, now: datetime) -> None:
        """Keep how an objection ended."""
        await NoticeAnswer.create(
            objection_id=objection,
            outcome=answer.outcome,
            reserved_to=answer.reserved_to or "",
            text=answer.text,
            answered_at=now,
        )

    async def objections(self, notices: Sequence[int]) -> dict[int, list[StoredObjection]]:
        """Return the objections to notices, in the order raised."""
        found: dict[int, list[StoredObjection]] = {notice: [] for notice in notices}
        rows = await NoticeObjection.filter(notice_id__in=list(notices)).order_by("id")
        answers = {
            row.objection_id: row  # type: ignore[attr-defined]  # tortoise adds it
            for row in await NoticeAnswer.filter(objection_id__in=[row.id for row in rows])
        }
        for row in rows:
            answer = answers.get(row.id)
            public = Objection(
                row.uuid, About(row.about), _day(row.raised_at), row.due, _answer(answer) if answer else None
            )
            found[row.notice_id].append(StoredObjection(row.id, public))  # type: ignore[attr-defined]  # tortoise adds it
        return found

    async def words(self, objection: int) -> Words:
        """Return who objects and in which words, for those who answer.

        Raises:
            ContradictionError: what is sealed does not open.
        """
        row = await NoticeObjection.get(id=objection)
        try:
            opened = read_json(unseal([self.key], _context(row.uuid), bytes(row.sealed)), "an objection")
        except CryptoError:
            raise ContradictionError("an objection to a notice does not open") from None
        assert isinstance(opened, dict)
        return Words(int(opened["entitlement"]), str(opened["text"]))


def _stored(row: models.Notice, down: date | None, closed: date | None) -> StoredNotice:
    what = NewNotice(Kind(row.kind), row.title, row.text, row.days, row.election_id)  # type: ignore[attr-defined]  # tortoise adds it
    return StoredNotice(
        row.id,
        row.uuid,
        row.estate_id,  # type: ignore[attr-defined]  # tortoise adds it
        what,
        row.digest,
        row.until,
        row.roll_id,  # type: ignore[attr-defined]  # tortoise adds it
        row.posted_at.astimezone(UTC),
        row.posted_by,
        rules.Notice(_day(row.posted_at), row.days, down, closed),
    )


def _answer(row: NoticeAnswer) -> Answer:
    reserved_to = ReservedTo(row.reserved_to) if row.reserved_to else None
    return Answer(Outcome(row.outcome), reserved_to, row.text, _day(row.answered_at))


def _day(moment: datetime) -> date:
    return moment.astimezone(CHINA).date()


def _context(number: str) -> str:
    return f"notice-objection/{number}"
