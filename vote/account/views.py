"""Views about role keys."""

from starlette.requests import Request

from vote.account.service import AccountService
from vote.http import Strict, operation
from vote.role import Role


class KeyAnswer(Strict):
    """A new role key; it is shown this once."""

    key: str


async def replace_trustee_key(request: Request, _: None) -> KeyAnswer:
    """Hand a trustee a new key in the place of a lost one."""
    accounts: AccountService = request.state["authority"]
    path = request.path_params
    return KeyAnswer(key=await accounts.replace(path["election"], Role.TRUSTEE, path["trustee"]))


async def replace_registrar_key(request: Request, _: None) -> KeyAnswer:
    """Hand the registrar a new key in the place of a lost one."""
    accounts: AccountService = request.state["authority"]
    return KeyAnswer(key=await accounts.replace(request.path_params["election"], Role.REGISTRAR))


routes = [
    operation(
        "/api/elections/{election}/trustees/{trustee:number}/key",
        replace_trustee_key,
        method="POST",
        role=Role.STAFF,
        answer=KeyAnswer,
        status=201,
        summary="Replace a trustee's lost role key",
    ),
    operation(
        "/api/elections/{election}/registrar/key",
        replace_registrar_key,
        method="POST",
        role=Role.STAFF,
        answer=KeyAnswer,
        status=201,
        summary="Replace the registrar's lost role key",
    ),
]
