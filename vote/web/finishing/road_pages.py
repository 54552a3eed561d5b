"""The road from closing to the certificate, who took part, the day the box is opened, the result as it stands."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from crypto.encoding import read_json
from vote.account.events import EventKind
from vote.account.replacing import ReplacingService
from vote.certificate.objecting import ObjectionService
from vote.certificate.service import CertificateService
from vote.check.service import CheckService
from vote.election.manifest import law_day
from vote.election.rules import State
from vote.election.service import ElectionService
from vote.http import actor_of
from vote.law.library import load_pinned
from vote.law.profile import Value
from vote.role import Role
from vote.tally.service import TallyService
from vote.web.act import go_to
from vote.web.chronicle import find_check
from vote.web.finishing.record_pages import find_life
from vote.web.finishing.road import DID, LAW, PAGES, Facts, act_of, current, steps_of
from vote.web.finishing.seat import roles_of
from vote.web.noting import note
from vote.web.outcome import read_result
from vote.web.phase import COUNTED, Phase
from vote.web.rendering import render
from vote.web.seen import Seen, get_seen


async def road(request: Request) -> Response:
    """Show what is done, what comes next, until when, and one button."""
    seen = await get_seen(request)
    facts = await _facts(request, seen)
    roles, here = await roles_of(request, seen.manifest.estate["id"]), current(facts)
    signed = len(facts.signed)
    replacing: ReplacingService = request.state["replacing"]
    values = {
        "seen": seen,
        "steps": steps_of(facts),
        "here": here,
        "facts": facts,
        "articles": articles_of(seen),
        "act": act_of(here, roles, signed) if here else None,
        "address": f"/elections/{seen.stored.uuid}{PAGES[here]}" if here else None,
        "pages": PAGES,
        "who": {
            name: step for step in await find_life(request, seen) for name, kind in DID.items() if step.kind == kind
        },
        "roles": roles,
        "asked": (await replacing.open_in([seen.stored.uuid])).get(seen.stored.uuid, ()),
    }
    return render(request, "finishing/road.html", values)


async def lead(request: Request) -> Response:
    """Lead from the pages of the day to the road; before sealing, to what offices do then."""
    elections: ElectionService = request.state["elections"]
    stored = await elections.get(request.path_params["election"])
    if stored.state is not State.DRAFT:
        return go_to(request, f"/elections/{stored.uuid}/finish")
    staff = actor_of(request).role is Role.STAFF
    return go_to(request, f"/work/elections/{stored.uuid}/set-up" if staff else f"/elections/{stored.uuid}/office-keys")


async def rooms(request: Request) -> Response:
    """Show organiser and community who took part with areas; each look is written down."""
    seen = await get_seen(request)
    checks: CheckService = request.state["checks"]
    found = read_json(await checks.participation(seen.stored.uuid, areas=True), "participation")
    await note(request, EventKind.PARTICIPATION_SEEN, count=len(found["participants"]))
    buildings: dict[str, list[Mapping[str, Any]]] = {}
    for participant in found["participants"]:
        building, mark, _ = participant["places"][0].partition("幢")
        buildings.setdefault(building + mark if mark else "", []).append(participant)
    return render(request, "finishing/rooms.html", {"seen": seen, "buildings": buildings, "cast": found["cast"]})


async def opening(request: Request) -> Response:
    """Show who of the key-holders has come; the page looks again by itself."""
    seen = await get_seen(request)
    holders = [(name, number in seen.came) for number, name in enumerate(seen.manifest.trustees["names"], start=1)]
    values = {
        "seen": seen,
        "holders": holders,
        "missing": max(0, seen.manifest.trustees["threshold"] - len(seen.came)),
        "check": await find_check(request, seen),
        "looks": seen.phase in {Phase.ADDING, Phase.OPENING},
    }
    return render(request, "finishing/opening.html", values)


async def result(request: Request) -> Response:
    """Show the result with how firmly it stands, for those who have to answer for it."""
    seen = await get_seen(request)
    if seen.phase not in COUNTED:
        return render(request, "no-result.html", {"seen": seen})
    tallies: TallyService = request.state["tallies"]
    certificates: CertificateService = request.state["certificates"]
    found = read_result(seen.manifest, await tallies.result(seen.stored.uuid))
    weighing = await certificates.weigh(seen.stored.uuid)
    return render(
        request,
        "finishing/result.html",
        {"seen": seen, "result": found, "weighing": weighing, "articles": articles_of(seen)},
    )


def articles_of(seen: Seen) -> dict[str, Value]:
    """Return the values of the rule profile that the steps rest on, by step."""
    manifest = seen.manifest
    profile = load_pinned(manifest.profile["id"], manifest.profile["version"], manifest.profile["digest"])
    return {str(step): profile.value(name, on=law_day(manifest)) for step, name in LAW.items()}


async def _facts(request: Request, seen: Seen) -> Facts:
    uuid = seen.stored.uuid
    waiting = 0
    if seen.phase is Phase.CHECKING:
        checks: CheckService = request.state["checks"]
        waiting = (await checks.preview(uuid)).waiting
    elif seen.phase is Phase.PRELIMINARY:
        objections: ObjectionService = request.state["objections"]
        waiting = sum(each.found.outcome is None for each in await objections.listed(uuid))
    certificates: CertificateService = request.state["certificates"]
    signing = await certificates.signing(uuid)
    checked_at, opened_at = await certificates.moments(uuid)
    return Facts(
        phase=seen.phase,
        now=seen.now,
        closes_at=seen.stored.closes_at,
        closed_at=seen.stored.closed_at,
        checked_at=checked_at,
        opened_at=opened_at,
        ends=seen.ends,
        waiting=waiting,
        composed_at=signing.composed_at if signing else None,
        signed=signing.signed if signing else (),
        issued_at=signing.issued_at if signing else None,
    )
