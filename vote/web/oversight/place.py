"""Finds the estate that a page is about."""

from starlette.requests import Request

from vote.estate.service import EstateService
from vote.estate.store import EstatePlace


async def place_of_estate(request: Request) -> EstatePlace:
    """Return the estate that the address names.

    Raises:
        RefusedError: there is no such estate.
    """
    estates: EstateService = request.state["estates"]
    return await estates.get(request.path_params["estate"])
