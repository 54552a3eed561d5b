"""What an estate owes its owners, and what all estates did not publish; what a committee and staff enter about it.

* What is between the office and its debtor is shown to the committee and to staff only.
* What needs something to be done comes first, what is done is folded by years.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from vote.http import actor_of
from vote.law.citation import MARK_TEXT
from vote.oversight.duty.evidence import Evidence, kinds_for
from vote.oversight.duty.phones import MOST, DutyPhones, Side
from vote.oversight.duty.rules import AHEAD, OF_RECORDS, Act, Event
from vote.oversight.duty.service import EstateBoard
from vote.oversight.duty.standing import FULFILLED, Standing, State, public_from, publicly
from vote.oversight.duty.views import duties_of
from vote.oversight.record.kinds import KINDS
from vote.role import Role
from vote.web.act import FIRST, Again, act, go_to
from vote.web.form import read_form
from vote.web.oversight.record_pages import PUBLISHERS, may_publish
from vote.web.page import page, visitor_of
from vote.web.rendering import render

OFFERED = 100
"""Records among which one chooses the one that fulfils."""
_FOUND_RECORDS = frozenset({Act.COMMITTEE_DECISION, Act.PROMISE})


class HappeningForm(BaseModel):
    """What happened."""

    event: Event
    on: date
    number: str = ""


class PhoneForm(BaseModel):
    """Whom to tell."""

    side: Side
    phone: str = Field(max_length=40)


class KeepingForm(BaseModel):
    """Since when duties are kept."""

    since: date
    managed: bool


class FulfilmentForm(BaseModel):
    """Which record fulfils a duty."""

    record: str = Field(max_length=64)


class SureForm(BaseModel):
    """That something is meant."""

    sure: str


@dataclass(frozen=True, slots=True)
class Row:
    """A duty as somebody sees it."""

    standing: Standing
    state: State
    about: Evidence | None
    """The record that it follows from."""
    shown_by: Evidence | None
    """The record that fulfilled it."""
    public_from: date | None
    """From when everybody sees what its debtor was told."""

    @property
    def promise(self) -> Evidence | None:
        """The decision that promised it."""
        return self.about if self.standing.duty.act is Act.PROMISE else None


async def show(request: Request) -> Response:
    """Show what an estate owes and owed."""
    found = await duties_of(request).board(request.path_params["estate"])
    insider = await may_publish(request)
    rows = _rows(found, insider=insider)
    by_state = {state: [row for row in rows if row.state is state] for state in State}
    done = [row for row in rows if row.state in FULFILLED]
    values = {
        "place": found.place,
        "kept": found.kept,
        "overdue": by_state[State.OVERDUE],
        "private": [*by_state[State.NOTICED], *by_state[State.REMINDED]],
        "coming": by_state[State.NOT_DUE],
        "no_day": by_state[State.NO_DAY],
        "done": _by_year(done),
        "count": len(done),
        "insider": insider,
        "kinds": _kinds(rows),
    }
    return render(request, "oversight/duties.html", values)


async def county(request: Request) -> Response:
    """Show what was not published anywhere."""
    boards = await duties_of(request).boards()
    counted = [(each.place, [publicly(one.state) for one in each.standings]) for each in boards]
    values = {
        "overdue": [
            (each.place, rows)
            for each in boards
            if (rows := [row for row in _rows(each, insider=False) if row.state is State.OVERDUE])
        ],
        "estates": [
            (
                place,
                states.count(State.OVERDUE),
                states.count(State.NOT_DUE) + states.count(State.NO_DAY),
                states.count(State.DONE),
                states.count(State.DONE_LATE),
            )
            for place, states in counted
        ],
    }
    return render(request, "oversight/county-duties.html", values)


async def one(request: Request) -> Response:
    """Show one duty: by which article, what to do, and, to whoever may, the records that could fulfil it."""
    return await _one(request, FIRST)


async def _one(request: Request, again: Again) -> Response:
    found = await duties_of(request).board(request.path_params["estate"])
    duty, insider = request.path_params["duty"], await may_publish(request)
    standing = found.get(duty)
    row = _row(found, standing, insider=insider)
    values = {
        "place": found.place,
        "row": row,
        "insider": insider,
        "kinds": _kinds([row]),
        "records": found.fulfilling(duty)[:OFFERED] if insider and standing.fulfilled_on is None else [],
        "labels": KINDS,
        "marks": MARK_TEXT,
        **again.shown,
    }
    return render(request, "oversight/duty.html", values, again.status)


@act(_one)
async def fulfil(request: Request) -> Response:
    """Say which record fulfils a duty."""
    form = await read_form(request, FulfilmentForm)
    estate, duty = request.path_params["estate"], request.path_params["duty"]
    await duties_of(request).fulfil(estate, form.record, duty, actor_of(request))
    return go_to(request, f"/estates/{estate}/duties/{duty}")


async def happenings(request: Request) -> Response:
    """Show what was entered, and ask for what happened."""
    return await _happenings(request, FIRST)


async def _happenings(request: Request, again: Again) -> Response:
    duties, visitor = duties_of(request), visitor_of(request)
    found = await duties.board(request.path_params["estate"])
    kept = found.kept
    values = {
        "place": found.place,
        "kept": kept,
        "happenings": list(reversed(kept.happenings)) if kept else [],
        "events": [each for each in Event if each not in OF_RECORDS],
        "ahead": AHEAD,
        "number": again.typed.get("number") or duties.draw_number(),
        "staff": visitor is not None and actor_of(request).role is Role.STAFF,
        **again.shown,
    }
    return render(request, "oversight/duty-happenings.html", values, again.status)


@act(_happenings)
async def note(request: Request) -> Response:
    """Enter what happened."""
    form = await read_form(request, HappeningForm)
    estate = request.path_params["estate"]
    await duties_of(request).note(estate, form.event, form.on, actor_of(request), form.number)
    return go_to(request, f"/estates/{estate}/duties/happenings")


@act(_happenings)
async def withdraw(request: Request) -> Response:
    """Take back what was entered by mistake."""
    await read_form(request, SureForm)
    estate = request.path_params["estate"]
    await duties_of(request).withdraw(estate, request.path_params["happening"], actor_of(request))
    return go_to(request, f"/estates/{estate}/duties/happenings")


async def reminders(request: Request) -> Response:
    """Show who is reminded by telephone, and since when duties are kept."""
    return await _reminders(request, FIRST)


async def _reminders(request: Request, again: Again) -> Response:
    found = await duties_of(request).board(request.path_params["estate"])
    listed = await _phones(request).listed(found.place.id)
    values = {
        "place": found.place,
        "kept": found.kept,
        "phones": {side: [each for each in listed if each.side is side] for side in Side},
        "most": MOST,
        "staff": actor_of(request).role is Role.STAFF,
        **again.shown,
    }
    return render(request, "oversight/duty-reminders.html", values, again.status)


@act(_reminders)
async def add_phone(request: Request) -> Response:
    """Name a phone."""
    form = await read_form(request, PhoneForm)
    estate = request.path_params["estate"]
    await _phones(request).add(estate, form.side, form.phone, actor_of(request))
    return go_to(request, f"/estates/{estate}/duties/reminders")


@act(_reminders)
async def remove_phone(request: Request) -> Response:
    """Take a phone away."""
    estate = request.path_params["estate"]
    await _phones(request).remove(estate, request.path_params["phone"], actor_of(request))
    return go_to(request, f"/estates/{estate}/duties/reminders")


@act(_reminders)
async def keep(request: Request) -> Response:
    """Begin to keep duties, or say anew since when."""
    form = await read_form(request, KeepingForm)
    estate = request.path_params["estate"]
    await duties_of(request).keep(estate, form.since, actor_of(request), managed=form.managed)
    return go_to(request, f"/estates/{estate}/duties/reminders")


def _rows(found: EstateBoard, *, insider: bool) -> list[Row]:
    return [_row(found, each, insider=insider) for each in found.standings]


def _row(found: EstateBoard, standing: Standing, *, insider: bool) -> Row:
    duty = standing.duty
    records = {each.uuid: each for each in found.kept.records} if found.kept else {}
    told = found.noticed.get((duty.name, duty.due)) if duty.due else None
    return Row(
        standing,
        standing.state if insider else publicly(standing.state),
        found.about.get(duty.about) if duty.act in _FOUND_RECORDS else None,
        records.get(standing.record),
        public_from(told) if told else None,
    )


def _by_year(rows: Sequence[Row]) -> Mapping[int, list[Row]]:
    """What is done, by the year in which it was published, the latest first."""
    latest = sorted(rows, key=_published, reverse=True)
    years = dict.fromkeys(_published(row).year for row in latest)
    return {year: [row for row in latest if _published(row).year == year] for year in years}


def _published(row: Row) -> date:
    assert row.standing.fulfilled_on is not None
    return row.standing.fulfilled_on


def _kinds(rows: Sequence[Row]) -> Mapping[str, object]:
    """The kinds of records by which what is owed can be shown."""
    acts = {row.standing.duty.act for row in rows}
    return {act: [(kind, KINDS[kind].label) for kind in kinds_for(act)] for act in acts}


def _phones(request: Request) -> DutyPhones:
    phones: DutyPhones = request.state["duty_phones"]
    return phones


_DUTIES = "/estates/{estate}/duties"
_HAPPENINGS, _REMINDERS, _DUTY = f"{_DUTIES}/happenings", f"{_DUTIES}/reminders", f"{_DUTIES}/{{duty}}"
_STAFF = (Role.STAFF,)
routes: list[BaseRoute] = [
    page("/duties", county, summary="What estates did not publish in time"),
    page(_DUTIES, show, summary="What an estate owes its owners, by when, by which article"),
    page(_HAPPENINGS, happenings, summary="What starts a duty’s clock, as it was entered", roles=PUBLISHERS),
    page(_HAPPENINGS, note, summary="Enter what starts a duty’s clock", roles=PUBLISHERS, method="POST"),
    page(
        f"{_HAPPENINGS}/{{happening}}/withdraw",
        withdraw,
        summary="Take back what was entered by mistake",
        roles=_STAFF,
        method="POST",
    ),
    page(_REMINDERS, reminders, summary="Who is reminded of duties by telephone", roles=PUBLISHERS),
    page(_REMINDERS, add_phone, summary="Name a phone that is reminded", roles=PUBLISHERS, method="POST"),
    page(
        f"{_REMINDERS}/{{phone:number}}/remove",
        remove_phone,
        summary="Take away a phone that is reminded",
        roles=PUBLISHERS,
        method="POST",
    ),
    page(f"{_DUTIES}/keeping", keep, summary="Begin to keep an estate’s duties", roles=_STAFF, method="POST"),
    page(_DUTY, one, summary="A duty: its article, how it stands, what to do"),
    page(_DUTY, fulfil, summary="Say which record fulfils a duty", roles=PUBLISHERS, method="POST"),
]
