"""The page behind an invitation or a duty's link: what it is for, and taking it up with an account, new or old.

The link's word stands behind # in its address, which never reaches a server by itself; the page's script puts it into a form and takes it
out of the address. Without script it is typed in.
"""

from typing import Any

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute

from vote.account.allowances import Tried
from vote.account.invitations import InvitationService, Invited
from vote.account.passkeys import PasskeyService
from vote.account.people import PeopleService, spell_name
from vote.account.recoveries import RecoveryService
from vote.db import transaction
from vote.election.service import ElectionService
from vote.errors import RefusedError
from vote.estate.service import EstateService
from vote.law.citation import Text
from vote.web.form import FormError, form_of, read_form
from vote.web.page import page, visitor_of
from vote.web.problems import STATUS, said
from vote.web.rendering import render
from vote.web.sign_in.answers import Asked, read_answer, read_json
from vote.web.sign_in.beginning import ACCOUNT, allow, begin_session, better_address, once


class WordForm(BaseModel):
    """The word of a link."""

    word: str


class AcceptForm(BaseModel):
    """The word of a link, and a recovery code of whoever is not signed in."""

    word: str
    code: str = ""


class NamedForm(BaseModel):
    """The word of a link, and who opens an account for it."""

    word: str
    name: str


async def show_join(request: Request) -> Response:
    """Show where the word of a link goes."""
    elsewhere = better_address(request)
    if elsewhere:
        return RedirectResponse(elsewhere, 303)
    return render(request, "sign_in/join.html", {"errors": {}})


async def look(request: Request) -> Response:
    """Show what a link invites to."""
    try:
        form = await read_form(request, WordForm)
        await allow(request, Tried.INVITATION)
        return await _invitation(request, word_of(form.word), {})
    except FormError as error:
        return render(request, "sign_in/join.html", {"errors": error.errors}, 400)
    except RefusedError as error:
        return render(request, "sign_in/join.html", {"errors": {"word": said(error)}}, STATUS[error.reason])


async def accept(request: Request) -> Response:
    """Take a place up with an account that there is: that of whoever is signed in, or of a recovery code."""
    invitations: InvitationService = request.state["invitations"]
    recoveries: RecoveryService = request.state["recoveries"]
    form = await read_form(request, AcceptForm)
    word, visitor = word_of(form.word), visitor_of(request)
    answer = RedirectResponse(ACCOUNT, 303)
    try:
        if visitor is not None:
            await invitations.accept(word, visitor.account)
            return answer
        await allow(request, Tried.RECOVERY_CODE)
        # Looked at first: a link that is not valid must not use up a code.
        await invitations.look(word)
        account = await recoveries.sign_in(form.code)
        await begin_session(request, answer, account, "recovery")
        await invitations.accept(word, account)
    except RefusedError as error:
        return await _again(request, word, error, "" if visitor else "code")
    return answer


async def ask_passkey(request: Request) -> Response:
    """Hand a script what a device needs to make a passkey for a new account."""
    await allow(request, Tried.INVITATION)
    invitations: InvitationService = request.state["invitations"]
    passkeys: PasskeyService = request.state["passkeys"]
    people: PeopleService = request.state["accounts"]
    asked = await read_json(request, Asked)
    invited = await invitations.look(word_of(asked.word))
    name = spell_name(asked.name or invited.name)
    return Response(await passkeys.ask_for_new(people.new_handle(), name), media_type="application/json")


async def join_by_passkey(request: Request) -> Response:
    """Open an account with a new passkey and take the place up."""
    await allow(request, Tried.INVITATION)
    invitations: InvitationService = request.state["invitations"]
    passkeys: PasskeyService = request.state["passkeys"]
    people: PeopleService = request.state["accounts"]
    body = await read_answer(request)
    new = await passkeys.verify_new(body.credential)
    async with transaction():
        account = await people.add(new.name, new.handle)
        await passkeys.keep(account, new, body.label)
        await invitations.accept(word_of(body.word), account)
    answer = JSONResponse({"next": f"{ACCOUNT}?new=1"})
    await begin_session(request, answer, account, "invitation")
    return answer


async def join_by_codes(request: Request) -> Response:
    """Open an account that codes on paper open, where the device knows no passkeys, and take the place up."""
    invitations: InvitationService = request.state["invitations"]
    recoveries: RecoveryService = request.state["recoveries"]
    people: PeopleService = request.state["accounts"]
    try:
        form = await read_form(request, NamedForm)
    except FormError as error:
        return await _invitation(request, word_of(error.values.get("word", "")), error.errors, 400)
    word = word_of(form.word)
    try:
        await allow(request, Tried.INVITATION)
        async with transaction():
            account = await people.add(form.name)
            await invitations.accept(word, account)
            codes = await recoveries.make(account)
    except RefusedError as error:
        return await _again(request, word, error, "name")
    answer = once(render(request, "sign_in/codes.html", {"codes": codes, "name": spell_name(form.name)}))
    await begin_session(request, answer, account, "invitation")
    return answer


def word_of(typed: str) -> str:
    """Return the word of a link, which may be pasted whole."""
    return typed.rpartition("#")[2].strip().lower()


async def _again(request: Request, word: str, error: RefusedError, field: str) -> Response:
    try:
        return await _invitation(request, word, {field: said(error)}, STATUS[error.reason])
    except RefusedError as gone:
        return render(request, "sign_in/join.html", {"errors": {"word": said(gone)}}, STATUS[gone.reason])


async def _invitation(request: Request, word: str, errors: dict[str, Text] | Any, status: int = 200) -> Response:  # noqa: ANN401
    invitations: InvitationService = request.state["invitations"]
    invited = await invitations.look(word)
    typed = await form_of(request)
    values = {
        "word": word,
        "errors": errors,
        "name": typed.get("name") or invited.name,
        "invited": invited,
        "where": await _where(request, invited),
    }
    return render(request, "sign_in/invitation.html", values, status)


async def _where(request: Request, invited: Invited) -> tuple[str, ...]:
    """Return what a place is called: estate and election, or the scope from the county down."""
    if invited.duty is None:
        invitations: InvitationService = request.state["invitations"]
        return await invitations.names(invited.scope) if invited.scope else ()
    elections: ElectionService = request.state["elections"]
    estates: EstateService = request.state["estates"]
    stored = await elections.get(invited.duty.election)
    return (await estates.get(stored.draft.estate)).name, stored.draft.title


routes: list[BaseRoute] = [
    page(
        "/join", show_join, summary="Open an invitation or the link of a duty; its word stands behind # in its address"
    ),
    page("/join", look, summary="What a link invites to", method="POST", status=200),
    page("/join/accept", accept, summary="Take a place up with the account that there is", method="POST"),
    page("/join/challenge", ask_passkey, summary="What a device needs for a new account", method="POST", status=200),
    page("/join/passkey", join_by_passkey, summary="Open an account with a passkey", method="POST", status=200),
    page("/join/codes", join_by_codes, summary="Open an account with codes on paper", method="POST", status=200),
]
