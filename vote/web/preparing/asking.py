"""What the pages of this package share: services by name, the election that the address names, the day."""

from datetime import date

from starlette.requests import Request

from vote.clock import CHINA
from vote.db import database_now
from vote.delivery.printing import PrintingService
from vote.delivery.service import DeliveryService
from vote.election.outlining import OutlineService
from vote.election.service import ElectionService
from vote.election.store import StoredElection
from vote.estate.service import EstateService
from vote.estate.store import EstatePlace


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
