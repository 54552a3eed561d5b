"""Banks' statements on pages: read a file, say of each movement what it was, enter them; for the committee and the office.

* Nothing of a file is in the books before somebody confirms it, and a movement that was read before is not read again.
* Who is no firm or office is not named: the form offers “个人” in the place of a person's name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from vote.http import actor_of
from vote.law.citation import Text
from vote.oversight.book.accounts import LABELS
from vote.oversight.book.bank import TITLES, Column
from vote.oversight.book.entering import ITEMS, fits_movement
from vote.oversight.book.importing import ACCOUNTS, MAX_BYTES, Assignment, Movement
from vote.oversight.book.rules import MAX_TEXT, Voucher, Words
from vote.oversight.book.service import DECIDING
from vote.oversight.book.statement import yuan
from vote.oversight.book.views import books_of
from vote.web.act import FIRST, Again, act, go_to
from vote.web.finishing.seat import filled
from vote.web.form import FormError, form_of, read_upload, typed, typed_so_far
from vote.web.oversight.book_entry_pages import CHOOSE, OFFERED, decision_options, read_voucher, voucher_options
from vote.web.oversight.book_shown import imports_of, whole
from vote.web.oversight.place import place_of_estate
from vote.web.oversight.record_pages import PUBLISHERS
from vote.web.page import page
from vote.web.rendering import render

SHOWN = 10
"""Movements in one form."""
NOTHING = Text("一笔都还没有选怎么办，请先选。", "Nothing is chosen for any of them yet.")
NOTE = Text("请用一句话写明用途。", "Say in one line what it was for.")
_ROOM = 64 << 10


@dataclass(frozen=True, slots=True)
class Choice:
    """A movement with what may be chosen for it."""

    movement: Movement
    items: Sequence[tuple[str, Text]]


async def bank(request: Request, again: Again = FIRST) -> Response:
    """Ask for a bank's file, and what each movement was."""
    place, books, imports = await place_of_estate(request), books_of(request), imports_of(request)
    waiting = await imports.waiting(place.id, SHOWN)
    taken = [whole(request.query_params.get(name, "")) for name in ("new", "known")]
    values = {
        "place": place,
        "choices": [
            Choice(each, [(key, words) for key, words in ITEMS.items() if fits_movement(key, each.fen, each.account)])
            for each in waiting
        ],
        "count": await imports.count(place.id),
        "vouchers": voucher_options(await books.evidence(place.id, most=OFFERED)),
        "decisions": decision_options(await books.evidence(place.id, kinds=DECIDING, most=OFFERED)),
        "accounts": [(each.name.lower(), LABELS[each]) for each in ACCOUNTS],
        "columns": TITLES,
        "labels": LABELS,
        "taken": taken if min(taken) >= 0 else None,
        "entered": max(whole(request.query_params.get("entered", "")), 0),
        "megabytes": MAX_BYTES >> 20,
        "longest": MAX_TEXT,
        "yuan": yuan,
        **filled(again),
    }
    return render(request, "oversight/book-bank.html", values, again.status)


@act(bank)
async def upload(request: Request) -> Response:
    """Read a bank's file."""
    place = await place_of_estate(request)
    data = await read_upload(request, "file", MAX_BYTES)
    form = await form_of(request)
    account = next((each for each in ACCOUNTS if each.name.lower() == form.get("account")), None)
    if account is None:
        raise FormError({"account": CHOOSE}, typed(form))
    mapping = {
        column: said
        for column in Column
        if isinstance(said := form.get(f"column-{column}"), str) and (said := said.strip())
    }
    taken = await imports_of(request).take(place.id, account, data, actor_of(request), mapping)
    return go_to(request, f"/estates/{place.id}/book/bank", "movements", new=str(taken.new), known=str(taken.known))


@act(bank)
async def settle(request: Request) -> Response:
    """Enter what was chosen."""
    place, imports = await place_of_estate(request), imports_of(request)
    form = await form_of(request)
    assignments: list[Assignment] = []
    same: dict[int, int] = {}
    aside: list[int] = []
    wrong: dict[str, Text] = {}
    for movement in [whole(each) for each in form.getlist("movement") if whole(each) > 0]:
        match form.get(f"do-{movement}"):
            case "enter":
                found = _assignment(form, movement)
                if isinstance(found, Assignment):
                    assignments.append(found)
                else:
                    wrong |= found
            case "aside":
                aside.append(movement)
            case "same":
                same[movement] = max(whole(form.get(f"same-{movement}")), 0)
    if wrong:
        raise FormError(wrong, typed_so_far(request))
    if not (assignments or same or aside):
        raise FormError({"": NOTHING}, typed_so_far(request))
    numbers = await imports.settle(place.id, assignments, actor_of(request), same=same, aside=aside)
    return go_to(request, f"/estates/{place.id}/book/bank", "movements", entered=str(len(numbers)))


def _assignment(form: FormData, movement: int) -> Assignment | Mapping[str, Text]:
    texts = {
        name: str(form.get(f"{name}-{movement}", "")).strip()
        for name in ("item", "voucher", "payee", "credit_code", "note", "decision")
    }
    voucher: Voucher | None = read_voucher(texts["voucher"])
    wrong = {}
    if texts["item"] not in ITEMS:
        wrong[f"item-{movement}"] = CHOOSE
    if voucher is None:
        wrong[f"voucher-{movement}"] = CHOOSE
    if not texts["note"]:
        wrong[f"note-{movement}"] = NOTE
    if wrong or voucher is None:
        return wrong
    words = Words(texts["payee"], texts["credit_code"], texts["note"])
    return Assignment(movement, texts["item"], voucher, words, texts["decision"])


_BANK = "/estates/{estate}/book/bank"
routes: list[BaseRoute] = [
    page(_BANK, bank, roles=PUBLISHERS, summary="Read a bank’s statement, and say what its movements were"),
    page(
        f"{_BANK}/file",
        upload,
        roles=PUBLISHERS,
        method="POST",
        summary="Read a bank’s statement",
        max_bytes=MAX_BYTES + _ROOM,
    ),
    page(_BANK, settle, roles=PUBLISHERS, method="POST", summary="Enter movements in the books", max_bytes=4 * _ROOM),
]
