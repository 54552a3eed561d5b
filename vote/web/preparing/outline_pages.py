"""The steps in which an election is set up: what is decided, how, when, by whom, and what totals would give away.

* Each step is one form that is kept when it is sent; what does not fit is shown again with its sentence.
* Steps may be filled in in any order, and going back loses nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from vote.check.service import CheckService
from vote.config import Settings
from vote.election import plan
from vote.election.outline import Figure, Outline, Step, asks_of, digest_of, list_steps
from vote.election.outline_store import StoredOutline
from vote.election.plan import Calendar, Days, Trouble, find_troubles
from vote.election.rules import Secrecy, is_line, periods_of
from vote.election.terms import MAX_EXTENSIONS, Pools
from vote.errors import RefusedError
from vote.estate.store import EstatePlace
from vote.law.citation import Text
from vote.law.holiday import rest_day
from vote.law.majority import Matter
from vote.law.measure import Period
from vote.law.place import offered_profiles, own_rules
from vote.law.profile import Profile, Value
from vote.law.question import Majorities
from vote.law.rules import majorities
from vote.web.act import go_to, refused
from vote.web.form import FormError, read_form
from vote.web.preparing.asking import estate_of, outlines_of, today
from vote.web.rendering import render

USUAL = 70
"""The turnout, in percent, for which it is computed what totals would give away."""


@dataclass(frozen=True, slots=True)
class Setting:
    """An outline as every step shows it."""

    place: EstatePlace
    stored: StoredOutline
    steps: tuple[Step, ...]
    profile: Profile
    on: date
    """The day whose rules apply: the opening day, or today."""

    @property
    def outline(self) -> Outline:
        """What is filled in."""
        return self.stored.outline

    @property
    def path(self) -> str:
        """Where its steps lie."""
        return f"/work/estates/{self.place.id}/elections/drafts/{self.stored.id}"

    def matter(self, name: str) -> Matter:
        """Return a matter by its name."""
        return self.profile.matter(name, on=self.on)

    def needed(self, matter: Matter) -> Majorities:
        """Return what a matter needs."""
        return majorities(self.profile, matter.tier, on=self.on)

    def rule(self, name: str) -> Value:
        """Return what the profile says."""
        return self.profile.value(name, on=self.on)


async def get_setting(request: Request) -> Setting:
    """Return the outline that the address names.

    Raises:
        RefusedError: there is none in this estate.
    """
    service = outlines_of(request)
    place = await estate_of(request, request.path_params["estate"])
    stored = await service.get(place.id, request.path_params["draft"])
    on = stored.outline.opens_on or await today()
    digest = digest_of(stored.outline, stored.roll)
    return Setting(place, stored, list_steps(stored.outline, digest), service.profile_of(stored.outline), on)


class NewForm(BaseModel):
    """How an election begins."""

    title: str
    roll: Annotated[int, Field(ge=1, lt=10**9)]
    profile: str
    first: bool = False
    formed_on: date | None = None


async def new(request: Request) -> Response:
    """Ask which roll, and what the meeting is called."""
    return render(request, "preparing/new.html", await _new_values(request, {}, {}))


async def begin(request: Request) -> Response:
    """Keep a new outline."""
    place = await estate_of(request, request.path_params["estate"])
    try:
        form = await read_form(request, NewForm)
    except FormError as error:
        return render(request, "preparing/new.html", await _new_values(request, error.errors, error.values), 422)
    if not is_line(form.title):
        errors = {"title": Text("名称要写在一行里，不超过200个字。", "The title is one line of up to 200 characters.")}
        return render(request, "preparing/new.html", await _new_values(request, errors, form.model_dump()), 422)
    offered = {each.id for each in offered_profiles(place.county)}
    if form.profile not in offered:
        errors = {"profile": Text("请选一套规则。", "Choose the rules.")}
        return render(request, "preparing/new.html", await _new_values(request, errors, form.model_dump()), 422)
    outline = Outline(
        title=form.title, profile=form.profile, first=form.first, formed_on=form.formed_on if form.first else None
    )
    try:
        number = await outlines_of(request).begin(place.id, form.roll, outline)
    except RefusedError as error:
        return refused(request, "preparing/new.html", await _new_values(request, {}, form.model_dump()), error)
    return go_to(request, f"/work/estates/{place.id}/elections/drafts/{number}/matters")


async def _new_values(
    request: Request, errors: Mapping[str, Text], typed: Mapping[str, object]
) -> Mapping[str, object]:
    place = await estate_of(request, request.path_params["estate"])
    settings: Settings = request.state["settings"]
    on = await today()
    return {
        "place": place,
        "profiles": [(each, own_rules(each, on=on)) for each in offered_profiles(place.county)],
        "rolls": await outlines_of(request).rolls_of(place.id),
        "refused": None,
        "outlines": await outlines_of(request).of_estate(place.id),
        "errors": errors,
        "typed": typed,
        "demo": settings.demo,
        "title": f"{on.year}年{place.name}业主大会",
    }


async def discard(request: Request) -> Response:
    """Throw an outline away."""
    estate = request.path_params["estate"]
    await outlines_of(request).discard(estate, request.path_params["draft"])
    return go_to(request, f"/work/estates/{estate}/elections/new")


class SecrecyForm(BaseModel):
    """Named or secret."""

    secrecy: Secrecy


async def secrecy(request: Request) -> Response:
    """Ask whether the vote is named or secret."""
    setting = await get_setting(request)
    default = setting.rule("ballot_secrecy")
    chosen = setting.outline.secrecy or Secrecy(str(default.content).lower())
    return render(request, "preparing/secrecy.html", values_of(setting, default=default, chosen=chosen))


async def choose_secrecy(request: Request) -> Response:
    """Keep the answer."""
    setting = await get_setting(request)
    try:
        form = await read_form(request, SecrecyForm)
    except FormError:
        return await secrecy(request)
    await outlines_of(request).change(
        setting.stored, lambda outline: outline.model_copy(update={"secrecy": form.secrecy})
    )
    return go_to(request, f"{setting.path}/times")


class TimesForm(BaseModel):
    """The days."""

    opens_on: date
    closes_on: date
    extensions: Annotated[int, Field(ge=0, le=MAX_EXTENSIONS)] = 0
    extension_until: date | None = None
    formed_on: date | None = None


async def times(request: Request) -> Response:
    """Ask for the days, with what the law's numbers come to."""
    setting = await get_setting(request)
    return render(request, "preparing/times.html", await _times_values(request, setting, {}, {}))


async def choose_times(request: Request) -> Response:
    """Keep the days, unless the law forbids them."""
    setting = await get_setting(request)
    try:
        form = await read_form(request, TimesForm)
    except FormError as error:
        values = await _times_values(request, setting, error.errors, error.values)
        return render(request, "preparing/times.html", values, 422)
    if form.extensions and form.extension_until is None:
        errors = {"extension_until": Text("可以延长的话，要写最晚到哪一天。", "If it may be extended, say until when.")}
        typed = {name: value for name, value in form.model_dump(mode="json").items() if value is not None}
        return render(request, "preparing/times.html", await _times_values(request, setting, errors, typed), 422)
    changed = setting.outline.model_copy(
        update={
            "opens_on": form.opens_on,
            "closes_on": form.closes_on,
            "extensions": form.extensions,
            "extension_until": form.extension_until if form.extensions else None,
            "formed_on": form.formed_on or setting.outline.formed_on,
        }
    )
    found = find_troubles(await calendar_of(request, setting.profile, changed), days_of(changed))
    if plan.forbids(found):
        typed = {name: value for name, value in form.model_dump(mode="json").items() if value is not None}
        values = await _times_values(request, setting, {}, typed)
        return render(request, "preparing/times.html", {**values, "troubles": found, "outline": changed}, 422)
    await outlines_of(request).change(setting.stored, lambda _: changed)
    if any(trouble in {Trouble.NO_RETRY, Trouble.PAST_DEADLINE} for trouble in found):
        return go_to(request, f"{setting.path}/times")
    return go_to(request, f"{setting.path}/people")


async def privacy(request: Request) -> Response:
    """Say what exact totals would give away."""
    setting = await get_setting(request)
    digest = digest_of(setting.outline, setting.stored.roll)
    figure = setting.outline.figure
    values = values_of(setting, figure=figure if figure and figure.of == digest else None, stale=figure is not None)
    return render(request, "preparing/privacy.html", values)


async def compute_privacy(request: Request) -> Response:
    """Compute it, in a process of its own."""
    setting = await get_setting(request)
    checks: CheckService = request.state["checks"]
    digest = digest_of(setting.outline, setting.stored.roll)
    try:
        asks = asks_of(setting.outline)
        found = await checks.foresee(setting.stored.roll, asks, digest, USUAL)
    except RefusedError as error:
        return refused(request, "preparing/privacy.html", values_of(setting, figure=None, stale=False), error)
    figure = Figure(
        of=digest,
        participants=found.participants,
        simulations=found.simulations,
        forced=found.forced,
        outliers=found.outliers,
        permyriad=found.permyriad,
        exact=found.exact,
        warn=found.warn,
    )
    await outlines_of(request).change(setting.stored, lambda outline: outline.model_copy(update={"figure": figure}))
    return go_to(request, f"{setting.path}/privacy")


def days_of(outline: Outline) -> Days:
    """Return the days of an outline that has them."""
    assert outline.opens_on is not None
    assert outline.closes_on is not None
    return Days(outline.opens_on, outline.closes_on, outline.extension_until)


async def calendar_of(request: Request, profile: Profile, outline: Outline) -> Calendar:
    """Return what the law's numbers come to today."""
    settings: Settings = request.state["settings"]
    now = await today()
    periods = periods_of(profile, now, demo=settings.demo)
    limits = profile.value("e_voting", on=now).content
    assert isinstance(limits, Mapping)
    within = profile.value("first_meeting", on=now).content
    assert isinstance(within, Mapping)
    span = within["within"]
    deadline = None
    if outline.first and outline.formed_on and isinstance(span, Period):
        deadline = outline.formed_on + timedelta(days=span.number)
    return Calendar(now, periods.notice_days, deadline, _days(limits["shortest"]), _days(limits["longest"]))


async def _times_values(
    request: Request, setting: Setting, errors: Mapping[str, Text], typed: Mapping[str, object]
) -> Mapping[str, object]:
    outline = setting.outline
    calendar = await calendar_of(request, setting.profile, outline)
    opens = outline.opens_on or calendar.advised
    closes = outline.closes_on or opens + timedelta(days=7)
    chosen = Days(opens, closes, outline.extension_until)
    last = max(closes, calendar.deadline or closes, outline.extension_until or closes)
    shown = min(last, calendar.today + timedelta(days=100))
    return values_of(
        setting,
        calendar=calendar,
        chosen=chosen,
        latest=calendar.latest(max(chosen.voting_days, 0)),
        troubles=find_troubles(calendar, chosen) if outline.opens_on else (),
        weeks=plan.weeks(calendar.today, shown),
        holiday=rest_day,
        pools=Pools(),
        errors=errors,
        typed={
            "opens_on": opens.isoformat(),
            "closes_on": closes.isoformat(),
            "extensions": str(outline.extensions),
            "extension_until": outline.extension_until.isoformat() if outline.extension_until else "",
            "formed_on": outline.formed_on.isoformat() if outline.formed_on else "",
            **typed,
        },
    )


def _days(value: object) -> int | None:
    return value.number if isinstance(value, Period) else None


def values_of(setting: Setting, **more: object) -> dict[str, object]:
    """Return what every step's template needs."""
    return {"setting": setting, "outline": setting.outline, "place": setting.place, "refused": None, **more}
