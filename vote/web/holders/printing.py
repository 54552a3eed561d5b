"""What the registrars' page asks the server for: the account of printed letters."""

from starlette.requests import Request

from vote.delivery.printing import PrintAccount, PrintingService
from vote.http import Strict, actor_of, operation
from vote.role import Role

PATH = "/api/elections/{election}/registrar/printed"


class PrintedBody(Strict):
    """Which letters are printed now, and why the print before is void, if it is: `jam`, `faint`, `twice`, `anew`."""

    entitlements: list[int]
    why: str | None = None


class VoidAnswer(Strict):
    """A print that is void, and why."""

    entitlement: int
    why: str


class PrintedAnswer(Strict):
    """Which letters have a good print, which prints are void, which letters were made anew."""

    issued: list[int]
    void: list[VoidAnswer]
    renewed: list[int]


async def show(request: Request, _: None) -> PrintedAnswer:
    """Return the account."""
    return _answer(await _printing(request).account(request.path_params["election"]))


async def write_down(request: Request, body: PrintedBody) -> PrintedAnswer:
    """Write down what is printed."""
    uuid, actor = request.path_params["election"], actor_of(request)
    return _answer(await _printing(request).write_down(uuid, actor, body.entitlements, body.why))


def _answer(found: PrintAccount) -> PrintedAnswer:
    void = [VoidAnswer(entitlement=number, why=why) for number, why in found.void]
    return PrintedAnswer(issued=list(found.issued), void=void, renewed=list(found.renewed))


def _printing(request: Request) -> PrintingService:
    printing: PrintingService = request.state["printing"]
    return printing


routes = [
    operation(PATH, show, role=Role.REGISTRAR, answer=PrintedAnswer, summary="The account of printed letters"),
    operation(
        PATH,
        write_down,
        method="POST",
        body=PrintedBody,
        answer=PrintedAnswer,
        role=Role.REGISTRAR,
        summary="Write down which letters are printed",
    ),
]
