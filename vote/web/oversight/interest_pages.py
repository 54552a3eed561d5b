"""Interests on pages: members declare and explain, the sub-district looks at near ones, everybody reads what is published.

A member sees the own declarations only; the office those of people without an account.
"""

from typing import Literal

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from vote.errors import RefusedError
from vote.http import actor_of, judge, place_of
from vote.oversight.interest.credit_code import find_code
from vote.oversight.interest.rules import (
    EXPLANATION,
    RELATIONS,
    Declaration,
    Handling,
    Nearness,
    Relation,
    Seat,
    Subject,
)
from vote.oversight.interest.views import interests_of
from vote.oversight.record.fields import ValuesRefusedError
from vote.role import Actor, Role
from vote.web.act import FIRST, Again, act, go_to
from vote.web.finishing.seat import filled
from vote.web.form import FormError, read_form, typed_so_far
from vote.web.oversight.interest_lists import met
from vote.web.oversight.place import place_of_estate
from vote.web.page import page, visitor_of
from vote.web.rendering import render

WRITERS = (Role.COMMITTEE, Role.STAFF)
OFFICE = (Role.STAFF,)


class DeclarationForm(BaseModel):
    """To whom somebody is tied."""

    seat: Seat
    holder: str
    subject: Subject
    party: str
    credit_code: str = ""
    relation: Relation
    note: str = ""


class ExplanationForm(BaseModel):
    """What a member chooses, and says."""

    handling: Literal[Handling.ABSTAIN, Handling.EXPLAIN]
    explanation: str = ""


class ComparedForm(BaseModel):
    """What the supervising body says of a near hit."""

    same: Literal["yes", "no"]


async def listed(request: Request, again: Again = FIRST) -> Response:
    """Show what is published, and to whom it concerns what waits for them."""
    place, interests = await place_of_estate(request), interests_of(request)
    actor, visitor = await _actor(request), visitor_of(request)
    all_ = await interests.listed(place.id)
    own = [each for each in all_ if actor is not None and each.account == _account(actor)]
    names = await interests.names(place.id)
    found = met(all_, names)
    watches = visitor is not None and await interests.supervises(visitor.grants, place.id)
    values = {
        "place": place,
        "published": [each for each in found if each.hit.published_at is not None],
        "own": own,
        "waiting": [each for each in met(own, names) if each.hit.publish_on and each.hit.published_at is None],
        "near": [
            each for each in found if watches and each.hit.nearness is Nearness.NEAR and each.hit.confirmed is None
        ],
        "watches": watches,
        "writes": actor is not None,
        "member": actor is not None and actor.role is Role.COMMITTEE,
        "clock": await interests.clock(place.county),
        "relations": RELATIONS,
        **filled(again),
    }
    return render(request, "oversight/interests.html", values, again.status)


async def new(request: Request, again: Again = FIRST) -> Response:
    """Ask for a tie."""
    visitor = visitor_of(request)
    member = actor_of(request).role is Role.COMMITTEE
    values = {
        "place": await place_of_estate(request),
        "relations": RELATIONS,
        "member": member,
        "name": visitor.name if member and visitor else "",
        **filled(again),
    }
    return render(request, "oversight/interest-form.html", values, again.status)


@act(new)
async def declare(request: Request) -> Response:
    """Keep a tie."""
    form = await read_form(request, DeclarationForm)
    estate = request.path_params["estate"]
    declaration = Declaration(
        form.seat,
        form.holder,
        form.subject,
        form.party,
        form.relation,
        find_code(form.credit_code) or "",
        form.note.replace("\r\n", "\n"),
    )
    try:
        await interests_of(request).declare(estate, declaration, form.credit_code, actor_of(request))
    except ValuesRefusedError as error:
        raise FormError(error.errors, typed_so_far(request)) from None
    return go_to(request, f"/estates/{estate}/interests", "own")


@act(listed)
async def explain(request: Request) -> Response:
    """Publish a hit with what the member says."""
    form = await read_form(request, ExplanationForm)
    estate, number = request.path_params["estate"], request.path_params["hit"]
    text = form.explanation.replace("\r\n", "\n").strip()
    try:
        await interests_of(request).explain(estate, number, form.handling, text, actor_of(request))
    except ValuesRefusedError as error:
        raise FormError({EXPLANATION: error.errors[EXPLANATION]}, typed_so_far(request)) from None
    return go_to(request, f"/estates/{estate}/interests", f"hit-{number}")


@act(listed)
async def compare(request: Request) -> Response:
    """Keep what the supervising body says of a near hit."""
    form = await read_form(request, ComparedForm)
    estate, number, visitor = request.path_params["estate"], request.path_params["hit"], visitor_of(request)
    assert visitor is not None
    await interests_of(request).decide(estate, number, visitor, actor_of(request), same=form.same == "yes")
    return go_to(request, f"/estates/{estate}/interests", "near")


async def _actor(request: Request) -> Actor | None:
    visitor = visitor_of(request)
    if visitor is None:
        return None
    try:
        return await judge(request, visitor, WRITERS, place_of(request))
    except RefusedError:
        return None


def _account(actor: Actor) -> int | None:
    """Whose declarations somebody sees: a member the own ones, the office those without an account."""
    return actor.account if actor.role is Role.COMMITTEE else None


_INTERESTS = "/estates/{estate}/interests"
_HIT = f"{_INTERESTS}/{{hit:number}}"
routes: list[BaseRoute] = [
    page(_INTERESTS, listed, summary="Ties of members to whom the estate pays or hires"),
    page(f"{_INTERESTS}/new", new, summary="Fill in a tie of a member or candidate", roles=WRITERS),
    page(f"{_INTERESTS}/new", declare, summary="Declare a tie", roles=WRITERS, method="POST"),
    page(f"{_HIT}/explain", explain, summary="Abstain or explain, and publish", roles=WRITERS, method="POST"),
    page(f"{_HIT}/compare", compare, summary="Say whether a near name is the same", roles=OFFICE, method="POST"),
]
