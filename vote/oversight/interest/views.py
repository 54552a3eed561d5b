"""Views about interests: what is public of them, for programs, and declaring and explaining."""

from typing import Literal

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from vote.errors import Reason, RefusedError
from vote.http import OPEN, RowNumber, Strict, actor_of, operation
from vote.oversight.interest.credit_code import find_code
from vote.oversight.interest.rules import Declaration, Handling, Relation, Seat, Subject, encode_hit
from vote.oversight.interest.service import InterestService
from vote.oversight.record.fields import ValuesRefusedError
from vote.oversight.record.views import MAX_LISTED, asked_from
from vote.role import Role


class DeclarationBody(Strict):
    """To whom a member or candidate is tied."""

    seat: Seat = Field(strict=False)
    holder: str
    subject: Subject = Field(strict=False)
    party: str
    credit_code: str = ""
    relation: Relation = Field(strict=False)
    note: str = ""


class DeclaredAnswer(Strict):
    """The number of a declaration, and of what it meets that waits for an explanation."""

    interest: str
    hits: list[RowNumber]


class ListedInterest(Strict):
    """A published tie in the list of an estate: who declared it, and the record or posting that it met."""

    hit: RowNumber
    interest: str
    about: str
    posting: int


class InterestsAnswer(Strict):
    """A page of an estate's published ties in the order in which they were published."""

    interests: list[ListedInterest]
    next: int | None
    """How many to leave out to see what follows; null on the last page."""


class ExplanationBody(Strict):
    """What follows from a hit, and what is said of it."""

    handling: Literal["abstain", "explain"]
    explanation: str = ""


async def declare(request: Request, body: DeclarationBody) -> DeclaredAnswer:
    """Keep a tie."""
    interests, estate = interests_of(request), request.path_params["estate"]
    code = find_code(body.credit_code) or ""
    declaration = Declaration(body.seat, body.holder, body.subject, body.party, body.relation, code, body.note)
    try:
        uuid = await interests.declare(estate, declaration, body.credit_code, actor_of(request))
    except ValuesRefusedError as error:
        raise _malformed(error) from None
    hits = [hit for each in await interests.listed(estate) if each.uuid == uuid for hit in each.hits]
    return DeclaredAnswer(interest=uuid, hits=[hit.id for hit in hits if hit.publish_on is not None])


async def explain(request: Request, body: ExplanationBody) -> Response:
    """Publish a hit with what is said of it."""
    path = request.path_params
    try:
        await interests_of(request).explain(
            path["estate"], path["hit"], Handling(body.handling), body.explanation, actor_of(request)
        )
    except ValuesRefusedError as error:
        raise _malformed(error) from None
    return Response(status_code=204)


def _malformed(error: ValuesRefusedError) -> RefusedError:
    name, said = next(iter(error.errors.items()))
    return RefusedError(Reason.MALFORMED, f"{name}: {said.en}", zh=f"{name}：{said.zh}")


async def listed(request: Request, _: None) -> Response:
    """Return which ties an estate published, a page of them."""
    first = asked_from(request)
    hits = [
        (hit.published_at, hit.id, stored.uuid, hit)
        for stored in await interests_of(request).listed(request.path_params["estate"])
        for hit in stored.hits
        if hit.published_at is not None
    ]
    found = sorted(hits, key=lambda each: each[:2])
    following = first + MAX_LISTED
    answer = InterestsAnswer(
        interests=[
            ListedInterest(hit=number, interest=uuid, about=hit.about, posting=hit.posting)
            for _, number, uuid, hit in found[first:following]
        ],
        next=following if following < len(found) else None,
    )
    return Response(answer.model_dump_json(), media_type="application/json", headers=OPEN)


async def show(request: Request, _: None) -> Response:
    """Return the public JSON of a hit that is published."""
    estate, number = request.path_params["estate"], request.path_params["hit"]
    for stored in await interests_of(request).listed(estate):
        for hit in stored.hits:
            if hit.id == number and hit.published_at is not None:
                data = encode_hit(estate, stored.uuid, hit, stored.parts)
                return Response(data, media_type="application/json", headers=OPEN)
    raise RefusedError(
        Reason.NOT_FOUND, "This estate published no such interest.", zh="没有这一条，请从小区的页面重新点进来。"
    )


def interests_of(request: Request) -> InterestService:
    """Return the service of interests."""
    service: InterestService = request.state["interests"]
    return service


routes = [
    operation(
        "/api/estates/{estate}/interests",
        listed,
        summary="Which ties of members an estate published",
        answer=InterestsAnswer,
    ),
    operation(
        "/estates/{estate}/interests/{hit:number}.json",
        show,
        summary="A published interest with commitments, and salts of what is shown",
        answer="application/json",
    ),
    operation(
        "/api/estates/{estate}/interests",
        declare,
        method="POST",
        summary="Declare a tie of a member or candidate",
        role=Role.STAFF,
        also=(Role.COMMITTEE,),
        body=DeclarationBody,
        answer=DeclaredAnswer,
        status=201,
    ),
    operation(
        "/api/estates/{estate}/interests/{hit:number}/explanation",
        explain,
        method="POST",
        summary="Abstain or explain, and publish the tie",
        role=Role.STAFF,
        also=(Role.COMMITTEE,),
        body=ExplanationBody,
        status=204,
    ),
]
