"""What an estate owes its owners, and what all estates did not publish.

What is between the office and its debtor is shown to the committee and to staff only.
"""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from vote.oversight.duty.rules import State, publicly
from vote.oversight.duty.service import DutyService
from vote.web.oversight.record_pages import may_publish
from vote.web.page import page
from vote.web.rendering import render


async def show(request: Request) -> Response:
    """Show what an estate owes and owed."""
    found = await _duties(request).board(request.path_params["estate"])
    insider = await may_publish(request)
    rows = [(each, each.state if insider else publicly(each.state)) for each in found.standings]
    return render(request, "oversight/duties.html", {"place": found.place, "rows": rows})


async def county(request: Request) -> Response:
    """Show what was not published anywhere."""
    boards = await _duties(request).boards()
    rows = [(each.place, one) for each in boards for one in each.standings if one.state is State.OVERDUE]
    return render(request, "oversight/county-duties.html", {"rows": rows})


def _duties(request: Request) -> DutyService:
    duties: DutyService = request.state["duties"]
    return duties


routes: list[BaseRoute] = [
    page("/duties", county, summary="What estates did not publish in time"),
    page("/estates/{estate}/duties", show, summary="What an estate owes its owners, by when, by which article"),
]
