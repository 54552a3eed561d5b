"""An estate's books for everybody: a year as figures and chart, every entry with its voucher, notices, and the books as files."""

import asyncio
from collections.abc import Sequence
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from vote.config import Settings
from vote.db import database_now
from vote.errors import Reason, RefusedError
from vote.estate.store import EstatePlace
from vote.law.calendar import spans_of
from vote.law.measure import Period
from vote.oversight.book.accounts import LABELS, Pool
from vote.oversight.book.notice import Notice, make_notice, read_time, times_of
from vote.oversight.book.printing import print_notice
from vote.oversight.book.rules import Posting
from vote.oversight.book.statement import months, statement, yuan
from vote.oversight.book.views import books_of
from vote.oversight.book.workbook import write_workbook
from vote.oversight.record.rules import ARTICLES, OFFICES, china_day
from vote.web.oversight.book_shown import bars, imports_of, most_of, names_of, shown, whole
from vote.web.oversight.place import place_of_estate
from vote.web.oversight.record_pages import may_publish
from vote.web.page import page
from vote.web.rendering import render

LATEST = 5
SHOWN = 50
"""Entries on a page."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def show(request: Request) -> Response:
    """Show a year of the books."""
    place, books = await place_of_estate(request), books_of(request)
    stored = await books.postings(place.id)
    postings = [each.posting for each in stored]
    years, year = await _years(request, postings)
    (span,) = spans_of(year, Period(1, "Y"))
    marks, latest = await books.marks(place.id), {}
    for pool in Pool:
        latest[pool] = [
            each for each in reversed(stored) if each.posting.pool is pool and each.posting.on.year == year
        ][:LATEST]
    names = await names_of(
        request, place.id, [each.posting for found in latest.values() for each in found] + _decided(postings, year)
    )
    pools = []
    for pool in Pool:
        if any(each.pool is pool for each in postings):
            by_month = months(postings, pool, year)
            pools.append(
                {
                    "name": pool,
                    "statement": statement(postings, pool, span),
                    "months": by_month,
                    "bars": bars(by_month),
                    "most": most_of(by_month),
                    "postings": [shown(each, names, marks) for each in latest[pool]],
                }
            )
    may = await may_publish(request)
    values = {
        "place": place,
        "years": years,
        "year": year,
        "pools": pools,
        "labels": LABELS,
        "yuan": yuan,
        "names": names,
        "times": times_of(year),
        "may_enter": may,
        "waiting": await imports_of(request).count(place.id) if may else 0,
    }
    return render(request, "oversight/book.html", values)


async def entries(request: Request) -> Response:
    """Show the entries of a pool in a year, the latest first."""
    place, books = await place_of_estate(request), books_of(request)
    stored = await books.postings(place.id)
    years, year = await _years(request, [each.posting for each in stored])
    pool = _pool(request)
    found = [each for each in reversed(stored) if each.posting.pool is pool and each.posting.on.year == year]
    begin = max(whole(request.query_params.get("from", "")), 0)
    part = found[begin : begin + SHOWN]
    names, marks = await names_of(request, place.id, [each.posting for each in part]), await books.marks(place.id)
    values = {
        "place": place,
        "pool": pool,
        "pools": list(Pool),
        "year": year,
        "years": years,
        "postings": [shown(each, names, marks) for each in part],
        "count": len(found),
        "yuan": yuan,
        "newer": max(begin - SHOWN, 0) if begin else None,
        "older": begin + SHOWN if begin + SHOWN < len(found) else None,
    }
    return render(request, "oversight/book-entries.html", values)


async def entry(request: Request) -> Response:
    """Show one entry."""
    place, books = await place_of_estate(request), books_of(request)
    stored = await books.posting(place.id, request.path_params["posting"])
    names = await names_of(request, place.id, [stored.posting])
    values = {
        "place": place,
        "entry": shown(stored, names, await books.marks(place.id)),
        "names": names,
        "labels": LABELS,
        "yuan": yuan,
        "article": ARTICLES[stored.redaction.article] if stored.redaction else None,
        "office": OFFICES[stored.redaction.office] if stored.redaction else None,
        "may_enter": await may_publish(request),
        "marked": request.query_params.get("marked") == "yes",
    }
    return render(request, "oversight/book-entry.html", values)


async def notice(request: Request) -> Response:
    """Show the notice of a pool for a time."""
    place, found, postings = await _notice(request)
    names = await names_of(request, place.id, found.postings)
    years, year = await _years(request, postings, found.time.span.first.year)
    values = {
        "place": place,
        "notice": found,
        "pools": list(Pool),
        "times": times_of(year),
        "years": years,
        "year": year,
        "yuan": yuan,
        "names": names,
    }
    return render(request, "oversight/book-notice.html", values)


async def notice_pdf(request: Request) -> Response:
    """Return the notice as PDF."""
    place, found, _ = await _notice(request)
    names = await names_of(request, place.id, found.postings)
    decisions = {each.decision: names.of(each.decision) for each in found.postings if each.decision}
    settings: Settings = request.state["settings"]
    address = f"{settings.public_url}/estates/{place.id}/book"
    data = await asyncio.to_thread(print_notice, found, place.name, decisions, address)
    return _file(data, "application/pdf", place, found, "pdf")


async def notice_xlsx(request: Request) -> Response:
    """Return the notice with all its entries as a workbook."""
    place, found, _ = await _notice(request)
    names = await names_of(request, place.id, found.postings)
    decisions = {each.decision: names.of(each.decision) for each in found.postings if each.decision}
    vouchers = {(*each.voucher,): names.of_voucher(each.voucher) for each in found.postings}
    data = await asyncio.to_thread(write_workbook, found, place.name, decisions, vouchers)
    return _file(data, XLSX, place, found, "xlsx")


async def beancount(request: Request) -> Response:
    """Return the books as a Beancount file."""
    estate = request.path_params["estate"]
    headers = {
        "Content-Disposition": f'attachment; filename="{estate}.beancount"',
        "Access-Control-Allow-Origin": "*",
        "Cache-Control": "no-cache",
    }
    return Response(await books_of(request).beancount(estate), media_type="text/plain", headers=headers)


async def _notice(request: Request) -> tuple[EstatePlace, Notice, list[Posting]]:
    place = await place_of_estate(request)
    postings = [each.posting for each in await books_of(request).postings(place.id)]
    today = china_day(await database_now())
    asked = request.query_params.get("time", "")
    time = read_time(asked or str(today.year))
    if time is None:
        raise RefusedError(
            Reason.NOT_FOUND,
            "There is no notice of such a time: name a year, quarter or month, such as 2026, 2026Q3 or 2026-07.",
            zh="没有这一期的公示表，请从账本的页面重新选。",
        )
    return place, make_notice(postings, _pool(request), time, today), postings


async def _years(request: Request, postings: Sequence[Posting], asked: int | None = None) -> tuple[list[int], int]:
    """Return the years of the books, the latest first, and the one that is asked for."""
    years = sorted({each.on.year for each in postings}, reverse=True)
    wanted = whole(request.query_params.get("year", "")) if asked is None else asked
    if wanted in years:
        return years, wanted
    return years, years[0] if years else china_day(await database_now()).year


def _decided(postings: Sequence[Posting], year: int) -> list[Posting]:
    return [each for each in postings if each.decision and each.on.year == year]


def _pool(request: Request) -> Pool:
    asked = request.query_params.get("pool", "")
    return Pool(asked) if asked in set(Pool) else Pool.COMMON


def _file(data: bytes, media_type: str, place: EstatePlace, found: Notice, ending: str) -> Response:
    name = quote(f"{place.name}{found.title.zh}{found.time.key}.{ending}")
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
        "Access-Control-Allow-Origin": "*",
        "Cache-Control": "no-cache",
    }
    return Response(data, media_type=media_type, headers=headers)


routes: list[BaseRoute] = [
    page("/estates/{estate}/book", show, summary="What came in and was spent in a year, with vouchers"),
    page("/estates/{estate}/book.beancount", beancount, summary="The books as a Beancount file"),
    page("/estates/{estate}/book/entries", entries, summary="Every entry of a year"),
    page("/estates/{estate}/book/entries/{posting:number}", entry, summary="An entry with its voucher and decision"),
    page("/estates/{estate}/book/notice", notice, summary="The notice of a month, quarter or year"),
    page("/estates/{estate}/book/notice.pdf", notice_pdf, summary="The same to print"),
    page("/estates/{estate}/book/notice.xlsx", notice_xlsx, summary="The same with every entry, for a spreadsheet"),
]
