"""The desk and the office that checks: papers entered by two people, the card, the sealed signers.

* Whoever has the card opens the signers in the browser; no answer of the server holds one that is readable.
* A page of the desk shows no signer, neither before nor after an entry.
"""

from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from vote.http import actor_of
from vote.oversight.petition.rules import MAX_DAYS, MAX_MEMBER, MAX_TEXT, PetitionKind, PetitionState, Strike
from vote.oversight.petition.service import Asked
from vote.oversight.petition.signing import MAX_PHOTO, MAX_SERIAL, Paper
from vote.oversight.petition.views import petitions_of, signing_of
from vote.role import Role
from vote.web.act import FIRST, Again, act, go_to
from vote.web.finishing.seat import filled, require_home
from vote.web.form import form_of, read_form, read_upload
from vote.web.oversight.petition_pages import figures, least_of, needs, standing_of
from vote.web.oversight.petition_words import CHECK_SAID, PETITIONS
from vote.web.oversight.place import place_of_estate
from vote.web.page import page
from vote.web.rendering import reader_of, render

STAFF = (Role.STAFF,)
FORM_BYTES = MAX_PHOTO + (1 << 16)


class NewForm(BaseModel):
    """A petition that begins on paper, with its first signature."""

    number: str
    kind: PetitionKind
    text: str = Field(max_length=MAX_TEXT)
    member: str = Field("", max_length=MAX_MEMBER)
    home: str
    serial: str = Field(max_length=MAX_SERIAL)


class PaperForm(BaseModel):
    """A paper, as one person enters it."""

    home: str
    serial: str = Field(max_length=MAX_SERIAL)


class HomeForm(BaseModel):
    """The home of an owner who stands at the desk."""

    home: str


async def new(request: Request, again: Again = FIRST) -> Response:
    """Ask for a petition that begins on paper."""
    place = await place_of_estate(request)
    petitions = petitions_of(request)
    values = {
        "place": place,
        "kinds": await petitions.kinds(place.id),
        "number": again.typed.get("number") or petitions.draw_number(),
        "card": await petitions.card(place.id) is not None,
        "megabytes": MAX_PHOTO >> 20,
        **filled(again),
    }
    return render(request, "oversight/petition-desk-new.html", values, again.status)


@act(new)
async def begin(request: Request) -> Response:
    """Begin a petition on paper."""
    place = await place_of_estate(request)
    form = await read_form(request, NewForm)
    photo = await read_upload(request, "photo", MAX_PHOTO)
    signing = signing_of(request)
    roll = await signing.roll(place.id)
    home = require_home(request, "home", form.home, await signing.homes(roll) if roll else {})
    asked = Asked(form.number, form.kind, form.text.replace("\r\n", "\n"), form.member)
    await signing.begin_on_paper(place.id, asked, Paper(home, form.serial, photo), actor_of(request))
    return go_to(request, f"/work/estates/{place.id}/petitions/{form.number}")


async def desk(request: Request, again: Again = FIRST) -> Response:
    """Show what the desk does for a petition."""
    place, found = await place_of_estate(request), await standing_of(request)
    values = {
        "place": place,
        "found": found,
        "figures": figures(found),
        "waiting": await petitions_of(request).waiting(place.id, found.stored.asked.uuid),
        "collecting": found.state is PetitionState.COLLECTING,
        "done": request.query_params.get("done", ""),
        "megabytes": MAX_PHOTO >> 20,
        "form": again.typed.get("form", ""),
        **filled(again),
    }
    return render(request, "oversight/petition-desk.html", values, again.status)


@act(desk)
async def paper(request: Request) -> Response:
    """Enter a paper, for the first or the second time."""
    place, uuid = await place_of_estate(request), request.path_params["petition"]
    form = await read_form(request, PaperForm)
    file = (await form_of(request)).get("photo")
    photo = await read_upload(request, "photo", MAX_PHOTO) if getattr(file, "size", 0) else None
    entered = Paper(await _home(request, form.home), form.serial, photo)
    state = await signing_of(request).enter(place.id, uuid, entered, actor_of(request))
    return go_to(request, f"/work/estates/{place.id}/petitions/{uuid}", done=f"paper-{state}")


@act(desk)
async def take_back(request: Request) -> Response:
    """Take a signature back, for the first or the second time."""
    place, uuid = await place_of_estate(request), request.path_params["petition"]
    form = await read_form(request, HomeForm)
    home = await _home(request, form.home)
    done = await signing_of(request).take_back_at_desk(place.id, uuid, home, actor_of(request))
    return go_to(request, f"/work/estates/{place.id}/petitions/{uuid}", done="back" if done else "back-waiting")


@act(desk)
async def end(request: Request) -> Response:
    """End a petition for whoever began it."""
    place, uuid = await place_of_estate(request), request.path_params["petition"]
    form = await read_form(request, HomeForm)
    await signing_of(request).end_at_desk(place.id, uuid, await _home(request, form.home), actor_of(request))
    return go_to(request, f"/estates/{place.id}/petitions/{uuid}")


async def check(request: Request) -> Response:
    """Show the page on which whoever has the card opens the signers."""
    place, found = await place_of_estate(request), await standing_of(request)
    reader, stored = reader_of(request), found.stored
    signing = signing_of(request)
    election = await signing.election_of(stored)
    values = {
        "place": place,
        "found": found,
        "figures": figures(found),
        "needs": needs(found.needed),
        "least": least_of(found),
        "sets_day": found.needed.days is None,
        "most_days": MAX_DAYS,
        "data": {
            "estate": place.id,
            "petition": stored.asked.uuid,
            "kind": str(stored.asked.kind),
            "text": stored.asked.text,
            "member": stored.asked.member,
            "election": election.uuid if election else "",
            "fingerprint": election.sealed().fingerprint if election else "",
            "after": reader.link(f"/estates/{place.id}/petitions/{stored.asked.uuid}"),
            "sets_day": found.needed.days is None,
            "strikes": [[str(each), reader.pick(PETITIONS[f"petitions.strike.{each}"])] for each in Strike],
            "words": {key: reader.pick(PETITIONS[f"petitions.{key}"]) for key in CHECK_SAID},
        },
    }
    return render(request, "oversight/petition-check.html", values)


async def card(request: Request) -> Response:
    """Show the page on which the office makes its card."""
    place = await place_of_estate(request)
    reader = reader_of(request)
    values = {
        "place": place,
        "made": await petitions_of(request).card(place.id) is not None,
        "data": {
            "estate": place.id,
            "after": reader.link(f"/estates/{place.id}/petitions"),
            "words": {key: reader.pick(PETITIONS[f"petitions.{key}"]) for key in CHECK_SAID},
        },
    }
    return render(request, "oversight/petition-card.html", values)


async def _home(request: Request, typed: str) -> int:
    found = await standing_of(request)
    return require_home(request, "home", typed, await signing_of(request).homes(found.stored.roll))


_DESK = "/work/estates/{estate}/petitions"
_PETITION = f"{_DESK}/{{petition}}"
routes: list[BaseRoute] = [
    page("/work/estates/{estate}/petition-card", card, summary="Make the card that opens signers", roles=STAFF),
    page(f"{_DESK}/new", new, summary="Begin a petition on paper", roles=STAFF),
    page(
        f"{_DESK}/new", begin, summary="Begin it with its first paper", roles=STAFF, method="POST", max_bytes=FORM_BYTES
    ),
    page(_PETITION, desk, summary="Papers of a petition, entered by two people", roles=STAFF),
    page(f"{_PETITION}/paper", paper, summary="Enter a paper", roles=STAFF, method="POST", max_bytes=FORM_BYTES),
    page(f"{_PETITION}/take-back", take_back, summary="Take a signature back", roles=STAFF, method="POST"),
    page(f"{_PETITION}/end", end, summary="End a petition for whoever began it", roles=STAFF, method="POST"),
    page(f"{_PETITION}/check", check, summary="Open and check the signers with the card", roles=STAFF),
]
