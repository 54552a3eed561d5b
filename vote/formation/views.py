"""Views about cases: where each stands, for programs and boards; what staff and committees note."""

from datetime import date

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from vote.formation.due import Due
from vote.formation.noting import Beginning
from vote.formation.service import Course, FormationService
from vote.http import Strict, actor_of, open_answer, operation
from vote.law.procedure import Happening, Procedure
from vote.role import Role


class DueAnswer(Strict):
    """A deadline that runs."""

    deadline: str
    who: str
    name: str
    last_day: str | None = None
    """None where the text gives no number of days."""
    provisional: bool
    """Whether it rests on holidays that are not arranged yet."""
    article: str


class CaseAnswer(Strict):
    """A case and where it stands today."""

    case: str
    procedure: str
    profile: str
    begun_on: str
    state: str
    below: str | None = None
    """Where something lies over it, such as a suit: the state that it goes on from."""
    turn: str
    step: str
    """The single next step, in Chinese."""
    idle: str
    """What comes if nothing happens, in Chinese."""
    article: str
    missing: list[str]
    possible: list[str]
    due: list[DueAnswer]
    opens_from: str | None = None
    over: bool
    elections: list[str]


class EstateCases(Strict):
    """The cases of an estate, the latest first."""

    estate: str
    name: str
    cases: list[CaseAnswer]


class Board(Strict):
    """Every estate with its cases."""

    on: str
    """The day in China for which this is true."""
    estates: list[EstateCases]


class CaseBody(Strict):
    """What begins."""

    procedure: Procedure = Field(strict=False)
    begun_on: date | None = Field(default=None, strict=False)
    """The day from which what happened counts; without one it is today."""
    term_ends: date | None = Field(default=None, strict=False)
    """The last day of the present term; of a renewal only."""
    number: str = ""
    """Drawn beforehand, so that what is sent twice begins once."""


class CaseBegun(Strict):
    """Under which number it stands."""

    case: str


class CaseHappeningBody(Strict):
    """What happened, on its day."""

    event: Happening = Field(strict=False)
    on: date = Field(strict=False)
    number: str = ""
    """Drawn beforehand, so that what is sent twice is noted once."""


class CaseHappeningAnswer(Strict):
    """Under which name it stands."""

    happening: str


class CaseElectionBody(Strict):
    """Which vote belongs to the case."""

    election: str


async def board(request: Request, _: None) -> Response:
    """Return every estate's cases."""
    formations = formations_of(request)
    found = await formations.everywhere()
    estates = [_estate(place.id, place.name, courses) for place, courses in found]
    return open_answer(Board(on=(await formations.today()).isoformat(), estates=estates))


async def of_estate(request: Request, _: None) -> Response:
    """Return the cases of one estate."""
    formations, estate = formations_of(request), request.path_params["estate"]
    place = await formations.place(estate)
    return open_answer(_estate(place.id, place.name, await formations.of_estate(estate)))


async def one(request: Request, _: None) -> Response:
    """Return one case."""
    course = await formations_of(request).course(request.path_params["estate"], request.path_params["case"])
    return open_answer(_case(course))


async def begin(request: Request, body: CaseBody) -> CaseBegun:
    """Begin a case."""
    estate = request.path_params["estate"]
    beginning = Beginning(body.procedure, body.begun_on, body.term_ends)
    return CaseBegun(case=await formations_of(request).begin(estate, beginning, actor_of(request), number=body.number))


async def note(request: Request, body: CaseHappeningBody) -> CaseHappeningAnswer:
    """Note what happened."""
    estate, case = request.path_params["estate"], request.path_params["case"]
    by = actor_of(request)
    name = await formations_of(request).note(estate, case, body.event, body.on, by, number=body.number)
    return CaseHappeningAnswer(happening=name)


async def take_back(request: Request, _: None) -> Response:
    """Take back what was noted by mistake."""
    path = request.path_params
    await formations_of(request).take_back(path["estate"], path["case"], path["happening"], actor_of(request))
    return Response(status_code=204)


async def join(request: Request, body: CaseElectionBody) -> Response:
    """Say that a vote belongs to a case."""
    path = request.path_params
    await formations_of(request).join(path["estate"], path["case"], body.election, actor_of(request))
    return Response(status_code=204)


def formations_of(request: Request) -> FormationService:
    """Return the service of cases."""
    service: FormationService = request.state["formations"]
    return service


def _estate(estate: str, name: str, courses: list[Course]) -> EstateCases:
    return EstateCases(estate=estate, name=name, cases=[_case(each) for each in courses])


def _case(course: Course) -> CaseAnswer:
    standing, stored = course.standing, course.stored
    return CaseAnswer(
        case=stored.uuid,
        procedure=stored.procedure,
        profile=stored.profile,
        begun_on=stored.begun_on.isoformat(),
        state=standing.state.id,
        below=standing.below.id if standing.below else None,
        turn=standing.turn,
        step=standing.state.step.zh,
        idle=standing.state.idle.zh,
        article=standing.state.citation.code,
        missing=list(standing.missing),
        possible=list(standing.possible),
        due=[_due(each) for each in standing.due],
        opens_from=standing.opens_from.isoformat() if standing.opens_from else None,
        over=standing.is_over,
        elections=list(course.elections),
    )


def _due(due: Due) -> DueAnswer:
    return DueAnswer(
        deadline=due.deadline.id,
        who=due.deadline.who,
        name=due.deadline.name.zh,
        last_day=due.day.isoformat() if due.day else None,
        provisional=due.provisional,
        article=due.value.citations[0].code,
    )


_CASES = "/api/estates/{estate}/cases"
_CASE = f"{_CASES}/{{case}}"
_COMMITTEE = (Role.COMMITTEE,)
routes = [
    operation("/api/cases", board, summary="Where every estate's cases stand", answer=Board),
    operation(_CASES, of_estate, summary="Where an estate's cases stand", answer=EstateCases),
    operation(
        _CASES,
        begin,
        method="POST",
        summary="Begin a case: forming, renewal, by-election, recall, interim meeting",
        role=Role.STAFF,
        also=_COMMITTEE,
        body=CaseBody,
        answer=CaseBegun,
        status=201,
    ),
    operation(_CASE, one, summary="Where a case stands, whose turn it is, until when", answer=CaseAnswer),
    operation(
        f"{_CASE}/happenings",
        note,
        method="POST",
        summary="Note what happened in a case",
        role=Role.STAFF,
        also=_COMMITTEE,
        body=CaseHappeningBody,
        answer=CaseHappeningAnswer,
        status=201,
    ),
    operation(
        f"{_CASE}/happenings/{{happening}}/take-back",
        take_back,
        method="POST",
        summary="Take back what was noted in a case by mistake",
        role=Role.STAFF,
        status=204,
    ),
    operation(
        f"{_CASE}/elections",
        join,
        method="POST",
        summary="Say that a vote belongs to a case",
        role=Role.STAFF,
        body=CaseElectionBody,
        status=204,
    ),
]
