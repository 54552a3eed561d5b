"""How inquiries stand, for every page that lists some."""

from dataclasses import dataclass
from datetime import date

from starlette.requests import Request

from vote.oversight.inquiry.rules import Inquiry, Manner, Piece, Standing, standing
from vote.oversight.inquiry.views import inquiries_of
from vote.oversight.record.rules import china_day

LATEST = 3
_EXCERPT = 40
TAGS = {Standing.WAITING: "", Standing.OVERDUE: "bad", Standing.ANSWERED: "good", Standing.LATE: "warn"}
"""How each standing looks."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An inquiry as whoever looks at it may see it."""

    public: Inquiry
    standing: Standing
    today: date
    readable: bool
    """Whether the question may be read."""

    @property
    def path(self) -> str:
        """The address of its page."""
        return f"/estates/{self.public.estate}/inquiries/{self.public.uuid}"

    @property
    def tag(self) -> str:
        """How its standing looks."""
        return TAGS[self.standing]

    @property
    def excerpt(self) -> str:
        """The beginning of the question; empty if it may not be read."""
        text = "".join(each.value or "…" for each in self.public.question) if self.readable else ""
        return text if len(text) <= _EXCERPT else f"{text[:_EXCERPT]}…"

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Everything that may be hidden in it."""
        signature = (self.public.signature,) if self.public.signature else ()
        return (*self.public.question, *signature, *self.public.answer)

    @property
    def raised_on(self) -> date:
        """The day of asking."""
        return china_day(self.public.raised_at)

    @property
    def answered_on(self) -> date | None:
        """The day of the answer."""
        return china_day(self.public.answered_at) if self.public.answered_at else None

    @property
    def late_days(self) -> int:
        """Days after the last one in time, so far or until the answer."""
        return max(0, ((self.answered_on or self.today) - self.public.due).days)

    @property
    def named(self) -> bool:
        """Whether it was asked by name."""
        return self.public.manner is Manner.NAMED


def see(public: Inquiry, today: date, *, insider: bool) -> Asked:
    """Return an inquiry as an insider or everybody sees it."""
    answered = china_day(public.answered_at) if public.answered_at else None
    return Asked(public, standing(public.due, answered, today), today, insider or public.open_to_all)


async def asked(
    request: Request, estate: str, *, about: str = "", tabled: bool = False, insider: bool = False
) -> list[Asked]:
    """Return inquiries of an estate, the latest first: all, those about a record, those for the next meeting."""
    inquiries = inquiries_of(request)
    today = await inquiries.today()
    return [
        see(each.public, today, insider=insider) for each in await inquiries.listed(estate, about=about, tabled=tabled)
    ]
