"""Petitions on pages: everybody reads text and sums; owners begin, sign and take back with letter and code.

* Sums are shown from five signatures on: fewer, with areas that are rare, would say who signed.
* The page for signing is the same for everybody; whose key it is stays in the browser.
* A member's reply stands beside a recall, in the same size.

Not here: the desk and the office (`petition_desk_pages`), what happens in the browser (`static/src/petition`).
"""

from typing import Any, Final

from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from vote.credential.code import RESEND_SECONDS, TTL_SECONDS
from vote.errors import Reason, RefusedError
from vote.http import actor_of
from vote.law.measure import Measure
from vote.oversight.petition.rules import (
    MAX_MEMBER,
    MAX_TEXT,
    PetitionKind,
    PetitionState,
    Threshold,
    least,
    per_mille,
)
from vote.oversight.petition.service import Standing
from vote.oversight.petition.views import petitions_of, signing_of
from vote.oversight.record.store import Wanted
from vote.oversight.record.views import records_of
from vote.web.act import FIRST, Again, act, go_to
from vote.web.assets import asset_path
from vote.web.finishing.seat import filled
from vote.web.form import read_form
from vote.web.oversight.petition_words import PETITIONS, SAID
from vote.web.oversight.place import place_of_estate
from vote.web.oversight.record_pages import PUBLISHERS, may_publish, title_of
from vote.web.owner.words import SAID as OWNER_SAID
from vote.web.owner.words import WORDS
from vote.web.page import page
from vote.web.rendering import reader_of, render

LEAST_SHOWN: Final = 5
ANSWERS = 30
"""How many of the latest records an answer is chosen from."""


class ReplyForm(BaseModel):
    """What the member replies."""

    reply: str = Field(max_length=MAX_TEXT)


class AnswerForm(BaseModel):
    """The record that answers a petition."""

    record: str


async def listed(request: Request) -> Response:
    """Show the petitions of an estate, and what owners may ask together."""
    place = await place_of_estate(request)
    petitions = petitions_of(request)
    values = {
        "place": place,
        "petitions": [(each, figures(each)) for each in await petitions.listed(place.id)],
        "kinds": await petitions.kinds(place.id),
        "card": await petitions.card(place.id) is not None,
        "by_key": await signing_of(request).election(place.id) is not None,
        "insider": await may_publish(request),
        "needs": needs,
    }
    return render(request, "oversight/petitions.html", values)


async def show(request: Request, again: Again = FIRST) -> Response:
    """Show a petition: what is asked, how many signed, how it stands."""
    place, found = await place_of_estate(request), await standing_of(request)
    insider = await may_publish(request)
    records = await records_of(request).listed(place.id, Wanted(), most=ANSWERS) if insider else []
    values = {
        "place": place,
        "found": found,
        "figures": figures(found),
        "needs": needs(found.needed),
        "least": least_of(found),
        "insider": insider,
        "records": [(each.public.uuid, title_of(each) or each.public.uuid) for each in records],
        **filled(again),
    }
    return render(request, "oversight/petition.html", values, again.status)


async def new(request: Request) -> Response:
    """Ask for a petition: what is asked, then letter and code."""
    place = await place_of_estate(request)
    kinds = dict(await petitions_of(request).kinds(place.id))
    chosen = request.query_params.get("kind", "")
    kind = next((each for each in kinds if each == chosen), None)
    if kind is None:
        return go_to(request, f"/estates/{place.id}/petitions")
    election = await signing_of(request).election(place.id)
    if election is None or await petitions_of(request).card(place.id) is None:
        raise RefusedError(
            Reason.WRONG_STATE,
            "Petitions begin on paper here, at the community office.",
            zh="这里还不能在手机上发起，请到社区窗口用纸发起。",
        )
    asked = {
        "petition": petitions_of(request).draw_number(),
        "estate": place.id,
        "kind": str(kind),
        "text": "",
        "member": "",
    }
    values = {
        "place": place,
        "begins": True,
        "kind": kind,
        "needed": kinds[kind],
        "needs": needs(kinds[kind]),
        "longest": {"text": MAX_TEXT, "member": MAX_MEMBER},
        "data": data_of(request, election.uuid, election.sealed().fingerprint, asked, begins=True),
    }
    return render(request, "oversight/petition-sign.html", values)


async def sign(request: Request) -> Response:
    """Ask for letter and code, to sign a petition or to take a signature back."""
    place, found = await place_of_estate(request), await standing_of(request)
    stored = found.stored
    election = await signing_of(request).election_of(stored)
    if found.state is not PetitionState.COLLECTING or election is None:
        return go_to(request, f"/estates/{place.id}/petitions/{stored.asked.uuid}")
    one = stored.asked
    asked = {
        "petition": one.uuid, "estate": one.estate, "kind": str(one.kind), "text": one.text, "member": one.member,
    }  # fmt: skip
    values = {
        "place": place,
        "begins": False,
        "kind": one.kind,
        "found": found,
        "needs": needs(found.needed),
        "data": data_of(request, election.uuid, election.sealed().fingerprint, asked, begins=False),
    }
    return render(request, "oversight/petition-sign.html", values)


@act(show)
async def reply(request: Request) -> Response:
    """Print a member's reply beside a recall."""
    place = await place_of_estate(request)
    form = await read_form(request, ReplyForm)
    uuid = request.path_params["petition"]
    await petitions_of(request).reply(place.id, uuid, form.reply.replace("\r\n", "\n"), actor_of(request))
    return go_to(request, f"/estates/{place.id}/petitions/{uuid}", "reply-said")


@act(show)
async def answer(request: Request) -> Response:
    """Answer a petition with a public record."""
    place = await place_of_estate(request)
    form = await read_form(request, AnswerForm)
    uuid = request.path_params["petition"]
    await petitions_of(request).answer(place.id, uuid, form.record, actor_of(request))
    return go_to(request, f"/estates/{place.id}/petitions/{uuid}", "standing")


def figures(found: Standing) -> dict[str, Any]:
    """Return what is shown of the sums; nothing of fewer than five signatures, unless the petition was served."""
    signed, whole = found.stored.signed, found.stored.electorate
    shown = signed.heads >= LEAST_SHOWN or found.stored.served_on is not None
    if not shown:
        signed = Measure(0, 0)
    return {
        "shown": shown,
        "heads": signed.heads,
        "area_dm2": signed.area_dm2,
        "heads_mille": per_mille(signed.heads, whole.heads),
        "area_mille": per_mille(signed.area_dm2, whole.area_dm2),
        "whole": whole,
        "reached": shown and found.reached,
    }


def least_of(found: Standing) -> dict[str, int | None]:
    """Return the least heads and area that are enough, where there is a share of them."""
    needed, whole = found.needed, found.stored.electorate
    return {
        "heads": least(needed.heads, whole.heads) if needed.heads else None,
        "area_dm2": least(needed.area, whole.area_dm2) if needed.area else None,
    }


def needs(needed: Threshold) -> dict[str, int | bool | None]:
    """Return the shares in whole percent for a sentence; the profiles have no others."""
    return {
        "heads": needed.heads.numerator * 100 // needed.heads.denominator if needed.heads else None,
        "area": needed.area.numerator * 100 // needed.area.denominator if needed.area else None,
        "either": needed.either,
    }


def data_of(
    request: Request, election: str, fingerprint: str, asked: dict[str, str], *, begins: bool
) -> dict[str, Any]:
    """Return what the script of the page needs."""
    reader = reader_of(request)
    return {
        "election": election,
        "fingerprint": fingerprint,
        "worker": asset_path("worker/seal.js"),
        "asked": asked,
        "begins": begins,
        "code_minutes": TTL_SECONDS // 60,
        "resend_seconds": RESEND_SECONDS,
        "words": {key: reader.pick(WORDS[f"owner.{key}"]) for key in OWNER_SAID}
        | {key: reader.pick(PETITIONS[f"petitions.{key}"]) for key in SAID},
        "language": reader.language.tag,
    }


async def standing_of(request: Request) -> Standing:
    """Return the petition that the address names."""
    return await petitions_of(request).get(request.path_params["estate"], request.path_params["petition"])


def kind_of(text: str) -> PetitionKind | None:
    """Return a kind by its word."""
    return next((each for each in PetitionKind if each == text), None)


_PETITIONS = "/estates/{estate}/petitions"
_PETITION = f"{_PETITIONS}/{{petition}}"
routes: list[BaseRoute] = [
    page(_PETITIONS, listed, summary="What owners ask together, and what share they need"),
    page(f"{_PETITIONS}/new", new, summary="Begin a petition with letter and code (`?kind=`)"),
    page(_PETITION, show, summary="A petition: its text, its sums, how it stands"),
    page(f"{_PETITION}/sign", sign, summary="Sign a petition with letter and code, or take the signature back"),
    page(
        f"{_PETITION}/reply", reply, summary="Print a member’s reply beside a recall", roles=PUBLISHERS, method="POST"
    ),
    page(f"{_PETITION}/answer", answer, summary="Answer a petition with a record", roles=PUBLISHERS, method="POST"),
]
