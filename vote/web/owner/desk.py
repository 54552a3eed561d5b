"""The page on which two people at the desk say that they see an owner in person, and get the code.

The code is shown once, in the answer to the second person, and kept by no browser.
"""

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from vote.credential.desk_check import DeskCheckService, GivenCode
from vote.errors import RefusedError
from vote.http import actor_of
from vote.role import Role
from vote.web.form import read_form
from vote.web.page import page
from vote.web.problems import STATUS, said
from vote.web.rendering import reader_of, render
from vote.web.seen import get_seen

ROLES = (Role.DESK, Role.ORGANISER)


class LetterForm(BaseModel):
    """The number of the letter that the owner brought."""

    number: str = ""


class AgreeForm(BaseModel):
    """Which check the second person agrees to."""

    check: int


async def show(request: Request) -> Response:
    """Show the checks that wait for a second person."""
    return await _page(request)


async def begin(request: Request) -> Response:
    """Say as the first person that an owner is here."""
    form = await read_form(request, LetterForm)
    try:
        await _checks(request).begin(_uuid(request), form.number, actor_of(request))
    except RefusedError as error:
        return await _page(request, refused=error, typed=form.number)
    return RedirectResponse(reader_of(request).link(request.url.path), 303)


async def agree(request: Request) -> Response:
    """Say it as the second person; the answer shows the code."""
    form = await read_form(request, AgreeForm)
    try:
        given = await _checks(request).agree(_uuid(request), form.check, actor_of(request))
    except RefusedError as error:
        return await _page(request, refused=error)
    answer = await _page(request, given=given)
    answer.headers["Cache-Control"] = "no-store"
    return answer


async def _page(
    request: Request, *, refused: RefusedError | None = None, typed: str = "", given: GivenCode | None = None
) -> Response:
    seen = await get_seen(request)
    values = {
        "seen": seen,
        "waiting": await _checks(request).waiting(seen.stored.uuid, actor_of(request)),
        "refused": said(refused) if refused else None,
        "typed": typed,
        "given": given,
        "demo": seen.manifest.demo,
    }
    return render(request, "owner/desk.html", values, STATUS[refused.reason] if refused else 200)


def _uuid(request: Request) -> str:
    return str(request.path_params["election"])


def _checks(request: Request) -> DeskCheckService:
    checks: DeskCheckService = request.state["desk_checks"]
    return checks


_DESK = "/work/elections/{election}/owner-check"
routes = [
    page(_DESK, show, summary="Owners seen in person, who wait for the second person", roles=ROLES),
    page(_DESK, begin, summary="Say that an owner is here", roles=ROLES, method="POST"),
    page(
        f"{_DESK}/agree",
        agree,
        summary="Say it as the second person; shows the code",
        roles=ROLES,
        method="POST",
        status=200,
    ),
]
