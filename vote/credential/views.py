"""Views for the registrar."""

from starlette.requests import Request
from starlette.responses import Response

from vote.credential.service import CredentialService
from vote.http import operation
from vote.role import Role

JSON = "application/json"
MAX_LIST = 16 * 1024 * 1024
"""Bytes: far above the list of any estate."""


async def request(request: Request, _: None) -> Response:
    """Return what the registrar issues credentials from."""
    credentials: CredentialService = request.state["credentials"]
    return Response(await credentials.request(request.path_params["election"]), media_type=JSON)


async def submit(request: Request, body: bytes) -> Response:
    """Keep the registrar's list of public credentials."""
    credentials: CredentialService = request.state["credentials"]
    await credentials.submit(request.path_params["election"], body)
    return Response(status_code=204)


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
]
