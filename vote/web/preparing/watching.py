"""The days while voting is open: where it stands, exact figures, who has not voted, reminders."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from vote.account.events import EventKind, EventService
from vote.ballot.service import BallotService
from vote.clock import CHINA
from vote.db import database_now, together_with
from vote.delivery.rules import Standing, count_standings
from vote.delivery.service import TURNOUT, WAITING
from vote.election.attendance import group_homes
from vote.election.manifest import decode_manifest
from vote.election.rules import State
from vote.election.store import StoredElection
from vote.errors import RefusedError
from vote.http import actor_of
from vote.law.citation import Citation
from vote.law.library import load_pinned
from vote.law.majority import Both
from vote.law.rules import majorities
from vote.role import Role
from vote.web.act import go_to, refused
from vote.web.noting import note
from vote.web.preparing.asking import deliveries_of, election_of, elections_of
from vote.web.preparing.watching_words import WATCHING
from vote.web.rendering import render

DUTIES = (Role.ORGANISER, Role.COMMUNITY)
"""Who may know exactly, and who has not voted."""
_DONE = frozenset(key.removeprefix("done.") for key in WATCHING if key.startswith("done."))


async def watch(request: Request) -> Response:
    """Show where an election stands and what comes next."""
    stored = await election_of(request)
    if stored.state is State.DRAFT:
        staff = actor_of(request).role is Role.STAFF
        return go_to(
            request, f"/work/elections/{stored.uuid}/set-up" if staff else f"/elections/{stored.uuid}/office-keys"
        )
    return render(request, "preparing/watch.html", await _values(request, stored))


async def look(request: Request) -> Response:
    """Show exact figures by heads, area and building; the look is noted."""
    stored = await election_of(request)
    actor = actor_of(request)
    before = await deliveries_of(request).looks(stored.uuid)
    quorum, article = _quorum(stored)
    try:
        found = await deliveries_of(request).attend(stored.uuid, quorum, actor.role, TURNOUT)
    except RefusedError as error:
        return refused(request, "preparing/watch.html", await _values(request, stored), error)
    await note(request, EventKind.TURNOUT_SEEN)
    values = {
        **await _values(request, stored),
        "found": found,
        "groups": group_homes(found.homes),
        "before": before[0] if before else None,
        "article": article,
    }
    return _private(render(request, "preparing/turnout.html", values))


async def look_waiting(request: Request) -> Response:
    """List the homes that have not voted; the look is noted."""
    stored = await election_of(request)
    quorum, _ = _quorum(stored)
    try:
        found = await deliveries_of(request).attend(stored.uuid, quorum, actor_of(request).role, WAITING)
    except RefusedError as error:
        return refused(request, "preparing/watch.html", await _values(request, stored), error)
    await note(request, EventKind.VOTERS_SEEN, count=len(found.waiting))
    buildings: dict[str, list[str]] = {}
    for home in found.waiting:
        entrance = f"{home.entrance}单元" if home.entrance else ""
        buildings.setdefault(home.building, []).append(f"{entrance}{home.room}")
    values = {**await _values(request, stored), "waiting": buildings, "number": len(found.waiting)}
    return _private(render(request, "preparing/waiting.html", values))


async def reminders(request: Request) -> Response:
    """Show what a reminder says, to how many it goes, and those that were sent."""
    return render(request, "preparing/reminders.html", await _reminder_values(request, await election_of(request)))


async def remind(request: Request) -> Response:
    """Send it."""
    stored = await election_of(request)

    async def write() -> None:
        (sent, *_) = await deliveries_of(request).reminders(stored.uuid)
        await note(request, EventKind.REMINDED, count=sent.reached)

    try:
        async with together_with(write):
            await deliveries_of(request).remind(stored.uuid, actor_of(request).role)
    except RefusedError as error:
        return refused(request, "preparing/reminders.html", await _reminder_values(request, stored), error)
    return go_to(request, f"/work/elections/{stored.uuid}/reminders")


async def _reminder_values(request: Request, stored: StoredElection) -> Mapping[str, object]:
    deliveries = deliveries_of(request)
    preview = await deliveries.preview(stored.uuid) if stored.state is State.OPEN else None
    now = await database_now()
    today = now.astimezone(CHINA).date()
    sent = preview is not None and preview.last is not None and preview.last.at.astimezone(CHINA).date() == today
    return {
        "stored": stored,
        "uuid": stored.uuid,
        "preview": preview,
        "today": sent,
        "log": await deliveries.reminders(stored.uuid),
        "refused": None,
        "demo": False,
    }


async def _values(request: Request, stored: StoredElection) -> Mapping[str, object]:
    ballots: BallotService = request.state["ballots"]
    events: EventService = request.state["events"]
    letters = count_standings(await deliveries_of(request).letters(stored.uuid))
    actor = actor_of(request)
    quorum = _quorum(stored)[0] if stored.files else None
    return {
        "stored": stored,
        "uuid": stored.uuid,
        "draft": stored.draft,
        "state": stored.state,
        "role": actor.role,
        "exact": actor.role in DUTIES and stored.state is State.OPEN,
        "quorum": quorum,
        "turnout": await ballots.turnout(stored.uuid),
        "manifest": decode_manifest(stored.sealed().manifest) if stored.files else None,
        "letters": letters,
        "delivered": letters[Standing.DELIVERED],
        "all_letters": sum(letters.values()),
        "looks": await deliveries_of(request).looks(stored.uuid),
        "reminded": await deliveries_of(request).reminders(stored.uuid),
        "annulled": await elections_of(request).annulled(stored.uuid),
        "events": list(reversed(await events.of_election(stored.uuid)))[:20],
        "done_words": _DONE,
        "refused": None,
        "demo": False,
    }


def _quorum(stored: StoredElection) -> tuple[Both, Citation]:
    manifest = decode_manifest(stored.sealed().manifest)
    profile = load_pinned(manifest.profile["id"], manifest.profile["version"], manifest.profile["digest"])
    on = stored.draft.opens_at.astimezone(CHINA).date()
    needed = majorities(profile, profile.matter(manifest.questions[0].matter, on=on).tier, on=on).quorum
    return needed.both, needed.citation


def _private(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    return answer
