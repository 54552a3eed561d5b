"""What a form does, declared with how the form is shown: again if what was filled in does not fit or is refused.

Nothing of an act that ends so was done: services write whole or not at all.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from vote.errors import RefusedError
from vote.law.citation import Text
from vote.web.form import FormError, typed_so_far
from vote.web.problems import STATUS

View = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Again:
    """Why a form is shown again."""

    errors: Mapping[str, Text] = field(default_factory=dict)
    """A sentence for each field that does not fit."""
    typed: Mapping[str, str] = field(default_factory=dict)
    """What was filled in."""
    refusal: RefusedError | None = None

    @property
    def status(self) -> int:
        """The status of the page."""
        if self.refusal is not None:
            return STATUS[self.refusal.reason]
        return HTTPStatus.UNPROCESSABLE_ENTITY if self.errors else HTTPStatus.OK


FIRST = Again()
"""A form that nobody has filled in yet."""


def act(show: Callable[[Request, Again], Awaitable[Response]]) -> Callable[[View], View]:
    """Let a view that does what a form asks for end with `show` where it raises FormError or RefusedError."""

    def declare(view: View) -> View:
        @wraps(view)
        async def acting(request: Request) -> Response:
            try:
                return await view(request)
            except FormError as error:
                again = Again(errors=error.errors, typed=error.values)
            except RefusedError as error:
                again = Again(typed=typed_so_far(request), refusal=error)
            return await show(request, again)

        return acting

    return declare
