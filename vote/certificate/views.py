"""Views about objections, certificates, openings and retention."""

import base64
from contextlib import AbstractAsyncContextManager

import rfc8785
from starlette.requests import Request
from starlette.responses import Response

from crypto.errors import CryptoError
from vote.account.events import EventKind, EventService
from vote.certificate.keeping import OpeningService, RetentionService
from vote.certificate.objecting import ObjectionService
from vote.certificate.service import CertificateService
from vote.election.office import decode_office
from vote.election.service import ElectionService
from vote.errors import Reason, RefusedError
from vote.http import RowNumber, Strict, View, actor_of, operation
from vote.role import Role

JSON, PDF = "application/json", "application/pdf"
CERTIFIERS = (Role.ORGANISER, Role.COMMUNITY, Role.SUB_DISTRICT)
MAX_SIGNED = 16 << 20
"""Bytes: far above any certificate."""


class ResultObjectionBody(Strict):
    """What an owner holds against the result; the entitlement by its number in the roll, the question from 1."""

    raised_by: RowNumber
    topic: str
    question: RowNumber | None = None
    text: str


class ResultObjectionAnswer(Strict):
    """The number of an objection."""

    objection: int


class SaidAnswer(Strict):
    """What the owner said."""

    text: str


class MergeBody(Strict):
    """The objection that this one becomes part of."""

    into: RowNumber


class EndBody(Strict):
    """How an objection ends; `answer` is public; `contested` leaves the ballots of those who object in doubt."""

    outcome: str
    answer: str
    contested: bool = False


class ComposeBody(Strict):
    """Which certificate is composed, and why if it is not the first."""

    kind: str = "certificate"
    reason: str | None = None


class SignedBody(Strict):
    """An office's signature of the JSON, as `vote office certify` wrote it, and the PDF it signed, in Base64."""

    signature: dict[str, str]
    pdf: str


class SignedAnswer(Strict):
    """Whether all offices have signed, and the certificate counts."""

    issued: bool


class PreparedAnswer(Strict):
    """What an office signs where its key is: the PDF with zeros for the signature, and what is signed, in Base64."""

    pdf: str
    attributes: str
    place: int


class OpeningBody(Strict):
    """The receipt of a named ballot, and why it is opened."""

    tracker: str
    reason: str


async def raise_objection(request: Request, body: ResultObjectionBody) -> ResultObjectionAnswer:
    """Write down what an owner holds against the result."""
    async with _noted(request, EventKind.OBJECTION_WRITTEN, body.raised_by):
        number = await _objections(request).object(_uuid(request), body.raised_by, body.topic, body.question, body.text)
    return ResultObjectionAnswer(objection=number)


async def text(request: Request, _: None) -> SaidAnswer:
    """Return what an owner said."""
    await _note(request, EventKind.OBJECTION_SEEN)
    return SaidAnswer(text=await _objections(request).text(_uuid(request), request.path_params["objection"]))


async def merge(request: Request, body: MergeBody) -> Response:
    """Make an objection part of another one."""
    async with _noted(request, EventKind.OBJECTION_MERGED):
        await _objections(request).merge(_uuid(request), request.path_params["objection"], body.into)
    return Response(status_code=204)


async def answer(request: Request, body: EndBody) -> Response:
    """Answer an objection."""
    number = request.path_params["objection"]
    async with _noted(request, EventKind.OBJECTION_ANSWERED):
        await _objections(request).answer(_uuid(request), number, body.outcome, body.answer, contested=body.contested)
    return Response(status_code=204)


async def objections_json(request: Request, _: None) -> Response:
    """Return what was objected and how it ended."""
    return Response(await _objections(request).published(_uuid(request)), media_type=JSON)


async def compose(request: Request, body: ComposeBody) -> Response:
    """Compose the next certificate."""
    async with _noted(request, EventKind.CERTIFICATE_COMPOSED):
        composed = await _certificates(request).compose(_uuid(request), body.kind, body.reason)
    return Response(composed, status_code=201, media_type=JSON)


async def draft(request: Request, _: None) -> Response:
    """Return the certificate that waits for signatures."""
    return Response(await _certificates(request).draft(_uuid(request)), media_type=JSON)


async def draft_pdf(request: Request, _: None) -> Response:
    """Return the PDF that the next office signs."""
    return Response(await _certificates(request).draft_pdf(_uuid(request)), media_type=PDF)


def _bring(office: Role) -> View:
    async def bring(request: Request, data: bytes) -> Response:
        elections: ElectionService = request.state["elections"]
        try:
            named = decode_office(data).office
        except CryptoError as error:
            raise RefusedError(Reason.MALFORMED, f"{error}.") from None
        if named != office:
            raise RefusedError(Reason.CONFLICT, f"These are the keys of {named}: bring your own office's.")
        async with _noted(request, EventKind.OFFICE_KEYS):
            await elections.bring_office(_uuid(request), data)
        return Response(status_code=204)

    bring.__name__ = f"bring_keys_of_{office}"
    return bring


def _sign(office: Role) -> View:
    async def sign(request: Request, body: SignedBody) -> SignedAnswer:
        try:
            pdf = base64.b64decode(body.pdf, validate=True)
        except ValueError:
            raise RefusedError(Reason.MALFORMED, "The field pdf must be Base64.") from None
        signature = rfc8785.dumps(body.signature)
        async with _noted(request, EventKind.CERTIFICATE_SIGNED):
            issued = await _certificates(request).sign(_uuid(request), office, signature, pdf)
        return SignedAnswer(issued=issued)

    sign.__name__ = f"sign_as_{office}"
    return sign


def _prepare(office: Role) -> View:
    async def prepare(request: Request, _: None) -> PreparedAnswer:
        prepared = await _certificates(request).prepare(_uuid(request), office)
        pdf, attributes = (base64.b64encode(each).decode() for each in (prepared.pdf, prepared.attributes))
        return PreparedAnswer(pdf=pdf, attributes=attributes, place=prepared.place)

    prepare.__name__ = f"prepare_for_{office}"
    return prepare


async def certificate_json(request: Request, _: None) -> Response:
    """Return the certificate that counts."""
    return Response(await _certificates(request).issued(_uuid(request)), media_type=JSON)


async def certificate_pdf(request: Request, _: None) -> Response:
    """Return the certificate that counts, as PDF."""
    return Response(await _certificates(request).issued_pdf(_uuid(request)), media_type=PDF)


async def numbered_json(request: Request, _: None) -> Response:
    """Return a certificate by its number."""
    number = request.path_params["certificate"]
    return Response(await _certificates(request).issued(_uuid(request), number), media_type=JSON)


async def numbered_pdf(request: Request, _: None) -> Response:
    """Return a certificate by its number, as PDF."""
    number = request.path_params["certificate"]
    return Response(await _certificates(request).issued_pdf(_uuid(request), number), media_type=PDF)


async def request_opening(request: Request, body: OpeningBody) -> Response:
    """Record that a named ballot is to be opened."""
    signed = await _openings(request).request(_uuid(request), body.tracker, body.reason)
    return Response(signed, status_code=201, media_type=JSON)


async def opening_request(request: Request, _: None) -> Response:
    """Return a signed request again."""
    signed = await _openings(request).document(_uuid(request), request.path_params["opening"])
    return Response(signed, media_type=JSON)


async def openings_json(request: Request, _: None) -> Response:
    """Return how often a named ballot was to be opened, and why."""
    return Response(await _openings(request).published(_uuid(request)), media_type=JSON)


async def trustee_destroyed(request: Request, data: bytes) -> Response:
    """Record a trustee's word that the own key is destroyed."""
    await _retention(request).trustee_destroyed(_uuid(request), request.path_params["trustee"], data)
    return Response(status_code=204)


async def letters_destroyed(request: Request, data: bytes) -> Response:
    """Record that the sealed letters are destroyed."""
    await _retention(request).letters_destroyed(_uuid(request), data)
    return Response(status_code=204)


async def retention_json(request: Request, _: None) -> Response:
    """Return what was destroyed, and when."""
    return Response(await _retention(request).published(_uuid(request)), media_type=JSON)


def _noted(request: Request, kind: EventKind, *owners: int) -> AbstractAsyncContextManager[None]:
    events: EventService = request.state["events"]
    return events.beside(actor_of(request), kind, election=_uuid(request), owners=owners)


async def _note(request: Request, kind: EventKind) -> None:
    events: EventService = request.state["events"]
    await events.record(actor_of(request), kind, election=_uuid(request))


def _uuid(request: Request) -> str:
    return str(request.path_params["election"])


def _objections(request: Request) -> ObjectionService:
    objections: ObjectionService = request.state["objections"]
    return objections


def _certificates(request: Request) -> CertificateService:
    certificates: CertificateService = request.state["certificates"]
    return certificates


def _openings(request: Request) -> OpeningService:
    openings: OpeningService = request.state["openings"]
    return openings


def _retention(request: Request) -> RetentionService:
    retention: RetentionService = request.state["retention"]
    return retention


_API, _PAGES = "/api/elections/{election}", "/elections/{election}"
routes = [
    operation(
        f"{_API}/objections", raise_objection, method="POST", summary="Write down an objection to the result",
        role=Role.DESK, body=ResultObjectionBody, answer=ResultObjectionAnswer, status=201,
    ),
    operation(
        f"{_API}/objections/{{objection:number}}", text, summary="Read an objection", role=Role.ORGANISER,
        answer=SaidAnswer,
    ),
    operation(
        f"{_API}/objections/{{objection:number}}/merge", merge, method="POST",
        summary="Make an objection part of another one", role=Role.ORGANISER, body=MergeBody, status=204,
    ),
    operation(
        f"{_API}/objections/{{objection:number}}/answer", answer, method="POST", summary="Answer an objection",
        role=Role.ORGANISER, body=EndBody, status=204,
    ),
    operation(f"{_PAGES}/objections.json", objections_json, summary="Objections and their answers", answer=JSON),
    *(
        operation(
            f"{_API}/offices/{office}", _bring(office), method="POST",
            summary=f"Bring the own office's public keys: {office}", role=office, media=JSON, status=204,
        )
        for office in CERTIFIERS
    ),
    operation(
        f"{_API}/certificate", compose, method="POST", summary="Compose the next certificate", role=Role.ORGANISER,
        body=ComposeBody, answer=JSON, status=201,
    ),
    operation(f"{_PAGES}/certificate-draft.json", draft, summary="The certificate that waits for signatures", answer=JSON),
    operation(f"{_PAGES}/certificate-draft.pdf", draft_pdf, summary="The PDF that the next office signs", answer=PDF),
    *(
        operation(
            f"{_API}/certificate/{office}", _sign(office), method="POST", summary=f"Sign the certificate: {office}",
            role=office, body=SignedBody, answer=SignedAnswer, status=201, max_bytes=MAX_SIGNED,
        )
        for office in CERTIFIERS
    ),
    *(
        operation(
            f"{_API}/certificate/{office}/prepared", _prepare(office), summary=f"What the office signs: {office}",
            role=office, answer=PreparedAnswer,
        )
        for office in CERTIFIERS
    ),
    operation(f"{_PAGES}/certificate.json", certificate_json, summary="The certificate that counts", answer=JSON),
    operation(f"{_PAGES}/certificate.pdf", certificate_pdf, summary="The certificate that counts, as PDF", answer=PDF),
    operation(
        f"{_PAGES}/certificates/{{certificate:number}}.json", numbered_json, summary="A certificate by its number", answer=JSON
    ),
    operation(
        f"{_PAGES}/certificates/{{certificate:number}}.pdf", numbered_pdf, summary="A certificate by its number, as PDF",
        answer=PDF,
    ),
    operation(
        f"{_API}/openings", request_opening, method="POST", summary="Record that a named ballot is to be opened",
        role=Role.DESK, body=OpeningBody, answer=JSON, status=201,
    ),
    operation(
        f"{_API}/openings/{{opening:number}}", opening_request, summary="A signed request, once more", role=Role.DESK,
        also=(Role.COMMUNITY,),
        answer=JSON,
    ),
    operation(f"{_PAGES}/openings.json", openings_json, summary="How often a named ballot was to be opened", answer=JSON),
    operation(
        f"{_API}/trustees/{{trustee:number}}/destroyed", trustee_destroyed, method="POST",
        summary="Bring a trustee's word that the own key is destroyed", role=Role.TRUSTEE, media=JSON, status=204,
    ),
    operation(
        f"{_API}/registrar/destroyed", letters_destroyed, method="POST", summary="Say that the sealed letters are destroyed",
        role=Role.REGISTRAR, media=JSON, status=204,
    ),
    operation(f"{_PAGES}/retention.json", retention_json, summary="What was destroyed, and when", answer=JSON),
]  # fmt: skip
