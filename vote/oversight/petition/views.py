"""Views about petitions: begin and sign with an owner's key; for the office the sealed signers, and what it found."""

import base64
from datetime import date

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from vote.errors import Reason, RefusedError
from vote.http import OPEN, RowNumber, Strict, actor_of, operation
from vote.oversight.petition.publishing import PublicPetition, encode_public
from vote.oversight.petition.rules import PetitionKind, Strike
from vote.oversight.petition.service import Asked, Checked, PetitionService, StrikeMade
from vote.oversight.petition.signing import SigningService
from vote.oversight.record.views import MAX_LISTED, asked_from
from vote.role import Role

MAX_CHECK = 1 << 20
BYTES = "application/octet-stream"
JSON = "application/json"


class BeginBody(Strict):
    """A petition with its first signature; `number` was drawn by the page, as it is signed."""

    number: str = Field(pattern=r"^[1-9A-HJ-NP-Za-km-z]{14}$")
    kind: PetitionKind = Field(strict=False)
    text: str
    member: str = ""
    signed: str


class CardBody(Strict):
    """The public half of the office's card (`age1…`)."""

    recipient: str


class SignerAnswer(Strict):
    """A signature's number and its signer, sealed, in Base64."""

    line: int
    sealed: str


class SignersAnswer(Strict):
    """Every signature that counts."""

    signers: list[SignerAnswer]


class StrikeBody(Strict):
    """A signature to be struck; its area, in dm² (0.01 m²), opens the commitment with the salt, in hex."""

    line: RowNumber
    why: Strike = Field(strict=False)
    area_dm2: int = Field(ge=0, lt=10**12)
    salt: str = Field(pattern=r"^[0-9a-f]{64}$")


class SignatureCheckBody(Strict):
    """What the office found."""

    seen: list[RowNumber]
    strikes: list[StrikeBody]
    due_on: date | None = Field(None, strict=False)


class CheckAnswer(Strict):
    """Whether the share is reached, so that the petition is served."""

    served: bool


class ListedPetition(Strict):
    """A petition in the list of an estate."""

    petition: str


class PetitionsAnswer(Strict):
    """A page of an estate's petitions in the order in which they began."""

    petitions: list[ListedPetition]
    next: int | None
    """How many to leave out to see what follows; null on the last page."""


async def listed(request: Request, _: None) -> Response:
    """Return which petitions an estate has, a page of them."""
    first = asked_from(request)
    found = list(reversed(await petitions_of(request).listed(request.path_params["estate"])))
    following = first + MAX_LISTED
    answer = PetitionsAnswer(
        petitions=[ListedPetition(petition=each.stored.asked.uuid) for each in found[first:following]],
        next=following if following < len(found) else None,
    )
    return Response(answer.model_dump_json(), media_type=JSON, headers=OPEN)


async def show(request: Request, _: None) -> Response:
    """Return a petition's public JSON, as the log tells of it."""
    path = request.path_params
    kept = (await petitions_of(request).get(path["estate"], path["petition"])).stored
    public = PublicPetition(
        kept.asked,
        kept.electorate,
        kept.expires_on,
        kept.state,
        kept.signed,
        kept.struck,
        kept.due_on,
        kept.answered_on,
        kept.answer,
    )
    return Response(encode_public(public), media_type=JSON, headers=OPEN)


async def begin(request: Request, body: BeginBody) -> Response:
    """Begin a petition."""
    asked = Asked(body.number, body.kind, body.text, body.member)
    await signing_of(request).begin(request.path_params["estate"], asked, body.signed.encode())
    return Response(status_code=201)


async def say(request: Request, body: bytes) -> Response:
    """Sign, take back or end."""
    path = request.path_params
    await signing_of(request).say(path["estate"], path["petition"], body)
    return Response(status_code=204)


async def make_card(request: Request, body: CardBody) -> Response:
    """Keep the public half of the office's card."""
    await petitions_of(request).make_card(request.path_params["estate"], body.recipient, actor_of(request))
    return Response(status_code=204)


async def signers(request: Request, _: None) -> SignersAnswer:
    """Return the sealed signers."""
    path = request.path_params
    found = await petitions_of(request).signers(path["estate"], path["petition"], actor_of(request))
    return SignersAnswer(
        signers=[SignerAnswer(line=line, sealed=base64.b64encode(sealed).decode()) for line, sealed in found]
    )


async def photo(request: Request, _: None) -> Response:
    """Return the sealed photo of a paper."""
    path = request.path_params
    found = await petitions_of(request).photo(path["estate"], path["petition"], path["number"])
    return Response(found, media_type=BYTES)


async def check(request: Request, body: SignatureCheckBody) -> CheckAnswer:
    """Keep what the office found, and serve the petition if its share is reached."""
    path = request.path_params
    if len(body.seen) != len(set(body.seen)):
        raise RefusedError(Reason.MALFORMED, "A signature is named twice: open the list again.")
    strikes = [StrikeMade(each.line, each.why, each.area_dm2, bytes.fromhex(each.salt)) for each in body.strikes]
    checked = Checked(body.seen, strikes, body.due_on)
    served = await petitions_of(request).check(path["estate"], path["petition"], checked, actor_of(request))
    return CheckAnswer(served=served)


def petitions_of(request: Request) -> PetitionService:
    """Return the service of petitions."""
    petitions: PetitionService = request.state["petitions"]
    return petitions


def signing_of(request: Request) -> SigningService:
    """Return the service of their signatures."""
    signing: SigningService = request.state["signing"]
    return signing


_ESTATE = "/api/estates/{estate}"
_PETITION = f"{_ESTATE}/petitions/{{petition}}"
routes = [
    operation(
        f"{_ESTATE}/petitions",
        listed,
        answer=PetitionsAnswer,
        summary="Which petitions an estate has",
    ),
    operation(
        "/estates/{estate}/petitions/{petition}.json",
        show,
        answer=JSON,
        summary="A petition: its text, its sums, how it stands",
    ),
    operation(
        f"{_ESTATE}/petition-card",
        make_card,
        method="POST",
        body=CardBody,
        status=204,
        role=Role.STAFF,
        summary="Keep the public half of the card of the office that checks signers",
    ),
    operation(
        f"{_ESTATE}/petitions",
        begin,
        method="POST",
        body=BeginBody,
        status=201,
        summary="Begin a petition with an owner's signature",
    ),
    operation(
        f"{_PETITION}/words",
        say,
        method="POST",
        media=JSON,
        status=204,
        summary="Sign a petition with an owner's key, take the signature back, or end the petition",
    ),
    operation(
        f"{_PETITION}/signers",
        signers,
        answer=SignersAnswer,
        role=Role.STAFF,
        summary="The signers of a petition, sealed to the office's card",
    ),
    operation(
        f"{_PETITION}/photos/{{number:number}}",
        photo,
        answer=BYTES,
        role=Role.STAFF,
        summary="The photo of a paper, sealed to the office's card",
    ),
    operation(
        f"{_PETITION}/check",
        check,
        method="POST",
        body=SignatureCheckBody,
        answer=CheckAnswer,
        role=Role.STAFF,
        max_bytes=MAX_CHECK,
        summary="Strike signatures that do not count, and serve the petition if its share is reached",
    ),
]
