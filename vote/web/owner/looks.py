"""Tells an owner who looked at the owner's data or changed them: when, which office, what.

* Whoever had letter and code asks with the pass that came with the part, as for what an owner says (`statement`).
* Staff are told by name too, as they act for a public office; whoever has a duty in the vote is told by the duty.
* A list is told as one: how many homes stood on it.
"""

from collections.abc import Sequence

from starlette.requests import Request

from vote.account.concern import Concern
from vote.account.events import EventKind, EventService
from vote.account.people import PeopleService
from vote.credential.second_factor import SecondFactorService
from vote.delivery.service import DeliveryService
from vote.http import Strict, operation
from vote.law.citation import Text
from vote.role import Role
from vote.web.words import TEXTS

_COUNTED = frozenset(
    {
        EventKind.PHONE_SEEN,
        EventKind.VOTERS_SEEN,
        EventKind.ROLL_IMPORTED,
        EventKind.ROLL_FROZEN,
        EventKind.PARTICIPATION_SEEN,
        EventKind.LETTERS_SEEN,
    }
)
"""Lists whose events count the homes on them."""


class PassBody(Strict):
    """The pass that came with the part."""

    owner_pass: str


class Words(Strict):
    """Words in both languages."""

    zh: str
    en: str


class LookAnswer(Strict):
    """When it was done, by whom, and what."""

    at: str
    who: Words
    what: Words


class LooksAnswer(Strict):
    """Every look and change, the latest first."""

    looks: list[LookAnswer]


async def looks(request: Request, body: PassBody) -> LooksAnswer:
    """Return who looked at an owner's data or changed them."""
    second_factors: SecondFactorService = request.state["second_factors"]
    events: EventService = request.state["events"]
    deliveries: DeliveryService = request.state["deliveries"]
    people: PeopleService = request.state["accounts"]
    uuid = str(request.path_params["election"])
    owner = await second_factors.owner_of(uuid, body.owner_pass)
    found = await events.of_owner(uuid, owner, await deliveries.cast_at(uuid, owner))
    staff = {each.account for each in found if each.role == Role.STAFF and each.account is not None}
    names = {account: await people.name(account) for account in staff}
    return LooksAnswer(
        looks=[
            LookAnswer(
                at=each.at.isoformat(),
                who=_in_both(_who(each, names.get(each.account or 0, ""))),
                what=_in_both(what(each)),
            )
            for each in found
        ]
    )


def what(found: Concern) -> Text:
    """Return what was done, and whether it was a list."""
    pieces = [TEXTS[f"event.{found.kind}"]]
    if found.listed:
        counted = found.kind in _COUNTED and found.count > 1
        pieces.append(_filled("owner.looks-list" if counted else "owner.looks-maybe", count=found.count))
    if found.times > 1:
        pieces.append(_filled("owner.looks-times", times=found.times))
    return _joined(pieces)


def _who(found: Concern, name: str) -> Text:
    role = TEXTS[f"role.{found.role}"]
    return _joined([role, Text(name, name)]) if name else role


def _joined(pieces: Sequence[Text]) -> Text:
    return Text(" · ".join(piece.zh for piece in pieces), " · ".join(piece.en for piece in pieces))


def _filled(key: str, **values: int) -> Text:
    return Text(*(words.format(**values) for words in TEXTS[key]))


def _in_both(text: Text) -> Words:
    return Words(zh=text.zh, en=text.en)


routes = [
    operation(
        "/api/elections/{election}/owner/looks",
        looks,
        method="POST",
        body=PassBody,
        answer=LooksAnswer,
        summary="Tell an owner who had letter and code who looked at the owner's data or changed them",
    )
]
