"""Who sits in front of a page about the end of an election, and what they filled in there."""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.requests import Request

from vote.account.people import PeopleService
from vote.law.citation import Text
from vote.role import Role
from vote.web.act import Again
from vote.web.finishing.home import find_home
from vote.web.form import FormError, typed_so_far
from vote.web.page import visitor_of
from vote.web.problems import said

LOOKERS = (Role.STAFF, Role.DESK, Role.ORGANISER, Role.COMMUNITY, Role.SUB_DISTRICT)
"""Those who work on the end of an election, or stand by."""


NOT_FOUND = Text(
    "清册上没有找到这一户，请照“3幢2单元501室”的样子写。",
    "There is no such home on the roll; write it as in the example.",
)


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


def require_home(request: Request, field: str, typed: str, homes: Mapping[int, Sequence[str]]) -> int:
    """Return the number in the roll of the owner whose home was typed into a field of a form.

    Raises:
        FormError: there is not just one.
    """
    number = find_home(typed, homes)
    if number is None:
        raise FormError({field: NOT_FOUND}, typed_so_far(request))
    return number


async def roles_of(request: Request, estate: str) -> frozenset[Role]:
    """Return every role that the visitor has in the election that the address names."""
    visitor = visitor_of(request)
    if visitor is None:
        return frozenset()
    accounts: PeopleService = request.state["accounts"]
    held = {each.role for each in visitor.duties if each.election == request.path_params["election"]}
    return frozenset(held | ({Role.STAFF} if estate in await accounts.estates_of(visitor) else set()))
