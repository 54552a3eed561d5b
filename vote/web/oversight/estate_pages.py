"""An estate for its residents: what the committee decided, spent and owes, and each month in words to pass on."""

from datetime import date, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute

from vote.config import Settings
from vote.estate.store import EstatePlace
from vote.oversight.book.statement import yuan
from vote.oversight.duty.views import duties_of
from vote.oversight.record.kinds import KINDS
from vote.oversight.summary.rules import MonthFigures, month_text
from vote.oversight.summary.search import words_of
from vote.oversight.summary.service import SHOWN, SummaryService
from vote.web.oversight.book_shown import names_of, shown
from vote.web.oversight.change_pages import since_of
from vote.web.oversight.inquiry_lists import see
from vote.web.oversight.place import place_of_estate
from vote.web.oversight.record_pages import title_of
from vote.web.page import page
from vote.web.rendering import reader_of, render

_DAY = timedelta(days=1)


async def summary_of(request: Request, estate: str) -> dict[str, Any]:
    """Return what the page of an estate shows of its committee."""
    found = await _summaries(request).today(estate)
    return {
        "summary": found,
        "decisions": [(each, title_of(each)) for each in found.decisions],
        "since": await since_of(request, estate),
    }


async def month(request: Request) -> Response:
    """Show a month of an estate with the words for the owners' group."""
    place, figures = await _month(request)
    today = (await _summaries(request).today(place.id)).today
    values = {
        "place": place,
        "figures": figures,
        "words": _words(request, place, figures),
        "rows": _words(request, place, figures).count("\n") + 8,
        "before": _key(figures.span.first - _DAY) if figures.span.first > date(1, 1, 1) else None,
        "after": _key(figures.span.last + _DAY) if figures.span.last < today else None,
    }
    return render(request, "oversight/estate-month.html", values)


async def month_plain(request: Request) -> Response:
    """Return the words for the owners' group alone."""
    place, figures = await _month(request)
    headers = {"Cache-Control": "no-cache", "Vary": "Accept, Accept-Language"}
    return PlainTextResponse(f"{_words(request, place, figures)}\n", headers=headers)


async def search(request: Request) -> Response:
    """Show what of an estate holds the words that somebody looks for."""
    place = await place_of_estate(request)
    words = " ".join(words_of(request.query_params.get("q", "")))
    found = await _summaries(request).search(place.id, words)
    today = await duties_of(request).today()
    names = await names_of(request, place.id, [each.posting for each in found.postings])
    values = {
        "place": place,
        "words": words,
        "found": found,
        "most": SHOWN,
        "kinds": KINDS,
        "records": [(each, title_of(each)) for each in found.records],
        "postings": [shown(each, names, {}) for each in found.postings],
        "yuan": yuan,
        "inquiries": [see(each.public, today, insider=False) for each in found.inquiries],
    }
    return render(request, "oversight/estate-search.html", values)


def _words(request: Request, place: EstatePlace, figures: MonthFigures) -> str:
    settings: Settings = request.state["settings"]
    address = f"{settings.public_url.rstrip('/')}/estates/{place.id}/month/{figures.key}"
    return f"{reader_of(request).pick(month_text(figures))}\n{address}"


async def _month(request: Request) -> tuple[EstatePlace, MonthFigures]:
    place = await place_of_estate(request)
    return place, await _summaries(request).month(place.id, request.path_params["month"])


def _key(day: date) -> str:
    return f"{day.year:04}-{day.month:02}"


def _summaries(request: Request) -> SummaryService:
    summaries: SummaryService = request.state["summaries"]
    return summaries


_MONTH = "/estates/{estate}/month/{month}"
routes: list[BaseRoute] = [
    page(f"{_MONTH}.txt", month_plain, summary="The words of a month for the owners’ group, as plain text"),
    page("/estates/{estate}/search", search, summary="What of an estate holds some words"),
    page(_MONTH, month, summary="A month in numbers, with words for the owners’ group"),
]
