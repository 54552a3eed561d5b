"""Objections to the result: written down at the desk, merged and answered by the organiser, nobody named in public."""

from typing import Literal

from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from vote.account.events import EventKind
from vote.certificate.objecting import ListedObjection, ObjectionService
from vote.certificate.objection import MAX_TEXT, MAX_TOPIC, Outcome
from vote.check.service import CheckService
from vote.errors import Reason, RefusedError
from vote.law.citation import Text
from vote.role import Role
from vote.web.act import FIRST, Again, act, go_to
from vote.web.finishing.road_pages import articles_of
from vote.web.finishing.seat import filled, require_home, roles_of
from vote.web.form import FormError, read_form, typed_so_far
from vote.web.noting import note, noted
from vote.web.phase import Phase
from vote.web.rendering import render
from vote.web.seen import get_seen

NO_CONTEST = Text(
    "答复“不成立”的，票就没有争议，请不要勾这一项。",
    "An objection that is not right contests no ballot: leave this out.",
)


class ObjectionForm(BaseModel):
    """What the desk writes down."""

    home: str
    topic: str = Field(max_length=MAX_TOPIC)
    question: int | None = Field(None, ge=0)
    """From 1; 0 for all."""
    text: str = Field(max_length=MAX_TEXT)


class MergeForm(BaseModel):
    """Which objection it becomes part of."""

    into: int = Field(ge=1)


class AnswerForm(BaseModel):
    """How the organiser answers."""

    outcome: Outcome
    contested: Literal["yes"] | None = None
    answer: str = Field(max_length=MAX_TEXT)


async def objections(request: Request, again: Again = FIRST) -> Response:
    """Show what was held against the result, and what is to be done."""
    seen = await get_seen(request)
    roles = await roles_of(request, seen.manifest.estate["id"])
    found = await _listed(request)
    answered = {
        "seen": seen,
        "objections": found,
        "topics": sorted({each.found.topic for each in found}),
        "writes": Role.DESK in roles and seen.phase is Phase.PRELIMINARY and (seen.until or not seen.ends),
        "answers": Role.ORGANISER in roles and seen.phase is Phase.PRELIMINARY,
        "shows_homes": bool(roles & {Role.DESK, Role.ORGANISER}),
        "article": articles_of(seen)["objections"],
        **filled(again),
    }
    return render(request, "finishing/objections.html", answered, again.status)


@act(objections)
async def write(request: Request) -> Response:
    """Write down what an owner holds against the result."""
    service: ObjectionService = request.state["objections"]
    checks: CheckService = request.state["checks"]
    uuid = request.path_params["election"]
    form = await read_form(request, ObjectionForm)
    owner = require_home(request, "home", form.home, await checks.homes(uuid))
    async with noted(request, EventKind.OBJECTION_WRITTEN, owners=[owner]):
        number = await service.object(uuid, owner, form.topic, form.question or None, form.text)
    return go_to(request, f"/elections/{uuid}/finish/objections", f"objection-{number}")


async def objection(request: Request, again: Again = FIRST) -> Response:
    """Show the organiser one objection with what was said; each look is written down."""
    seen, found = await get_seen(request), await _listed(request)
    number: int = request.path_params["objection"]
    if not 1 <= number <= len(found):
        raise RefusedError(Reason.NOT_FOUND, "There is no objection of this number in this election.")
    one = found[number - 1]
    service: ObjectionService = request.state["objections"]
    said = await service.text(seen.stored.uuid, number)
    await note(request, EventKind.OBJECTION_SEEN)
    answered = {
        "seen": seen,
        "objection": one,
        "said": said,
        "answers": seen.phase is Phase.PRELIMINARY and one.found.outcome is None,
        "same": [each.found.number for each in found if _mergeable(each, one)],
        "article": articles_of(seen)["objections"],
        **filled(again),
    }
    return render(request, "finishing/objection.html", answered, again.status)


@act(objection)
async def merge(request: Request) -> Response:
    """Make an objection part of another one."""
    service: ObjectionService = request.state["objections"]
    uuid, number = request.path_params["election"], request.path_params["objection"]
    form = await read_form(request, MergeForm)
    async with noted(request, EventKind.OBJECTION_MERGED):
        await service.merge(uuid, number, form.into)
    return go_to(request, f"/elections/{uuid}/finish/objections", f"objection-{form.into}")


@act(objection)
async def answer(request: Request) -> Response:
    """Answer an objection and everything that is part of it."""
    service: ObjectionService = request.state["objections"]
    uuid, number = request.path_params["election"], request.path_params["objection"]
    form = await read_form(request, AnswerForm)
    if form.contested and form.outcome is Outcome.ANSWERED:
        raise FormError({"contested": NO_CONTEST}, typed_so_far(request))
    async with noted(request, EventKind.OBJECTION_ANSWERED):
        await service.answer(uuid, number, form.outcome, form.answer, contested=form.contested is not None)
    return go_to(request, f"/elections/{uuid}/finish/objections", f"objection-{number}")


async def _listed(request: Request) -> list[ListedObjection]:
    service: ObjectionService = request.state["objections"]
    return await service.listed(request.path_params["election"])


def _mergeable(other: ListedObjection, one: ListedObjection) -> bool:
    """Whether `one` may become part of `other`."""
    left, right = other.found, one.found
    return (
        left.number != right.number
        and left.outcome is None
        and (left.topic, left.question)
        == (
            right.topic,
            right.question,
        )
    )
