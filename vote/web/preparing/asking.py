"""What the pages of this package share: services by name, going on after a form, saying why something was refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from vote.clock import CHINA
from vote.db import database_now
from vote.delivery.printing import PrintingService
from vote.delivery.service import DeliveryService
from vote.election.outlining import OutlineService
from vote.election.service import ElectionService
from vote.election.store import StoredElection
from vote.errors import RefusedError
from vote.estate.service import EstateService
from vote.estate.store import EstatePlace
from vote.law.citation import Text
from vote.web.problems import STATUS, said
from vote.web.rendering import reader_of, render


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something was not done."""

    reason: str
    said: Text


def refusal_of(error: RefusedError) -> Refusal:
    """Return a refusal in both languages."""
    return Refusal(error.reason, said(error))


def go_to(request: Request, path: str, **query: str) -> Response:
    """Return the way to the page that follows a form."""
    way = reader_of(request).link(path)
    if query:
        way += ("&" if "?" in way else "?") + urlencode(query)
    return RedirectResponse(way, HTTPStatus.SEE_OTHER)


def refused(request: Request, template: str, values: Mapping[str, object], error: RefusedError) -> Response:
    """Return a page again, with the reason why nothing was done."""
    shown = {**values, "refused": refusal_of(error)}
    return render(request, template, shown, STATUS[error.reason])


async def estate_of(request: Request, identifier: str) -> EstatePlace:
    """Return an estate.

    Raises:
        RefusedError: there is none.
    """
    estates: EstateService = request.state["estates"]
    return await estates.get(identifier)


async def election_of(request: Request) -> StoredElection:
    """Return the election that the address names.

    Raises:
        RefusedError: there is none.
    """
    return await elections_of(request).get(request.path_params["election"])


def elections_of(request: Request) -> ElectionService:
    """Return the service of elections."""
    service: ElectionService = request.state["elections"]
    return service


def outlines_of(request: Request) -> OutlineService:
    """Return the service of outlines."""
    service: OutlineService = request.state["outlines"]
    return service


def printing_of(request: Request) -> PrintingService:
    """Return the service of the account of printed letters."""
    service: PrintingService = request.state["printing"]
    return service


def deliveries_of(request: Request) -> DeliveryService:
    """Return the service of letters and reminders."""
    service: DeliveryService = request.state["deliveries"]
    return service


async def today() -> date:
    """Return the day in China by the database's clock."""
    return (await database_now()).astimezone(CHINA).date()
