"""Views about interests: what is public of them, for programs."""

from starlette.requests import Request
from starlette.responses import Response

from vote.errors import Reason, RefusedError
from vote.http import operation
from vote.oversight.interest.rules import encode_hit
from vote.oversight.interest.service import InterestService


async def show(request: Request, _: None) -> Response:
    """Return the public JSON of a hit that is published."""
    estate, number = request.path_params["estate"], request.path_params["hit"]
    for stored in await interests_of(request).listed(estate):
        for hit in stored.hits:
            if hit.id == number and hit.published_at is not None:
                data = encode_hit(estate, stored.uuid, hit, stored.parts)
                headers = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-cache"}
                return Response(data, media_type="application/json", headers=headers)
    raise RefusedError(
        Reason.NOT_FOUND, "This estate published no such interest.", zh="没有这一条，请从小区的页面重新点进来。"
    )


def interests_of(request: Request) -> InterestService:
    """Return the service of interests."""
    service: InterestService = request.state["interests"]
    return service


routes = [
    operation(
        "/estates/{estate}/interests/{hit:number}.json",
        show,
        summary="A published interest with commitments, and salts of what is shown",
        answer="application/json",
    )
]
