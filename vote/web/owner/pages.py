"""The pages on which an owner votes, and on which anybody looks a receipt up.

 * The page for voting is the same for everybody: whose letter it is stands behind # in the address, which no browser sends.
 * A receipt says that a ballot counts, never how it was marked.

Not here: codes, parts, ballots (the programming interface), what happens in the browser (`static/src/owner`).
"""

import io
from typing import Any

import segno
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from vote.ballot.receipt_words import FIRST, SECOND, receipt_words
from vote.ballot.service import BallotService
from vote.ballot.store import FoundBallot
from vote.config import Settings
from vote.credential.agreement_text import TEXT as AGREEMENT
from vote.credential.code import RESEND_SECONDS, TTL_SECONDS
from vote.election.ask import Ask, AskKind
from vote.election.rules import Secrecy
from vote.errors import Reason, RefusedError
from vote.web.assets import asset_path
from vote.web.checkpoint_code import checkpoint_code
from vote.web.chronicle import tell
from vote.web.owner import authorities, desk, looks, statement
from vote.web.owner.desk_words import CASES
from vote.web.owner.words import SAID, WORDS
from vote.web.page import page
from vote.web.phase import VOTED, Phase
from vote.web.problems import said
from vote.web.rendering import reader_of, render
from vote.web.seen import Seen, get_seen

TRACKER_LENGTH = 43
SVG = "image/svg+xml"


async def vote(request: Request) -> Response:
    """Show the way from the letter to the receipt."""
    seen = await get_seen(request)
    told = await tell(request, seen)
    early = seen.phase in {Phase.ANNOUNCED, Phase.NOTICED, Phase.ABOUT_TO_OPEN, Phase.HELD_UP}
    state = "open" if seen.phase is Phase.OPEN else "early" if early else "over"
    two_parts = seen.stored.draft.credential_parts > 1
    values = {
        "seen": seen,
        "state": state,
        "named": seen.manifest.secrecy == Secrecy.NAMED,
        "agreement": AGREEMENT,
        "withdrawn": told.effects.withdrawn,
        "demo": seen.manifest.demo,
        "votes_here": state == "open",
        "two_parts": two_parts,
        "data": _data(request, seen),
    }
    return render(request, "owner/vote.html", values)


async def receipt(request: Request) -> Response:
    """Look a receipt up, by its words or by the tracker behind its QR code."""
    seen = await get_seen(request)
    typed = request.query_params.get("words", "").strip()
    tracker = request.query_params.get("tracker", "").strip().replace(" ", "+")
    found, refusal = None, ""
    if (typed or tracker) and seen.phase in VOTED:
        try:
            tracker = await _ballots(request).find_tracker(seen.stored.uuid, typed) if typed else tracker
            found = await _ballots(request).look_up(seen.stored.uuid, tracker)
        except RefusedError as error:
            refusal = reader_of(request).pick(said(error)) if error.reason is Reason.MALFORMED else "none"
    values = {
        "seen": seen,
        "found": found,
        "refusal": refusal,
        "typed": typed,
        "words": receipt_words(tracker) if found else "",
        "looks_up": seen.phase in VOTED,
        "outcome": _outcome(found),
        "checkpoint": await checkpoint_code(request, seen.stored.draft.estate, seen.stored.uuid) if found else None,
        "demo": seen.manifest.demo,
    }
    return render(request, "owner/receipt.html", values)


async def titles(request: Request) -> Response:
    """Say what to bring to the desk where the title is not simple."""
    seen = await get_seen(request)
    return render(request, "owner/titles.html", {"seen": seen, "cases": CASES, "demo": seen.manifest.demo})


async def receipt_code(request: Request) -> Response:
    """Draw the QR code of a receipt: the address at which anybody looks it up."""
    seen = await get_seen(request)
    tracker = request.query_params.get("tracker", "").replace(" ", "+")
    if len(tracker) != TRACKER_LENGTH:
        raise RefusedError(Reason.MALFORMED, "A receipt has 43 characters: take the one that was shown.")
    settings: Settings = request.state["settings"]
    drawn = io.BytesIO()
    address = (
        f"{settings.public_url.rstrip('/')}/elections/{seen.stored.uuid}/receipt?tracker={tracker.replace('+', '%2B')}"
    )
    segno.make(address, error="m").save(drawn, kind="svg", border=4, light="#fff", xmldecl=False, scale=4)
    return Response(drawn.getvalue(), media_type=SVG, headers={"Cache-Control": "private, max-age=3600"})


def _data(request: Request, seen: Seen) -> dict[str, Any]:
    """Return what the page's script needs; whatever it says to the owner comes from the same table as the page."""
    reader = reader_of(request)
    manifest = seen.manifest
    return {
        "election": seen.stored.uuid,
        "fingerprint": seen.stored.sealed().fingerprint,
        "worker": asset_path("worker/seal.js"),
        "code_minutes": TTL_SECONDS // 60,
        "resend_seconds": RESEND_SECONDS,
        "questions": [_question(ask) for ask in manifest.questions],
        "receipt_words": [FIRST, SECOND],
        "words": {key: reader.pick(WORDS[f"owner.{key}"]) for key in SAID},
        "language": reader.language.tag,
        "assisted": "desk" in request.query_params,
        "two_parts": seen.stored.draft.credential_parts > 1,
    }


def _question(ask: Ask) -> dict[str, Any]:
    alone = len(ask.choices) - 1 if ask.kind is AskKind.ELECTION else None
    return {"min": ask.minimum, "max": ask.maximum, "choices": list(ask.choices), "alone": alone}


def _outcome(found: FoundBallot | None) -> str:
    if found is None:
        return ""
    return "set-aside" if found.set_aside else "counted" if found.effective else "superseded"


def _ballots(request: Request) -> BallotService:
    ballots: BallotService = request.state["ballots"]
    return ballots


_ELECTION = "/elections/{election}"
routes: list[BaseRoute] = [
    *statement.routes,
    *looks.routes,
    *desk.routes,
    *authorities.routes,
    page(f"{_ELECTION}/titles", titles, summary="What to bring to the desk where the title is not simple"),
    page(f"{_ELECTION}/vote", vote, summary="The way from the letter to the receipt"),
    page(f"{_ELECTION}/receipt", receipt, summary="Looks a receipt up (`?words=` or `?tracker=`)"),
    page(f"{_ELECTION}/receipt.svg", receipt_code, summary="The QR code of a receipt (`?tracker=`)"),
]
