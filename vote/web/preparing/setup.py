"""From the prepared draft to the opened polls: what is missing, the links, sealing, notice."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from crypto.ceremony_board import ROUNDS
from crypto.errors import CryptoError
from vote.account.events import EventKind
from vote.account.replacing import ReplacingService
from vote.account.separation import NEEDED
from vote.clock import CHINA
from vote.config import Settings
from vote.credential.service import CredentialService
from vote.db import database_now
from vote.election.change import period_ends
from vote.election.manifest import decode_manifest
from vote.election.readiness import Stage, days_left, is_ready, list_items
from vote.election.rules import State, periods_of
from vote.election.store import StoredElection
from vote.election.terms import OFFICES
from vote.errors import Reason, RefusedError
from vote.estate.rules import is_rehearsal
from vote.estate.service import EstateService
from vote.http import actor_of
from vote.law.library import load_profile
from vote.law.rules import majorities
from vote.role import Role
from vote.roll.service import RollService
from vote.trustee.service import TrusteeService
from vote.web.act import go_to, refused
from vote.web.checkpoint_code import checkpoint_code
from vote.web.noting import noted
from vote.web.preparing.asking import election_of, elections_of, outlines_of
from vote.web.preparing.review import Invitation, address_of, show_invitations
from vote.web.rendering import render


async def set_up(request: Request) -> Response:
    """List what is still missing before sealing, and whose turn it is."""
    stored = await election_of(request)
    if stored.state is not State.DRAFT:
        return go_to(request, f"/work/elections/{stored.uuid}")
    return render(request, "preparing/set-up.html", await _values(request, stored))


async def replace_link(request: Request) -> Response:
    """Put a new link in the place of a lost one, and show it this once."""
    stored = await election_of(request)
    replacing: ReplacingService = request.state["replacing"]
    if request.path_params["duty"] not in {*NEEDED, Role.TRUSTEE}:
        raise RefusedError(Reason.NOT_FOUND, "There is no duty of this name.")
    role, slot = Role(request.path_params["duty"]), request.path_params["slot"]
    key = await replacing.ask(stored.uuid, role, slot, actor_of(request))
    if not isinstance(key, str):
        return go_to(request, f"/work/elections/{stored.uuid}/links")
    names = await names_of(request, stored)
    place = await estate_name(request, stored)
    invitation = Invitation(role, slot, names.get((role, slot), ""), address_of(request, key))
    return show_invitations(request, stored.uuid, place, [invitation])


async def discard_election(request: Request) -> Response:
    """Give up an election that was never sealed."""
    stored = await election_of(request)
    async with noted(request, EventKind.ELECTION_ANNULLED):
        await outlines_of(request).give_up(stored.uuid)
    return go_to(request, f"/work/estates/{stored.draft.estate}/elections/new")


async def sealing(request: Request) -> Response:
    """Show everything that is sealed, in plain words, and the one button."""
    stored = await election_of(request)
    if stored.state is not State.DRAFT:
        return go_to(request, f"/work/elections/{stored.uuid}")
    return render(request, "preparing/seal.html", await _values(request, stored))


async def seal(request: Request) -> Response:
    """Seal the election."""
    stored = await election_of(request)
    try:
        async with noted(request, EventKind.ELECTION_SEALED):
            await elections_of(request).seal(stored.uuid)
    except RefusedError as error:
        return refused(request, "preparing/seal.html", await _values(request, stored), error)
    return go_to(request, f"/work/elections/{stored.uuid}/notice")


async def notice(request: Request) -> Response:
    """Show the text of the notice, to be printed, and the button that says that it was given."""
    return render(request, "preparing/notice.html", await _notice_values(request, await _sealed(request)))


async def give_notice(request: Request) -> Response:
    """Record that every owner was given written notice."""
    stored = await _sealed(request)
    try:
        async with noted(request, EventKind.ELECTION_NOTICED):
            await elections_of(request).notice(stored.uuid)
    except RefusedError as error:
        return refused(request, "preparing/notice.html", await _notice_values(request, stored), error)
    return go_to(request, f"/work/elections/{stored.uuid}")


async def stage_of(request: Request, stored: StoredElection) -> Stage:
    """Return how far preparing is."""
    rolls: RollService = request.state["rolls"]
    trustees: TrusteeService = request.state["trustees"]
    credentials: CredentialService = request.state["credentials"]
    roll = await rolls.get(stored.draft.roll)
    board = await trustees.board(stored.uuid)
    posts = [sum(board.find(each, number) is not None for each in ROUNDS) for number in range(1, board.size + 1)]
    try:
        await trustees.trustees_json(stored.uuid)
    except (RefusedError, CryptoError):
        key = False
    else:
        key = True
    offices = frozenset(await elections_of(request).offices(stored.uuid))
    made = await credentials.store.count(stored.uuid)
    return Stage(roll.frozen, posts, len(ROUNDS), key, made, roll.heads, offices)


async def _values(request: Request, stored: StoredElection) -> Mapping[str, object]:
    settings: Settings = request.state["settings"]
    stage, draft = await stage_of(request, stored), stored.draft
    profile, on = load_profile(draft.profile), draft.opens_at.astimezone(CHINA).date()
    periods = periods_of(profile, on, demo=settings.demo or is_rehearsal(draft.estate))
    now = await database_now()
    known = [profile.matter(ask.matter, on=on) for ask in draft.asks]
    outline = await outlines_of(request).of_election(stored.uuid)
    return {
        "stored": stored,
        "draft": draft,
        "uuid": stored.uuid,
        "estate": await estate_name(request, stored),
        "items": list_items(stage),
        "ready": is_ready(stage),
        "stage": stage,
        "names": await names_of(request, stored),
        "people": outline.outline.people if outline else (),
        "left": days_left(now.astimezone(CHINA).date(), on, periods.notice_days),
        "periods": periods,
        "matters": known,
        "needs": [majorities(profile, each.tier, on=on) for each in known],
        "profile": profile,
        "offices": await elections_of(request).offices(stored.uuid),
        "office_names": OFFICES,
        "refused": None,
        "demo": settings.demo,
    }


async def _notice_values(request: Request, stored: StoredElection) -> Mapping[str, object]:
    settings: Settings = request.state["settings"]
    manifest = decode_manifest(stored.sealed().manifest)
    profile, on = load_profile(stored.draft.profile), stored.draft.opens_at.astimezone(CHINA).date()
    known = [profile.matter(ask.matter, on=on) for ask in manifest.questions]
    outline = await outlines_of(request).of_election(stored.uuid)
    return {
        "stored": stored,
        "draft": stored.draft,
        "uuid": stored.uuid,
        "estate": manifest.estate["name"],
        "manifest": manifest,
        "matters": known,
        "needs": [majorities(profile, each.tier, on=on) for each in known],
        "rule": profile.value("meeting_notice", on=on),
        "subjects": outline.outline.subjects if outline else (),
        "offices": await elections_of(request).offices(stored.uuid),
        "checks_end": period_ends(stored.closes_at, manifest.periods.check_days),
        "left": days_left((await database_now()).astimezone(CHINA).date(), on, manifest.periods.notice_days),
        "address": f"{settings.public_url.rstrip('/')}/elections/{stored.uuid}",
        "checkpoint": await checkpoint_code(request, stored.draft.estate, stored.uuid),
        "refused": None,
        "demo": settings.demo,
    }


async def _sealed(request: Request) -> StoredElection:
    stored = await election_of(request)
    if stored.files is None:
        raise RefusedError(Reason.WRONG_STATE, "The election is not sealed yet: seal it first.")
    return stored


async def names_of(request: Request, stored: StoredElection) -> dict[tuple[Role, int], str]:
    """Return who has which place, as far as the names were filled in on pages."""
    names = {(Role.TRUSTEE, number): name for number, name in enumerate(stored.draft.trustees, start=1)}
    outline = await outlines_of(request).of_election(stored.uuid)
    seen: dict[Role, int] = {}
    for each in outline.outline.people if outline else ():
        seen[each.role] = seen.get(each.role, 0) + 1
        names[each.role, seen[each.role]] = each.person
    return names


async def estate_name(request: Request, stored: StoredElection) -> str:
    """Return what the estate of an election is called."""
    estates: EstateService = request.state["estates"]
    return (await estates.get(stored.draft.estate)).name
