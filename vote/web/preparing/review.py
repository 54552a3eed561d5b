"""All that was filled in, once more, and the button that prepares the election; its keys are shown this once."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import segno
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from vote.account.events import EventKind
from vote.config import Settings
from vote.db import together_with
from vote.election.outline import Person, asks_of
from vote.election.plan import find_troubles
from vote.election.rehearsal import MINUTES
from vote.election.terms import Pools
from vote.errors import RefusedError
from vote.estate.store import EstatePlace
from vote.role import Keys, Role
from vote.web.act import go_to, refusal_of, refused
from vote.web.noting import note
from vote.web.preparing.asking import outlines_of
from vote.web.preparing.outline_pages import Setting, calendar_of, days_of, get_setting, values_of
from vote.web.preparing.people import places_of
from vote.web.rendering import render


@dataclass(frozen=True, slots=True)
class Invitation:
    """The link that somebody with a duty opens, once."""

    role: Role
    slot: int
    person: str
    address: str

    @property
    def picture(self) -> Markup:
        """The link as a QR code."""
        return qr_code(self.address)


async def review(request: Request) -> Response:
    """Show everything once more."""
    setting = await get_setting(request)
    if setting.stored.election:
        return go_to(request, f"/work/elections/{setting.stored.election}/set-up")
    return render(request, "preparing/review.html", await review_values(request, setting))


async def finish(request: Request) -> Response:
    """Prepare the election by the call that everybody uses, and show the keys."""
    setting = await get_setting(request)

    async def write() -> None:
        prepared = await outlines_of(request).get(setting.place.id, setting.stored.id)
        await note(request, EventKind.ELECTION_PREPARED, election=str(prepared.election))

    try:
        async with together_with(write):
            uuid, keys = await outlines_of(request).finish(setting.stored)
    except RefusedError as error:
        return refused(request, "preparing/review.html", await review_values(request, setting), error)
    invitations = invite(request, setting.outline.people, keys)
    return show_invitations(request, uuid, setting.place.name, invitations)


def invite(request: Request, people: Sequence[Person], keys: Keys) -> tuple[Invitation, ...]:
    """Return the links for the keys of an election, with the names of those who get them."""
    names: dict[Role, list[str]] = {}
    for each in people:
        names.setdefault(each.role, []).append(each.person)
    return tuple(
        Invitation(role, slot, names[role][slot - 1], address_of(request, key))
        for role, made in keys.by_role.items()
        for slot, key in enumerate(made, start=1)
    )


def show_invitations(
    request: Request, uuid: str, estate: str, invitations: Sequence[Invitation], place: EstatePlace | None = None
) -> Response:
    """Show links, which nobody can look up again; of a rehearsal with its place."""
    values = {"uuid": uuid, "estate": estate, "invitations": invitations, "place": place}
    answer = render(request, "preparing/invitations.html", values)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def address_of(request: Request, key: str) -> str:
    """Return the link that a key is handed over in; the key stands behind the sign that browsers do not send."""
    settings: Settings = request.state["settings"]
    return f"{settings.public_url.rstrip('/')}/join#{key}"


def qr_code(text: str) -> Markup:
    """Return a text as a picture that a telephone reads."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=False, svgclass="qr", lineclass=None, omitsize=True, border=2
    )
    return Markup(out.getvalue().decode())  # noqa: S704 - made here, of nothing but squares


async def review_values(request: Request, setting: Setting) -> Mapping[str, object]:
    """Return what the page shows."""
    settings: Settings = request.state["settings"]
    outline = setting.outline
    troubles = (
        find_troubles(await calendar_of(request, setting.profile, outline), days_of(outline))
        if (outline.opens_on and outline.closes_on)
        else ()
    )
    wrong = None
    asks: Sequence[object] = ()
    try:
        asks = asks_of(outline)
    except RefusedError as error:
        wrong = refusal_of(error)
    return values_of(
        setting,
        refused=wrong if outline.subjects else None,
        asks=asks,
        known=[setting.matter(each.matter) for each in outline.subjects],
        places=places_of(outline),
        missing=[step.name for step in setting.steps if not step.done],
        troubles=troubles,
        pools=Pools(),
        demo=settings.demo,
        minutes=MINUTES,
    )
