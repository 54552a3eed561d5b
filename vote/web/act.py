"""What a form does, and how that ends: on to the next page, or the form again if it does not fit or is refused.

Nothing of an act that ends so was done: services write whole or not at all.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from http import HTTPStatus
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from vote.errors import RefusedError
from vote.law.citation import Text
from vote.web.form import FormError, typed_so_far
from vote.web.problems import STATUS, said
from vote.web.rendering import reader_of, render

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

    @property
    def shown(self) -> Mapping[str, object]:
        """What the template of the form needs: `errors`, `typed` and `refused`."""
        return {
            "errors": self.errors,
            "typed": self.typed,
            "refused": refusal_of(self.refusal).said if self.refusal else None,
        }


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


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something was not done."""

    reason: str
    said: Text


def refusal_of(error: RefusedError) -> Refusal:
    """Return a refusal in both languages."""
    return Refusal(error.reason, said(error))


def refused(request: Request, template: str, values: Mapping[str, object], error: RefusedError) -> Response:
    """Return a page again, with the reason why nothing was done."""
    return render(request, template, {**values, "refused": refusal_of(error)}, STATUS[error.reason])


def go_to(request: Request, path: str, anchor: str = "", **query: str) -> Response:
    """Return the way to the page that follows, in the language that somebody chose, and to a place on it."""
    way = reader_of(request).link(path)
    if query:
        way += ("&" if "?" in way else "?") + urlencode(query)
    return RedirectResponse(way + (f"#{anchor}" if anchor else ""), HTTPStatus.SEE_OTHER)
