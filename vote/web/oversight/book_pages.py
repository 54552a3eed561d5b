"""An estate's books: a year of each pool as figures, chart and single entries, and the books as a file."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from vote.clock import CHINA
from vote.db import database_now
from vote.estate.service import EstateService
from vote.law.measure import Period
from vote.oversight.book.accounts import LABELS, Pool, Side
from vote.oversight.book.rules import Posting
from vote.oversight.book.service import BookService
from vote.oversight.book.statement import Month, months, statement, yuan
from vote.oversight.duty.calendar import spans_of
from vote.web.page import page
from vote.web.rendering import render

CHART_HEIGHT = 100
_YEAR_DIGITS = 4


async def show(request: Request) -> Response:
    """Show a year of the books."""
    estates: EstateService = request.state["estates"]
    place = await estates.get(request.path_params["estate"])
    stored = await _books(request).postings(place.id)
    postings = [each.posting for each in stored]
    years = sorted({each.on.year for each in postings}, reverse=True)
    asked = request.query_params.get("year", "")
    year = next((each for each in years if str(each) == asked), None)
    year = year or (years[0] if years else (await database_now()).astimezone(CHINA).year)
    (span,) = spans_of(year, Period(1, "Y"))
    pools = [
        {
            "name": pool,
            "statement": statement(postings, pool, span),
            "bars": _bars(months(postings, pool, year)),
            "postings": [_row(each) for each in reversed(postings) if each.pool is pool and each.on.year == year],
        }
        for pool in Pool
        if any(each.pool is pool for each in postings)
    ]
    values = {"place": place, "years": years, "year": year, "pools": pools, "labels": LABELS, "yuan": yuan}
    return render(request, "oversight/book.html", values)


async def beancount(request: Request) -> Response:
    """Return the books as a Beancount file."""
    estate = request.path_params["estate"]
    headers = {"Content-Disposition": f'attachment; filename="{estate}.beancount"', "Access-Control-Allow-Origin": "*"}
    return Response(await _books(request).beancount(estate), media_type="text/plain", headers=headers)


def _row(posting: Posting) -> dict[str, object]:
    """What an entry came to: above zero came in; and for what."""
    accounts = [line.account for line in posting.lines if line.account.side is not Side.ASSETS]
    return {"posting": posting, "fen": posting.total(Side.ASSETS), "accounts": accounts}


def _bars(found: tuple[Month, ...]) -> list[dict[str, object]]:
    """How high the bars of each month stand, in whole units of the chart."""
    most = max((abs(fen) for month in found for fen in (month.received, month.spent)), default=0) or 1
    return [
        {
            "month": month,
            "received": max(month.received, 0) * CHART_HEIGHT // most,
            "spent": max(month.spent, 0) * CHART_HEIGHT // most,
        }
        for month in found
    ]


def _books(request: Request) -> BookService:
    books: BookService = request.state["books"]
    return books


routes: list[BaseRoute] = [
    page("/estates/{estate}/book", show, summary="What came in and was spent in a year, with vouchers"),
    page("/estates/{estate}/book.beancount", beancount, summary="The books as a Beancount file"),
]
