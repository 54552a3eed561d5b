"""Owners' telephones on pages: the list with covered numbers, bringing, confirming at the desk, changing by two people.

* A list shows the tail of a number only. Whoever decides a change sees the new number whole, and the look is written down.
* An owner is found by the home, as people say it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Annotated, Literal

from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from vote.account.events import EventKind
from vote.election.service import ElectionService
from vote.election.store import StoredElection
from vote.errors import RefusedError
from vote.estate.service import EstateService
from vote.http import actor_of
from vote.law.citation import Text
from vote.phone.rules import CONFIRMING, Source
from vote.phone.service import ListedPhone, Stated
from vote.role import Role
from vote.web.act import go_to
from vote.web.clerk.asking import account_of, drafts_of, phones_of, refused, rolls_of
from vote.web.clerk.leaf import leaf_of
from vote.web.clerk.roll_pages import page_of
from vote.web.finishing.home import find_home
from vote.web.form import FormError, form_of, read_form, typed
from vote.web.noting import note, noted
from vote.web.rendering import render

SHOWN = 200
STANDS = ("confirmed", "unconfirmed", "landline", "shared", "none")
_UNKNOWN = Text(
    "清册里没有找到这一户，请写全，例如3幢2单元501室。",
    "The roll has no such home; write it whole, as in 3幢2单元501室.",
)
How = Literal["delivery_receipt", "desk", "wish_form"]


class StatedForm(BaseModel):
    """A number that an owner gave, and on what."""

    home: Annotated[str, Field(max_length=100)]
    number: Annotated[str, Field(max_length=40)]
    how: How


class BroughtForm(BaseModel):
    """The same before the roll is frozen, when it may come without any paper."""

    home: Annotated[str, Field(max_length=100)]
    number: Annotated[str, Field(max_length=40)]
    how: Literal["delivery_receipt", "desk", "wish_form", "owner"]


async def of_roll(request: Request) -> Response:
    """Show where the numbers of a roll's owners come from and which are confirmed; the look is written down."""
    return render(request, "clerk/phones.html", await _roll_values(request))


async def bring(request: Request) -> Response:
    """Keep a number that an owner gave before the roll is frozen."""
    page = await page_of(request)
    try:
        form = await read_form(request, BroughtForm)
        owner = await _find(request, page.roll.id, form.home)
        async with noted(request, EventKind.PHONE_CHANGED, estate=page.place.id, roll=page.roll.id, owners=[owner]):
            await phones_of(request).bring(page.roll.id, [Stated(owner, form.number)], Source(form.how))
    except FormError as error:
        values = {**await _roll_values(request), "errors": error.errors, "typed": error.values}
        return render(request, "clerk/phones.html", values, 422)
    except RefusedError as error:
        return refused(request, "clerk/phones.html", await _roll_values(request), error)
    await drafts_of(request).note(page.roll.id, "phones", account_of(request), item=owner)
    return go_to(request, f"{page.path}/phones", done="1")


async def of_election(request: Request) -> Response:
    """Show the counts, what waits for a second person, and the forms that the visitor's duty has."""
    stored = await _election(request)
    return render(request, "clerk/election-phones.html", await _election_values(request, stored))


async def confirm(request: Request) -> Response:
    """Note that an owner confirmed a number in person."""
    stored = await _election(request)
    try:
        form = await read_form(request, StatedForm)
        owner = await _find(request, stored.draft.roll, form.home)
        async with _changing(request, stored, [owner]):
            done = await phones_of(request).confirm(stored.uuid, [Stated(owner, form.number)], Source(form.how))
    except FormError as error:
        values = {**await _election_values(request, stored), "errors": error.errors, "typed": error.values}
        return render(request, "clerk/election-phones.html", values, 422)
    except RefusedError as error:
        return refused(request, "clerk/election-phones.html", await _election_values(request, stored), error)
    return go_to(request, f"/work/elections/{stored.uuid}/phones", done="confirmed" if done.confirmed else "different")


async def propose(request: Request) -> Response:
    """Propose another number for an owner."""
    stored = await _election(request)
    try:
        form = await read_form(request, StatedForm)
        owner = await _find(request, stored.draft.roll, form.home)
        async with _changing(request, stored, [owner]):
            await phones_of(request).propose(
                stored.uuid, Stated(owner, form.number), Source(form.how), actor_of(request).person
            )
    except FormError as error:
        values = {**await _election_values(request, stored), "errors": error.errors, "typed": error.values}
        return render(request, "clerk/election-phones.html", values, 422)
    except RefusedError as error:
        return refused(request, "clerk/election-phones.html", await _election_values(request, stored), error)
    return go_to(request, f"/work/elections/{stored.uuid}/phones", done="proposed")


async def accept(request: Request) -> Response:
    """Put a proposed number in force."""
    return await _decide(request, accepted=True)


async def refuse(request: Request) -> Response:
    """Refuse a proposed number."""
    return await _decide(request, accepted=False)


async def _decide(request: Request, *, accepted: bool) -> Response:
    stored = await _election(request)
    change, person = request.path_params["change"], actor_of(request).person
    try:
        waiting = await phones_of(request).proposals(stored.uuid, person)
        async with _changing(request, stored, [each.entitlement for each in waiting if each.change == change]):
            await phones_of(request).decide(stored.uuid, change, person, accepted=accepted)
    except RefusedError as error:
        return refused(request, "clerk/election-phones.html", await _election_values(request, stored), error)
    return go_to(request, f"/work/elections/{stored.uuid}/phones", done="accepted" if accepted else "refused")


def _changing(request: Request, stored: StoredElection, owners: Sequence[int]) -> AbstractAsyncContextManager[None]:
    return noted(request, EventKind.PHONE_CHANGED, estate=stored.draft.estate, election=stored.uuid, owners=owners)


async def _roll_values(request: Request) -> dict[str, object]:
    page = await page_of(request)
    await note(request, EventKind.PHONE_SEEN, estate=page.place.id, count=max(page.roll.heads, 1))
    homes = await _homes(request, page.roll.id)
    listed = await phones_of(request).listed(page.roll.id)
    by_owner = {each.entitlement: each for each in listed}
    rows = [(number, places, by_owner.get(number)) for number, places in homes.items()]
    asked = request.query_params.get("show", "")
    chosen = asked if asked in STANDS else ""
    shown = [each for each in rows if not chosen or chosen in _stands(each[2])]
    leaf = leaf_of(len(shown), request.query_params.get("page", ""), SHOWN)
    return {
        "page": page,
        "rows": leaf.of(shown),
        "leaf": leaf,
        "chosen": chosen,
        "counts": Counter(stand for _, _, phone in rows for stand in _stands(phone)),
        "supplied": Counter(str(each.source) for each in listed),
        "errors": {},
        "typed": {},
        "refused": None,
        "done": "done" in request.query_params,
    }


def _stands(phone: ListedPhone | None) -> tuple[str, ...]:
    """Under which headings an owner stands."""
    if phone is None:
        return ("none",)
    confirmed = "confirmed" if phone.confirmed_how in CONFIRMING else "unconfirmed"
    return (confirmed, *("landline",) * (not phone.mobile), *("shared",) * (phone.shared > 1))


async def _election_values(request: Request, stored: StoredElection) -> dict[str, object]:
    estates: EstateService = request.state["estates"]
    actor = actor_of(request)
    phones = phones_of(request)
    editing = actor.role is Role.PHONES
    homes = await _homes(request, stored.draft.roll)
    proposals = await phones.proposals(stored.uuid, actor.person) if editing else []
    if proposals:
        owners = [each.entitlement for each in proposals]
        await note(request, EventKind.PHONE_SEEN, estate=stored.draft.estate, election=stored.uuid, owners=owners)
    return {
        "stored": stored,
        "place": await estates.get(stored.draft.estate),
        "counts": await phones.counts(stored.draft.roll),
        "heads": len(homes),
        "editing": editing,
        "desk": actor.role is Role.DESK,
        "proposals": proposals,
        "homes": homes,
        "errors": {},
        "typed": {},
        "refused": None,
        "done": request.query_params.get("done", ""),
    }


async def _homes(request: Request, roll: int) -> Mapping[int, Sequence[str]]:
    return {each.number: each.homes for each in await rolls_of(request).store.entitlements(roll)}


async def _find(request: Request, roll: int, home: str) -> int:
    found = find_home(home, await _homes(request, roll))
    if found is None:
        raise FormError({"home": _UNKNOWN}, typed(await form_of(request)))
    return found


async def _election(request: Request) -> StoredElection:
    elections: ElectionService = request.state["elections"]
    return await elections.get(request.path_params["election"])
