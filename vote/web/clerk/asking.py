"""What the clerk's pages share: services by name, who did something, saying why a sheet was refused."""

import re
from collections.abc import Iterable, Mapping

from starlette.requests import Request
from starlette.responses import Response

from vote.account.people import PeopleService
from vote.errors import RefusedError
from vote.http import actor_of
from vote.law.citation import Text
from vote.phone.service import PhoneService
from vote.roll.drafting import DraftService
from vote.roll.refusal import SheetRefusedError
from vote.roll.service import RollService
from vote.web.act import Refusal
from vote.web.problems import STATUS, said
from vote.web.rendering import render

_OPTION = re.compile(r"[；，;] ?(?:请|name it|name the|choose one)[^；;]*--.*")


def refusal_of(error: RefusedError) -> Refusal:
    """Return a refusal in both languages."""
    sentence = said(error)
    if isinstance(error, SheetRefusedError):
        sentence = Text(without_command(sentence.zh), without_command(sentence.en))
    return Refusal(error.reason, sentence)


def without_command(text: str) -> str:
    """Return why a sheet is not read, without the option of a command that would mend it."""
    return _OPTION.split(text)[0]


def refused(request: Request, template: str, values: Mapping[str, object], error: RefusedError) -> Response:
    """Return a page again, with the reason why nothing was done."""
    return render(request, template, {**values, "refused": refusal_of(error)}, STATUS[error.reason])


async def names_of(request: Request, accounts: Iterable[int | None]) -> dict[int, str]:
    """Return the names of those who did something, by their accounts."""
    people = people_of(request)
    return {account: await people.name(account) for account in {each for each in accounts if each is not None}}


def account_of(request: Request) -> int | None:
    """Return the account of whoever asks."""
    return actor_of(request).account


def people_of(request: Request) -> PeopleService:
    """Return the service of accounts."""
    service: PeopleService = request.state["accounts"]
    return service


def drafts_of(request: Request) -> DraftService:
    """Return the service of drafts."""
    service: DraftService = request.state["drafts"]
    return service


def rolls_of(request: Request) -> RollService:
    """Return the service of rolls."""
    service: RollService = request.state["rolls"]
    return service


def phones_of(request: Request) -> PhoneService:
    """Return the service of phones."""
    service: PhoneService = request.state["phones"]
    return service
