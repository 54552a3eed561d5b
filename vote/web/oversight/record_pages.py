"""A committee's records on pages: everybody reads, searches and downloads; the committee publishes, corrects and hides.

* Forms are made from the fields of a kind. A form sent twice publishes once.
* What was corrected stays readable, and says so.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlencode

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from vote.errors import RefusedError
from vote.estate.store import EstatePlace
from vote.http import actor_of, judge, place_of
from vote.law.citation import Text
from vote.log.rules import Kind
from vote.oversight.record.fields import Field, Value, ValuesRefusedError
from vote.oversight.record.kinds import DAY, KINDS, TITLE, RecordKind
from vote.oversight.record.media import FileRefusedError
from vote.oversight.record.rules import (
    ARTICLES,
    FILES,
    MAX_FILE_BYTES,
    MEDIA,
    OFFICES,
    Article,
    CommittedField,
    Office,
)
from vote.oversight.record.service import Draft, Hiding, RecordService
from vote.oversight.record.store import StoredRecord, Wanted
from vote.oversight.record.views import records_of
from vote.role import Role
from vote.web.act import go_to, refusal_of
from vote.web.form import FormError, form_of, read_form, typed
from vote.web.oversight.inquiry_lists import asked
from vote.web.oversight.interest_lists import published
from vote.web.oversight.place import place_of_estate
from vote.web.oversight.record_form import FORM_BYTES, find_kind, kept_files, read_files, read_values, typed_of
from vote.web.page import page, visitor_of
from vote.web.problems import STATUS, said
from vote.web.rendering import render
from vote.web.watched import standing_of

PUBLISHERS = (Role.STAFF, Role.COMMITTEE)
SHOWN = 30
LATEST = 5
_YEAR_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A field as the page of a record shows it."""

    field: Field | None
    """None for an attachment."""
    committed: CommittedField
    number: int = 0
    """Of an attachment."""

    @property
    def article(self) -> Text:
        """By which law it is hidden."""
        assert self.committed.redaction is not None
        return ARTICLES[self.committed.redaction.article]

    @property
    def office(self) -> Text:
        """Who decided so."""
        assert self.committed.redaction is not None
        return OFFICES[self.committed.redaction.office]

    @property
    def ending(self) -> str:
        """What kind of file an attachment is, without the dot."""
        value = self.committed.value
        assert isinstance(value, dict)
        return MEDIA[str(value["media_type"])].removeprefix(".")


class RedactForm(BaseModel):
    """What is to be hidden."""

    fields: list[str]
    article: Article
    office: Office
    sure: str


def title_of(stored: StoredRecord) -> str | None:
    """Return a record's title; None if it is hidden."""
    value: Value | None = next(each.value for each in stored.public.fields if each.name == TITLE)
    return None if value is None else str(value)


async def may_publish(request: Request, roles: tuple[Role, ...] = PUBLISHERS) -> bool:
    """Whether whoever looks at an estate's page may publish there, or do there what some of the publishers may."""
    visitor = visitor_of(request)
    if visitor is not None:
        with suppress(RefusedError):
            await judge(request, visitor, roles, place_of(request))
            return True
    return False


async def latest(request: Request, estate: str) -> dict[str, object]:
    """Return what the page of an estate shows of its records."""
    found = await records_of(request).listed(estate, Wanted(), most=LATEST)
    return {"records": _titled(found), "kinds": KINDS, "may_publish": await may_publish(request)}


async def listed(request: Request) -> Response:
    """Show an estate's records, those of the latest day first; choose by kind, year and words."""
    place, records = await place_of_estate(request), records_of(request)
    asked = request.query_params
    year, first = asked.get("year", ""), asked.get("from", "")
    wanted = Wanted(
        find_kind(asked.get("kind", "")),
        int(year) if year.isascii() and year.isdigit() and len(year) == _YEAR_DIGITS and int(year) > 0 else None,
        asked.get("q", "")[:100].replace("\x00", ""),
    )
    begin = int(first) if first.isascii() and first.isdigit() and len(first) < 7 else 0  # noqa: PLR2004 - enough records
    count = await records.count(place.id, wanted)
    values = {
        "place": place,
        "records": _titled(await records.listed(place.id, wanted, first=begin, most=SHOWN)),
        "kinds": KINDS,
        "wanted": wanted,
        "count": count,
        "years": await records.years(place.id),
        "may_publish": await may_publish(request),
        "newer": _page_path(place.id, wanted, max(begin - SHOWN, 0)) if begin else None,
        "older": _page_path(place.id, wanted, begin + SHOWN) if begin + SHOWN < count else None,
    }
    return render(request, "oversight/records.html", values)


async def show(request: Request) -> Response:
    """Show a record."""
    place, stored = await place_of_estate(request), await _stored(request)
    lines = _lines(stored)
    values = {
        "place": place,
        "stored": stored,
        "title": title_of(stored),
        "kind": KINDS[stored.public.kind],
        "lines": [each for each in lines if each.field is not None and each.field.name != TITLE],
        "files": [each for each in lines if each.field is None],
        "hidden_title": next(
            (each for each in lines if each.committed.name == TITLE and each.committed.redaction), None
        ),
        "path": _path(stored),
        "inquiries": await asked(request, place.id, about=stored.public.uuid),
        "interests": await published(request, place.id, stored.public.uuid),
        "may_publish": await may_publish(request),
        "standing": await standing_of(request, place.id, Kind.RECORD_PUBLISHED, stored.public.uuid),
    }
    return render(request, "oversight/record.html", values)


async def new(request: Request) -> Response:
    """Ask for a record, or first for its kind."""
    kind = find_kind(request.query_params.get("kind", ""))
    place = await place_of_estate(request)
    if kind is None:
        return render(request, "oversight/record-kinds.html", {"place": place, "kinds": KINDS})
    return _form_page(request, place, kind, {"number": records_of(request).draw_number()})


async def publish(request: Request) -> Response:
    """Publish a record."""
    place = await place_of_estate(request)
    form = await form_of(request)
    kind = find_kind(str(form.get("kind", "")))
    if kind is None:
        return render(request, "oversight/record-kinds.html", {"place": place, "kinds": KINDS}, 422)
    return await _publish(request, place, kind, None)


async def correcting(request: Request) -> Response:
    """Ask for the correction of a record."""
    place, stored = await place_of_estate(request), await _stored(request)
    begun = {**typed_of(stored), "number": records_of(request).draw_number(), "keep": "yes"}
    return _form_page(request, place, stored.public.kind, begun, stored)


async def correct(request: Request) -> Response:
    """Publish the correction of a record."""
    stored = await _stored(request)
    return await _publish(request, await place_of_estate(request), stored.public.kind, stored)


async def redacting(request: Request) -> Response:
    """Ask what of a record is to be hidden."""
    return await _redact_page(request, {}, {})


async def redact(request: Request) -> Response:
    """Hide a part of a record."""
    stored = await _stored(request)
    try:
        form = await read_form(request, RedactForm)
        hiding = Hiding(form.fields, form.article, form.office)
        await records_of(request).redact(stored.public.estate, stored.public.uuid, hiding, actor_of(request))
    except FormError as error:
        return await _redact_page(request, error.errors, error.values, 422)
    except RefusedError as error:
        return await _redact_page(request, {"fields": said(error)}, typed(await form_of(request)), STATUS[error.reason])
    return go_to(request, _path(stored))


async def _publish(request: Request, place: EstatePlace, kind: RecordKind, corrected: StoredRecord | None) -> Response:
    form = await form_of(request)
    records: RecordService = records_of(request)
    try:
        files = await read_files(form)
        if corrected is not None and form.get("keep"):
            files = [*await kept_files(request, corrected), *files]
        draft = Draft(
            kind,
            read_values(kind, form, files=len(files)),
            files,
            corrected.public.uuid if corrected else None,
            str(form.get("number", "")),
        )
        uuid = await records.publish(place.id, draft, actor_of(request))
    except ValuesRefusedError as error:
        return _form_page(request, place, kind, typed(form), corrected, errors=error.errors, status=422)
    except FileRefusedError as error:
        return _form_page(request, place, kind, typed(form), corrected, errors={"files": said(error)}, status=422)
    except RefusedError as error:
        return _form_page(request, place, kind, typed(form), corrected, refused=error, status=STATUS[error.reason])
    return go_to(request, f"/estates/{place.id}/records/{uuid}")


def _form_page(
    request: Request,
    place: EstatePlace,
    kind: RecordKind,
    begun: Mapping[str, str],
    corrected: StoredRecord | None = None,
    *,
    errors: Mapping[str, Text] | None = None,
    refused: RefusedError | None = None,
    status: int = 200,
) -> Response:
    values = {
        "place": place,
        "name": kind,
        "kind": KINDS[kind],
        "typed": begun,
        "corrected": corrected,
        "path": _path(corrected) if corrected else None,
        "has_files": corrected is not None and any(each.field is None for each in _lines(corrected)),
        "errors": errors or {},
        "refused": refusal_of(refused).said if refused else None,
        "most": len(FILES),
        "megabytes": MAX_FILE_BYTES >> 20,
        "total": FORM_BYTES >> 20,
    }
    return render(request, "oversight/record-form.html", values, status)


async def _redact_page(
    request: Request, errors: Mapping[str, Text], begun: Mapping[str, str], status: int = 200
) -> Response:
    stored = await _stored(request)
    form = await form_of(request) if request.method == "POST" else None
    values = {
        "place": await place_of_estate(request),
        "stored": stored,
        "title": title_of(stored),
        "path": _path(stored),
        "lines": [each for each in _lines(stored) if each.committed.redaction is None and each.committed.name != DAY],
        "chosen": [str(each) for each in form.getlist("fields")] if form else [],
        "versions": _titled(await records_of(request).versions(stored)),
        "kinds": KINDS,
        "articles": ARTICLES,
        "offices": OFFICES,
        "errors": errors,
        "typed": begun,
    }
    return render(request, "oversight/record-redact.html", values, status)


def _lines(stored: StoredRecord) -> list[Line]:
    kind = KINDS[stored.public.kind]
    numbers = {name: number for number, name in enumerate(FILES, 1)}
    return [
        Line(None, each, numbers[each.name]) if each.name in numbers else Line(kind.get(each.name), each)
        for each in stored.public.fields
    ]


def _titled(found: list[StoredRecord]) -> list[tuple[StoredRecord, str | None]]:
    return [(each, title_of(each)) for each in found]


def _path(stored: StoredRecord) -> str:
    return f"/estates/{stored.public.estate}/records/{stored.public.uuid}"


def _page_path(estate: str, wanted: Wanted, first: int) -> tuple[str, str]:
    """Return the address of a page of the list, and its query."""
    asked = {"kind": wanted.kind or "", "year": str(wanted.year or ""), "q": wanted.words, "from": str(first or "")}
    return f"/estates/{estate}/records", urlencode({name: each for name, each in asked.items() if each})


async def _stored(request: Request) -> StoredRecord:
    return await records_of(request).get(request.path_params["estate"], request.path_params["record"])


_RECORDS = "/estates/{estate}/records"
_RECORD = f"{_RECORDS}/{{record}}"
routes: list[BaseRoute] = [
    page(_RECORDS, listed, summary="What a committee published: by kind, year and words"),
    page(f"{_RECORDS}/new", new, summary="Fill in a record, or first choose its kind", roles=PUBLISHERS),
    page(
        f"{_RECORDS}/new",
        publish,
        summary="Publish a record",
        roles=PUBLISHERS,
        method="POST",
        max_bytes=FORM_BYTES,
    ),
    page(_RECORD, show, summary="A record with its attachments"),
    page(f"{_RECORD}/correct", correcting, summary="Fill in a record’s correction", roles=PUBLISHERS),
    page(
        f"{_RECORD}/correct",
        correct,
        summary="Publish a record’s correction",
        roles=PUBLISHERS,
        method="POST",
        max_bytes=FORM_BYTES,
    ),
    page(f"{_RECORD}/redact", redacting, summary="Choose what of a record is hidden by law", roles=PUBLISHERS),
    page(f"{_RECORD}/redact", redact, summary="Hide a part of a record", roles=PUBLISHERS, method="POST"),
]
