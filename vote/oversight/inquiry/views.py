"""Views about inquiries: what is public of them, for programs."""

from starlette.requests import Request
from starlette.responses import Response

from vote.http import OPEN, Strict, actor_of, operation
from vote.oversight.inquiry.rules import encode_inquiry
from vote.oversight.inquiry.service import InquiryService
from vote.oversight.record.views import MAX_LISTED, asked_from
from vote.role import Role


class ListedInquiry(Strict):
    """An inquiry in the list of an estate."""

    inquiry: str
    due: str
    answered: bool


class InquiriesAnswer(Strict):
    """A page of an estate's inquiries in the order in which they were asked."""

    inquiries: list[ListedInquiry]
    next: int | None
    """How many to leave out to see what follows; null on the last page."""


class InquiryAnswerBody(Strict):
    """What the committee answers, and whether somebody made sure that nothing in it is private."""

    answer: str
    looked: bool


async def listed(request: Request, _: None) -> Response:
    """Return which inquiries an estate has, a page of them."""
    first = asked_from(request)
    found = [each.public for each in reversed(await inquiries_of(request).listed(request.path_params["estate"]))]
    following = first + MAX_LISTED
    answer = InquiriesAnswer(
        inquiries=[
            ListedInquiry(inquiry=each.uuid, due=each.due.isoformat(), answered=each.answered_at is not None)
            for each in found[first:following]
        ],
        next=following if following < len(found) else None,
    )
    return Response(answer.model_dump_json(), media_type="application/json", headers=OPEN)


async def show(request: Request, _: None) -> Response:
    """Return an inquiry's public JSON."""
    stored = await inquiries_of(request).get(request.path_params["estate"], request.path_params["inquiry"])
    return Response(encode_inquiry(stored.public), media_type="application/json", headers=OPEN)


async def answer(request: Request, body: InquiryAnswerBody) -> Response:
    """Answer an inquiry, for everybody to read."""
    path = request.path_params
    await inquiries_of(request).answer(
        path["estate"], path["inquiry"], body.answer, actor_of(request), looked=body.looked
    )
    return Response(status_code=204)


def inquiries_of(request: Request) -> InquiryService:
    """Return the service of inquiries."""
    service: InquiryService = request.state["inquiries"]
    return service


routes = [
    operation(
        "/api/estates/{estate}/inquiries", listed, summary="Which inquiries an estate has", answer=InquiriesAnswer
    ),
    operation(
        "/estates/{estate}/inquiries/{inquiry}.json",
        show,
        summary="An inquiry with commitments, and salts of what everybody may read",
        answer="application/json",
    ),
    operation(
        "/api/estates/{estate}/inquiries/{inquiry}/answer",
        answer,
        method="POST",
        summary="Answer an inquiry",
        role=Role.STAFF,
        also=(Role.COMMITTEE,),
        body=InquiryAnswerBody,
        status=204,
    ),
]
