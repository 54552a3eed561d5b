"""Views for the registrar, and for owners on their way from a letter to a voting key."""

from typing import Literal

from starlette.requests import Request
from starlette.responses import Response

from vote.credential.acting import Acting
from vote.credential.agreement_text import TEXT
from vote.credential.consent import ConsentService
from vote.credential.reissue import ReissueService
from vote.credential.sealed_copy import MAX_COPY, SealedCopyService
from vote.credential.second_factor import Purpose, SecondFactorService
from vote.credential.service import CredentialService
from vote.election.service import ElectionService
from vote.errors import Reason, RefusedError
from vote.http import Strict, operation
from vote.phone.service import PhoneService
from vote.role import Role

JSON = "application/json"
PLAIN = "text/plain"
BYTES = "application/octet-stream"
MAX_LIST = 16 * 1024 * 1024
"""Bytes: far above the list of any estate."""


class CodeBody(Strict):
    """The number of a letter, as typed."""

    letter_number: str
    purpose: Literal["vote", "petition"] = "vote"


class CodeAnswer(Strict):
    """Where a code went: the last digits of the phone, until when it is good, whether it is on its way already."""

    tail: str
    expires_at: str
    sent: bool


class PartBody(Strict):
    """The number of a letter and the code, as typed."""

    letter_number: str
    code: str
    acting: str | None = None
    """Who says to be here: `self`, `proxy` with a signed authority, or `help`, beside the owner."""
    purpose: Literal["vote", "petition"] = "vote"
    """What for: a petition's signature is taken once the election is certified."""


class PartAnswer(Strict):
    """The platform's part of a voting key, a decimal number, and what the owner is shown; area in dm² (0.01 m²).

    `owner_pass` is for an hour, for what the owner says; `cast`, `last_cast_at` and `last_channel` tell of ballots that came
    before. `channel` is how one made with this part comes, `may_cast` says whether it may take the place of the last, and
    `may_change` whether one more may follow without another code.
    """

    part: str
    public: str
    credential: str
    places: list[str]
    area_dm2: int
    agreed: bool
    owner_pass: str
    cast: int
    last_cast_at: str | None
    last_acting: str | None
    last_channel: str | None
    channel: str
    may_cast: bool
    may_change: bool


class ReissueAnswer(Strict):
    """How many letters were made anew, and whether the platform's part had been given under an old one of this owner."""

    count: int
    released: bool


class PhonesAnswer(Strict):
    """The phones in force: how many by source and by confirmation, how many get no code, how many owners share one."""

    supplied: dict[str, int]
    confirmed: dict[str, int]
    unconfirmed: int
    shared: int


class CountsAnswer(Strict):
    """What was changed after freezing and sealing, counted."""

    phones_changed: int
    letters_reissued: int
    phones: PhonesAnswer


async def request(request: Request, _: None) -> Response:
    """Return what the registrar issues credentials from."""
    credentials: CredentialService = request.state["credentials"]
    return Response(await credentials.request(request.path_params["election"]), media_type=JSON)


async def submit(request: Request, body: bytes) -> Response:
    """Keep the registrar's list of public credentials."""
    credentials: CredentialService = request.state["credentials"]
    await credentials.submit(request.path_params["election"], body)
    return Response(status_code=204)


async def keep_copy(request: Request, body: bytes) -> Response:
    """Keep the sealed letters."""
    await _copies(request).keep(request.path_params["election"], body)
    return Response(status_code=204)


async def sealed_copy(request: Request, _: None) -> Response:
    """Return the sealed letters."""
    found = await _copies(request).get(request.path_params["election"])
    return Response(found, media_type=BYTES, headers={"Cache-Control": "no-store"})


async def destroy_copy(request: Request, _: None) -> Response:
    """Destroy the sealed letters."""
    await _copies(request).destroy(request.path_params["election"])
    return Response(status_code=204)


async def reissue(request: Request, body: bytes) -> ReissueAnswer:
    """Put a letter's new number in force."""
    reissues: ReissueService = request.state["reissues"]
    done = await reissues.reissue(request.path_params["election"], body)
    return ReissueAnswer(count=done.count, released=done.released)


async def send_code(request: Request, body: CodeBody) -> CodeAnswer:
    """Send a one-time code to the owner's confirmed phone."""
    sent = await _second_factors(request).send_code(
        request.path_params["election"], body.letter_number, Purpose(body.purpose)
    )
    return CodeAnswer(tail=sent.tail, expires_at=sent.expires_at.isoformat(), sent=sent.sent)


async def open_part(request: Request, body: PartBody) -> Response:
    """Give the platform's part of a voting key."""
    if body.acting is not None and body.acting not in set(Acting):
        raise RefusedError(Reason.MALFORMED, "The field acting is one of `self`, `proxy` and `help`.")
    acting = None if body.acting is None else Acting(body.acting)
    factors, uuid = _second_factors(request), request.path_params["election"]
    found = await factors.open_part(uuid, body.letter_number, body.code, acting, Purpose(body.purpose))
    answer = PartAnswer(
        part=found.part,
        public=found.public,
        credential=found.credential,
        places=list(found.places),
        area_dm2=found.area_dm2,
        agreed=found.agreed,
        owner_pass=found.owner_pass,
        cast=found.cast,
        last_cast_at=found.last_cast_at.isoformat() if found.last_cast_at else None,
        last_acting=found.last_acting,
        last_channel=found.last_channel,
        channel=found.channel,
        may_cast=found.may_cast,
        may_change=found.may_change,
    )
    return Response(answer.model_dump_json(), media_type=JSON, headers={"Cache-Control": "no-store"})


async def agree(request: Request, body: bytes) -> Response:
    """Keep an owner's agreement to vote electronically."""
    consents: ConsentService = request.state["consents"]
    new = await consents.agree(request.path_params["election"], body)
    return Response(status_code=201 if new else 200)


async def agreement_text(request: Request, _: None) -> Response:
    """Return what owners agree to, byte for byte as it is signed."""
    elections: ElectionService = request.state["elections"]
    stored = await elections.get(request.path_params["election"])
    if stored.files is None or stored.draft.credential_parts == 1:
        raise RefusedError(Reason.NOT_FOUND, "Nothing is agreed to in this election: its keys have one part.")
    return Response(TEXT, media_type=PLAIN)


async def counts(request: Request, _: None) -> CountsAnswer:
    """Return how many phones and letters were changed, and how far phones are confirmed."""
    elections: ElectionService = request.state["elections"]
    phones: PhoneService = request.state["phones"]
    reissues: ReissueService = request.state["reissues"]
    stored = await elections.get(request.path_params["election"])
    if stored.files is None:
        raise RefusedError(Reason.NOT_FOUND, "There is no election of this number.")
    found = await phones.counts(stored.draft.roll)
    return CountsAnswer(
        phones_changed=await phones.count_changes(stored.draft.roll),
        letters_reissued=await reissues.count(stored.uuid),
        phones=PhonesAnswer(
            supplied=found.supplied,
            confirmed=found.confirmed,
            unconfirmed=found.unconfirmed,
            shared=found.shared,
        ),
    )


def _copies(request: Request) -> SealedCopyService:
    copies: SealedCopyService = request.state["sealed_copies"]
    return copies


def _second_factors(request: Request) -> SecondFactorService:
    second_factors: SecondFactorService = request.state["second_factors"]
    return second_factors


_ELECTION = "/api/elections/{election}"
routes = [
    operation(
        "/api/elections/{election}/registrar/request",
        request,
        role=Role.REGISTRAR,
        answer=JSON,
        summary="Show the entitlements that need credentials",
    ),
    operation(
        "/api/elections/{election}/registrar/credentials",
        submit,
        method="POST",
        media=JSON,
        status=204,
        role=Role.REGISTRAR,
        max_bytes=MAX_LIST,
        summary="Send the public credentials, once",
    ),
    operation(
        f"{_ELECTION}/registrar/letters",
        keep_copy,
        method="PUT",
        media=BYTES,
        status=204,
        role=Role.REGISTRAR,
        max_bytes=MAX_COPY,
        summary="Keep a copy of the sealed letters",
    ),
    operation(
        f"{_ELECTION}/registrar/letters",
        sealed_copy,
        role=Role.REGISTRAR,
        answer=BYTES,
        summary="The copy of the sealed letters",
    ),
    operation(
        f"{_ELECTION}/registrar/letters",
        destroy_copy,
        method="DELETE",
        status=204,
        role=Role.REGISTRAR,
        summary="Destroy the copy of the sealed letters",
    ),
    operation(
        f"{_ELECTION}/registrar/reissued",
        reissue,
        method="POST",
        media=JSON,
        answer=ReissueAnswer,
        role=Role.REGISTRAR,
        summary="Put a letter's new number in force",
    ),
    operation(
        f"{_ELECTION}/codes",
        send_code,
        method="POST",
        body=CodeBody,
        answer=CodeAnswer,
        status=202,
        summary="Send a one-time code to the owner's confirmed phone",
    ),
    operation(
        f"{_ELECTION}/part",
        open_part,
        method="POST",
        body=PartBody,
        answer=PartAnswer,
        summary="Give the platform's part of a voting key for letter and code",
    ),
    operation(
        f"{_ELECTION}/agreements",
        agree,
        method="POST",
        media=JSON,
        status=201,
        repeated=200,
        summary="Keep an owner's signed agreement to vote electronically",
    ),
    operation(f"{_ELECTION}/changes-count", counts, answer=CountsAnswer, summary="Count changed phones and letters"),
    operation("/elections/{election}/agreement-text", agreement_text, answer=PLAIN, summary="What owners agree to"),
]
