"""Queries about the books."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from vote.oversight.book.accounts import Account
from vote.oversight.book.models import BookLine, BookPosting
from vote.oversight.book.rules import Line, Posting, Voucher, Words
from vote.oversight.record.models import Record


@dataclass(frozen=True, slots=True)
class StoredPosting:
    """A posting with what binds it to the log."""

    posting: Posting
    commitment: bytes
    salt: bytes | None
    """None once its words are hidden."""


class BookStore:
    """Books in the database."""

    async def next_number(self, estate: str) -> int:
        """Return the number of the next posting. A second one of the same number is refused by the database."""
        last = await BookPosting.filter(estate_id=estate).order_by("-number").first()
        return last.number + 1 if last else 1

    async def add(
        self, estate: str, posting: Posting, *, salt: bytes, commitment: bytes, now: datetime, by: int | None
    ) -> None:
        """Keep a posting with its lines."""
        assert posting.words is not None
        records = {posting.voucher.record, posting.decision} - {""}
        ids = dict(await Record.filter(estate_id=estate, uuid__in=records).values_list("uuid", "id"))
        reverses = None
        if posting.reverses is not None:
            reverses = (await BookPosting.get(estate_id=estate, number=posting.reverses)).id
        row = await BookPosting.create(
            estate_id=estate,
            number=posting.number,
            day=posting.on,
            voucher_id=ids[posting.voucher.record],
            attachment=posting.voucher.number,
            decision_id=ids.get(posting.decision),
            reverses_id=reverses,
            words=json.dumps(asdict(posting.words), ensure_ascii=False, sort_keys=True),
            salt=salt,
            commitment=commitment,
            entered_at=now,
            entered_by_id=by,
        )
        await BookLine.bulk_create(
            [BookLine(posting_id=row.id, account=line.account, fen=line.fen) for line in posting.lines]
        )

    async def postings(self, estate: str) -> list[StoredPosting]:
        """Return all postings of an estate by number."""
        rows = (
            await BookPosting.filter(estate_id=estate)
            .order_by("number")
            .select_related("voucher", "decision", "reverses")
        )
        lines: dict[int, list[Line]] = {}
        for posting, account, fen in (
            await BookLine.filter(posting__estate_id=estate).order_by("id").values_list("posting_id", "account", "fen")
        ):
            lines.setdefault(posting, []).append(Line(Account(account), fen))
        return [_stored(row, lines[row.id]) for row in rows]


def _stored(row: BookPosting, lines: Sequence[Line]) -> StoredPosting:
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
    )
