"""How a view is declared: its path, what it takes, what it answers, who may call it.

A view is an async function that gets the request and its parsed body and returns a value of the declared answer, or a
ready response. Parsing, authority and the document for `/openapi.json` come from the declaration.

Whoever is signed in in the browser calls the same views without a key, and then only from our own pages.

Not here: which error becomes which status (`vote.web.problems`), who is signed in (`vote.web.visit`).
"""

import hmac
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext, suppress
from dataclasses import dataclass
from typing import Annotated, Any, Protocol
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from vote.errors import Reason, RefusedError
from vote.role import Actor, Place, Role, Visitor

SMALL_BODY = 64 * 1024
"""Bytes: enough for every form and message but ballots, key lists and spreadsheets."""


class Strict(BaseModel):
    """A body or answer: known fields only, no guessing between types, never changed afterwards."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


OPEN = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-cache"}
"""Headers of what any program may read; what is hidden later is hidden at once."""


def open_answer(answer: Strict) -> Response:
    """Return an answer that pages of others may read too, without the fields that have no value."""
    return JSONResponse(answer.model_dump(mode="json", exclude_none=True), headers=OPEN)


class NumberConvertor(Convertor[int]):
    """A number in a path, as rows are numbered: at most nine digits, which every database holds."""

    regex = "[0-9]{1,9}"

    def convert(self, value: str) -> int:
        """Read it."""
        return int(value)

    def to_string(self, value: int) -> str:
        """Write it."""
        return str(value)


register_url_convertor("number", NumberConvertor())
RowNumber = Annotated[int, Field(ge=0, lt=10**9)]
"""The same in a body."""


VISITOR = "visitor"
"""Where in a request's scope stands who is signed in."""
FORM_TOKEN = "form_token"  # noqa: S105 - a name
"""Where in a request's scope stands the word that our own forms carry; it has a `value`."""
TOKEN_FIELD = "token"  # noqa: S105 - a name
TOKEN_HEADER = "x-form-token"  # noqa: S105 - a name


class Authority(Protocol):
    """What decides whether a bearer key or somebody signed in has a role."""

    async def require(self, role: Role, key: str, election: str | None, slot: int | None) -> Actor:
        """Return who is calling, or raise `RefusedError` unless `key` grants `role` (in `election`, as `slot`)."""

    async def judge(
        self, visitor: Visitor, roles: Sequence[Role], place: Place, apart: Sequence[Role] = ()
    ) -> Actor | None:
        """Return as whom somebody signed in may act in a place, by the first of `roles` that they have there.

        Whoever has one of the duties `apart` there is not staff.
        """


@dataclass(frozen=True, slots=True)
class Operation:
    """A declared view, as `/openapi.json` shows it."""

    method: str
    summary: str
    status: int
    role: Role
    body: type[BaseModel] | None
    media: str | None
    answer: type[BaseModel] | str | None
    repeated: int | None
    query: tuple[str, ...]
    path: str
    """As declared, with convertors."""
    also: tuple[Role, ...]
    """Who else may call it."""
    apart: tuple[Role, ...]
    """The duties with which one is not staff here."""
    waits: type[BaseModel] | None
    """The model of an answer that it is not done yet, of status 202."""

    @property
    def who(self) -> str:
        """Who may call it, in one line."""
        return ", ".join((self.role, *self.also))


View = Callable[[Request, Any], Awaitable[BaseModel | Response]]
RECORDER = "recorder"
"""Where in a request's scope stands what writes calls down: given the request and the operation, what to be inside of."""
CONCERNED = "concerned"
"""Where in a request's scope a view says which owners it concerns, by their numbers in the roll, before it does it."""


def operation(
    path: str,
    view: View,
    *,
    summary: str,
    method: str = "GET",
    role: Role = Role.PUBLIC,
    body: type[BaseModel] | None = None,
    media: str | None = None,
    answer: type[BaseModel] | str | None = None,
    status: int = 200,
    repeated: int | None = None,
    query: tuple[str, ...] = (),
    max_bytes: int = SMALL_BODY,
    where: Callable[[Any], Place] | None = None,
    also: tuple[Role, ...] = (),
    apart: tuple[Role, ...] = (),
    waits: type[BaseModel] | None = None,
) -> Route:
    """Declare a view of the programming interface.

    Args:
        path: the route; `{election}` and `{trustee}` in it are what a role key is checked against.
        view: gets the request and the body: a `body` model, raw bytes if `media` is given, or None.
        summary: one line for the reader of `/openapi.json`.
        method: the HTTP method.
        role: who may call it.
        body: the model of a JSON body.
        media: the type of a raw body.
        answer: the model of the answer, or the media type of a ready response; None if it has no content.
        status: of a success.
        repeated: of a success that was one before, where it differs.
        query: the names of what may stand behind the question mark, all texts.
        max_bytes: larger bodies are refused before they are read, or as soon as they turn out to be larger.
        where: what a body names that the path does not, by which staff are judged.
        also: who else may call it.
        apart: the duties with which one is not staff here.
        waits: the model of an answer that it is not done yet, of status 202.
    """

    async def endpoint(request: Request) -> Response:
        await _require_role(request, (role, *also), apart)
        read = await _read_body(request, body, media, max_bytes)
        if where is not None and VISITOR in request.scope and actor_of(request).account is not None:
            await require_place(request, where(read))
        async with _recorded(request, endpoint.operation):  # type: ignore[attr-defined]
            result = await view(request, read)
        if not isinstance(result, Response):
            result = JSONResponse(result.model_dump(mode="json", exclude_none=True), status_code=status)
        if role is not Role.PUBLIC:
            result.headers.setdefault("Cache-Control", "no-store")
        return result

    endpoint.operation = Operation(  # type: ignore[attr-defined]
        method, summary, status, role, body, media, answer, repeated, query, path, also, apart, waits
    )
    endpoint.__name__ = view.__name__
    return Route(path, endpoint, methods=[method], name=f"{view.__module__}:{view.__name__}")


def _recorded(request: Request, declared: Operation) -> AbstractAsyncContextManager[None]:
    recorder: Callable[[Request, Operation], AbstractAsyncContextManager[None]] | None = request.scope.get(RECORDER)
    return recorder(request, declared) if recorder else nullcontext()


def concern(request: Request, owners: Sequence[int]) -> None:
    """Say which owners a call concerns, by their numbers in the roll, before anything is done or shown."""
    request.scope[CONCERNED] = owners


async def _require_role(request: Request, roles: tuple[Role, ...], apart: tuple[Role, ...]) -> None:
    if Role.PUBLIC in roles:
        return
    visitor = signed_in(request)
    if visitor is not None and "authorization" not in request.headers:
        require_own_page(request, request.headers.get(TOKEN_HEADER, ""))
        request.scope["actor"] = await judge(request, visitor, roles, place_of(request), apart)
        return
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not key:
        raise RefusedError(Reason.NOT_SIGNED_IN, "This needs a key: send it as `Authorization: Bearer KEY`.")
    request.scope["actor"] = await _ask(request, roles, key.strip())


async def _ask(request: Request, roles: tuple[Role, ...], key: str) -> Actor:
    """Return who a key is, by the first of `roles` that it opens."""
    authority: Authority = request.state["authority"]
    trustee = request.path_params.get("trustee")
    election = request.path_params.get("election")
    for role in roles[:-1]:
        with suppress(RefusedError):
            return await authority.require(role, key, election, trustee)
    return await authority.require(roles[-1], key, election, trustee)


def signed_in(request: Request) -> Visitor | None:
    """Return who is signed in in the browser that asks."""
    visitor: Visitor | None = request.scope.get(VISITOR)
    return visitor


def place_of(request: Request) -> Place:
    """Return what an address names."""
    path = request.path_params
    return Place(path.get("election"), path.get("estate"), path.get("roll"), path.get("trustee"))


async def judge(
    request: Request, visitor: Visitor, roles: Sequence[Role], place: Place, apart: Sequence[Role] = ()
) -> Actor:
    """Return as whom somebody signed in acts; whoever has one of the duties `apart` there is not staff.

    Raises:
        RefusedError: they have none of the roles there.
    """
    authority: Authority = request.state["authority"]
    actor = await authority.judge(visitor, roles, place, apart)
    if actor is None:
        raise RefusedError(Reason.NOT_ALLOWED, "Your account has no such task here: ask whoever invited you.")
    return actor


async def require_place(request: Request, place: Place) -> None:
    """Raise unless whoever acts for their account may do so there too; keys of commands open every place.

    Raises:
        RefusedError: they may not.
    """
    actor, visitor = actor_of(request), signed_in(request)
    if actor.account is not None and visitor is not None:
        await judge(request, visitor, (actor.role,), place)


def require_own_page(request: Request, token: str) -> None:
    """Raise if what changes something was not sent by a page of ours; browsers say it, and else a form's token does.

    Raises:
        RefusedError: it was not, or nothing says so.
    """
    if request.method in {"GET", "HEAD"}:
        return
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin", "null")
    if site is not None:
        ours = site in {"same-origin", "none"}
    elif origin != "null":
        ours = urlsplit(origin).netloc == request.headers.get("host")
    else:
        own = request.scope.get(FORM_TOKEN)
        ours = own is not None and hmac.compare_digest(own.value.encode(), token.encode())
    if not ours:
        raise RefusedError(
            Reason.NOT_ALLOWED, "This was not sent by a page of ours: open the page again and repeat it."
        )


def actor_of(request: Request) -> Actor:
    """Return who is calling a view that only some may call."""
    actor: Actor = request.scope["actor"]
    return actor


async def _read_body(
    request: Request, body: type[BaseModel] | None, media: str | None, max_bytes: int
) -> BaseModel | bytes | None:
    if media is not None:
        return await _read_bytes(request, max_bytes)
    if body is None:
        return None
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise RefusedError(Reason.MALFORMED, "The body must be JSON: send `Content-Type: application/json`.")
    try:
        return body.model_validate_json(await _read_bytes(request, max_bytes))
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "body"
        raise RefusedError(Reason.MALFORMED, f"The field {place} does not fit: {first['msg']}.") from None


async def _read_bytes(request: Request, max_bytes: int) -> bytes:
    # The framework's own limit answers in plain text, which clients of problem documents cannot read.
    data = bytearray()
    if _announced(request) <= max_bytes:
        async for piece in request.stream():
            data += piece
            if len(data) > max_bytes:
                break
        else:
            return bytes(data)
    raise RefusedError(
        Reason.TOO_LARGE, f"The body has more than the {max_bytes} bytes that are taken here: send less."
    )


def _announced(request: Request) -> int:
    try:
        return int(request.headers.get("content-length", "0"))
    except ValueError:
        return 0
