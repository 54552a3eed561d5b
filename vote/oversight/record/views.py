"""Views about records: what is published, for everybody and for programs, and publishing."""

import base64
import binascii
from urllib.parse import quote

from pydantic import Field, JsonValue
from starlette.requests import Request
from starlette.responses import Response

from vote.errors import Reason, RefusedError
from vote.http import OPEN, Strict, actor_of, operation
from vote.oversight.record.fields import Value
from vote.oversight.record.kinds import RecordKind
from vote.oversight.record.rules import FILES, Article, Office, encode_record, write_moment
from vote.oversight.record.service import Draft, Hiding, NewFile, RecordService
from vote.role import Role

MAX_BYTES = 56 << 20
"""Of a record with its attachments, in Base64."""
MAX_LISTED = 500
_DIGITS = 9
SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""What a browser lets an attachment do that somebody opens by its address."""


class FileBody(Strict):
    """An attachment in Base64."""

    name: str = Field(max_length=300)
    content: str


class RecordBody(Strict):
    """A record to be published; `values` are as the public JSON shows them: money in whole fen, days as 2026-12-01."""

    kind: RecordKind = Field(strict=False)
    values: dict[str, JsonValue]
    files: list[FileBody] = Field(default_factory=list, max_length=len(FILES))
    supersedes: str | None = None
    number: str = ""


class RecordAnswer(Strict):
    """The number of a record."""

    record: str


class HidingBody(Strict):
    """What is to be hidden, by which article, and who decided so."""

    fields: list[str]
    article: Article = Field(strict=False)
    office: Office = Field(strict=False)


class ListedRecord(Strict):
    """A record in the list of an estate."""

    record: str
    kind: str
    day: str
    published_at: str
    superseded_by: str | None


class ListAnswer(Strict):
    """A page of an estate's records in the order in which they were published."""

    records: list[ListedRecord]
    next: int | None
    """How many to leave out to see what follows; null on the last page."""


async def publish(request: Request, body: RecordBody) -> RecordAnswer:
    """Publish a record."""
    files = [NewFile(each.name, _decode(each.content)) for each in body.files]
    values: dict[str, Value] = body.values  # type: ignore[assignment]  # what does not fit is refused by the rules
    draft = Draft(body.kind, values, files, body.supersedes, body.number)
    return RecordAnswer(
        record=await records_of(request).publish(request.path_params["estate"], draft, actor_of(request))
    )


async def redact(request: Request, body: HidingBody) -> Response:
    """Hide fields of a record."""
    hiding = Hiding(body.fields, body.article, body.office)
    await records_of(request).redact(
        request.path_params["estate"], request.path_params["record"], hiding, actor_of(request)
    )
    return Response(status_code=204)


async def listed(request: Request, _: None) -> Response:
    """Return which records an estate has, a page of them."""
    first = asked_from(request)
    found = await records_of(request).published(request.path_params["estate"], first, MAX_LISTED + 1)
    answer = ListAnswer(
        records=[
            ListedRecord(
                record=each.public.uuid,
                kind=each.public.kind,
                day=each.day.isoformat(),
                published_at=write_moment(each.public.published_at),
                superseded_by=each.superseded_by,
            )
            for each in found[:MAX_LISTED]
        ],
        next=first + MAX_LISTED if len(found) > MAX_LISTED else None,
    )
    return Response(answer.model_dump_json(), media_type="application/json", headers=OPEN)


def asked_from(request: Request) -> int:
    """Return how many of a list are left out (`?from=`), none by default.

    Raises:
        RefusedError: it is no whole number from 0.
    """
    asked = request.query_params.get("from", "0")
    if not (asked.isascii() and asked.isdigit() and len(asked) <= _DIGITS):
        raise RefusedError(Reason.MALFORMED, "`from` is how many of the list are left out, from 0.")
    return int(asked)


async def show(request: Request, _: None) -> Response:
    """Return a record's public JSON."""
    stored = await records_of(request).get(request.path_params["estate"], request.path_params["record"])
    return Response(encode_record(stored.public), media_type="application/json", headers=OPEN)


async def attachment(request: Request, _: None) -> Response:
    """Return an attachment's bytes, which no browser opens as a page of ours."""
    path = request.path_params
    name, found = await records_of(request).file(path["estate"], path["record"], path["number"])
    assert found.content is not None
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "Content-Security-Policy": SANDBOX,
        **OPEN,
    }
    return Response(found.content, media_type=found.media_type, headers=headers)


def records_of(request: Request) -> RecordService:
    """Return the service of records."""
    service: RecordService = request.state["records"]
    return service


def _decode(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise RefusedError(Reason.MALFORMED, "An attachment's content must be Base64.") from None


_RECORDS = "/api/estates/{estate}/records"
routes = [
    operation(
        _RECORDS,
        publish,
        method="POST",
        summary="Publish a record of an estate's committee",
        role=Role.STAFF,
        also=(Role.COMMITTEE,),
        body=RecordBody,
        answer=RecordAnswer,
        status=201,
        max_bytes=MAX_BYTES,
    ),
    operation(
        f"{_RECORDS}/{{record}}/redactions",
        redact,
        method="POST",
        summary="Hide fields of a record",
        role=Role.STAFF,
        also=(Role.COMMITTEE,),
        body=HidingBody,
        status=204,
    ),
    operation(
        _RECORDS,
        listed,
        summary="Which records an estate has, in the order in which they were published",
        answer=ListAnswer,
        query=("from",),
    ),
    operation(
        "/estates/{estate}/records/{record}.json",
        show,
        summary="A record with salts and commitments",
        answer="application/json",
    ),
    operation(
        "/estates/{estate}/records/{record}/files/{number:number}",
        attachment,
        summary="An attachment of a record",
        answer="application/octet-stream",
    ),
]
