"""Views about the board of the key ceremony."""

from starlette.requests import Request
from starlette.responses import Response

from crypto.ceremony_board import Board, encode_board
from vote.http import Strict, operation
from vote.role import Role
from vote.trustee.invitation import encode_invitation
from vote.trustee.service import TrusteeService

JSON = "application/json"


class TrialAnswer(Strict):
    """Who showed that they can open, and whether they are enough."""

    trustees: list[int]
    opens: bool


async def board(request: Request, _: None) -> Response:
    """Return the board of an election, as the trustees' tools read it."""
    trustees: TrusteeService = request.state["trustees"]
    return _answer(await trustees.board(request.path_params["election"]), 200)


async def post(request: Request, body: bytes) -> Response:
    """Put a trustee's post on the board."""
    trustees: TrusteeService = request.state["trustees"]
    params = request.path_params
    return _answer(await trustees.post(params["election"], params["trustee"], body), 201)


def _answer(content: Board, status: int) -> Response:
    return Response(encode_board(content), status_code=status, media_type=JSON)


async def invitations(request: Request, _: None) -> Response:
    """Return the files to hand to the trustees, in order, each as `vote trustee begin` reads it."""
    trustees: TrusteeService = request.state["trustees"]
    found = await trustees.invitations(request.path_params["election"])
    return Response(b"[" + b",".join(map(encode_invitation, found)) + b"]", media_type=JSON)


async def trustees_json(request: Request, _: None) -> Response:
    """Return the finished trustees.json, byte for byte, so that each trustee can check it before sealing."""
    trustees: TrusteeService = request.state["trustees"]
    return Response(await trustees.trustees_json(request.path_params["election"]), media_type=JSON)


async def try_key(request: Request, body: bytes) -> TrialAnswer:
    """Keep that a trustee could open with its key."""
    trustees: TrusteeService = request.state["trustees"]
    params = request.path_params
    enough = await trustees.try_key(params["election"], params["trustee"], body)
    return TrialAnswer(trustees=list(await trustees.trials(params["election"])), opens=enough)


routes = [
    operation(
        "/api/elections/{election}/invitations",
        invitations,
        role=Role.STAFF,
        answer=JSON,
        summary="Show the invitations to hand to the trustees",
    ),
    operation(
        "/api/elections/{election}/trustees.json",
        trustees_json,
        answer=JSON,
        summary="The trustees' keys, once complete",
    ),
    operation("/api/elections/{election}/board", board, summary="Show the board of the key ceremony", answer=JSON),
    operation(
        "/api/elections/{election}/trustees/{trustee:number}/posts",
        post,
        method="POST",
        media=JSON,
        answer=JSON,
        status=201,
        role=Role.TRUSTEE,
        summary="Put a trustee's post on the board",
    ),
    operation(
        "/api/elections/{election}/trustees/{trustee:number}/trial",
        try_key,
        method="POST",
        media=JSON,
        answer=TrialAnswer,
        status=201,
        role=Role.TRUSTEE,
        summary="Show before sealing that a trustee can open",
    ),
]
