"""The pages of registrars and key-holders; what is secret is made and stays in their browsers."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from vote.config import Settings
from vote.credential.sealed_copy import SealedCopyService
from vote.election.rules import Secrecy, State
from vote.election.service import ElectionService
from vote.estate.service import EstateService
from vote.http import actor_of
from vote.role import Role
from vote.tally.service import TallyService
from vote.web.assets import asset_path
from vote.web.holders import printing
from vote.web.page import page
from vote.web.rendering import reader_of, render
from vote.web.words import TEXTS

AFTER = {State.CERTIFIED, State.ANNULLED}


async def show_holder(request: Request) -> Response:
    """Show a key-holder's page: the key is made, tried, used and destroyed on it."""
    stored = await _elections(request).get(request.path_params["election"])
    tallies: TallyService = request.state["tallies"]
    draft, index = stored.draft, actor_of(request).slot
    given = index in {each for each, _ in await tallies.share_proofs(stored.uuid)}
    name = draft.trustees[index - 1]
    data = {
        "election": stored.uuid,
        "index": index,
        "size": len(draft.trustees),
        "threshold": draft.threshold,
        "name": name,
        "state": stored.state,
        "given": given,
        "named": draft.secrecy is Secrecy.NAMED,
        "worker": asset_path("worker/holders.js"),
        "words": _script_words(request, "holders.js."),
    }
    values = {
        "stored": stored,
        "index": index,
        "name": name,
        "data": data,
        "named": draft.secrecy is Secrecy.NAMED,
    }
    return render(request, "holders/holder.html", values)


async def show_card(request: Request) -> Response:
    """Show the blank card to be printed."""
    stored = await _elections(request).get(request.path_params["election"])
    index = actor_of(request).slot
    values = {"stored": stored, "index": index, "name": stored.draft.trustees[index - 1]}
    return render(request, "holders/card.html", values)


async def show_letters(request: Request) -> Response:
    """Show the registrars' page: letters are made, printed, put away and made anew on it."""
    stored = await _elections(request).get(request.path_params["election"])
    copies: SealedCopyService = request.state["sealed_copies"]
    estates: EstateService = request.state["estates"]
    settings: Settings = request.state["settings"]
    made = await copies.is_issued(stored.uuid)
    estate = await estates.get(stored.draft.estate)
    data = {
        "election": stored.uuid,
        "made": made,
        "parts": stored.draft.credential_parts,
        "sealed": stored.files is not None and stored.state not in AFTER,
        "origin": settings.public_url,
        "title": stored.draft.title,
        "estate": estate.name,
        "phone": stored.draft.desk_phone,
        "worker": asset_path("worker/holders.js"),
        "words": _script_words(request, "letters.js."),
        # Owners read Chinese; so do those who open a drawer years later.
        "paper": {key.removeprefix("letters.paper."): text.zh for key, text in TEXTS.items() if _is_paper(key)},
    }
    values = {
        "stored": stored,
        "made": made,
        "over": stored.state in AFTER,
        "draft": stored.state is State.DRAFT,
        "data": data,
    }
    return render(request, "holders/letters.html", values)


def _elections(request: Request) -> ElectionService:
    elections: ElectionService = request.state["elections"]
    return elections


def _script_words(request: Request, prefix: str) -> dict[str, str]:
    reader = reader_of(request)
    return {key.removeprefix(prefix): reader.pick(text) for key, text in TEXTS.items() if key.startswith(prefix)}


def _is_paper(key: str) -> bool:
    return key.startswith("letters.paper.")


routes: list[BaseRoute] = [
    *printing.routes,
    page("/holders/{election}", show_holder, summary="Make, try, use and destroy a key", roles=(Role.TRUSTEE,)),
    page("/holders/{election}/card", show_card, summary="A key-holder's blank card", roles=(Role.TRUSTEE,)),
    page(
        "/holders/{election}/letters", show_letters, summary="Make, print and put away letters", roles=(Role.REGISTRAR,)
    ),
]
