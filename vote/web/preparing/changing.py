"""Lawful changes after sealing: voting goes on, a candidate withdraws, a late error of the roll, giving up."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from vote.account.events import EventKind
from vote.election.annulment import Why
from vote.election.ask import AskKind
from vote.election.change import Corrected, Prolonged, Withdrawn, effects_of
from vote.election.manifest import decode_manifest
from vote.election.plan import closing
from vote.election.rules import State
from vote.election.store import StoredElection
from vote.errors import RefusedError
from vote.http import actor_of
from vote.law.citation import Text
from vote.role import Role
from vote.web.act import go_to, refused
from vote.web.form import FormError, read_form
from vote.web.noting import noted
from vote.web.preparing.asking import election_of, elections_of
from vote.web.rendering import render

Difference = Annotated[int, Field(gt=-(10**6), lt=10**6)]
TEMPLATE = "preparing/changes.html"


class ExtendForm(BaseModel):
    """The new closing day."""

    until: date


class WithdrawForm(BaseModel):
    """A candidate, as question and choice from 0."""

    candidate: Annotated[str, Field(pattern=r"^[0-9]{1,2}-[0-9]{1,2}$")]


class CorrectForm(BaseModel):
    """Differences of heads and of area in hundredths of a square metre."""

    heads: Difference = 0
    area: Annotated[str, Field(pattern=r"^[+-]?[0-9]{1,7}(\.[0-9]{1,2})?$")] = "0"


class AnnulForm(BaseModel):
    """Why it is given up, and that this is meant."""

    reason: Why
    meant: str


async def changes(request: Request) -> Response:
    """Show what may lawfully change, and what did."""
    return render(request, TEMPLATE, await _values(request, await election_of(request)))


async def extend(request: Request) -> Response:
    """Let voting go on."""
    stored = await election_of(request)
    try:
        form = await read_form(request, ExtendForm)
        async with noted(request, EventKind.ELECTION_EXTENDED):
            await elections_of(request).extend(stored.uuid, closing(form.until))
    except FormError as error:
        return await _again(request, stored, error.errors)
    except RefusedError as error:
        return refused(request, TEMPLATE, await _values(request, stored), error)
    return _back(request, stored)


async def withdraw(request: Request) -> Response:
    """Record that a candidate withdraws."""
    stored = await election_of(request)
    try:
        form = await read_form(request, WithdrawForm)
        question, choice = map(int, form.candidate.split("-"))
        async with noted(request, EventKind.CANDIDATE_WITHDRAWN):
            await elections_of(request).withdraw(stored.uuid, Withdrawn(question, choice))
    except FormError as error:
        return await _again(request, stored, error.errors)
    except RefusedError as error:
        return refused(request, TEMPLATE, await _values(request, stored), error)
    return _back(request, stored)


async def correct(request: Request) -> Response:
    """Record by how much a late error of the roll changes the totals."""
    stored = await election_of(request)
    try:
        form = await read_form(request, CorrectForm)
        async with noted(request, EventKind.ROLL_CORRECTED):
            await elections_of(request).correct(stored.uuid, Corrected(form.heads, area_of(form.area)))
    except FormError as error:
        return await _again(request, stored, error.errors)
    except RefusedError as error:
        return refused(request, TEMPLATE, await _values(request, stored), error)
    return _back(request, stored)


async def annul(request: Request) -> Response:
    """Give the election up."""
    stored = await election_of(request)
    try:
        form = await read_form(request, AnnulForm)
        async with noted(request, EventKind.ELECTION_ANNULLED):
            await elections_of(request).annul(stored.uuid, form.reason)
    except FormError as error:
        return await _again(request, stored, error.errors)
    except RefusedError as error:
        return refused(request, TEMPLATE, await _values(request, stored), error)
    return go_to(request, f"/work/elections/{stored.uuid}")


def area_of(text: str) -> int:
    """Return an area in m² with up to two decimals as dm² (0.01 m²)."""
    whole, _, decimals = text.lstrip("+-").partition(".")
    number = int(whole) * 100 + int(decimals.ljust(2, "0"))
    return -number if text.startswith("-") else number


async def _again(request: Request, stored: StoredElection, errors: Mapping[str, Text]) -> Response:
    return render(request, TEMPLATE, {**await _values(request, stored), "errors": errors}, 422)


def _back(request: Request, stored: StoredElection) -> Response:
    return go_to(request, f"/work/elections/{stored.uuid}/changes")


async def _values(request: Request, stored: StoredElection) -> Mapping[str, object]:
    made = await elections_of(request).changes(stored.uuid)
    manifest = decode_manifest(stored.sealed().manifest) if stored.files else None
    effects = effects_of(made)
    candidates = [
        (f"{question}-{choice}", name, question)
        for question, ask in enumerate(stored.draft.asks)
        if ask.kind is AskKind.ELECTION
        for choice, name in enumerate(ask.choices[:-1])
        if (question, choice) not in effects.withdrawn
    ]
    return {
        "stored": stored,
        "uuid": stored.uuid,
        "draft": stored.draft,
        "rule": manifest.changes.extension if manifest else None,
        "extensions": [each for each in made if isinstance(each, Prolonged)],
        "withdrawn": [(each.question, stored.draft.asks[each.question].choices[each.choice])
                      for each in made if isinstance(each, Withdrawn)],
        "corrections": [each for each in made if isinstance(each, Corrected)],
        "candidates": candidates,
        "organiser": actor_of(request).role is Role.ORGANISER,
        "open": stored.state is State.OPEN,
        "changeable": stored.state in {State.SEALED, State.NOTICED, State.OPEN, State.CLOSED},
        "can_annul": stored.state not in {State.CERTIFIED, State.ANNULLED, State.DRAFT},
        "reasons": [each for each in Why if each is not Why.DRAFT_DISCARDED],
        "errors": {},
        "refused": None,
        "demo": False,
    }  # fmt: skip
