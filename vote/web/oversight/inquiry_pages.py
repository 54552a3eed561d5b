"""Inquiries on pages: owners ask with letter and code or at the desk, the committee answers, everybody sees how it stands.

* A question that not everybody may read is shown to the committee and the office; who asked, to the office alone.
* Whoever answers, hides or puts it to the meeting is of the committee or the office.
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import Literal

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from vote.credential.recognising import RecognitionService
from vote.errors import RefusedError
from vote.http import actor_of, judge, place_of
from vote.law.citation import Text
from vote.oversight.inquiry.rules import MAX_ANSWER, MAX_QUESTION, MAX_SIGNATURE, Manner, Question
from vote.oversight.inquiry.views import inquiries_of
from vote.oversight.record.fields import ValuesRefusedError
from vote.oversight.record.rules import ARTICLES, OFFICES, Article, Office
from vote.oversight.record.service import Hiding
from vote.oversight.record.views import records_of
from vote.role import Actor, Role
from vote.web.act import FIRST, Again, act, go_to
from vote.web.finishing.home import find_home
from vote.web.finishing.seat import NOT_FOUND, filled
from vote.web.form import FormError, form_of, read_form, typed_so_far
from vote.web.oversight.inquiry_lists import asked, see
from vote.web.oversight.place import place_of_estate
from vote.web.oversight.record_pages import PUBLISHERS, may_publish, title_of
from vote.web.page import page, visitor_of
from vote.web.rendering import render

OFFICE = (Role.STAFF,)
_AGREE = Text(
    "署名会公开，要您同意才能登；不愿意，请选“不公开”。",
    "What you are called will be public, which needs your agreement; else choose “unseen”.",
)
_MISSING = Text("这一栏要填。", "Fill this in.")


class QuestionForm(BaseModel):
    """What an owner asks, and how the owner is known."""

    text: str
    manner: Manner
    signature: str = ""
    agree: Literal["yes"] | None = None
    about: str = ""
    home: str = ""
    letter: str = ""
    code: str = ""


class AnswerForm(BaseModel):
    """What the committee answers."""

    answer: str
    looked: Literal["yes"] | None = None


class HideForm(BaseModel):
    """What is hidden, by which law and whose decision."""

    fields: list[str]
    article: Article
    office: Office
    sure: str


async def listed(request: Request) -> Response:
    """Show what owners asked, and how each question stands."""
    place = await place_of_estate(request)
    found = await asked(request, place.id, insider=await may_publish(request))
    values = {"place": place, "inquiries": found, "clock": await inquiries_of(request).clock(place.county)}
    return render(request, "oversight/inquiries.html", values)


async def agenda(request: Request) -> Response:
    """Show which questions are put to the committee at the next meeting."""
    place = await place_of_estate(request)
    found = await asked(request, place.id, tabled=True, insider=await may_publish(request))
    return render(request, "oversight/agenda.html", {"place": place, "inquiries": found})


async def new(request: Request, again: Again = FIRST, tail: str = "") -> Response:
    """Ask for a question, and for letter and code; at the desk for the home."""
    place = await place_of_estate(request)
    about = again.typed.get("about", "") or request.query_params.get("about", "")
    title = ""
    if about:
        title = title_of(await records_of(request).get(place.id, about)) or ""
    values = {
        "place": place,
        "about": about,
        "title": title,
        "desk": await _desk(request) is not None,
        "tail": tail,
        "clock": await inquiries_of(request).clock(place.county),
        "longest": {"text": MAX_QUESTION, "signature": MAX_SIGNATURE},
        **filled(again),
    }
    return render(request, "oversight/inquiry-form.html", values, again.status)


@act(new)
async def ask(request: Request) -> Response:
    """Send a code, or ask with it; at the desk ask at once."""
    place = await place_of_estate(request)
    inquiries = inquiries_of(request)
    form = await read_form(request, QuestionForm)
    signature = form.signature if form.manner is Manner.NAMED else ""
    question = Question(_lines(form.text), form.manner, signature, form.about)
    desk = await _desk(request)
    try:
        inquiries.require(question)
        if form.manner is Manner.NAMED and form.agree is None:
            raise FormError({"agree": _AGREE}, typed_so_far(request))
        if desk is None:
            recognition: RecognitionService = request.state["recognition"]
            if not form.letter:
                raise FormError({"letter": _MISSING}, typed_so_far(request))
            if not form.code:
                tail = await recognition.send_code(place.id, form.letter)
                return await new(request, Again(typed=typed_so_far(request)), tail)
            owner = (await recognition.recognise(place.id, form.letter, form.code)).entitlement
        else:
            homes = await inquiries.homes(place.id)
            found = find_home(form.home, homes)
            if found is None:
                raise FormError({"home": NOT_FOUND}, typed_so_far(request))
            owner = found
        uuid = await inquiries.ask(place.id, question, owner, desk)
    except ValuesRefusedError as error:
        raise FormError(error.errors, typed_so_far(request)) from None
    return go_to(request, f"/estates/{place.id}/inquiries/{uuid}", asked="yes")


async def show(request: Request, again: Again = FIRST) -> Response:
    """Show a question with its answer, and to the committee what is to be done."""
    place, inquiries = await place_of_estate(request), inquiries_of(request)
    stored = await inquiries.get(place.id, request.path_params["inquiry"])
    insider = await may_publish(request)
    about = stored.public.about
    values = {
        "place": place,
        "asked": see(stored.public, await inquiries.today(), insider=insider),
        "title": title_of(await records_of(request).get(place.id, about)) if about else "",
        "insider": insider,
        "office": await _desk(request) is not None,
        "just": request.query_params.get("asked") == "yes",
        "clock": await inquiries.clock(place.county),
        "articles": ARTICLES,
        "offices": OFFICES,
        "longest": MAX_ANSWER,
        **filled(again),
    }
    return render(request, "oversight/inquiry.html", values, again.status)


@act(show)
async def answer(request: Request) -> Response:
    """Answer a question."""
    form = await read_form(request, AnswerForm)
    estate, uuid = _named(request)
    try:
        await inquiries_of(request).answer(
            estate, uuid, _lines(form.answer), actor_of(request), looked=form.looked is not None
        )
    except ValuesRefusedError as error:
        raise FormError(error.errors, typed_so_far(request)) from None
    return go_to(request, _path(request))


@act(show)
async def table(request: Request) -> Response:
    """Put a question to the next meeting."""
    await inquiries_of(request).table(*_named(request), actor_of(request))
    return go_to(request, _path(request))


async def hiding(request: Request, again: Again = FIRST) -> Response:
    """Show the pieces of a question and its answer, to hide some or to let everybody read it."""
    place, inquiries = await place_of_estate(request), inquiries_of(request)
    stored = await inquiries.get(place.id, request.path_params["inquiry"])
    form = await form_of(request) if request.method == "POST" else None
    seen = see(stored.public, await inquiries.today(), insider=True)
    personal = [each.name for each in seen.pieces if each.personal]
    values = {
        "place": place,
        "asked": seen,
        "pieces": [each for each in seen.pieces if each.redaction is None],
        "chosen": [str(each) for each in form.getlist("fields")] if form else personal,
        "articles": ARTICLES,
        "offices": OFFICES,
        **filled(again),
    }
    return render(request, "oversight/inquiry-hide.html", values, again.status)


@act(hiding)
async def hide(request: Request) -> Response:
    """Hide pieces; a question that was held is readable from now on."""
    form = await read_form(request, HideForm)
    estate, uuid = _named(request)
    inquiries = inquiries_of(request)
    chosen = Hiding(form.fields, form.article, form.office)
    if (await inquiries.get(estate, uuid)).public.held:
        await inquiries.release(estate, uuid, chosen, actor_of(request))
    else:
        await inquiries.hide(estate, uuid, chosen, actor_of(request))
    return go_to(request, _path(request))


@act(hiding)
async def release(request: Request) -> Response:
    """Let everybody read a question as it is."""
    estate, uuid = _named(request)
    await inquiries_of(request).release(estate, uuid, None, actor_of(request))
    return go_to(request, _path(request))


async def asker(request: Request) -> Response:
    """Show the office which home asked; the look is written down."""
    place = await place_of_estate(request)
    homes = await inquiries_of(request).asker(place.id, request.path_params["inquiry"], actor_of(request))
    values = {"place": place, "homes": homes, "path": _path(request)}
    return render(request, "oversight/inquiry-asker.html", values)


async def _desk(request: Request) -> Actor | None:
    """Return as whom somebody of the office acts here; None for everybody else."""
    visitor = visitor_of(request)
    if visitor is not None:
        with suppress(RefusedError):
            return await judge(request, visitor, OFFICE, place_of(request))
    return None


def _named(request: Request) -> tuple[str, str]:
    path: Mapping[str, str] = request.path_params
    return path["estate"], path["inquiry"]


def _path(request: Request) -> str:
    estate, uuid = _named(request)
    return f"/estates/{estate}/inquiries/{uuid}"


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


_INQUIRIES = "/estates/{estate}/inquiries"
_INQUIRY = f"{_INQUIRIES}/{{inquiry}}"
routes: list[BaseRoute] = [
    page(_INQUIRIES, listed, summary="What owners asked their committee, and how each question stands"),
    page("/estates/{estate}/agenda", agenda, summary="Which questions are put to the committee at the next meeting"),
    page(f"{_INQUIRIES}/new", new, summary="Write a question to the committee"),
    page(f"{_INQUIRIES}/new", ask, summary="Ask with letter and code, or at the desk", method="POST"),
    page(_INQUIRY, show, summary="A question with its answer"),
    page(f"{_INQUIRY}/answer", answer, summary="Answer a question", roles=PUBLISHERS, method="POST"),
    page(f"{_INQUIRY}/table", table, summary="Put a question to the next meeting", roles=PUBLISHERS, method="POST"),
    page(f"{_INQUIRY}/hide", hiding, summary="Choose what of a question is hidden by law", roles=PUBLISHERS),
    page(f"{_INQUIRY}/hide", hide, summary="Hide a part of a question", roles=PUBLISHERS, method="POST"),
    page(f"{_INQUIRY}/release", release, summary="Let everybody read a question", roles=PUBLISHERS, method="POST"),
    page(f"{_INQUIRY}/asker", asker, summary="Show the office which home asked", roles=OFFICE),
]
