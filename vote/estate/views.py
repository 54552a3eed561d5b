"""Views about estates."""

from starlette.requests import Request

from vote.estate.service import EstateService
from vote.estate.store import EstatePlace
from vote.http import Strict, operation
from vote.role import Place, Role


class EstateBody(Strict):
    """An estate and where it lies."""

    id: str
    name: str
    community: str
    sub_district: str
    county: str


async def found(request: Request, body: EstateBody) -> EstateBody:
    """Add an estate."""
    estates: EstateService = request.state["estates"]
    return _body(await estates.found(EstatePlace(body.id, body.name, body.community, body.sub_district, body.county)))


async def show(request: Request, _: None) -> EstateBody:
    """Return an estate."""
    estates: EstateService = request.state["estates"]
    return _body(await estates.get(request.path_params["estate"]))


def _body(place: EstatePlace) -> EstateBody:
    return EstateBody(
        id=place.id, name=place.name, community=place.community, sub_district=place.sub_district, county=place.county
    )


routes = [
    operation(
        "/api/estates",
        found,
        method="POST",
        summary="Add an estate",
        role=Role.STAFF,
        body=EstateBody,
        where=lambda body: Place(divisions=(body.county, body.sub_district, body.community)),
        answer=EstateBody,
        status=201,
    ),
    operation("/api/estates/{estate}", show, summary="Show an estate", answer=EstateBody),
]
