"""Views about tallies, results and archives."""

from typing import Any

import rfc8785
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from vote.errors import Reason, RefusedError
from vote.http import Strict, operation
from vote.role import Role
from vote.tally.service import TallyService

JSON, TAR = "application/json", "application/x-tar"
MAX_SHARE_BYTES = 4 << 20


class ShareAnswer(Strict):
    """Whether the totals are open now."""

    opened: bool


async def sum_ballots(request: Request, _: None) -> Response:
    """Add up the sealed ballots."""
    await _tallies(request).sum(request.path_params["election"])
    return Response(status_code=204)


async def contribute(request: Request, data: bytes) -> ShareAnswer:
    """Take a trustee's share."""
    path = request.path_params
    return ShareAnswer(opened=await _tallies(request).contribute(path["election"], path["trustee"], data))


async def result(request: Request, _: None) -> Response:
    """Return result.json."""
    return Response(await _tallies(request).result(request.path_params["election"]), media_type=JSON)


async def share_proofs(request: Request, _: None) -> Response:
    """Return the extra proofs of the trustees' shares."""
    uuid = request.path_params["election"]
    proofs: list[Any] = [
        {"trustee": trustee, "proof": proof.decode()} for trustee, proof in await _tallies(request).share_proofs(uuid)
    ]
    return Response(rfc8785.dumps({"version": 1, "election": uuid, "proofs": proofs}), media_type=JSON)


async def archive(request: Request, _: None) -> Response:
    """Return the archive: set-up only until closing, whole from then on."""
    uuid = request.path_params["election"]
    if request.path_params["name"] != uuid:
        raise RefusedError(Reason.NOT_FOUND, "The archive of an election is named after it.")
    pieces = await _tallies(request).archive(uuid)
    return StreamingResponse(pieces, media_type=TAR, headers={"Cache-Control": "no-cache"})


def _tallies(request: Request) -> TallyService:
    tallies: TallyService = request.state["tallies"]
    return tallies


routes = [
    operation(
        "/api/elections/{election}/sum", sum_ballots, method="POST", summary="Add up the sealed ballots",
        role=Role.STAFF, status=204,
    ),
    operation(
        "/api/elections/{election}/trustees/{trustee:number}/share", contribute, method="POST",
        summary="Bring a trustee's share", role=Role.TRUSTEE, media=JSON, answer=ShareAnswer,
        status=201, max_bytes=MAX_SHARE_BYTES,
    ),
    operation("/elections/{election}/result.json", result, summary="The preliminary result", answer=JSON),
    operation("/elections/{election}/share-proofs.json", share_proofs, summary="The extra proofs of shares", answer=JSON),
    operation("/elections/{election}/{name}.bel", archive, summary="The archive for verifiers", answer=TAR),
]  # fmt: skip
