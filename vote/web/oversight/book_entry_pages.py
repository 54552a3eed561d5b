"""Entering, taking back and hiding on pages, for the committee and the office."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from vote.db import database_now
from vote.errors import Reason, RefusedError
from vote.http import actor_of
from vote.law.citation import Text
from vote.oversight.book.accounts import LABELS, Account
from vote.oversight.book.entering import ITEMS, lines_of, read_amount
from vote.oversight.book.rules import MAX_TEXT, Voucher, Words
from vote.oversight.book.service import DECIDING, NewPosting
from vote.oversight.book.statement import yuan
from vote.oversight.book.store import Evidence
from vote.oversight.book.views import books_of
from vote.oversight.record.rules import ARTICLES, OFFICES, Article, Office, china_day
from vote.web.act import FIRST, Again, act, go_to
from vote.web.finishing.seat import Filled, filled
from vote.web.form import FormError, read_form, typed_so_far
from vote.web.oversight.book_shown import HIDDEN, names_of, shown, whole
from vote.web.oversight.place import place_of_estate
from vote.web.oversight.record_pages import PUBLISHERS
from vote.web.page import page
from vote.web.rendering import render

OFFERED = 200
"""Records whose attachments are offered as vouchers; older ones are chosen on their own page."""
CHOOSE = Text("请从列出的里面选一项。", "Choose one of those listed.")


class EntryForm(BaseModel):
    """What came in or was spent."""

    on: date
    item: str
    purse: Literal["bank", "cash"] = "bank"
    amount: str
    payee: str = ""
    credit_code: str = ""
    note: str
    voucher: str
    decision: str = ""
    seen: int = 0


class ReversalForm(BaseModel):
    """Why it is taken back."""

    note: str


class HideForm(BaseModel):
    """By which law the words are hidden, and who decided so."""

    article: Article
    office: Office
    sure: Literal["yes"]


def voucher_options(records: Sequence[Evidence]) -> list[tuple[str, str]]:
    """Return attachments as a form offers them."""
    return [
        (f"{each.record}/{number}", f"{each.on.isoformat()} {each.title or HIDDEN.zh} · {name}")
        for each in records
        for number, name in each.files.items()
    ]


def decision_options(records: Sequence[Evidence]) -> list[tuple[str, str]]:
    """Return decisions as a form offers them."""
    return [
        (each.record, f"{each.on.isoformat()} {each.title or HIDDEN.zh}") for each in records if each.kind in DECIDING
    ]


def read_voucher(text: str) -> Voucher | None:
    """Return the attachment that a form names; None if it names none."""
    record, _, number = text.partition("/")
    return Voucher(record, whole(number)) if record and whole(number) > 0 else None


async def new(request: Request, again: Again = FIRST) -> Response:
    """Ask what came in or was spent."""
    place, books = await place_of_estate(request), books_of(request)
    begun = dict(again.typed)
    if not begun:
        begun = {
            "on": china_day(await database_now()).isoformat(),
            "voucher": request.query_params.get("voucher", ""),
            "seen": str(await books.count(place.id)),
        }
    records = await books.evidence(place.id, most=OFFERED)
    chosen = read_voucher(begun.get("voucher", ""))
    if chosen is not None and all(each.record != chosen.record for each in records):
        records += await books.evidence(place.id, [chosen.record])
    decisions = await books.evidence(place.id, kinds=DECIDING, most=OFFERED)
    values = {
        "place": place,
        "items": ITEMS,
        "labels": LABELS,
        "bank": Account.BANK,
        "cash": Account.CASH,
        "vouchers": voucher_options(records),
        "decisions": decision_options(decisions),
        "longest": MAX_TEXT,
        **filled(again),
        "values": Filled(begun),
    }
    return render(request, "oversight/book-new.html", values, again.status)


@act(new)
async def enter(request: Request) -> Response:
    """Enter it."""
    place = await place_of_estate(request)
    form = await read_form(request, EntryForm)
    amount, voucher = read_amount(form.amount), read_voucher(form.voucher)
    wrong: dict[str, Text] = {}
    if form.item not in ITEMS:
        wrong["item"] = CHOOSE
    if isinstance(amount, Text):
        wrong["amount"] = amount
    if voucher is None:
        wrong["voucher"] = CHOOSE
    if wrong:
        raise FormError(wrong, typed_so_far(request))
    assert isinstance(amount, int)
    assert voucher is not None
    posting = NewPosting(
        form.on,
        lines_of(form.item, amount, Account[form.purse.upper()]),
        voucher,
        Words(form.payee, form.credit_code, form.note),
        form.decision,
    )
    number = await books_of(request).enter(place.id, posting, actor_of(request), seen=form.seen)
    return go_to(request, f"/estates/{place.id}/book/entries/{number}")


async def reversing(request: Request, again: Again = FIRST) -> Response:
    """Ask why an entry is taken back."""
    return await _one(request, "oversight/book-take-back.html", again)


@act(reversing)
async def take_back(request: Request) -> Response:
    """Take an entry back by another one."""
    place = await place_of_estate(request)
    form = await read_form(request, ReversalForm)
    number = await books_of(request).take_back(place.id, request.path_params["posting"], form.note, actor_of(request))
    return go_to(request, f"/estates/{place.id}/book/entries/{number}")


async def hiding(request: Request, again: Again = FIRST) -> Response:
    """Ask by which law an entry's words are hidden."""
    return await _one(request, "oversight/book-hide.html", again)


@act(hiding)
async def hide(request: Request) -> Response:
    """Hide an entry's words."""
    place, number = await place_of_estate(request), request.path_params["posting"]
    form = await read_form(request, HideForm)
    await books_of(request).hide(place.id, number, form.article, form.office, actor_of(request))
    return go_to(request, f"/estates/{place.id}/book/entries/{number}")


async def _one(request: Request, template: str, again: Again) -> Response:
    place = await place_of_estate(request)
    stored = await books_of(request).posting(place.id, request.path_params["posting"])
    if again is FIRST and (stored.reversed_by or stored.posting.reverses) and template.endswith("take-back.html"):
        raise RefusedError(
            Reason.CONFLICT,
            "This posting was taken back already: enter the right one as a new posting.",
            zh="这一笔已经冲销过了，正确的请另记一笔。",
        )
    values = {
        "place": place,
        "entry": shown(stored, await names_of(request, place.id, [stored.posting]), {}),
        "yuan": yuan,
        "articles": ARTICLES,
        "offices": OFFICES,
        "longest": MAX_TEXT,
        **filled(again),
    }
    return render(request, template, values, again.status)


_ENTRY = "/estates/{estate}/book/entries/{posting:number}"
routes: list[BaseRoute] = [
    page("/estates/{estate}/book/new", new, roles=PUBLISHERS, summary="Fill in what came in or was spent"),
    page("/estates/{estate}/book/new", enter, roles=PUBLISHERS, method="POST", summary="Enter it in the books"),
    page(f"{_ENTRY}/take-back", reversing, roles=PUBLISHERS, summary="Say why an entry is taken back"),
    page(f"{_ENTRY}/take-back", take_back, roles=PUBLISHERS, method="POST", summary="Take an entry back by another"),
    page(f"{_ENTRY}/hide", hiding, roles=PUBLISHERS, summary="Choose by which law an entry’s words are hidden"),
    page(f"{_ENTRY}/hide", hide, roles=PUBLISHERS, method="POST", summary="Hide an entry’s words"),
]
