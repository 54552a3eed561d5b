"""The roll before it is fixed: putting it up for everybody to see, objections and their answers, freezing.

* What an owner wrote is shown only to answer it, and each such look is written down.
* Freezing asks once more, with the figures and what it means.
"""

from datetime import date, datetime, time, timedelta
from typing import Annotated

from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from vote.account.events import EventKind
from vote.clock import CHINA
from vote.db import database_now
from vote.errors import RefusedError
from vote.law.library import DEFAULT_PROFILE, load_profile
from vote.law.measure import Period
from vote.roll.draft_store import Notice
from vote.web.act import go_to
from vote.web.clerk.asking import account_of, drafts_of, phones_of, refused, rolls_of
from vote.web.clerk.roll_pages import RollPage, page_of
from vote.web.clerk.rules import answer_by
from vote.web.form import FormError, read_form
from vote.web.noting import note, noted
from vote.web.rendering import render

_RULE = "roll_objection_period"
_END_OF_DAY = time(18)


class NoticeForm(BaseModel):
    """Where and until when a roll is put up."""

    place: Annotated[str, Field(max_length=100)]
    contact: Annotated[str, Field(max_length=40)]
    phone: Annotated[str, Field(max_length=20)]
    until: date


class ObjectionForm(BaseModel):
    """What somebody holds against the roll."""

    sheet_row: Annotated[int, Field(ge=1, lt=10**9)] | None = None
    text: Annotated[str, Field(max_length=2000)]


class AnswerForm(BaseModel):
    """What is answered; public."""

    answer: Annotated[str, Field(max_length=2000)]


async def notice(request: Request) -> Response:
    """Show the notice to print, or ask what it has to say."""
    page = await page_of(request)
    return render(request, "clerk/roll-notice.html", await _notice_values(page))


async def post_notice(request: Request) -> Response:
    """Note where and until when the roll is put up."""
    page = await page_of(request)
    values = await _notice_values(page)
    try:
        form = await read_form(request, NoticeForm)
    except FormError as error:
        return render(request, "clerk/roll-notice.html", {**values, "errors": error.errors, "typed": error.values}, 422)
    until = datetime.combine(form.until, _END_OF_DAY, CHINA)
    given = Notice(form.place, form.contact, form.phone, await database_now(), until)
    try:
        await drafts_of(request).post(page.roll.id, given, account_of(request))
    except RefusedError as error:
        return refused(request, "clerk/roll-notice.html", {**values, "typed": form.model_dump()}, error)
    return go_to(request, f"{page.path}/notice")


async def printed(request: Request) -> Response:
    """Show the lines of the roll as they are put up: homes, masked names, areas."""
    page = await page_of(request)
    lines = await rolls_of(request).store.entitlements(page.roll.id)
    rows = [(each.number, "、".join(each.homes), each.masked_owner, each.area_dm2) for each in lines]
    return render(request, "clerk/roll-printed.html", {"page": page, "rows": rows})


async def objections(request: Request) -> Response:
    """Show what is held against the roll, the unanswered first, and write a new one down; the look is written down."""
    page = await page_of(request)
    return render(request, "clerk/roll-objections.html", await _objection_values(request, page))


async def object_to(request: Request) -> Response:
    """Write an objection down."""
    page = await page_of(request)
    try:
        form = await read_form(request, ObjectionForm)
        await rolls_of(request).object(page.roll.id, form.sheet_row, form.text, account_of(request))
    except FormError as error:
        values = {**await _objection_values(request, page), "errors": error.errors, "typed": error.values}
        return render(request, "clerk/roll-objections.html", values, 422)
    except RefusedError as error:
        return refused(request, "clerk/roll-objections.html", await _objection_values(request, page), error)
    return go_to(request, f"{page.path}/objections")


async def answer(request: Request) -> Response:
    """Answer an objection."""
    page = await page_of(request)
    number = request.path_params["objection"]
    try:
        form = await read_form(request, AnswerForm)
        await rolls_of(request).answer(page.roll.id, number, form.answer, account_of(request))
    except FormError as error:
        values = {**await _objection_values(request, page), "wrong": (number, error.errors["answer"])}
        return render(request, "clerk/roll-objections.html", values, 422)
    except RefusedError as error:
        return refused(request, "clerk/roll-objections.html", await _objection_values(request, page), error)
    return go_to(request, f"{page.path}/objections")


async def freezing(request: Request) -> Response:
    """Show the figures and what freezing means."""
    page = await page_of(request)
    return render(request, "clerk/roll-freeze.html", await _freeze_values(request, page))


async def freeze(request: Request) -> Response:
    """Freeze the roll."""
    page = await page_of(request)
    try:
        async with noted(request, EventKind.ROLL_FROZEN, estate=page.place.id, count=page.roll.heads):
            await rolls_of(request).freeze(page.roll.id, account_of(request))
    except RefusedError as error:
        return refused(request, "clerk/roll-freeze.html", await _freeze_values(request, page), error)
    return go_to(request, page.path)


async def _notice_values(page: RollPage) -> dict[str, object]:
    now = await database_now()
    rule = load_profile(DEFAULT_PROFILE).value(_RULE, on=now.astimezone(CHINA).date())
    days = rule.content.number if isinstance(rule.content, Period) else 7
    first = now.astimezone(CHINA).date() + timedelta(days=days + 1)
    typed = {"until": first.isoformat()}
    if page.notice is not None:
        until = page.notice.until.astimezone(CHINA).date().isoformat()
        typed = {"place": page.notice.place, "contact": page.notice.contact, "phone": page.notice.phone, "until": until}
    return {"page": page, "rule": rule, "days": days, "typed": typed, "errors": {}, "refused": None}


async def _objection_values(request: Request, page: RollPage) -> dict[str, object]:
    """Return what owners wrote, be it after a form that was refused; the look is written down."""
    if page.objections:
        await note(request, EventKind.OBJECTION_SEEN, estate=page.place.id, count=len(page.objections))
    now = await database_now()
    until = page.notice.until if page.notice else None
    found = await rolls_of(request).objections(page.roll.id)
    done_by = {
        (each.kind, each.item): (page.names.get(each.account or 0), each.happened_at)
        for each in page.steps
        if each.kind in {"objected", "answered"}
    }
    listed = [(each, text, answer_by(each.raised_at, until)) for each, text in found]
    listed.sort(key=lambda each: (each[0].state != "open", each[2], each[0].id))
    return {
        "page": page,
        "listed": listed,
        "who": done_by,
        "now": now,
        "errors": {},
        "typed": {},
        "wrong": None,
        "refused": None,
    }


async def _freeze_values(request: Request, page: RollPage) -> dict[str, object]:
    now = await database_now()
    return {
        "page": page,
        "now": now,
        "early": page.notice is not None and now < page.notice.until,
        "counts": await phones_of(request).counts(page.roll.id),
        "rule": load_profile(DEFAULT_PROFILE).value(_RULE, on=now.astimezone(CHINA).date()),
        "refused": None,
    }
