"""A clerk's day: over all their estates the one next step of each, what is due, what waits, and whether the record is whole.

Somebody who holds duties only sees the elections that they are for.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from vote.account.replacement import Replacement
from vote.account.replacing import ReplacingService
from vote.certificate.objecting import ObjectionService
from vote.check.service import CheckService
from vote.db import database_now
from vote.delivery.rules import Standing
from vote.delivery.service import DeliveryService
from vote.election.rules import BEFORE_CLOSING, State
from vote.election.service import ElectionService
from vote.election.store import StoredElection
from vote.errors import RefusedError
from vote.estate.service import EstateService
from vote.estate.store import EstatePlace
from vote.http import require_place
from vote.operation.health import Health, Trouble
from vote.operation.lamp import LampService
from vote.operation.watch_lamp import WatchLamp
from vote.role import HeldDuty, Place, Role
from vote.roll.draft_store import ListedRoll
from vote.web.act import go_to
from vote.web.clerk.asking import drafts_of, people_of, refused
from vote.web.clerk.rules import DraftFacts, ElectionFacts, EstateFacts, Step, due_act, in_order, next_step
from vote.web.form import FormError, read_form
from vote.web.oversight.petition_lists import todos_of
from vote.web.page import visitor_of
from vote.web.rendering import render

_DISPUTING = {State.OPEN, State.CLOSED}
_DELIVERING = {State.NOTICED, State.OPEN}


@dataclass(frozen=True, slots=True)
class Line:
    """An estate on the page of the day."""

    place: EstatePlace
    facts: EstateFacts
    step: Step


class NewEstate(BaseModel):
    """An estate as a clerk fills it in."""

    name: str
    id: str
    county: str
    sub_district: str
    community: str


async def today(request: Request) -> Response:
    """Show the next step of every estate, the most pressing first."""
    visitor = visitor_of(request)
    assert visitor is not None
    now = await database_now()
    lines = {}
    for identifier in await people_of(request).estates_of(visitor):
        facts = await _facts(request, identifier)
        lines[identifier] = Line(await _estates(request).get(identifier), facts, next_step(facts, now))
    ordered = [lines[identifier] for identifier, _ in in_order([(key, each.step) for key, each in lines.items()], now)]
    values = {
        "lines": ordered,
        "duties": await _duties(request, visitor.duties),
        "now": now,
        "due_act": due_act,
        "troubles": await _troubles(request, list(lines)),
        "asked": await _asked(request, list(lines), visitor.duties),
        "committees": [await _estates(request).get(each) for each in visitor.committees],
        "petitions": await todos_of(request, sorted(lines), visitor.committees),
        "may_add": bool(visitor.grants) and any(grant.estate is None for grant in visitor.grants),
    }
    return render(request, "clerk/today.html", values)


async def new_estate(request: Request) -> Response:
    """Ask for an estate."""
    values = {"errors": {}, "typed": await _last_place(request), "refused": None}
    return render(request, "clerk/new-estate.html", values)


async def add_estate(request: Request) -> Response:
    """Add an estate."""
    try:
        form = await read_form(request, NewEstate)
    except FormError as error:
        values = {"errors": error.errors, "typed": error.values, "refused": None}
        return render(request, "clerk/new-estate.html", values, 422)
    divisions = (form.county, form.sub_district, form.community)
    try:
        await require_place(request, Place(divisions=divisions))
        place = await _estates(request).found(
            EstatePlace(form.id, form.name, form.community, form.sub_district, form.county)
        )
    except RefusedError as error:
        return refused(request, "clerk/new-estate.html", {"errors": {}, "typed": form.model_dump()}, error)
    return go_to(request, f"/work/estates/{place.id}")


async def estate(request: Request) -> Response:
    """Show an estate to its staff: the next step, its rolls, its elections."""
    place = await _estates(request).get(request.path_params["estate"])
    now = await database_now()
    facts = await _facts(request, place.id)
    rolls: Sequence[ListedRoll] = await drafts_of(request).of_estate(place.id)
    elections: ElectionService = request.state["elections"]
    values = {
        "place": place,
        "line": Line(place, facts, next_step(facts, now)),
        "rolls": rolls,
        "elections": await elections.of_estate(place.id),
        "now": now,
    }
    return render(request, "clerk/estate.html", values)


async def _facts(request: Request, identifier: str) -> EstateFacts:
    drafts, elections = drafts_of(request), request.state["elections"]
    rolls = await drafts.of_estate(identifier)
    frozen = next((each for each in rolls if each.frozen_at), None)
    latest = next((each for each in rolls if not each.discarded_at), None)
    draft = None
    if latest is not None and latest is not frozen:
        notice = await drafts.notice(latest.id)
        raised = (await drafts.store.open_objections([latest.id])).get(latest.id, [])
        draft = DraftFacts(latest.id, latest.heads, notice.until if notice else None, raised)
    stored: Sequence[StoredElection] = await elections.of_estate(identifier)
    facts = [await _election_facts(request, each) for each in stored if each.state is not State.ANNULLED]
    return EstateFacts(identifier, draft, frozen.id if frozen else None, facts)


async def _election_facts(request: Request, stored: StoredElection) -> ElectionFacts:
    waiting, undelivered = 0, 0
    if stored.state in _DISPUTING:
        checks: CheckService = request.state["checks"]
        waiting = sum(each.outcome is None for each in await checks.listed(stored.uuid))
    elif stored.state is State.PRELIMINARY:
        objections: ObjectionService = request.state["objections"]
        waiting = sum(each.found.outcome is None for each in await objections.listed(stored.uuid))
    if stored.state in _DELIVERING:
        deliveries: DeliveryService = request.state["deliveries"]
        letters = await deliveries.letters(stored.uuid)
        undelivered = sum(each.standing in {Standing.TRIED, Standing.RETURNED} for each in letters)
    return ElectionFacts(stored.uuid, stored.state, stored.draft.opens_at, stored.closes_at, waiting, undelivered)


async def _duties(request: Request, held: Sequence[HeldDuty]) -> list[tuple[HeldDuty, StoredElection, str]]:
    elections: ElectionService = request.state["elections"]
    found = [(each, await elections.get(each.election)) for each in held]
    return [(duty, stored, _page_of(duty.role, stored)) for duty, stored in found if stored.state is not State.ANNULLED]


def _page_of(role: Role, stored: StoredElection) -> str:
    """Where somebody with a duty does it."""
    before, work = stored.state in BEFORE_CLOSING, f"/work/elections/{stored.uuid}"
    if role is Role.REGISTRAR:
        return f"/holders/{stored.uuid}/letters"
    if role is Role.TRUSTEE:
        return f"/holders/{stored.uuid}"
    if role is Role.PHONES or (role is Role.DESK and before):
        return f"{work}/phones"
    return work if before and role in {Role.ORGANISER, Role.COMMUNITY} else f"{work}/finish"


async def _asked(
    request: Request, estates: Sequence[str], held: Sequence[HeldDuty]
) -> list[tuple[StoredElection, Replacement]]:
    """Return the links that are asked for in elections of the visitor."""
    elections: ElectionService = request.state["elections"]
    replacing: ReplacingService = request.state["replacing"]
    stored = {each.uuid: each for estate in estates for each in await elections.of_estate(estate)}
    for uuid in {each.election for each in held} - set(stored):
        stored[uuid] = await elections.get(uuid)
    return [(stored[uuid], each) for uuid, found in (await replacing.open_in(list(stored))).items() for each in found]


async def _troubles(request: Request, estates: list[str]) -> list[Trouble]:
    health: Health = request.state["health"]
    lamp: LampService = request.state["lamp"]
    watch: WatchLamp = request.state["watch_lamp"]
    found = await health.troubles()
    # Whatever does not answer cannot be looked through.
    if any(each.what in {"database", "migrations"} for each in found):
        return found
    return [*await watch.troubles(estates), *(found or await lamp.troubles(estates))]


async def _last_place(request: Request) -> dict[str, str]:
    """What stands in the fields at first: where the last estate of this clerk lies."""
    visitor = visitor_of(request)
    assert visitor is not None
    identifiers = await people_of(request).estates_of(visitor)
    if not identifiers:
        return {}
    place = await _estates(request).get(identifiers[-1])
    return {"county": place.county, "sub_district": place.sub_district, "community": place.community}


def _estates(request: Request) -> EstateService:
    service: EstateService = request.state["estates"]
    return service
