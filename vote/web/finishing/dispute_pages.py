"""Disputes about who took part: written down at the desk, settled by the organiser; and the check that ends them."""

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from vote.account.events import EventKind
from vote.check.rules import MAX_TEXT, DisputeKind, DisputeOutcome
from vote.check.service import CheckService, ListedDispute
from vote.credential.second_factor import SecondFactorService
from vote.election.rules import Secrecy
from vote.errors import Reason, RefusedError
from vote.role import Role
from vote.web.act import FIRST, Again, act, go_to
from vote.web.finishing.road_pages import articles_of
from vote.web.finishing.seat import filled, require_home, roles_of
from vote.web.form import read_form
from vote.web.noting import note, noted
from vote.web.phase import Phase
from vote.web.rendering import render
from vote.web.seen import get_seen


class DisputeForm(BaseModel):
    """What the desk writes down."""

    kind: DisputeKind
    home: str
    about: str = ""
    """Empty where it is about the own ballot."""
    text: str = Field(max_length=MAX_TEXT)


class SettleForm(BaseModel):
    """How the organiser settles a dispute."""

    outcome: DisputeOutcome
    latest: int | None = Field(None, ge=1)
    """How many ballots are set aside, from the last one back; None for all."""
    answer: str = Field(max_length=MAX_TEXT)


class CheckForm(BaseModel):
    """That the figures were seen, and that the totals may tell."""

    seen: Literal["yes"]
    accept: Literal["yes"] | None = None


async def disputes(request: Request, again: Again = FIRST) -> Response:
    """Show what was disputed, and what is to be done."""
    seen = await get_seen(request)
    checks: CheckService = request.state["checks"]
    roles = await roles_of(request, seen.manifest.estate["id"])
    answered = {
        "seen": seen,
        "disputes": await checks.listed(seen.stored.uuid),
        "roles": roles,
        "writes": Role.DESK in roles and seen.phase in {Phase.OPEN, Phase.CHECKING},
        "settles": Role.ORGANISER in roles and seen.phase is Phase.CHECKING,
        "shows_homes": bool(roles & {Role.DESK, Role.ORGANISER}),
        "article": articles_of(seen)["disputes"],
        **filled(again),
    }
    return render(request, "finishing/disputes.html", answered, again.status)


@act(disputes)
async def write(request: Request) -> Response:
    """Write down what an owner disputes."""
    checks: CheckService = request.state["checks"]
    uuid = request.path_params["election"]
    form = await read_form(request, DisputeForm)
    homes = await checks.homes(uuid)
    raised_by = require_home(request, "home", form.home, homes)
    about = require_home(request, "about", form.about, homes) if form.about else raised_by
    async with noted(request, EventKind.DISPUTE_WRITTEN, owners=[*{raised_by, about}]):
        number = await checks.dispute(uuid, form.kind, raised_by, about, form.text)
    return go_to(request, f"/elections/{uuid}/finish/disputes", f"dispute-{number}")


async def dispute(request: Request, again: Again = FIRST) -> Response:
    """Show the organiser one dispute with what was said; each look is written down."""
    seen, found = await get_seen(request), await _get(request)
    checks: CheckService = request.state["checks"]
    factors: SecondFactorService = request.state["second_factors"]
    homes = await checks.homes(seen.stored.uuid)
    said = await checks.text(seen.stored.uuid, found.number)
    await note(request, EventKind.DISPUTE_SEEN, owners=_concerned(found, homes))
    answered = {
        "seen": seen,
        "dispute": found,
        "said": said,
        "acted": [each for each in await factors.said(seen.stored.uuid) if homes.get(each.entitlement) == found.about],
        "settles": seen.phase is Phase.CHECKING and found.outcome is None,
        "article": articles_of(seen)["disputes"],
        **filled(again),
    }
    return render(request, "finishing/dispute.html", answered, again.status)


@act(dispute)
async def settle(request: Request) -> Response:
    """Settle a dispute."""
    checks: CheckService = request.state["checks"]
    uuid, number = request.path_params["election"], request.path_params["dispute"]
    form = await read_form(request, SettleForm)
    latest = form.latest if form.outcome is DisputeOutcome.SET_ASIDE else None
    owners = _concerned(await _get(request), await checks.homes(uuid))
    async with noted(request, EventKind.DISPUTE_SETTLED, owners=owners):
        await checks.settle(uuid, number, form.outcome, form.answer, latest)
    return go_to(request, f"/elections/{uuid}/finish/disputes", f"dispute-{number}")


async def check(request: Request, again: Again = FIRST) -> Response:
    """Show what a check would find, and what the totals would give away."""
    seen = await get_seen(request)
    checks: CheckService = request.state["checks"]
    preview = await checks.preview(seen.stored.uuid) if seen.phase is Phase.CHECKING else None
    ready = preview is not None and not preview.waiting and seen.now >= preview.ends
    disclosure = await checks.disclosed(seen.stored.uuid) if ready else None
    answered = {
        "seen": seen,
        "preview": preview,
        "ready": ready,
        "disclosure": disclosure,
        "secret": seen.manifest.secrecy == Secrecy.SECRET,
        "acts": Role.ORGANISER in await roles_of(request, seen.manifest.estate["id"]),
        "article": articles_of(seen)["check"],
        **filled(again),
    }
    return render(request, "finishing/check.html", answered, again.status)


@act(check)
async def check_now(request: Request) -> Response:
    """Find who took part for good."""
    checks: CheckService = request.state["checks"]
    uuid = request.path_params["election"]
    form = await read_form(request, CheckForm)
    async with noted(request, EventKind.BALLOTS_CHECKED):
        await checks.check(uuid, accept_disclosure=form.accept is not None)
    return go_to(request, f"/elections/{uuid}/finish/opening")


async def _get(request: Request) -> ListedDispute:
    checks: CheckService = request.state["checks"]
    found = await checks.listed(request.path_params["election"])
    number: int = request.path_params["dispute"]
    if not 1 <= number <= len(found):
        raise RefusedError(Reason.NOT_FOUND, "There is no dispute of this number in this election.")
    return found[number - 1]


def _concerned(found: ListedDispute, homes: Mapping[int, tuple[str, ...]]) -> list[int]:
    """Return the numbers of the owner who disputes and of the one about whom."""
    return [number for number, places in homes.items() if places in {found.raised_by, found.about}]
