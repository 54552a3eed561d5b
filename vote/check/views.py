"""Views about what lies between closing and counting."""

import re
from contextlib import AbstractAsyncContextManager

from starlette.requests import Request
from starlette.responses import Response

from vote.account.events import EventKind, EventService
from vote.check.service import CheckService
from vote.errors import Reason, RefusedError
from vote.http import RowNumber, Strict, actor_of, operation
from vote.role import Role

JSON = "application/json"
_PERCENT = re.compile("[1-9][0-9]?|100")


class DisputeBody(Strict):
    """What an owner disputes; entitlements by their numbers in the roll."""

    kind: str
    raised_by: RowNumber
    about: RowNumber
    text: str


class DisputeAnswer(Strict):
    """The number of a dispute."""

    dispute: int


class TextAnswer(Strict):
    """What the owner said."""

    text: str


class SettleBody(Strict):
    """How a dispute ends; `answer` is public; `latest` counts the ballots to be set aside from the last one back."""

    outcome: str
    answer: str
    latest: RowNumber | None = None


class CheckBody(Strict):
    """Whether counting goes on though the totals are likely to give choices away."""

    accept_disclosure: bool = False


class DisclosureAnswer(Strict):
    """How often totals of such a turnout would give a choice away."""

    participants: int
    simulations: int
    forced: int
    outliers: int
    permyriad: int
    exact: bool
    warn: bool


async def dispute(request: Request, body: DisputeBody) -> DisputeAnswer:
    """Write down what an owner disputes."""
    async with _noted(request, EventKind.DISPUTE_WRITTEN, *{body.raised_by, body.about}):
        number = await _checks(request).dispute(_uuid(request), body.kind, body.raised_by, body.about, body.text)
    return DisputeAnswer(dispute=number)


async def text(request: Request, _: None) -> TextAnswer:
    """Return what an owner said."""
    await _note(request, EventKind.DISPUTE_SEEN)
    return TextAnswer(text=await _checks(request).text(_uuid(request), request.path_params["dispute"]))


async def settle(request: Request, body: SettleBody) -> Response:
    """Settle a dispute."""
    number = request.path_params["dispute"]
    async with _noted(request, EventKind.DISPUTE_SETTLED):
        await _checks(request).settle(_uuid(request), number, body.outcome, body.answer, body.latest)
    return Response(status_code=204)


async def check(request: Request, body: CheckBody) -> Response:
    """Find who took part for good."""
    async with _noted(request, EventKind.BALLOTS_CHECKED):
        await _checks(request).check(_uuid(request), accept_disclosure=body.accept_disclosure)
    return Response(status_code=204)


async def expect_disclosure(request: Request, _: None) -> DisclosureAnswer:
    """Say what totals would give away, while the election is prepared."""
    found = await _checks(request).expect(_uuid(request), _percent(request.query_params.get("turnout", "100")))
    return DisclosureAnswer(
        participants=found.participants,
        simulations=found.simulations,
        forced=found.forced,
        outliers=found.outliers,
        permyriad=found.permyriad,
        exact=found.exact,
        warn=found.warn,
    )


async def participation(request: Request, _: None) -> Response:
    """Return who took part, with areas."""
    found = await _checks(request).participation(_uuid(request), areas=True)
    await _note(request, EventKind.PARTICIPATION_SEEN)
    return _file(found)


async def participation_json(request: Request, _: None) -> Response:
    """Return which rooms took part."""
    return _file(await _checks(request).participation(_uuid(request), areas=False))


async def disputes_json(request: Request, _: None) -> Response:
    """Return what was disputed and how it ended."""
    return _file(await _checks(request).disputes(_uuid(request)))


async def check_json(request: Request, _: None) -> Response:
    """Return what was found before counting."""
    return _file(await _checks(request).found(_uuid(request)))


def _noted(request: Request, kind: EventKind, *owners: int) -> AbstractAsyncContextManager[None]:
    events: EventService = request.state["events"]
    return events.beside(actor_of(request), kind, election=_uuid(request), owners=owners)


async def _note(request: Request, kind: EventKind) -> None:
    events: EventService = request.state["events"]
    await events.record(actor_of(request), kind, election=_uuid(request))


def _percent(text: str) -> int:
    if _PERCENT.fullmatch(text) is None:
        raise RefusedError(Reason.MALFORMED, "The turnout is a percentage from 1 to 100: give it so, or leave it out.")
    return int(text)


def _file(data: bytes) -> Response:
    return Response(data, media_type=JSON)


def _uuid(request: Request) -> str:
    return str(request.path_params["election"])


def _checks(request: Request) -> CheckService:
    checks: CheckService = request.state["checks"]
    return checks


_ELECTION = "/api/elections/{election}"
routes = [
    operation(
        f"{_ELECTION}/disputes", dispute, method="POST", summary="Write down what an owner disputes", role=Role.DESK,
        body=DisputeBody, answer=DisputeAnswer, status=201,
    ),
    operation(
        f"{_ELECTION}/disputes/{{dispute:number}}", text, summary="Read what an owner disputes", role=Role.ORGANISER,
        answer=TextAnswer,
    ),
    operation(
        f"{_ELECTION}/disputes/{{dispute:number}}/settle", settle, method="POST", summary="Settle a dispute",
        role=Role.ORGANISER, body=SettleBody, status=204,
    ),
    operation(
        f"{_ELECTION}/check", check, method="POST", summary="Find who took part for good, before counting",
        role=Role.ORGANISER, body=CheckBody, status=204,
    ),
    operation(
        f"{_ELECTION}/disclosure", expect_disclosure, summary="Say what exact totals would give away", role=Role.STAFF,
        answer=DisclosureAnswer, query=("turnout",),
    ),
    operation(
        f"{_ELECTION}/participation", participation, summary="Show who took part, with areas", role=Role.ORGANISER,
        also=(Role.COMMUNITY,), answer=JSON,
    ),
    operation(
        "/elections/{election}/participation.json", participation_json, summary="Which rooms took part", answer=JSON
    ),
    operation("/elections/{election}/disputes.json", disputes_json, summary="Disputes and how they ended", answer=JSON),
    operation("/elections/{election}/check.json", check_json, summary="What was found before counting", answer=JSON),
]  # fmt: skip
