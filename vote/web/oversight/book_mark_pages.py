"""“I checked this voucher”: an owner known by letter and code says so; only how many homes did is public."""

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from vote.credential.recognising import RecognitionService
from vote.errors import RefusedError
from vote.oversight.book.statement import yuan
from vote.oversight.book.views import books_of
from vote.web.act import FIRST, Again, act, go_to
from vote.web.finishing.seat import filled
from vote.web.form import FormError, read_form, typed_so_far
from vote.web.oversight.book_shown import names_of, shown
from vote.web.oversight.place import place_of_estate
from vote.web.page import page
from vote.web.problems import said
from vote.web.rendering import render


class MarkForm(BaseModel):
    """How the owner is known."""

    letter: str
    code: str = ""


async def checking(request: Request, again: Again = FIRST, tail: str = "") -> Response:
    """Show which voucher it is about, and ask for letter and code."""
    place, books = await place_of_estate(request), books_of(request)
    stored = await books.posting(place.id, request.path_params["posting"])
    names = await names_of(request, place.id, [stored.posting])
    values = {
        "place": place,
        "entry": shown(stored, names, await books.marks(place.id)),
        "names": names,
        "yuan": yuan,
        "tail": tail,
        **filled(again),
    }
    return render(request, "oversight/book-checked.html", values, again.status)


@act(checking)
async def check(request: Request) -> Response:
    """Send a code, or keep the mark with it."""
    place, books = await place_of_estate(request), books_of(request)
    number = request.path_params["posting"]
    stored = await books.posting(place.id, number)
    form = await read_form(request, MarkForm)
    recognition: RecognitionService = request.state["recognition"]
    if not form.code:
        try:
            tail = await recognition.send_code(place.id, form.letter)
        except RefusedError as error:
            raise FormError({"letter": said(error)}, typed_so_far(request)) from None
        return await checking(request, Again(typed=typed_so_far(request)), tail)
    try:
        owner = await recognition.recognise(place.id, form.letter, form.code)
    except RefusedError as error:
        raise FormError({"code": said(error)}, typed_so_far(request)) from None
    await books.mark(place.id, stored.posting.voucher, owner.entitlement)
    return go_to(request, f"/estates/{place.id}/book/entries/{number}", marked="yes")


_CHECKED = "/estates/{estate}/book/entries/{posting:number}/checked"
routes: list[BaseRoute] = [
    page(_CHECKED, checking, summary="Say that one looked at a voucher: asks for letter and code"),
    page(_CHECKED, check, method="POST", summary="Send a code, or keep the mark"),
]
