"""Views about owners' phones."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response

from vote.errors import Reason, RefusedError
from vote.http import RowNumber, Strict, actor_of, concern, operation
from vote.phone.rules import Source
from vote.phone.service import PhoneService, Stated
from vote.role import Role

MAX_LIST = 1 << 20
"""Bytes: a line for every owner of any estate."""


class PhoneBody(Strict):
    """An entitlement's number in the roll, and its owner's telephone number as written."""

    entitlement: RowNumber
    number: str


class BringBody(Strict):
    """Numbers that owners gave, and on what: delivery_receipt, desk, wish_form, or owner, which confirms nothing."""

    source: str
    phones: list[PhoneBody]


class ConfirmBody(Strict):
    """Numbers that owners stated, and how: delivery_receipt, desk or wish_form."""

    how: str
    phones: list[PhoneBody]


class ConfirmAnswer(Strict):
    """How many were confirmed, and the entitlements for which another number, or none, is in force."""

    confirmed: int
    different: list[int]


class ChangeBody(Strict):
    """Another number for an owner, and how the owner stated it: delivery_receipt, desk or wish_form."""

    entitlement: RowNumber
    number: str
    how: str


class ChangeAnswer(Strict):
    """The number of a proposed change."""

    change: int


class WaitingChange(Strict):
    """A change that waits for the second editor; `own` if whoever asks proposed it."""

    change: int
    entitlement: int
    number: str
    how: str
    own: bool


class ChangesAnswer(Strict):
    """All changes that wait."""

    changes: list[WaitingChange]


async def bring(request: Request, body: BringBody) -> Response:
    """Keep numbers that owners gave before the roll was frozen."""
    concern(request, [each.entitlement for each in body.phones])
    await _phones(request).bring(request.path_params["roll"], _stated(body.phones), _source(body.source))
    return Response(status_code=204)


async def confirm(request: Request, body: ConfirmBody) -> ConfirmAnswer:
    """Note that owners confirmed their numbers."""
    concern(request, [each.entitlement for each in body.phones])
    done = await _phones(request).confirm(_election(request), _stated(body.phones), _source(body.how))
    return ConfirmAnswer(confirmed=done.confirmed, different=list(done.different))


async def propose(request: Request, body: ChangeBody) -> ChangeAnswer:
    """Propose another number for an owner."""
    stated = Stated(body.entitlement, body.number)
    person = actor_of(request).person
    concern(request, [body.entitlement])
    return ChangeAnswer(change=await _phones(request).propose(_election(request), stated, _source(body.how), person))


async def proposals(request: Request, _: None) -> ChangesAnswer:
    """Return the changes that wait for the second editor."""
    found = await _phones(request).proposals(_election(request), actor_of(request).person)
    concern(request, [each.entitlement for each in found])
    return ChangesAnswer(changes=[WaitingChange(**each._asdict()) for each in found])


async def accept(request: Request, _: None) -> Response:
    """Put a proposed number in force."""
    return await _decide(request, accepted=True)


async def refuse(request: Request, _: None) -> Response:
    """Refuse a proposed number."""
    return await _decide(request, accepted=False)


async def _decide(request: Request, *, accepted: bool) -> Response:
    person, change = actor_of(request).person, request.path_params["change"]
    waiting = await _phones(request).proposals(_election(request), person)
    concern(request, [each.entitlement for each in waiting if each.change == change])
    await _phones(request).decide(_election(request), change, person, accepted=accepted)
    return Response(status_code=204)


def _stated(phones: Sequence[PhoneBody]) -> list[Stated]:
    return [Stated(each.entitlement, each.number) for each in phones]


def _source(text: str) -> Source:
    if text not in set(Source) - {Source.ROLL}:
        words = ", ".join(source for source in Source if source is not Source.ROLL)
        raise RefusedError(Reason.MALFORMED, f"Where a number comes from is one of: {words}.")
    return Source(text)


def _election(request: Request) -> str:
    uuid: str = request.path_params["election"]
    return uuid


def _phones(request: Request) -> PhoneService:
    phones: PhoneService = request.state["phones"]
    return phones


_ELECTION = "/api/elections/{election}/phones"
routes = [
    operation(
        "/api/rolls/{roll:number}/phones", bring, method="POST", summary="Bring phones that owners gave, before freezing",
        role=Role.STAFF, body=BringBody, status=204, max_bytes=MAX_LIST,
    ),
    operation(
        f"{_ELECTION}/confirmations", confirm, method="POST", summary="Confirm phones that owners stated",
        role=Role.DESK, body=ConfirmBody, answer=ConfirmAnswer, max_bytes=MAX_LIST,
    ),
    operation(
        f"{_ELECTION}/changes", propose, method="POST", summary="Propose another phone for an owner", role=Role.PHONES,
        body=ChangeBody, answer=ChangeAnswer, status=201,
    ),
    operation(
        f"{_ELECTION}/changes", proposals, summary="List changes of phones that wait for the second editor",
        role=Role.PHONES, answer=ChangesAnswer,
    ),
    operation(
        f"{_ELECTION}/changes/{{change:number}}/accept", accept, method="POST",
        summary="Put a proposed phone in force, as the second editor", role=Role.PHONES, status=204,
    ),
    operation(
        f"{_ELECTION}/changes/{{change:number}}/refuse", refuse, method="POST",
        summary="Refuse a proposed phone, as the second editor", role=Role.PHONES, status=204,
    ),
]  # fmt: skip
