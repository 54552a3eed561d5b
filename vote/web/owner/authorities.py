"""The page on which the desk sees who said that they act with the owner's signed authority, which is to be handed in.

* Homes only, and only of those: whoever acts for themselves is nobody's business. Each look is written down.
"""

from starlette.requests import Request
from starlette.responses import Response

from vote.account.events import EventKind, EventService
from vote.check.service import CheckService
from vote.credential.acting import Acting, Said
from vote.credential.second_factor import SecondFactorService
from vote.http import actor_of
from vote.role import Role
from vote.web.page import page
from vote.web.rendering import render
from vote.web.seen import get_seen


async def show(request: Request) -> Response:
    """List the homes for which somebody said to have an authority."""
    seen = await get_seen(request)
    uuid = seen.stored.uuid
    factors: SecondFactorService = request.state["second_factors"]
    checks: CheckService = request.state["checks"]
    events: EventService = request.state["events"]
    said = await factors.said(uuid)
    latest: dict[int, Said] = {each.entitlement: each for each in said if each.acting is Acting.PROXY}
    homes = await checks.homes(uuid)
    await events.record(actor_of(request), EventKind.OWNER_SEEN, election=uuid, count=len(latest))
    values = {
        "seen": seen,
        "authorities": [(homes.get(each.entitlement, ()), each.said_at) for each in latest.values()],
        "helped": len({each.entitlement for each in said if each.acting is Acting.HELP}),
        "demo": seen.manifest.demo,
    }
    return render(request, "owner/authorities.html", values)


routes = [
    page(
        "/work/elections/{election}/authorities",
        show,
        summary="Who said to act with an authority; a noted look",
        roles=(Role.DESK, Role.ORGANISER),
    ),
]
