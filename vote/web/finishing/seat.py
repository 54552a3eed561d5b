"""Who sits in front of a page about the end of an election, what they may do there, and that it is written down."""

from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from vote.account.people import PeopleService
from vote.role import Role
from vote.web.act import Again
from vote.web.page import visitor_of
from vote.web.problems import said
from vote.web.rendering import reader_of

LOOKERS = (Role.STAFF, Role.DESK, Role.ORGANISER, Role.COMMUNITY, Role.SUB_DISTRICT)
"""Those who work on the end of an election, or stand by."""


class Filled(dict[str, Any]):
    """Something for each field; what a field has none of is left blank."""

    def __missing__(self, name: str) -> str:
        return ""


def filled(again: Again) -> dict[str, object]:
    """Return what a template needs to show a form, maybe again."""
    return {
        "errors": Filled(again.errors),
        "values": Filled(again.typed),
        "refusal": said(again.refusal) if again.refusal else None,
    }


async def roles_of(request: Request, estate: str) -> frozenset[Role]:
    """Return every role that the visitor has in the election that the address names."""
    visitor = visitor_of(request)
    if visitor is None:
        return frozenset()
    accounts: PeopleService = request.state["accounts"]
    held = {each.role for each in visitor.duties if each.election == request.path_params["election"]}
    return frozenset(held | ({Role.STAFF} if estate in await accounts.estates_of(visitor) else set()))


def onwards(request: Request, path: str, place: str = "") -> Response:
    """Lead on to a page after something was done, in the language that somebody chose."""
    return RedirectResponse(reader_of(request).link(path) + (f"#{place}" if place else ""), HTTPStatus.SEE_OTHER)
