"""Where an estate stands on its way to a committee and afterwards, for owners in five lines; what staff note about it.

* Everybody reads where a case stands, whose turn it is, by when, by which article, and what comes if nothing happens.
* What other areas know is shown as known, and not asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from vote.election.plan import Calendar
from vote.estate.store import EstatePlace
from vote.formation.evidence import BY_ITSELF
from vote.formation.meeting import notice_period
from vote.formation.noting import Beginning
from vote.formation.service import Course
from vote.formation.views import formations_of
from vote.http import actor_of
from vote.law.citation import MARK_TEXT
from vote.law.procedure import Happening, Procedure
from vote.role import Role
from vote.web.act import FIRST, Again, act, go_to
from vote.web.form import read_form
from vote.web.oversight.record_pages import PUBLISHERS, may_publish
from vote.web.page import page
from vote.web.rendering import render


class BeginningForm(BaseModel):
    """What begins."""

    procedure: Procedure
    begun_on: date | None = None
    term_ends: date | None = None
    number: str = ""


class CaseHappeningForm(BaseModel):
    """What happened."""

    event: Happening
    on: date
    number: str = ""


class CaseElectionForm(BaseModel):
    """Which vote belongs to a case."""

    election: str = Field(max_length=64)


class MeantForm(BaseModel):
    """That something is meant."""

    sure: str


_STAFF = (Role.STAFF,)
VOTING_DAYS = 14
"""How long a vote is taken to last where nobody has said it yet."""


@dataclass(frozen=True, slots=True)
class Row:
    """A case in one line of the board."""

    place: EstatePlace
    course: Course | None
    days_left: int | None
    """Until the nearest last day; below zero once it is past."""


async def board(request: Request) -> Response:
    """Show every estate's state, days left and whose turn it is, the most pressing first."""
    found = await formations_of(request).everywhere()
    rows = [row for place, courses in found for row in _rows(place, courses)]
    pressing = sorted((row for row in rows if row.course), key=_pressing)
    return render(request, "formation/board.html", {"rows": pressing, "none": [row for row in rows if not row.course]})


async def listed(request: Request) -> Response:
    """Show an estate's cases, and to staff a form that begins one."""
    return await _listed(request, FIRST)


async def _listed(request: Request, again: Again) -> Response:
    formations, estate = formations_of(request), request.path_params["estate"]
    courses = await formations.of_estate(estate)
    values = {
        "place": await formations.place(estate),
        "running": [each for each in courses if not each.standing.is_over],
        "over": [each for each in courses if each.standing.is_over],
        "insider": await may_publish(request),
        "procedures": list(Procedure),
        "number": again.typed.get("number") or formations.draw_number(),
        **again.shown,
    }
    return render(request, "formation/cases.html", values, again.status)


@act(_listed)
async def begin(request: Request) -> Response:
    """Begin a case."""
    form = await read_form(request, BeginningForm)
    estate = request.path_params["estate"]
    beginning = Beginning(form.procedure, form.begun_on, form.term_ends)
    case = await formations_of(request).begin(estate, beginning, actor_of(request), number=form.number)
    return go_to(request, f"/estates/{estate}/cases/{case}")


async def one(request: Request) -> Response:
    """Show where a case stands."""
    return await _one(request, FIRST)


async def _one(request: Request, again: Again) -> Response:
    formations = formations_of(request)
    course = await formations.course(request.path_params["estate"], request.path_params["case"])
    insider = await may_publish(request)
    values = {
        "place": course.place,
        "course": course,
        "standing": course.standing,
        "happened": list(reversed(course.happened)),
        "waiting": [each for each in course.standing.waiting if each.name],
        "offered": _offered(course),
        "latest": _latest(course),
        "voting_days": VOTING_DAYS,
        "insider": insider,
        "staff": insider and await may_publish(request, _STAFF),
        "marks": MARK_TEXT,
        "ready": await formations.readiness(course) if insider and not course.standing.is_over else None,
        "votes": await formations.votes(course) if insider else [],
        "number": again.typed.get("number") or formations.draw_number(),
        **again.shown,
    }
    return render(request, "formation/case.html", values, again.status)


@act(_one)
async def note(request: Request) -> Response:
    """Note what happened."""
    form = await read_form(request, CaseHappeningForm)
    estate, case = request.path_params["estate"], request.path_params["case"]
    await formations_of(request).note(estate, case, form.event, form.on, actor_of(request), number=form.number)
    return go_to(request, f"/estates/{estate}/cases/{case}")


@act(_one)
async def take_back(request: Request) -> Response:
    """Take back what was noted by mistake."""
    await read_form(request, MeantForm)
    path = request.path_params
    await formations_of(request).take_back(path["estate"], path["case"], path["happening"], actor_of(request))
    return go_to(request, f"/estates/{path['estate']}/cases/{path['case']}")


@act(_one)
async def join(request: Request) -> Response:
    """Say that a vote belongs to a case."""
    form = await read_form(request, CaseElectionForm)
    path = request.path_params
    await formations_of(request).join(path["estate"], path["case"], form.election, actor_of(request))
    return go_to(request, f"/estates/{path['estate']}/cases/{path['case']}")


def _offered(course: Course) -> list[Happening]:
    """What may be noted by hand: what is known by itself comes last, for votes that were held elsewhere."""
    possible = course.standing.possible
    return [*(each for each in possible if each not in BY_ITSELF), *(each for each in possible if each in BY_ITSELF)]


def _latest(course: Course) -> date | None:
    """The latest opening day that leaves one retry before the time for the first meeting is over (rulebook §9a.7)."""
    last = next((each.day for each in course.standing.due if each.deadline.id in ("D09", "D10")), None)
    if last is None:
        return None
    notice = notice_period(course.case.profile, course.stored.procedure, on=course.on)
    latest = Calendar(course.on, notice.number, last).latest(VOTING_DAYS)
    return latest if latest and latest >= course.on else None


def _rows(place: EstatePlace, courses: Sequence[Course]) -> list[Row]:
    running = [each for each in courses if not each.standing.is_over]
    return [Row(place, each, _left(each)) for each in running] or [Row(place, None, None)]


def _left(course: Course) -> int | None:
    due = course.standing.next_due
    return None if due is None or due.day is None else (due.day - course.on).days


def _pressing(row: Row) -> tuple[bool, int, str, str]:
    return row.days_left is None, row.days_left or 0, row.place.county, row.place.name


_CASES = "/estates/{estate}/cases"
_CASE = f"{_CASES}/{{case}}"
routes: list[BaseRoute] = [
    page("/cases", board, summary="Where every estate stands on the way to a committee"),
    page(_CASES, listed, summary="An estate’s cases of forming and renewing a committee"),
    page(_CASES, begin, summary="Begin a case of forming or renewing a committee", roles=PUBLISHERS, method="POST"),
    page(_CASE, one, summary="Where a case stands: the next step, whose turn, until when, by which article"),
    page(f"{_CASE}/happenings", note, summary="Note what happened in a case", roles=PUBLISHERS, method="POST"),
    page(
        f"{_CASE}/happenings/{{happening}}/take-back",
        take_back,
        summary="Take back what was noted in a case by mistake",
        roles=_STAFF,
        method="POST",
    ),
    page(f"{_CASE}/elections", join, summary="Say that a vote belongs to a case", roles=_STAFF, method="POST"),
]
