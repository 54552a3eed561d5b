"""What pages of the books show of a posting: its amount, what it was for, and what its voucher and decision are called."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request

from vote.law.citation import Text
from vote.oversight.book.accounts import Side
from vote.oversight.book.importing import ImportService
from vote.oversight.book.notice import purpose_of
from vote.oversight.book.rules import Posting, Voucher
from vote.oversight.book.statement import Month
from vote.oversight.book.store import Evidence, StoredPosting
from vote.oversight.book.views import books_of

HIDDEN = Text("标题已依法隐去", "Title hidden by law")
CHART_HEIGHT = 100
_DIGITS = 9


@dataclass(frozen=True, slots=True)
class ShownPosting:
    """A posting as a list shows it."""

    stored: StoredPosting
    fen: int
    """Above zero came in, below went out; zero moved within."""
    moved: int
    """What was moved, where it only moved within."""
    purpose: Text
    decision: str
    """What the decision is called; empty if none is named."""
    marks: int
    """How many homes looked at the voucher."""


@dataclass(frozen=True, slots=True)
class Names:
    """What records are called."""

    records: Mapping[str, Evidence]

    def of(self, record: str) -> str:
        """Return title and day of a record."""
        found = self.records.get(record)
        if found is None:
            return ""
        return f"{found.title or HIDDEN.zh}（{found.on.isoformat()}）"

    def of_voucher(self, voucher: Voucher) -> str:
        """Return what an attachment is called, and of which record it is."""
        found = self.records.get(voucher.record)
        file = found.files.get(voucher.number, "") if found else ""
        return f"{file or HIDDEN.zh} · {self.of(voucher.record)}"


async def names_of(request: Request, estate: str, postings: Sequence[Posting]) -> Names:
    """Return what the vouchers and decisions of postings are called."""
    wanted = {each.voucher.record for each in postings} | {each.decision for each in postings if each.decision}
    found = await books_of(request).evidence(estate, wanted) if wanted else []
    return Names({each.record: each for each in found})


def shown(stored: StoredPosting, names: Names, marks: Mapping[Voucher, int]) -> ShownPosting:
    """Return a posting as a list shows it."""
    posting = stored.posting
    fen = posting.total(Side.ASSETS)
    return ShownPosting(
        stored,
        fen,
        0 if fen else max(line.fen for line in posting.lines),
        purpose_of(posting),
        names.of(posting.decision) if posting.decision else "",
        marks.get(posting.voucher, 0),
    )


def bars(found: Sequence[Month]) -> list[dict[str, object]]:
    """How high the bars of each month stand, in whole units of the chart."""
    most = most_of(found) or 1
    return [
        {
            "month": month,
            "received": max(month.received, 0) * CHART_HEIGHT // most,
            "spent": max(month.spent, 0) * CHART_HEIGHT // most,
        }
        for month in found
    ]


def most_of(found: Sequence[Month]) -> int:
    """Return the largest amount of a year's months."""
    return max((fen for month in found for fen in (month.received, month.spent, 0)), default=0)


def imports_of(request: Request) -> ImportService:
    """Return the service of banks' statements."""
    service: ImportService = request.state["imports"]
    return service


def whole(text: object) -> int:
    """Return a whole number that an address or a form sends; -1 if it is none."""
    if isinstance(text, str) and text.isascii() and text.isdigit() and len(text) <= _DIGITS:
        return int(text)
    return -1
