"""Speaks with whoever types `vote account`: invites the first of the staff, who then invite others in the browser.

Exit 0 done; 2 refused, a setting cannot be used, or the database cannot be reached.
"""

import asyncio
import secrets
from typing import Annotated

import typer

from crypto.envelope import derive_key
from vote.account.event_store import EventStore
from vote.account.events import EventService
from vote.account.invitation_store import InvitationStore
from vote.account.invitations import GOOD_FOR, InvitationService
from vote.account.people import PeopleService
from vote.account.person_store import PersonStore
from vote.config import Settings
from vote.db import open_database
from vote.operation.command import telling_operator
from vote.operation.start import require_settings
from vote.terminal import shown

app = typer.Typer(no_args_is_help=True, help="账号：邀请第一位工作人员。")

Name = Annotated[str, typer.Option("--name", help="对方的姓名。")]
ScopeText = Annotated[
    str,
    typer.Option(
        "--scope",
        help="管哪里：“嘉善县”“嘉善县/魏塘街道”“嘉善县/魏塘街道/桥东社区”，estate:ID（小区的工作人员），committee:ID（业委会成员），或 *（全部）。",
    ),
]
New = Annotated[bool, typer.Option("--new", help="这个县、街道、社区还没有，就新建。")]


@app.callback()
def account() -> None:
    """Group the commands of accounts."""


@app.command(help="生成一个邀请链接：对方打开就成为工作人员。")
def invite(name: Name, scope: ScopeText, *, new: New = False) -> None:
    """Show a link by which somebody becomes staff."""
    settings = require_settings()
    with telling_operator():
        word = asyncio.run(_invite(settings, name, scope, add=new))
    typer.echo(f"给{shown(name)}的邀请链接，{GOOD_FOR.days}天内有效，只能用一次，只发给本人：")
    typer.echo(f"{settings.public_url}/join#{word}")


async def _invite(settings: Settings, name: str, scope: str, *, add: bool) -> str:
    rng, key = secrets.token_bytes, derive_key(settings.data_key().get_secret_value(), "account")
    events = EventService(EventStore())
    people = PeopleService(PersonStore(), events, rng, key)
    invitations = InvitationService(InvitationStore(), people, events, rng, key)
    async with open_database(settings.db):
        return await invitations.invite(name, await invitations.find_scope(scope, add=add))
