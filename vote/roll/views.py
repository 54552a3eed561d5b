"""Views about rolls."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from vote.http import RowNumber, Strict, actor_of, concern, operation
from vote.role import Role
from vote.roll.columns import read_mapping
from vote.roll.service import RollService

JSON = "application/json"
MAX_SHEET_BYTES = 32 << 20


class ImportAnswer(Strict):
    """A new draft roll and what became of its rows."""

    roll: int
    report: dict[str, Any]


class RollAnswer(Strict):
    """A roll in figures; areas in dm² (0.01 m²)."""

    roll: int
    state: str
    heads: int
    area_dm2: int
    root: str | None
    figures: dict[str, int]


class ObjectionBody(Strict):
    """What somebody holds against the roll."""

    sheet_row: RowNumber | None = None
    text: str


class AnswerBody(Strict):
    """What is answered to an objection; public."""

    answer: str


class ObjectionAnswer(Strict):
    """An objection, for those who must answer it."""

    objection: int
    sheet_row: int | None
    text: str
    state: str
    answer: str | None


class ObjectionsAnswer(Strict):
    """All objections against a roll."""

    objections: list[ObjectionAnswer]


class NumberAnswer(Strict):
    """The number of a new objection."""

    objection: int


async def import_sheet(request: Request, data: bytes) -> ImportAnswer:
    """Read a spreadsheet into a draft roll; `?sheet=` names a sheet, each `?map=栏目=表头` maps a column by hand."""
    query = request.query_params
    roll, report = await _rolls(request).import_sheet(
        request.path_params["estate"],
        data,
        sheet=query.get("sheet"),
        mapping=read_mapping(query.getlist("map")),
        account=actor_of(request).account,
    )
    return ImportAnswer(roll=roll, report=report)


async def show(request: Request, _: None) -> RollAnswer:
    """Return a roll in figures."""
    stored = await _rolls(request).get(request.path_params["roll"])
    return RollAnswer(
        roll=stored.id,
        state=stored.state,
        heads=stored.heads,
        area_dm2=stored.area_dm2,
        root=stored.root,
        figures=stored.figures,
    )


async def raise_objection(request: Request, body: ObjectionBody) -> NumberAnswer:
    """Record an objection."""
    number = await _rolls(request).object(
        request.path_params["roll"], body.sheet_row, body.text, actor_of(request).account
    )
    return NumberAnswer(objection=number)


async def answer_objection(request: Request, body: AnswerBody) -> Response:
    """Answer an objection."""
    await _rolls(request).answer(
        request.path_params["roll"], request.path_params["objection"], body.answer, actor_of(request).account
    )
    return Response(status_code=204)


async def list_objections(request: Request, _: None) -> ObjectionsAnswer:
    """Return the objections against a roll."""
    found = await _rolls(request).objections(request.path_params["roll"])
    return ObjectionsAnswer(
        objections=[
            ObjectionAnswer(
                objection=each.id, sheet_row=each.sheet_row, text=text, state=each.state, answer=each.answer
            )
            for each, text in found
        ]
    )


async def freeze(request: Request, _: None) -> Response:
    """Freeze a roll."""
    return JSONResponse(await _rolls(request).freeze(request.path_params["roll"], actor_of(request).account))


async def public(request: Request, _: None) -> Response:
    """Return the public roll."""
    return JSONResponse(await _rolls(request).public(request.path_params["roll"]))


async def prove(request: Request, _: None) -> Response:
    """Return the proof of one line, to be handed to its owner."""
    concern(request, [request.path_params["entitlement"]])
    return JSONResponse(await _rolls(request).prove(request.path_params["roll"], request.path_params["entitlement"]))


def _rolls(request: Request) -> RollService:
    rolls: RollService = request.state["rolls"]
    return rolls


_ROLL = "/api/rolls/{roll:number}"
routes = [
    operation(
        "/api/estates/{estate}/rolls", import_sheet, method="POST", summary="Import a roll from xlsx, xls or csv",
        role=Role.STAFF, media="application/octet-stream", answer=ImportAnswer, status=201, query=("sheet",),
        max_bytes=MAX_SHEET_BYTES,
    ),
    operation(_ROLL, show, summary="Show a roll in figures", role=Role.STAFF, answer=RollAnswer),
    operation(
        f"{_ROLL}/objections", raise_objection, method="POST", summary="Record an objection to a draft roll",
        role=Role.STAFF, body=ObjectionBody, answer=NumberAnswer, status=201,
    ),
    operation(f"{_ROLL}/objections", list_objections, summary="List objections", role=Role.STAFF, answer=ObjectionsAnswer),
    operation(
        f"{_ROLL}/objections/{{objection:number}}/answer", answer_objection, method="POST",
        summary="Answer an objection", role=Role.STAFF, body=AnswerBody, status=204,
    ),
    operation(f"{_ROLL}/freeze", freeze, method="POST", summary="Freeze a roll", role=Role.STAFF, answer=JSON),
    operation(f"{_ROLL}/public", public, summary="Show the public roll", answer=JSON),
    operation(
        f"{_ROLL}/entitlements/{{entitlement:number}}/proof", prove, summary="Prove one line", role=Role.STAFF,
        answer=JSON,
    ),
]  # fmt: skip
