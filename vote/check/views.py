"""Views about what lies between closing and counting."""

from starlette.requests import Request
from starlette.responses import Response

from vote.check.service import CheckService
from vote.http import operation
from vote.role import Role


async def check(request: Request, _: None) -> Response:
    """Find who took part for good."""
    checks: CheckService = request.state["checks"]
    await checks.check(request.path_params["election"])
    return Response(status_code=204)


routes = [
    operation(
        "/api/elections/{election}/check", check, method="POST", summary="Find who took part for good",
        role=Role.ORGANISER, status=204,
    ),
]  # fmt: skip
