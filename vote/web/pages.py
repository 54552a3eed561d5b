"""The public pages: an estate, an election and what became of it, who took part, the result, the files.

 * No sign-in, no script.
 * A draft is nobody's business: its pages are not found.
 * A look-up says whether a ballot counts, never how it was marked.

Not here: how a page is written (`rendering.py`, `templates/`), what it says (`words.py`, `record_words.py`).
"""

from collections.abc import Sequence
from itertools import groupby

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from crypto.encoding import read_json
from vote.ballot.rules import permille
from vote.ballot.service import BallotService
from vote.ballot.store import FoundBallot
from vote.check.service import CheckService
from vote.config import Settings
from vote.election.manifest import law_day
from vote.election.service import ElectionService
from vote.errors import RefusedError
from vote.estate.rules import is_rehearsal
from vote.estate.service import EstateService
from vote.estate.store import EstatePlace
from vote.law.library import load_pinned
from vote.law.majority import Both
from vote.law.rules import majorities
from vote.log.rules import Kind
from vote.tally.service import TallyService
from vote.web import assets
from vote.web.checkpoint_code import checkpoint_code
from vote.web.chronicle import Entry, find_check, tell
from vote.web.deeds import deeds_of
from vote.web.files import list_files
from vote.web.outcome import read_result
from vote.web.oversight import inquiry_lists
from vote.web.oversight.estate_pages import summary_of
from vote.web.oversight.record_pages import latest
from vote.web.periods import periods_of
from vote.web.phase import COUNTED, OVER, VOTED, count_steps
from vote.web.rendering import render
from vote.web.seen import Seen, get_seen, see
from vote.web.watched import certificate_standing, standing_of, watched_of
from vote.web.watched import routes as watched_routes

BUILDING = "幢"


async def home(request: Request) -> Response:
    """Show every estate."""
    estates: EstateService = request.state["estates"]
    places = sorted((each for each in await estates.all() if not is_rehearsal(each.id)), key=_region)
    regions = [(region, list(each)) for region, each in groupby(places, _region)]
    return render(request, "home.html", {"regions": regions, "demo": _settings(request).demo})


async def estate(request: Request) -> Response:
    """Show an estate: what is going on with its periods, its committee, earlier elections, the latest first."""
    estates: EstateService = request.state["estates"]
    elections: ElectionService = request.state["elections"]
    place = await estates.get(request.path_params["estate"])
    seen = [await see(request, stored) for stored in await elections.of_estate(place.id) if stored.files]
    current = [each for each in seen if each.phase not in OVER]
    values = {
        "place": place,
        "current": current,
        "earlier": [each for each in seen if each.phase in OVER],
        "periods": {each.stored.uuid: periods_of(each) for each in seen},
        "demo": _settings(request).demo,
        "watched": await watched_of(request, place.id),
        **await latest(request, place.id),
        **await summary_of(request, place.id),
        "inquiries": (await inquiry_lists.asked(request, place.id))[: inquiry_lists.LATEST],
    }
    return render(request, "estate.html", values)


async def election(request: Request) -> Response:
    """Show an election: what is asked, when, who took part, how far it is, what became of it; look a ballot up."""
    seen = await get_seen(request)
    manifest, day = seen.manifest, law_day(seen.manifest)
    profile = load_pinned(manifest.profile["id"], manifest.profile["version"], manifest.profile["digest"])
    matters = [profile.matter(ask.matter, on=day) for ask in manifest.questions]
    quorum = majorities(profile, matters[0].tier, on=day).quorum.both
    told = await tell(request, seen)
    tracker = request.query_params.get("tracker", "").strip().replace(" ", "+")
    values = {
        "seen": seen,
        "told": told,
        "deeds": await deeds_of(request, seen),
        "matters": matters,
        "quorum": quorum,
        "turnout": await _turnout(request, seen, told.check),
        "missing": _missing(told.check, quorum),
        "steps": count_steps(seen.phase),
        "looks_up": seen.phase in VOTED,
        "tracker": tracker,
        "found": await _look_up(request, seen, tracker),
        "certificate_standing": await certificate_standing(request, seen),
    }
    return render(request, "election.html", values)


async def participants(request: Request) -> Response:
    """Show which homes took part, by building; those who look for their own find it."""
    seen = await get_seen(request)
    checks: CheckService = request.state["checks"]
    published = read_json(await checks.participation(seen.stored.uuid, areas=False), "participation")
    buildings: dict[str, list[Sequence[str]]] = {}
    for participant in published["participants"]:
        building, mark, _ = participant["places"][0].partition(BUILDING)
        buildings.setdefault(building + mark if mark else "", []).append(participant["places"])
    return render(request, "participants.html", {"seen": seen, "buildings": buildings})


async def result(request: Request) -> Response:
    """Show the result with its working, or when it comes."""
    seen = await get_seen(request)
    if seen.phase not in COUNTED:
        return render(request, "no-result.html", {"seen": seen})
    tallies: TallyService = request.state["tallies"]
    found = read_result(seen.manifest, await tallies.result(seen.stored.uuid))
    openers = [seen.manifest.trustees["names"][trustee - 1] for trustee in sorted(seen.came)]
    values = {
        "seen": seen,
        "result": found,
        "openers": openers,
        "stands": _stands(seen),
        "address": _address(request, seen),
        "checkpoint": await checkpoint_code(request, seen.stored.draft.estate, seen.stored.uuid),
        "standing": await standing_of(request, seen.stored.draft.estate, Kind.TALLY_OPENED, seen.stored.uuid),
    }
    return render(request, "result.html", values)


async def archive(request: Request) -> Response:
    """Show auditors what to download and how to check it."""
    seen = await get_seen(request)
    files = await list_files(request, seen)
    values = {
        "seen": seen,
        "files": files,
        "digests": {file.name: file.digest.sha256 for file in files if file.digest},
        "check": await find_check(request, seen),
        "address": _address(request, seen),
    }
    return render(request, "archive.html", values)


async def _turnout(request: Request, seen: Seen, check: Entry | None) -> tuple[int, int]:
    """Return who took part, in tenths of a percent by heads and by area: as checked, or so far."""
    if check is not None:
        cast, electorate = check["cast"], check["electorate"]
        return permille(cast["heads"], electorate["heads"]), permille(cast["area_dm2"], electorate["area_dm2"])
    ballots: BallotService = request.state["ballots"]
    turnout = await ballots.turnout(seen.stored.uuid)
    return turnout.heads_permille, turnout.area_permille


def _missing(check: Entry | None, quorum: Both) -> list[str]:
    """Return which of the two measures did not reach the quorum."""
    if check is None:
        return []
    needed = {"heads": (quorum.heads, "heads"), "area": (quorum.area, "area_dm2")}
    cast, electorate = check["cast"], check["electorate"]
    return [kind for kind, (share, name) in needed.items() if not share.met(cast[name], electorate[name])]


async def _look_up(request: Request, seen: Seen, tracker: str) -> FoundBallot | None:
    ballots: BallotService = request.state["ballots"]
    if not tracker or seen.phase not in VOTED:
        return None
    try:
        return await ballots.look_up(seen.stored.uuid, tracker)
    except RefusedError:
        return None


def _stands(seen: Seen) -> dict[int, bool]:
    """Return by question whether its outcome is the same however contested ballots were cast, if any are."""
    certificate = seen.certificate
    if certificate is None or not (certificate.contested.heads or certificate.contested.area_dm2):
        return {}
    return {question.number: question.stands for question in certificate.questions}


def _address(request: Request, seen: Seen) -> str:
    return f"{_settings(request).public_url.rstrip('/')}/elections/{seen.stored.uuid}"


def _settings(request: Request) -> Settings:
    settings: Settings = request.state["settings"]
    return settings


def _region(place: EstatePlace) -> tuple[str, str, str]:
    return place.county, place.sub_district, place.community


routes: list[BaseRoute] = [
    Route("/", home, name="home"),
    Route("/estates/{estate}", estate, name="estate"),
    Route("/elections/{election}", election, name="election"),
    Route("/elections/{election}/participants", participants, name="participants"),
    Route("/elections/{election}/result", result, name="result"),
    Route("/elections/{election}/archive", archive, name="archive"),
    *watched_routes,
    *assets.routes,
]
