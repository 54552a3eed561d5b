"""The public pages: an estate, an election with its turnout, the result, the archive. No sign-in, no script.

 * A draft is nobody's business: its pages are not found.
 * A look-up says whether a ballot counts, never how it was marked.

Not here: how a page is written (`rendering.py`, `templates/`), what it says (`words.py`).
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from crypto.encoding import hex_digest
from vote.ballot.service import BallotService
from vote.ballot.store import FoundBallot
from vote.config import Settings
from vote.db import database_now
from vote.election.change import period_ends
from vote.election.manifest import Manifest, decode_manifest
from vote.election.service import ElectionService
from vote.election.store import StoredElection
from vote.errors import Reason, RefusedError
from vote.estate.service import EstateService
from vote.estate.store import EstatePlace
from vote.law.library import load_pinned
from vote.law.rules import majorities
from vote.tally.finding import law_day
from vote.tally.service import TallyService
from vote.web import assets
from vote.web.outcome import read_result
from vote.web.phase import COUNTED, VOTED, Phase, count_steps, phase_of
from vote.web.rendering import render


@dataclass(frozen=True, slots=True)
class Seen:
    """A sealed election as pages show it."""

    stored: StoredElection
    manifest: Manifest
    phase: Phase
    came: tuple[int, ...]
    """The key-holders who have opened the box, numbered from 1."""
    checked: bool
    """Whether the ballots were checked, so that the archive holds them."""
    until: datetime | None
    """When the time for disputes ends, while it runs."""


class File(NamedTuple):
    """A file for auditors; `later` is the key of when it comes, empty if it is there."""

    name: str
    what: str
    later: str = ""


async def home(request: Request) -> Response:
    """Show every estate."""
    estates: EstateService = request.state["estates"]
    places = sorted(await estates.all(), key=_region)
    regions = [(region, list(each)) for region, each in groupby(places, _region)]
    return render(request, "home.html", {"regions": regions})


async def estate(request: Request) -> Response:
    """Show an estate and its elections, the latest first."""
    estates: EstateService = request.state["estates"]
    elections: ElectionService = request.state["elections"]
    place = await estates.get(request.path_params["estate"])
    seen = [await _see(request, stored) for stored in await elections.of_estate(place.id) if stored.files]
    return render(request, "estate.html", {"place": place, "elections": seen})


async def election(request: Request) -> Response:
    """Show an election: what is asked, when, who took part, how far it is; look a ballot up."""
    seen = await _get(request)
    ballots: BallotService = request.state["ballots"]
    manifest, day = seen.manifest, law_day(seen.manifest)
    profile = load_pinned(manifest.profile["id"], manifest.profile["version"], manifest.profile["digest"])
    matters = [profile.matter(ask.matter, on=day) for ask in manifest.questions]
    tracker = request.query_params.get("tracker", "").strip().replace(" ", "+")
    values = {
        "seen": seen,
        "matters": matters,
        "quorum": majorities(profile, matters[0].tier, on=day).quorum.both,
        "turnout": await ballots.turnout(seen.stored.uuid),
        "hours": manifest.pools.max_hours,
        "steps": count_steps(seen.phase),
        "looks_up": seen.phase in VOTED,
        "tracker": tracker,
        "found": await _look_up(request, seen, tracker),
    }
    return render(request, "election.html", values)


async def result(request: Request) -> Response:
    """Show the result with its working, or when it comes."""
    seen = await _get(request)
    if seen.phase not in COUNTED:
        return render(request, "no-result.html", {"seen": seen})
    tallies: TallyService = request.state["tallies"]
    found = read_result(seen.manifest, await tallies.result(seen.stored.uuid))
    openers = [seen.manifest.trustees["names"][trustee - 1] for trustee in sorted(seen.came)]
    values = {"seen": seen, "result": found, "openers": openers, "address": _address(request, seen)}
    return render(request, "result.html", values)


async def archive(request: Request) -> Response:
    """Show auditors what to download and how to check it."""
    seen = await _get(request)
    tallies: TallyService = request.state["tallies"]
    opened = seen.phase in COUNTED
    published = hex_digest(await tallies.result(seen.stored.uuid)) if opened else ""
    values = {"seen": seen, "files": _files(seen), "result": published, "address": _address(request, seen)}
    return render(request, "archive.html", {**values, "manifest_digest": hex_digest(seen.stored.sealed().manifest)})


def _files(seen: Seen) -> list[File]:
    closed = "" if seen.stored.closed_at else "archive.when-closed"
    checked = "" if seen.checked else "archive.when-checked"
    opened = "" if seen.phase in COUNTED else "archive.when-opened"
    return [
        File(f"{seen.stored.uuid}.bel", "file.archive-setup" if checked else "file.archive"),
        File("manifest.json", "file.manifest"),
        File("roll-public.json", "file.roll"),
        *([File("parts.json", "file.parts")] if seen.manifest.credential_parts_sha256 else []),
        File("changes.json", "file.changes"),
        File("participation.json", "file.participation", closed),
        File("box.json", "file.box", closed),
        File("disputes.json", "file.disputes"),
        File("set-aside.json", "file.set-aside", checked),
        File("check.json", "file.check", checked),
        File("share-proofs.json", "file.proofs", opened),
        File("result.json", "file.result", opened),
    ]


async def _get(request: Request) -> Seen:
    elections: ElectionService = request.state["elections"]
    stored = await elections.get(request.path_params["election"])
    if stored.files is None:
        raise RefusedError(Reason.NOT_FOUND, "There is no election of this number.")
    return await _see(request, stored)


async def _see(request: Request, stored: StoredElection) -> Seen:
    tallies: TallyService = request.state["tallies"]
    elections: ElectionService = request.state["elections"]
    manifest = decode_manifest(stored.sealed().manifest)
    now = await database_now()
    phase = phase_of(stored.state, opens_at=stored.draft.opens_at, closes_at=stored.closes_at, now=now)
    came = [trustee for trustee, _ in await tallies.share_proofs(stored.uuid)] if phase in VOTED else []
    until = None
    if phase is Phase.CHECKING and stored.closed_at is not None:
        ends = period_ends(stored.closed_at, manifest.periods.check_days)
        until = ends if now < ends else None
    return Seen(stored, manifest, phase, tuple(came), await elections.is_checked(stored.uuid), until)


async def _look_up(request: Request, seen: Seen, tracker: str) -> FoundBallot | None:
    ballots: BallotService = request.state["ballots"]
    if not tracker or seen.phase not in VOTED:
        return None
    try:
        return await ballots.look_up(seen.stored.uuid, tracker)
    except RefusedError:
        return None


def _address(request: Request, seen: Seen) -> str:
    settings: Settings = request.state["settings"]
    return f"{settings.public_url.rstrip('/')}/elections/{seen.stored.uuid}"


def _region(place: EstatePlace) -> tuple[str, str, str]:
    return place.county, place.sub_district, place.community


routes: list[BaseRoute] = [
    Route("/", home, name="home"),
    Route("/estates/{estate}", estate, name="estate"),
    Route("/elections/{election}", election, name="election"),
    Route("/elections/{election}/result", result, name="result"),
    Route("/elections/{election}/archive", archive, name="archive"),
    *assets.routes,
]
