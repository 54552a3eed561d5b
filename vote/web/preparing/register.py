"""The register of letters: what became of each, by building, and those that did not arrive."""

from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from vote.account.events import EventKind
from vote.delivery.rules import Letter, Outcome, Standing, count_standings, letters_missing
from vote.election.rules import State
from vote.errors import RefusedError
from vote.http import actor_of
from vote.law.citation import Text
from vote.web.act import go_to, refused
from vote.web.form import form_of
from vote.web.noting import note, noted
from vote.web.preparing.asking import deliveries_of, election_of, printing_of, today
from vote.web.rendering import render

WRITABLE = (State.SEALED, State.NOTICED, State.OPEN)


async def register(request: Request) -> Response:
    """Show what became of the letters of a building."""
    values = await _values(request, request.query_params.get("building", ""))
    if values["building"]:
        await note(request, EventKind.LETTERS_SEEN, count=len(values["letters"]))
    return render(request, "preparing/register.html", values)


async def write_down(request: Request) -> Response:
    """Write down what became of the letters that are ticked, or of all that wait in a building."""
    stored, form = await election_of(request), await form_of(request)
    words = {name: value.strip() for name, value in form.multi_items() if isinstance(value, str)}
    building = words.get("building", "")
    letters = [each for each in await deliveries_of(request).letters(stored.uuid) if each.building == building]
    if words.get("whole"):
        chosen = [each.entitlement for each in letters if each.standing is not Standing.DELIVERED]
    else:
        ticked = {value for value in form.getlist("letter") if isinstance(value, str)}
        chosen = [each.entitlement for each in letters if str(each.entitlement) in ticked]
    try:
        happened_on = date.fromisoformat(words.get("happened_on", ""))
    except ValueError:
        errors = {"happened_on": Text("请写日期。", "Give the day.")}
        values = {**await _values(request, building), "errors": errors, "shown": words}
        return render(request, "preparing/register.html", values, 422)
    if not words.get("carrier") and words.get("outcome") != Outcome.MISTAKEN:
        errors = {"carrier": Text("请写谁送的。", "Say who delivered it.")}
        values = {**await _values(request, building), "errors": errors, "shown": words}
        return render(request, "preparing/register.html", values, 422)
    said = (words.get("carrier") or "—", words.get("proof", ""))
    try:
        async with noted(request, EventKind.DELIVERY_NOTED, count=len(chosen)):
            await deliveries_of(request).write_down(
                stored.uuid, chosen, words.get("outcome", ""), happened_on, said, actor_of(request).role
            )
    except RefusedError as error:
        values = {**await _values(request, building), "shown": words}
        return refused(request, "preparing/register.html", values, error)
    return go_to(request, f"/work/elections/{stored.uuid}/deliveries", building=building)


async def undelivered(request: Request) -> Response:
    """List the homes whose letter did not arrive, places only; while voting is open it is a list of those who cannot have."""
    stored = await election_of(request)
    letters = await deliveries_of(request).letters(stored.uuid)
    rest = [each for each in letters if each.standing is not Standing.DELIVERED]
    buildings: dict[str, list[Letter]] = {}
    for each in rest:
        buildings.setdefault(each.building, []).append(each)
    await note(request, EventKind.LETTERS_SEEN, count=len(rest))
    # Until voting opens, nobody can have voted, and the list may go up for people to come and take their letters.
    posted = stored.state in {State.SEALED, State.NOTICED}
    values = {
        "stored": stored,
        "uuid": stored.uuid,
        "buildings": buildings,
        "number": len(rest),
        "posted": posted,
        "demo": False,
    }
    return render(request, "preparing/undelivered.html", values)


async def _values(request: Request, building: str) -> dict[str, Any]:
    stored = await election_of(request)
    letters = await deliveries_of(request).letters(stored.uuid)
    buildings = list(dict.fromkeys(each.building for each in letters))
    counts = {name: count_standings(each for each in letters if each.building == name) for name in buildings}
    printed = request.query_params.get("printed", "")
    void = request.query_params.get("void", "0")
    missing = None
    account = await printing_of(request).account(stored.uuid)
    if account.printed:
        issued = sum(each.last is not None for each in letters)
        missing = letters_missing(account.printed, issued, account.voided)
    elif printed.isdecimal() and void.isdecimal() and max(len(printed), len(void)) < len("1000000"):
        issued = sum(each.last is not None for each in letters)
        missing = letters_missing(int(printed), issued, int(void))
    return {
        "stored": stored,
        "uuid": stored.uuid,
        "building": building if building in buildings else "",
        "buildings": buildings,
        "counts": counts,
        "total": count_standings(letters),
        "letters": [each for each in letters if each.building == building],
        "outcomes": tuple(Outcome),
        "writable": stored.state in WRITABLE,
        "today": await today(),
        "printed": printed,
        "void": void,
        "missing": missing,
        "account": account,
        "issued": sum(each.last is not None for each in letters),
        "errors": {},
        "shown": {},
        "refused": None,
        "demo": False,
    }
