"""What owners can read before they vote: drafts, and of candidates whatever these agreed to.

* All of it is sealed, and what is not as it was sealed is marked. A candidate may take the consent back at any time, and
  then the profile is gone.
* What was sealed before papers were is shown without that word.
"""

from typing import Annotated

from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from vote.account.events import EventKind
from vote.election.change import effects_of
from vote.election.manifest import decode_manifest
from vote.election.rules import State
from vote.errors import Reason, RefusedError
from vote.http import signed_in
from vote.web.act import go_to
from vote.web.form import FormError, read_form
from vote.web.noting import noted
from vote.web.preparing.asking import election_of, elections_of, outlines_of
from vote.web.rendering import render


class CandidateForm(BaseModel):
    """A candidate, question and choice from 0."""

    candidate: Annotated[str, Field(pattern=r"^[0-9]{1,2}-[0-9]{1,2}$")]


async def papers(request: Request) -> Response:
    """Show drafts and candidates to everybody."""
    stored = await election_of(request)
    if stored.files is None:
        raise RefusedError(Reason.NOT_FOUND, "There is no election of this number.")
    outline = await outlines_of(request).of_election(stored.uuid)
    manifest = decode_manifest(stored.files.manifest)
    papers = elections_of(request).papers
    values = {
        "stored": stored,
        "uuid": stored.uuid,
        "draft": stored.draft,
        "estate": manifest.estate,
        "subjects": outline.outline.subjects if outline else (),
        "sealed": {each.place for each in manifest.papers},
        "changed": await papers.changed(stored.uuid, manifest.papers) if manifest.papers else frozenset(),
        "withdrawn": effects_of(await elections_of(request).changes(stored.uuid)).withdrawn,
        "editable": signed_in(request) is not None and stored.state is not State.ANNULLED,
        "demo": False,
    }
    return render(request, "preparing/papers.html", values)


async def withdraw_profile(request: Request) -> Response:
    """Take a candidate's profile down."""
    stored = await election_of(request)
    try:
        form = await read_form(request, CandidateForm)
    except FormError:
        raise RefusedError(Reason.MALFORMED, "Name a candidate as question and choice, as in 1-0.") from None
    question, choice = map(int, form.candidate.split("-"))
    async with noted(request, EventKind.PROFILE_WITHDRAWN):
        await outlines_of(request).withdraw_profile(stored.uuid, question, choice)
    return go_to(request, f"/elections/{stored.uuid}/papers")
