"""The button that makes a rehearsal of what is filled in, and shows its links."""

from typing import Annotated

from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from vote.account.events import EventKind
from vote.account.people import PeopleService
from vote.election.rehearsing import RehearsalService
from vote.errors import RefusedError
from vote.role import Scope
from vote.web.act import go_to, refused
from vote.web.form import FormError, read_form
from vote.web.noting import note
from vote.web.page import visitor_of
from vote.web.preparing.outline_pages import get_setting
from vote.web.preparing.review import invite, review_values, show_invitations


class RehearsalForm(BaseModel):
    """How long the rehearsal takes."""

    minutes: Annotated[int, Field(ge=1, le=1000)]


async def rehearse(request: Request) -> Response:
    """Make a rehearsal and show its links, this once."""
    setting = await get_setting(request)
    try:
        form = await read_form(request, RehearsalForm)
    except FormError:
        return go_to(request, f"{setting.path}/review")
    rehearsals: RehearsalService = request.state["rehearsals"]
    try:
        stage, uuid, outline, keys = await rehearsals.begin(
            setting.place, setting.outline, setting.profile.id, form.minutes
        )
    except RefusedError as error:
        return refused(request, "preparing/review.html", await review_values(request, setting), error)
    await _let_in(request, stage.id)
    await note(request, EventKind.ELECTION_PREPARED, election=uuid)
    return show_invitations(request, uuid, stage.name, invite(request, outline.people, keys), stage)


async def _let_in(request: Request, estate: str) -> None:
    """Make whoever rehearses staff of the made-up estate, where they are not."""
    people: PeopleService = request.state["accounts"]
    visitor = visitor_of(request)
    if visitor is not None and estate not in await people.estates_of(visitor):
        await people.grant(visitor.account, Scope(estate=estate))
