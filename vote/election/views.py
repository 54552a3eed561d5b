"""Views about elections."""

from datetime import UTC, datetime
from typing import Annotated, Any

import rfc8785
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from vote.account.separation import NEEDED, Duty
from vote.clock import CHINA
from vote.election import rules
from vote.election.change import Corrected, Withdrawn
from vote.election.manifest import decode_manifest
from vote.election.rules import Draft, Secrecy, decode_asks
from vote.election.service import ElectionService
from vote.election.store import StoredElection
from vote.election.terms import Extension
from vote.errors import Reason, RefusedError
from vote.http import RowNumber, Strict, operation
from vote.role import Place, Role
from vote.roll.service import RollService

JSON = "application/json"


class DutyBody(Strict):
    """A person's duty: registrar, trustee, phones, desk, organiser, community or sub_district."""

    role: str
    person: str
    office: str = ""
    owner: bool = False


class ExtensionBody(Strict):
    """How often and until when voting may be extended for want of turnout."""

    times: int
    latest: str


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
    duties: list[DutyBody]
    credential_parts: int = 2
    extension: ExtensionBody | None = None
    too_few_staff: bool = False
    desk_phone: str = ""
    """Needed where a voting key has two parts: messages to owners name it."""


class ExtendBody(Strict):
    """Until when voting goes on, RFC 3339 with its offset, whole seconds."""

    closes_at: str


class WithdrawBody(Strict):
    """A candidate: question and choice, both counted from 0."""

    question: RowNumber
    choice: RowNumber


Difference = Annotated[int, Field(gt=-(10**9), lt=10**9)]


class CorrectBody(Strict):
    """By how much the electorate's totals change."""

    heads: Difference = 0
    area_dm2: Difference = 0


class AnnulBody(Strict):
    """Why an election is given up; the reason is public."""

    reason: str


class KeysAnswer(Strict):
    """A new draft and the keys to hand out; they are shown this once."""

    election: str
    keys: dict[str, list[str]]
    """By duty, in the order in which its people were named."""


class ElectionAnswer(Strict):
    """Where an election stands."""

    election: str
    estate: str
    title: str
    state: str
    opens_at: str
    closes_at: str
    """Extensions included."""
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
        body.credential_parts,
        None
        if body.extension is None
        else Extension(body.extension.times, _moment(body.extension.latest, "extension.latest")),
        body.too_few_staff,
        body.desk_phone,
    )
    uuid, keys = await _elections(request).prepare(draft, [_duty(duty) for duty in body.duties])
    return KeysAnswer(election=uuid, keys={role: list(made) for role, made in keys.by_role.items()})


async def bring_office(request: Request, data: bytes) -> Response:
    """Keep the public keys of an office."""
    await _elections(request).bring_office(request.path_params["election"], data, by_staff=True)
    return Response(status_code=204)


async def seal(request: Request, _: None) -> ElectionAnswer:
    """Seal an election."""
    return _answer(await _elections(request).seal(request.path_params["election"]))


async def notice(request: Request, _: None) -> ElectionAnswer:
    """Record that every owner was given notice."""
    await _elections(request).notice(request.path_params["election"])
    return await show(request, None)


async def extend(request: Request, body: ExtendBody) -> ElectionAnswer:
    """Let voting go on."""
    await _elections(request).extend(request.path_params["election"], _moment(body.closes_at, "closes_at"))
    return await show(request, None)


async def withdraw(request: Request, body: WithdrawBody) -> Response:
    """Record that a candidate withdraws."""
    await _elections(request).withdraw(request.path_params["election"], Withdrawn(body.question, body.choice))
    return Response(status_code=204)


async def correct(request: Request, body: CorrectBody) -> Response:
    """Record by how much an error of the roll changes the totals."""
    await _elections(request).correct(request.path_params["election"], Corrected(body.heads, body.area_dm2))
    return Response(status_code=204)


async def annul(request: Request, body: AnnulBody) -> ElectionAnswer:
    """End an election without a result."""
    await _elections(request).annul(request.path_params["election"], body.reason)
    return await show_draft(request, None)


async def changes(request: Request, _: None) -> Response:
    """Return what was lawfully changed after sealing."""
    return _file(await _elections(request).changes_json(request.path_params["election"]))


async def papers(request: Request, _: None) -> Response:
    """Return the drafts and profiles that were sealed, with the salts of the manifest's commitments."""
    files, uuid = await _sealed(request), request.path_params["election"]
    return _file(await _elections(request).papers.papers_json(uuid, decode_manifest(files.manifest).papers))


async def parts(request: Request, _: None) -> Response:
    """Return the public halves of both parts of every voting key, with their proofs."""
    data = (await _sealed(request)).parts
    if data is None:
        raise RefusedError(Reason.NOT_FOUND, "The voting keys of this election have one part: there is no such file.")
    return _file(data)


async def public_credentials(request: Request, _: None) -> Response:
    """Return the sealed list of voters' public credentials, byte for byte, as it stands in the archive."""
    return _file((await _sealed(request)).credentials)


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


def _duty(body: DutyBody) -> Duty:
    if body.role not in {*NEEDED, Role.TRUSTEE}:
        raise RefusedError(
            Reason.MALFORMED, f"There is no duty of this name: it is one of {', '.join([*NEEDED, Role.TRUSTEE])}."
        )
    if not rules.is_line(body.person) or (body.office and not rules.is_line(body.office)):
        raise RefusedError(Reason.MALFORMED, "The person and office of a duty are one line each.")
    return Duty(Role(body.role), body.person, body.office, body.owner)


def _answer(stored: StoredElection) -> ElectionAnswer:
    draft = stored.draft
    return ElectionAnswer(
        election=stored.uuid,
        estate=draft.estate,
        title=draft.title,
        state=stored.state,
        opens_at=draft.opens_at.isoformat(),
        closes_at=stored.closes_at.isoformat(),
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
        body=DraftBody, answer=KeysAnswer, status=201, max_bytes=1 << 20, where=lambda body: Place(estate=body.estate),
    ),
    operation(
        "/api/elections/{election}/offices", bring_office, method="POST", summary="Bring the public keys of an office",
        role=Role.STAFF, media=JSON, status=204,
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
    operation(
        "/api/elections/{election}/notice", notice, method="POST", summary="Record that owners were given notice",
        role=Role.STAFF, answer=ElectionAnswer,
    ),
    operation(
        "/api/elections/{election}/extend", extend, method="POST", summary="Let voting go on, as the sealed rules allow",
        role=Role.ORGANISER, body=ExtendBody, answer=ElectionAnswer,
    ),
    operation(
        "/api/elections/{election}/withdraw", withdraw, method="POST", summary="Record that a candidate withdraws",
        role=Role.ORGANISER, body=WithdrawBody, status=204,
    ),
    operation(
        "/api/elections/{election}/correct", correct, method="POST",
        summary="Record how a late error of the roll changes the totals", role=Role.ORGANISER, body=CorrectBody, status=204,
    ),
    operation(
        "/api/elections/{election}/annul", annul, method="POST", summary="End an election without a result",
        role=Role.ORGANISER, body=AnnulBody, answer=ElectionAnswer,
    ),
    operation("/elections/{election}/changes.json", changes, summary="Lawful changes after sealing", answer=JSON),
    operation("/elections/{election}/papers.json", papers, summary="Drafts and profiles, as sealed", answer=JSON),
    operation("/elections/{election}/parts.json", parts, summary="Both parts of every voting key", answer=JSON),
    operation(
        "/elections/{election}/public_creds.json", public_credentials, summary="The sealed public credentials", answer=JSON
    ),
    operation("/elections/{election}/manifest.json", manifest, summary="The sealed manifest", answer=JSON),
    operation("/elections/{election}/election.json", election_json, summary="The sealed election.json", answer=JSON),
    operation(
        "/elections/{election}/roll-public.json", roll_public, summary="The public roll of the election", answer=JSON
    ),
]  # fmt: skip
