"""Views about duties: the boards for programs, and what a committee or staff enter."""

from collections.abc import Iterator
from datetime import date

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from vote.http import Strict, actor_of, open_answer, operation
from vote.oversight.duty.rules import Event
from vote.oversight.duty.service import DutyService, EstateBoard
from vote.oversight.duty.standing import Standing, publicly
from vote.role import Role


class DutyAnswer(Strict):
    """A duty and how it stands, as everybody sees it."""

    duty: str
    act: str
    debtor: str
    due: str | None = None
    """The last day, as in 2026-12-31; none where the article gives no number of days."""
    state: str
    articles: list[str]
    """As in `CC 281`; none where the committee's own decision is the ground."""
    fulfilled_on: str | None = None
    record: str | None = None
    """The record that fulfilled it."""
    budget_fen: int | None = None
    contractor: str | None = None
    responsible: str | None = None
    """Of a promise, as the decision has them at last."""


class EstateDuties(Strict):
    """What an estate owes, by due day."""

    estate: str
    name: str
    kept: bool
    """Whether duties are kept at all."""
    duties: list[DutyAnswer]


class CountyDuties(Strict):
    """What all estates owe for which duties are kept."""

    on: str
    """The day in China for which this is true."""
    estates: list[EstateDuties]


class KeepingBody(Strict):
    """Since when duties are kept, and whether there is a property manager."""

    since: date = Field(strict=False)
    managed: bool


class HappeningBody(Strict):
    """Something that starts a clock."""

    event: Event = Field(strict=False)
    on: date = Field(strict=False)
    number: str = ""
    """Drawn beforehand, so that what is sent twice is entered once."""


class HappeningAnswer(Strict):
    """Under which name it stands; duties that follow from it end in it."""

    happening: str


class FulfilmentBody(Strict):
    """Which record fulfils which duty."""

    record: str
    duty: str


async def county(request: Request, _: None) -> Response:
    """Return what all estates owe; `estate` and `state` choose among it."""
    estate, state = request.query_params.get("estate", ""), request.query_params.get("state", "")
    boards = await duties_of(request).boards()
    found = [_estate(each, state) for each in boards if not estate or each.place.id == estate]
    on = boards[0].on if boards else await duties_of(request).today()
    return open_answer(CountyDuties(on=on.isoformat(), estates=found))


async def of_estate(request: Request, _: None) -> Response:
    """Return what one estate owes."""
    return open_answer(_estate(await duties_of(request).board(request.path_params["estate"]), ""))


async def keep(request: Request, body: KeepingBody) -> Response:
    """Begin to keep an estate's duties."""
    estate = request.path_params["estate"]
    await duties_of(request).keep(estate, body.since, actor_of(request), managed=body.managed)
    return Response(status_code=204)


async def note(request: Request, body: HappeningBody) -> HappeningAnswer:
    """Enter what happened."""
    duties, estate = duties_of(request), request.path_params["estate"]
    return HappeningAnswer(happening=await duties.note(estate, body.event, body.on, actor_of(request), body.number))


async def fulfil(request: Request, body: FulfilmentBody) -> Response:
    """Say which duty a record fulfils."""
    await duties_of(request).fulfil(request.path_params["estate"], body.record, body.duty, actor_of(request))
    return Response(status_code=204)


def duties_of(request: Request) -> DutyService:
    """Return the service of duties."""
    service: DutyService = request.state["duties"]
    return service


def _estate(board: EstateBoard, state: str) -> EstateDuties:
    return EstateDuties(
        estate=board.place.id,
        name=board.place.name,
        kept=board.kept is not None,
        duties=[each for each in _duties(board) if not state or each.state == state],
    )


def _duties(board: EstateBoard) -> Iterator[DutyAnswer]:
    for each in board.standings:
        promise = board.promise(each)
        yield DutyAnswer(
            duty=each.duty.name,
            act=each.duty.act,
            debtor=each.duty.debtor,
            due=_day(each.duty.due),
            state=publicly(each.state),
            articles=[citation.code for citation in each.duty.citations],
            fulfilled_on=_day(each.fulfilled_on),
            record=_record(each),
            budget_fen=promise.budget_fen if promise else None,
            contractor=(promise.contractor or None) if promise else None,
            responsible=(promise.responsible or None) if promise else None,
        )


def _record(each: Standing) -> str | None:
    return each.record or None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


_DUTIES = "/api/estates/{estate}/duties"
_COMMITTEE = (Role.COMMITTEE,)
routes = [
    operation(
        "/api/duties",
        county,
        summary="What all estates owe their owners",
        answer=CountyDuties,
        query=("estate", "state"),
    ),
    operation(_DUTIES, of_estate, summary="What an estate owes its owners", answer=EstateDuties),
    operation(
        f"{_DUTIES}/keeping",
        keep,
        method="POST",
        summary="Begin to keep an estate's duties",
        role=Role.STAFF,
        body=KeepingBody,
        status=204,
    ),
    operation(
        f"{_DUTIES}/happenings",
        note,
        method="POST",
        summary="Enter what starts a duty's clock",
        role=Role.STAFF,
        also=_COMMITTEE,
        body=HappeningBody,
        answer=HappeningAnswer,
        status=201,
    ),
    operation(
        f"{_DUTIES}/fulfilments",
        fulfil,
        method="POST",
        summary="Say which duty a record fulfils",
        role=Role.STAFF,
        also=_COMMITTEE,
        body=FulfilmentBody,
        status=204,
    ),
]
