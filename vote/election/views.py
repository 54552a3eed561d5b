"""Views about elections."""

from datetime import UTC, datetime
from typing import Any

import rfc8785
from starlette.requests import Request
from starlette.responses import Response

from vote.clock import CHINA
from vote.election.rules import Draft, Secrecy, decode_asks
from vote.election.service import ElectionService
from vote.election.store import StoredElection
from vote.errors import Reason, RefusedError
from vote.http import RowNumber, Strict, operation
from vote.role import Role
from vote.roll.service import RollService

JSON = "application/json"


class DraftBody(Strict):
    """An election to be prepared; times are RFC 3339 with their offset, whole seconds."""

    estate: str
    roll: RowNumber
    title: str
    profile: str = "cn-zj-jiaxing-jiashan"
    secrecy: str = "secret"
    opens_at: str
    closes_at: str
    trustees: list[str]
    threshold: int
    questions: list[dict[str, Any]]


class KeysAnswer(Strict):
    """A new draft and the keys to hand out; they are shown this once."""

    election: str
    registrar_key: str
    trustee_keys: list[str]


class ElectionAnswer(Strict):
    """Where an election stands."""

    election: str
    estate: str
    title: str
    state: str
    opens_at: str
    closes_at: str
    fingerprint: str | None
    questions: list[dict[str, Any]]


async def prepare(request: Request, body: DraftBody) -> KeysAnswer:
    """Prepare an election."""
    secrecy = body.secrecy
    if secrecy not in set(Secrecy):
        raise RefusedError(Reason.MALFORMED, "The field secrecy must be `named` or `secret`.")
    draft = Draft(
        body.estate,
        body.roll,
        body.title,
        body.profile,
        Secrecy(secrecy),
        _moment(body.opens_at, "opens_at"),
        _moment(body.closes_at, "closes_at"),
        tuple(body.trustees),
        body.threshold,
        decode_asks(body.questions),
    )
    uuid, keys = await _elections(request).prepare(draft)
    return KeysAnswer(election=uuid, registrar_key=keys.registrar, trustee_keys=list(keys.trustees))


async def seal(request: Request, _: None) -> ElectionAnswer:
    """Seal an election."""
    return _answer(await _elections(request).seal(request.path_params["election"]))


async def open_polls(request: Request, _: None) -> ElectionAnswer:
    """Open the polls."""
    await _elections(request).open(request.path_params["election"])
    return await show(request, None)


async def show(request: Request, _: None) -> ElectionAnswer:
    """Return where a sealed election stands; a draft is nobody's business."""
    stored = await _elections(request).get(request.path_params["election"])
    if stored.files is None:
        raise RefusedError(Reason.NOT_FOUND, "There is no election of this number.")
    return _answer(stored)


async def show_draft(request: Request, _: None) -> ElectionAnswer:
    """Return where an election stands, also while it is prepared."""
    return _answer(await _elections(request).get(request.path_params["election"]))


async def manifest(request: Request, _: None) -> Response:
    """Return the sealed manifest, byte for byte."""
    return _file((await _sealed(request)).manifest)


async def election_json(request: Request, _: None) -> Response:
    """Return the sealed election.json, byte for byte; ballots are made for these bytes."""
    return _file((await _sealed(request)).election)


async def roll_public(request: Request, _: None) -> Response:
    """Return the public roll, with the commitments that the manifest's electorate root is made of."""
    await _sealed(request)
    rolls: RollService = request.state["rolls"]
    stored = await _elections(request).get(request.path_params["election"])
    public = await rolls.public(stored.draft.roll)
    leaves = await _elections(request).electorate_leaves(stored.uuid)
    return _file(rfc8785.dumps({**public, "electorate_leaves": [leaf.hex() for leaf in leaves]}))


async def _sealed(request: Request) -> Any:  # noqa: ANN401 - SealedFiles, private to the store
    stored = await _elections(request).get(request.path_params["election"])
    if stored.files is None:
        raise RefusedError(Reason.WRONG_STATE, "The election is not sealed yet: come back when it has been announced.")
    return stored.files


def _file(data: bytes) -> Response:
    return Response(data, media_type=JSON)


def _moment(text: str, name: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is not None and not moment.microsecond:
            # In China's zone too, whose day decides which rules apply.
            return moment.astimezone(CHINA).astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise RefusedError(
        Reason.MALFORMED, f"The field {name} must be a moment with its offset, as in 2026-12-20T18:00:00+08:00."
    )


def _answer(stored: StoredElection) -> ElectionAnswer:
    draft = stored.draft
    return ElectionAnswer(
        election=stored.uuid,
        estate=draft.estate,
        title=draft.title,
        state=stored.state,
        opens_at=draft.opens_at.isoformat(),
        closes_at=draft.closes_at.isoformat(),
        fingerprint=stored.files.fingerprint if stored.files else None,
        questions=[
            {"text": ask.text, "choices": list(ask.choices), "min": ask.minimum, "max": ask.maximum}
            for ask in draft.asks
        ],
    )


def _elections(request: Request) -> ElectionService:
    elections: ElectionService = request.state["elections"]
    return elections


routes = [
    operation(
        "/api/elections", prepare, method="POST", summary="Prepare an election", role=Role.STAFF,
        body=DraftBody, answer=KeysAnswer, status=201, max_bytes=1 << 20,
    ),
    operation("/api/elections/{election}", show, summary="Show where a sealed election stands", answer=ElectionAnswer),
    operation(
        "/api/elections/{election}/draft", show_draft, summary="Show an election, also while it is prepared",
        role=Role.STAFF, answer=ElectionAnswer,
    ),
    operation(
        "/api/elections/{election}/seal", seal, method="POST", summary="Seal an election", role=Role.STAFF,
        answer=ElectionAnswer,
    ),
    operation(
        "/api/elections/{election}/open", open_polls, method="POST", summary="Open the polls", role=Role.STAFF,
        answer=ElectionAnswer,
    ),
    operation("/elections/{election}/manifest.json", manifest, summary="The sealed manifest", answer=JSON),
    operation("/elections/{election}/election.json", election_json, summary="The sealed election.json", answer=JSON),
    operation(
        "/elections/{election}/roll-public.json", roll_public, summary="The public roll of the election", answer=JSON
    ),
]  # fmt: skip
