"""Lost links once an election is sealed: asked for by one, agreed to by another or waited for, then shown once."""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from vote.account.replacement import Replacement
from vote.account.replacing import ReplacingService
from vote.account.separation import NEEDED
from vote.account.service import AccountService
from vote.db import database_now
from vote.election.rules import State
from vote.election.store import StoredElection
from vote.errors import Reason, RefusedError
from vote.http import actor_of
from vote.role import Actor, Role
from vote.web.act import go_to, refused
from vote.web.page import visitor_of
from vote.web.preparing.asking import election_of
from vote.web.preparing.review import Invitation, address_of, show_invitations
from vote.web.preparing.setup import estate_name, names_of
from vote.web.rendering import render

MEMBERS = (
    Role.STAFF,
    Role.ORGANISER,
    Role.COMMUNITY,
    Role.SUB_DISTRICT,
    Role.DESK,
    Role.PHONES,
    Role.REGISTRAR,
    Role.TRUSTEE,
)
"""Everybody with a task in an election: they see what is asked for, and stop it."""


@dataclass(frozen=True, slots=True)
class Link:
    """A place with what is asked for in it."""

    role: Role
    slot: int
    person: str
    asked: Replacement | None
    ready: bool
    own: bool
    """Whether the visitor asked for it."""


async def links(request: Request) -> Response:
    """Show every place, what is asked for, and what the visitor can do."""
    stored = await election_of(request)
    if stored.state is State.DRAFT:
        return go_to(request, f"/work/elections/{stored.uuid}/set-up")
    return render(request, "preparing/links.html", await _values(request, stored))


async def ask(request: Request) -> Response:
    """Ask for a new link."""
    stored = await election_of(request)
    if stored.state is State.DRAFT:
        return go_to(request, f"/work/elections/{stored.uuid}/set-up")
    return await _change(request, stored, _replacing(request).ask)


async def agree(request: Request) -> Response:
    """Agree as the second person."""
    return await _change(request, await election_of(request), _replacing(request).agree)


async def stop(request: Request) -> Response:
    """Let the place stay with whoever has it."""
    return await _change(request, await election_of(request), _replacing(request).stop)


async def give(request: Request) -> Response:
    """Make the new link, and show it this once."""
    stored, (role, slot) = await election_of(request), _place(request)
    try:
        key = await _replacing(request).give(stored.uuid, role, slot, actor_of(request))
    except RefusedError as error:
        return refused(request, "preparing/links.html", await _values(request, stored), error)
    names = await names_of(request, stored)
    invitation = Invitation(role, slot, names.get((role, slot), ""), address_of(request, key))
    return show_invitations(request, stored.uuid, await estate_name(request, stored), [invitation])


async def _change(
    request: Request, stored: StoredElection, change: Callable[[str, Role, int, Actor], Awaitable[object]]
) -> Response:
    """Do something about the link of a place, and show the places again."""
    role, slot = _place(request)
    try:
        await change(stored.uuid, role, slot, actor_of(request))
    except RefusedError as error:
        return refused(request, "preparing/links.html", await _values(request, stored), error)
    return go_to(request, f"/work/elections/{stored.uuid}/links")


async def _values(request: Request, stored: StoredElection) -> Mapping[str, object]:
    actor, visitor, now = actor_of(request), visitor_of(request), await database_now()
    replacing = _replacing(request)
    asked = {(each.role, each.slot): each for each in (await replacing.open_in([stored.uuid])).get(stored.uuid, ())}
    authority: AccountService = request.state["authority"]
    names, places, seen = await names_of(request, stored), [], Counter[Role]()
    for duty in await authority.duties(stored.uuid):
        seen[duty.role] += 1
        place = (duty.role, seen[duty.role])
        found = asked.get(place)
        own = found is not None and visitor is not None and found.asked_by == visitor.account
        places.append(Link(*place, names.get(place, ""), found, found is not None and found.is_ready(now), own))
    staff = actor.role is Role.STAFF
    return {
        "stored": stored,
        "uuid": stored.uuid,
        "draft": stored.draft,
        "places": places,
        "staff": staff,
        "may_ask": staff and actor.account is not None and await replacing.may_ask(stored.uuid, actor.account),
        "refused": None,
        "demo": False,
    }


def _place(request: Request) -> tuple[Role, int]:
    duty: str = request.path_params["duty"]
    if duty not in {*NEEDED, Role.TRUSTEE}:
        raise RefusedError(Reason.NOT_FOUND, "There is no duty of this name.")
    return Role(duty), request.path_params["slot"]


def _replacing(request: Request) -> ReplacingService:
    service: ReplacingService = request.state["replacing"]
    return service
