"""Views about the ballot box."""

from starlette.requests import Request
from starlette.responses import Response

from vote.ballot.service import BallotService
from vote.election.service import ElectionService
from vote.http import Authority, Strict, operation, place_of, signed_in
from vote.log.receipt import SUFFIX
from vote.log.views import TEXT, reader_of
from vote.role import Role

JSON = "application/json"
MAX_BALLOT_BYTES = 1 << 20
"""A ballot of 20 questions with 60 candidates each stays below."""


class LookUpAnswer(Strict):
    """That a ballot was accepted: which one of its credential, whether it counts, how many there are."""

    sequence: int
    effective: bool
    count: int
    set_aside: bool
    """Whether a dispute took it out before counting."""


class TurnoutAnswer(Strict):
    """Turnout of the whole estate, in tenths of a percent."""

    heads_permille: int
    area_permille: int


async def cast(request: Request, data: bytes) -> Response:
    """Cast a ballot."""
    uuid, desk_tablet = request.path_params["election"], await _is_desk_tablet(request)
    receipt = await _ballots(request).cast(uuid, data, desk_tablet=desk_tablet)
    return Response(receipt.body, status_code=201 if receipt.new else 200, media_type=JSON)


async def look_up(request: Request, _: None) -> LookUpAnswer:
    """Look a ballot up by its tracker."""
    found = await _ballots(request).look_up(
        request.path_params["election"], request.query_params.get("tracker", "").replace(" ", "+")
    )
    return LookUpAnswer(
        sequence=found.sequence, effective=found.effective, count=found.count, set_aside=found.set_aside
    )


async def receipt(request: Request, _: None) -> Response:
    """Return what proves to anybody's programs that a ballot is in the public log."""
    elections: ElectionService = request.state["elections"]
    uuid = request.path_params["election"]
    # A slash in an address is not safe everywhere, so the alphabet for addresses is taken too.
    tracker = request.path_params["tracker"].translate(_PLAIN)
    estate = (await elections.get(uuid)).draft.estate
    data = await reader_of(request).receipt(estate, uuid, tracker)
    headers = {"Cache-Control": "no-cache", "Content-Disposition": f'attachment; filename="ballot{SUFFIX}"'}
    return Response(data, media_type=TEXT, headers=headers)


async def turnout(request: Request, _: None) -> TurnoutAnswer:
    """Return the turnout."""
    found = await _ballots(request).turnout(request.path_params["election"])
    return TurnoutAnswer(heads_permille=found.heads_permille, area_permille=found.area_permille)


async def box(request: Request, _: None) -> Response:
    """Return the trackers of all accepted ballots."""
    return Response(await _ballots(request).box(request.path_params["election"]), media_type=JSON)


async def set_aside(request: Request, _: None) -> Response:
    """Return which ballots disputes took out."""
    return Response(await _ballots(request).set_aside(request.path_params["election"]), media_type=JSON)


async def close(request: Request, _: None) -> Response:
    """Close the polls."""
    await _ballots(request).close(request.path_params["election"])
    return Response(status_code=204)


async def _is_desk_tablet(request: Request) -> bool:
    """Whether the browser is signed in for the desk of this election."""
    visitor = signed_in(request)
    authority: Authority = request.state["authority"]
    return visitor is not None and await authority.judge(visitor, (Role.DESK,), place_of(request)) is not None


def _ballots(request: Request) -> BallotService:
    ballots: BallotService = request.state["ballots"]
    return ballots


_PLAIN = str.maketrans("-_", "+/")
_ELECTION = "/api/elections/{election}"
routes = [
    operation(
        f"{_ELECTION}/ballots", cast, method="POST", summary="Cast a sealed ballot", media=JSON, answer=JSON,
        status=201, repeated=200, max_bytes=MAX_BALLOT_BYTES,
    ),
    operation(f"{_ELECTION}/ballot", look_up, summary="Look a ballot up by its tracker", answer=LookUpAnswer, query=("tracker",)),
    operation(
        f"{_ELECTION}/ballots/{{tracker:path}}{SUFFIX}", receipt, summary="What proves that a ballot is in the public log",
        answer=TEXT,
    ),
    operation(f"{_ELECTION}/turnout", turnout, summary="Show the turnout in tenths of a percent", answer=TurnoutAnswer),
    operation("/elections/{election}/box.json", box, summary="Every accepted ballot, from closing on", answer=JSON),
    operation(
        "/elections/{election}/set-aside.json", set_aside, summary="Ballots that disputes took out before counting", answer=JSON
    ),
    operation(
        f"{_ELECTION}/close", close, method="POST", summary="Close the polls", role=Role.STAFF, status=204,
    ),
]  # fmt: skip
