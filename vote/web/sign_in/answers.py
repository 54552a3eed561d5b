"""What devices answer to our scripts, and how refusals are told beside a form."""

from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.requests import Request

from vote.errors import Reason, RefusedError
from vote.http import SMALL_BODY

Sent = TypeVar("Sent", bound=BaseModel)


class Answer(BaseModel):
    """What a script sends on from a device, with what its page knows."""

    model_config = ConfigDict(extra="forbid")

    credential: dict[str, Any]
    """`PublicKeyCredential.toJSON()`."""
    next: str = ""
    word: str = ""
    """Of an invitation."""
    label: str = ""


async def read_answer(request: Request) -> Answer:
    """Return what a script sent.

    Raises:
        RefusedError: it is something else.
    """
    return await read_json(request, Answer)


class Asked(BaseModel):
    """For whom a script asks."""

    model_config = ConfigDict(extra="forbid")

    word: str
    name: str = ""


async def read_json(request: Request, model: type[Sent]) -> Sent:
    """Return a JSON body as `model`.

    Raises:
        RefusedError: it is something else, or too long.
    """
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > SMALL_BODY:
            raise RefusedError(Reason.TOO_LARGE, "The answer is too long: open the page again.")
    try:
        return model.model_validate_json(bytes(body))
    except ValidationError:
        raise RefusedError(Reason.MALFORMED, "The answer does not fit: open the page again.") from None
