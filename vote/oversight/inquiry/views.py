"""Views about inquiries: what is public of them, for programs."""

from starlette.requests import Request
from starlette.responses import Response

from vote.http import Strict, actor_of, operation
from vote.oversight.inquiry.rules import encode_inquiry
from vote.oversight.inquiry.service import InquiryService
from vote.role import Role


class ListedInquiry(Strict):
    """An inquiry in the list of an estate."""

    inquiry: str
    due: str
    answered: bool


class InquiriesAnswer(Strict):
    """All inquiries of an estate, the latest first."""

    inquiries: list[ListedInquiry]


class AnswerBody(Strict):
    """What the committee answers, and whether somebody made sure that nothing in it is private."""

    answer: str
    looked: bool


async def listed(request: Request, _: None) -> InquiriesAnswer:
    """Return which inquiries an estate has."""
    found = [each.public for each in await inquiries_of(request).listed(request.path_params["estate"])]
    return InquiriesAnswer(
        inquiries=[
            ListedInquiry(inquiry=each.uuid, due=each.due.isoformat(), answered=each.answered_at is not None)
            for each in found
        ]
    )


async def show(request: Request, _: None) -> Response:
    """Return an inquiry's public JSON."""
    stored = await inquiries_of(request).get(request.path_params["estate"], request.path_params["inquiry"])
    headers = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-cache"}
    return Response(encode_inquiry(stored.public), media_type="application/json", headers=headers)


async def answer(request: Request, body: AnswerBody) -> Response:
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
        body=AnswerBody,
        status=204,
    ),
]
