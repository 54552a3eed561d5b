"""Views about books: what was entered, for everybody and for programs, and entering, taking back and hiding."""

from datetime import date
from typing import Annotated

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from vote.errors import Reason, RefusedError
from vote.http import OPEN, Strict, actor_of, operation
from vote.oversight.book.accounts import Account
from vote.oversight.book.rules import MAX_LINES, MAX_POSTINGS, Line, Voucher, Words
from vote.oversight.book.service import BookService, NewPosting
from vote.oversight.record.rules import Article, Office
from vote.role import Role

MAX_BYTES = 4 << 20
"""Of all postings that are entered at once."""
_DIGITS = 9


class LineBody(Strict):
    """An amount on an account, in fen; below zero is a credit."""

    account: Account = Field(strict=False)
    fen: int


class VoucherBody(Strict):
    """An attachment of a record, numbered from 1."""

    record: str = Field(max_length=32)
    number: Annotated[int, Field(ge=1, le=100)]


class PostingBody(Strict):
    """A posting to be entered."""

    on: date = Field(strict=False)
    lines: list[LineBody] = Field(max_length=MAX_LINES)
    voucher: VoucherBody
    payee: str = ""
    credit_code: str = ""
    note: str
    decision: str = Field("", max_length=32)


class PostingsBody(Strict):
    """Postings to be entered, all or none."""

    postings: list[PostingBody] = Field(max_length=MAX_POSTINGS)


class PostingsAnswer(Strict):
    """Numbers of postings, in the order in which they were given."""

    numbers: list[int]


class ReversalBody(Strict):
    """Why a posting is taken back."""

    note: str


class PostingHidingBody(Strict):
    """By which article a posting's words are hidden, and who decided so."""

    article: Article = Field(strict=False)
    office: Office = Field(strict=False)


async def enter(request: Request, body: PostingsBody) -> PostingsAnswer:
    """Enter postings."""
    new = [
        NewPosting(
            each.on,
            tuple(Line(line.account, line.fen) for line in each.lines),
            Voucher(each.voucher.record, each.voucher.number),
            Words(each.payee, each.credit_code, each.note),
            each.decision,
        )
        for each in body.postings
    ]
    return PostingsAnswer(
        numbers=await books_of(request).enter_all(request.path_params["estate"], new, actor_of(request))
    )


async def take_back(request: Request, body: ReversalBody) -> PostingsAnswer:
    """Enter the posting that takes another one back."""
    path = request.path_params
    number = await books_of(request).take_back(path["estate"], path["posting"], body.note, actor_of(request))
    return PostingsAnswer(numbers=[number])


async def hide(request: Request, body: PostingHidingBody) -> Response:
    """Hide a posting's words."""
    path = request.path_params
    await books_of(request).hide(path["estate"], path["posting"], body.article, body.office, actor_of(request))
    return Response(status_code=204)


async def show(request: Request, _: None) -> Response:
    """Return postings from a number on, with their salts."""
    asked = request.query_params.get("from", "1")
    if not (asked.isascii() and asked.isdigit() and len(asked) <= _DIGITS and int(asked) > 0):
        raise RefusedError(Reason.MALFORMED, "`from` is the number of a posting, from 1.")
    page = await books_of(request).page(request.path_params["estate"], int(asked))
    return Response(page, media_type="application/json", headers=OPEN)


def books_of(request: Request) -> BookService:
    """Return the service of books."""
    service: BookService = request.state["books"]
    return service


_BOOK = "/api/estates/{estate}/book"
routes = [
    operation(
        _BOOK,
        show,
        summary="An estate's postings with salts and commitments",
        answer="application/json",
        query=("from",),
    ),
    operation(
        f"{_BOOK}/postings",
        enter,
        method="POST",
        summary="Enter postings in an estate's books, all or none",
        role=Role.STAFF,
        also=(Role.COMMITTEE,),
        body=PostingsBody,
        answer=PostingsAnswer,
        status=201,
        max_bytes=MAX_BYTES,
    ),
    operation(
        f"{_BOOK}/postings/{{posting:number}}/reversal",
        take_back,
        method="POST",
        summary="Take a posting back by another one",
        role=Role.STAFF,
        also=(Role.COMMITTEE,),
        body=ReversalBody,
        answer=PostingsAnswer,
        status=201,
    ),
    operation(
        f"{_BOOK}/postings/{{posting:number}}/redaction",
        hide,
        method="POST",
        summary="Hide a posting's words by law",
        role=Role.STAFF,
        also=(Role.COMMITTEE,),
        body=PostingHidingBody,
        status=204,
    ),
]
